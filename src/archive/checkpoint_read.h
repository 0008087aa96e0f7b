/* Reads a checkpoint: a zip archive whose data.pkl says what it holds and whose other entries are the tensors' bytes. */
#ifndef TWI_CHECKPOINT_READ_H
#define TWI_CHECKPOINT_READ_H

#include "archive/checkpoint_fault.h"
#include "archive/checkpoint_value.h"
#include "archive/zip_read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the file holds, a dict as a rule; NULL with a fault. Storages say where in the source their bytes lie, and all of the
   file has been compared with its CRCs. */
twi_value *twi_checkpoint_read(const twi_zip_source *source, twi_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
