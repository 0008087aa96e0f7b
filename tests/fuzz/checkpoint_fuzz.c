/* Whole files: the zip archive, its directory, and the pickle in it. */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "archive/checkpoint_read.h"
#include "archive/pickle_write.h"
#include "fuzz_require.h"

typedef struct input {
  const uint8_t *bytes;
  size_t size;
} input;

/* A read outside what the reader was promised is a fault of the reader. */
static int read_input(void *context, uint64_t offset, void *out, size_t count) {
  const input *in = context;
  FUZZ_REQUIRE(offset <= in->size && count <= in->size - offset);
  if (count > 0) memcpy(out, in->bytes + offset, count);
  return 0;
}

/* What was taken can be written, and its tensors lie in the file. */
static void check_taken(twi_value *root, size_t size) {
  twi_pickle pickle;
  FUZZ_REQUIRE(twi_pickle_write(&pickle, root));
  for (size_t i = 0; i < pickle.storage_count; ++i) {
    FUZZ_REQUIRE(pickle.storages[i]->offset <= size);
    FUZZ_REQUIRE(pickle.storages[i]->bytes <= size - pickle.storages[i]->offset);
  }
  twi_pickle_destroy(&pickle);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  input in = {bytes, size};
  const twi_zip_source source = {read_input, &in, size};
  twi_fault fault = {.kind = TWI_FAULT_NONE};
  twi_value *root = twi_checkpoint_read(&source, &fault);
  if (root != NULL) check_taken(root, size);
  FUZZ_REQUIRE((root == NULL) == (fault.kind == TWI_FAULT_FORMAT || fault.kind == TWI_FAULT_UNSUPPORTED));
  FUZZ_REQUIRE(root != NULL || fault.text[0] != 0);
  twi_value_release(root);
  return 0;
}
