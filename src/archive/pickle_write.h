/* Pickles a tree of values, protocol 2, as torch.save does: tensors name storages by number. */
#ifndef TWI_PICKLE_WRITE_H
#define TWI_PICKLE_WRITE_H

#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_pickle {
  unsigned char *bytes;
  size_t length;
  twi_storage **storages; /* borrowed from the tree; the first is called "0" in the pickle */
  size_t storage_count;
  const twi_value *foreign; /* borrowed: a TWI_GLOBAL_FOREIGN_TENSOR, for which there is no pickle then; or NULL */
} twi_pickle;

/* 0 where memory is out, or where foreign tells a value that no pickle has. */
int twi_pickle_write(twi_pickle *out, twi_value *root);
void twi_pickle_destroy(twi_pickle *pickle);

#ifdef __cplusplus
}
#endif

#endif
