/* The core of torch_warmup 0.2.0, all of its sources in one.
 * Written by carry_core.py from the project's sources: change those.
 *
 * Compile it as C11, without fused multiply-adds, which would change the last bit of a rate:
 *
 *     cc -std=c11 -O2 -ffp-contract=off -c torch_warmup_core.c          and link with -lm -pthread
 *
 * SPDX-License-Identifier: MIT
 *
 * MIT License
 *
 * Copyright (c) 2026 The torch_warmup authors
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#define TORCH_WARMUP_BUILDING
#if defined(__clang__) /* gcc has no such pragma, and -std=c11 means the same to it */
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wunused-function" /* those of headers, which this file holds */
#endif
#define TWI_SHARED /* there is no library over LibTorch that shares the core's own functions */

#include "torch_warmup_core.h"

/* ==================== src/base/shared.h ==================== */

/* Which of the core's own functions the library over LibTorch may call. They are exported, under a version of symbols
 * that is nobody else's business and changes with every version of the project. */
#ifndef TWI_SHARED_H
#define TWI_SHARED_H

#ifndef TWI_SHARED
#define TWI_SHARED __attribute__((visibility("default")))
#endif

#endif

/* ==================== src/base/error.h ==================== */

/* Failures: a status, and a message that stays with the thread.
 *
 * A function that can fail returns a tw_status and has left its message when it does:
 *
 *     if (period < 1) return twi_fail(TW_ERROR_RANGE, "period is %" PRId64 "; it must be positive", period); */
#ifndef TWI_ERROR_H
#define TWI_ERROR_H


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

/* ==================== src/base/handle.h ==================== */

/* Which handles are alive, in a build with TORCH_WARMUP_CHECKS; in another, all of this is nothing.
 *
 * What counts is what the caller holds: a handle opens when it is given, and closes when it is freed, however long the
 * object behind it lives on. Nothing is read at an address that a caller gives, so any address can be asked about. */
#ifndef TWI_HANDLE_H
#define TWI_HANDLE_H


#ifdef __cplusplus
extern "C" {
#endif

enum { TWI_HANDLE_KINDS = TW_HANDLE_CHECKPOINT + 1 };

#ifdef TORCH_WARMUP_CHECKS
/* Given to the caller; once more where the same address has been given before, as an optimizer that is borrowed twice. */
TWI_SHARED void twi_handle_open(const void *handle, tw_handle_kind kind);
/* Given to the caller for a while, not to be freed. */
TWI_SHARED void twi_handle_lend(const void *handle, tw_handle_kind kind);
TWI_SHARED void twi_handle_take_back(const void *handle);
/* At the beginning of a function that frees: ends the program, naming the function, where the handle may not be freed. */
TWI_SHARED void twi_handle_close(const void *handle, tw_handle_kind kind, const char *function);
/* TW_ERROR_ARGUMENT where it is null, freed, of another kind, or was never a handle. */
TWI_SHARED tw_status twi_handle_check(const void *handle, tw_handle_kind kind, const char *name);
#else
static inline void twi_handle_open(const void *handle, tw_handle_kind kind) { (void)handle, (void)kind; }
static inline void twi_handle_lend(const void *handle, tw_handle_kind kind) { (void)handle, (void)kind; }
static inline void twi_handle_take_back(const void *handle) { (void)handle; }
static inline void twi_handle_close(const void *handle, tw_handle_kind kind, const char *function) {
  (void)handle, (void)kind, (void)function;
}
#endif

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/base/check.h ==================== */

/* Checks of what callers give. Each fails with a message that names the argument and its value. */
#ifndef TWI_CHECK_H
#define TWI_CHECK_H

#include <stddef.h>
#include <stdint.h>


#ifdef __cplusplus
extern "C" {
#endif

/* The largest step or epoch, 2^53: a double of one more is the same, and an int64_t of one more does not overflow. */
#define TWI_MOST_STEP INT64_C(9007199254740992)

/* Room for a name such as "milestones[12345678901234567890]". */
enum { TWI_NAME_SIZE = 64 };
const char *twi_indexed(char out[TWI_NAME_SIZE], const char *name, size_t index);

static inline tw_status twi_check_pointer(const void *pointer, const char *name) {
  if (pointer != NULL) return TW_OK;
  (void)twi_fail(TW_ERROR_ARGUMENT, "%s is NULL", name);
  return TW_ERROR_ARGUMENT;
}
#ifdef TORCH_WARMUP_CHECKS
struct tw_optimizer;
struct tw_lr_scheduler;
struct tw_warmup;
/* A handle says by its type what it must be; nothing else that is pointed to does. */
#define TWI_HANDLE_KIND(pointer) \
  _Generic((pointer),                                                                                          \
           struct tw_optimizer *: TW_HANDLE_OPTIMIZER, const struct tw_optimizer *: TW_HANDLE_OPTIMIZER,         \
           struct tw_lr_scheduler *: TW_HANDLE_LR_SCHEDULER, const struct tw_lr_scheduler *: TW_HANDLE_LR_SCHEDULER, \
           struct tw_warmup *: TW_HANDLE_WARMUP, const struct tw_warmup *: TW_HANDLE_WARMUP,                     \
           default: TW_HANDLE_KIND_UNKNOWN)
static inline tw_status twi_check_pointer_to(const void *pointer, tw_handle_kind kind, const char *name) {
  return kind == TW_HANDLE_KIND_UNKNOWN ? twi_check_pointer(pointer, name) : twi_handle_check(pointer, kind, name);
}
#define twi_check_pointer(pointer, name) twi_check_pointer_to((pointer), TWI_HANDLE_KIND(pointer), (name))
#endif
/* An array may be null only where it has no elements. */
tw_status twi_check_array(const void *array, size_t count, const char *name);
tw_status twi_check_finite(double value, const char *name);
tw_status twi_check_within(double value, double least, double most, const char *name);
tw_status twi_check_not_negative(double value, const char *name);
tw_status twi_check_positive(double value, const char *name);
/* In (0, 1]. */
tw_status twi_check_share(double value, const char *name);
/* In [0, 1). */
tw_status twi_check_below_one(double value, const char *name);
tw_status twi_check_at_least(int64_t value, int64_t least, const char *name);
/* A step that others may follow: from least to TWI_MOST_STEP. */
TWI_SHARED tw_status twi_check_step(int64_t step, int64_t least, const char *name);
/* An epoch likewise, which may be a fraction. */
tw_status twi_check_epoch(double epoch, double least, const char *name);
tw_status twi_check_bool(int32_t value, const char *name);
/* An enumeration whose numbers run from 0 to most. */
tw_status twi_check_enum(int32_t value, int32_t most, const char *name);
/* Each of values by one of the checks of a number; a message says which it was: "lrs[1]". That name is made for a failure
   alone, for a printf costs more than all else that is done with a number. */
tw_status twi_check_each(const double *values, size_t count, tw_status (*check)(double value, const char *name),
                         const char *name);
/* Numbers that ascend from 0 on, equal ones allowed. */
tw_status twi_check_ascending(const int64_t *values, size_t count, const char *name);

/* One value for every group, or one for each: that there are as many values as that. */
tw_status twi_check_per_group(const void *values, size_t count, size_t group_count, const char *name);
/* Such values, checked to be finite, as one for each in the end. */
tw_status twi_spread(double *out, const double *values, size_t count, size_t group_count, const char *name);

/* The rule of every buffer: what torch_warmup_core.h says. Sets needed, which may be null, and tells by *only_asked that
   there is nothing to copy. what is what size counts: "rates". */
tw_status twi_check_buffer(const void *out, size_t capacity, size_t *needed, size_t size, const char *what,
                           int *only_asked);
tw_status twi_copy_doubles(double *out, size_t capacity, size_t *needed, const double *from, size_t size,
                           const char *what);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/base/check.c ==================== */

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *twi_indexed(char out[TWI_NAME_SIZE], const char *name, size_t index) {
  (void)snprintf(out, TWI_NAME_SIZE, "%s[%zu]", name, index);
  return out;
}

tw_status twi_check_array(const void *array, size_t count, const char *name) {
  if (array != NULL || count == 0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is NULL but its length is %zu", name, count);
}

tw_status twi_check_finite(double value, const char *name) {
  return isfinite(value) ? TW_OK : twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite", name, value);
}

tw_status twi_check_within(double value, double least, double most, const char *name) {
  if (value >= least && value <= most) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in [%g, %g]", name, value, least, most);
}

tw_status twi_check_not_negative(double value, const char *name) {
  if (isfinite(value) && value >= 0.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and not negative", name, value);
}

tw_status twi_check_positive(double value, const char *name) {
  if (isfinite(value) && value > 0.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and positive", name, value);
}

tw_status twi_check_share(double value, const char *name) {
  if (value > 0.0 && value <= 1.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in (0, 1]", name, value);
}

tw_status twi_check_below_one(double value, const char *name) {
  if (value >= 0.0 && value < 1.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in [0, 1)", name, value);
}

tw_status twi_check_at_least(int64_t value, int64_t least, const char *name) {
  if (value >= least) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %" PRId64 "; it must be at least %" PRId64, name, value, least);
}

tw_status twi_check_step(int64_t step, int64_t least, const char *name) {
  const tw_status status = twi_check_at_least(step, least, name);
  if (status != TW_OK || step <= TWI_MOST_STEP) return status;
  return twi_fail(TW_ERROR_RANGE, "%s is %" PRId64 "; it must be at most 2^53, %" PRId64, name, step, TWI_MOST_STEP);
}

tw_status twi_check_epoch(double epoch, double least, const char *name) {
  if (!(isfinite(epoch) && epoch >= least))
    return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and at least %g", name, epoch, least);
  if (epoch <= (double)TWI_MOST_STEP) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be at most 2^53, %" PRId64, name, epoch, TWI_MOST_STEP);
}

tw_status twi_check_bool(int32_t value, const char *name) {
  if (value == 0 || value == 1) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %" PRId32 "; it must be 0 or 1", name, value);
}

tw_status twi_check_enum(int32_t value, int32_t most, const char *name) {
  if (value >= 0 && value <= most) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %" PRId32 "; it must be from 0 to %" PRId32, name, value, most);
}

tw_status twi_check_each(const double *values, size_t count, tw_status (*check)(double value, const char *name),
                         const char *name) {
  char indexed[TWI_NAME_SIZE];
  size_t i = 0;
  while (i < count && check(values[i], name) == TW_OK) ++i;
  return i == count ? TW_OK : check(values[i], twi_indexed(indexed, name, i));
}

tw_status twi_check_ascending(const int64_t *values, size_t count, const char *name) {
  char indexed[TWI_NAME_SIZE];
  const tw_status status = twi_check_array(values, count, name);
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    const int64_t least = i == 0 ? 0 : values[i - 1];
    if (values[i] < least) return twi_check_at_least(values[i], least, twi_indexed(indexed, name, i));
  }
  return status;
}

tw_status twi_check_per_group(const void *values, size_t count, size_t group_count, const char *name) {
  const tw_status status = twi_check_array(values, count, name);
  if (status != TW_OK || (count == 1 && values != NULL) || count == group_count) return status;
  return twi_fail(TW_ERROR_ARGUMENT, "there are %zu values of %s; there must be 1 or one for each parameter group, %zu",
                  count, name, group_count);
}

tw_status twi_spread(double *out, const double *values, size_t count, size_t group_count, const char *name) {
  tw_status status = twi_check_per_group(values, count, group_count, name);
  if (status == TW_OK) status = twi_check_each(values, count, twi_check_finite, name);
  for (size_t group = 0; group < group_count && status == TW_OK; ++group) out[group] = values[count == 1 ? 0 : group];
  return status;
}

tw_status twi_check_buffer(const void *out, size_t capacity, size_t *needed, size_t size, const char *what,
                           int *only_asked) {
  if (needed != NULL) *needed = 0;
  *only_asked = out == NULL && capacity == 0 && needed != NULL;
  if (out == NULL && !*only_asked && size != 0) return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  if (needed != NULL) *needed = size;
  if (*only_asked || capacity >= size) return TW_OK;
  return twi_fail(TW_ERROR_CAPACITY, "capacity is %zu; %zu %s are needed", capacity, size, what);
}

tw_status twi_copy_doubles(double *out, size_t capacity, size_t *needed, const double *from, size_t size,
                           const char *what) {
  int only_asked = 0;
  const tw_status status = twi_check_buffer(out, capacity, needed, size, what, &only_asked);
  if (status == TW_OK && !only_asked && size > 0) memcpy(out, from, size * sizeof *out);
  return status;
}

/* ==================== src/base/error.c ==================== */

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

/* ==================== src/base/handle.c ==================== */

static const char *const names[TWI_HANDLE_KINDS] = {
    [TW_HANDLE_OPTIMIZER] = "tw_optimizer",
    [TW_HANDLE_LR_SCHEDULER] = "tw_lr_scheduler",
    [TW_HANDLE_WARMUP] = "tw_warmup",
    [TW_HANDLE_TENSOR] = "tw_tensor",
    [TW_HANDLE_TENSOR_LIST] = "tw_tensor_list",
    [TW_HANDLE_GENERATOR] = "tw_generator",
    [TW_HANDLE_MODULE] = "tw_module",
    [TW_HANDLE_MODULE_DIFFERENCES] = "tw_module_differences",
    [TW_HANDLE_VALUE] = "tw_value",
    [TW_HANDLE_CHECKPOINT] = "tw_checkpoint",
};

static int is_kind(tw_handle_kind kind) { return (int)kind >= 0 && (int)kind < TWI_HANDLE_KINDS; }

const char *tw_handle_kind_name(tw_handle_kind kind) { return is_kind(kind) ? names[kind] : "unknown"; }

#ifndef TORCH_WARMUP_CHECKS

static tw_status count_live(size_t *out, tw_handle_kind kind) {
  (void)out, (void)kind;
  return twi_fail(TW_ERROR_UNSUPPORTED, "handles are not counted: this library was built without TORCH_WARMUP_CHECKS");
}

#else

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A table of addresses, by open addressing. An address stays in it for good, for a freed one is to be known again; the next
 * handle at that address takes its place. Its memory is not malloc's, so that it tells of handles where that has none
 * left, and counts for nothing where a program counts that. */
typedef struct entry {
  const void *address; /* NULL for a free place */
  tw_handle_kind kind;
  int lent;
  size_t open; /* how many times it may be freed */
} entry;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static entry *entries;
static size_t room, used; /* room is a power of two */
static size_t live[TWI_HANDLE_KINDS];
static pthread_once_t report_once = PTHREAD_ONCE_INIT;

static _Noreturn void give_up(const char *function, const char *why) {
  (void)fprintf(stderr, "torch_warmup: %s: %s\n", function, why);
  abort();
}

/* ---- the table; under the lock ---- */

static size_t place_of(const entry *table, size_t places, const void *address) {
  size_t place = (size_t)(((uintptr_t)address >> 4) * (uintptr_t)0x9E3779B97F4A7C15u) & (places - 1);
  while (table[place].address != NULL && table[place].address != address) place = (place + 1) & (places - 1);
  return place;
}

static void handles_grow(void) {
  const size_t more = room == 0 ? 1u << 12 : 2 * room;
  entry *made = mmap(NULL, more * sizeof *made, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (made == MAP_FAILED) give_up("TORCH_WARMUP_CHECKS", "no memory for the list of handles");
  for (size_t i = 0; i < room; ++i)
    if (entries[i].address != NULL) made[place_of(made, more, entries[i].address)] = entries[i];
  if (entries != NULL) (void)munmap(entries, room * sizeof *entries);
  entries = made;
  room = more;
}

/* NULL for an address that never was a handle. */
static const entry *find(const void *address) {
  if (room == 0) return NULL;
  const entry *found = &entries[place_of(entries, room, address)];
  return found->address != NULL ? found : NULL;
}

static entry *add(const void *address) {
  if (2 * (used + 1) > room) handles_grow();
  entry *place = &entries[place_of(entries, room, address)];
  if (place->address == NULL) ++used;
  place->address = address;
  return place;
}

/* ---- the report ---- */

static void report(void) {
  size_t all = 0;
  (void)pthread_mutex_lock(&lock);
  for (int kind = 0; kind < TWI_HANDLE_KINDS; ++kind) {
    all += live[kind];
    if (live[kind] > 0) (void)fprintf(stderr, "torch_warmup: %zu of %s not freed\n", live[kind], names[kind]);
  }
  (void)pthread_mutex_unlock(&lock);
  if (all == 0) (void)fprintf(stderr, "torch_warmup: all handles are freed\n");
}

static void ask_for_report(void) {
  const char *wanted = getenv("TORCH_WARMUP_REPORT");
  if (wanted != NULL && strcmp(wanted, "1") == 0) (void)atexit(report);
}

/* ---- giving and freeing ---- */

void twi_handle_open(const void *handle, tw_handle_kind kind) {
  if (handle == NULL) return;
  (void)pthread_once(&report_once, ask_for_report);
  (void)pthread_mutex_lock(&lock);
  entry *place = add(handle);
  if (place->open == 0 || place->kind != kind) *place = (entry){handle, kind, 0, 0};
  ++place->open;
  ++live[kind];
  (void)pthread_mutex_unlock(&lock);
}

void twi_handle_lend(const void *handle, tw_handle_kind kind) {
  if (handle == NULL) return;
  (void)pthread_mutex_lock(&lock);
  *add(handle) = (entry){handle, kind, 1, 0};
  (void)pthread_mutex_unlock(&lock);
}

void twi_handle_take_back(const void *handle) {
  if (handle == NULL) return;
  (void)pthread_mutex_lock(&lock);
  add(handle)->lent = 0;
  (void)pthread_mutex_unlock(&lock);
}

/* What is wrong with it, after its name in messages; NULL for nothing. detail is room for the text. */
static const char *fault_of(const void *handle, tw_handle_kind kind, char detail[64]) {
  const entry *found = find(handle);
  if (found == NULL) return "is no handle of torch_warmup's";
  if (found->open == 0 && !found->lent) return "is a handle that has been freed";
  if (found->kind == kind) return NULL;
  (void)snprintf(detail, 64, "is a %s, not a %s", names[found->kind], names[kind]);
  return detail;
}

void twi_handle_close(const void *handle, tw_handle_kind kind, const char *function) {
  if (handle == NULL) return;
  char detail[64];
  (void)pthread_mutex_lock(&lock);
  const char *fault = fault_of(handle, kind, detail);
  entry *place = add(handle);
  if (fault == NULL && place->open == 0) fault = "is lent to the program, which must not free it";
  if (fault == NULL) {
    --place->open;
    --live[kind];
  }
  (void)pthread_mutex_unlock(&lock);
  if (fault == NULL) return;
  char why[128];
  (void)snprintf(why, sizeof why, "what it is to free %s", fault);
  give_up(function, why);
}

tw_status twi_handle_check(const void *handle, tw_handle_kind kind, const char *name) {
  if (handle == NULL) return twi_fail(TW_ERROR_ARGUMENT, "%s is NULL", name);
  char detail[64];
  (void)pthread_mutex_lock(&lock);
  const char *fault = fault_of(handle, kind, detail);
  (void)pthread_mutex_unlock(&lock);
  return fault == NULL ? TW_OK : twi_fail(TW_ERROR_ARGUMENT, "%s %s", name, fault);
}

static tw_status count_live(size_t *out, tw_handle_kind kind) {
  (void)pthread_mutex_lock(&lock);
  *out = live[kind];
  (void)pthread_mutex_unlock(&lock);
  return TW_OK;
}

#endif

tw_status tw_live_handles(size_t *out, tw_handle_kind kind) {
  if (out != NULL) *out = 0;
  if (out == NULL) return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  if (!is_kind(kind)) return twi_fail(TW_ERROR_ARGUMENT, "kind is %d; there is no such kind of handle", (int)kind);
  return count_live(out, kind);
}

/* ==================== src/base/lock.h ==================== */

/* One lock an optimizer, which knows the thread that holds it: from within a callback of a running call the same thread
 * comes by again. */
#ifndef TWI_LOCK_H
#define TWI_LOCK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

typedef struct twi_lock {
  pthread_mutex_t mutex;
  _Atomic(uintptr_t) owner; /* of the thread that holds it; 0 for none */
} twi_lock;

/* 0 where the system has no room for one. */
int twi_lock_init(twi_lock *lock);
void twi_lock_destroy(twi_lock *lock);

/* A number that no other living thread has, and not 0: where POSIX systems keep what they know of the thread. An address
 * of a _Thread_local of ours would do too, at several times the cost in a shared library. */
static inline uintptr_t twi_this_thread(void) { return (uintptr_t)pthread_self(); }

/* Whether the calling thread holds it. */
static inline int twi_lock_is_mine(twi_lock *lock) {
  return atomic_load_explicit(&lock->owner, memory_order_relaxed) == twi_this_thread();
}

static inline void twi_lock_take(twi_lock *lock) {
  (void)pthread_mutex_lock(&lock->mutex);
  atomic_store_explicit(&lock->owner, twi_this_thread(), memory_order_relaxed);
}

static inline void twi_lock_give(twi_lock *lock) {
  atomic_store_explicit(&lock->owner, 0, memory_order_relaxed);
  (void)pthread_mutex_unlock(&lock->mutex);
}

#endif

/* ==================== src/base/lock.c ==================== */

int twi_lock_init(twi_lock *lock) {
  atomic_init(&lock->owner, 0);
  return pthread_mutex_init(&lock->mutex, NULL) == 0;
}

void twi_lock_destroy(twi_lock *lock) { (void)pthread_mutex_destroy(&lock->mutex); }

/* ==================== src/base/options.h ==================== */

/* The one place for the rule of options.h: a caller's structure may be of an older or a newer version than ours. */
#ifndef TWI_OPTIONS_H
#define TWI_OPTIONS_H


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

/* ==================== src/base/options.c ==================== */

#include <string.h>


/* What every structure begins with. */
typedef struct head {
  size_t struct_size;
  int32_t kind;
} head;

enum { MOST_BYTES = 1024 }; /* no version of any structure will have more */

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* A size that no version has means that the structure was not filled in by its init function. */
static tw_status options_check_size(size_t struct_size, const twi_options_type *type) {
  if (struct_size >= sizeof(head) && struct_size <= MOST_BYTES && struct_size % sizeof(size_t) == 0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT,
                  "struct_size is %zu, which is the size of no such structure: it has %zu bytes; fill it in with %s",
                  struct_size, type->size, type->init);
}

/* A newer structure is taken as long as what this library does not know of it is as init left it. */
static tw_status check_tail(const char *bytes, size_t struct_size, const twi_options_type *type) {
  for (size_t i = type->size; i < struct_size; ++i) {
    if (bytes[i] != 0)
      return twi_fail(TW_ERROR_ARGUMENT,
                      "struct_size is %zu, but this version of torch_warmup knows %zu bytes of what %s fills in, and a "
                      "member beyond those is set",
                      struct_size, type->size, type->init);
  }
  return TW_OK;
}

static tw_status check_reserved(const char *bytes, size_t struct_size, const twi_options_type *type) {
  int32_t reserved = 0;
  if (type->reserved == 0 || type->reserved + sizeof reserved > struct_size) return TW_OK;
  memcpy(&reserved, bytes + type->reserved, sizeof reserved);
  if (reserved == 0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "reserved is %d; it must be 0, as %s leaves it", (int)reserved, type->init);
}

tw_status twi_options_init(void *out, size_t struct_size, const twi_options_type *type) {
  if (out == NULL) return twi_fail(TW_ERROR_ARGUMENT, "options is NULL");
  const tw_status status = options_check_size(struct_size, type);
  if (status != TW_OK) return status;
  memset(out, 0, struct_size);
  memcpy(out, type->defaults, smaller(struct_size, type->size));
  const head ours = {struct_size, type->kind};
  memcpy(out, &ours.struct_size, sizeof ours.struct_size);
  memcpy((char *)out + offsetof(head, kind), &ours.kind, sizeof ours.kind);
  return TW_OK;
}

tw_status twi_options_read(void *out, const void *given, const twi_options_type *type) {
  memcpy(out, type->defaults, type->size);
  if (given == NULL) return TW_OK;
  head theirs;
  memcpy(&theirs, given, sizeof theirs.struct_size);
  tw_status status = options_check_size(theirs.struct_size, type);
  if (status != TW_OK) return status;
  memcpy(&theirs.kind, (const char *)given + offsetof(head, kind), sizeof theirs.kind);
  if (theirs.kind != (int32_t)type->kind)
    return twi_fail(TW_ERROR_TYPE, "the options are of kind %d; those that %s fills in are of kind %d",
                    (int)theirs.kind, type->init, (int)type->kind);
  status = check_tail(given, theirs.struct_size, type);
  if (status == TW_OK) status = check_reserved(given, theirs.struct_size, type);
  if (status == TW_OK) memcpy(out, given, smaller(theirs.struct_size, type->size));
  return status;
}

/* ==================== src/base/version.c ==================== */

#define STRING_OF(x) #x
#define STRING(x) STRING_OF(x)

const char *tw_version(void) {
  return STRING(TW_VERSION_MAJOR) "." STRING(TW_VERSION_MINOR) "." STRING(TW_VERSION_PATCH);
}

int32_t tw_version_number(void) { return TW_VERSION_NUMBER; }

/* ==================== src/optimizer/book.h ==================== */

/* What everything that schedules one optimizer's rates must know of the others. */
#ifndef TWI_BOOK_H
#define TWI_BOOK_H

#include <stddef.h>


#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_numbers {
  size_t count;
  double *values;
} twi_numbers;

/* What PyTorch's schedulers keep in the groups of an optimizer, which its state_dict has after the options. */
typedef enum twi_entry {
  TWI_INITIAL_LR, /* each group's rate when its first LR scheduler was made, which later ones start from too */
  TWI_MAX_LR,     /* OneCycleLR's */
  TWI_MIN_LR,
  TWI_MAX_MOMENTUM, /* CyclicLR's too */
  TWI_BASE_MOMENTUM,
  TWI_ENTRY_COUNT
} twi_entry;

typedef struct twi_book {
  twi_numbers entries[TWI_ENTRY_COUNT]; /* empty where there is none */
  struct tw_warmup *warmup;             /* the one warmup that is bound now */
  double *left_undampened; /* what a freed warmup left: the rates, and what it made of them; null if none */
  double *left_dampened;
  size_t left_count;
} twi_book;

/* PyTorch's name of an entry. */
TWI_SHARED const char *twi_entry_name(twi_entry entry);

/* Numbers of their own; TW_ERROR_MEMORY where there is no room. */
TWI_SHARED tw_status twi_numbers_copy(twi_numbers *out, const double *values, size_t count);
/* Puts numbers that twi_numbers_copy made into the book. */
TWI_SHARED void twi_book_take(twi_book *book, twi_entry entry, twi_numbers *numbers);
void twi_book_destroy(twi_book *book);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/optimizer/book.c ==================== */

#include <stdlib.h>
#include <string.h>

const char *twi_entry_name(twi_entry entry) {
  static const char *const names[TWI_ENTRY_COUNT] = {[TWI_INITIAL_LR] = "initial_lr",
                                                     [TWI_MAX_LR] = "max_lr",
                                                     [TWI_MIN_LR] = "min_lr",
                                                     [TWI_MAX_MOMENTUM] = "max_momentum",
                                                     [TWI_BASE_MOMENTUM] = "base_momentum"};
  return names[entry];
}

tw_status twi_numbers_copy(twi_numbers *out, const double *values, size_t count) {
  *out = (twi_numbers){count, malloc((count + 1) * sizeof(double))}; /* + 1: not null without groups either */
  if (out->values == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (count > 0) memcpy(out->values, values, count * sizeof *values);
  return TW_OK;
}

void twi_book_take(twi_book *book, twi_entry entry, twi_numbers *numbers) {
  free(book->entries[entry].values);
  book->entries[entry] = *numbers;
  *numbers = (twi_numbers){0, NULL};
}

void twi_book_destroy(twi_book *book) {
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry) free(book->entries[entry].values);
  free(book->left_undampened);
  free(book->left_dampened);
}

/* ==================== src/base/references.h ==================== */

/* How many hold an object. C++ only lays it out: it has no _Atomic. */
#ifndef TWI_REFERENCES_H
#define TWI_REFERENCES_H

#include <stddef.h>

#ifdef __cplusplus
typedef size_t twi_references;
#else
#include <stdatomic.h>
typedef atomic_size_t twi_references;
#endif

#endif

/* ==================== src/optimizer/optimizer.h ==================== */

/* An optimizer as everything that schedules it sees it: an interface, a lock, room for a step's numbers, and the book of
 * what is bound to it. Nothing here knows which optimizer it is. */
#ifndef TWI_OPTIMIZER_H
#define TWI_OPTIMIZER_H

#include <stddef.h>


#ifndef __cplusplus
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a step changes, a number a group. */
typedef struct twi_rates {
  size_t count;
  double *lrs;
  double *momentums; /* momentum, or beta1; null unless a schedule cycles it */
} twi_rates;

/* A free that came from within a callback of a running call waits for that call's end. */
typedef struct twi_deferred {
  struct twi_deferred *next;
  void (*end)(struct twi_deferred *self);
} twi_deferred;

#ifndef __cplusplus /* whose standard has no pthread_mutex_t and _Atomic to lay out alike */
struct tw_optimizer {
  tw_optimizer_interface interface;
  void *context;
  int is_callers; /* the interface is a caller's, so that what it gives and leaves behind must be looked at */
  twi_references references;
  twi_lock lock;
  twi_deferred *deferred;
  size_t deferred_frees; /* of handles */
  /* Room for one step, so that a step allocates nothing: what the groups have, and what they are to have. */
  size_t room;
  double *rows[4];
  tw_option momentum; /* which one is cycled, known once a schedule cycles one */
  twi_book book;
};
#endif

/* ---- making, keeping, letting go ---- */

/* As tw_optimizer_custom, of an interface that is checked or our own. context is released from a failure too. */
TWI_SHARED tw_status twi_optimizer_new(tw_optimizer **out, const tw_optimizer_interface *interface, void *context,
                                       int is_callers);
TWI_SHARED tw_optimizer *twi_optimizer_share(tw_optimizer *optimizer);
void twi_optimizer_unshare(tw_optimizer *optimizer);
/* Whether anybody still held it, and now one more does. For who keeps a list of optimizers without holding them. */
TWI_SHARED int twi_optimizer_share_if_alive(tw_optimizer *optimizer);
TWI_SHARED int twi_optimizer_is_detached(const tw_optimizer *optimizer);
/* The context, where these are the functions behind the optimizer; else null. */
TWI_SHARED void *twi_optimizer_context(const tw_optimizer *optimizer, const tw_optimizer_interface *interface);
TWI_SHARED const char *twi_optimizer_class_name(const tw_optimizer *optimizer);
/* Under the lock. */
TWI_SHARED twi_book *twi_optimizer_book(tw_optimizer *optimizer);

/* ---- the lock ---- */

/* For a call that changes the optimizer or what is bound to it: TW_ERROR_STATE from within a callback. */
TWI_SHARED tw_status twi_optimizer_enter(tw_optimizer *optimizer);
TWI_SHARED void twi_optimizer_leave(tw_optimizer *optimizer);
/* For a call that only reads; gives what twi_optimizer_end_read must get. */
TWI_SHARED int twi_optimizer_begin_read(tw_optimizer *optimizer);
TWI_SHARED void twi_optimizer_end_read(tw_optimizer *optimizer, int locked);
/* Whether the calling thread is within a call; then end waits for that call's end. */
int twi_optimizer_defer(tw_optimizer *optimizer, twi_deferred *deferred, void (*end)(twi_deferred *self));

/* ---- the groups' numbers; under the lock ---- */

TWI_SHARED tw_status twi_optimizer_group_count(size_t *out, tw_optimizer *optimizer);
/* One number a group; TW_ERROR_NOT_FOUND where there is no such option. */
TWI_SHARED tw_status twi_optimizer_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer);
TWI_SHARED tw_status twi_optimizer_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option);
/* Whether it has an option; a failure of another kind is the call's. */
TWI_SHARED tw_status twi_optimizer_has(int *out, tw_optimizer *optimizer, tw_option option);

/* TW_ERROR_STATE where there are not as many groups as what (such as "this warmup") was made for. */
TWI_SHARED tw_status twi_optimizer_require_groups(tw_optimizer *optimizer, size_t made_for, const char *what);

/* ---- a step's numbers; under the lock ---- */

/* Room for steps of as many groups. */
TWI_SHARED tw_status twi_optimizer_make_room(tw_optimizer *optimizer, size_t group_count);
/* Finds out which momentum is cycled: beta1, or else momentum. */
TWI_SHARED tw_status twi_optimizer_find_momentum(tw_optimizer *optimizer);
/* What the groups have, and room for what they are to have. Momentums are those of rates that cycle them. */
TWI_SHARED twi_rates twi_optimizer_present(tw_optimizer *optimizer, size_t count, int with_momentums);
TWI_SHARED twi_rates twi_optimizer_next(tw_optimizer *optimizer, size_t count, int with_momentums);
/* Reads the groups' numbers. */
TWI_SHARED tw_status twi_optimizer_read(tw_optimizer *optimizer, twi_rates *out);
/* Writes all numbers or none: before is what they were. source names who made them, where one is not finite:
   TW_ERROR_RANGE. */
TWI_SHARED tw_status twi_optimizer_write(tw_optimizer *optimizer, const twi_rates *rates, const twi_rates *before,
                                         const char *source);
void twi_rates_copy(twi_rates *to, const twi_rates *from);
TWI_SHARED tw_status twi_check_lrs(const double *lrs, size_t count, const char *source);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/optimizer/custom.c ==================== */

/* An optimizer of the caller's own functions. */

static tw_status check_functions(const tw_optimizer_interface *functions) {
  if (functions->struct_size != sizeof *functions)
    return twi_fail(TW_ERROR_ARGUMENT, "struct_size is %zu; a tw_optimizer_interface has %zu bytes",
                    functions->struct_size, sizeof *functions);
  if (functions->group_count == NULL) return twi_fail(TW_ERROR_ARGUMENT, "group_count is NULL");
  if (functions->get == NULL) return twi_fail(TW_ERROR_ARGUMENT, "get is NULL");
  if (functions->set == NULL) return twi_fail(TW_ERROR_ARGUMENT, "set is NULL");
  return TW_OK;
}

tw_status tw_optimizer_custom(tw_optimizer **out, const tw_optimizer_interface *functions, void *context) {
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(functions, "functions");
  if (status != TW_OK) return status;
  status = check_functions(functions);
  /* A release that may not lie there is not called. */
  if (status != TW_OK && functions->struct_size != sizeof *functions) return status;
  if (status == TW_OK) status = twi_check_pointer(out, "out");
  if (status == TW_OK) return twi_optimizer_new(out, functions, context, 1);
  twi_release(functions->release, context);
  return status;
}

/* ==================== src/optimizer/rate.h ==================== */

/* What a learning rate may be: the one place that says so. */
#ifndef TWI_RATE_H
#define TWI_RATE_H

/* One that a schedule led to, or that a file holds of such a run: any finite number. PyTorch's optimizers go on with a
   negative one, to which schedules lead that go on from each other's rates, as in a chain. */
static inline int twi_is_rate(double rate) { return rate - rate == 0.0; }

/* One that a caller gives is not negative besides, as PyTorch's optimizers are made. */
static inline int twi_is_given_rate(double rate) { return rate >= 0.0 && twi_is_rate(rate); }

#endif

/* ==================== src/optimizer/numbers.c ==================== */

/* Reading and writing the groups' numbers, whichever optimizer it is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>


static tw_status numbers_lacks(const tw_optimizer *optimizer, tw_option option) {
  return twi_fail(TW_ERROR_NOT_FOUND, "%s has no %s", twi_optimizer_class_name(optimizer), tw_option_name(option));
}

/* More than any machine has room for, few enough that no size of memory overflows. */
static const size_t MOST_GROUPS = SIZE_MAX >> 12;

/* ---- a caller's functions: what they leave behind, and what they forget ---- */

static tw_status ended(tw_optimizer *optimizer, const char *name, tw_status status, twi_message before,
                       tw_option option) {
  status = twi_callback_end(name, status, before);
  return status == TW_ERROR_NOT_FOUND ? numbers_lacks(optimizer, option) : status;
}

static tw_status callers_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer) {
  const char *const name = "the optimizer's get";
  for (size_t group = 0; group < count; ++group) out[group] = NAN;
  const twi_message before = twi_message_take();
  const tw_status status =
      ended(optimizer, name, optimizer->interface.get(out, count, option, optimizer->context), before, option);
  for (size_t group = 0; group < count && status == TW_OK; ++group)
    if (isnan(out[group]))
      return twi_fail(TW_ERROR_RANGE, "%s gave no number for the %s of group %zu", name, tw_option_name(option), group);
  return status;
}

static tw_status callers_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option) {
  const twi_message before = twi_message_take();
  return ended(optimizer, "the optimizer's set", optimizer->interface.set(values, count, option, optimizer->context),
               before, option);
}

static tw_status callers_group_count(size_t *out, tw_optimizer *optimizer) {
  *out = SIZE_MAX;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end("the optimizer's group_count",
                                            optimizer->interface.group_count(out, optimizer->context), before);
  if (status != TW_OK || *out <= MOST_GROUPS) return status;
  const size_t count = *out;
  *out = 0;
  if (count == SIZE_MAX) return twi_fail(TW_ERROR_RANGE, "the optimizer's group_count gave no number");
  return twi_fail(TW_ERROR_RANGE, "the optimizer's group_count gave %zu", count);
}

/* ---- any optimizer's ---- */

tw_status twi_optimizer_group_count(size_t *out, tw_optimizer *optimizer) {
  if (optimizer->is_callers) return callers_group_count(out, optimizer);
  return optimizer->interface.group_count(out, optimizer->context);
}

tw_status twi_optimizer_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer) {
  if (count == 0) return TW_OK; /* no group lacks it */
  if (optimizer->is_callers) return callers_get(out, count, option, optimizer);
  return optimizer->interface.get(out, count, option, optimizer->context);
}

tw_status twi_optimizer_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option) {
  if (count == 0) return TW_OK;
  if (optimizer->is_callers) return callers_set(optimizer, values, count, option);
  return optimizer->interface.set(values, count, option, optimizer->context);
}

