/* Which tensors have elements in memory as their sizes and strides say. An operator can return many that have not. */
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

namespace tw {

/* Fails with TW_ERROR_TYPE where it has not; the message, of a tensor called name, says what to do. */
void require_memory(const at::Tensor &tensor, const std::string &name);

/* The tensor itself; of a zero tensor, which has zeros and no memory for them, one that has. Fails as require_memory. */
at::Tensor with_memory(const at::Tensor &tensor, const std::string &name);

/* Fails with TW_ERROR_TYPE where copying into it would fail. */
void require_writable(const at::Tensor &tensor, const std::string &name);

}  // namespace tw
