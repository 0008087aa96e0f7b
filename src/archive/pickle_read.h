/* Reads a pickle of torch.save without running anything: a stack of plain values, and the few names of pickle_names.h,
   each of which stands for a piece of code here. Whatever else the pickle asks for is refused. */
#ifndef TW_PICKLE_READ_H
#define TW_PICKLE_READ_H

#include "archive/checkpoint_fault.h"
#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How deep containers may lie in one another. */
enum { TW_PICKLE_DEPTH = 100 };

/* Where the bytes of tensors are. */
typedef struct tw_pickle_storages {
  /* A reference to the storage of that key, which must have count elements. NULL, with a fault, where there is none. */
  tw_storage *(*find)(void *context, const char *key, size_t key_length, tw_element element, uint64_t count,
                      tw_fault *fault);
  void *context;
} tw_pickle_storages;

/* The value that the pickle stands for; NULL with a fault. */
tw_value *tw_pickle_read(const unsigned char *bytes, size_t length, const tw_pickle_storages *storages,
                         tw_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