tw_status twi_optimizer_has(int *out, tw_optimizer *optimizer, tw_option option) {
  size_t count = 0;
  *out = 0;
  tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status != TW_OK) return status;
  double *scratch = malloc((count + 1) * sizeof *scratch); /* + 1: never null for none */
  if (scratch == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  const twi_message before = twi_message_take();
  status = twi_optimizer_get(scratch, count, option, optimizer);
  free(scratch);
  *out = status == TW_OK;
  if (status != TW_OK && status != TW_ERROR_NOT_FOUND) {
    twi_message_free(before);
    return status;
  }
  twi_message_put(before);
  return TW_OK;
}

tw_status twi_optimizer_require_groups(tw_optimizer *optimizer, size_t made_for, const char *what) {
  size_t count = 0;
  const tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status != TW_OK || count == made_for) return status;
  return twi_fail(TW_ERROR_STATE, "the optimizer has %zu parameter groups; %s was made for %zu", count, what, made_for);
}

/* ---- a step's numbers ---- */

tw_status twi_optimizer_make_room(tw_optimizer *optimizer, size_t group_count) {
  const size_t rows = sizeof optimizer->rows / sizeof *optimizer->rows;
  if (group_count <= optimizer->room && optimizer->rows[rows - 1] != NULL) return TW_OK;
  for (size_t i = 0; i < rows; ++i) {
    double *grown = realloc(optimizer->rows[i], (group_count + 1) * sizeof *grown); /* + 1: never null for none */
    if (grown == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
    optimizer->rows[i] = grown;
  }
  optimizer->room = group_count;
  return TW_OK;
}

tw_status twi_optimizer_find_momentum(tw_optimizer *optimizer) {
  int has_beta1 = 0, has_momentum = 0;
  tw_status status = twi_optimizer_has(&has_beta1, optimizer, TW_OPTION_BETA1);
  if (status == TW_OK && !has_beta1) status = twi_optimizer_has(&has_momentum, optimizer, TW_OPTION_MOMENTUM);
  if (status != TW_OK) return status;
  if (!has_beta1 && !has_momentum)
    return twi_fail(TW_ERROR_NOT_FOUND,
                    "the optimizer is %s, which has neither momentum nor betas to cycle; set cycle_momentum to 0",
                    twi_optimizer_class_name(optimizer));
  optimizer->momentum = has_beta1 ? TW_OPTION_BETA1 : TW_OPTION_MOMENTUM;
  return TW_OK;
}

twi_rates twi_optimizer_present(tw_optimizer *optimizer, size_t count, int with_momentums) {
  return (twi_rates){count, optimizer->rows[0], with_momentums ? optimizer->rows[1] : NULL};
}

twi_rates twi_optimizer_next(tw_optimizer *optimizer, size_t count, int with_momentums) {
  return (twi_rates){count, optimizer->rows[2], with_momentums ? optimizer->rows[3] : NULL};
}

tw_status twi_optimizer_read(tw_optimizer *optimizer, twi_rates *out) {
  const tw_status status = twi_optimizer_get(out->lrs, out->count, TW_OPTION_LR, optimizer);
  if (status != TW_OK || out->momentums == NULL) return status;
  return twi_optimizer_get(out->momentums, out->count, optimizer->momentum, optimizer);
}

tw_status twi_check_lrs(const double *lrs, size_t count, const char *source) {
  int found = 0; /* without a branch, so that the loop runs several at a time */
  for (size_t group = 0; group < count; ++group) found |= !twi_is_rate(lrs[group]);
  if (!found) return TW_OK;
  size_t group = 0;
  while (twi_is_rate(lrs[group])) ++group;
  return twi_fail(TW_ERROR_RANGE, "%s makes the rate of group %zu %g", source, group, lrs[group]);
}

static tw_status check_momentums(const twi_rates *rates, const char *source) {
  for (size_t group = 0; group < rates->count; ++group)
    if (!isfinite(rates->momentums[group]))
      return twi_fail(TW_ERROR_RANGE, "%s makes the momentum of group %zu %g", source, group, rates->momentums[group]);
  return TW_OK;
}

tw_status twi_optimizer_write(tw_optimizer *optimizer, const twi_rates *rates, const twi_rates *before,
                              const char *source) {
  tw_status status = twi_check_lrs(rates->lrs, rates->count, source);
  if (status == TW_OK && rates->momentums != NULL) status = check_momentums(rates, source);
  if (status == TW_OK) status = twi_optimizer_set(optimizer, rates->lrs, rates->count, TW_OPTION_LR);
  if (status != TW_OK || rates->momentums == NULL) return status;
  status = twi_optimizer_set(optimizer, rates->momentums, rates->count, optimizer->momentum);
  if (status == TW_OK) return status;
  /* All or none. Its own rates are what the optimizer takes; should it refuse even them, the first failure is told. */
  const twi_message first = twi_message_take();
  (void)twi_optimizer_set(optimizer, before->lrs, before->count, TW_OPTION_LR);
  twi_message_put(first);
  return status;
}

void twi_rates_copy(twi_rates *to, const twi_rates *from) {
  memcpy(to->lrs, from->lrs, from->count * sizeof *to->lrs);
  if (to->momentums != NULL) memcpy(to->momentums, from->momentums, from->count * sizeof *to->momentums);
}

/* ==================== src/optimizer/optimizer.c ==================== */

/* Making optimizers, keeping them alive, and their lock. */

#include <stdlib.h>
#include <string.h>


/* ---- making, keeping, letting go ---- */

static void release_context(const tw_optimizer_interface *interface, void *context) {
  twi_release(interface->release, context);
}

static void optimizer_destroy(tw_optimizer *optimizer) {
  release_context(&optimizer->interface, optimizer->context);
  twi_lock_destroy(&optimizer->lock);
  twi_book_destroy(&optimizer->book);
  for (size_t i = 0; i < sizeof optimizer->rows / sizeof *optimizer->rows; ++i) free(optimizer->rows[i]);
  free((char *)optimizer->interface.class_name);
  free(optimizer);
}

tw_status twi_optimizer_new(tw_optimizer **out, const tw_optimizer_interface *interface, void *context,
                            int is_callers) {
  tw_optimizer *made = calloc(1, sizeof *made);
  char *class_name = strdup(interface->class_name != NULL ? interface->class_name : "Optimizer");
  if (made == NULL || class_name == NULL || !twi_lock_init(&made->lock)) {
    free(made);
    free(class_name);
    release_context(interface, context);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  made->interface = *interface;
  made->interface.class_name = class_name;
  made->context = context;
  made->is_callers = is_callers;
  made->momentum = TW_OPTION_UNKNOWN;
  atomic_init(&made->references, 1);
  twi_handle_open(made, TW_HANDLE_OPTIMIZER);
  *out = made;
  return TW_OK;
}

tw_optimizer *twi_optimizer_share(tw_optimizer *optimizer) {
  atomic_fetch_add_explicit(&optimizer->references, 1, memory_order_relaxed);
  return optimizer;
}

void twi_optimizer_unshare(tw_optimizer *optimizer) {
  if (atomic_fetch_sub_explicit(&optimizer->references, 1, memory_order_acq_rel) == 1) optimizer_destroy(optimizer);
}

int twi_optimizer_share_if_alive(tw_optimizer *optimizer) {
  size_t references = atomic_load_explicit(&optimizer->references, memory_order_relaxed);
  while (references > 0) {
    if (atomic_compare_exchange_weak_explicit(&optimizer->references, &references, references + 1, memory_order_acq_rel,
                                              memory_order_relaxed))
      return 1;
  }
  return 0;
}

void *twi_optimizer_context(const tw_optimizer *optimizer, const tw_optimizer_interface *interface) {
  return optimizer->interface.get == interface->get ? optimizer->context : NULL;
}

const char *twi_optimizer_class_name(const tw_optimizer *optimizer) { return optimizer->interface.class_name; }

twi_book *twi_optimizer_book(tw_optimizer *optimizer) { return &optimizer->book; }

void tw_optimizer_free(tw_optimizer *optimizer) {
  if (optimizer == NULL) return;
  twi_handle_close(optimizer, TW_HANDLE_OPTIMIZER, "tw_optimizer_free");
  if (twi_lock_is_mine(&optimizer->lock)) {
    ++optimizer->deferred_frees;
  } else {
    twi_optimizer_unshare(optimizer);
  }
}

/* ---- the lock ---- */

tw_status twi_optimizer_enter(tw_optimizer *optimizer) {
  if (twi_lock_is_mine(&optimizer->lock))
    return twi_fail(
        TW_ERROR_STATE,
        "a call on this %s is running, and this is one of its callbacks: the optimizer and what is bound to "
        "it can be read here, not changed",
        twi_optimizer_class_name(optimizer));
  twi_lock_take(&optimizer->lock);
  return TW_OK;
}

/* What came during a call. Ended when nothing is locked, for it runs the callers' releases. */
static void end_deferred(tw_optimizer *optimizer, twi_deferred *deferred, size_t frees) {
  while (deferred != NULL) {
    twi_deferred *next = deferred->next;
    deferred->end(deferred);
    deferred = next;
  }
  for (size_t i = 0; i < frees; ++i) twi_optimizer_unshare(optimizer);
}

void twi_optimizer_leave(tw_optimizer *optimizer) {
  twi_deferred *deferred = optimizer->deferred;
  const size_t frees = optimizer->deferred_frees;
  optimizer->deferred = NULL;
  optimizer->deferred_frees = 0;
  twi_lock_give(&optimizer->lock);
  if (deferred != NULL || frees != 0) end_deferred(optimizer, deferred, frees);
}

int twi_optimizer_begin_read(tw_optimizer *optimizer) {
  if (twi_lock_is_mine(&optimizer->lock)) return 0;
  twi_lock_take(&optimizer->lock);
  return 1;
}

void twi_optimizer_end_read(tw_optimizer *optimizer, int locked) {
  if (locked) twi_optimizer_leave(optimizer);
}

int twi_optimizer_defer(tw_optimizer *optimizer, twi_deferred *deferred, void (*end)(twi_deferred *self)) {
  if (!twi_lock_is_mine(&optimizer->lock)) return 0;
  *deferred = (twi_deferred){optimizer->deferred, end};
  optimizer->deferred = deferred;
  return 1;
}

/* ---- detaching ---- */

static tw_status detached(const char *what) {
  return twi_fail(TW_ERROR_STATE, "the optimizer has been detached, so %s", what);
}

static tw_status detached_group_count(size_t *out, void *context) {
  (void)context;
  *out = 0;
  return detached("it has no groups to count");
}

static tw_status detached_get(double *out, size_t count, tw_option option, void *context) {
  (void)out, (void)count, (void)option, (void)context;
  return detached("its numbers cannot be read");
}

static tw_status detached_set(const double *values, size_t count, tw_option option, void *context) {
  (void)values, (void)count, (void)option, (void)context;
  return detached("its numbers cannot be set");
}

int twi_optimizer_is_detached(const tw_optimizer *optimizer) { return optimizer->interface.get == detached_get; }

tw_status tw_optimizer_detach(tw_optimizer *optimizer) {
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  const tw_optimizer_interface old = optimizer->interface;
  void *context = optimizer->context;
  optimizer->interface =
      (tw_optimizer_interface){sizeof old, old.class_name, detached_group_count, detached_get, detached_set, NULL};
  optimizer->context = NULL;
  optimizer->is_callers = 0;
  twi_optimizer_leave(optimizer);
  release_context(&old, context);
  return TW_OK;
}

/* ==================== src/optimizer/option.c ==================== */

/* The groups' numbers one by one, for callers. */

#include <stdlib.h>
#include <string.h>


/* ---- the options: their names and ranges ---- */

static tw_status check_flag(double value, const char *name) {
  if (value == 0.0 || value == 1.0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %g; it must be 0 or 1", name, value);
}

static tw_status check_lr(double value, const char *name) {
  if (twi_is_given_rate(value)) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and not negative", name, value);
}

static const struct {
  const char *name;
  tw_status (*check)(double value, const char *name);
} options[] = {
    [TW_OPTION_LR] = {"lr", check_lr},
    [TW_OPTION_BETA1] = {"beta1", twi_check_below_one},
    [TW_OPTION_BETA2] = {"beta2", twi_check_below_one},
    [TW_OPTION_MOMENTUM] = {"momentum", twi_check_not_negative},
    [TW_OPTION_WEIGHT_DECAY] = {"weight_decay", twi_check_not_negative},
    [TW_OPTION_EPS] = {"eps", twi_check_not_negative},
    [TW_OPTION_ALPHA] = {"alpha", twi_check_below_one},
    [TW_OPTION_DAMPENING] = {"dampening", twi_check_finite},
    [TW_OPTION_LR_DECAY] = {"lr_decay", twi_check_not_negative},
    [TW_OPTION_INITIAL_ACCUMULATOR_VALUE] = {"initial_accumulator_value", twi_check_not_negative},
    [TW_OPTION_AMSGRAD] = {"amsgrad", check_flag},
    [TW_OPTION_CENTERED] = {"centered", check_flag},
    [TW_OPTION_NESTEROV] = {"nesterov", check_flag},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static int is_option(tw_option option) { return (int)option >= 0 && (int)option < OPTION_COUNT; }

const char *tw_option_name(tw_option option) { return is_option(option) ? options[option].name : "unknown"; }

static tw_status check_option(tw_option option) {
  if (is_option(option)) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "option is %d, which is no tw_option", (int)option);
}

/* ---- one option of all groups, on the stack where there are few ---- */

enum { FEW_GROUPS = 16 };

typedef struct row {
  double few[FEW_GROUPS];
  double *values;
  size_t count;
} row;

static void row_free(row *self) {
  if (self->values != self->few) free(self->values);
}

/* Reads it; out is to be freed from a failure too. */
static tw_status row_read(row *out, tw_optimizer *optimizer, tw_option option) {
  out->values = out->few;
  tw_status status = twi_optimizer_group_count(&out->count, optimizer);
  if (status == TW_OK && out->count > FEW_GROUPS) out->values = malloc(out->count * sizeof *out->values);
  if (status == TW_OK && out->values == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  return status == TW_OK ? twi_optimizer_get(out->values, out->count, option, optimizer) : status;
}

static tw_status check_group(const tw_optimizer *optimizer, size_t group, size_t count) {
  if (group < count) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "group is %zu but %s has %zu parameter group%s", group,
                  twi_optimizer_class_name(optimizer), count, count == 1 ? "" : "s");
}

static tw_status get_group(double *out, tw_optimizer *optimizer, size_t group, tw_option option) {
  row numbers;
  tw_status status = row_read(&numbers, optimizer, option);
  if (status == TW_OK) status = check_group(optimizer, group, numbers.count);
  if (status == TW_OK) *out = numbers.values[group];
  row_free(&numbers);
  return status;
}

static tw_status set_group(tw_optimizer *optimizer, size_t group, tw_option option, double value) {
  row numbers;
  tw_status status = row_read(&numbers, optimizer, option);
  if (status == TW_OK) status = check_group(optimizer, group, numbers.count);
  if (status == TW_OK) status = options[option].check(value, options[option].name);
  if (status == TW_OK) numbers.values[group] = value;
  if (status == TW_OK) status = twi_optimizer_set(optimizer, numbers.values, numbers.count, option);
  row_free(&numbers);
  return status;
}

/* ---- for callers ---- */

tw_status tw_optimizer_get_group_count(size_t *out, const tw_optimizer *optimizer) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = twi_optimizer_group_count(out, self);
  if (status != TW_OK) *out = 0;
  twi_optimizer_end_read(self, locked);
  return status;
}

tw_status tw_optimizer_get_class_name(char *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer) {
  int only_asked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  const char *name = twi_optimizer_class_name(optimizer);
  const size_t size = strlen(name) + 1;
  status = twi_check_buffer(out, capacity, needed, size, "bytes", &only_asked);
  if (status == TW_OK && !only_asked) memcpy(out, name, size);
  return status;
}

tw_status tw_optimizer_get_option(double *out, const tw_optimizer *optimizer, size_t group, tw_option option) {
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = check_option(option);
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = get_group(out, self, group, option);
  twi_optimizer_end_read(self, locked);
  return status;
}

tw_status tw_optimizer_set_option(tw_optimizer *optimizer, size_t group, tw_option option, double value) {
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = check_option(option);
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  status = set_group(optimizer, group, option, value);
  twi_optimizer_leave(optimizer);
  return status;
}

tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group) {
  return tw_optimizer_get_option(out, optimizer, group, TW_OPTION_LR);
}

tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr) {
  return tw_optimizer_set_option(optimizer, group, TW_OPTION_LR, lr);
}

