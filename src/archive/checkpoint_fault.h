/* What is wrong with a file that is being read. */
#ifndef TW_CHECKPOINT_FAULT_H
#define TW_CHECKPOINT_FAULT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tw_fault_kind {
  TW_FAULT_NONE,
  TW_FAULT_FORMAT, /* the file is not what it should be; text says why */
  TW_FAULT_MEMORY,
  TW_FAULT_IO /* it could not be read; error is the errno */
} tw_fault_kind;

typedef struct tw_fault {
  tw_fault_kind kind;
  int error;
  char text[320];
} tw_fault;

/* Each gives 0, which is what a function that failed gives back. The first fault stands. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int tw_fault_format(tw_fault *fault, const char *format, ...);
int tw_fault_memory(tw_fault *fault);
int tw_fault_io(tw_fault *fault, int error);

/* Bytes of a file as a message may show them: printable, and not too many. */
typedef struct tw_quoted {
  char text[84];
} tw_quoted;
tw_quoted tw_quote(const char *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
