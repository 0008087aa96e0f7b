/* Tensors, lists of them, generators, and what belongs to the process. */
#include "callbacks.h"
#include "dlpack.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_tensor>;
using Tensor = In<tw_tensor>;
using Generator = OptionalIn<tw_generator>;

/* Mostly floats, so that operators take them. */
struct Dtype : Plain {
  tw_dtype value;
  explicit Dtype(Run &run)
      : value(run.random.chance(60) ? TW_FLOAT32 : OneOf<tw_dtype, TW_UINT8, TW_BOOL>(run).value) {}
  auto values() const { return std::make_tuple(value); }
  std::string text() const { return text_of(static_cast<int>(value)); }
};

/* The result of tw_tensor_empty: its elements are whatever was there, so they are set before anyone looks. */
struct Unset : Made {
  using Made::Made;
  void keep(Run &run, tw_status status) {
    if (status == TW_OK && made != nullptr && TW_OP_INPLACE("zero_", TW_TENSOR(made)) != TW_OK) run.fail("zero_ works");
    Made::keep(run, status);
  }
};

/* Where arange starts, ends, and how far it goes at a time: never many numbers that there is memory for. */
TW_FUZZ_INT64(Bound, 0, 1, 5, 9, -3);
TW_FUZZ_INT64(Stride, 1, 2, -1);
TW_FUZZ_DOUBLE(BoundDouble, 0, 1, 5, 9.5, -3);
TW_FUZZ_DOUBLE(StrideDouble, 1, 0.5, 2, -1);

/* Elements of a caller's, as many as the sizes say, or a byte more or less. */
struct Data : Plain {
  std::vector<char> bytes;
  Sizes sizes;
  Dtype dtype;
  bool is_null;
  explicit Data(Run &run) : sizes(run), dtype(run), is_null(run.random.chance(3)) {
    size_t count = 4; /* the widest element needs eight bytes; the others are wrong unless chosen so */
    if (dtype.value == TW_INT64 || dtype.value == TW_FLOAT64) count = 8;
    if (dtype.value == TW_UINT8 || dtype.value == TW_INT8 || dtype.value == TW_BOOL) count = 1;
    if (dtype.value == TW_INT16 || dtype.value == TW_FLOAT16 || dtype.value == TW_BFLOAT16) count = 2;
    for (const int64_t size : sizes.elements) count = size < 0 || size > 8 ? 0 : count * static_cast<size_t>(size);
    if (run.random.chance(5)) ++count;
    bytes.resize(count, 1);
  }
  const void *data() const { return is_null ? nullptr : bytes.data(); }
  auto values() const { return std::tuple_cat(std::make_tuple(data(), bytes.size()), sizes.values(), dtype.values()); }
  std::string text() const { return text_of(bytes.size()) + " bytes, " + sizes.text() + ", " + dtype.text(); }
};

/* The caller's memory under a tensor, which lives until it is released. */
struct Blob : Data {
  Context *context;
  std::vector<int64_t> strides;
  bool has_strides;
  explicit Blob(Run &run) : Data(run), context(&run.new_context(Role::kMemory)), has_strides(run.random.chance(30)) {
    context->memory = bytes;
    for (size_t i = 0; i < sizes.count && !sizes.is_null; ++i) strides.push_back(Size(run).value);
  }
  auto values() const {
    void *memory = is_null ? nullptr : context->memory.data();
    return std::tuple_cat(std::make_tuple(memory, context->memory.size()), sizes.values(),
                          std::make_tuple(has_strides ? strides.data() : nullptr), dtype.values(),
                          std::make_tuple(static_cast<void *>(context), released));
  }
  std::string text() const {
    std::string all = Data::text() + (has_strides ? ", strides" : ", NULL");
    for (const int64_t stride : strides) all += has_strides ? " " + text_of(stride) : "";
    return all;
  }
  void check(Run &run, tw_status status) {
    if (status != TW_OK) run.require(context->released == 1, "a context is released where the call fails");
  }
};

/* What a list lends: handles that nobody may free. */
struct Lent : Plain {
  tw_tensor *const *data = nullptr;
  size_t count = 12345;
  explicit Lent(Run &) {}
  auto values() { return std::make_tuple(&data, &count); }
  std::string text() const { return "out, &count"; }
  void check(Run &run, tw_status status) {
    if (status != TW_OK) run.require(data == nullptr && count == 0, "outputs are NULL and 0 on failure");
  }
};

/* What the mode was, or no wish to know. */
struct Previous : Plain {
  int32_t previous = 77;
  bool is_null;
  explicit Previous(Run &run) : is_null(run.random.chance(50)) {}
  auto values() { return std::make_tuple(is_null ? nullptr : &previous); }
  std::string text() const { return is_null ? "NULL" : "&previous"; }
  void check(Run &run, tw_status status) {
    if (!is_null && status != TW_OK) run.require(previous == 0, "previous is 0 on failure");
  }
};