tw_status tw_optimizer_get_lrs(double *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer) {
  row numbers;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = row_read(&numbers, self, TW_OPTION_LR);
  twi_optimizer_end_read(self, locked);
  if (status == TW_OK) status = twi_copy_doubles(out, capacity, needed, numbers.values, numbers.count, "rates");
  row_free(&numbers);
  return status;
}

/* ==================== src/optimizer/rates.c ==================== */

/* An optimizer that only holds numbers. */
#include <stdlib.h>
#include <string.h>


typedef struct rates {
  size_t count;
  int has_betas;
  double numbers[]; /* a row an option: the rates, then beta1 and beta2 where there are betas */
} rates;

/* NULL where it has no such option. */
static double *row_of(rates *self, tw_option option) {
  if (option == TW_OPTION_LR) return self->numbers;
  if (!self->has_betas) return NULL;
  if (option == TW_OPTION_BETA1) return self->numbers + self->count;
  return option == TW_OPTION_BETA2 ? self->numbers + 2 * self->count : NULL;
}

static tw_status group_count(size_t *out, void *context) {
  *out = ((const rates *)context)->count;
  return TW_OK;
}

static tw_status rates_lacks(tw_option option) {
  return twi_fail(TW_ERROR_NOT_FOUND, "Rates has no %s", tw_option_name(option));
}

static tw_status get(double *out, size_t count, tw_option option, void *context) {
  const double *row = row_of(context, option);
  if (row == NULL) return rates_lacks(option);
  memcpy(out, row, count * sizeof *out);
  return TW_OK;
}

static tw_status set(const double *values, size_t count, tw_option option, void *context) {
  double *row = row_of(context, option);
  if (row == NULL) return rates_lacks(option);
  memcpy(row, values, count * sizeof *values);
  return TW_OK;
}

static tw_status rates_check(const double *lrs, const double *betas, size_t count) {
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "group_count is 0; there must be a group");
  if (count > SIZE_MAX / sizeof(double) / 4) return twi_fail(TW_ERROR_MEMORY, "group_count is %zu", count);
  tw_status status = twi_check_pointer(lrs, "lrs");
  if (status == TW_OK) status = twi_check_each(lrs, count, twi_check_not_negative, "lrs");
  if (status == TW_OK && betas != NULL) status = twi_check_each(betas, 2 * count, twi_check_below_one, "betas");
  return status;
}

tw_status tw_optimizer_rates(tw_optimizer **out, const double *lrs, const double *betas, size_t count) {
  static const tw_optimizer_interface interface = {sizeof interface, "Rates", group_count, get, set, free};
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = rates_check(lrs, betas, count);
  if (status != TW_OK) return status;
  rates *self = malloc(sizeof *self + (betas != NULL ? 3 : 1) * count * sizeof(double));
  if (self == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  self->count = count;
  self->has_betas = betas != NULL;
  memcpy(self->numbers, lrs, count * sizeof *lrs);
  for (size_t group = 0; betas != NULL && group < count; ++group) {
    self->numbers[count + group] = betas[2 * group];
    self->numbers[2 * count + group] = betas[2 * group + 1];
  }
  return twi_optimizer_new(out, &interface, self, 0);
}

/* ==================== src/schedule/lr_callback.h ==================== */

/* A function of the caller's that gives a number for an epoch, with its context; shared by a scheduler and its copies. */
#ifndef TWI_LR_CALLBACK_H
#define TWI_LR_CALLBACK_H

#include <stddef.h>


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

/* ==================== src/schedule/lr_schedule.h ==================== */

/* A learning-rate schedule on plain arrays, as torch.optim.lr_scheduler computes it.
 *
 * A kind of schedule is one file: a structure that begins with twi_lr_schedule and holds the arguments by their names,
 * the few functions of its twi_lr_schedule_kind, and the public constructor. Everything else is here, and what binds it
 * to an optimizer in lr_scheduler.h. */
#ifndef TWI_LR_SCHEDULE_H
#define TWI_LR_SCHEDULE_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>


#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_lr_schedule twi_lr_schedule;

/* ---- what a schedule is saved as: the entries of PyTorch's state_dict ---- */

typedef enum twi_field_type {
  TWI_FIELD_END, /* closes a table */
  /* Of a double: */
  TWI_FIELD_FLOAT,  /* a float */
  TWI_FIELD_NUMBER, /* an int where it is whole, else a float */
  TWI_FIELD_CHOICE, /* a str: that of the table's choices which the double counts */
  /* Of a double *, a value a group: */
  TWI_FIELD_FLOATS, /* a list of floats */
  TWI_FIELD_COMMON, /* the float that all groups have, or None; not read */
  /* Of the schedule's array: */
  TWI_FIELD_MILESTONES, /* a list of as many ints */
  TWI_FIELD_COUNTER,    /* a Counter of ints, of any number */
  /* Of a twi_phases: */
  TWI_FIELD_PHASES, /* OneCycleLR's list of dicts */
  /* Of the schedule as a whole: */
  TWI_FIELD_CHILDREN,        /* a list of their state_dicts */
  TWI_FIELD_CYCLES_MOMENTUM, /* a bool; what is read must be the same */
  TWI_FIELD_USES_BETAS,      /* a bool: whether the momentum is the first beta; not read */
  /* Of nothing: */
  TWI_FIELD_FALSE,  /* not read */
  TWI_FIELD_NONE,   /* None; what is read must be nothing else, or {} */
  TWI_FIELD_NONES,  /* a list of as many, one a group */
  TWI_FIELD_FOREIGN /* not written; where it is read, the state is one of another kind */
} twi_field_type;

enum {
  TWI_FIELD_IN_STATE = 1,   /* place counts the numbers of state; else it is an offset into the kind's structure */
  TWI_FIELD_OPTIONAL = 2,   /* some versions of PyTorch do not write it */
  TWI_FIELD_OF_MOMENTUM = 4 /* only where momentum is cycled */
};

typedef struct twi_field {
  const char *name; /* PyTorch's */
  twi_field_type type;
  int flags;
  size_t place;
  double least, most;         /* between which each double must lie */
  const char *const *choices; /* the last one followed by NULL */
} twi_field;

/* Where the stretches of OneCycleLR end. */
enum { TWI_MOST_PHASES = 3 };
typedef struct twi_phases {
  double count; /* 2 or 3 */
  double end_steps[TWI_MOST_PHASES];
} twi_phases;

#define TWI_ANY_NUMBER .least = -DBL_MAX, .most = DBL_MAX
/* Of a number that steps count up. */
#define TWI_ANY_COUNT .least = -(double)TWI_MOST_STEP, .most = (double)TWI_MOST_STEP

/* The entries that PyTorch's base class adds to those of a kind. */
/* clang-format off */
#define TWI_BASE_FIELDS                                                                                        \
  {.name = "base_lrs", .type = TWI_FIELD_FLOATS, .place = offsetof(twi_lr_schedule, base_lrs), TWI_ANY_NUMBER}, \
  TWI_LAST_EPOCH_FIELD,                                                                                        \
  {.name = "_step_count", .type = TWI_FIELD_NUMBER, .place = TWI_STATE_STEP_COUNT,                              \
   .flags = TWI_FIELD_IN_STATE | TWI_FIELD_OPTIONAL, TWI_ANY_COUNT},                                           \
  {.name = "_is_initial", .type = TWI_FIELD_FALSE},                                                            \
  {.name = "_get_lr_called_within_step", .type = TWI_FIELD_FALSE},                                             \
  TWI_LAST_LR_FIELD
#define TWI_LAST_EPOCH_FIELD                                                                                   \
  {.name = "last_epoch", .type = TWI_FIELD_NUMBER, .place = TWI_STATE_EPOCH, .flags = TWI_FIELD_IN_STATE, TWI_ANY_COUNT}
#define TWI_LAST_LR_FIELD                                                                                      \
  {.name = "_last_lr", .type = TWI_FIELD_FLOATS, .place = offsetof(twi_lr_schedule, last_lrs), TWI_ANY_NUMBER}
/* An argument that is a double. */
#define TWI_ARGUMENT(structure, member, name_, type_, least_, most_)                                           \
  {.name = (name_), .type = (type_), .place = offsetof(structure, member), .least = (least_), .most = (most_)}
/* One of a schedule's rows, a value a group. */
#define TWI_ROW(row) (offsetof(twi_lr_schedule, rows) + (row) * sizeof(double *))
#define TWI_ROW_FIELD(row, name_, least_, most_, flags_)                                                       \
  {.name = (name_), .type = TWI_FIELD_FLOATS, .place = TWI_ROW(row), .flags = (flags_), .least = (least_), .most = (most_)}
/* clang-format on */

typedef struct twi_lr_schedule_kind {
  const char *name;        /* PyTorch's class */
  const twi_field *fields; /* in PyTorch's order */
  int takes_groups;        /* groups that are added later: all arguments are the same for all of them */
  const char *callback;    /* what a caller's function is called in messages; NULL for a kind that has none */
  /* get_lr: replaces the present rates by those of last_epoch. NULL where step is given. */
  tw_status (*recursive)(twi_lr_schedule *schedule, twi_rates *rates);
  /* The same from last_epoch alone; NULL where the schedule has no closed form. */
  tw_status (*closed_form)(twi_lr_schedule *schedule, twi_rates *rates);
  /* In place of "last_epoch + 1, then recursive" and "last_epoch = epoch, then closed_form"; NULL for just that. */
  tw_status (*step)(twi_lr_schedule *schedule, twi_rates *rates);
  tw_status (*step_at)(twi_lr_schedule *schedule, twi_rates *rates, double epoch);
  /* For a schedule that is stepped with a metric and in no other way. */
  tw_status (*step_metric)(twi_lr_schedule *schedule, twi_rates *rates, double metric);
  /* In place of "last_epoch = epoch"; NULL for just that. May fail having changed some of the state. */
  tw_status (*move)(twi_lr_schedule *schedule, double epoch);
  /* For a schedule of schedules: how many of them, from the first on, have begun; and what twi_lr_schedule_begin does. */
  size_t (*begun)(const twi_lr_schedule *schedule);
  tw_status (*begin)(twi_lr_schedule *schedule, twi_rates *rates, int later);
} twi_lr_schedule_kind;

/* How much a kind needs besides the common part. */
typedef struct twi_lr_schedule_size {
  size_t structure; /* sizeof its structure */
  size_t own;       /* numbers of state */
  size_t rows;      /* rows of a number a group */
  size_t array;     /* numbers in a list */
  size_t children;
} twi_lr_schedule_size;

/* Where in its state a schedule has what all have. */
enum { TWI_STATE_EPOCH, TWI_STATE_STEP_COUNT, TWI_STATE_OWN };

enum { TWI_MOST_ROWS = 4 };

struct twi_lr_schedule {
  const twi_lr_schedule_kind *kind;
  twi_lr_schedule_size size;
  size_t group_count;
  int initial;                 /* during the initial step */
  int cycles_momentum;         /* a step needs rates->momentums */
  int given_per_group;         /* an argument was given for each group, so that a later one would have none */
  int saved_counts;            /* between save and keep or restore: saved is what others may see */
  double *numbers;             /* the memory of those below */
  double *base_lrs;            /* group_count */
  double *rows[TWI_MOST_ROWS]; /* a kind's own numbers, a value a group each */
  /* What a step changes, and the copy of it that twi_lr_schedule_restore puts back. Epochs are doubles, since the closed
     form takes fractions. */
  size_t state_count;
  double *state; /* last_epoch, PyTorch's _step_count, own, the last rate of each group, the last momentum of each */
  double *saved;
  double *own; /* a kind's own state */
  double *last_lrs;
  double *last_momentums;
  double *array; /* a kind's own numbers of which there is a list, such as milestones; from malloc */
  size_t array_count;
  twi_lr_callback *callback;  /* shares; NULL for none */
  twi_lr_schedule **children; /* of a schedule of schedules, whose scheduler keeps them alive; from malloc */
  size_t child_count;
};

/* NULL where memory is out. */
twi_lr_schedule *twi_lr_schedule_new(const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                                     const double *base_lrs, size_t group_count);
/* Whether it takes groups that are added later; and takes them, up to count, each with the rate that it has: that is its base
   rate. TW_ERROR_MEMORY where there is no room; those that have been taken stay. */
TWI_SHARED int twi_lr_schedule_takes_groups(const twi_lr_schedule *schedule);
tw_status twi_lr_schedule_take_groups(twi_lr_schedule *schedule, const double *lrs, size_t count);
/* The same arguments and state; without children. NULL where memory is out. */
twi_lr_schedule *twi_lr_schedule_copy(const twi_lr_schedule *schedule);
void twi_lr_schedule_free(twi_lr_schedule *schedule);

static inline double twi_lr_schedule_epoch(const twi_lr_schedule *schedule) { return schedule->state[TWI_STATE_EPOCH]; }

/* A number of its state as others may see it: what was there before the call that is running. */
static inline const double *twi_lr_schedule_seen(const twi_lr_schedule *schedule, const double *in_state) {
  return schedule->saved_counts ? schedule->saved + (in_state - schedule->state) : in_state;
}

/* PyTorch's _initial_step, to epoch 0. */
tw_status twi_lr_schedule_initial_step(twi_lr_schedule *schedule, twi_rates *rates);

/* Changes the rates from the optimizer's present ones to those of the next epoch (recursive), or of the given one (closed
   form, which the kind must have). */
tw_status twi_lr_schedule_step(twi_lr_schedule *schedule, twi_rates *rates);
tw_status twi_lr_schedule_step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch);
tw_status twi_lr_schedule_step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric);

/* Epoch 0 as a part of another schedule: the initial step, or, for one that comes later, PyTorch's _update_lr(0): the closed
   form where there is one, else the recursive one as if at that epoch. A schedule of schedules begins as it does by itself:
   of a sequential one the part that is on, of a chained one all, each on the rates of the one before. */
tw_status twi_lr_schedule_begin(twi_lr_schedule *schedule, twi_rates *rates, int later);

/* Makes the state that of a given epoch, without a look at rates; the next step is to the one after it. */
tw_status twi_lr_schedule_move(twi_lr_schedule *schedule, double epoch);

/* Whether twi_lr_schedule_step_at has a closed form to use. */
int twi_lr_schedule_has_closed_form(const twi_lr_schedule *schedule);

/* For kinds: what last_lrs is from now on. A step that failed leaves it, for it will be restored. */
tw_status twi_lr_schedule_remember(twi_lr_schedule *schedule, const twi_rates *rates, tw_status status);

/* Sets the momentums to what the last step of the schedule made them, and remembers them; one that no schedule has
   changed yet stays. For a state that came without them. Leaves rubbish in rates->lrs. */
TWI_SHARED tw_status twi_lr_schedule_find_momentums(twi_lr_schedule *schedule, twi_rates *rates);

/* Remembers the state, children's included; then keeps what has changed since, or puts back what was remembered. None of
   them allocates. In between, others see what was remembered. */
TWI_SHARED void twi_lr_schedule_save(twi_lr_schedule *schedule);
TWI_SHARED void twi_lr_schedule_keep(twi_lr_schedule *schedule);
TWI_SHARED void twi_lr_schedule_restore(twi_lr_schedule *schedule);

/* ---- for kinds ---- */

/* Multiplies the present rates, or sets them to the base ones times a factor. */
tw_status twi_multiply(twi_rates *rates, double factor);
tw_status twi_multiply_base(const twi_lr_schedule *schedule, twi_rates *rates, double factor);
/* The rates at a share of half a cosine: 0 the base rate, 1 eta_min. angle is pi times that share. */
tw_status twi_follow_cosine(const twi_lr_schedule *schedule, twi_rates *rates, double eta_min, double angle);
/* Goes on from the factor before to the factor now; a rate that has come to 0 stays there. */
tw_status twi_follow_factor(twi_rates *rates, double before, double now);

#define TWI_PI 3.14159265358979323846

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/schedule/lr_scheduler.h ==================== */

/* What stands behind tw_lr_scheduler: a schedule bound to an optimizer; and what all its constructors do. */
#ifndef TWI_LR_SCHEDULER_H
#define TWI_LR_SCHEDULER_H


#ifdef __cplusplus
extern "C" {
#endif

struct tw_lr_scheduler {
  twi_deferred deferred;
  twi_references references; /* the handle's, and those of the schedules of schedules that it is in */
  tw_optimizer *optimizer;
  twi_lr_schedule *schedule;
  tw_lr_scheduler **children; /* as many as the schedule's, which are theirs */
};

/* ---- constructors ----
 *
 * Begin, make the schedule, fill in its arguments, end. All of them go on with a status, so that a failure anywhere is
 * cleaned up by the end:
 *
 *     twi_binding binding;
 *     tw_status status = twi_bind_begin(&binding, out, optimizer);
 *     if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
 *     if (status == TW_OK) status = twi_bind_make(&binding, &kind, size);
 *     if (status == TW_OK) ((exponential *)binding.schedule)->gamma = gamma;
 *     return twi_bind_end(&binding, status); */
typedef struct twi_binding {
  tw_lr_scheduler **out;
  tw_optimizer *optimizer; /* locked from begin to end; null where begin has failed */
  size_t group_count;
  twi_rates present, rates;             /* what the groups have; what the initial step starts from and leaves */
  twi_numbers entries[TWI_ENTRY_COUNT]; /* for the optimizer's book, in the end */
  twi_lr_callback *callback;            /* what the schedule will share; this holds it until then */
  tw_lr_scheduler *scheduler;
  twi_lr_schedule *schedule;
  /* The initial step, twi_lr_schedule_initial_step unless set; NULL for a schedule that makes none. */
  tw_status (*start)(twi_lr_schedule *schedule, twi_rates *rates);
  void (*started)(twi_lr_schedule *schedule); /* NULL for nothing more */
} twi_binding;

tw_status twi_bind_begin(twi_binding *out, tw_lr_scheduler **scheduler, tw_optimizer *optimizer);
/* The schedule will cycle momentum: TW_ERROR_NOT_FOUND where the optimizer has none. Before twi_bind_make. */
tw_status twi_bind_momentum(twi_binding *binding);
/* Takes a caller's function for the schedule to come, whatever the status: its context is released from a failure too. name is
   the argument's, which may not be NULL; NULL where it may. */
tw_status twi_bind_callback(twi_binding *binding, tw_status status, tw_lr_function function, void *context,
                            void (*release)(void *context), const char *name);
/* Makes the schedule, whose base rates are the initial ones of the groups: what an earlier scheduler started from, else the
   present ones. */
tw_status twi_bind_make(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size);
/* Keeps a copy of a number a group for the optimizer's book. */
tw_status twi_bind_note(twi_binding *binding, twi_entry entry, const double *values);
/* Where status is TW_OK: the initial step, its rates to the optimizer, the handle to the caller. Gives the status. */
tw_status twi_bind_end(twi_binding *binding, tw_status status);

/* The same of a schedule of schedules: checks them, and makes the schedule with them as children. */
tw_status twi_bind_children(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                            tw_lr_scheduler *const *schedulers, size_t count);

/* ---- what steps have in common; under the optimizer's lock ---- */

tw_lr_scheduler *twi_lr_scheduler_share(tw_lr_scheduler *scheduler);
void twi_lr_scheduler_unshare(tw_lr_scheduler *scheduler);

/* Takes the groups that have been added to the optimizer since, where the schedule does: for who looks into it. */
TWI_SHARED tw_status twi_lr_scheduler_join(tw_lr_scheduler *scheduler);
/* The same for a change: TW_ERROR_STATE where the schedule is not one of as many groups after that. */
TWI_SHARED tw_status twi_lr_scheduler_fit(tw_lr_scheduler *scheduler);
/* As twi_optimizer_begin_read, and joins; a failure leaves nothing locked. */
tw_status twi_lr_scheduler_begin_read(const tw_lr_scheduler *scheduler, int *locked);

/* The schedulers that an entry point was given: none null, all of this optimizer, with its number of groups, and stepped
   without a metric. Tells whether one of them cycles momentum. */
tw_status twi_check_schedulers(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                               int *cycles_momentum);
/* The recursive step of each in turn, whose rates must be finite. */
tw_status twi_step_all(tw_lr_scheduler *const *schedulers, size_t count, twi_rates *rates);
void twi_save_all(tw_lr_scheduler *const *schedulers, size_t count);
/* Keeps where status is TW_OK, else restores. */
void twi_settle_all(tw_lr_scheduler *const *schedulers, size_t count, tw_status status);

/* The rule of buffers for the rows of a preview. */
tw_status twi_check_preview(const double *out, size_t capacity, size_t *needed, size_t steps, size_t group_count,
                            int *only_asked);
/* Room for the rows of a preview, which is the caller's only once all of them are there; free() it. */
tw_status twi_preview_rows(double **out, size_t steps, size_t group_count);

/* TW_ERROR_STATE, saying what cannot be done, while a warmup has multiplied the optimizer's rates. */
tw_status twi_check_undampened(const tw_optimizer *optimizer, const char *what);
/* TW_ERROR_STATE where a warmup that was freed has left these rates as it had made them. */
tw_status twi_check_not_left(tw_optimizer *optimizer, const twi_rates *present, const char *what);

/* Sets the optimizer's rates to those that a schedule has been put back to, dampened where a warmup is bound. */
TWI_SHARED tw_status twi_write_scheduled(tw_lr_scheduler *scheduler, const twi_rates *scheduled);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/schedule/chained.c ==================== */

/* ChainedScheduler: several schedules at once. */
#include <string.h>


static tw_status chained_step(twi_lr_schedule *schedule, twi_rates *rates) {
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_step(schedule->children[i], rates);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

/* Only the first starts anew where it comes later: the others go on from the rates that it makes. */
static tw_status chained_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  schedule->state[TWI_STATE_EPOCH] = 0.0;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_begin(schedule->children[i], rates, later && i == 0);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

static tw_status chained_move(twi_lr_schedule *schedule, double epoch) {
  schedule->state[TWI_STATE_EPOCH] = epoch;
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_move(schedule->children[i], epoch);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

static size_t chained_begun(const twi_lr_schedule *schedule) { return schedule->child_count; }

static const twi_field chained_fields[] = {TWI_LAST_LR_FIELD,
                                           {.name = "_schedulers", .type = TWI_FIELD_CHILDREN},
                                           {.name = "_milestones", .type = TWI_FIELD_FOREIGN},
                                           {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind chained_kind = {.name = "ChainedScheduler",
                                                  .fields = chained_fields,
                                                  .takes_groups = 1,
                                                  .step = chained_step,
                                                  .move = chained_move,
                                                  .begun = chained_begun,
                                                  .begin = chained_begin};

tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                  size_t count) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK)
    status = twi_bind_children(&binding, &chained_kind, (twi_lr_schedule_size){.array = 0}, schedulers, count);
  if (status == TW_OK) {
    /* It takes no initial step, and is where the present rates and momentums are. */
    binding.start = NULL;
    memcpy(binding.schedule->base_lrs, binding.present.lrs, binding.group_count * sizeof *binding.present.lrs);
    binding.schedule->state[TWI_STATE_EPOCH] = 0.0;
    status = twi_lr_schedule_remember(binding.schedule, &binding.present, TW_OK);
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/constant.c ==================== */

/* ConstantLR: the rate is multiplied by factor until total_iters epochs have passed. */

typedef struct constant {
  twi_lr_schedule base;
  double factor, total_iters;
} constant;

static tw_status constant_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const constant *self = (const constant *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch == 0.0) return twi_multiply(rates, self->factor);
  if (epoch != self->total_iters) return TW_OK;
  if (self->factor == 0.0)
    return twi_fail(TW_ERROR_RANGE, "%s has factor 0, from which no recursive step leads back at epoch %g",
                    schedule->kind->name, epoch);
  return twi_multiply(rates, 1.0 / self->factor);
}

static tw_status constant_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const constant *self = (const constant *)schedule;
  const double over = twi_lr_schedule_epoch(schedule) >= self->total_iters ? 1.0 : 0.0;
  return twi_multiply_base(schedule, rates, self->factor + over * (1.0 - self->factor));
}

static const twi_field constant_fields[] = {
    TWI_ARGUMENT(constant, factor, "factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_ARGUMENT(constant, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind constant_kind = {.name = "ConstantLR",
                                                   .fields = constant_fields,
                                                   .takes_groups = 1,
                                                   .recursive = constant_recursive,
                                                   .closed_form = constant_closed_form};

tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor, double total_iters) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_within(factor, 0.0, 1.0, "factor");
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &constant_kind, (twi_lr_schedule_size){.structure = sizeof(constant)});
  if (status == TW_OK) {
    constant *self = (constant *)binding.schedule;
    self->factor = factor;
    self->total_iters = total_iters;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/cosine_annealing.c ==================== */

/* CosineAnnealingLR: half a cosine from the base rate to eta_min in t_max epochs, and back. */
#include <math.h>


typedef struct cosine_annealing {
  twi_lr_schedule base;
  double t_max, eta_min;
} cosine_annealing;

static tw_status cosine_annealing_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double eta_min = self->eta_min;
  if (schedule->initial) return TW_OK;
  /* Right after the lowest point the quotient below would divide by zero. */
  if (fmod(epoch - 1.0 - self->t_max, 2.0 * self->t_max) == 0.0) {
    const double height = 1.0 - cos(TWI_PI / self->t_max);
    for (size_t group = 0; group < rates->count; ++group)
      rates->lrs[group] = rates->lrs[group] + (schedule->base_lrs[group] - eta_min) * height / 2.0;
    return TW_OK;
  }
  const double ratio = (1.0 + cos(TWI_PI * epoch / self->t_max)) / (1.0 + cos(TWI_PI * (epoch - 1.0) / self->t_max));
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = ratio * (rates->lrs[group] - eta_min) + eta_min;
  return TW_OK;
}

static tw_status cosine_annealing_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  return twi_follow_cosine(schedule, rates, self->eta_min, TWI_PI * twi_lr_schedule_epoch(schedule) / self->t_max);
}

