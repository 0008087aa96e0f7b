/* Tensors over memory that somebody else owns. */
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <vector>

#include "base/handles.h"

namespace tw {

/* The sizes of a tensor whose elements can be counted; TW_ERROR_RANGE that names the one at fault. */
at::IntArrayRef checked_sizes(const int64_t *sizes, size_t dim);

/* The strides, none of them negative; those of rows without gaps where strides is null. */
std::vector<int64_t> checked_strides(const int64_t *strides, at::IntArrayRef sizes);

/* A tensor over data. Once it has been made, release is called exactly once, when the last owner of the memory goes; of a
   failure it never hears. */
std::unique_ptr<tw_tensor> lend(void *data, at::IntArrayRef sizes, at::IntArrayRef strides,
                                const at::TensorOptions &options, std::function<void()> release);

}  // namespace tw
