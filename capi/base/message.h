/* LibTorch's messages as a program can show them. */
#pragma once

#include <string>

namespace tw {

/* Makes a message of what LibTorch said. */
using Words = std::string (*)(const char *said);

/* What matters of it: without backtraces, tables of the dispatcher, TorchScript's listings and lists of schemas, in no more
   than most_lines and most_bytes. */
std::string essential(const char *said);

/* As it is. */
std::string verbatim(const char *said);

/* The text, or its beginning and "..." where it is longer than most. */
std::string shortened(std::string text, size_t most);

constexpr size_t most_lines = 6;
constexpr size_t most_bytes = 1000;

}  // namespace tw
