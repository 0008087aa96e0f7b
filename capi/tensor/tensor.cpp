/* Tensors: copying, converting and sharing them. create.cpp makes them, inspect.cpp looks into them, gradient.cpp has
   their gradients. */
#include "torch_warmup/tensor.h"

#include <ATen/ATen.h>

#include <cstring>

#include "base/handles.h"
#include "tensor/dtype.h"
#include "tensor/memory.h"

tw_status tw_tensor_copy_data(void *out, size_t capacity, size_t *needed, const tw_tensor *tensor) {
  if (needed != nullptr) *needed = 0;
  return tw::guard([&] {
    const at::Tensor source = tw::with_memory(tw::tensor_of(tensor, "tensor"), "the tensor");
    const size_t bytes = static_cast<size_t>(source.numel()) * source.element_size();
    if (tw::asks_for_size(out, capacity, needed)) {
      *needed = bytes;
      return;
    }
    tw::check_capacity(out, capacity, needed, bytes, "bytes");
    if (bytes == 0) return;
    if (needed != nullptr) *needed = 0; /* until nothing can fail any more */
    /* Negation and conjugation may be pending: a bit on the tensor that its memory knows nothing of. */
    const at::Tensor host = source.detach().to(at::kCPU).resolve_conj().resolve_neg().contiguous();
    std::memcpy(out, host.data_ptr(), bytes);
    if (needed != nullptr) *needed = bytes;
  });
}

tw_status tw_tensor_copy_from(tw_tensor *tensor, const tw_tensor *source) {
  return tw::guard([&] {
    const at::Tensor &from = tw::tensor_of(source, "source");
    tw::tensor_of(tensor, "tensor").copy_(from);
  });
}

tw_status tw_tensor_to_dtype(tw_tensor **out, const tw_tensor *tensor, tw_dtype dtype) {
  return tw::guard_new(out,
                       [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").to(tw::scalar_type_of(dtype))); });
}

tw_status tw_tensor_to_device(tw_tensor **out, const tw_tensor *tensor, const char *device) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").to(tw::device_of(device))); });
}

tw_status tw_tensor_clone(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").clone()); });
}

tw_status tw_tensor_detach(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor").detach()); });
}

tw_status tw_tensor_share(tw_tensor **out, const tw_tensor *tensor) {
  return tw::guard_new(out, [&] { return tw::new_tensor(tw::tensor_of(tensor, "tensor")); });
}

void tw_tensor_free(tw_tensor *tensor) { tw::take(tensor, "tw_tensor_free"); }
