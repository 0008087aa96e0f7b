#include "archive/checkpoint_fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set(twi_fault *fault, twi_fault_kind kind, const char *format, va_list arguments) {
  if (fault->kind != TWI_FAULT_NONE) return;
  vsnprintf(fault->text, sizeof fault->text, format, arguments);
  fault->kind = kind;
}

int twi_fault_format(twi_fault *fault, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  set(fault, TWI_FAULT_FORMAT, format, arguments);
  va_end(arguments);
  return 0;
}

int twi_fault_unsupported(twi_fault *fault, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  set(fault, TWI_FAULT_UNSUPPORTED, format, arguments);
  va_end(arguments);
  return 0;
}

int twi_fault_memory(twi_fault *fault) {
  if (fault->kind == TWI_FAULT_NONE) fault->kind = TWI_FAULT_MEMORY;
  return 0;
}

int twi_fault_io(twi_fault *fault, int error) {
  if (fault->kind != TWI_FAULT_NONE) return 0;
  fault->kind = TWI_FAULT_IO;
  fault->error = error;
  return 0;
}

twi_quoted twi_quote(const char *bytes, size_t length) {
  twi_quoted quoted;
  const size_t room = sizeof quoted.text - 4;
  size_t count = 0;
  for (; count < length && count < room; ++count)
    quoted.text[count] = (char)(bytes[count] >= ' ' && bytes[count] <= '~' ? bytes[count] : '?');
  memcpy(quoted.text + count, length > room ? "..." : "\0\0\0", 4);
  return quoted;
}