static const twi_field cosine_annealing_fields[] = {
    TWI_ARGUMENT(cosine_annealing, t_max, "T_max", TWI_FIELD_NUMBER, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(cosine_annealing, eta_min, "eta_min", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind cosine_annealing_kind = {.name = "CosineAnnealingLR",
                                                           .fields = cosine_annealing_fields,
                                                           .takes_groups = 1,
                                                           .recursive = cosine_annealing_recursive,
                                                           .closed_form = cosine_annealing_closed_form};

tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, double t_max,
                                           double eta_min) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_positive(t_max, "t_max");
  if (status == TW_OK) status = twi_check_finite(eta_min, "eta_min");
  if (status == TW_OK)
    status =
        twi_bind_make(&binding, &cosine_annealing_kind, (twi_lr_schedule_size){.structure = sizeof(cosine_annealing)});
  if (status == TW_OK) {
    cosine_annealing *self = (cosine_annealing *)binding.schedule;
    self->t_max = t_max;
    self->eta_min = eta_min;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/cosine_annealing_warm_restarts.c ==================== */

/* CosineAnnealingWarmRestarts: half a cosine again and again, each time t_mult times as long. */
#include <math.h>


typedef struct warm_restarts {
  twi_lr_schedule base;
  double t_0, t_mult, eta_min;
} warm_restarts;

enum {
  T_CUR,
  T_I,
  WARM_RESTARTS_OWN_COUNT
}; /* its own state: the epoch within the present period, and that period's length */

static tw_status present_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  return twi_follow_cosine(schedule, rates, self->eta_min, TWI_PI * schedule->own[T_CUR] / schedule->own[T_I]);
}

/* The epoch at which period n begins: a geometric series. */
static double start_of(const warm_restarts *self, double n) {
  return self->t_0 * (pow(self->t_mult, n) - 1.0) / (self->t_mult - 1.0);
}

/* Which period an epoch of t_0 or later lies in. PyTorch takes the logarithm as it is, and where that is rounded down at the
   very start of a period (T_0 5, T_mult 3, epoch 605) has the end of the one before. */
static double period_at(const warm_restarts *self, double epoch) {
  const double n = trunc(log(epoch / self->t_0 * (self->t_mult - 1.0) + 1.0) / log(self->t_mult));
  if (start_of(self, n) > epoch) return n - 1.0;
  return start_of(self, n + 1.0) <= epoch ? n + 1.0 : n;
}

/* Makes the own state that of an epoch. */
static tw_status move(twi_lr_schedule *schedule, double epoch) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  schedule->state[TWI_STATE_EPOCH] = floor(epoch);
  own[T_I] = self->t_0;
  own[T_CUR] = epoch;
  if (epoch < self->t_0) return TW_OK;
  if (self->t_mult == 1.0) {
    own[T_CUR] = fmod(epoch, self->t_0);
  } else {
    const double n = period_at(self, epoch);
    own[T_CUR] = epoch - start_of(self, n);
    own[T_I] = self->t_0 * pow(self->t_mult, n);
  }
  return TW_OK;
}

static tw_status step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  (void)move(schedule, epoch);
  return present_rates(schedule, rates);
}

static tw_status step(twi_lr_schedule *schedule, twi_rates *rates) {
  const warm_restarts *self = (const warm_restarts *)schedule;
  double *own = schedule->own;
  if (schedule->state[TWI_STATE_EPOCH] < 0.0) return step_at(schedule, rates, 0.0);
  own[T_CUR] += 1.0;
  if (own[T_CUR] >= own[T_I]) {
    own[T_CUR] = fmod(own[T_CUR], own[T_I]);
    own[T_I] *= self->t_mult;
  }
  schedule->state[TWI_STATE_EPOCH] = floor(schedule->state[TWI_STATE_EPOCH] + 1.0);
  return present_rates(schedule, rates);
}

static const twi_field warm_restarts_fields[] = {
    TWI_ARGUMENT(warm_restarts, t_0, "T_0", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "T_i",
     .type = TWI_FIELD_NUMBER,
     .place = TWI_STATE_OWN + T_I,
     .flags = TWI_FIELD_IN_STATE,
     .least = 1.0,
     .most = DBL_MAX},
    TWI_ARGUMENT(warm_restarts, t_mult, "T_mult", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    TWI_ARGUMENT(warm_restarts, eta_min, "eta_min", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "T_cur",
     .type = TWI_FIELD_NUMBER,
     .place = TWI_STATE_OWN + T_CUR,
     .flags = TWI_FIELD_IN_STATE,
     TWI_ANY_COUNT},
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind warm_restarts_kind = {.name = "CosineAnnealingWarmRestarts",
                                                        .fields = warm_restarts_fields,
                                                        .recursive = present_rates,
                                                        .step = step,
                                                        .step_at = step_at,
                                                        .move = move};

tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_0,
                                                         int64_t t_mult, double eta_min) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(t_0, 1, "t_0");
  if (status == TW_OK) status = twi_check_at_least(t_mult, 1, "t_mult");
  if (status == TW_OK) status = twi_check_finite(eta_min, "eta_min");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &warm_restarts_kind,
                           (twi_lr_schedule_size){.structure = sizeof(warm_restarts), .own = WARM_RESTARTS_OWN_COUNT});
  if (status == TW_OK) {
    warm_restarts *self = (warm_restarts *)binding.schedule;
    self->t_0 = (double)t_0;
    self->t_mult = (double)t_mult;
    self->eta_min = eta_min;
    self->base.own[T_CUR] = -1.0;
    self->base.own[T_I] = (double)t_0;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/momentum_range.h ==================== */

/* The momentums between which a schedule cycles, as options give them: none, one for all groups, or one for each. */
#ifndef TWI_MOMENTUM_RANGE_H
#define TWI_MOMENTUM_RANGE_H


typedef struct twi_momentum_range {
  int32_t cycle; /* the options' truth value */
  size_t count;  /* of base and max; 0 for the defaults */
  const double *base, *max;
  double default_base, default_max;
} twi_momentum_range;

/* Where momentum is to be cycled, lets the binding do so. Before twi_bind_make. */
tw_status twi_bind_momentum_range(twi_binding *binding, const twi_momentum_range *range);
/* Fills in the two rows of the schedule that has been made, and notes them for the optimizer's book. */
tw_status twi_fill_momentum_range(twi_binding *binding, const twi_momentum_range *range, size_t base_row,
                                  size_t max_row);

#endif

/* ==================== src/schedule/cyclic.c ==================== */

/* CyclicLR: rates that rise from base to max and fall back, cycle after cycle; momentum the other way. */
#include <math.h>
#include <string.h>


enum { CYCLIC_OWN_BASE_LRS, CYCLIC_MAX_LRS, CYCLIC_BASE_MOMENTUMS, CYCLIC_MAX_MOMENTUMS, CYCLIC_ROW_COUNT };

typedef struct cyclic {
  twi_lr_schedule base;
  double total_size, step_ratio; /* a cycle's length, and the share of it in which the rate rises */
  double mode;                   /* of modes; not looked at where there is a callback */
  double scale_mode;             /* of scale_modes: what the function is given */
  double gamma;
} cyclic;

static const char *const cyclic_modes[] = {[TW_CYCLIC_TRIANGULAR] = "triangular",
                                           [TW_CYCLIC_TRIANGULAR2] = "triangular2",
                                           [TW_CYCLIC_EXP_RANGE] = "exp_range",
                                           NULL};
static const char *const scale_modes[] = {
    [TW_CYCLIC_SCALE_CYCLE] = "cycle", [TW_CYCLIC_SCALE_ITERATIONS] = "iterations", NULL};

static tw_status scale(const cyclic *self, double *out, double cycle, double epoch) {
  if (self->base.callback != NULL)
    return twi_lr_callback_call(out, self->base.callback, "CyclicLR's scale_fn",
                                self->scale_mode != 0.0 ? epoch : cycle, 0);
  *out = 1.0;
  if (self->mode == TW_CYCLIC_TRIANGULAR2) *out = 1.0 / pow(2.0, cycle - 1.0);
  if (self->mode == TW_CYCLIC_EXP_RANGE) *out = pow(self->gamma, epoch);
  return TW_OK;
}

static tw_status cyclic_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const cyclic *self = (const cyclic *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double total = self->total_size, ratio = self->step_ratio;
  const double cycle = floor(1.0 + epoch / total);
  const double x = 1.0 + epoch / total - cycle;
  const double height = x <= ratio ? x / ratio : (x - 1.0) / (ratio - 1.0);
  double scaled = 1.0;
  const tw_status status = scale(self, &scaled, cycle, epoch);
  if (status != TW_OK) return status;
  for (size_t group = 0; group < rates->count; ++group) {
    const double low = schedule->base_lrs[group];
    rates->lrs[group] = low + (schedule->rows[CYCLIC_MAX_LRS][group] - low) * height * scaled;
    if (!schedule->cycles_momentum) continue;
    const double high = schedule->rows[CYCLIC_MAX_MOMENTUMS][group];
    rates->momentums[group] = high - (high - schedule->rows[CYCLIC_BASE_MOMENTUMS][group]) * height * scaled;
  }
  return TW_OK;
}

static const twi_field cyclic_fields[] = {
    TWI_ROW_FIELD(CYCLIC_MAX_LRS, "max_lrs", -DBL_MAX, DBL_MAX, 0),
    TWI_ARGUMENT(cyclic, total_size, "total_size", TWI_FIELD_FLOAT, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(cyclic, step_ratio, "step_ratio", TWI_FIELD_FLOAT, DBL_MIN, 1.0),
    {.name = "mode", .type = TWI_FIELD_CHOICE, .place = offsetof(cyclic, mode), .choices = cyclic_modes},
    TWI_ARGUMENT(cyclic, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    {.name = "scale_mode", .type = TWI_FIELD_CHOICE, .place = offsetof(cyclic, scale_mode), .choices = scale_modes},
    {.name = "cycle_momentum", .type = TWI_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TWI_FIELD_USES_BETAS, .flags = TWI_FIELD_OF_MOMENTUM},
    TWI_ROW_FIELD(CYCLIC_BASE_MOMENTUMS, "base_momentums", -DBL_MAX, DBL_MAX, TWI_FIELD_OF_MOMENTUM),
    TWI_ROW_FIELD(CYCLIC_MAX_MOMENTUMS, "max_momentums", -DBL_MAX, DBL_MAX, TWI_FIELD_OF_MOMENTUM),
    TWI_BASE_FIELDS,
    {.name = "_scale_fn_custom", .type = TWI_FIELD_NONE},
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind cyclic_kind = {
    .name = "CyclicLR", .fields = cyclic_fields, .recursive = cyclic_rates, .closed_form = cyclic_rates};

/* During the initial step PyTorch has the optimizer's base rates, after it the schedule's own. */
static void set_base_lrs(twi_lr_schedule *schedule) {
  memcpy(schedule->base_lrs, schedule->rows[CYCLIC_OWN_BASE_LRS], schedule->group_count * sizeof(double));
}

/* ---- options ---- */

static const tw_cyclic_options cyclic_defaults = {.struct_size = sizeof cyclic_defaults,
                                                  .kind = TW_OPTIONS_CYCLIC,
                                                  .cycle_momentum = 1,
                                                  .step_size_up = 2000.0,
                                                  .step_size_down = -1.0,
                                                  .mode = TW_CYCLIC_TRIANGULAR,
                                                  .scale_mode = TW_CYCLIC_SCALE_CYCLE,
                                                  .gamma = 1.0};
static const twi_options_type cyclic_options_type = {TW_OPTIONS_CYCLIC, sizeof cyclic_defaults, 0, &cyclic_defaults,
                                                     "tw_cyclic_options_init"};

tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &cyclic_options_type);
}

static twi_momentum_range momentums_of(const tw_cyclic_options *options) {
  return (twi_momentum_range){
      options->cycle_momentum, options->momentum_count, options->base_momentum, options->max_momentum, 0.8, 0.9};
}

static tw_status cyclic_check(const tw_cyclic_options *options) {
  tw_status status = twi_check_positive(options->step_size_up, "step_size_up");
  if (status == TW_OK && options->step_size_down != -1.0)
    status = twi_check_not_negative(options->step_size_down, "step_size_down");
  if (status == TW_OK) status = twi_check_enum(options->mode, TW_CYCLIC_CUSTOM, "mode");
  if (status == TW_OK && options->mode == TW_CYCLIC_CUSTOM && options->scale_fn == NULL)
    status = twi_fail(TW_ERROR_ARGUMENT, "mode is TW_CYCLIC_CUSTOM, but scale_fn is NULL");
  if (status == TW_OK) status = twi_check_finite(options->gamma, "gamma");
  return status == TW_OK ? twi_check_enum(options->scale_mode, TW_CYCLIC_SCALE_ITERATIONS, "scale_mode") : status;
}

/* ---- the constructor ---- */

static void cyclic_fill(cyclic *self, const tw_cyclic_options *options) {
  const double up = options->step_size_up;
  const double down = options->step_size_down < 0.0 ? up : options->step_size_down;
  const int custom = options->mode == TW_CYCLIC_CUSTOM;
  self->total_size = up + down;
  self->step_ratio = up / self->total_size;
  self->mode = custom ? TW_CYCLIC_TRIANGULAR : options->mode;
  self->scale_mode = custom ? options->scale_mode : options->mode == TW_CYCLIC_EXP_RANGE;
  self->gamma = options->gamma;
}

/* The schedule with all its numbers, from checked options. PyTorch sets the base rates first, so they are the initial ones
   of groups that had none. */
static tw_status cyclic_make(twi_binding *binding, const double *base_lrs, size_t count, const double *max_lrs,
                             const tw_cyclic_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(cyclic), .rows = CYCLIC_ROW_COUNT};
  const twi_momentum_range momentums = momentums_of(options);
  const size_t groups = binding->group_count;
  tw_status status = twi_spread(binding->rates.lrs, base_lrs, count, groups, "base_lrs");
  if (status == TW_OK) status = twi_check_per_group(max_lrs, count, groups, "max_lrs");
  if (status == TW_OK) status = twi_bind_momentum_range(binding, &momentums);
  if (status == TW_OK) status = twi_bind_make(binding, &cyclic_kind, size);
  if (status == TW_OK) status = twi_spread(binding->schedule->rows[CYCLIC_MAX_LRS], max_lrs, count, groups, "max_lrs");
  if (status == TW_OK)
    status = twi_fill_momentum_range(binding, &momentums, CYCLIC_BASE_MOMENTUMS, CYCLIC_MAX_MOMENTUMS);
  if (status != TW_OK) return status;
  memcpy(binding->schedule->rows[CYCLIC_OWN_BASE_LRS], binding->rates.lrs, groups * sizeof(double));
  cyclic_fill((cyclic *)binding->schedule, options);
  binding->started = set_base_lrs;
  return status;
}

tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs, size_t count,
                                 const double *max_lrs, const tw_cyclic_options *options) {
  twi_binding binding;
  tw_cyclic_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  const tw_status well_formed = twi_options_read(&read, options, &cyclic_options_type);
  if (status == TW_OK) status = well_formed;
  if (status == TW_OK) status = cyclic_check(&read);
  if (well_formed == TW_OK)
    status = twi_bind_callback(&binding, status, read.scale_fn, read.scale_context, read.scale_release, NULL);
  /* A function that no mode asks for is none of the schedule's; the end lets it go. */
  twi_lr_callback *unneeded = NULL;
  if (status == TW_OK && read.mode != TW_CYCLIC_CUSTOM) {
    unneeded = binding.callback;
    binding.callback = NULL;
  }
  if (status == TW_OK) status = cyclic_make(&binding, base_lrs, count, max_lrs, &read);
  if (unneeded != NULL) binding.callback = unneeded;
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/exponential.c ==================== */

/* ExponentialLR: the rate is multiplied by gamma every epoch. */
#include <math.h>


typedef struct exponential {
  twi_lr_schedule base;
  double gamma;
} exponential;

static tw_status exponential_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  return schedule->initial ? TW_OK : twi_multiply(rates, ((const exponential *)schedule)->gamma);
}

static tw_status exponential_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  return twi_multiply_base(schedule, rates,
                           pow(((const exponential *)schedule)->gamma, twi_lr_schedule_epoch(schedule)));
}

static const twi_field exponential_fields[] = {
    TWI_ARGUMENT(exponential, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.name = "step_size", .type = TWI_FIELD_FOREIGN},
    {.name = "milestones", .type = TWI_FIELD_FOREIGN},
    {.name = "max_lrs", .type = TWI_FIELD_FOREIGN},
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind exponential_kind = {.name = "ExponentialLR",
                                                      .fields = exponential_fields,
                                                      .takes_groups = 1,
                                                      .recursive = exponential_recursive,
                                                      .closed_form = exponential_closed_form};

tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &exponential_kind, (twi_lr_schedule_size){.structure = sizeof(exponential)});
  if (status == TW_OK) {
    exponential *self = (exponential *)binding.schedule;
    self->gamma = gamma;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/inverse_sqrt.c ==================== */

/* Inverse square root, which PyTorch does not have. */
#include <math.h>


typedef struct inverse_sqrt {
  twi_lr_schedule base;
  double timescale;
} inverse_sqrt;

static double inverse_sqrt_factor_at(const inverse_sqrt *self, double epoch) {
  return sqrt(self->timescale / (epoch + self->timescale));
}

static tw_status inverse_sqrt_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const inverse_sqrt *self = (const inverse_sqrt *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  return schedule->initial
             ? TW_OK
             : twi_follow_factor(rates, inverse_sqrt_factor_at(self, epoch - 1.0), inverse_sqrt_factor_at(self, epoch));
}

static tw_status inverse_sqrt_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const inverse_sqrt *self = (const inverse_sqrt *)schedule;
  return twi_multiply_base(schedule, rates, inverse_sqrt_factor_at(self, twi_lr_schedule_epoch(schedule)));
}

static const twi_field inverse_sqrt_fields[] = {
    TWI_ARGUMENT(inverse_sqrt, timescale, "timescale", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind inverse_sqrt_kind = {.name = "InverseSqrtLR",
                                                       .fields = inverse_sqrt_fields,
                                                       .takes_groups = 1,
                                                       .recursive = inverse_sqrt_recursive,
                                                       .closed_form = inverse_sqrt_closed_form};

tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(timescale, 1, "timescale");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &inverse_sqrt_kind, (twi_lr_schedule_size){.structure = sizeof(inverse_sqrt)});
  if (status == TW_OK) {
    inverse_sqrt *self = (inverse_sqrt *)binding.schedule;
    self->timescale = (double)timescale;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/lambda.c ==================== */

/* LambdaLR: each group's base rate times the caller's number. */

static tw_status lambda_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    double factor = 0.0;
    const tw_status status = twi_lr_callback_call(&factor, schedule->callback, "LambdaLR's lr_lambda",
                                                  twi_lr_schedule_epoch(schedule), group);
    if (status != TW_OK) return status;
    rates->lrs[group] = schedule->base_lrs[group] * factor;
  }
  return TW_OK;
}

static const twi_field lambda_fields[] = {
    TWI_BASE_FIELDS, {.name = "lr_lambdas", .type = TWI_FIELD_NONES}, {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind lambda_kind = {
    .name = "LambdaLR", .fields = lambda_fields, .recursive = lambda_rates, .closed_form = lambda_rates};

tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                 void *context, void (*release)(void *context)) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  status = twi_bind_callback(&binding, status, lr_lambda, context, release, "lr_lambda");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &lambda_kind, (twi_lr_schedule_size){.structure = sizeof(twi_lr_schedule)});
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/linear.c ==================== */

/* LinearLR: the rate is multiplied by a factor that goes from start_factor to end_factor in total_iters epochs. */
#include <math.h>


typedef struct linear {
  twi_lr_schedule base;
  double start_factor, end_factor, total_iters;
} linear;

static tw_status linear_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const linear *self = (const linear *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  const double start = self->start_factor, end = self->end_factor;
  if (epoch == 0.0) return twi_multiply(rates, start);
  if (schedule->initial || epoch > self->total_iters) return TW_OK;
  return twi_multiply(rates, 1.0 + (end - start) / (self->total_iters * start + (epoch - 1.0) * (end - start)));
}

static tw_status linear_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const linear *self = (const linear *)schedule;
  const double epoch = fmin(self->total_iters, twi_lr_schedule_epoch(schedule));
  return twi_multiply_base(schedule, rates,
                           self->start_factor + (self->end_factor - self->start_factor) * epoch / self->total_iters);
}

static const twi_field linear_fields[] = {
    TWI_ARGUMENT(linear, start_factor, "start_factor", TWI_FIELD_FLOAT, DBL_MIN, 1.0),
    TWI_ARGUMENT(linear, end_factor, "end_factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_ARGUMENT(linear, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind linear_kind = {.name = "LinearLR",
                                                 .fields = linear_fields,
                                                 .takes_groups = 1,
                                                 .recursive = linear_recursive,
                                                 .closed_form = linear_closed_form};

tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor, double end_factor,
                                 double total_iters) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_share(start_factor, "start_factor");
  if (status == TW_OK) status = twi_check_within(end_factor, 0.0, 1.0, "end_factor");
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &linear_kind, (twi_lr_schedule_size){.structure = sizeof(linear)});
  if (status == TW_OK) {
    linear *self = (linear *)binding.schedule;
    self->start_factor = start_factor;
    self->end_factor = end_factor;
    self->total_iters = total_iters;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/lr_callback.c ==================== */

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>


struct twi_lr_callback {
  atomic_size_t references;
  tw_lr_function function;
  void *context;
  void (*release)(void *context); /* or NULL */
};

tw_status twi_lr_callback_new(twi_lr_callback **out, tw_lr_function function, void *context,
                              void (*release)(void *context)) {
  twi_lr_callback *made = malloc(sizeof *made);
  if (made == NULL) {
    twi_release(release, context);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  atomic_init(&made->references, 1);
  made->function = function;
  made->context = context;
  made->release = release;
  *out = made;
  return TW_OK;
}

twi_lr_callback *twi_lr_callback_share(twi_lr_callback *callback) {
  if (callback != NULL) atomic_fetch_add_explicit(&callback->references, 1, memory_order_relaxed);
  return callback;
}

void twi_lr_callback_unshare(twi_lr_callback *callback) {
  if (callback == NULL) return;
  if (atomic_fetch_sub_explicit(&callback->references, 1, memory_order_acq_rel) != 1) return;
  twi_release(callback->release, callback->context);
  free(callback);
}

tw_status twi_lr_callback_call(double *out, const twi_lr_callback *callback, const char *name, double x, size_t group) {
  *out = NAN;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end(name, callback->function(out, x, group, callback->context), before);
  if (status != TW_OK || isfinite(*out)) return status;
  return twi_fail(TW_ERROR_RANGE, "%s gave %g for %g; it must be finite", name, *out, x);
}

/* ==================== src/schedule/lr_schedule.c ==================== */

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

/* Divides the memory of a schedule's numbers. */
static void lay_out(twi_lr_schedule *self) {
  const size_t groups = self->group_count;
  double *next = self->numbers;
  self->base_lrs = next;
  next += groups;
  for (size_t row = 0; row < self->size.rows; ++row, next += groups) self->rows[row] = next;
  self->state = next;
  self->state_count = TWI_STATE_OWN + self->size.own + 2 * groups;
  self->own = self->state + TWI_STATE_OWN;
  self->last_lrs = self->own + self->size.own;
  self->last_momentums = self->last_lrs + groups;
  self->saved = self->state + self->state_count;
}

static double *new_array(size_t count) { return calloc(count + 1, sizeof(double)); } /* + 1: never null for none */

static double *new_numbers(twi_lr_schedule_size size, size_t groups) {
  return new_array((1 + size.rows) * groups + 2 * (TWI_STATE_OWN + size.own + 2 * groups));
}

static twi_lr_schedule *new_of(twi_lr_schedule_size size, size_t groups) {
  twi_lr_schedule *self = calloc(1, size.structure);
  if (self == NULL) return NULL;
  self->size = size;
  self->group_count = groups;
  self->array_count = size.array;
  self->child_count = size.children;
  self->numbers = new_numbers(size, groups);
  self->array = new_array(size.array);
  self->children = calloc(size.children + 1, sizeof *self->children);
  if (self->numbers != NULL && self->array != NULL && self->children != NULL) {
    lay_out(self);
    return self;
  }
  twi_lr_schedule_free(self);
  return NULL;
}

twi_lr_schedule *twi_lr_schedule_new(const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                                     const double *base_lrs, size_t group_count) {
  twi_lr_schedule *self = new_of(size, group_count);
  if (self == NULL) return NULL;
  self->kind = kind;
  if (group_count > 0) memcpy(self->base_lrs, base_lrs, group_count * sizeof *base_lrs);
  self->state[TWI_STATE_EPOCH] = -1.0;
  return self;
}

twi_lr_schedule *twi_lr_schedule_copy(const twi_lr_schedule *schedule) {
  twi_lr_schedule_size size = schedule->size;
  size.array = schedule->array_count; /* a state that was loaded may have changed it */
  twi_lr_schedule *self = new_of(size, schedule->group_count);
  if (self == NULL) return NULL;
  double *numbers = self->numbers, *array = self->array;
  twi_lr_schedule **children = self->children;
  memcpy(self, schedule, size.structure);
  self->size = size;
  self->numbers = numbers;
  self->array = array;
  self->children = children;
  self->saved_counts = 0;
  self->callback = twi_lr_callback_share(schedule->callback);
  lay_out(self);
  memcpy(numbers, schedule->numbers,
         (size_t)(schedule->saved + schedule->state_count - schedule->numbers) * sizeof *numbers);
  memcpy(array, schedule->array, size.array * sizeof *array);
  return self;
}

void twi_lr_schedule_free(twi_lr_schedule *schedule) {
  if (schedule == NULL) return;
  twi_lr_callback_unshare(schedule->callback);
  free(schedule->numbers);
  free(schedule->array);
  free(schedule->children);
  free(schedule);
}

/* ---- groups that come later ---- */

int twi_lr_schedule_takes_groups(const twi_lr_schedule *schedule) {
  int takes = schedule->kind->takes_groups && !schedule->given_per_group;
  for (size_t i = 0; i < schedule->child_count; ++i) takes &= twi_lr_schedule_takes_groups(schedule->children[i]);
  return takes;
}

/* A row's new place; a group that has come later has what fill gives it. */
static void move_row(double *to, size_t count, const double *from, size_t old_count, const double *fill,
                     size_t stride) {
  memcpy(to, from, old_count * sizeof *to);
  for (size_t group = old_count; group < count; ++group) to[group] = fill[group * stride];
}

static int schedule_grow(twi_lr_schedule *self, const double *lrs, size_t count) {
  const twi_lr_schedule old = *self;
  const size_t groups = old.group_count;
  double *numbers = new_numbers(self->size, count);
  if (numbers == NULL) return 0;
  self->numbers = numbers;
  self->group_count = count;
  lay_out(self);
  move_row(self->base_lrs, count, old.base_lrs, groups, lrs, 1);
  for (size_t row = 0; row < self->size.rows; ++row)
    move_row(self->rows[row], count, old.rows[row], groups, groups > 0 ? old.rows[row] : &(double){0.0}, 0);
  memcpy(self->state, old.state, (TWI_STATE_OWN + self->size.own) * sizeof *lrs);
  move_row(self->last_lrs, count, old.last_lrs, groups, lrs, 1);
  free(old.numbers);
  return 1;
}

tw_status twi_lr_schedule_take_groups(twi_lr_schedule *schedule, const double *lrs, size_t count) {
  if (schedule->group_count < count && !schedule_grow(schedule, lrs, count))
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_take_groups(schedule->children[i], lrs, count);
    if (status != TW_OK) return status;
  }
  return TW_OK;
}

/* ---- steps ---- */

int twi_lr_schedule_has_closed_form(const twi_lr_schedule *schedule) {
  return schedule->kind->closed_form != NULL || schedule->kind->step_at != NULL;
}

tw_status twi_lr_schedule_remember(twi_lr_schedule *schedule, const twi_rates *rates, tw_status status) {
  const size_t bytes = schedule->group_count * sizeof(double);
  if (status != TW_OK) return status;
  memcpy(schedule->last_lrs, rates->lrs, bytes);
  if (schedule->cycles_momentum) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

static tw_status check_next(const twi_lr_schedule *schedule) {
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch < (double)TWI_MOST_STEP) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is at epoch %g, the largest", schedule->kind->name, epoch);
}

tw_status twi_lr_schedule_step(twi_lr_schedule *schedule, twi_rates *rates) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  const tw_status status = check_next(schedule);
  if (status != TW_OK) return status;
  if (kind->step != NULL) return twi_lr_schedule_remember(schedule, rates, kind->step(schedule, rates));
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  schedule->state[TWI_STATE_STEP_COUNT] += 1.0;
  return twi_lr_schedule_remember(schedule, rates, kind->recursive(schedule, rates));
}

