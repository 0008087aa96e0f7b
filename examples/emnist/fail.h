/* How the data code reports a failure: a message in the caller's buffer, and false. */
#ifndef EMNIST_FAIL_H
#define EMNIST_FAIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Large enough for every message here; a longer one is cut off, never overrun. */
#define EMNIST_ERROR_SIZE 2048

#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static inline bool
fail(char *error, size_t error_size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (error != NULL && error_size > 0) vsnprintf(error, error_size, format, arguments);
  va_end(arguments);
  return false;
}

#endif
