/* The one table between this library's numbers and LibTorch's. */
#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>
#include <c10/util/ArrayRef.h>

#include <string>

#include "torch_warmup/tensor.h"

namespace tw {

c10::ScalarType scalar_type_of(tw_dtype dtype);
tw_dtype dtype_of(c10::ScalarType type);

/* "torch.float32 tensor [2, 3]", as Python names it. */
std::string tensor_type_name(c10::ScalarType type, c10::IntArrayRef sizes);

/* "cuda:1" as LibTorch has it; null is the CPU. A device that is not there is TW_ERROR_DEVICE. */
c10::Device device_of(const char *name);

/* How many CUDA devices can be used; 0 without CUDA. */
int64_t cuda_device_count();

}  // namespace tw
