// Compiles and links where a LibTorch works: its widest header, and a symbol that takes a std::string, whose mangled
// name tells the ABI it was built with.
#include <ATen/ATen.h>

int main() {
  return static_cast<int>(at::ones({1}).numel()) +
         (c10::Symbol::fromQualString(std::string("aten::add")) == c10::Symbol());
}
