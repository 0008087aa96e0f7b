/* Looking into tensors, copying and converting them. */
#include <cstring>
#include <limits>

#include "failure.h"
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;

namespace {

Tensor transposed() { return op("t", {arg(tensor({1, 2, 3, 4, 5, 6}, {2, 3}))}); }

Sizes strides(const Tensor &tensor) {
  Sizes out(sizes(tensor.get()).size());
  REQUIRE(tw_tensor_get_strides(out.data(), out.size(), nullptr, tensor.get()) == TW_OK);
  return out;
}

Tensor empty() { return tensor({}, {2, 0}); }

/* The two calls that give text. */
using TextCall = tw_status (*)(char *, size_t, size_t *, const tw_tensor *);
const TextCall text_calls[] = {tw_tensor_get_device, tw_tensor_format};

}  // namespace

/* ---- shape, type, place ------------------------------------------------------------------------------------------- */

TEST_CASE("a tensor tells its dimensions, sizes, strides and number of elements") {
  const Tensor view = transposed();
  size_t ndim = 0, numel = 0;
  REQUIRE(tw_tensor_get_ndim(&ndim, view.get()) == TW_OK);
  REQUIRE(tw_tensor_get_numel(&numel, view.get()) == TW_OK);
  CHECK(ndim == 2);
  CHECK(numel == 6);
  CHECK(sizes(view.get()) == Sizes{3, 2});
  CHECK(strides(view) == Sizes{1, 3});
  REQUIRE(tw_tensor_get_numel(&numel, empty().get()) == TW_OK);
  CHECK(numel == 0);
}

TEST_CASE("a tensor without dimensions has 0 of them, and its sizes need no room") {
  Tensor scalar;
  REQUIRE(tw_tensor_ones(scalar.out(), nullptr, 0, TW_FLOAT32, nullptr) == TW_OK);
  size_t ndim = 77;
  REQUIRE(tw_tensor_get_ndim(&ndim, scalar.get()) == TW_OK);
  CHECK(ndim == 0);
  CHECK(tw_tensor_get_sizes(nullptr, 0, nullptr, scalar.get()) == TW_OK);
  CHECK(tw_tensor_get_strides(nullptr, 0, nullptr, scalar.get()) == TW_OK);
}

TEST_CASE("sizes and strides refuse too little room, touching nothing, and leave more room alone") {
  const Tensor view = transposed();
  for (const auto &get : {tw_tensor_get_sizes, tw_tensor_get_strides}) {
    int64_t out[3] = {77, 77, 77};
    size_t needed = 0;
    check_failure(get(out, 1, &needed, view.get()), TW_ERROR_CAPACITY, {"capacity is 1", "2 s"});
    CHECK(needed == 2);
    CHECK(out[0] == 77);
    REQUIRE(get(out, 3, nullptr, view.get()) == TW_OK);
    CHECK(out[2] == 77);
    needed = 0;
    REQUIRE(get(nullptr, 0, &needed, view.get()) == TW_OK); /* which only asks */
    CHECK(needed == 2);
  }
}

TEST_CASE("a dtype that this library has no number for is TW_ERROR_TYPE, naming it") {
  const Tensor complex = op("complex", {arg(tensor({1})), arg(tensor({2}))});
  auto out = tw_dtype(77);
  check_failure(tw_tensor_get_dtype(&out, complex.get()), TW_ERROR_TYPE, {"ComplexFloat"});
  CHECK(out == 0);
}

TEST_CASE("a tensor tells the name of its device") {
  char name[16];
  size_t length = 0;
  REQUIRE(tw_tensor_get_device(name, sizeof name, &length, transposed().get()) == TW_OK);
  CHECK(std::string(name) == "cpu");
  CHECK(length == 4);
}

TEST_CASE("text calls tell the room they need, alone or with a buffer that is too small") {
  const Tensor view = transposed();
  for (const TextCall call : text_calls) {
    size_t length = 0, needed = 0;
    REQUIRE(call(nullptr, 0, &needed, view.get()) == TW_OK);
    std::vector<char> text(needed, '#');
    check_failure(call(text.data(), needed - 1, &length, view.get()), TW_ERROR_CAPACITY,
                  {"capacity is " + std::to_string(needed - 1), std::to_string(needed) + " bytes"});
    CHECK(length == needed);
    CHECK(call(text.data(), 0, nullptr, view.get()) == TW_ERROR_CAPACITY);
    REQUIRE(call(text.data(), needed, nullptr, view.get()) == TW_OK);
    CHECK(std::strlen(text.data()) + 1 == needed);
    length = 77;
    check_failure(call(nullptr, 5, &length, view.get()), TW_ERROR_ARGUMENT, {"out is NULL"});
    CHECK(length == 0);
  }
}

TEST_CASE("a tensor's text shows its values, type and sizes") {
  std::vector<char> text(1000);
  REQUIRE(tw_tensor_format(text.data(), text.size(), nullptr, tensor({1.5F, -2}).get()) == TW_OK);
  for (const char *part : {"1.5", "-2", "CPUFloatType{2}"}) CHECK_THAT(text.data(), Contains(part));
}

