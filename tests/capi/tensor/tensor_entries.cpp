/* One valid call of each entry point of base.h, tensor.h and dlpack.h. */
#include <cstdlib>

#include "base/entry_points.h"

namespace tw::test {
namespace {

void release(void *) {}

tw_tensor *loss(Setup &s) { /* one element, with a graph */
  static Handle<tw_tensor> sum;
  must(tw_op_sum(sum.out(), s.weight.get()));
  return sum.get();
}

const void *at_tensor(Setup &s) {
  const void *address = nullptr;
  must(tw_tensor_get_torch(&address, s.x.get()));
  return address;
}

/* Arguments of a main that has been started anew. */
char *const *restarted() {
  static char name[] = "program";
  static char *argv[] = {name, nullptr};
  setenv("GOMP_SPINCOUNT", "10000", 0);
  return argv;
}

/* Another library's tensor, without elements or a deleter. */
template <class Managed>
Managed *foreign() {
  static int64_t sizes[] = {0};
  static Managed managed;
  managed = {};
  managed.dl_tensor = {nullptr, {1, 0}, 1, {2, 32, 1}, sizes, nullptr, 0};
  if constexpr (std::is_same_v<Managed, DLManagedTensorVersioned>) managed.version.major = 1;
  return &managed;
}

}  // namespace

const Entries base_entries = {
    ENTRY(tw_live_handles, s.out(s.size), TW_HANDLE_TENSOR),
    ENTRY(tw_last_error_copy, s.text, sizeof s.text, s.out(s.size)),
    ENTRY(tw_get_num_threads, s.out(s.size)),
    ENTRY(tw_restart_with_patient_threads, restarted()),
    ENTRY(tw_set_grad_enabled, s.out(s.int32), 1),
    ENTRY(tw_cuda_is_available, s.out(s.int32)),
    ENTRY(tw_cuda_get_device_count, s.out(s.size)),
};

const Entries tensor_entries = {
    ENTRY(tw_tensor_empty, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_zeros, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_ones, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_full_double, s.out(s.tensor), s.ints, 2, 1.0, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_full_int64, s.out(s.tensor), s.ints, 2, 1, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_rand, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu", s.generator.get()),
    ENTRY(tw_tensor_randn, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu", s.generator.get()),
    ENTRY(tw_tensor_arange_double, s.out(s.tensor), 0.0, 3.0, 1.0, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_arange_int64, s.out(s.tensor), 0, 3, 1, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_from_data, s.out(s.tensor), s.floats, sizeof(float), s.ints, 2, TW_FLOAT32),
    ENTRY(tw_tensor_from_blob, s.out(s.tensor), s.floats, sizeof s.floats, s.ints, 2, s.ints, TW_FLOAT32, &s, release),
    ENTRY(tw_tensor_get_ndim, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_sizes, s.ints, 8, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_strides, s.ints, 8, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_dtype, s.out(s.dtype), s.x.get()),
    ENTRY(tw_tensor_get_device, s.text, sizeof s.text, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_numel, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_data_ptr, s.out(s.pointer), s.x.get()),
    ENTRY(tw_tensor_get_item_double, s.out(s.real), s.target.get()),
    ENTRY(tw_tensor_get_item_int64, s.out(s.int64), s.target.get()),
    ENTRY(tw_tensor_copy_data, s.floats, 16, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_copy_from, s.x.get(), s.target.get()),
    ENTRY(tw_tensor_format, s.text, sizeof s.text, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_to_dtype, s.out(s.tensor), s.x.get(), TW_FLOAT64),
    ENTRY(tw_tensor_to_device, s.out(s.tensor), s.x.get(), "cpu"),
    ENTRY(tw_tensor_from_torch, s.out(s.tensor), at_tensor(s)),
    ENTRY(tw_tensor_get_torch, s.out(s.address), s.x.get()),
    ENTRY(tw_tensor_clone, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_detach, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_share, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_set_requires_grad, s.x.get(), 1),
    ENTRY(tw_tensor_get_requires_grad, s.out(s.int32), s.x.get()),
    ENTRY(tw_tensor_get_grad, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_set_grad, s.weight.get(), s.gradient.get()),
    ENTRY(tw_tensor_backward, loss(s), nullptr, 0),
    ENTRY(tw_tensor_list_create, s.out(s.made_list), list(s.x), 1),
    ENTRY(tw_tensor_list_get_count, s.out(s.size), s.tensor_list.get()),
    ENTRY(tw_tensor_list_get, s.out(s.tensor), s.tensor_list.get(), 0),
    ENTRY(tw_tensor_list_get_data, s.out(s.handles), s.out(s.size), s.tensor_list.get()),
    ENTRY(tw_generator_create, s.out(s.made_generator), "cpu", 1),
    ENTRY(tw_generator_manual_seed, s.generator.get(), 1),
};

const Entries dlpack_entries = {
    ENTRY(tw_tensor_to_dlpack, s.out(s.made_dlpack), s.x.get()),
    ENTRY(tw_tensor_to_dlpack_versioned, s.out(s.made_versioned), s.x.get()),
    ENTRY(tw_tensor_from_dlpack, s.out(s.tensor), foreign<DLManagedTensor>()),
    ENTRY(tw_tensor_from_dlpack_versioned, s.out(s.tensor), foreign<DLManagedTensorVersioned>()),
};

}  // namespace tw::test
