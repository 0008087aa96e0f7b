/* The list of exceptions must quote the headers. */
#include "exceptions.h"

#include <cctype>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace tw::fuzz {
namespace {

struct Exception {
  const char *call;
  const char *header;
  const char *sentence;
};

constexpr const char *of_forward = "What has happened before a failure inside stays";
constexpr const char *of_operators = "may have written a part; one that draws random numbers may have drawn them";

constexpr Exception exceptions[] = {
    {"tw_module_forward", "module.h", of_forward},
    {"tw_module_forward_all", "module.h", of_forward},
    {"tw_op_call", "op.h", of_operators},
    {"tw_op_call_one", "op.h", of_operators},
    {"tw_module_call_method", "torchscript.h", "What it has changed in the module until then stays changed."},
    {"tw_tensor_backward", "tensor.h", "A failure halfway, such as running out of memory, leaves leaves with"},
};

/* A comment's words with a space between them, however its lines are broken. */
std::string words_of(const std::string &text) {
  std::string words;
  for (const char letter : text) {
    const bool is_between = std::isspace(static_cast<unsigned char>(letter)) != 0 || letter == '*';
    if (!is_between)
      words += letter;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  return words;
}

}  // namespace

bool may_leave_a_change(const char *call) {
  for (const Exception &exception : exceptions)
    if (std::strcmp(exception.call, call) == 0) return true;
  return false;
}

const char *exception_of_no_header() {
  for (const Exception &exception : exceptions) {
    std::ifstream header(std::string(TW_INCLUDE_DIR "/torch_warmup/") + exception.header);
    const std::string text{std::istreambuf_iterator<char>(header), std::istreambuf_iterator<char>()};
    if (words_of(text).find(exception.sentence) == std::string::npos) return exception.sentence;
  }
  return nullptr;
}

}  // namespace tw::fuzz