tw_status twi_lr_schedule_initial_step(twi_lr_schedule *schedule, twi_rates *rates) {
  schedule->initial = 1;
  schedule->state[TWI_STATE_STEP_COUNT] = 0.0;
  const tw_status status = twi_lr_schedule_step(schedule, rates);
  schedule->initial = 0;
  return status;
}

/* PyTorch's _update_lr(epoch). */
static tw_status update(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  const twi_lr_schedule_kind *kind = schedule->kind;
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return twi_lr_schedule_remember(
      schedule, rates,
      kind->closed_form != NULL ? kind->closed_form(schedule, rates) : kind->recursive(schedule, rates));
}

tw_status twi_lr_schedule_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  if (schedule->kind->begin != NULL)
    return twi_lr_schedule_remember(schedule, rates, schedule->kind->begin(schedule, rates, later));
  return later ? update(schedule, rates, 0.0) : twi_lr_schedule_initial_step(schedule, rates);
}

tw_status twi_lr_schedule_move(twi_lr_schedule *schedule, double epoch) {
  if (schedule->kind->move != NULL) return schedule->kind->move(schedule, epoch);
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return TW_OK;
}

tw_status twi_lr_schedule_step_at(twi_lr_schedule *schedule, twi_rates *rates, double epoch) {
  if (schedule->kind->step_at == NULL) {
    schedule->state[TWI_STATE_STEP_COUNT] += 1.0;
    return update(schedule, rates, epoch);
  }
  return twi_lr_schedule_remember(schedule, rates, schedule->kind->step_at(schedule, rates, epoch));
}

tw_status twi_lr_schedule_step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric) {
  const tw_status status = check_next(schedule);
  if (status != TW_OK) return status;
  return twi_lr_schedule_remember(schedule, rates, schedule->kind->step_metric(schedule, rates, metric));
}

tw_status twi_lr_schedule_find_momentums(twi_lr_schedule *schedule, twi_rates *rates) {
  const size_t bytes = schedule->group_count * sizeof(double);
  tw_status status = TW_OK;
  if (!schedule->cycles_momentum) return status;
  if (schedule->kind->begun == NULL) {
    /* A kind that cycles momentum has a closed form. One that a sequence has passed over has made no step. */
    if (twi_lr_schedule_epoch(schedule) >= 0.0) status = schedule->kind->closed_form(schedule, rates);
  } else {
    const size_t begun = schedule->kind->begun(schedule);
    for (size_t i = 0; i < begun && status == TW_OK; ++i)
      status = twi_lr_schedule_find_momentums(schedule->children[i], rates);
  }
  if (status == TW_OK) memcpy(schedule->last_momentums, rates->momentums, bytes);
  return status;
}

/* ---- taking a step back ---- */

void twi_lr_schedule_save(twi_lr_schedule *schedule) {
  memcpy(schedule->saved, schedule->state, schedule->state_count * sizeof *schedule->state);
  schedule->saved_counts = 1;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_save(schedule->children[i]);
}

void twi_lr_schedule_keep(twi_lr_schedule *schedule) {
  schedule->saved_counts = 0;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_keep(schedule->children[i]);
}

void twi_lr_schedule_restore(twi_lr_schedule *schedule) {
  memcpy(schedule->state, schedule->saved, schedule->state_count * sizeof *schedule->state);
  schedule->saved_counts = 0;
  for (size_t i = 0; i < schedule->child_count; ++i) twi_lr_schedule_restore(schedule->children[i]);
}

/* ---- for kinds ---- */

tw_status twi_multiply(twi_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] *= factor;
  return TW_OK;
}

tw_status twi_multiply_base(const twi_lr_schedule *schedule, twi_rates *rates, double factor) {
  for (size_t group = 0; group < rates->count; ++group) rates->lrs[group] = schedule->base_lrs[group] * factor;
  return TW_OK;
}

tw_status twi_follow_cosine(const twi_lr_schedule *schedule, twi_rates *rates, double eta_min, double angle) {
  const double height = 1.0 + cos(angle);
  for (size_t group = 0; group < rates->count; ++group)
    rates->lrs[group] = eta_min + (schedule->base_lrs[group] - eta_min) * height / 2.0;
  return TW_OK;
}

tw_status twi_follow_factor(twi_rates *rates, double before, double now) {
  return before == 0.0 ? TW_OK : twi_multiply(rates, now / before);
}

/* ==================== src/schedule/warmup_factor.h ==================== */

/* The warmup factors, in pytorch_warmup's order of operations, so that they agree with it to the last bit. */
#ifndef TWI_WARMUP_FACTOR_H
#define TWI_WARMUP_FACTOR_H

#include <stdint.h>


#ifdef __cplusplus
extern "C" {
#endif

/* min(1, (step + 1) / period), step counted from 0. */
double twi_linear_factor(int64_t step, int64_t period);

/* 1 - exp(-(step + 1) / period). */
double twi_exponential_factor(int64_t step, int64_t period);

/* Truncated as pytorch_warmup does: 1999 and 999 for beta2 = 0.999. beta2 in [0, 1). */
int64_t twi_untuned_linear_period(double beta2);
int64_t twi_untuned_exponential_period(double beta2);

/* The constants of RAdam's factor for one beta2. */
typedef struct twi_radam {
  double beta2;
  double rho_inf;
  int64_t offset; /* the smallest t >= 1 with rho(t) > 4 */
} twi_radam;

/* 0 where the factor is not defined: beta2 not in (0.6, 1), or so near 0.6 that rho never passes 4 in doubles. */
TWI_SHARED int twi_radam_init(twi_radam *out, double beta2);
double twi_radam_factor(const twi_radam *radam, int64_t step);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/schedule/warmup.h ==================== */

/* What stands behind tw_warmup. */
#ifndef TWI_WARMUP_H
#define TWI_WARMUP_H


#ifdef __cplusplus
extern "C" {
#endif

/* How a warmup gets its factors. One of three ways: the others' members are null. */
typedef struct twi_factor_rule {
  double (*of_period)(int64_t step, int64_t period);
  int64_t *periods;  /* of_period's, a value a group; from malloc */
  twi_radam *radams; /* a value a group; from malloc */
  tw_warmup_factor_function callback;
  void *context;
  void (*release)(void *context);
} twi_factor_rule;

struct tw_warmup {
  twi_deferred deferred;
  tw_optimizer *optimizer;
  twi_factor_rule rule;
  size_t group_count;
  int64_t last_step; /* the step that the dampened rates are for; -1 before the first */
  int begun;         /* between begin and end: the optimizer holds undampened rates */
  int put_back;      /* its state has been put back, and no step been made since */
  int detached;
  double *factors; /* room for a step's; group_count each, from malloc, as the two below */
  double *undampened;
  double *dampened; /* what the optimizer holds, unless begun */
};

/* The factors of a step, of count groups from the first on; fails where the caller's callback does. */
tw_status twi_warmup_factors(double *out, const tw_warmup *warmup, size_t first, size_t count, int64_t step);

/* Dampens rates for a step, whose factors are computed, writes the result to the optimizer and records both: undampened
   must be what twi_optimizer_next gives; before is what the optimizer has. source names who made the rates. Or changes
   nothing. */
tw_status twi_warmup_dampen(tw_warmup *warmup, int64_t step, twi_rates *undampened, const twi_rates *before,
                            const char *source);

/* Reads the optimizer, which must still have the dampened rates, and leaves the undampened ones in next. */
tw_status twi_warmup_take_undampened(tw_warmup *warmup, twi_rates *next, twi_rates *present, int with_momentums);

/* Whether it is bound, to an optimizer with as many groups. */
TWI_SHARED tw_status twi_warmup_check(const tw_warmup *warmup);

/* Puts back a state: the step, at least -1, and the undampened rates. Or changes nothing. Under the lock. */
TWI_SHARED tw_status twi_warmup_put_state(tw_warmup *warmup, int64_t step, const double *lrs);

/* Takes rates that a schedule has been put back to: as its own undampened ones, in the step it stands at. Its own state,
   where that has been put back already, is what counts: a schedule knows nothing of those stepped after it. */
tw_status twi_warmup_put_rates(tw_warmup *warmup, const twi_rates *scheduled);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== src/schedule/lr_scheduler.c ==================== */

/* Stepping LR schedulers and looking into them. */

#include <stdlib.h>
#include <string.h>


/* ---- keeping and letting go ---- */

tw_lr_scheduler *twi_lr_scheduler_share(tw_lr_scheduler *scheduler) {
  atomic_fetch_add_explicit(&scheduler->references, 1, memory_order_relaxed);
  return scheduler;
}

void twi_lr_scheduler_unshare(tw_lr_scheduler *scheduler) {
  if (scheduler == NULL || atomic_fetch_sub_explicit(&scheduler->references, 1, memory_order_acq_rel) != 1) return;
  for (size_t i = 0; i < scheduler->schedule->child_count; ++i) twi_lr_scheduler_unshare(scheduler->children[i]);
  free(scheduler->children);
  twi_lr_schedule_free(scheduler->schedule);
  twi_optimizer_unshare(scheduler->optimizer);
  free(scheduler);
}

static void scheduler_end_free(twi_deferred *deferred) {
  twi_lr_scheduler_unshare((tw_lr_scheduler *)(void *)deferred);
}

void tw_lr_scheduler_free(tw_lr_scheduler *scheduler) {
  twi_handle_close(scheduler, TW_HANDLE_LR_SCHEDULER, "tw_lr_scheduler_free");
  if (scheduler == NULL || twi_optimizer_defer(scheduler->optimizer, &scheduler->deferred, scheduler_end_free)) return;
  twi_lr_scheduler_unshare(scheduler);
}

/* ---- what steps have in common ---- */

/* The name of one of a list is made only to tell of a failure: making it costs as much as a step. */
static tw_status refuse_scheduler(const tw_lr_scheduler *scheduler, size_t index, const tw_optimizer *optimizer) {
  char name[TWI_NAME_SIZE];
  twi_indexed(name, "schedulers", index);
  if (scheduler == NULL) return twi_check_pointer(scheduler, name);
  if (scheduler->optimizer != optimizer) return twi_fail(TW_ERROR_ARGUMENT, "%s belongs to another optimizer", name);
  return twi_fail(TW_ERROR_STATE, "%s is %s, which is stepped with a metric", name, scheduler->schedule->kind->name);
}

static tw_status check_scheduler(tw_lr_scheduler *scheduler, size_t index, tw_optimizer *optimizer) {
#ifdef TORCH_WARMUP_CHECKS
  char name[TWI_NAME_SIZE];
  const tw_status status = twi_check_pointer(scheduler, twi_indexed(name, "schedulers", index));
  if (status != TW_OK) return status;
#endif
  if (scheduler == NULL || scheduler->optimizer != optimizer || scheduler->schedule->kind->step_metric != NULL)
    return refuse_scheduler(scheduler, index, optimizer);
  return twi_lr_scheduler_fit(scheduler);
}

tw_status twi_check_schedulers(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                               int *cycles_momentum) {
  *cycles_momentum = 0;
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = check_scheduler(schedulers[i], i, optimizer);
    if (status == TW_OK) *cycles_momentum |= schedulers[i]->schedule->cycles_momentum;
  }
  return status;
}

tw_status twi_step_all(tw_lr_scheduler *const *schedulers, size_t count, twi_rates *rates) {
  tw_status status = TW_OK;
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = twi_lr_schedule_step(schedulers[i]->schedule, rates);
    if (status == TW_OK) status = twi_check_lrs(rates->lrs, rates->count, schedulers[i]->schedule->kind->name);
  }
  return status;
}

void twi_save_all(tw_lr_scheduler *const *schedulers, size_t count) {
  for (size_t i = 0; i < count; ++i) twi_lr_schedule_save(schedulers[i]->schedule);
}

void twi_settle_all(tw_lr_scheduler *const *schedulers, size_t count, tw_status status) {
  for (size_t i = 0; i < count; ++i)
    (status == TW_OK ? twi_lr_schedule_keep : twi_lr_schedule_restore)(schedulers[i]->schedule);
}

tw_status twi_check_undampened(const tw_optimizer *optimizer, const char *what) {
  const tw_warmup *warmup = optimizer->book.warmup;
  if (warmup == NULL || warmup->begun) return TW_OK;
  if (twi_optimizer_is_detached(optimizer)) return TW_OK; /* which is what the next use of it says */
  return twi_fail(TW_ERROR_STATE,
                  "a warmup has dampened the optimizer's rates, so %s; do it between tw_warmup_dampening_begin and "
                  "tw_warmup_dampening_end",
                  what);
}

tw_status twi_check_not_left(tw_optimizer *optimizer, const twi_rates *present, const char *what) {
  twi_book *book = &optimizer->book;
  for (size_t group = 0; group < book->left_count && group < present->count; ++group) {
    const double lr = present->lrs[group];
    if (lr == book->left_dampened[group] && lr != book->left_undampened[group])
      return twi_fail(
          TW_ERROR_STATE,
          "a warmup that was freed left the rate of group %zu dampened, %g of %g, so %s made now would start "
          "from the wrong ones; set the rates, or call tw_warmup_detach before freeing a warmup",
          group, lr, book->left_undampened[group], what);
  }
  return TW_OK;
}

typedef tw_status (*step_function)(twi_lr_schedule *schedule, twi_rates *rates, double x);

/* Runs a step on a copy of the optimizer's rates and writes the result, or changes nothing. */
static tw_status change_rates(tw_lr_scheduler *scheduler, step_function step, double x) {
  tw_optimizer *optimizer = scheduler->optimizer;
  twi_lr_schedule *schedule = scheduler->schedule;
  tw_status status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, schedule->group_count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, schedule->group_count, schedule->cycles_momentum);
  twi_rates next = twi_optimizer_next(optimizer, schedule->group_count, schedule->cycles_momentum);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  twi_rates_copy(&next, &present);
  twi_save_all(&scheduler, 1);
  status = step(schedule, &next, x);
  if (status == TW_OK) status = twi_optimizer_write(optimizer, &next, &present, schedule->kind->name);
  twi_settle_all(&scheduler, 1, status);
  return status;
}

/* ---- steps ---- */

static tw_status scheduler_recursive(twi_lr_schedule *schedule, twi_rates *rates, double unused) {
  (void)unused;
  return twi_lr_schedule_step(schedule, rates);
}

/* A step that starts from the present rates. */
static tw_status step_undampened(tw_lr_scheduler *scheduler, step_function step, double x, const char *refusal) {
  tw_status status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_check_undampened(scheduler->optimizer, refusal);
  if (status == TW_OK) status = change_rates(scheduler, step, x);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler) {
  const tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  if (scheduler->schedule->kind->step_metric != NULL)
    return twi_fail(TW_ERROR_STATE, "%s needs a metric; call tw_lr_scheduler_step_metric",
                    scheduler->schedule->kind->name);
  return step_undampened(scheduler, scheduler_recursive, 0.0, "a recursive step would start from the wrong ones");
}

tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric) {
  const tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  if (scheduler->schedule->kind->step_metric == NULL)
    return twi_fail(TW_ERROR_STATE, "%s takes no metric; call tw_lr_scheduler_step", scheduler->schedule->kind->name);
  return step_undampened(scheduler, twi_lr_schedule_step_metric, metric, "a step would start from the wrong ones");
}

tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_epoch(epoch, 0.0, "epoch");
  if (status != TW_OK) return status;
  if (!twi_lr_schedule_has_closed_form(scheduler->schedule))
    return twi_fail(TW_ERROR_STATE, "%s has no closed form", scheduler->schedule->kind->name);
  status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = change_rates(scheduler, twi_lr_schedule_step_at, epoch);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

/* ---- looking into a scheduler ---- */

tw_status twi_lr_scheduler_begin_read(const tw_lr_scheduler *scheduler, int *locked) {
  *locked = twi_optimizer_begin_read(scheduler->optimizer);
  const tw_status status = *locked ? twi_lr_scheduler_join((tw_lr_scheduler *)scheduler) : TW_OK;
  if (status != TW_OK) twi_optimizer_end_read(scheduler->optimizer, *locked);
  return status;
}

static tw_status copy_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler,
                          const double *(*find)(const twi_lr_schedule *schedule)) {
  int locked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  status =
      twi_copy_doubles(out, capacity, needed, find(scheduler->schedule), scheduler->schedule->group_count, "rates");
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

static const double *last_lrs_of(const twi_lr_schedule *schedule) {
  return twi_lr_schedule_seen(schedule, schedule->last_lrs);
}

static const double *base_lrs_of(const twi_lr_schedule *schedule) { return schedule->base_lrs; }

tw_status tw_lr_scheduler_get_last_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  return copy_lrs(out, capacity, needed, scheduler, last_lrs_of);
}

tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  return copy_lrs(out, capacity, needed, scheduler, base_lrs_of);
}

tw_status tw_lr_scheduler_get_group_count(size_t *out, const tw_lr_scheduler *scheduler) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  int locked = 0;
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  *out = scheduler->schedule->group_count;
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler) {
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(scheduler->optimizer);
  *out = *twi_lr_schedule_seen(scheduler->schedule, scheduler->schedule->state + TWI_STATE_EPOCH);
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

/* ==================== src/schedule/lr_scheduler_bind.c ==================== */

/* What the constructors of LR schedulers have in common. */
#include <stdlib.h>
#include <string.h>


tw_status twi_bind_begin(twi_binding *out, tw_lr_scheduler **scheduler, tw_optimizer *optimizer) {
  *out = (twi_binding){.out = scheduler, .start = twi_lr_schedule_initial_step};
  if (scheduler != NULL) *scheduler = NULL;
  tw_status status = twi_check_pointer(scheduler, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  out->optimizer = optimizer; /* from here on the end unlocks it */
  status = twi_check_undampened(optimizer, "an LR scheduler made now would start from the wrong ones");
  if (status == TW_OK) status = twi_optimizer_group_count(&out->group_count, optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, out->group_count);
  if (status != TW_OK) return status;
  out->present = twi_optimizer_present(optimizer, out->group_count, 0);
  out->rates = twi_optimizer_next(optimizer, out->group_count, 0);
  status = twi_optimizer_read(optimizer, &out->present);
  if (status == TW_OK) status = twi_check_not_left(optimizer, &out->present, "an LR scheduler");
  if (status == TW_OK) twi_rates_copy(&out->rates, &out->present);
  return status;
}

tw_status twi_bind_momentum(twi_binding *binding) {
  tw_status status = twi_optimizer_find_momentum(binding->optimizer);
  if (status != TW_OK) return status;
  binding->present.momentums = twi_optimizer_present(binding->optimizer, binding->group_count, 1).momentums;
  binding->rates.momentums = twi_optimizer_next(binding->optimizer, binding->group_count, 1).momentums;
  status = twi_optimizer_get(binding->present.momentums, binding->group_count, binding->optimizer->momentum,
                             binding->optimizer);
  if (status == TW_OK)
    memcpy(binding->rates.momentums, binding->present.momentums, binding->group_count * sizeof(double));
  return status;
}

tw_status twi_bind_callback(twi_binding *binding, tw_status status, tw_lr_function function, void *context,
                            void (*release)(void *context), const char *name) {
  const tw_status made = twi_lr_callback_new(&binding->callback, function, context, release);
  if (status == TW_OK) status = made;
  return status == TW_OK && function == NULL && name != NULL ? twi_fail(TW_ERROR_ARGUMENT, "%s is NULL", name) : status;
}

tw_status twi_bind_note(twi_binding *binding, twi_entry entry, const double *values) {
  free(binding->entries[entry].values);
  return twi_numbers_copy(&binding->entries[entry], values, binding->group_count);
}

/* Each group's initial rate: what an earlier scheduler started from, else the present one. */
static tw_status note_initial(twi_binding *binding) {
  const twi_numbers *earlier = &binding->optimizer->book.entries[TWI_INITIAL_LR];
  const tw_status status = twi_bind_note(binding, TWI_INITIAL_LR, binding->rates.lrs);
  for (size_t group = 0; status == TW_OK && group < earlier->count && group < binding->group_count; ++group)
    binding->entries[TWI_INITIAL_LR].values[group] = earlier->values[group];
  return status;
}

tw_status twi_bind_make(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size) {
  const tw_status status = note_initial(binding);
  if (status != TW_OK) return status;
  tw_lr_scheduler *made = calloc(1, sizeof *made);
  tw_lr_scheduler **children = calloc(size.children + 1, sizeof *children);
  twi_lr_schedule *schedule =
      twi_lr_schedule_new(kind, size, binding->entries[TWI_INITIAL_LR].values, binding->group_count);
  if (made == NULL || children == NULL || schedule == NULL) {
    free(made);
    free(children);
    twi_lr_schedule_free(schedule);
    return twi_fail(TW_ERROR_MEMORY, "out of memory");
  }
  schedule->cycles_momentum = binding->rates.momentums != NULL;
  schedule->callback = binding->callback;
  binding->callback = NULL;
  atomic_init(&made->references, 1);
  made->optimizer = twi_optimizer_share(binding->optimizer);
  made->schedule = binding->schedule = schedule;
  made->children = children;
  binding->scheduler = made;
  return TW_OK;
}

static tw_status bind_start(twi_binding *binding) {
  twi_lr_schedule *schedule = binding->schedule;
  twi_lr_schedule_save(schedule);
  tw_status status = binding->start(schedule, &binding->rates);
  if (status == TW_OK)
    status = twi_optimizer_write(binding->optimizer, &binding->rates, &binding->present, schedule->kind->name);
  if (status != TW_OK) {
    twi_lr_schedule_restore(schedule);
    return status;
  }
  twi_lr_schedule_keep(schedule);
  if (binding->started != NULL) binding->started(schedule);
  for (twi_entry entry = TWI_INITIAL_LR; entry < TWI_ENTRY_COUNT; ++entry)
    if (binding->entries[entry].values != NULL)
      twi_book_take(&binding->optimizer->book, entry, &binding->entries[entry]);
  return TW_OK;
}

tw_status twi_bind_end(twi_binding *binding, tw_status status) {
  if (status == TW_OK && binding->start != NULL) status = bind_start(binding);
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry) free(binding->entries[entry].values);
  if (binding->optimizer != NULL) twi_optimizer_leave(binding->optimizer);
  twi_lr_callback_unshare(binding->callback);
  if (status == TW_OK) {
    twi_handle_open(binding->scheduler, TW_HANDLE_LR_SCHEDULER);
    *binding->out = binding->scheduler;
  } else if (binding->scheduler != NULL) {
    twi_lr_scheduler_unshare(binding->scheduler);
  }
  return status;
}

/* ---- schedules of schedules ---- */

static tw_status check_children(tw_lr_scheduler *const *schedulers, size_t count, tw_optimizer *optimizer,
                                int *cycles_momentum) {
  char name[TWI_NAME_SIZE];
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    status = twi_check_pointer(schedulers[i], twi_indexed(name, "schedulers", i));
    if (status == TW_OK && schedulers[i]->schedule->kind->step_metric != NULL)
      status = twi_fail(TW_ERROR_TYPE, "schedulers[%zu] is %s, which needs a metric", i,
                        schedulers[i]->schedule->kind->name);
  }
  return status == TW_OK ? twi_check_schedulers(schedulers, count, optimizer, cycles_momentum) : status;
}

