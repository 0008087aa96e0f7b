#include "base/error.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where even the message finds no memory, a constant has to do. */
static const char out_of_memory[] = "out of memory";

static _Thread_local char *text;          /* from malloc; NULL for none */
static _Thread_local const char *message; /* what tw_last_error gives: text, or a constant; NULL for none */

/* A thread that ends frees its message. */
static pthread_key_t at_exit_key;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;

static void forget(void *unused) {
  (void)unused;
  free(text);
  text = NULL;
  message = NULL;
}

static void make_key(void) { (void)pthread_key_create(&at_exit_key, forget); }

/* Makes made, from malloc or NULL where there was no memory for it, the thread's message. */
static void keep(char *made) {
  pthread_once(&at_exit_once, make_key);
  pthread_setspecific(at_exit_key, &at_exit_key); /* any value but NULL, or the thread's end passes it over */
  free(text);
  text = made;
  message = made != NULL ? made : out_of_memory;
}

tw_status twi_fail(tw_status status, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *made = length < 0 ? NULL : malloc((size_t)length + 1);
  if (made != NULL) (void)vsnprintf(made, (size_t)length + 1, format, again);
  va_end(again);
  keep(made);
  return status;
}

int twi_is_status(tw_status status) { return status >= TW_OK && status <= TW_ERROR_CANCELLED; }

twi_message twi_message_take(void) {
  const twi_message taken = {text, message};
  text = NULL;
  message = NULL;
  return taken;
}

void twi_message_put(twi_message kept) {
  free(text);
  text = kept.text;
  message = kept.message;
}

void twi_message_free(twi_message kept) { free(kept.text); }

tw_status twi_callback_end(const char *name, tw_status status, twi_message before) {
  if (status == TW_OK) {
    twi_message_put(before);
    return TW_OK;
  }
  twi_message_free(before);
  if (!twi_is_status(status))
    return twi_fail(TW_ERROR_CALLBACK, "%s returned %d, which is no tw_status", name, (int)status);
  const twi_message met = twi_message_take();
  const int has_message = met.text != NULL && met.text[0] != '\0';
  twi_fail(status, "%s returned %s%s%s", name, tw_status_name(status), has_message ? ": " : "",
           has_message ? met.text : "");
  twi_message_free(met);
  return status;
}

void twi_release(void (*release)(void *context), void *context) {
  if (release == NULL) return;
  const twi_message before = twi_message_take();
  release(context);
  twi_message_put(before);
}

const char *tw_last_error(void) { return message != NULL ? message : ""; }

void tw_set_last_error(const char *given) {
  char *copy = strdup(given != NULL ? given : ""); /* given may be the text that is about to go */
  keep(copy);
}

tw_status tw_last_error_copy(char *out, size_t capacity, size_t *needed) {
  const char *present = tw_last_error();
  const size_t size = strlen(present) + 1;
  if (needed != NULL) *needed = size;
  if (out == NULL && capacity == 0 && needed != NULL) return TW_OK;
  if (out == NULL) {
    if (needed != NULL) *needed = 0;
    return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  }
  if (capacity < size) return TW_ERROR_CAPACITY; /* without a message: the one that the caller wants must stay */
  memcpy(out, present, size);
  return TW_OK;
}

const char *tw_status_name(tw_status status) {
  static const char *const names[] = {
      [TW_OK] = "TW_OK",
      [TW_ERROR_ARGUMENT] = "TW_ERROR_ARGUMENT",
      [TW_ERROR_TYPE] = "TW_ERROR_TYPE",
      [TW_ERROR_RANGE] = "TW_ERROR_RANGE",
      [TW_ERROR_STATE] = "TW_ERROR_STATE",
      [TW_ERROR_MEMORY] = "TW_ERROR_MEMORY",
      [TW_ERROR_DEVICE] = "TW_ERROR_DEVICE",
      [TW_ERROR_IO] = "TW_ERROR_IO",
      [TW_ERROR_FORMAT] = "TW_ERROR_FORMAT",
      [TW_ERROR_TORCH] = "TW_ERROR_TORCH",
      [TW_ERROR_CALLBACK] = "TW_ERROR_CALLBACK",
      [TW_ERROR_INTERNAL] = "TW_ERROR_INTERNAL",
      [TW_ERROR_NOT_FOUND] = "TW_ERROR_NOT_FOUND",
      [TW_ERROR_CAPACITY] = "TW_ERROR_CAPACITY",
      [TW_ERROR_UNSUPPORTED] = "TW_ERROR_UNSUPPORTED",
      [TW_ERROR_CANCELLED] = "TW_ERROR_CANCELLED",
  };
  return twi_is_status(status) ? names[status] : "TW_STATUS_UNKNOWN";
}
