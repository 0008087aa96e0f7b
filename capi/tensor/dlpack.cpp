/* Tensors to and from other libraries by DLPack. */
#include "torch_warmup/dlpack.h"

#include <ATen/ATen.h>

#include <array>

#include "tensor/blob.h"
#include "tensor/dlpack_abi.h"
#include "tensor/dtype.h"
#include "tensor/memory.h"

namespace tw {
namespace {

/* ---- types and devices ---- */

struct TypeRow {
  tw_dtype dtype;
  uint8_t code;
  uint8_t bits;
};

constexpr std::array<TypeRow, 10> types{{
    {TW_UINT8, dlpack::code_uint, 8},
    {TW_INT8, dlpack::code_int, 8},
    {TW_INT16, dlpack::code_int, 16},
    {TW_INT32, dlpack::code_int, 32},
    {TW_INT64, dlpack::code_int, 64},
    {TW_FLOAT16, dlpack::code_float, 16},
    {TW_BFLOAT16, dlpack::code_bfloat, 16},
    {TW_FLOAT32, dlpack::code_float, 32},
    {TW_FLOAT64, dlpack::code_float, 64},
    {TW_BOOL, dlpack::code_bool, 8},
}};

dlpack::DataType foreign_type(c10::ScalarType type) {
  const tw_dtype dtype = dtype_of(type);
  for (const TypeRow &row : types)
    if (row.dtype == dtype) return {row.code, row.bits, 1};
  fail(TW_ERROR_TYPE, "the tensor's elements are of type ", type, ", which DLPack lacks");
}

c10::ScalarType own_type(dlpack::DataType type) {
  for (const TypeRow &row : types)
    if (row.code == type.code && row.bits == type.bits && type.lanes == 1) return scalar_type_of(row.dtype);
  fail(TW_ERROR_TYPE, "the DLPack tensor's dtype has code ", int{type.code}, ", ", int{type.bits}, " bits and ",
       type.lanes, " lanes, which is no tw_dtype");
}

dlpack::Device foreign_device(c10::Device device) {
  if (device.is_cpu()) return {dlpack::device_cpu, 0};
  check(device.is_cuda(), TW_ERROR_TYPE, "the tensor is on ", device, ", which has no place in DLPack here");
  return {dlpack::device_cuda, device.index()};
}

/* Pinned memory is the CPU's as well. */
c10::Device own_device(dlpack::Device device) {
  if (device.type == dlpack::device_cpu || device.type == dlpack::device_cuda_host) return device_of("cpu");
  check(device.type == dlpack::device_cuda, TW_ERROR_DEVICE, "the DLPack tensor is on a device of type ", device.type,
        "; 1 (CPU), 2 (CUDA) and 3 (pinned) are known");
  return device_of(c10::str("cuda:", device.id).c_str());
}

/* ---- to DLPack ---- */

/* What a DLPack structure of ours points into: lives until its deleter runs. */
template <class Structure>
struct Export {
  at::Tensor tensor;
  std::vector<int64_t> sizes, strides;
  Structure structure{};