tw_status twi_bind_children(twi_binding *binding, const twi_lr_schedule_kind *kind, twi_lr_schedule_size size,
                            tw_lr_scheduler *const *schedulers, size_t count) {
  int cycles_momentum = 0;
  tw_status status = check_children(schedulers, count, binding->optimizer, &cycles_momentum);
  if (status == TW_OK && cycles_momentum) status = twi_bind_momentum(binding);
  size.structure = sizeof(twi_lr_schedule);
  size.children = count;
  if (status == TW_OK) status = twi_bind_make(binding, kind, size);
  for (size_t i = 0; status == TW_OK && i < count; ++i) {
    binding->scheduler->children[i] = twi_lr_scheduler_share(schedulers[i]);
    binding->schedule->children[i] = schedulers[i]->schedule;
  }
  return status;
}

/* ==================== src/schedule/lr_scheduler_epoch.c ==================== */

/* Moving a scheduler to an epoch that it has not stepped to. */
#include <string.h>


/* What the optimizer has, without what a warmup has made of it. */
static tw_status read_undampened(tw_optimizer *optimizer, twi_rates *out) {
  const tw_warmup *warmup = optimizer->book.warmup;
  const tw_status status = twi_optimizer_read(optimizer, out);
  if (status == TW_OK && warmup != NULL && !warmup->begun && warmup->group_count == out->count)
    memcpy(out->lrs, warmup->undampened, out->count * sizeof *out->lrs);
  return status;
}

/* The rates that a caller says the schedule had at its present epoch, with the momentums that it has there. */
static tw_status take_rates(tw_lr_scheduler *scheduler, twi_rates *rates, const double *lrs, size_t count) {
  tw_status status = twi_optimizer_read(scheduler->optimizer, rates);
  if (status == TW_OK) status = twi_lr_schedule_find_momentums(scheduler->schedule, rates);
  if (status == TW_OK) status = twi_spread(rates->lrs, lrs, count, rates->count, "lrs");
  return status == TW_OK ? twi_write_scheduled(scheduler, rates) : status;
}

static tw_status move_locked(tw_lr_scheduler *scheduler, double epoch, const double *lrs, size_t count) {
  tw_optimizer *optimizer = scheduler->optimizer;
  twi_lr_schedule *schedule = scheduler->schedule;
  tw_status status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, schedule->group_count);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, schedule->group_count, schedule->cycles_momentum);
  twi_save_all(&scheduler, 1);
  status = twi_lr_schedule_move(schedule, epoch);
  if (status == TW_OK)
    status = count != 0 ? take_rates(scheduler, &rates, lrs, count) : read_undampened(optimizer, &rates);
  status = twi_lr_schedule_remember(schedule, &rates, status);
  twi_settle_all(&scheduler, 1, status);
  return status;
}

tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch, const double *lrs, size_t count) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_epoch(epoch, -1.0, "epoch");
  if (status == TW_OK) status = twi_check_array(lrs, count, "lrs");
  if (status == TW_OK) status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = move_locked(scheduler, epoch, lrs, count);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

/* ==================== src/schedule/lr_scheduler_groups.c ==================== */

/* Groups that are added to an optimizer after its LR scheduler was made. */

static tw_status take(tw_lr_scheduler *scheduler, size_t count) {
  tw_optimizer *optimizer = scheduler->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, count, 0);
  status = twi_optimizer_read(optimizer, &present);
  return status == TW_OK ? twi_lr_schedule_take_groups(scheduler->schedule, present.lrs, count) : status;
}

static int can_take(const tw_lr_scheduler *scheduler, size_t count) {
  return count > scheduler->schedule->group_count && twi_lr_schedule_takes_groups(scheduler->schedule);
}

tw_status twi_lr_scheduler_fit(tw_lr_scheduler *scheduler) {
  size_t count = 0;
  const tw_status status = twi_optimizer_group_count(&count, scheduler->optimizer);
  if (status != TW_OK || count == scheduler->schedule->group_count) return status;
  if (can_take(scheduler, count)) return take(scheduler, count);
  return twi_fail(TW_ERROR_STATE, "the optimizer has %zu parameter groups; this %s was made for %zu", count,
                  scheduler->schedule->kind->name, scheduler->schedule->group_count);
}

tw_status twi_lr_scheduler_join(tw_lr_scheduler *scheduler) {
  size_t count = 0;
  const twi_message before = twi_message_take();
  const tw_status status = twi_optimizer_group_count(&count, scheduler->optimizer);
  twi_message_put(before);
  return status == TW_OK && can_take(scheduler, count) ? take(scheduler, count) : TW_OK;
}

/* ==================== src/schedule/lr_scheduler_preview.c ==================== */

#include <stdlib.h>
#include <string.h>


tw_status twi_check_preview(const double *out, size_t capacity, size_t *needed, size_t steps, size_t group_count,
                            int *only_asked) {
  const size_t most = SIZE_MAX / sizeof *out - 1;
  if (group_count != 0 && steps > most / group_count)
    return twi_fail(TW_ERROR_RANGE, "steps is %zu; of %zu groups no memory holds so many rates", steps, group_count);
  const tw_status status = twi_check_buffer(out, capacity, needed, steps * group_count, "rates", only_asked);
  if (steps * group_count == 0) *only_asked = 1; /* however many steps of no groups, there is no rate to compute */
  return status;
}

tw_status twi_preview_rows(double **out, size_t steps, size_t group_count) {
  *out = malloc((steps * group_count + 1) * sizeof **out);
  return *out != NULL ? TW_OK
                      : twi_fail(TW_ERROR_MEMORY, "out of memory for %zu steps of %zu groups", steps, group_count);
}

/* Row i of out has the rates after i steps. The schedules are put back in the end, whatever happens. */
static tw_status scheduler_preview(double *out, tw_lr_scheduler *const *schedulers, size_t count, size_t steps,
                                   twi_rates *rates) {
  tw_status status = TW_OK;
  twi_save_all(schedulers, count);
  for (size_t step = 0; step < steps && status == TW_OK; ++step) {
    if (step > 0) status = twi_step_all(schedulers, count, rates);
    if (status == TW_OK) memcpy(out + step * rates->count, rates->lrs, rates->count * sizeof *out);
  }
  twi_settle_all(schedulers, count, TW_ERROR_STATE);
  return status;
}

static tw_status read_for_preview(tw_optimizer *optimizer, size_t groups, int cycles_momentum, twi_rates *out) {
  const tw_status status = twi_optimizer_make_room(optimizer, groups);
  if (status != TW_OK) return status;
  *out = twi_optimizer_next(optimizer, groups, cycles_momentum);
  return twi_optimizer_read(optimizer, out);
}

static tw_status scheduler_preview_locked(double *out, size_t capacity, size_t *needed,
                                          tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  int cycles_momentum = 0, only_asked = 0;
  tw_optimizer *optimizer = schedulers[0]->optimizer;
  tw_status status = twi_check_schedulers(schedulers, count, optimizer, &cycles_momentum);
  const size_t groups = schedulers[0]->schedule->group_count; /* after the check, which takes those that were added */
  if (status == TW_OK)
    status = twi_check_undampened(optimizer,
                                  "a preview without it would not be of the rates to come; use tw_warmup_preview");
  if (status == TW_OK) status = twi_check_preview(out, capacity, needed, steps, groups, &only_asked);
  if (status != TW_OK || only_asked) return status;
  double *rows = NULL;
  twi_rates rates = {0, NULL, NULL};
  status = read_for_preview(optimizer, groups, cycles_momentum, &rates);
  if (status == TW_OK) status = twi_preview_rows(&rows, steps, groups);
  if (status == TW_OK) status = scheduler_preview(rows, schedulers, count, steps, &rates);
  if (status == TW_OK) memcpy(out, rows, steps * groups * sizeof *out);
  free(rows);
  if (status != TW_OK && needed != NULL) *needed = 0;
  return status;
}

tw_status tw_lr_scheduler_preview(double *out, size_t capacity, size_t *needed, tw_lr_scheduler *const *schedulers,
                                  size_t count, size_t steps) {
  if (needed != NULL) *needed = 0;
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  tw_status status = twi_check_array(schedulers, count, "schedulers");
  if (status == TW_OK) status = twi_check_pointer(schedulers[0], "schedulers[0]");
  if (status == TW_OK) status = twi_optimizer_enter(schedulers[0]->optimizer);
  if (status != TW_OK) return status;
  tw_optimizer *optimizer = schedulers[0]->optimizer;
  status = scheduler_preview_locked(out, capacity, needed, schedulers, count, steps);
  twi_optimizer_leave(optimizer);
  if (status != TW_OK && status != TW_ERROR_CAPACITY && needed != NULL) *needed = 0;
  return status;
}

/* ==================== src/schedule/lr_scheduler_state.c ==================== */

/* A scheduler's state as plain numbers: the base rates, then what steps change, then its children's. And copies. */
#include <math.h>
#include <stdlib.h>
#include <string.h>


/* The parts of a state of which all numbers are the schedule's own, in their order. */
enum { PART_COUNT = 5 };
typedef struct part {
  double *numbers;
  size_t count;
} part;

static void find_parts(part out[PART_COUNT], const twi_lr_schedule *schedule) {
  const size_t groups = schedule->group_count;
  out[0] = (part){schedule->base_lrs, groups};
  out[1] = (part){schedule->state + TWI_STATE_EPOCH, 1};
  out[2] = (part){schedule->last_lrs, 2 * groups}; /* the momentums behind them */
  out[3] = (part){schedule->own, schedule->size.own};
  out[4] = (part){schedule->state + TWI_STATE_STEP_COUNT, 1};
}

static size_t state_size(const twi_lr_schedule *schedule) {
  size_t size = schedule->group_count + schedule->state_count;
  for (size_t i = 0; i < schedule->child_count; ++i) size += state_size(schedule->children[i]);
  return size;
}

static double *copy_state(double *out, const twi_lr_schedule *schedule) {
  part parts[PART_COUNT];
  find_parts(parts, schedule);
  for (size_t i = 0; i < PART_COUNT; ++i) {
    const double *from = i == 0 ? parts[i].numbers : twi_lr_schedule_seen(schedule, parts[i].numbers);
    memcpy(out, from, parts[i].count * sizeof *out);
    out += parts[i].count;
  }
  for (size_t i = 0; i < schedule->child_count; ++i) out = copy_state(out, schedule->children[i]);
  return out;
}

static const double *put_state(twi_lr_schedule *schedule, const double *from) {
  part parts[PART_COUNT];
  find_parts(parts, schedule);
  for (size_t i = 0; i < PART_COUNT; ++i) {
    memcpy(parts[i].numbers, from, parts[i].count * sizeof *from);
    from += parts[i].count;
  }
  for (size_t i = 0; i < schedule->child_count; ++i) from = put_state(schedule->children[i], from);
  return from;
}

tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *needed, const tw_lr_scheduler *scheduler) {
  int only_asked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  int locked = 0;
  if (status == TW_OK) status = twi_lr_scheduler_begin_read(scheduler, &locked);
  if (status != TW_OK) return status;
  status = twi_check_buffer(out, capacity, needed, state_size(scheduler->schedule), "numbers", &only_asked);
  if (status == TW_OK && !only_asked) copy_state(out, scheduler->schedule);
  twi_optimizer_end_read(scheduler->optimizer, locked);
  return status;
}

/* Writes the rates and momentums of the state's last step to the optimizer. Of a state's own numbers (plateau's best) one
   may be infinite. */
static tw_status write_rates(tw_lr_scheduler *scheduler, const double *state) {
  tw_optimizer *optimizer = scheduler->optimizer;
  const size_t groups = scheduler->schedule->group_count;
  tw_status status = twi_check_each(state, groups + 1, twi_check_finite, "state");
  if (status == TW_OK) status = twi_check_epoch(state[groups], -(double)TWI_MOST_STEP, "the state's epoch");
  if (status == TW_OK) status = twi_check_lrs(state + groups + 1, groups, "the state");
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, groups);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, groups, scheduler->schedule->cycles_momentum);
  memcpy(rates.lrs, state + groups + 1, groups * sizeof *state);
  if (rates.momentums != NULL) memcpy(rates.momentums, state + 2 * groups + 1, groups * sizeof *state);
  return twi_write_scheduled(scheduler, &rates);
}

static tw_status state_check_size(const twi_lr_schedule *schedule, size_t count) {
  const size_t size = state_size(schedule);
  if (count == size) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "count is %zu; the state of this %s has %zu numbers", count, schedule->kind->name,
                  size);
}

tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count) {
  tw_status status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK) status = twi_check_array(state, count, "state");
  if (status != TW_OK) return status;
  status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_lr_scheduler_fit(scheduler);
  if (status == TW_OK) status = state_check_size(scheduler->schedule, count);
  if (status == TW_OK) status = write_rates(scheduler, state);
  if (status == TW_OK) put_state(scheduler->schedule, state);
  twi_optimizer_leave(scheduler->optimizer);
  return status;
}

tw_status twi_write_scheduled(tw_lr_scheduler *scheduler, const twi_rates *scheduled) {
  tw_optimizer *optimizer = scheduler->optimizer;
  if (optimizer->book.warmup != NULL) return twi_warmup_put_rates(optimizer->book.warmup, scheduled);
  twi_rates present = twi_optimizer_present(optimizer, scheduled->count, scheduled->momentums != NULL);
  const tw_status status = twi_optimizer_read(optimizer, &present);
  return status == TW_OK ? twi_optimizer_write(optimizer, scheduled, &present, "the state") : status;
}

/* ---- copies ---- */

static tw_lr_scheduler *copy_of(const tw_lr_scheduler *scheduler, tw_optimizer *optimizer);

static int copy_children(tw_lr_scheduler *made, const tw_lr_scheduler *scheduler) {
  for (size_t i = 0; i < made->schedule->child_count; ++i) {
    made->children[i] = copy_of(scheduler->children[i], made->optimizer);
    if (made->children[i] == NULL) return 0;
    made->schedule->children[i] = made->children[i]->schedule;
  }
  return 1;
}

/* NULL where memory is out. */
static tw_lr_scheduler *copy_of(const tw_lr_scheduler *scheduler, tw_optimizer *optimizer) {
  tw_lr_scheduler *made = calloc(1, sizeof *made);
  tw_lr_scheduler **children = calloc(scheduler->schedule->child_count + 1, sizeof *children);
  twi_lr_schedule *schedule = twi_lr_schedule_copy(scheduler->schedule);
  if (made == NULL || children == NULL || schedule == NULL) {
    free(made);
    free(children);
    twi_lr_schedule_free(schedule);
    return NULL;
  }
  atomic_init(&made->references, 1);
  made->optimizer = twi_optimizer_share(optimizer);
  made->schedule = schedule;
  made->children = children;
  if (copy_children(made, scheduler)) return made;
  twi_lr_scheduler_unshare(made);
  return NULL;
}

