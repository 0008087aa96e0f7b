#include "base/message.h"

#include <cctype>
#include <cstring>
#include <vector>

namespace tw {
namespace {

/* What begins a part that helps who writes LibTorch, not who calls it; all from there on goes. */
constexpr const char *useless[] = {
    "Exception raised from ",                                  /* and the frames of the stack */
    " This could be because the operator doesn't exist",       /* and a table of the dispatcher */
    " If you are a Facebook employee",                         /* in the middle of it */
    "\nC++ CapturedTraceback:",                                /* of 2.x */
    "\nCompile with `TORCH_USE_CUDA_DSA` to enable",           /* after an error of CUDA's */
    "\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1", /* before that */
    "\nDevice-side assertion tracking was not enabled",
    "\nCould not find any similar ops to ", /* after a schema that is not there */
};

std::string without_useless(std::string said) {
  for (const char *start : useless) {
    const size_t found = said.find(start);
    if (found != std::string::npos && found > 0) said.resize(found);
  }
  return said;
}

/* Whether a line begins with a class of Python's and a colon: "RuntimeError: ", "builtins.ValueError: ". */
bool names_exception(const std::string &said, size_t line) {
  size_t end = line;
  while (end < said.size() &&
         (std::isalnum(static_cast<unsigned char>(said[end])) || said[end] == '_' || said[end] == '.'))
    ++end;
  return end > line && said.compare(end, 2, ": ") == 0;
}

/* TorchScript gives the listing of what it ran, and of what that was made from, before the message itself. */
std::string without_listing(const std::string &said) {
  const size_t listing = said.rfind("Traceback of TorchScript");
  if (listing == std::string::npos) return said;
  size_t line = said.find('\n', listing);
  while (line != std::string::npos && !names_exception(said, line + 1)) line = said.find('\n', line + 1);
  if (line == std::string::npos) return said;
  constexpr const char *usual = "RuntimeError: "; /* which says no more than that it failed */
  return said.substr(line + 1 + (said.compare(line + 1, std::strlen(usual), usual) == 0 ? std::strlen(usual) : 0));
}

std::string without_blank_end(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.pop_back();
  return text;
}

std::vector<std::string> lines_of(const std::string &text) {
  std::vector<std::string> lines;
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find('\n', start), text.size());
    const std::string line = without_blank_end(text.substr(start, end - start));
    if (!line.empty()) lines.push_back(line);
    start = end + 1;
  }
  return lines;
}

}  // namespace

std::string shortened(std::string text, size_t most) {
  if (text.size() <= most) return text;
  size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end; /* between characters of UTF-8 */
  text.resize(end);
  return text + "...";
}

std::string verbatim(const char *said) { return said; }

std::string essential(const char *said) {
  std::string out;
  size_t count = 0;
  for (const std::string &line : lines_of(without_useless(without_listing(said)))) {
    if (++count == most_lines) return shortened(out, most_bytes - 5) + "\n...";
    out += (out.empty() ? "" : "\n") + line;
  }
  return shortened(out, most_bytes);
}

}  // namespace tw
