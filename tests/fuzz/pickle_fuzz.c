/* Pickles alone, without the CRCs that keep most damage of an archive from being looked at. */
#include <stdint.h>
#include <string.h>

#include "archive/pickle_read.h"
#include "archive/pickle_write.h"
#include "fuzz_require.h"

enum { MOST_STORAGES = 64, LARGEST_STORAGE = 1 << 20 /* elements */ };

/* Storages by their first reading: an archive whose every entry is as large as is asked for. */
typedef struct archive {
  twi_storage *storages[MOST_STORAGES];
} archive;

static size_t number_of(const char *key, size_t length) {
  size_t number = 0;
  for (size_t i = 0; i < length && number < MOST_STORAGES; ++i)
    number = key[i] >= '0' && key[i] <= '9' ? 10 * number + (size_t)(key[i] - '0') : MOST_STORAGES;
  return length > 0 ? number : MOST_STORAGES;
}

static twi_storage *find(void *context, const char *key, size_t length, twi_element element, uint64_t count,
                         twi_fault *fault) {
  archive *in = context;
  const size_t number = number_of(key, length);
  if (number < MOST_STORAGES && count <= LARGEST_STORAGE) {
    twi_storage **place = &in->storages[number];
    if (*place == NULL) *place = twi_storage_new(element, count * twi_element_size(element), NULL, NULL);
    if (*place != NULL && (*place)->element == element && (*place)->bytes == count * twi_element_size(element))
      return twi_storage_retain(*place);
  }
  twi_fault_format(fault, "there is no such storage");
  return NULL;
}

static twi_value *read_pickle(const uint8_t *bytes, size_t size, twi_fault *fault) {
  archive in = {.storages = {NULL}};
  const twi_pickle_storages storages = {find, &in};
  twi_value *root = twi_pickle_read(bytes, size, &storages, fault);
  for (size_t i = 0; i < MOST_STORAGES; ++i) twi_storage_release(in.storages[i]);
  return root;
}

/* Reads what was written, which must be taken. */
static twi_value *read_again(const twi_pickle *pickle) {
  twi_fault fault = {.kind = TWI_FAULT_NONE};
  twi_value *root = read_pickle(pickle->bytes, pickle->length, &fault);
  if (root == NULL) fprintf(stderr, "what was written is refused: %s\n", fault.text);
  FUZZ_REQUIRE(root != NULL);
  return root;
}

/* What was taken is written and read, and that over again: to the same bytes. Not from the first time on, for a foreign
   pickle may have the same value, such as (), as one or as two. */
static void check_round_trip(twi_value *root) {
  twi_pickle pickles[3];
  FUZZ_REQUIRE(twi_pickle_write(&pickles[0], root));
  for (int i = 0; i < 2; ++i) {
    twi_value *again = read_again(&pickles[i]);
    FUZZ_REQUIRE(again->kind == root->kind && twi_pickle_write(&pickles[i + 1], again));
    twi_value_release(again);
  }
  FUZZ_REQUIRE(pickles[1].length == pickles[2].length);
  FUZZ_REQUIRE(memcmp(pickles[1].bytes, pickles[2].bytes, pickles[1].length) == 0);
  FUZZ_REQUIRE(pickles[0].storage_count == pickles[2].storage_count);
  for (int i = 0; i < 3; ++i) twi_pickle_destroy(&pickles[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  twi_fault fault = {.kind = TWI_FAULT_NONE};
  twi_value *root = read_pickle(bytes, size, &fault);
  FUZZ_REQUIRE((root == NULL) == (fault.kind == TWI_FAULT_FORMAT || fault.kind == TWI_FAULT_UNSUPPORTED));
  if (root != NULL) check_round_trip(root);
  twi_value_release(root);
  return 0;
}
