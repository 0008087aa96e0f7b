/* Reads a pickle of torch.save without running anything: a stack of plain values, and the few names of pickle_names.h,
   each of which stands for a piece of code here. Whatever else the pickle asks for is refused. */
#ifndef TWI_PICKLE_READ_H
#define TWI_PICKLE_READ_H

#include "archive/checkpoint_fault.h"
#include "archive/checkpoint_value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How deep containers may lie in one another. */
enum { TWI_PICKLE_DEPTH = 100 };

/* Where the bytes of tensors are. */
typedef struct twi_pickle_storages {
  /* A reference to the storage of that key, which must have count elements. NULL, with a fault, where there is none. */
  twi_storage *(*find)(void *context, const char *key, size_t key_length, twi_element element, uint64_t count,
                       twi_fault *fault);
  void *context;
} twi_pickle_storages;

/* The value that the pickle stands for; NULL with a fault. */
twi_value *twi_pickle_read(const unsigned char *bytes, size_t length, const twi_pickle_storages *storages,
                           twi_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