TEST_CASE("the data pointer is the first element's, of a view its own") {
  const Tensor made = tensor({1, 2, 3});
  const Tensor view = op("slice.Tensor", {arg(made), arg(0), arg(2)});
  CHECK(*static_cast<float *>(data_of(made)) == 1);
  CHECK(data_of(view) == static_cast<float *>(data_of(made)) + 2);
}

TEST_CASE("the data pointer of a tensor without elements is NULL") { CHECK(data_of(empty()) == nullptr); }

TEST_CASE("there is no data pointer where a negation is pending, nor where there are no such elements") {
  void *out = &out;
  const Tensor pending = op("_neg_view", {arg(tensor({1, -2}))});
  check_failure(tw_tensor_get_data_ptr(&out, pending.get()), TW_ERROR_STATE, {"negation is pending", "clone"});
  CHECK(out == nullptr);
  CHECK(tw_tensor_get_data_ptr(&out, op("to_sparse", {arg(tensor({0, 1}))}).get()) == TW_ERROR_TYPE);
}

/* ---- one element -------------------------------------------------------------------------------------------------- */

TEST_CASE("an item of any dtype is read as a double, whatever its dimensions") {
  for (const tw_dtype dtype :
       {TW_UINT8, TW_INT8, TW_INT16, TW_INT32, TW_INT64, TW_FLOAT16, TW_BFLOAT16, TW_FLOAT32, TW_FLOAT64, TW_BOOL}) {
    const int64_t shape[] = {1, 1};
    Tensor one;
    double out = 0;
    REQUIRE(tw_tensor_ones(one.out(), shape, 2, dtype, nullptr) == TW_OK);
    REQUIRE(tw_tensor_get_item_double(&out, one.get()) == TW_OK);
    CHECK(out == 1);
  }
}

TEST_CASE("an int64 item is exact where a double is not") {
  for (const int64_t value : {(int64_t{1} << 53) + 1, INT64_MAX, INT64_MIN}) {
    const Tensor made = longs({value});
    int64_t out = 0;
    double rounded = 0;
    REQUIRE(tw_tensor_get_item_int64(&out, made.get()) == TW_OK);
    CHECK(out == value);
    REQUIRE(tw_tensor_get_item_double(&rounded, made.get()) == TW_OK);
    CHECK(rounded == static_cast<double>(value));
  }
  const uint8_t yes = 1;
  Tensor truth;
  int64_t out = 0;
  REQUIRE(tw_tensor_from_data(truth.out(), &yes, sizeof yes, nullptr, 0, TW_BOOL) == TW_OK);
  REQUIRE(tw_tensor_get_item_int64(&out, truth.get()) == TW_OK);
  CHECK(out == 1);
}

TEST_CASE("an int64 item of a floating dtype is refused, naming it") {
  int64_t out = 77;
  check_failure(tw_tensor_get_item_int64(&out, tensor({2}).get()), TW_ERROR_TYPE, {"Float"});
  CHECK(out == 0);
}

TEST_CASE("an item of several elements or none is refused, with their number and sizes") {
  for (const auto &[made, count, shape] : {std::tuple{tensor({1, 2, 3}, {3, 1}).release(), "3 elements", "[3, 1]"},
                                           std::tuple{empty().release(), "0 elements", "[2, 0]"}}) {
    const Tensor owner(made);
    double real = 77;
    int64_t integer = 77;
    check_failure(tw_tensor_get_item_double(&real, made), TW_ERROR_ARGUMENT, {count, shape});
    check_failure(tw_tensor_get_item_int64(&integer, made), TW_ERROR_ARGUMENT, {count, shape});
    CHECK(real == 0);
    CHECK(integer == 0);
  }
}

/* ---- copies of the elements --------------------------------------------------------------------------------------- */

TEST_CASE("copy_data gives the elements row by row, whatever the strides") {
  CHECK(values(transposed().get()) == std::vector<float>{1, 4, 2, 5, 3, 6});
  CHECK(values(op("expand", {arg(tensor({7})), ints({3})}).get()) == std::vector<float>{7, 7, 7});
  CHECK(values(op("flip", {arg(tensor({1, 2, 3})), ints({0})}).get()) == std::vector<float>{3, 2, 1});
}

TEST_CASE("copy_data carries out a negation that is pending") {
  CHECK(values(op("_neg_view", {arg(tensor({1, -2}))}).get()) == std::vector<float>{-1, 2});
}

TEST_CASE("copy_data gives the elements of a tensor that requires a gradient") {
  CHECK(values(parameter({1, 2}).get()) == std::vector<float>{1, 2});
}

