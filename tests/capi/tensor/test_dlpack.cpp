/* DLPack: what is shared, when deleters run, and what is refused. tests/interop/dlpack.py meets NumPy and PyTorch. */
#include "dlpack.h"

#include "failure.h"
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

tw_status to_dlpack(DLManagedTensor **out, const tw_tensor *tensor) { return tw_tensor_to_dlpack(out, tensor); }
tw_status to_dlpack(DLManagedTensorVersioned **out, const tw_tensor *tensor) {
  return tw_tensor_to_dlpack_versioned(out, tensor);
}
tw_status from_dlpack(tw_tensor **out, DLManagedTensor *managed) { return tw_tensor_from_dlpack(out, managed); }
tw_status from_dlpack(tw_tensor **out, DLManagedTensorVersioned *managed) {
  return tw_tensor_from_dlpack_versioned(out, managed);
}

/* Another library's tensor of 2 x 3 floats, and how often it was given back. */
template <class Managed>
struct Foreign {
  float memory[7] = {1, 2, 3, 4, 5, 6, 7};
  int64_t shape[2] = {2, 3};
  int64_t strides[2] = {3, 1};
  int deletions = 0;
  Managed managed{};

  Foreign() {
    managed.dl_tensor = {memory, {1, 0}, 2, {2, 32, 1}, shape, strides, 0};
    managed.manager_ctx = this;
    managed.deleter = [](Managed *self) { ++static_cast<Foreign *>(self->manager_ctx)->deletions; };
    if constexpr (std::is_same_v<Managed, DLManagedTensorVersioned>) managed.version = {1, 1};
  }
};

template <class Managed>
Tensor adopted(Foreign<Managed> &foreign) {
  Tensor made;
  const tw_status status = from_dlpack(made.out(), &foreign.managed);
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return made;
}

/* The import fails, says why, and the structure stays the caller's. */
template <class Managed>
void check_refused(Foreign<Managed> &foreign, tw_status status, std::initializer_list<std::string> texts) {
  auto *made = rubbish<tw_tensor>();
  check_failure(from_dlpack(&made, &foreign.managed), status, texts);
  CHECK(made == nullptr);
  CHECK(foreign.deletions == 0);
}

template <class Managed>
void check_not_exported(const Tensor &tensor, tw_status status, std::initializer_list<std::string> texts) {
  auto *managed = rubbish<Managed>();
  check_failure(to_dlpack(&managed, tensor.get()), status, texts);
  CHECK(managed == nullptr);
}

}  // namespace

TEMPLATE_TEST_CASE("an exported tensor has the tensor's memory, shape and type", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  const Tensor columns = op("t", {arg(doubles({1, 2, 3, 4, 5, 6}, {2, 3}))});
  TestType *managed = nullptr;
  REQUIRE(to_dlpack(&managed, columns.get()) == TW_OK);
  const DLTensor &array = managed->dl_tensor;
  CHECK(static_cast<char *>(array.data) + array.byte_offset == data_of(columns));
  CHECK((array.ndim == 2 && array.shape[0] == 3 && array.shape[1] == 2));
  CHECK((array.strides[0] == 1 && array.strides[1] == 3));
  CHECK((array.dtype.code == 2 && array.dtype.bits == 64 && array.dtype.lanes == 1));
  CHECK((array.device.device_type == 1 && array.device.device_id == 0));
  managed->deleter(managed);
}

TEMPLATE_TEST_CASE("an exported tensor outlives the handle, until its deleter is called", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  float memory[2] = {1, 2};
  int releases = 0;
  const int64_t sizes[] = {2};
  Tensor lent;
  REQUIRE(tw_tensor_from_blob(lent.out(), memory, sizeof memory, sizes, 1, nullptr, TW_FLOAT32, &releases,
                              [](void *count) { ++*static_cast<int *>(count); }) == TW_OK);
  TestType *managed = nullptr;
  REQUIRE(to_dlpack(&managed, lent.get()) == TW_OK);
  lent = Tensor();
  CHECK(releases == 0);
  static_cast<float *>(managed->dl_tensor.data)[1] = 3;
  CHECK(memory[1] == 3);
  managed->deleter(managed);
  CHECK(releases == 1);
}

