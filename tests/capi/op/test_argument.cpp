/* Arguments of operators: their layout, the functions that fill them in, the macros that write them in place. */
#include <cstddef>
#include <cstring>

#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

/* What a filling function makes over rubbish; it must succeed. */
template <class Fill>
tw_argument filled(Fill &&fill) {
  tw_argument made;
  std::memset(&made, 0x5A, sizeof made);
  REQUIRE(fill(&made) == TW_OK);
  return made;
}

void check_same(const tw_argument &got, const tw_argument &wanted) {
  CHECK(std::memcmp(&got, &wanted, sizeof got) == 0); /* it has no gaps */
}

}  // namespace

TEST_CASE("an argument has 64 bytes, its members in their order without gaps") {
  CHECK(sizeof(tw_argument) == 64);
  CHECK(offsetof(tw_argument, name) == 0);
  CHECK(offsetof(tw_argument, kind) == 8);
  CHECK(offsetof(tw_argument, reserved) == 12);
  CHECK(offsetof(tw_argument, integer) == 16);
  CHECK(offsetof(tw_argument, real) == 24);
  CHECK(offsetof(tw_argument, pointer) == 32);
  CHECK(offsetof(tw_argument, count) == 40);
  CHECK(offsetof(tw_argument, reserved_words) == 48);
}

TEST_CASE("each function fills in what its macro writes") {
  Handle<tw_generator> generator;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 1) == TW_OK);
  const Tensor x = tensor({1, 2});
  const char *text = "text", *device = "cpu";
  tw_tensor *g = x.get();
  check_same(filled([](auto *out) { return tw_argument_none(out); }), TW_NONE);
  check_same(filled([&](auto *out) { return tw_argument_tensor(out, g); }), TW_TENSOR(g));
  check_same(filled([&](auto *out) { return tw_argument_tensor(out, nullptr); }), TW_TENSOR(nullptr));
  check_same(filled([](auto *out) { return tw_argument_int64(out, INT64_MIN); }), TW_INT(INT64_MIN));
  check_same(filled([](auto *out) { return tw_argument_double(out, 0.1); }), TW_FLOAT(0.1));
  check_same(filled([](auto *out) { return tw_argument_bool(out, 1); }), TW_BOOLEAN(1));
  check_same(filled([&](auto *out) { return tw_argument_string(out, text); }), TW_STRING(text));
  check_same(filled([](auto *out) { return tw_argument_dtype(out, TW_INT16); }), TW_DTYPE(TW_INT16));
  check_same(filled([&](auto *out) { return tw_argument_device(out, device); }), TW_DEVICE(device));
  check_same(filled([](auto *out) { return tw_argument_memory_format(out, TW_CHANNELS_LAST); }),
             TW_MEMORY_FORMAT(TW_CHANNELS_LAST));
  check_same(filled([&](auto *out) { return tw_argument_generator(out, generator.get()); }),
             TW_GENERATOR(generator.get()));
}

TEST_CASE("a list is an array and its length") {
  const Tensor x = tensor({1, 2});
  const std::vector<int64_t> integers = {1, 2, 3};
  const std::vector<double> reals = {0.5, 1};
  const std::vector<int32_t> truths = {0, 1, 1, 0};
  check_same(filled([&](auto *out) { return tw_argument_tensor_list(out, x.one(), 1); }),
             argument(TW_KIND_TENSOR_LIST, 0, 0, x.one(), 1));
  check_same(filled([&](auto *out) { return tw_argument_int64_list(out, integers.data(), 3); }), ints(integers));
  check_same(filled([&](auto *out) { return tw_argument_double_list(out, reals.data(), 2); }), floats(reals));
  check_same(filled([&](auto *out) { return tw_argument_bool_list(out, truths.data(), 4); }), bools(truths));
  check_same(filled([](auto *out) { return tw_argument_int64_list(out, nullptr, 0); }),
             argument(TW_KIND_INT64_LIST, 0, 0, nullptr, 0));
}