TEST_CASE("copy_data says how many bytes it needs, and touches nothing beyond them or where there are fewer") {
  const Tensor made = tensor({1, 2, 3});
  float out[4] = {77, 77, 77, 77};
  size_t needed = 0;
  for (const size_t capacity : {size_t{0}, size_t{11}}) {
    check_failure(tw_tensor_copy_data(out, capacity, &needed, made.get()), TW_ERROR_CAPACITY,
                  {"capacity is " + std::to_string(capacity), "12 bytes"});
    CHECK(needed == 12);
  }
  CHECK(out[0] == 77);
  for (const size_t capacity : {size_t{12}, sizeof out}) {
    REQUIRE(tw_tensor_copy_data(out, capacity, &needed, made.get()) == TW_OK);
    CHECK((needed == 12 && out[2] == 3 && out[3] == 77));
  }
  needed = 0;
  CHECK(tw_tensor_copy_data(nullptr, 0, &needed, made.get()) == TW_OK);
  CHECK(needed == 12);
  CHECK(tw_tensor_copy_data(nullptr, 0, nullptr, empty().get()) == TW_OK);
}

TEST_CASE("copy_from broadcasts and converts") {
  const Tensor target = longs({0, 0, 0, 0, 0, 0}, {2, 3});
  REQUIRE(tw_tensor_copy_from(target.get(), tensor({1.75F, -2, 3}).get()) == TW_OK);
  CHECK(numbers(target) == Numbers{1, -2, 3, 1, -2, 3});
  CHECK(dtype_of(target) == TW_INT64);
}

TEST_CASE("copy_from writes through a view") {
  const Tensor made = tensor({1, 2, 3, 4}, {2, 2});
  const Tensor columns = op("t", {arg(made)});
  REQUIRE(tw_tensor_copy_from(columns.get(), tensor({10, 20, 30, 40}, {2, 2}).get()) == TW_OK);
  CHECK(numbers(made) == Numbers{10, 30, 20, 40});
}

TEST_CASE("copy_from refuses sizes that do not broadcast and a leaf that requires a gradient, changing nothing") {
  const Tensor target = tensor({1, 2, 3}), leaf = parameter({1, 2, 3});
  check_failure(tw_tensor_copy_from(target.get(), tensor({1, 2}).get()), TW_ERROR_TORCH, {"3", "2"});
  check_failure(tw_tensor_copy_from(leaf.get(), tensor({4}).get()), TW_ERROR_TORCH, {"leaf"});
  const Tensor repeated = op("expand", {arg(tensor({7})), ints({3})}); /* its elements share their memory */
  CHECK(tw_tensor_copy_from(repeated.get(), target.get()) == TW_ERROR_TORCH);
  CHECK(numbers(target) == Numbers{1, 2, 3});
  CHECK(numbers(leaf) == Numbers{1, 2, 3});
  CHECK(numbers(repeated) == Numbers{7, 7, 7});
}

/* ---- conversions and copies --------------------------------------------------------------------------------------- */

TEST_CASE("to_dtype converts, and gives another handle to the same tensor where there is nothing to convert") {
  const Tensor made = tensor({1.5F, -2.5F});
  Tensor converted, same;
  REQUIRE(tw_tensor_to_dtype(converted.out(), made.get(), TW_INT32) == TW_OK);
  CHECK(numbers(converted) == Numbers{1, -2});
  CHECK(dtype_of(converted) == TW_INT32);
  REQUIRE(tw_tensor_to_dtype(same.out(), made.get(), TW_FLOAT32) == TW_OK);
  CHECK(data_of(same) == data_of(made));
  auto *out = rubbish<tw_tensor>();
  check_failure(tw_tensor_to_dtype(&out, made.get(), tw_dtype(42)), TW_ERROR_ARGUMENT, {"dtype is 42"});
  CHECK(out == nullptr);
}

TEST_CASE("to_device gives another handle where the tensor is there already, and refuses a device that is not") {
  const Tensor made = tensor({1, 2});
  for (const char *device : {static_cast<const char *>(nullptr), "cpu"}) {
    Tensor same;
    REQUIRE(tw_tensor_to_device(same.out(), made.get(), device) == TW_OK);
    CHECK(data_of(same) == data_of(made));
  }
  for (const char *device : {"banana", "cuda:99"}) {
    auto *out = rubbish<tw_tensor>();
    check_failure(tw_tensor_to_device(&out, made.get(), device), TW_ERROR_DEVICE, {device});
    CHECK(out == nullptr);
  }
}

TEST_CASE("a clone has memory of its own, a detached and a shared tensor have the same") {
  const Tensor made = tensor({1, 2});
  Tensor clone, detached, shared;
  REQUIRE(tw_tensor_clone(clone.out(), made.get()) == TW_OK);
  REQUIRE(tw_tensor_detach(detached.out(), made.get()) == TW_OK);
  REQUIRE(tw_tensor_share(shared.out(), made.get()) == TW_OK);
  REQUIRE(tw_tensor_copy_from(made.get(), tensor({9}).get()) == TW_OK);
  CHECK(numbers(clone) == Numbers{1, 2});
  CHECK(numbers(detached) == Numbers{9, 9});
  CHECK(numbers(shared) == Numbers{9, 9});
}
