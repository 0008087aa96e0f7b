#include "archive/checkpoint_fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int tw_fault_format(tw_fault *fault, const char *format, ...) {
  if (fault->kind != TW_FAULT_NONE) return 0;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(fault->text, sizeof fault->text, format, arguments);
  va_end(arguments);
  fault->kind = TW_FAULT_FORMAT;
  return 0;
}

int tw_fault_memory(tw_fault *fault) {
  if (fault->kind == TW_FAULT_NONE) fault->kind = TW_FAULT_MEMORY;
  return 0;
}

int tw_fault_io(tw_fault *fault, int error) {
  if (fault->kind != TW_FAULT_NONE) return 0;
  fault->kind = TW_FAULT_IO;
  fault->error = error;
  return 0;
}

tw_quoted tw_quote(const char *bytes, size_t length) {
  tw_quoted quoted;
  const size_t room = sizeof quoted.text - 4;
  size_t count = 0;
  for (; count < length && count < room; ++count)
    quoted.text[count] = (char)(bytes[count] >= ' ' && bytes[count] <= '~' ? bytes[count] : '?');
  memcpy(quoted.text + count, length > room ? "..." : "\0\0\0", 4);
  return quoted;
}
