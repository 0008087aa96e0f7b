/* A function of the caller's that gives a number for an epoch, with its context; shared by a scheduler and its copies. */
#ifndef TWI_LR_CALLBACK_H
#define TWI_LR_CALLBACK_H

#include <stddef.h>

#include "torch_warmup/lr_schedules.h"

typedef struct twi_lr_callback twi_lr_callback;

/* TW_ERROR_MEMORY, and context released, where there is no room. */
tw_status twi_lr_callback_new(twi_lr_callback **out, tw_lr_function function, void *context,
                              void (*release)(void *context));
twi_lr_callback *twi_lr_callback_share(twi_lr_callback *callback);
/* The last one to let go runs the release. NULL does nothing. */
void twi_lr_callback_unshare(twi_lr_callback *callback);

/* A finite number, or the failure of the function, which is called name in messages. */
tw_status twi_lr_callback_call(double *out, const twi_lr_callback *callback, const char *name, double x, size_t group);

#endif
