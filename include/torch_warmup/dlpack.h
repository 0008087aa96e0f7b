/**
 * @file dlpack.h
 * DLPack: tensors to and from any other library in the process (NumPy, JAX, CuPy, TVM, a PyTorch), without a copy.
 *
 * DLPack's structures are named here, not defined; include its own dlpack.h to look into them. "Legacy" is
 * DLManagedTensor, of DLPack before 1.0, and "versioned" DLManagedTensorVersioned, of 1.0 and later. On CUDA it is for the
 * caller to wait for work that is queued on the memory.
 * Source: https://dmlc.github.io/dlpack/latest/c_api.html.
 */
#ifndef TORCH_WARMUP_DLPACK_H
#define TORCH_WARMUP_DLPACK_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

struct DLManagedTensor;
struct DLManagedTensorVersioned;

/**
 * Creates a legacy DLPack tensor over a tensor's memory.
 *
 * @param out     creates it; NULL on failure. Whoever takes it calls its deleter exactly once, as DLPack says.
 * @param tensor  shares: its memory lives until the deleter is called.
 * @retval TW_ERROR_STATE  it requires a gradient, which DLPack cannot carry: detach it first; or a negation of it is
 *                         pending: clone it first
 * @retval TW_ERROR_TYPE   it is sparse, or of another kind without plain memory (tensor.h), or of a dtype that tw_dtype
 *                         does not list, or on a device other than CPU and CUDA
 */
TW_CALL tw_status tw_tensor_to_dlpack(struct DLManagedTensor **out, const tw_tensor *tensor);

/** As tw_tensor_to_dlpack, versioned: DLPack 1.0, not read-only. */
TW_CALL tw_status tw_tensor_to_dlpack_versioned(struct DLManagedTensorVersioned **out, const tw_tensor *tensor);

/**
 * Creates a tensor over the memory of a legacy DLPack tensor.
 *
 * @param out      creates the tensor; NULL on failure.
 * A stride along which there are fewer than two elements may be anything, as NumPy's are.
 *
 * @param managed  consumes: its deleter runs once, when the last tensor over the memory is gone. On failure it stays
 *                 yours. Nothing in it says that it has been taken: a second time frees it twice.
 * @retval TW_ERROR_ARGUMENT  its data is NULL where there are elements, or not aligned to them
 * @retval TW_ERROR_RANGE     a size or stride is negative, there are more than 64 dimensions, or its elements reach
 *                            beyond the end of memory
 * @retval TW_ERROR_TYPE      its dtype is none of tw_dtype, or has lanes
 * @retval TW_ERROR_DEVICE    its device is not here
 */
TW_CALL tw_status tw_tensor_from_dlpack(tw_tensor **out, struct DLManagedTensor *managed);

/**
 * As tw_tensor_from_dlpack, versioned.
 *
 * @retval TW_ERROR_FORMAT  its major version is not 1
 * @retval TW_ERROR_STATE   it is read-only, which no tensor here can promise to keep; copy it first
 */
TW_CALL tw_status tw_tensor_from_dlpack_versioned(tw_tensor **out, struct DLManagedTensorVersioned *managed);

#ifdef __cplusplus
}
#endif

#endif
