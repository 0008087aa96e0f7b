/* The one table between this library's numbers and LibTorch's. */
#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include "torch_warmup/tensor.h"

namespace tw {

c10::ScalarType scalar_type_of(tw_dtype dtype);
tw_dtype dtype_of(c10::ScalarType type);

/* "cuda:1" as LibTorch has it; null is the CPU. A device that is not there is TW_ERROR_DEVICE. */
c10::Device device_of(const char *name);

/* How many CUDA devices can be used; 0 without CUDA. */
int64_t cuda_device_count();

}  // namespace tw
