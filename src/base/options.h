/* The one place for the rule of options.h: a caller's structure may be of an older or a newer version than ours. */
#ifndef TWI_OPTIONS_H
#define TWI_OPTIONS_H

#include "base/shared.h"
#include "torch_warmup/options.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A structure of options as this library knows it. */
typedef struct twi_options_type {
  tw_options_kind kind;
  size_t size;          /* of the structure */
  size_t reserved;      /* offset of the int32_t that must be 0; 0 for none */
  const void *defaults; /* a structure */
  const char *init;     /* its init function's name, for messages */
} twi_options_type;

/* Fills in the part of the defaults that a caller's structure of struct_size bytes has, and zeros beyond them. */
TWI_SHARED tw_status twi_options_init(void *out, size_t struct_size, const twi_options_type *type);

/* Copies a caller's structure to out, which has type->size bytes, with the defaults for what it lacks; NULL is all of the
   defaults. Fails as options.h says. */
TWI_SHARED tw_status twi_options_read(void *out, const void *given, const twi_options_type *type);

#ifdef __cplusplus
}
#endif

#endif