TEST_CASE("the versioned structure says that it is of DLPack 1 and may be written") {
  DLManagedTensorVersioned *managed = nullptr;
  REQUIRE(tw_tensor_to_dlpack_versioned(&managed, tensor({1}).get()) == TW_OK);
  CHECK(managed->version.major == 1);
  CHECK(managed->flags == 0);
  managed->deleter(managed);
}

TEMPLATE_TEST_CASE("what DLPack cannot carry is not exported", "", DLManagedTensor, DLManagedTensorVersioned) {
  check_not_exported<TestType>(parameter({1, 2}), TW_ERROR_STATE, {"requires a gradient", "detach"});
  check_not_exported<TestType>(op("to_sparse", {arg(tensor({0, 1}))}), TW_ERROR_TYPE, {"Sparse"});
  const Tensor complex = op("complex", {arg(tensor({1})), arg(tensor({2}))});
  check_not_exported<TestType>(complex, TW_ERROR_TYPE, {"Complex"});
  const Tensor pending = op("imag", {arg(op("conj", {arg(complex)}))});
  check_not_exported<TestType>(pending, TW_ERROR_STATE, {"negation", "clone"});
}

TEMPLATE_TEST_CASE("an adopted tensor shares the other library's memory and deletes it once", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  Foreign<TestType> foreign;
  Tensor made = adopted(foreign);
  CHECK(numbers(made) == Numbers{1, 2, 3, 4, 5, 6});
  CHECK(data_of(made) == foreign.memory);
  foreign.memory[0] = 9;
  CHECK(numbers(made)[0] == 9);
  Tensor view = op("t", {arg(made)});
  made = Tensor();
  CHECK(foreign.deletions == 0);
  view = Tensor();
  CHECK(foreign.deletions == 1);
}

TEMPLATE_TEST_CASE("strides may be missing, the offset may not be, and a deleter need not be there", "",
                   DLManagedTensor, DLManagedTensorVersioned) {
  Foreign<TestType> foreign;
  foreign.managed.dl_tensor.strides = nullptr;
  foreign.managed.dl_tensor.byte_offset = sizeof(float);
  CHECK(numbers(adopted(foreign)) == Numbers{2, 3, 4, 5, 6, 7});
  foreign.managed.deleter = nullptr;
  CHECK(numbers(adopted(foreign)) == Numbers{2, 3, 4, 5, 6, 7});
  CHECK(foreign.deletions == 1);
}

TEMPLATE_TEST_CASE("tensors without elements or dimensions go both ways", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  for (const Tensor &made : {doubles({}, {0, 3}), op("sum", {arg(doubles({1, 2}))})}) {
    TestType *managed = nullptr;
    REQUIRE(to_dlpack(&managed, made.get()) == TW_OK);
    Tensor back;
    REQUIRE(from_dlpack(back.out(), managed) == TW_OK);
    CHECK(numbers(back) == numbers(made));
    size_t ndim = 9, wanted = 8;
    REQUIRE(tw_tensor_get_ndim(&ndim, back.get()) == TW_OK);
    REQUIRE(tw_tensor_get_ndim(&wanted, made.get()) == TW_OK);
    CHECK(ndim == wanted);
  }
}

