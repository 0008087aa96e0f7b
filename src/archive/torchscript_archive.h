/* Files of torch.jit.save, looked over before LibTorch reads them: it compares no CRC, and says little of what is wrong. */
#ifndef TWI_TORCHSCRIPT_ARCHIVE_H
#define TWI_TORCHSCRIPT_ARCHIVE_H

#include "archive/zip_read.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether it is such a file, with every entry undamaged. 0, with a fault that says what to do, where not. */
int twi_torchscript_check(const twi_zip_source *source, twi_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