  static void release(Structure *self) { delete static_cast<Export *>(self->context); }
};

void require_plain(const at::Tensor &tensor) {
  check(!tensor.requires_grad(), TW_ERROR_STATE, "the tensor requires a gradient; detach it first");
  require_memory(tensor, "the tensor");
  check(!tensor.is_neg(), TW_ERROR_STATE, "the tensor is a view whose negation is pending; clone it first");
}

template <class Structure>
std::unique_ptr<Export<Structure>> new_export(const at::Tensor &tensor) {
  require_plain(tensor);
  auto made = std::make_unique<Export<Structure>>();
  made->tensor = tensor;
  made->sizes = tensor.sizes().vec();
  made->strides = tensor.strides().vec();
  dlpack::Array &array = made->structure.array;
  array.device = foreign_device(tensor.device());
  array.dtype = foreign_type(tensor.scalar_type());
  array.data = tensor.data_ptr();
  array.ndim = static_cast<int32_t>(tensor.dim());
  array.shape = made->sizes.data();
  array.strides = made->strides.data();
  made->structure.context = made.get();
  made->structure.deleter = &Export<Structure>::release;
  return made;
}

/* ---- from DLPack ---- */

/* The first of the elements, which reach as many bytes from there on. Without elements nothing is looked at. */
void *data_of(const dlpack::Array &array, size_t element_size, uint64_t reach) {
  if (array.data == nullptr || reach == 0) return nullptr;
  const uint64_t beyond = UINTPTR_MAX - reinterpret_cast<uintptr_t>(array.data);
  check(array.byte_offset <= beyond && reach <= beyond - array.byte_offset, TW_ERROR_RANGE,
        "the DLPack tensor's byte_offset is ", array.byte_offset, " and its elements reach ", reach,
        " bytes, which is beyond the end of memory");
  char *data = static_cast<char *>(array.data) + array.byte_offset;
  check(reinterpret_cast<uintptr_t>(data) % element_size == 0, TW_ERROR_ARGUMENT, "the DLPack tensor's data at ",
        static_cast<const void *>(data), " is not aligned to its elements of ", element_size, " bytes");
  return data;
}

/* Another library's tensor. Until it is agreed that it is ours its deleter does not run: what fails leaves it theirs. */
template <class Structure>
struct Loan {
  Structure &managed;
  bool agreed = false;

  explicit Loan(Structure &managed) : managed(managed) {}
  Loan(const Loan &) = delete;
  Loan &operator=(const Loan &) = delete;
  ~Loan() {
    if (agreed && managed.deleter != nullptr) managed.deleter(&managed);
  }
};

template <class Structure>
std::unique_ptr<tw_tensor> adopt(Structure &managed) {
  const dlpack::Array &array = managed.array;
  check(array.ndim >= 0, TW_ERROR_RANGE, "the DLPack tensor's ndim is ", array.ndim);
  const at::IntArrayRef sizes = checked_sizes(array.shape, static_cast<size_t>(array.ndim));
  const std::vector<int64_t> strides = checked_strides(array.strides, sizes);
  const auto options = at::TensorOptions().dtype(own_type(array.dtype)).device(own_device(array.device));
  const size_t element_size = options.dtype().itemsize();
  void *data = data_of(array, element_size, static_cast<uint64_t>(span_of(sizes, strides)) * element_size);
  const auto loan = std::make_shared<Loan<Structure>>(managed);
  auto made = lend(data, sizes, strides, options, loan);
  loan->agreed = true;
  return made;
}

}  // namespace
}  // namespace tw

tw_status tw_tensor_to_dlpack(struct DLManagedTensor **out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    auto made = tw::new_export<tw::dlpack::Managed>(tw::tensor_of(tensor, "tensor"));
    return reinterpret_cast<DLManagedTensor *>(&made.release()->structure);
  });
}

tw_status tw_tensor_to_dlpack_versioned(struct DLManagedTensorVersioned **out, const tw_tensor *tensor) {
  return tw::guard_value(out, [&] {
    auto made = tw::new_export<tw::dlpack::ManagedVersioned>(tw::tensor_of(tensor, "tensor"));
    made->structure.version = {tw::dlpack::major_version, 0};
    return reinterpret_cast<DLManagedTensorVersioned *>(&made.release()->structure);
  });
}

tw_status tw_tensor_from_dlpack(tw_tensor **out, struct DLManagedTensor *managed) {
  return tw::guard_new(
      out, [&] { return tw::adopt(reinterpret_cast<tw::dlpack::Managed &>(tw::require(managed, "managed"))); });
}

tw_status tw_tensor_from_dlpack_versioned(tw_tensor **out, struct DLManagedTensorVersioned *managed) {
  return tw::guard_new(out, [&] {
    tw::require(managed, "managed");
    auto &structure = *reinterpret_cast<tw::dlpack::ManagedVersioned *>(managed);
    tw::check(structure.version.major == tw::dlpack::major_version, TW_ERROR_FORMAT, "the DLPack tensor is of version ",
              structure.version.major, ".", structure.version.minor, "; major version 1 is known");
    tw::check((structure.flags & tw::dlpack::flag_read_only) == 0, TW_ERROR_STATE,
              "the DLPack tensor is read-only; copy it first");
    return tw::adopt(structure);
  });
}