TEST_CASE("a name makes an argument a keyword argument, and NULL a positional one") {
  tw_argument made = TW_INT(2);
  REQUIRE(tw_argument_set_name(&made, "alpha") == TW_OK);
  check_same(made, named("alpha", arg(2)));
  REQUIRE(tw_argument_set_name(&made, nullptr) == TW_OK);
  check_same(made, TW_INT(2));
  CHECK(tw_argument_set_name(nullptr, "alpha") == TW_ERROR_ARGUMENT);
}

TEST_CASE("an operator runs on arguments that functions filled in") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const int64_t dim = 1;
  tw_argument arguments[3];
  REQUIRE(tw_argument_tensor(&arguments[0], x.get()) == TW_OK);
  REQUIRE(tw_argument_int64_list(&arguments[1], &dim, 1) == TW_OK);
  REQUIRE(tw_argument_bool(&arguments[2], 1) == TW_OK);
  REQUIRE(tw_argument_set_name(&arguments[2], "keepdim") == TW_OK);
  Tensor sum;
  REQUIRE(tw_op_call_one(sum.out(), "sum", arguments, 3) == TW_OK);
  CHECK(numbers(sum) == Numbers{6, 15});
  CHECK(sizes(sum.get()) == std::vector<int64_t>{2, 1});
}

TEST_CASE("the macros call operators from C++ too") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3}), y = tensor({7, 8, 9}, {1, 3});
  Tensor joined, sum, zeros;
  Handle<tw_tensor_list> top;
  REQUIRE(TW_OP(joined.out(), "cat", TW_TENSORS(x.get(), y.get()), TW_NAMED("dim", TW_INT(0))) == TW_OK);
  CHECK(numbers(joined) == Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9});
  REQUIRE(TW_OP(sum.out(), "sum", TW_TENSOR(joined.get()), TW_INTS(0, 1), TW_BOOLEAN(1)) == TW_OK);
  CHECK(numbers(sum) == Numbers{45});
  REQUIRE(TW_OP_LIST(top.out(), "topk", TW_TENSOR(y.get()), TW_INT(2)) == TW_OK);
  CHECK(numbers(handles_of(top)[1]) == Numbers{2, 1});
  REQUIRE(TW_OP_INPLACE("zero_", TW_TENSOR(x.get())) == TW_OK);
  CHECK(numbers(x) == Numbers(6, 0));
  REQUIRE(TW_OP(zeros.out(), "zeros", TW_INTS(2), TW_NAMED("dtype", TW_DTYPE(TW_INT64)),
                TW_NAMED("device", TW_DEVICE(nullptr))) == TW_OK);
  CHECK(dtype_of(zeros) == TW_INT64);
}

TEST_CASE("what is wrong in itself is refused at once and leaves None") {
  const auto refused = [](auto &&fill) {
    tw_argument made = TW_INT(7);
    CHECK(fill(&made) == TW_ERROR_ARGUMENT);
    check_same(made, TW_NONE);
    return std::string(tw_last_error());
  };
  CHECK_THAT(refused([](auto *out) { return tw_argument_bool(out, 2); }), Contains("value is 2"));
  CHECK_THAT(refused([](auto *out) { return tw_argument_string(out, nullptr); }), Contains("value is NULL"));
  CHECK_THAT(refused([](auto *out) { return tw_argument_dtype(out, tw_dtype(99)); }), Contains("dtype is 99"));
  CHECK_THAT(refused([](auto *out) { return tw_argument_memory_format(out, tw_memory_format(7)); }),
             Contains("format is 7"));
  CHECK_THAT(refused([](auto *out) { return tw_argument_tensor_list(out, nullptr, 2); }),
             Contains("tensors is NULL but its length is 2"));
  CHECK_THAT(refused([](auto *out) { return tw_argument_double_list(out, nullptr, 1); }), Contains("values is NULL"));
}
