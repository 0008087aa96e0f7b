/* Making tensors: from nothing, from numbers, over the caller's memory. test_tensor_inspect.cpp looks into them. */
#include <array>
#include <cmath>
#include <limits>
#include <thread>

#include "failure.h"
#include "op.h"
#include "torch_reference.h"

using namespace tw::test;
using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;

namespace {

constexpr tw_dtype all_dtypes[] = {TW_UINT8,   TW_INT8,     TW_INT16,   TW_INT32,   TW_INT64,
                                   TW_FLOAT16, TW_BFLOAT16, TW_FLOAT32, TW_FLOAT64, TW_BOOL};
constexpr tw_dtype floating_dtypes[] = {TW_FLOAT16, TW_BFLOAT16, TW_FLOAT32, TW_FLOAT64};

/* A constructor that takes sizes, whichever it is. */
using Maker = tw_status (*)(tw_tensor **, const int64_t *, size_t, tw_dtype, const char *);

tw_status full_of_3(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw_tensor_full_double(out, sizes, ndim, 3, dtype, device);
}

tw_status full_of_int_3(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw_tensor_full_int64(out, sizes, ndim, 3, dtype, device);
}

tw_status rand(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw_tensor_rand(out, sizes, ndim, dtype, device, nullptr);
}

tw_status randn(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw_tensor_randn(out, sizes, ndim, dtype, device, nullptr);
}

/* What the elements take, where anything can be said of it. */
size_t bytes_of(const int64_t *sizes, size_t ndim, tw_dtype dtype) {
  constexpr size_t element[] = {0, 1, 1, 2, 4, 8, 2, 2, 4, 8, 1};
  size_t bytes = dtype >= 1 && dtype <= 10 ? element[dtype] : 0;
  for (size_t i = 0; i < ndim; ++i) bytes *= static_cast<size_t>(sizes[i]);
  return bytes;
}

tw_status from_data(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *) {
  static const std::array<double, 64> zeros{};
  return tw_tensor_from_data(out, zeros.data(), bytes_of(sizes, ndim, dtype), sizes, ndim, dtype);
}

tw_status from_blob(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *) {
  static std::array<double, 64> zeros{};
  return tw_tensor_from_blob(out, zeros.data(), sizeof zeros, sizes, ndim, nullptr, dtype, nullptr, nullptr);
}

const std::vector<std::pair<const char *, Maker>> makers = {
    {"empty", tw_tensor_empty}, {"zeros", tw_tensor_zeros},    {"ones", tw_tensor_ones},
    {"full_double", full_of_3}, {"full_int64", full_of_int_3}, {"rand", rand},
    {"randn", randn},           {"from_data", from_data},      {"from_blob", from_blob}};

bool takes_device(Maker maker) { return maker != from_data && maker != from_blob; }

/* The constructor refuses, with this status and these words, and leaves a null output. */
void check_refused(Maker maker, const Sizes &sizes, tw_dtype dtype, const char *device, tw_status status,
                   std::initializer_list<std::string> texts) {
  auto *made = rubbish<tw_tensor>();
  check_failure(maker(&made, sizes.data(), sizes.size(), dtype, device), status, texts);
  CHECK(made == nullptr);
}

Tensor made_by(Maker maker, const Sizes &sizes, tw_dtype dtype) {
  Tensor made;
  REQUIRE(maker(made.out(), sizes.data(), sizes.size(), dtype, nullptr) == TW_OK);
  return made;
}

/* The numbers of tw_tensor_arange_int64. */
Sizes int_range(int64_t start, int64_t end, int64_t step) {
  Tensor made;
  REQUIRE(tw_tensor_arange_int64(made.out(), start, end, step, TW_INT64, nullptr) == TW_OK);
  Sizes out(sizes(made.get()).at(0));
  REQUIRE(tw_tensor_copy_data(out.data(), out.size() * sizeof(int64_t), nullptr, made.get()) == TW_OK);
  return out;
}

}  // namespace

/* ---- constructors that take sizes --------------------------------------------------------------------------------- */

