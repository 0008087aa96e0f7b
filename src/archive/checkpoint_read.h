/* Reads a checkpoint: a zip archive whose data.pkl says what it holds and whose other entries are the tensors' bytes. */
#ifndef TW_CHECKPOINT_READ_H
#define TW_CHECKPOINT_READ_H

#include "archive/checkpoint_fault.h"
#include "archive/checkpoint_value.h"
#include "archive/zip_read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The dict that the file holds; NULL with a fault. Storages say where in the source their bytes lie, and all of the
   file has been compared with its CRCs. */
tw_value *tw_checkpoint_read(const tw_zip_source *source, tw_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
