#include "tensor/memory.h"

#include <ATen/ATen.h>
#include <ATen/MemoryOverlap.h>

#include "base/guard.h"

namespace tw {
namespace {

struct Without {
  bool (*is)(const at::Tensor &tensor);
  const char *what;
};

constexpr Without kinds[] = {
    {[](const at::Tensor &tensor) { return tensor.is_meta(); }, "is on the meta device, where there are no elements"},
    {[](const at::Tensor &tensor) { return tensor.is_quantized(); }, "is quantized; call dequantize first"},
    {[](const at::Tensor &tensor) { return tensor.is_nested(); }, "is nested; call to_padded_tensor or unbind first"},
    {[](const at::Tensor &tensor) { return tensor._is_zerotensor(); },
     "is a zero tensor, which has no memory of its own; clone it first"},
};

}  // namespace

void require_memory(const at::Tensor &tensor, const std::string &name) {
  for (const Without &kind : kinds) check(!kind.is(tensor), TW_ERROR_TYPE, name, " ", kind.what);
  check(tensor.layout() == at::kStrided, TW_ERROR_TYPE, name, " is of layout ", tensor.layout(),
        ", not strided; call to_dense first");
  check(tensor.has_storage(), TW_ERROR_TYPE, name, " has no memory that can be looked into");
}

at::Tensor with_memory(const at::Tensor &tensor, const std::string &name) {
  const bool is_zero = tensor._is_zerotensor();
  const at::Tensor made = is_zero ? at::zeros(tensor.sizes(), tensor.options()) : tensor;
  require_memory(made, name);
  return made;
}

void require_writable(const at::Tensor &tensor, const std::string &name) {
  require_memory(tensor, name);
  check(at::has_internal_overlap(tensor) != at::MemOverlap::Yes, TW_ERROR_TYPE, name,
        " has elements that share one place in memory, as expand makes them; clone it first");
}

}  // namespace tw