TEMPLATE_TEST_CASE("a foreign tensor that cannot be shared is refused and stays its owner's", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  Foreign<TestType> foreign;
  DLTensor &array = foreign.managed.dl_tensor;
  const DLTensor good = array;
  const auto refused = [&](tw_status status, std::initializer_list<std::string> texts) {
    check_refused(foreign, status, texts);
    array = good;
    foreign.shape[1] = 3;
    foreign.strides[1] = 1;
  };
  array.byte_offset = UINT64_MAX - 3; /* the float before the first, were it to wrap */
  refused(TW_ERROR_RANGE, {"byte_offset is 18446744073709551612", "beyond the end"});
  array.byte_offset = UINT64_MAX - reinterpret_cast<uintptr_t>(array.data) - 15; /* in range, but not its elements */
  refused(TW_ERROR_RANGE, {"reach 24 bytes", "beyond the end"});
  array.ndim = 65;
  refused(TW_ERROR_RANGE, {"ndim is 65", "64"});
  array.dtype = {2, 32, 0};
  refused(TW_ERROR_TYPE, {"0 lanes"});
  array.dtype = {2, 4, 1};
  refused(TW_ERROR_TYPE, {"4 bits"});
  array.dtype = {2, 32, 4};
  refused(TW_ERROR_TYPE, {"4 lanes"});
  array.dtype = {5, 64, 1};
  refused(TW_ERROR_TYPE, {"code 5", "64 bits"});
  array.device = {2, 99};
  refused(TW_ERROR_DEVICE, {"cuda:99"});
  array.device = {7, 0};
  refused(TW_ERROR_DEVICE, {"type 7"});
  array.data = nullptr;
  refused(TW_ERROR_ARGUMENT, {"data is NULL"});
  array.byte_offset = 2;
  refused(TW_ERROR_ARGUMENT, {"not aligned", "4 bytes"});
  array.ndim = -1;
  refused(TW_ERROR_RANGE, {"ndim is -1"});
  array.shape = nullptr;
  refused(TW_ERROR_ARGUMENT, {"sizes is NULL"});
  foreign.shape[1] = -3;
  refused(TW_ERROR_RANGE, {"sizes[1] is -3"});
  foreign.shape[1] = INT64_MAX / 2;
  refused(TW_ERROR_RANGE, {"sizes"});
  foreign.strides[1] = -1;
  refused(TW_ERROR_RANGE, {"strides[1] is -1"});
  foreign.strides[1] = INT64_MAX / 2;
  refused(TW_ERROR_RANGE, {"strides"});
  CHECK(numbers(adopted(foreign)) == Numbers{1, 2, 3, 4, 5, 6}); /* it was the faults that were refused */
}

TEST_CASE("a versioned tensor of another major version, or that is read-only, is refused") {
  Foreign<DLManagedTensorVersioned> foreign;
  foreign.managed.version = {2, 5};
  check_refused(foreign, TW_ERROR_FORMAT, {"2.5"});
  foreign.managed.version = {1, 9};
  foreign.managed.flags = 1;
  check_refused(foreign, TW_ERROR_STATE, {"read-only", "copy"});
  foreign.managed.flags = 2; /* it is a copy, which harms nobody */
  CHECK(numbers(adopted(foreign)).size() == 6);
}

TEMPLATE_TEST_CASE("a stride along which nothing is stepped may be anything", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  for (const int64_t stride : {int64_t{-1}, int64_t{0}, INT64_MAX, INT64_MIN}) {
    Foreign<TestType> foreign;
    foreign.shape[0] = 1;
    foreign.strides[0] = stride;
    Tensor made = adopted(foreign);
    CHECK(numbers(made) == Numbers{1, 2, 3});
    CHECK(numbers(op("t", {arg(made)})) == Numbers{1, 2, 3});
    made = Tensor();
    foreign.shape[0] = 0; /* then nothing is stepped along the other either */
    foreign.strides[1] = stride;
    CHECK(numbers(adopted(foreign)).empty());
  }
}

TEMPLATE_TEST_CASE("of a tensor without elements neither data nor offset is looked at", "", DLManagedTensor,
                   DLManagedTensorVersioned) {
  Foreign<TestType> foreign;
  foreign.shape[0] = 0;
  foreign.managed.dl_tensor.byte_offset = UINT64_MAX;
  CHECK(numbers(adopted(foreign)).empty());
  foreign.managed.dl_tensor.data = nullptr;
  CHECK(numbers(adopted(foreign)).empty());
  foreign.managed.dl_tensor.data = reinterpret_cast<void *>(1);
  CHECK(numbers(adopted(foreign)).empty());
}