TEST_CASE("empty, zeros, ones and full make each dtype, with the sizes and values asked for") {
  for (const tw_dtype dtype : all_dtypes) {
    INFO("dtype " << dtype);
    for (const Maker maker : {Maker{tw_tensor_empty}, Maker{tw_tensor_zeros}, Maker{tw_tensor_ones}, Maker{full_of_3},
                              Maker{full_of_int_3}}) {
      const Tensor made = made_by(maker, {2, 3}, dtype);
      CHECK(dtype_of(made) == dtype);
      CHECK(sizes(made.get()) == Sizes{2, 3});
    }
    CHECK(numbers(made_by(tw_tensor_zeros, {2}, dtype)) == Numbers{0, 0});
    CHECK(numbers(made_by(tw_tensor_ones, {2}, dtype)) == Numbers{1, 1});
    const double three = dtype == TW_BOOL ? 1 : 3; /* converted to bool */
    CHECK(numbers(made_by(full_of_3, {2}, dtype)) == Numbers{three, three});
    CHECK(numbers(made_by(full_of_int_3, {2}, dtype)) == Numbers{three, three});
  }
}

TEST_CASE("full_double converts its value to the dtype") {
  Tensor made;
  REQUIRE(tw_tensor_full_double(made.out(), nullptr, 0, 2.75, TW_INT32, nullptr) == TW_OK);
  CHECK(numbers(made) == Numbers{2});
  REQUIRE(tw_tensor_full_double(made.out(), nullptr, 0, 0.1, TW_FLOAT32, nullptr) == TW_OK);
  CHECK(numbers(made) == Numbers{static_cast<double>(0.1F)});
}

TEST_CASE("full_int64 and arange_int64 are exact where a double is not") {
  constexpr int64_t beyond = (int64_t{1} << 53) + 1;
  for (const int64_t value : {beyond, INT64_MAX, INT64_MIN}) {
    Tensor made;
    int64_t out = 0;
    REQUIRE(tw_tensor_full_int64(made.out(), nullptr, 0, value, TW_INT64, nullptr) == TW_OK);
    REQUIRE(tw_tensor_get_item_int64(&out, made.get()) == TW_OK);
    CHECK(out == value);
  }
  CHECK(int_range(beyond, beyond + 3, 2) == Sizes{beyond, beyond + 2});
  CHECK(int_range(INT64_MAX - 2, INT64_MAX, 1) == Sizes{INT64_MAX - 2, INT64_MAX - 1});
  CHECK(int_range(INT64_MIN + 2, INT64_MIN, -1) == Sizes{INT64_MIN + 2, INT64_MIN + 1});
  CHECK(int_range(INT64_MIN, INT64_MAX, INT64_MAX) == Sizes{INT64_MIN, -1, INT64_MAX - 1});
  CHECK(int_range(INT64_MAX, INT64_MIN, INT64_MIN) == Sizes{INT64_MAX, -1});
  /* A quotient just above 2: in double it is 2, and a number is missing. */
  CHECK(int_range(0, (int64_t{1} << 60) + 1, int64_t{1} << 59).size() == 3);
}

TEST_CASE("a value that the dtype cannot hold is refused, not cut off") {
  auto *made = rubbish<tw_tensor>();
  check_failure(tw_tensor_full_int64(&made, nullptr, 0, 300, TW_UINT8, nullptr), TW_ERROR_TORCH, {"overflow"});
  CHECK(made == nullptr);
}