/* To DLPack and back. What is not taken stays the caller's. */
template <class Managed, auto give, auto take>
tw_status through_dlpack(tw_tensor **out, const tw_tensor *tensor) {
  Managed *managed = nullptr;
  if (out != nullptr) *out = nullptr;
  tw_status status = give(&managed, tensor);
  if (status != TW_OK) return status;
  status = take(out, managed);
  if (status != TW_OK) managed->deleter(managed);
  return status;
}

constexpr auto through_legacy = through_dlpack<DLManagedTensor, tw_tensor_to_dlpack, tw_tensor_from_dlpack>;
constexpr auto through_versioned =
    through_dlpack<DLManagedTensorVersioned, tw_tensor_to_dlpack_versioned, tw_tensor_from_dlpack_versioned>;

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_tensor_empty, kNone, Unset, Sizes, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_zeros, kNone, Made, Sizes, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_ones, kNone, Made, Sizes, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_full_double, kNone, Made, Sizes, AnyDouble, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_full_int64, kNone, Made, Sizes, AnyInt64, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_rand, kNone, Made, Sizes, Dtype, Device, Generator),
    TW_FUZZ_CALL(tw_tensor_randn, kNone, Made, Sizes, Dtype, Device, Generator),
    TW_FUZZ_CALL(tw_tensor_arange_double, kNone, Made, BoundDouble, BoundDouble, StrideDouble, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_arange_int64, kNone, Made, Bound, Bound, Stride, Dtype, Device),
    TW_FUZZ_CALL(tw_tensor_from_data, kNone, Made, Data),
    TW_FUZZ_CALL(tw_tensor_from_blob, kNone, Made, Blob),
    TW_FUZZ_CALL(through_legacy, kNone, Made, Tensor),
    TW_FUZZ_CALL(through_versioned, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_ndim, kReads, Give<size_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_sizes, kReads, Buffer<int64_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_strides, kReads, Buffer<int64_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_dtype, kReads, Give<tw_dtype>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_device, kReads, Buffer<char>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_numel, kReads, Give<size_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_data_ptr, kReads, Give<void *>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_torch, kReads, Give<const void *>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_item_double, kReads, Give<double>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_item_int64, kReads, Give<int64_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_copy_data, kReads, Buffer<void>, Tensor),
    TW_FUZZ_CALL(tw_tensor_copy_from, kNone, Tensor, Tensor),
    TW_FUZZ_CALL(tw_tensor_format, kReads, Buffer<char>, Tensor),
    TW_FUZZ_CALL(tw_tensor_to_dtype, kNone, Made, Tensor, Dtype),
    TW_FUZZ_CALL(tw_tensor_to_device, kNone, Made, Tensor, Device),
    TW_FUZZ_CALL(tw_tensor_clone, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_tensor_detach, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_tensor_share, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_tensor_set_requires_grad, kNone, Tensor, Truth),
    TW_FUZZ_CALL(tw_tensor_set_requires_grad, kNone, Tensor, Truth),
    TW_FUZZ_CALL(tw_tensor_get_requires_grad, kReads, Give<int32_t>, Tensor),
    TW_FUZZ_CALL(tw_tensor_get_grad, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_tensor_set_grad, kNone, Tensor, OptionalIn<tw_tensor>),
    TW_FUZZ_CALL(tw_tensor_backward, kNone, Tensor, OptionalIn<tw_tensor>, Truth),
    TW_FUZZ_CALL(tw_tensor_free, kNone, Free<tw_tensor>),

    TW_FUZZ_CALL(tw_tensor_list_create, kNone, Out<tw_tensor_list>, InArray<tw_tensor>),
    TW_FUZZ_CALL(tw_tensor_list_get_count, kReads, Give<size_t>, In<tw_tensor_list>),
    TW_FUZZ_CALL(tw_tensor_list_get, kNone, Made, In<tw_tensor_list>, Index),
    TW_FUZZ_CALL(tw_tensor_list_get_data, kReads, Lent, In<tw_tensor_list>),
    TW_FUZZ_CALL(tw_tensor_list_free, kNone, Free<tw_tensor_list>),

    TW_FUZZ_CALL(tw_generator_create, kNone, Out<tw_generator>, Device, Seed),
    TW_FUZZ_CALL(tw_generator_manual_seed, kNone, In<tw_generator>, Seed),
    TW_FUZZ_CALL(tw_generator_free, kNone, Free<tw_generator>),
    TW_FUZZ_CALL(tw_manual_seed, kNone, Seed),
    TW_FUZZ_CALL(tw_set_grad_enabled, kNone, Previous, Truth),
    TW_FUZZ_CALL(tw_get_num_threads, kReads, Give<size_t>),
    TW_FUZZ_CALL(tw_cuda_is_available, kReads, Give<int32_t>),
    TW_FUZZ_CALL(tw_cuda_get_device_count, kReads, Give<size_t>),
};

}  // namespace

const std::vector<Call> &tensor_calls() { return calls; }

}  // namespace tw::fuzz
