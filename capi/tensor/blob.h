/* Tensors over memory that somebody else owns. */
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <vector>

#include "base/handles.h"

namespace tw {

/* The sizes of a tensor whose elements can be counted; TW_ERROR_RANGE that names the one at fault. */
at::IntArrayRef checked_sizes(const int64_t *sizes, size_t ndim);

/* The strides, none of them negative; those of rows without gaps where strides is null. */
std::vector<int64_t> checked_strides(const int64_t *strides, at::IntArrayRef sizes);

/* How many elements from the first to the last one that sizes and strides reach: of any tw_dtype, 64 bits can count the
   bytes. */
int64_t span_of(at::IntArrayRef sizes, at::IntArrayRef strides);

/* A tensor over data, which is owner's: it lets go of it when the last user of the memory goes, or fails to be made. */
std::unique_ptr<tw_tensor> lend(void *data, at::IntArrayRef sizes, at::IntArrayRef strides,
                                const at::TensorOptions &options, const std::shared_ptr<void> &owner);

}  // namespace tw