/* Sets another optimizer's rates to those of the copy's last step. */
static tw_status start_copy(tw_lr_scheduler *made) {
  tw_optimizer *optimizer = made->optimizer;
  const twi_lr_schedule *schedule = made->schedule;
  size_t count = 0;
  tw_status status = twi_check_undampened(optimizer, "a copy would start from the wrong ones");
  if (status == TW_OK) status = twi_optimizer_group_count(&count, optimizer);
  if (status == TW_OK && count != schedule->group_count)
    status = twi_fail(TW_ERROR_ARGUMENT, "the optimizer has %zu parameter groups; the scheduler was made for %zu",
                      count, schedule->group_count);
  if (status == TW_OK && schedule->cycles_momentum) status = twi_optimizer_find_momentum(optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates rates = twi_optimizer_next(optimizer, count, schedule->cycles_momentum);
  twi_rates_copy(&rates, &(twi_rates){count, schedule->last_lrs, schedule->last_momentums});
  return twi_write_scheduled(made, &rates);
}

tw_status tw_lr_scheduler_clone(tw_lr_scheduler **out, const tw_lr_scheduler *scheduler, tw_optimizer *optimizer) {
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(scheduler, "scheduler");
  if (status == TW_OK && optimizer != NULL) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(scheduler->optimizer);
  if (status != TW_OK) return status;
  status = twi_lr_scheduler_join((tw_lr_scheduler *)scheduler);
  tw_lr_scheduler *made =
      status != TW_OK ? NULL : copy_of(scheduler, optimizer != NULL ? optimizer : scheduler->optimizer);
  twi_optimizer_leave(scheduler->optimizer);
  if (status != TW_OK) return status;
  if (made == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (made->optimizer != scheduler->optimizer) {
    status = twi_optimizer_enter(made->optimizer);
    if (status == TW_OK) {
      status = start_copy(made);
      twi_optimizer_leave(made->optimizer);
    }
  }
  if (status == TW_OK) twi_handle_open(*out = made, TW_HANDLE_LR_SCHEDULER);
  if (status != TW_OK) twi_lr_scheduler_unshare(made);
  return status;
}

/* ==================== src/schedule/momentum_range.c ==================== */

tw_status twi_bind_momentum_range(twi_binding *binding, const twi_momentum_range *range) {
  tw_status status = twi_check_bool(range->cycle, "cycle_momentum");
  if (status != TW_OK || !range->cycle) return status;
  if (range->count != 0) status = twi_check_per_group(range->base, range->count, binding->group_count, "base_momentum");
  if (range->count != 0 && status == TW_OK)
    status = twi_check_per_group(range->max, range->count, binding->group_count, "max_momentum");
  return status == TW_OK ? twi_bind_momentum(binding) : status;
}

static tw_status momentum_range_fill(double *out, const double *values, size_t count, double fallback, size_t groups,
                                     const char *name) {
  for (size_t group = 0; group < groups; ++group) out[group] = fallback;
  return count == 0 ? TW_OK : twi_spread(out, values, count, groups, name);
}

tw_status twi_fill_momentum_range(twi_binding *binding, const twi_momentum_range *range, size_t base_row,
                                  size_t max_row) {
  double *base = binding->schedule->rows[base_row], *most = binding->schedule->rows[max_row];
  if (!range->cycle) return TW_OK;
  tw_status status =
      momentum_range_fill(base, range->base, range->count, range->default_base, binding->group_count, "base_momentum");
  if (status == TW_OK)
    status =
        momentum_range_fill(most, range->max, range->count, range->default_max, binding->group_count, "max_momentum");
  if (status == TW_OK) status = twi_bind_note(binding, TWI_BASE_MOMENTUM, base);
  return status == TW_OK ? twi_bind_note(binding, TWI_MAX_MOMENTUM, most) : status;
}

/* ==================== src/schedule/multi_step.c ==================== */

/* MultiStepLR: the rate is multiplied by gamma at each milestone. */
#include <math.h>
#include <stdlib.h>


typedef struct multi_step {
  twi_lr_schedule base;
  double gamma; /* base.array: the milestones, ascending */
} multi_step;

static tw_status multi_step_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  int times = 0;
  for (size_t i = 0; i < schedule->array_count; ++i) times += schedule->array[i] == epoch;
  return times == 0 ? TW_OK : twi_multiply(rates, pow(self->gamma, times));
}

static tw_status multi_step_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const multi_step *self = (const multi_step *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  size_t passed = 0;
  while (passed < schedule->array_count && schedule->array[passed] <= epoch) ++passed;
  return twi_multiply_base(schedule, rates, pow(self->gamma, (double)passed));
}

static const twi_field multi_step_fields[] = {
    {.name = "milestones", .type = TWI_FIELD_COUNTER},
    TWI_ARGUMENT(multi_step, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind multi_step_kind = {.name = "MultiStepLR",
                                                     .fields = multi_step_fields,
                                                     .takes_groups = 1,
                                                     .recursive = multi_step_recursive,
                                                     .closed_form = multi_step_closed_form};

static tw_status multi_step_check_milestones(const int64_t *milestones, size_t count) {
  char name[TWI_NAME_SIZE];
  tw_status status = twi_check_array(milestones, count, "milestones");
  for (size_t i = 0; i < count && status == TW_OK; ++i)
    if (milestones[i] < 0) status = twi_check_at_least(milestones[i], 0, twi_indexed(name, "milestones", i));
  return status;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                     size_t count, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = multi_step_check_milestones(milestones, count);
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &multi_step_kind,
                           (twi_lr_schedule_size){.structure = sizeof(multi_step), .array = count});
  if (status == TW_OK) {
    multi_step *self = (multi_step *)binding.schedule;
    self->gamma = gamma;
    for (size_t i = 0; i < count; ++i) self->base.array[i] = (double)milestones[i];
    qsort(self->base.array, count, sizeof *self->base.array, compare);
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/multiplicative.c ==================== */

/* MultiplicativeLR: each group's present rate times the caller's number. */

static tw_status multiplicative_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  for (size_t group = 0; group < rates->count && !schedule->initial; ++group) {
    double factor = 0.0;
    const tw_status status = twi_lr_callback_call(&factor, schedule->callback, "MultiplicativeLR's lr_lambda",
                                                  twi_lr_schedule_epoch(schedule), group);
    if (status != TW_OK) return status;
    rates->lrs[group] *= factor;
  }
  return TW_OK;
}

static const twi_field multiplicative_fields[] = {
    TWI_BASE_FIELDS, {.name = "lr_lambdas", .type = TWI_FIELD_NONES}, {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind multiplicative_kind = {
    .name = "MultiplicativeLR", .fields = multiplicative_fields, .recursive = multiplicative_recursive};

tw_status tw_lr_scheduler_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                         void *context, void (*release)(void *context)) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  status = twi_bind_callback(&binding, status, lr_lambda, context, release, "lr_lambda");
  if (status == TW_OK)
    status =
        twi_bind_make(&binding, &multiplicative_kind, (twi_lr_schedule_size){.structure = sizeof(twi_lr_schedule)});
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/one_cycle.c ==================== */

/* OneCycleLR: one rise to the largest rate, then a fall far below the first; momentum the other way. */
#include <math.h>
#include <string.h>


enum { ONE_CYCLE_MAX_LRS, ONE_CYCLE_MIN_LRS, ONE_CYCLE_BASE_MOMENTUMS, ONE_CYCLE_MAX_MOMENTUMS, ONE_CYCLE_ROW_COUNT };

typedef struct one_cycle {
  twi_lr_schedule base; /* base_lrs: PyTorch's initial_lr */
  double total_steps;
  double anneal; /* of anneals */
  twi_phases phases;
} one_cycle;

static const char *const anneals[] = {[TW_ONE_CYCLE_ANNEAL_COS] = "cos", [TW_ONE_CYCLE_ANNEAL_LINEAR] = "linear", NULL};

/* A stretch of the cycle: between which rates and momentums it leads. */
typedef struct phase {
  const double *start_lrs, *end_lrs;
  const double *start_momentums, *end_momentums;
} phase;

static phase phase_at(const one_cycle *self, size_t index) {
  const double *initial = self->base.base_lrs;
  double *const *rows = self->base.rows;
  if (index == 0)
    return (phase){initial, rows[ONE_CYCLE_MAX_LRS], rows[ONE_CYCLE_MAX_MOMENTUMS], rows[ONE_CYCLE_BASE_MOMENTUMS]};
  if (index == 2)
    return (phase){initial, rows[ONE_CYCLE_MIN_LRS], rows[ONE_CYCLE_MAX_MOMENTUMS], rows[ONE_CYCLE_MAX_MOMENTUMS]};
  return (phase){rows[ONE_CYCLE_MAX_LRS], self->phases.count == 3.0 ? initial : rows[ONE_CYCLE_MIN_LRS],
                 rows[ONE_CYCLE_BASE_MOMENTUMS], rows[ONE_CYCLE_MAX_MOMENTUMS]};
}

static double anneal(const one_cycle *self, double start, double end, double share) {
  if (self->anneal != 0.0) return (end - start) * share + start;
  const double cosine = cos(TWI_PI * share) + 1.0;
  return end + (start - end) / 2.0 * cosine;
}

static tw_status one_cycle_rates(twi_lr_schedule *schedule, twi_rates *rates) {
  const one_cycle *self = (const one_cycle *)schedule;
  const double step = twi_lr_schedule_epoch(schedule);
  const double *end_steps = self->phases.end_steps;
  if (step > self->total_steps)
    return twi_fail(TW_ERROR_STATE, "%s has ended: there is no epoch %g", schedule->kind->name, step);
  size_t now = 0;
  while ((double)now + 1.0 < self->phases.count && step > end_steps[now]) ++now;
  const phase in = phase_at(self, now);
  const double start_step = now == 0 ? 0.0 : end_steps[now - 1];
  if (end_steps[now] == start_step)
    return twi_fail(TW_ERROR_RANGE, "%s has no rate at epoch %g: by pct_start its stretch there has no length",
                    schedule->kind->name, step);
  const double share = (step - start_step) / (end_steps[now] - start_step);
  for (size_t group = 0; group < rates->count; ++group) {
    rates->lrs[group] = anneal(self, in.start_lrs[group], in.end_lrs[group], share);
    if (schedule->cycles_momentum)
      rates->momentums[group] = anneal(self, in.start_momentums[group], in.end_momentums[group], share);
  }
  return TW_OK;
}

/* 1.13 saves a method in place of _anneal_func_type. */
static const twi_field one_cycle_fields[] = {
    TWI_ARGUMENT(one_cycle, total_steps, "total_steps", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "_schedule_phases", .type = TWI_FIELD_PHASES, .place = offsetof(one_cycle, phases), TWI_ANY_NUMBER},
    {.name = "_anneal_func_type",
     .type = TWI_FIELD_CHOICE,
     .place = offsetof(one_cycle, anneal),
     .flags = TWI_FIELD_OPTIONAL,
     .choices = anneals},
    {.name = "cycle_momentum", .type = TWI_FIELD_CYCLES_MOMENTUM},
    {.name = "use_beta1", .type = TWI_FIELD_USES_BETAS, .flags = TWI_FIELD_OF_MOMENTUM},
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind one_cycle_kind = {
    .name = "OneCycleLR", .fields = one_cycle_fields, .recursive = one_cycle_rates, .closed_form = one_cycle_rates};

/* ---- options ---- */

static const tw_one_cycle_options one_cycle_defaults = {.struct_size = sizeof one_cycle_defaults,
                                                        .kind = TW_OPTIONS_ONE_CYCLE,
                                                        .cycle_momentum = 1,
                                                        .pct_start = 0.3,
                                                        .anneal_strategy = TW_ONE_CYCLE_ANNEAL_COS,
                                                        .div_factor = 25.0,
                                                        .final_div_factor = 1e4};
static const twi_options_type one_cycle_options_type = {TW_OPTIONS_ONE_CYCLE, sizeof one_cycle_defaults, 0,
                                                        &one_cycle_defaults, "tw_one_cycle_options_init"};

tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &one_cycle_options_type);
}

static tw_status one_cycle_check(int64_t total_steps, const tw_one_cycle_options *options) {
  tw_status status = twi_check_at_least(total_steps, 1, "total_steps");
  if (status == TW_OK) status = twi_check_within(options->pct_start, 0.0, 1.0, "pct_start");
  if (status == TW_OK) status = twi_check_enum(options->anneal_strategy, TW_ONE_CYCLE_ANNEAL_LINEAR, "anneal_strategy");
  if (status == TW_OK) status = twi_check_positive(options->div_factor, "div_factor");
  if (status == TW_OK) status = twi_check_positive(options->final_div_factor, "final_div_factor");
  return status == TW_OK ? twi_check_bool(options->three_phase, "three_phase") : status;
}

/* ---- the constructor ---- */

static twi_phases phases_of(double total, const tw_one_cycle_options *options) {
  const double rise = options->pct_start * total - 1.0;
  if (!options->three_phase) return (twi_phases){2.0, {rise, total - 1.0}};
  return (twi_phases){3.0, {rise, 2.0 * options->pct_start * total - 2.0, total - 1.0}};
}

/* The rates that follow from the largest. PyTorch makes the first the optimizer's initial ones. */
static tw_status fill_lrs(twi_binding *binding, const tw_one_cycle_options *options) {
  twi_lr_schedule *schedule = binding->schedule;
  for (size_t group = 0; group < schedule->group_count; ++group) {
    schedule->base_lrs[group] = schedule->rows[ONE_CYCLE_MAX_LRS][group] / options->div_factor;
    schedule->rows[ONE_CYCLE_MIN_LRS][group] = schedule->base_lrs[group] / options->final_div_factor;
  }
  tw_status status = twi_bind_note(binding, TWI_INITIAL_LR, schedule->base_lrs);
  if (status == TW_OK) status = twi_bind_note(binding, TWI_MAX_LR, schedule->rows[ONE_CYCLE_MAX_LRS]);
  return status == TW_OK ? twi_bind_note(binding, TWI_MIN_LR, schedule->rows[ONE_CYCLE_MIN_LRS]) : status;
}

static tw_status one_cycle_make(twi_binding *binding, const double *max_lrs, size_t count, int64_t total_steps,
                                const tw_one_cycle_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(one_cycle), .rows = ONE_CYCLE_ROW_COUNT};
  const twi_momentum_range momentums = {
      options->cycle_momentum, options->momentum_count, options->base_momentum, options->max_momentum, 0.85, 0.95};
  tw_status status = twi_check_per_group(max_lrs, count, binding->group_count, "max_lrs");
  if (status == TW_OK) status = twi_bind_momentum_range(binding, &momentums);
  if (status == TW_OK) status = twi_bind_make(binding, &one_cycle_kind, size);
  if (status == TW_OK)
    status = twi_spread(binding->schedule->rows[ONE_CYCLE_MAX_LRS], max_lrs, count, binding->group_count, "max_lrs");
  if (status == TW_OK) status = fill_lrs(binding, options);
  if (status == TW_OK)
    status = twi_fill_momentum_range(binding, &momentums, ONE_CYCLE_BASE_MOMENTUMS, ONE_CYCLE_MAX_MOMENTUMS);
  if (status != TW_OK) return status;
  one_cycle *self = (one_cycle *)binding->schedule;
  self->total_steps = (double)total_steps;
  self->anneal = options->anneal_strategy;
  self->phases = phases_of(self->total_steps, options);
  return status;
}

tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs, size_t count,
                                    int64_t total_steps, const tw_one_cycle_options *options) {
  twi_binding binding;
  tw_one_cycle_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_options_read(&read, options, &one_cycle_options_type);
  if (status == TW_OK) status = one_cycle_check(total_steps, &read);
  if (status == TW_OK) status = one_cycle_make(&binding, max_lrs, count, total_steps, &read);
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/polynomial.c ==================== */

/* PolynomialLR: the rate falls to 0 in total_iters epochs. */
#include <math.h>


typedef struct polynomial {
  twi_lr_schedule base;
  double total_iters, power;
} polynomial;

static tw_status polynomial_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const polynomial *self = (const polynomial *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (schedule->initial || epoch > self->total_iters) return TW_OK;
  const double ratio = (1.0 - epoch / self->total_iters) / (1.0 - (epoch - 1.0) / self->total_iters);
  return twi_multiply(rates, pow(ratio, self->power));
}

static tw_status polynomial_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const polynomial *self = (const polynomial *)schedule;
  const double epoch = fmin(self->total_iters, twi_lr_schedule_epoch(schedule));
  return twi_multiply_base(schedule, rates, pow(1.0 - epoch / self->total_iters, self->power));
}

static const twi_field polynomial_fields[] = {
    TWI_ARGUMENT(polynomial, total_iters, "total_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(polynomial, power, "power", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind polynomial_kind = {.name = "PolynomialLR",
                                                     .fields = polynomial_fields,
                                                     .takes_groups = 1,
                                                     .recursive = polynomial_recursive,
                                                     .closed_form = polynomial_closed_form};

tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, double total_iters, double power) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_not_negative(total_iters, "total_iters");
  if (status == TW_OK) status = twi_check_not_negative(power, "power");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &polynomial_kind, (twi_lr_schedule_size){.structure = sizeof(polynomial)});
  if (status == TW_OK) {
    polynomial *self = (polynomial *)binding.schedule;
    self->total_iters = total_iters;
    self->power = power;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/reduce_on_plateau.c ==================== */

/* ReduceLROnPlateau: the rate falls when a metric has stopped getting better. */
#include <math.h>
#include <string.h>


enum { PLATEAU_MIN_LRS, PLATEAU_ROW_COUNT };

typedef struct plateau {
  twi_lr_schedule base;
  double mode, threshold_mode; /* of modes and threshold_modes */
  double factor, patience, threshold, cooldown, eps;
  double worst; /* what any metric is better than */
} plateau;

static const char *const plateau_modes[] = {[TW_PLATEAU_MIN] = "min", [TW_PLATEAU_MAX] = "max", NULL};
static const char *const threshold_modes[] = {
    [TW_PLATEAU_THRESHOLD_REL] = "rel", [TW_PLATEAU_THRESHOLD_ABS] = "abs", NULL};

enum { BEST, COOLDOWN_COUNTER, NUM_BAD_EPOCHS, PLATEAU_OWN_COUNT };

static int is_better(const plateau *self, double metric, double best) {
  const int absolute = self->threshold_mode != 0.0;
  if (self->mode != 0.0) return metric > (absolute ? best + self->threshold : best * (self->threshold + 1.0));
  return metric < (absolute ? best - self->threshold : best * (1.0 - self->threshold));
}

static void reduce(const plateau *self, twi_rates *rates) {
  for (size_t group = 0; group < rates->count; ++group) {
    const double old_lr = rates->lrs[group];
    const double reduced = old_lr * self->factor;
    const double least = self->base.rows[PLATEAU_MIN_LRS][group];
    const double new_lr = least > reduced ? least : reduced;
    if (old_lr - new_lr > self->eps) rates->lrs[group] = new_lr;
  }
}

static tw_status step_metric(twi_lr_schedule *schedule, twi_rates *rates, double metric) {
  const plateau *self = (const plateau *)schedule;
  double *own = schedule->own;
  schedule->state[TWI_STATE_EPOCH] += 1.0;
  if (is_better(self, metric, own[BEST])) {
    own[BEST] = metric;
    own[NUM_BAD_EPOCHS] = 0.0;
  } else {
    own[NUM_BAD_EPOCHS] += 1.0;
  }
  if (own[COOLDOWN_COUNTER] > 0.0) {
    own[COOLDOWN_COUNTER] -= 1.0;
    own[NUM_BAD_EPOCHS] = 0.0; /* bad epochs in cooldown do not count */
  }
  if (own[NUM_BAD_EPOCHS] > self->patience) {
    reduce(self, rates);
    own[COOLDOWN_COUNTER] = self->cooldown;
    own[NUM_BAD_EPOCHS] = 0.0;
  }
  return TW_OK;
}

/* Numbers of its own state; the best metric may be infinite. */
#define COUNTER(name_, index)                                                                                 \
  {                                                                                                           \
    .name = (name_), .type = TWI_FIELD_NUMBER, .place = TWI_STATE_OWN + (index), .flags = TWI_FIELD_IN_STATE, \
    TWI_ANY_COUNT                                                                                             \
  }
#define UNBOUNDED .least = -INFINITY, .most = INFINITY

/* Before the first step 1.13 writes no _last_lr, and it knows no default_min_lr. */
static const twi_field plateau_fields[] = {
    TWI_ARGUMENT(plateau, factor, "factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    {.name = "default_min_lr", .type = TWI_FIELD_COMMON, .place = TWI_ROW(PLATEAU_MIN_LRS)},
    TWI_ROW_FIELD(PLATEAU_MIN_LRS, "min_lrs", -DBL_MAX, DBL_MAX, 0),
    TWI_ARGUMENT(plateau, patience, "patience", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(plateau, cooldown, "cooldown", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(plateau, eps, "eps", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    TWI_LAST_EPOCH_FIELD,
    {.name = "_last_lr",
     .type = TWI_FIELD_FLOATS,
     .place = offsetof(twi_lr_schedule, last_lrs),
     .flags = TWI_FIELD_OPTIONAL,
     TWI_ANY_NUMBER},
    {.name = "mode_worse",
     .type = TWI_FIELD_FLOAT,
     .place = offsetof(plateau, worst),
     .flags = TWI_FIELD_OPTIONAL,
     UNBOUNDED},
    {.name = "mode", .type = TWI_FIELD_CHOICE, .place = offsetof(plateau, mode), .choices = plateau_modes},
    TWI_ARGUMENT(plateau, threshold, "threshold", TWI_FIELD_FLOAT, 0.0, DBL_MAX),
    {.name = "threshold_mode",
     .type = TWI_FIELD_CHOICE,
     .place = offsetof(plateau, threshold_mode),
     .choices = threshold_modes},
    {.name = "best", .type = TWI_FIELD_FLOAT, .place = TWI_STATE_OWN + BEST, .flags = TWI_FIELD_IN_STATE, UNBOUNDED},
    COUNTER("cooldown_counter", COOLDOWN_COUNTER),
    COUNTER("num_bad_epochs", NUM_BAD_EPOCHS),
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind plateau_kind = {
    .name = "ReduceLROnPlateau", .fields = plateau_fields, .takes_groups = 1, .step_metric = step_metric};

/* ---- options ---- */

static const tw_reduce_on_plateau_options plateau_defaults = {.struct_size = sizeof plateau_defaults,
                                                              .kind = TW_OPTIONS_REDUCE_ON_PLATEAU,
                                                              .mode = TW_PLATEAU_MIN,
                                                              .threshold_mode = TW_PLATEAU_THRESHOLD_REL,
                                                              .factor = 0.1,
                                                              .patience = 10,
                                                              .threshold = 1e-4,
                                                              .eps = 1e-8};
static const twi_options_type plateau_options_type = {TW_OPTIONS_REDUCE_ON_PLATEAU, sizeof plateau_defaults,
                                                      offsetof(tw_reduce_on_plateau_options, reserved),
                                                      &plateau_defaults, "tw_reduce_on_plateau_options_init"};

tw_status tw_reduce_on_plateau_options_init(tw_reduce_on_plateau_options *options, size_t struct_size) {
  return twi_options_init(options, struct_size, &plateau_options_type);
}

static tw_status plateau_check(const tw_reduce_on_plateau_options *options) {
  tw_status status = twi_check_below_one(options->factor, "factor");
  if (status == TW_OK) status = twi_check_enum(options->mode, TW_PLATEAU_MAX, "mode");
  if (status == TW_OK) status = twi_check_at_least(options->patience, 0, "patience");
  if (status == TW_OK) status = twi_check_not_negative(options->threshold, "threshold");
  if (status == TW_OK) status = twi_check_enum(options->threshold_mode, TW_PLATEAU_THRESHOLD_ABS, "threshold_mode");
  if (status == TW_OK) status = twi_check_at_least(options->cooldown, 0, "cooldown");
  return status == TW_OK ? twi_check_not_negative(options->eps, "eps") : status;
}

/* ---- the constructor ---- */

static void plateau_fill(plateau *self, const tw_reduce_on_plateau_options *options) {
  self->mode = options->mode;
  self->threshold_mode = options->threshold_mode;
  self->factor = options->factor;
  self->patience = (double)options->patience;
  self->threshold = options->threshold;
  self->cooldown = (double)options->cooldown;
  self->eps = options->eps;
  self->worst = options->mode == TW_PLATEAU_MAX ? -INFINITY : INFINITY;
  self->base.own[BEST] = self->worst;
}

static tw_status plateau_make(twi_binding *binding, const tw_reduce_on_plateau_options *options) {
  const twi_lr_schedule_size size = {.structure = sizeof(plateau), .own = PLATEAU_OWN_COUNT, .rows = PLATEAU_ROW_COUNT};
  const double *present = binding->present.lrs;
  tw_status status = twi_bind_make(binding, &plateau_kind, size);
  if (status == TW_OK && options->min_lr_count != 0)
    status = twi_spread(binding->schedule->rows[PLATEAU_MIN_LRS], options->min_lr, options->min_lr_count,
                        binding->group_count, "min_lr");
  if (status != TW_OK) return status;
  plateau_fill((plateau *)binding->schedule, options);
  binding->schedule->given_per_group = options->min_lr_count > 1;
  /* It knows no initial rates, and waits for the first metric. */
  memcpy(binding->schedule->base_lrs, present, binding->group_count * sizeof *present);
  memcpy(binding->schedule->last_lrs, present, binding->group_count * sizeof *present);
  binding->schedule->state[TWI_STATE_EPOCH] = 0.0;
  binding->start = NULL;
  return status;
}

tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                            const tw_reduce_on_plateau_options *options) {
  twi_binding binding;
  tw_reduce_on_plateau_options read;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_options_read(&read, options, &plateau_options_type);
  if (status == TW_OK) status = plateau_check(&read);
  if (status == TW_OK) status = plateau_make(&binding, &read);
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/sequential.c ==================== */

/* SequentialLR: one schedule after another. */
#include <math.h>
#include <string.h>


/* The schedule's array is the milestones. */

/* Which child is on at an epoch: as many milestones as are not after it. */
static size_t child_at(const twi_lr_schedule *schedule, double epoch) {
  size_t child = 0;
  while (child + 1 < schedule->child_count && schedule->array[child] <= epoch) ++child;
  return child;
}

static tw_status sequential_step(twi_lr_schedule *schedule, twi_rates *rates) {
  const double epoch = schedule->state[TWI_STATE_EPOCH] += 1.0;
  const size_t child = child_at(schedule, epoch);
  if (child > 0 && schedule->array[child - 1] == epoch)
    return twi_lr_schedule_begin(schedule->children[child], rates, 1);
  return twi_lr_schedule_step(schedule->children[child], rates);
}

static tw_status sequential_begin(twi_lr_schedule *schedule, twi_rates *rates, int later) {
  schedule->state[TWI_STATE_EPOCH] = 0.0;
  return twi_lr_schedule_begin(schedule->children[child_at(schedule, 0.0)], rates, later);
}

/* Where a child has come to at an epoch: -1 where its turn has not come, or never comes. */
static double child_epoch(const twi_lr_schedule *schedule, size_t child, double epoch) {
  const double first = child == 0 ? 0.0 : schedule->array[child - 1];
  const size_t on = child_at(schedule, epoch);
  if (child > on) return -1.0;
  return (child == on ? epoch : schedule->array[child] - 1.0) - first;
}

static tw_status sequential_move(twi_lr_schedule *schedule, double epoch) {
  if (epoch != floor(epoch))
    return twi_fail(TW_ERROR_RANGE,
                    "epoch is %g; that of a SequentialLR must be whole, or it would miss its milestones", epoch);
  for (size_t i = 0; i < schedule->child_count; ++i) {
    const tw_status status = twi_lr_schedule_move(schedule->children[i], child_epoch(schedule, i, epoch));
    if (status != TW_OK) return status;
  }
  schedule->state[TWI_STATE_EPOCH] = epoch;
  return TW_OK;
}

static size_t sequential_begun(const twi_lr_schedule *schedule) {
  return child_at(schedule, twi_lr_schedule_epoch(schedule)) + 1;
}

static const twi_field sequential_fields[] = {{.name = "_milestones", .type = TWI_FIELD_MILESTONES, TWI_ANY_NUMBER},
                                              TWI_LAST_EPOCH_FIELD,
                                              TWI_LAST_LR_FIELD,
                                              {.name = "_schedulers", .type = TWI_FIELD_CHILDREN},
                                              {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind sequential_kind = {.name = "SequentialLR",
                                                     .fields = sequential_fields,
                                                     .takes_groups = 1,
                                                     .step = sequential_step,
                                                     .move = sequential_move,
                                                     .begun = sequential_begun,
                                                     .begin = sequential_begin};

/* The schedules that children are made of are one epoch back, as before their own initial step; those that a sequential
   child has put back already stay. */
static void undo_initial_step(twi_lr_schedule *schedule) {
  for (size_t i = 0; i < schedule->child_count; ++i) undo_initial_step(schedule->children[i]);
  if (schedule->child_count == 0 && schedule->state[TWI_STATE_EPOCH] >= 0.0) schedule->state[TWI_STATE_EPOCH] -= 1.0;
}

/* PyTorch's constructor: takes back the children's initial steps and performs that of the first alone. */
static tw_status sequential_start(twi_lr_schedule *schedule, twi_rates *rates) {
  memcpy(rates->lrs, schedule->base_lrs, schedule->group_count * sizeof *rates->lrs);
  undo_initial_step(schedule);
  return twi_lr_schedule_begin(schedule, rates, 0);
}

static tw_status sequential_check_milestones(const int64_t *milestones, size_t milestone_count, size_t count) {
  if (count > 0 && milestone_count != count - 1)
    return twi_fail(TW_ERROR_ARGUMENT, "milestone_count is %zu; for %zu schedulers it must be %zu", milestone_count,
                    count, count - 1);
  return count > 0 ? twi_check_ascending(milestones, milestone_count, "milestones") : TW_OK;
}

tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                     size_t count, const int64_t *milestones, size_t milestone_count) {
  twi_binding binding;
  const twi_lr_schedule_size size = {.array = milestone_count};
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = sequential_check_milestones(milestones, milestone_count, count);
  if (status == TW_OK) status = twi_bind_children(&binding, &sequential_kind, size, schedulers, count);
  for (size_t i = 0; status == TW_OK && i < milestone_count; ++i) binding.schedule->array[i] = (double)milestones[i];
  binding.start = sequential_start;
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/step_lr.c ==================== */

/* StepLR: the rate is multiplied by gamma every step_size epochs. */
#include <math.h>


typedef struct step_lr {
  twi_lr_schedule base;
  double step_size, gamma;
} step_lr;

static tw_status step_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const step_lr *self = (const step_lr *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  if (epoch == 0.0 || fmod(epoch, self->step_size) != 0.0) return TW_OK;
  return twi_multiply(rates, self->gamma);
}

static tw_status step_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const step_lr *self = (const step_lr *)schedule;
  return twi_multiply_base(schedule, rates, pow(self->gamma, floor(twi_lr_schedule_epoch(schedule) / self->step_size)));
}

static const twi_field step_fields[] = {
    TWI_ARGUMENT(step_lr, step_size, "step_size", TWI_FIELD_NUMBER, DBL_MIN, DBL_MAX),
    TWI_ARGUMENT(step_lr, gamma, "gamma", TWI_FIELD_FLOAT, -DBL_MAX, DBL_MAX),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind step_kind = {.name = "StepLR",
                                               .fields = step_fields,
                                               .takes_groups = 1,
                                               .recursive = step_recursive,
                                               .closed_form = step_closed_form};

tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, double step_size, double gamma) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_positive(step_size, "step_size");
  if (status == TW_OK) status = twi_check_finite(gamma, "gamma");
  if (status == TW_OK)
    status = twi_bind_make(&binding, &step_kind, (twi_lr_schedule_size){.structure = sizeof(step_lr)});
  if (status == TW_OK) {
    step_lr *self = (step_lr *)binding.schedule;
    self->step_size = step_size;
    self->gamma = gamma;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/warmup.c ==================== */

/* Making warmups, which rule gives each group its factor, and their end. What a warmup does then is in warmup_step.c. */

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>


/* ---- factors ---- */

static tw_status call_factor(double *out, const twi_factor_rule *rule, int64_t step, size_t group) {
  static const char name[] = "the warmup's factor callback";
  *out = NAN;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end(name, rule->callback(out, step, group, rule->context), before);
  if (status != TW_OK || (isfinite(*out) && *out >= 0.0)) return status;
  return twi_fail(TW_ERROR_RANGE,
                  "%s gave %g for step %" PRId64 " of group %zu; a factor must be finite and not negative", name, *out,
                  step, group);
}

static tw_status call_factors(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  tw_status status = TW_OK;
  for (size_t i = 0; i < count && status == TW_OK; ++i) status = call_factor(&out[i], rule, step, first + i);
  return status;
}

/* Groups mostly have one period, or one beta2: a factor is computed where it changes. */
static void factors_of_periods(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  const int64_t *periods = rule->periods + first;
  double factor = 0.0;
  for (size_t i = 0; i < count; ++i) {
    if (i == 0 || periods[i] != periods[i - 1]) factor = rule->of_period(step, periods[i]);
    out[i] = factor;
  }
}

static void factors_of_radams(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  const twi_radam *radams = rule->radams + first;
  double factor = 0.0;
  for (size_t i = 0; i < count; ++i) {
    if (i == 0 || radams[i].beta2 != radams[i - 1].beta2) factor = twi_radam_factor(&radams[i], step);
    out[i] = factor;
  }
}

tw_status twi_warmup_factors(double *out, const tw_warmup *warmup, size_t first, size_t count, int64_t step) {
  const twi_factor_rule *rule = &warmup->rule;
  if (rule->callback != NULL) return call_factors(out, rule, first, count, step);
  if (rule->of_period != NULL) factors_of_periods(out, rule, first, count, step);
  if (rule->radams != NULL) factors_of_radams(out, rule, first, count, step);
  return TW_OK;
}

/* ---- making ---- */

static void rule_free(twi_factor_rule *rule) {
  free(rule->periods);
  free(rule->radams);
  twi_release(rule->release, rule->context);
}

static void warmup_destroy(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  rule_free(&warmup->rule);
  free(warmup->factors);
  free(warmup->undampened);
  free(warmup->dampened);
  free(warmup);
  twi_optimizer_unshare(optimizer);
}

/* A constructor on its way, like twi_binding: begin, choose the rule, end. */
typedef struct making {
  tw_warmup **out;
  tw_optimizer *optimizer; /* locked; null where begin has failed */
  size_t group_count;
  twi_factor_rule rule;
} making;

static tw_status begin(making *self, tw_warmup **out, tw_optimizer *optimizer) {
  *self = (making){.out = out};
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  self->optimizer = optimizer;
  if (optimizer->book.warmup != NULL)
    return twi_fail(
        TW_ERROR_STATE,
        "the optimizer has a warmup already; call tw_warmup_detach, or free it and set the undampened rates, "
        "before making another");
  return twi_optimizer_group_count(&self->group_count, optimizer);
}

static tw_warmup *new_warmup(const making *self) {
  tw_warmup *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  const size_t bytes = (self->group_count + 1) * sizeof(double); /* + 1: not null without groups either */
  made->group_count = self->group_count;
  made->last_step = -1;
  made->factors = malloc(bytes);
  made->undampened = malloc(bytes);
  made->dampened = malloc(bytes);
  if (made->factors != NULL && made->undampened != NULL && made->dampened != NULL) return made;
  free(made->factors);
  free(made->undampened);
  free(made->dampened);
  free(made);
  return NULL;
}

/* Records the present rates and dampens them for step 0. */
static tw_status dampen_first(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  const twi_rates before = {warmup->group_count, warmup->dampened, NULL};
  status = twi_optimizer_read(optimizer, &next);
  if (status == TW_OK) status = twi_check_not_left(optimizer, &next, "a warmup");
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, 0);
  if (status != TW_OK) return status;
  memcpy(warmup->dampened, next.lrs, next.count * sizeof *next.lrs);
  return twi_warmup_dampen(warmup, 0, &next, &before, "the optimizer");
}

/* What a freed warmup left is over once another is bound. */
static void bind(tw_warmup *warmup) {
  twi_book *book = &warmup->optimizer->book;
  free(book->left_undampened);
  free(book->left_dampened);
  book->left_undampened = book->left_dampened = NULL;
  book->left_count = 0;
  book->warmup = warmup;
}

static tw_status end(making *self, tw_status status) {
  tw_warmup *made = status == TW_OK ? new_warmup(self) : NULL;
  if (status == TW_OK && made == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (made != NULL) {
    made->optimizer = twi_optimizer_share(self->optimizer);
    made->rule = self->rule;
    self->rule = (twi_factor_rule){.release = NULL};
    status = dampen_first(made);
    if (status == TW_OK) bind(made);
  }
  if (self->optimizer != NULL) twi_optimizer_leave(self->optimizer);
  rule_free(&self->rule);
  if (status == TW_OK) {
    twi_handle_open(made, TW_HANDLE_WARMUP);
    *self->out = made;
  } else if (made != NULL) {
    warmup_destroy(made);
  }
  return status;
}

/* ---- the rules ---- */

typedef double (*factor_function)(int64_t step, int64_t period);

static tw_status make_periods(making *self, factor_function factor) {
  self->rule.of_period = factor;
  self->rule.periods = malloc((self->group_count + 1) * sizeof *self->rule.periods);
  return self->rule.periods != NULL ? TW_OK : twi_fail(TW_ERROR_MEMORY, "out of memory");
}

/* A manual warmup: one period for all groups, or one for each. */
static tw_status bind_manual(tw_warmup **out, tw_optimizer *optimizer, factor_function factor, const int64_t *periods,
                             size_t count) {
  making self;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = twi_check_per_group(periods, count, self.group_count, "periods");
  for (size_t i = 0; i < count && status == TW_OK; ++i)
    if (periods[i] < 1)
      status = twi_fail(TW_ERROR_RANGE, "warmup_period[%zu] is %" PRId64 "; it must be positive", i, periods[i]);
  if (status == TW_OK) status = make_periods(&self, factor);
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group)
    self.rule.periods[group] = periods[count == 1 ? 0 : group];
  return end(&self, status);
}

/* The betas that are given, one for all groups or one for each, or else the groups' own. From malloc. */
static tw_status find_beta2s(double **out, making *self, const double *beta2s, size_t count) {
  tw_status status = TW_OK;
  if (beta2s != NULL || count != 0) status = twi_check_per_group(beta2s, count, self->group_count, "beta2s");
  if (status != TW_OK) return status;
  *out = malloc((self->group_count + 1) * sizeof **out);
  if (*out == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (beta2s == NULL || count == 0) return twi_optimizer_get(*out, self->group_count, TW_OPTION_BETA2, self->optimizer);
  for (size_t group = 0; group < self->group_count; ++group) (*out)[group] = beta2s[count == 1 ? 0 : group];
  return TW_OK;
}

/* An untuned warmup: each group's period comes from its beta2. */
static tw_status bind_untuned(tw_warmup **out, tw_optimizer *optimizer, const double *given, size_t count,
                              factor_function factor, int64_t (*period_of)(double beta2)) {
  making self;
  double *beta2s = NULL;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = find_beta2s(&beta2s, &self, given, count);
  if (status == TW_OK) status = make_periods(&self, factor);
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group) {
    if (beta2s[group] >= 0.0 && beta2s[group] < 1.0) {
      self.rule.periods[group] = period_of(beta2s[group]);
    } else {
      status = twi_fail(TW_ERROR_RANGE, "beta2 of group %zu is %g; it must lie in [0, 1)", group, beta2s[group]);
    }
  }
  free(beta2s);
  return end(&self, status);
}

tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return bind_manual(out, optimizer, twi_linear_factor, periods, count);
}

tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return bind_manual(out, optimizer, twi_exponential_factor, periods, count);
}

tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return bind_untuned(out, optimizer, beta2s, count, twi_linear_factor, twi_untuned_linear_period);
}

tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return bind_untuned(out, optimizer, beta2s, count, twi_exponential_factor, twi_untuned_exponential_period);
}

tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer, const double *given, size_t count) {
  making self;
  double *beta2s = NULL;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = find_beta2s(&beta2s, &self, given, count);
  if (status == TW_OK) self.rule.radams = malloc((self.group_count + 1) * sizeof *self.rule.radams);
  if (status == TW_OK && self.rule.radams == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group)
    if (!twi_radam_init(&self.rule.radams[group], beta2s[group]))
      status = twi_fail(TW_ERROR_RANGE, "beta2 of group %zu is %g; it must lie in (0.6, 1)", group, beta2s[group]);
  free(beta2s);
  return end(&self, status);
}

tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor, void *context,
                           void (*release)(void *context)) {
  making self;
  tw_status status = begin(&self, out, optimizer);
  self.rule = (twi_factor_rule){.callback = factor, .context = context, .release = release};
  if (status == TW_OK && factor == NULL) status = twi_fail(TW_ERROR_ARGUMENT, "factor is NULL");
  return end(&self, status);
}

/* ---- the end ---- */

/* Unbinds it, and keeps what it leaves in the optimizer for those who would take that for the schedule's. */
static void unbind(tw_warmup *warmup) {
  twi_book *book = &warmup->optimizer->book;
  if (book->warmup != warmup) return;
  book->warmup = NULL;
  if (warmup->begun) return;
  book->left_undampened = warmup->undampened;
  book->left_dampened = warmup->dampened;
  book->left_count = warmup->group_count;
  warmup->undampened = warmup->dampened = NULL;
}

static void end_now(tw_warmup *warmup) {
  twi_lock_take(&warmup->optimizer->lock);
  unbind(warmup);
  twi_lock_give(&warmup->optimizer->lock);
  warmup_destroy(warmup);
}

static void warmup_end_free(twi_deferred *deferred) { end_now((tw_warmup *)(void *)deferred); }

void tw_warmup_free(tw_warmup *warmup) {
  twi_handle_close(warmup, TW_HANDLE_WARMUP, "tw_warmup_free");
  if (warmup == NULL || twi_optimizer_defer(warmup->optimizer, &warmup->deferred, warmup_end_free)) return;
  end_now(warmup);
}

/* ==================== src/schedule/warmup_factor.c ==================== */

#include <math.h>

double twi_linear_factor(int64_t step, int64_t period) {
  const double ratio = (double)(step + 1) / (double)period;
  return ratio < 1.0 ? ratio : 1.0;
}

double twi_exponential_factor(int64_t step, int64_t period) { return 1.0 - exp(-(double)(step + 1) / (double)period); }

int64_t twi_untuned_linear_period(double beta2) { return (int64_t)(2.0 / (1.0 - beta2)); }

int64_t twi_untuned_exponential_period(double beta2) { return (int64_t)(1.0 / (1.0 - beta2)); }

static double rho(double t, double beta2, double rho_inf) {
  const double power = pow(beta2, t);
  return rho_inf - 2.0 * t * power / (1.0 - power);
}

int twi_radam_init(twi_radam *out, double beta2) {
  if (!(beta2 > 0.6 && beta2 < 1.0)) return 0;
  const double rho_inf = 2.0 / (1.0 - beta2) - 1.0;
  /* rho rises to rho_inf, so the search ends if and only if that lies above 4. */
  if (!(rho_inf > 4.0)) return 0;
  int64_t offset = 1;
  while (!(rho((double)offset, beta2, rho_inf) > 4.0)) ++offset;
  out->beta2 = beta2;
  out->rho_inf = rho_inf;
  out->offset = offset;
  return 1;
}

double twi_radam_factor(const twi_radam *radam, int64_t step) {
  const double rho_inf = radam->rho_inf;
  const double rho_t = rho((double)(step + radam->offset), radam->beta2, rho_inf);
  const double numerator = (rho_t - 4.0) * (rho_t - 2.0) * rho_inf;
  const double denominator = (rho_inf - 4.0) * (rho_inf - 2.0) * rho_t;
  return sqrt(numerator / denominator);
}

/* ==================== src/schedule/warmup_preview.c ==================== */

#include <stdlib.h>
#include <string.h>


/* Row i of out has the rates after i steps. The schedules are put back in the end, whatever happens. */
static tw_status warmup_preview(double *out, tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count,
                                size_t steps, twi_rates *rates) {
  const int64_t first = warmup->last_step > 0 ? warmup->last_step : 0;
  const size_t groups = warmup->group_count;
  tw_status status = TW_OK;
  twi_save_all(schedulers, count);
  for (size_t step = 0; step < steps && status == TW_OK; ++step) {
    if (step > 0) status = twi_step_all(schedulers, count, rates);
    if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, groups, first + (int64_t)step);
    for (size_t group = 0; group < groups && status == TW_OK; ++group)
      out[step * groups + group] = rates->lrs[group] * warmup->factors[group];
  }
  twi_settle_all(schedulers, count, TW_ERROR_STATE);
  return status;
}