TEST_CASE("rand and randn with a generator draw its numbers, and leave the default one alone") {
  const int64_t count = 20;
  Handle<tw_generator> generator;
  Tensor drawn, normal, again;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 5) == TW_OK);
  REQUIRE(tw_manual_seed(8) == TW_OK);
  REQUIRE(tw_tensor_rand(drawn.out(), &count, 1, TW_FLOAT32, nullptr, generator.get()) == TW_OK);
  CHECK(values(drawn.get()) == tw::reference::numbers_of_generator(5, 20));
  REQUIRE(tw_tensor_randn(normal.out(), &count, 1, TW_FLOAT32, nullptr, generator.get()) == TW_OK);
  REQUIRE(tw_generator_manual_seed(generator.get(), 5) == TW_OK);
  REQUIRE(tw_tensor_rand(drawn.out(), &count, 1, TW_FLOAT32, nullptr, generator.get()) == TW_OK);
  REQUIRE(tw_tensor_randn(again.out(), &count, 1, TW_FLOAT32, nullptr, generator.get()) == TW_OK);
  CHECK(values(again.get()) == values(normal.get()));
  REQUIRE(tw_tensor_rand(drawn.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
  const std::vector<float> untouched = tw::reference::numbers_after_manual_seed(8, 20);
  CHECK(values(drawn.get()) == std::vector<float>(untouched.begin(), untouched.begin() + count));
}

TEST_CASE("rand lies in [0, 1) and randn is standard normal, in each floating dtype") {
  REQUIRE(tw_manual_seed(4) == TW_OK);
  for (const tw_dtype dtype : floating_dtypes) {
    INFO("dtype " << dtype);
    double sum = 0, squares = 0, largest = 0;
    const Tensor uniform = made_by(rand, {100, 100}, dtype);
    const Tensor normal = made_by(randn, {100, 100}, dtype);
    CHECK(dtype_of(uniform) == dtype);
    CHECK(dtype_of(normal) == dtype);
    for (const double value : numbers(uniform)) {
      if (value < 0 || value >= 1) FAIL("a uniform number is " << value);
      sum += value;
    }
    CHECK(std::abs(sum / 10000 - 0.5) < 0.02); /* seven standard deviations of the mean */
    sum = 0;
    for (const double value : numbers(normal)) {
      sum += value;
      squares += value * value;
      largest = std::max(largest, std::abs(value));
    }
    CHECK(std::abs(sum / 10000) < 0.07);
    CHECK(std::abs(squares / 10000 - 1) < 0.1);
    CHECK(largest > 2);
  }
}

TEST_CASE("rand and randn refuse a dtype that is not a floating one") {
  for (const Maker maker : {Maker{rand}, Maker{randn}})
    check_refused(maker, {2}, TW_INT64, nullptr, TW_ERROR_UNSUPPORTED, {"Long"});
}

TEST_CASE("every constructor takes no dimensions, with sizes NULL, and an empty dimension") {
  for (const auto &[name, maker] : makers) {
    INFO(name);
    Tensor made;
    CHECK(maker(made.out(), nullptr, 0, TW_FLOAT32, nullptr) == TW_OK);
    CHECK(sizes(made.get()).empty());
    CHECK(numbers(made).size() == 1);
    CHECK(sizes(made_by(maker, {2, 0, 3}, TW_FLOAT32).get()) == Sizes{2, 0, 3});
  }
}

TEST_CASE("every constructor refuses a negative size, naming it") {
  for (const auto &[name, maker] : makers) {
    INFO(name);
    check_refused(maker, {2, -3}, TW_FLOAT32, nullptr, TW_ERROR_RANGE, {"sizes[1] is -3"});
    check_refused(maker, {INT64_MIN}, TW_FLOAT32, nullptr, TW_ERROR_RANGE, {"sizes[0] is -9223372036854775808"});
  }
}

TEST_CASE("every constructor refuses a number that is no dtype, naming it") {
  for (const auto &[name, maker] : makers) {
    INFO(name);
    for (const auto dtype : {tw_dtype(0), tw_dtype(11), TW_DTYPE_UNKNOWN, TW_DTYPE_MAX_ENUM})
      check_refused(maker, {2}, dtype, nullptr, TW_ERROR_ARGUMENT, {"dtype is " + std::to_string(dtype)});
  }
}

TEST_CASE("every constructor with a device refuses one that does not exist, naming it") {
  for (const auto &[name, maker] : makers) {
    if (!takes_device(maker)) continue;
    INFO(name);
    for (const char *device : {"banana", "", "cuda:99", "cuda:-1", "cuda:999999999999", "cpu:7", "cpu ", "CPU", "xla"})
      check_refused(maker, {2}, TW_FLOAT32, device, TW_ERROR_DEVICE, {"\"" + std::string(device) + "\""});
  }
}

TEST_CASE("a tensor of more memory than there is, is refused as out of memory") {
  const Maker allocating[] = {tw_tensor_empty, tw_tensor_zeros, tw_tensor_ones, full_of_3, rand, from_data};
  for (const Maker maker : allocating)
    for (const int64_t count : {int64_t{1} << 50, int64_t{1} << 59})
      check_refused(maker, {count}, TW_FLOAT32, nullptr, TW_ERROR_MEMORY, {"allocate"});
}

TEST_CASE("sizes whose product overflows are refused, naming them") {
  for (const auto &[name, maker] : makers) {
    INFO(name);
    const int64_t big = int64_t{1} << 40;
    for (const Sizes &sizes : {Sizes{big, big}, Sizes{INT64_MAX, 2}, Sizes{INT64_MAX}, Sizes{big, big, big, big}})
      check_refused(maker, sizes, TW_FLOAT64, nullptr, TW_ERROR_RANGE, {std::to_string(sizes[0])});
  }
}

/* ---- arange ------------------------------------------------------------------------------------------------------- */

TEST_CASE("arange counts from start up to but without end, in either direction") {
  Tensor made;
  REQUIRE(tw_tensor_arange_double(made.out(), 1, 2.5, 0.5, TW_FLOAT32, nullptr) == TW_OK);
  CHECK(numbers(made) == Numbers{1, 1.5, 2});
  REQUIRE(tw_tensor_arange_double(made.out(), 3, 0, -1, TW_INT64, "cpu") == TW_OK);
  CHECK(numbers(made) == Numbers{3, 2, 1});
  CHECK(dtype_of(made) == TW_INT64);
  REQUIRE(tw_tensor_arange_double(made.out(), 3, 3, 1, TW_FLOAT32, nullptr) == TW_OK);
  CHECK(sizes(made.get()) == Sizes{0});
}

TEST_CASE("arange makes every dtype of numbers") {
  for (const tw_dtype dtype : all_dtypes) {
    if (dtype == TW_BOOL) continue;
    INFO("dtype " << dtype);
    Tensor made;
    REQUIRE(tw_tensor_arange_double(made.out(), 0, 6, 2, dtype, nullptr) == TW_OK);
    CHECK(dtype_of(made) == dtype);
    CHECK(numbers(made) == Numbers{0, 2, 4});
    REQUIRE(tw_tensor_arange_int64(made.out(), 0, 6, 2, dtype, nullptr) == TW_OK);
    CHECK(dtype_of(made) == dtype);
    CHECK(numbers(made) == Numbers{0, 2, 4});
  }
}

TEST_CASE("arange refuses a step that does not lead from start to end, and numbers that are not finite") {
  const double inf = std::numeric_limits<double>::infinity();
  const double tiny = 1e-200; /* the product of two such is 0 */
  struct Wrong {
    double start, end, step;
    const char *text;
  };
  for (const Wrong &wrong : {Wrong{0, 1, 0, "step is 0"}, Wrong{0, 1, -1, "step is -1"}, Wrong{1, 0, 1, "step is 1"},
                             Wrong{0, tiny, -tiny, "step is -1e-200"}, Wrong{inf, 1, 1, "start is inf"},
                             Wrong{0, -inf, -1, "end is -inf"}, Wrong{0, 1, std::nan(""), "step is nan"}}) {
    INFO(wrong.text);
    auto *made = rubbish<tw_tensor>();
    check_failure(tw_tensor_arange_double(&made, wrong.start, wrong.end, wrong.step, TW_FLOAT64, nullptr),
                  TW_ERROR_RANGE, {wrong.text});
    CHECK(made == nullptr);
  }
}

TEST_CASE("arange_int64 refuses a step that does not lead from start to end") {
  for (const auto &[start, end, step] :
       {std::tuple<int64_t, int64_t, int64_t>{0, 1, 0}, {0, 1, -1}, {1, 0, 1}, {0, INT64_MIN, INT64_MAX}}) {
    auto *made = rubbish<tw_tensor>();
    check_failure(tw_tensor_arange_int64(&made, start, end, step, TW_INT64, nullptr), TW_ERROR_RANGE,
                  {"step is " + std::to_string(step)});
    CHECK(made == nullptr);
  }
}

TEST_CASE("arange refuses more numbers than memory holds, and an unknown dtype and device") {
  auto *made = rubbish<tw_tensor>();
  CHECK(tw_tensor_arange_int64(&made, 0, int64_t{1} << 55, 1, TW_INT64, nullptr) == TW_ERROR_MEMORY);
  check_failure(tw_tensor_arange_int64(&made, INT64_MIN, INT64_MAX, 1, TW_INT64, nullptr), TW_ERROR_RANGE,
                {"18446744073709551615 numbers"});
  CHECK(tw_tensor_arange_double(&made, 0, 1e15, 1, TW_FLOAT32, nullptr) == TW_ERROR_MEMORY);
  CHECK(made == nullptr);
  CHECK(tw_tensor_arange_double(&made, 0, 1e300, 1, TW_FLOAT32, nullptr) != TW_OK);
  CHECK(tw_tensor_arange_double(&made, -1e308, 1e308, 1e-308, TW_FLOAT64, nullptr) != TW_OK);
  check_failure(tw_tensor_arange_double(&made, 0, 3, 1, tw_dtype(55), nullptr), TW_ERROR_ARGUMENT, {"dtype is 55"});
  check_failure(tw_tensor_arange_double(&made, 0, 3, 1, TW_FLOAT32, "banana"), TW_ERROR_DEVICE, {"\"banana\""});
}

/* ---- from_data ---------------------------------------------------------------------------------------------------- */

template <class Element>
void check_from_data(tw_dtype dtype, const std::array<Element, 4> &elements) {
  INFO("dtype " << dtype);
  const int64_t shape[] = {2, 2};
  std::array<Element, 4> source = elements, back{};
  Tensor made;
  REQUIRE(tw_tensor_from_data(made.out(), source.data(), source.size() * sizeof source[0], shape, 2, dtype) == TW_OK);
  source.fill(Element{}); /* a copy does not see it */
  REQUIRE(tw_tensor_copy_data(back.data(), sizeof back, nullptr, made.get()) == TW_OK);
  CHECK(back == elements);
  CHECK(dtype_of(made) == dtype);
  CHECK(sizes(made.get()) == Sizes{2, 2});
}

TEST_CASE("from_data copies the caller's numbers, bit for bit, in each dtype") {
  check_from_data<uint8_t>(TW_UINT8, {0, 1, 128, 255});
  check_from_data<int8_t>(TW_INT8, {0, 1, -128, 127});
  check_from_data<int16_t>(TW_INT16, {0, 1, INT16_MIN, INT16_MAX});
  check_from_data<int32_t>(TW_INT32, {0, 1, INT32_MIN, INT32_MAX});
  check_from_data<int64_t>(TW_INT64, {0, 1, INT64_MIN, INT64_MAX});
  check_from_data<uint16_t>(TW_FLOAT16, {0x0000, 0x3C00, 0xC000, 0x7C00});
  check_from_data<uint16_t>(TW_BFLOAT16, {0x0000, 0x3F80, 0xC000, 0x7F80});
  check_from_data<float>(TW_FLOAT32, {0, 0.1F, -1e30F, 1e-40F});
  check_from_data<double>(TW_FLOAT64, {0, 0.1, -1e300, 5e-324});
  check_from_data<uint8_t>(TW_BOOL, {0, 1, 1, 0});
}

TEST_CASE("the bits of the half types mean what IEEE and bfloat16 say") {
  const int64_t count = 4;
  const uint16_t halves[] = {0x3C00, 0xC000, 0x3555, 0x7C00}, brains[] = {0x3F80, 0xC000, 0x3EAB, 0x7F80};
  Tensor made;
  REQUIRE(tw_tensor_from_data(made.out(), halves, sizeof halves, &count, 1, TW_FLOAT16) == TW_OK);
  CHECK(numbers(made) == Numbers{1, -2, 0.333251953125, std::numeric_limits<double>::infinity()});
  REQUIRE(tw_tensor_from_data(made.out(), brains, sizeof brains, &count, 1, TW_BFLOAT16) == TW_OK);
  CHECK(numbers(made) == Numbers{1, -2, 0.333984375, std::numeric_limits<double>::infinity()});
}

TEST_CASE("from_data reads row by row, and takes NULL where there are no elements") {
  const Tensor made = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(numbers(op("select.int", {arg(made), arg(0), arg(1)})) == Numbers{4, 5, 6});
  const int64_t none = 0;
  Tensor empty;
  CHECK(tw_tensor_from_data(empty.out(), nullptr, 0, &none, 1, TW_FLOAT32) == TW_OK);
}

TEST_CASE("from_data refuses another number of bytes than sizes and dtype say, naming both") {
  const float source[6] = {};
  const int64_t shape[] = {2, 3};
  for (const size_t bytes : {size_t{0}, size_t{23}, size_t{25}, SIZE_MAX}) {
    auto *made = rubbish<tw_tensor>();
    check_failure(tw_tensor_from_data(&made, source, bytes, shape, 2, TW_FLOAT32), TW_ERROR_ARGUMENT,
                  {"bytes is " + std::to_string(bytes), "take 24"});
    CHECK(made == nullptr);
  }
}
