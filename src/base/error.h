/* Failures: a status, and a message that stays with the thread.
 *
 * A function that can fail returns a tw_status and has left its message when it does:
 *
 *     if (period < 1) return twi_fail(TW_ERROR_RANGE, "period is %" PRId64 "; it must be positive", period); */
#ifndef TWI_ERROR_H
#define TWI_ERROR_H

#include "base/shared.h"
#include "torch_warmup/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sets the thread's message and gives status back. A number is written by %.6g, a count by %zu. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
tw_status
twi_fail(tw_status status, const char *format, ...);

/* Whether it is one of the header's, and none of the two that give the enumeration its size. */
TWI_SHARED int twi_is_status(tw_status status);

/* The thread's message as a value. Held, it is the caller's, and the thread has none. */
typedef struct twi_message {
  char *text;          /* from malloc; NULL for none */
  const char *message; /* text, or a constant where there was no memory for one; NULL for none */
} twi_message;

/* Takes the thread's message and leaves none. */
TWI_SHARED twi_message twi_message_take(void);
/* Makes it the thread's again, the very same memory, and frees the one that the thread had. */
TWI_SHARED void twi_message_put(twi_message message);
TWI_SHARED void twi_message_free(twi_message message);

/* What a caller's function ended with, as the status of the call that ran it; name is the function's in messages, before
   what the thread had before it ran. Where it has failed the message names it, its status and its own message; where it
   has not, before is the thread's again, since a success leaves the message as it is. */
TWI_SHARED tw_status twi_callback_end(const char *name, tw_status status, twi_message before);

/* Lets a caller's context go; release may be NULL. Whatever it calls, the thread's message stays what it was: it tells of the
   call that is about to end. */
TWI_SHARED void twi_release(void (*release)(void *context), void *context);

#ifdef __cplusplus
}
#endif

#endif
