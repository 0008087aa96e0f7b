/* Files byte for byte, for tests. */
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace tw::test {

inline std::string bytes_of_file(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace tw::test
