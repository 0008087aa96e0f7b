/* What is wrong with a file that is being read. */
#ifndef TWI_CHECKPOINT_FAULT_H
#define TWI_CHECKPOINT_FAULT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum twi_fault_kind {
  TWI_FAULT_NONE,
  TWI_FAULT_FORMAT,      /* the file is not what it should be; text says why */
  TWI_FAULT_UNSUPPORTED, /* it may be good, but this reader does not know what it has; text says what */
  TWI_FAULT_MEMORY,
  TWI_FAULT_IO /* it could not be read; error is the errno */
} twi_fault_kind;

typedef struct twi_fault {
  twi_fault_kind kind;
  int error;
  char text[320];
} twi_fault;

/* Each gives 0, which is what a function that failed gives back. The first fault stands. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int twi_fault_format(twi_fault *fault, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int twi_fault_unsupported(twi_fault *fault, const char *format, ...);
int twi_fault_memory(twi_fault *fault);
int twi_fault_io(twi_fault *fault, int error);

/* Bytes of a file as a message may show them: printable, and not too many. */
typedef struct twi_quoted {
  char text[84];
} twi_quoted;
twi_quoted twi_quote(const char *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
