#include "base/options.h"

#include <string.h>

#include "base/error.h"

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