static tw_status warmup_preview_locked(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                                       tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  twi_rates next, present;
  int with_momentums = 0, only_asked = 0;
  tw_status status = twi_check_schedulers(schedulers, count, warmup->optimizer, &with_momentums);
  if (status == TW_OK) status = twi_check_preview(out, capacity, needed, steps, warmup->group_count, &only_asked);
  if (status != TW_OK || only_asked) return status;
  double *rows = NULL;
  status = twi_warmup_take_undampened(warmup, &next, &present, with_momentums);
  if (status == TW_OK) status = twi_preview_rows(&rows, steps, warmup->group_count);
  if (status == TW_OK) status = warmup_preview(rows, warmup, schedulers, count, steps, &next);
  if (status == TW_OK) memcpy(out, rows, steps * warmup->group_count * sizeof *out);
  free(rows);
  if (status != TW_OK && needed != NULL) *needed = 0;
  return status;
}

tw_status tw_warmup_preview(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                            tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = warmup_preview_locked(out, capacity, needed, warmup, schedulers, count, steps);
  twi_optimizer_leave(warmup->optimizer);
  if (status != TW_OK && status != TW_ERROR_CAPACITY && needed != NULL) *needed = 0;
  return status;
}

/* ==================== src/schedule/warmup_stable_decay.c ==================== */

/* Warmup, stable, decay (WSD), which PyTorch does not have. */
#include <math.h>


typedef struct stable_decay {
  twi_lr_schedule base;
  double warmup_iters, stable_iters, decay_iters;
  double decay; /* a tw_lr_decay */
  double end_factor;
} stable_decay;

static double left_after(double decay, double share) {
  if (decay == TW_LR_DECAY_COSINE) return (1.0 + cos(TWI_PI * share)) / 2.0;
  return decay == TW_LR_DECAY_SQRT ? 1.0 - sqrt(share) : 1.0 - share;
}

static double warmup_stable_decay_factor_at(const stable_decay *self, double epoch) {
  if (epoch < self->warmup_iters) return (epoch + 1.0) / self->warmup_iters;
  const double decayed = epoch - self->warmup_iters - self->stable_iters;
  if (decayed <= 0.0) return 1.0;
  if (decayed >= self->decay_iters) return self->end_factor;
  return self->end_factor + (1.0 - self->end_factor) * left_after(self->decay, decayed / self->decay_iters);
}

static tw_status warmup_stable_decay_recursive(twi_lr_schedule *schedule, twi_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  const double epoch = twi_lr_schedule_epoch(schedule);
  return twi_follow_factor(rates, schedule->initial ? 1.0 : warmup_stable_decay_factor_at(self, epoch - 1.0),
                           warmup_stable_decay_factor_at(self, epoch));
}

static tw_status warmup_stable_decay_closed_form(twi_lr_schedule *schedule, twi_rates *rates) {
  const stable_decay *self = (const stable_decay *)schedule;
  return twi_multiply_base(schedule, rates, warmup_stable_decay_factor_at(self, twi_lr_schedule_epoch(schedule)));
}

static const char *const decays[] = {
    [TW_LR_DECAY_LINEAR] = "linear", [TW_LR_DECAY_COSINE] = "cosine", [TW_LR_DECAY_SQRT] = "sqrt", NULL};

static tw_status check_decay(tw_lr_decay decay) {
  if ((int)decay >= TW_LR_DECAY_LINEAR && (int)decay <= TW_LR_DECAY_SQRT) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "decay is %d, which is no tw_lr_decay", (int)decay);
}

static const twi_field warmup_stable_decay_fields[] = {
    TWI_ARGUMENT(stable_decay, warmup_iters, "warmup_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(stable_decay, stable_iters, "stable_iters", TWI_FIELD_NUMBER, 0.0, DBL_MAX),
    TWI_ARGUMENT(stable_decay, decay_iters, "decay_iters", TWI_FIELD_NUMBER, 1.0, DBL_MAX),
    {.name = "decay", .type = TWI_FIELD_CHOICE, .place = offsetof(stable_decay, decay), .choices = decays},
    TWI_ARGUMENT(stable_decay, end_factor, "end_factor", TWI_FIELD_FLOAT, 0.0, 1.0),
    TWI_BASE_FIELDS,
    {.type = TWI_FIELD_END}};

static const twi_lr_schedule_kind warmup_stable_decay_kind = {.name = "WarmupStableDecayLR",
                                                              .fields = warmup_stable_decay_fields,
                                                              .takes_groups = 1,
                                                              .recursive = warmup_stable_decay_recursive,
                                                              .closed_form = warmup_stable_decay_closed_form};

tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t warmup_iters,
                                              int64_t stable_iters, int64_t decay_iters, tw_lr_decay decay,
                                              double end_factor) {
  twi_binding binding;
  tw_status status = twi_bind_begin(&binding, out, optimizer);
  if (status == TW_OK) status = twi_check_at_least(warmup_iters, 0, "warmup_iters");
  if (status == TW_OK) status = twi_check_at_least(stable_iters, 0, "stable_iters");
  if (status == TW_OK) status = twi_check_at_least(decay_iters, 1, "decay_iters");
  if (status == TW_OK) status = check_decay(decay);
  if (status == TW_OK) status = twi_check_within(end_factor, 0.0, 1.0, "end_factor");
  if (status == TW_OK)
    status =
        twi_bind_make(&binding, &warmup_stable_decay_kind, (twi_lr_schedule_size){.structure = sizeof(stable_decay)});
  if (status == TW_OK) {
    stable_decay *self = (stable_decay *)binding.schedule;
    self->warmup_iters = (double)warmup_iters;
    self->stable_iters = (double)stable_iters;
    self->decay_iters = (double)decay_iters;
    self->decay = decay;
    self->end_factor = end_factor;
  }
  return twi_bind_end(&binding, status);
}

/* ==================== src/schedule/warmup_state.c ==================== */

/* A warmup's counter, factors and state. */
#include <stdlib.h>


tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  *out = warmup->last_step;
  twi_optimizer_end_read(warmup->optimizer, locked);
  return status;
}

tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_check_step(step, -1, "step");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  warmup->last_step = step;
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

static tw_status check_factor(const tw_warmup *warmup, int64_t step, size_t group) {
  if (group >= warmup->group_count)
    return twi_fail(TW_ERROR_RANGE, "group is %zu; the warmup has %zu", group, warmup->group_count);
  return twi_check_step(step, 0, "step");
}

tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, int64_t step, size_t group) {
  double factor = 0.0;
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = check_factor(warmup, step, group);
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  status = twi_warmup_factors(&factor, warmup, group, 1, step);
  twi_optimizer_end_read(warmup->optimizer, locked);
  if (status == TW_OK) *out = factor;
  return status;
}

tw_status tw_warmup_get_group_count(size_t *out, const tw_warmup *warmup) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) *out = warmup->group_count;
  return status;
}

tw_status tw_warmup_get_state(int64_t *step, double *lrs, size_t capacity, size_t *needed, const tw_warmup *warmup) {
  if (step != NULL) *step = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK && (capacity != 0 || needed == NULL)) status = twi_check_pointer(lrs, "lrs");
  if (status != TW_OK) return status;
  const int locked = twi_optimizer_begin_read(warmup->optimizer);
  status = twi_copy_doubles(lrs, capacity, needed, warmup->undampened, warmup->group_count, "rates");
  if (status == TW_OK && step != NULL) *step = warmup->last_step;
  twi_optimizer_end_read(warmup->optimizer, locked);
  return status;
}

tw_status tw_warmup_get_undampened_lrs(double *out, size_t capacity, size_t *needed, const tw_warmup *warmup) {
  if (needed != NULL) *needed = 0;
  if (out == NULL && (capacity != 0 || needed == NULL)) return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  return tw_warmup_get_state(NULL, out, capacity, needed, warmup);
}

static tw_status check_state(const tw_warmup *warmup, int64_t step, const double *lrs, size_t count) {
  const tw_status status = twi_check_step(step, 0, "step");
  if (status == TW_OK && count != warmup->group_count)
    return twi_fail(TW_ERROR_ARGUMENT, "count is %zu; the warmup has %zu groups", count, warmup->group_count);
  return status == TW_OK ? twi_check_array(lrs, count, "lrs") : status;
}

tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = check_state(warmup, step, lrs, count);
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_warmup_put_state(warmup, step, lrs);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

/* ==================== src/schedule/warmup_step.c ==================== */

/* What a warmup does at each step. Everything is computed beside what there is: two rows of rates are filled in, the
 * optimizer is written to once, and then the rows change places with the warmup's. */
#include <string.h>


static int64_t at_least_0(int64_t step) { return step > 0 ? step : 0; }

/* ---- what must be so ---- */

tw_status twi_warmup_check(const tw_warmup *warmup) {
  if (warmup->detached) return twi_fail(TW_ERROR_STATE, "the warmup has been detached from its optimizer");
  return twi_optimizer_require_groups(warmup->optimizer, warmup->group_count, "this warmup");
}

static tw_status check_not_begun(const tw_warmup *warmup) {
  if (!warmup->begun) return TW_OK;
  return twi_fail(TW_ERROR_STATE, "dampening has begun; call tw_warmup_dampening_end before this");
}

static tw_status check_begun(const tw_warmup *warmup) {
  if (warmup->begun) return TW_OK;
  return twi_fail(TW_ERROR_STATE, "dampening has not begun; call tw_warmup_dampening_begin before this");
}

/* Which step comes after the last one. */
static tw_status find_next_step(int64_t *out, const tw_warmup *warmup) {
  *out = warmup->last_step + 1;
  return twi_check_step(*out, 0, "the next step");
}

static tw_status check_unedited(const tw_warmup *warmup, const double *lrs) {
  int edited = 0; /* without a branch, so that the loop runs several at a time */
  for (size_t group = 0; group < warmup->group_count; ++group) edited |= lrs[group] != warmup->dampened[group];
  if (!edited) return TW_OK;
  size_t group = 0;
  while (group + 1 < warmup->group_count && lrs[group] == warmup->dampened[group]) ++group;
  return twi_fail(TW_ERROR_STATE,
                  "the rate of group %zu has been changed from outside to %g; set rates between "
                  "tw_warmup_dampening_begin and tw_warmup_dampening_end",
                  group, lrs[group]);
}

/* ---- the parts of a step ---- */

static void swap_rows(double **a, double **b) {
  double *row = *a;
  *a = *b;
  *b = row;
}

tw_status twi_warmup_dampen(tw_warmup *warmup, int64_t step, twi_rates *undampened, const twi_rates *before,
                            const char *source) {
  tw_optimizer *optimizer = warmup->optimizer;
  const size_t count = warmup->group_count;
  twi_rates dampened = {count, optimizer->rows[0], undampened->momentums};
  tw_status status = twi_check_lrs(undampened->lrs, count, source);
  for (size_t group = 0; group < count; ++group) dampened.lrs[group] = undampened->lrs[group] * warmup->factors[group];
  if (status == TW_OK) status = twi_optimizer_write(optimizer, &dampened, before, source);
  if (status != TW_OK) return status;
  swap_rows(&warmup->dampened, &optimizer->rows[0]);
  swap_rows(&warmup->undampened, &optimizer->rows[2]);
  optimizer->room = optimizer->room < count ? optimizer->room : count; /* of the rows that came */
  warmup->last_step = step;
  warmup->begun = 0;
  warmup->put_back = 0;
  return status;
}

tw_status twi_warmup_take_undampened(tw_warmup *warmup, twi_rates *next, twi_rates *present, int with_momentums) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = check_not_begun(warmup);
  if (status == TW_OK) status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status != TW_OK) return status;
  *present = twi_optimizer_present(optimizer, warmup->group_count, with_momentums);
  *next = twi_optimizer_next(optimizer, warmup->group_count, with_momentums);
  status = twi_optimizer_read(optimizer, present);
  if (status == TW_OK) status = check_unedited(warmup, present->lrs);
  if (status != TW_OK) return status;
  twi_rates_copy(next, &(twi_rates){next->count, warmup->undampened, present->momentums});
  return status;
}

static tw_status step_locked(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  twi_rates next, present;
  int with_momentums = 0;
  tw_status status = twi_check_schedulers(schedulers, count, warmup->optimizer, &with_momentums);
  if (status == TW_OK) status = twi_warmup_take_undampened(warmup, &next, &present, with_momentums);
  if (status != TW_OK) return status;
  int64_t step = 0;
  status = find_next_step(&step, warmup);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, step);
  if (status != TW_OK) return status;
  /* The row of the present rates becomes that of the dampened ones; the warmup still has what it held. */
  const twi_rates before = {warmup->group_count, warmup->dampened, present.momentums};
  twi_save_all(schedulers, count);
  status = twi_step_all(schedulers, count, &next);
  if (status == TW_OK) status = twi_warmup_dampen(warmup, step, &next, &before, "the schedule");
  twi_settle_all(schedulers, count, status);
  return status;
}

tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = step_locked(warmup, schedulers, count);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

/* ---- a step in two halves ---- */

static tw_status begin_locked(tw_warmup *warmup) {
  twi_rates next, present;
  tw_status status = twi_warmup_take_undampened(warmup, &next, &present, 0);
  if (status == TW_OK) status = twi_optimizer_write(warmup->optimizer, &next, &present, "the warmup");
  if (status != TW_OK) return status;
  warmup->put_back = 0;
  warmup->begun = 1;
  return status;
}

static tw_status cancel_locked(tw_warmup *warmup) {
  tw_status status = check_begun(warmup);
  if (status == TW_OK) status = twi_warmup_check(warmup);
  if (status == TW_OK)
    status = twi_optimizer_set(warmup->optimizer, warmup->dampened, warmup->group_count, TW_OPTION_LR);
  if (status == TW_OK) warmup->begun = 0;
  return status;
}

/* Dampens the rates that the optimizer has. */
static tw_status dampen_present(tw_warmup *warmup, int64_t step) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_warmup_check(warmup);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, step);
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  status = twi_optimizer_read(optimizer, &next);
  return status == TW_OK ? twi_warmup_dampen(warmup, step, &next, &next, "the optimizer") : status;
}

static tw_status dampen_next(tw_warmup *warmup, tw_status status) {
  int64_t step = 0;
  if (status == TW_OK) status = find_next_step(&step, warmup);
  return status == TW_OK ? dampen_present(warmup, step) : status;
}

static tw_status end_locked(tw_warmup *warmup) { return dampen_next(warmup, check_begun(warmup)); }

static tw_status dampen_locked(tw_warmup *warmup) { return dampen_next(warmup, check_not_begun(warmup)); }

static tw_status with_lock(tw_warmup *warmup, tw_status (*body)(tw_warmup *warmup)) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = body(warmup);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

tw_status tw_warmup_dampening_begin(tw_warmup *warmup) { return with_lock(warmup, begin_locked); }

tw_status tw_warmup_dampening_end(tw_warmup *warmup) { return with_lock(warmup, end_locked); }

tw_status tw_warmup_dampening_cancel(tw_warmup *warmup) { return with_lock(warmup, cancel_locked); }

tw_status tw_warmup_dampen(tw_warmup *warmup) { return with_lock(warmup, dampen_locked); }

tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step) {
  tw_status status = twi_check_pointer(warmup, "warmup");
  if (status == TW_OK) status = twi_check_step(step, 0, "step");
  if (status == TW_OK) status = twi_optimizer_enter(warmup->optimizer);
  if (status != TW_OK) return status;
  status = check_not_begun(warmup);
  if (status == TW_OK) status = dampen_present(warmup, step);
  twi_optimizer_leave(warmup->optimizer);
  return status;
}

/* ---- undoing it ---- */

/* Rates that nobody else has changed become the undampened ones; those of groups added since stay. */
static tw_status put_undampened(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  size_t count = 0;
  tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status == TW_OK) status = twi_optimizer_make_room(optimizer, count);
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, count, 0), next = twi_optimizer_next(optimizer, count, 0);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  twi_rates_copy(&next, &present);
  for (size_t group = 0; group < count && group < warmup->group_count; ++group)
    if (present.lrs[group] == warmup->dampened[group]) next.lrs[group] = warmup->undampened[group];
  return twi_optimizer_write(optimizer, &next, &present, "the warmup");
}

static tw_status detach_locked(tw_warmup *warmup) {
  if (warmup->detached) return twi_fail(TW_ERROR_STATE, "the warmup has been detached from its optimizer already");
  const tw_status status = warmup->begun ? TW_OK : put_undampened(warmup);
  if (status != TW_OK) return status;
  warmup->optimizer->book.warmup = NULL;
  warmup->detached = 1;
  return status;
}

tw_status tw_warmup_detach(tw_warmup *warmup) { return with_lock(warmup, detach_locked); }

/* ---- states that are put back ---- */

tw_status twi_warmup_put_state(tw_warmup *warmup, int64_t step, const double *lrs) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, at_least_0(step));
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  if (next.count > 0) memcpy(next.lrs, lrs, next.count * sizeof *lrs); /* lrs may be null for none */
  status = twi_warmup_dampen(warmup, step, &next, &next, "the state");
  if (status == TW_OK) warmup->put_back = 1;
  return status;
}

tw_status twi_warmup_put_rates(tw_warmup *warmup, const twi_rates *scheduled) {
  tw_optimizer *optimizer = warmup->optimizer;
  const int64_t step = warmup->last_step;
  const int was_put_back = warmup->put_back;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, at_least_0(step));
  if (status != TW_OK) return status;
  twi_rates present = twi_optimizer_present(optimizer, warmup->group_count, scheduled->momentums != NULL);
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, scheduled->momentums != NULL);
  status = twi_optimizer_read(optimizer, &present);
  if (status != TW_OK) return status;
  if (warmup->begun) return twi_optimizer_write(optimizer, scheduled, &present, "the state");
  const twi_rates before = {present.count, warmup->dampened, present.momentums};
  const double *lrs = was_put_back ? warmup->undampened : scheduled->lrs;
  if (next.lrs != lrs) memmove(next.lrs, lrs, next.count * sizeof *lrs);
  if (scheduled->momentums != NULL && next.momentums != scheduled->momentums)
    memmove(next.momentums, scheduled->momentums, next.count * sizeof *lrs);
  status = twi_warmup_dampen(warmup, step, &next, &before, "the state");
  if (status == TW_OK) warmup->put_back = was_put_back;
  return status;
}
