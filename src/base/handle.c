#include "base/handle.h"

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
