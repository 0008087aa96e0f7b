/* Pickles a tree of values, protocol 2, as torch.save does: tensors name storages by number. */
#ifndef TW_PICKLE_WRITE_H
#define TW_PICKLE_WRITE_H

#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_pickle {
  unsigned char *bytes;
  size_t length;
  tw_storage **storages; /* borrowed from the tree; the first is called "0" in the pickle */
  size_t storage_count;
} tw_pickle;

/* 0 where memory is out. */
int tw_pickle_write(tw_pickle *out, tw_value *root);
void tw_pickle_destroy(tw_pickle *pickle);

#ifdef __cplusplus
}
#endif

#endif
