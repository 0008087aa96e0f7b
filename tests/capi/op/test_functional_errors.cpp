/* What the typed operators refuse, and that they say why. */
#include <limits>

#include "op/functional.h"

using namespace tw::test;

namespace {

void check_refuses_null(const Function &function, const char *name) {
  INFO(name);
  CHECK_THAT(refusal(TW_ERROR_ARGUMENT, [&](auto **out) { return function(out, nullptr); }), Contains(" is NULL"));
  const Tensor one = tensor({1, 2}, {1, 2});
  CHECK(function(nullptr, one.get()) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("out is NULL"));
}

}  // namespace

TEST_CASE("a NULL tensor or output is refused by every function of one tensor") {
  const int64_t pair[] = {1, 1};
  check_refuses_null([](auto **out, auto *x) { return tw_op_add_int64(out, x, 1); }, "add_int64");
  check_refuses_null([](auto **out, auto *x) { return tw_op_add_double(out, x, 1); }, "add_double");
  check_refuses_null([](auto **out, auto *x) { return tw_op_mul_int64(out, x, 1); }, "mul_int64");
  check_refuses_null([](auto **out, auto *x) { return tw_op_mul_double(out, x, 1); }, "mul_double");
  check_refuses_null([](auto **out, auto *x) { return tw_op_pow_int64(out, x, 1); }, "pow_int64");
  check_refuses_null([](auto **out, auto *x) { return tw_op_pow_double(out, x, 1); }, "pow_double");
  check_refuses_null(tw_op_neg, "neg");
  check_refuses_null(tw_op_exp, "exp");
  check_refuses_null(tw_op_log, "log");
  check_refuses_null(tw_op_sqrt, "sqrt");
  check_refuses_null(tw_op_relu, "relu");
  check_refuses_null(tw_op_gelu, "gelu");
  check_refuses_null(tw_op_sigmoid, "sigmoid");
  check_refuses_null(tw_op_tanh, "tanh");
  check_refuses_null([](auto **out, auto *x) { return tw_op_softmax(out, x, 0); }, "softmax");
  check_refuses_null([](auto **out, auto *x) { return tw_op_log_softmax(out, x, 0); }, "log_softmax");
  check_refuses_null([&](auto **out, auto *x) { return tw_op_max_pool2d(out, x, pair, nullptr); }, "max_pool2d");
  check_refuses_null([](auto **out, auto *x) { return tw_op_dropout(out, x, 0.5, 1); }, "dropout");
  check_refuses_null(tw_op_sum, "sum");
  check_refuses_null(tw_op_mean, "mean");
  check_refuses_null([](auto **out, auto *x) { return tw_op_argmax(out, x, 0, 0); }, "argmax");
  check_refuses_null([&](auto **out, auto *x) { return tw_op_reshape(out, x, pair, 2); }, "reshape");
  check_refuses_null([](auto **out, auto *x) { return tw_op_flatten(out, x, 0, 1); }, "flatten");
  check_refuses_null([](auto **out, auto *x) { return tw_op_transpose(out, x, 0, 1); }, "transpose");
}

TEST_CASE("a NULL tensor or output is refused in either place of a function of two") {
  const Tensor one = tensor({1, 2}, {1, 2});
  const auto check = [&](auto function, const char *name) {
    check_refuses_null([&](auto **out, auto *x) { return function(out, x, one.get()); }, name);
    check_refuses_null([&](auto **out, auto *x) { return function(out, one.get(), x); }, name);
  };
  check(tw_op_add, "add");
  check(tw_op_sub, "sub");
  check(tw_op_mul, "mul");
  check(tw_op_div, "div");
  check(tw_op_eq, "eq");
  check(tw_op_matmul, "matmul");
  check([](auto **out, auto *a, auto *b) { return tw_op_linear(out, a, b, nullptr); }, "linear");
  check([](auto **out, auto *a, auto *b) { return tw_op_conv2d(out, a, b, nullptr, nullptr); }, "conv2d");
}

TEST_CASE("NULL arrays are refused by name") {
  const Tensor one = tensor({1, 2}, {1, 1, 2});
  tw_tensor *const with_null[] = {one.get(), nullptr};
  const auto refused = [](auto &&call) { return refusal(TW_ERROR_ARGUMENT, call); };
  CHECK_THAT(refused([&](auto **out) { return tw_op_cat(out, with_null, 2, 0); }), Contains("tensors[1] is NULL"));
  CHECK_THAT(refused([&](auto **out) { return tw_op_cat(out, nullptr, 2, 0); }), Contains("tensors is NULL"));
  CHECK_THAT(refused([&](auto **out) { return tw_op_reshape(out, one.get(), nullptr, 1); }), Contains("sizes is NULL"));
  CHECK_THAT(refused([&](auto **out) { return tw_op_max_pool2d(out, one.get(), nullptr, nullptr); }),
             Contains("kernel_size is NULL"));
  CHECK(tw_op_cat(nullptr, one.one(), 1, 0) == TW_ERROR_ARGUMENT);
}

TEST_CASE("values outside their range are named") {
  const Tensor one = tensor({1, 2}, {1, 2});
  const auto argument = [](auto &&call) { return refusal(TW_ERROR_ARGUMENT, call); };
  for (double p : {-0.1, 1.5, std::numeric_limits<double>::quiet_NaN()})
    CHECK_THAT(refusal(TW_ERROR_RANGE, [&](auto **out) { return tw_op_dropout(out, one.get(), p, 1); }),
               Contains("p is "));
  CHECK_THAT(argument([&](auto **out) { return tw_op_dropout(out, one.get(), 0.5, 2); }), Contains("training is 2"));
  CHECK_THAT(argument([&](auto **out) { return tw_op_argmax(out, one.get(), 0, -1); }), Contains("keepdim is -1"));
}

TEST_CASE("dropout refuses integers before it draws a random number") {
  const auto state = [] {
    Tensor drawn;
    REQUIRE(tw_tensor_rand(drawn.out(), nullptr, 0, TW_FLOAT64, nullptr, nullptr) == TW_OK);
    double number = 0;
    REQUIRE(tw_tensor_get_item_double(&number, drawn.get()) == TW_OK);
    return number;
  };
  const int64_t sizes[] = {4};
  Tensor whole;
  REQUIRE(tw_tensor_ones(whole.out(), sizes, 1, TW_INT64, nullptr) == TW_OK);
  REQUIRE(tw_manual_seed(5) == TW_OK);
  const double next = state();
  REQUIRE(tw_manual_seed(5) == TW_OK);
  CHECK_THAT(refusal(TW_ERROR_TYPE, [&](auto **out) { return tw_op_dropout(out, whole.get(), 0.5, 1); }),
             Contains("input is of type Long"));
  CHECK(state() == next);
  for (const auto &[p, training] : {std::pair(0.5, 0), std::pair(0.0, 1)}) {
    Tensor kept;
    CHECK(tw_op_dropout(kept.out(), whole.get(), p, training) == TW_OK);
  }
}

TEST_CASE("options are checked: their kind, their size, what is reserved, truth values") {
  const Tensor image = tensor(std::vector<float>(16, 1), {1, 1, 4, 4});
  const int64_t kernel[] = {2, 2};
  const auto pooled = [&](tw_status status, const void *options) {
    return refusal(status, [&](auto **out) {
      return tw_op_max_pool2d(out, image.get(), kernel, static_cast<const tw_op_max_pool2d_options *>(options));
    });
  };
  const auto convolved = [&](tw_status status, const void *options) {
    return refusal(status, [&](auto **out) {
      return tw_op_conv2d(out, image.get(), image.get(), nullptr, static_cast<const tw_op_conv2d_options *>(options));
    });
  };
  const auto pool = default_options(tw_op_max_pool2d_options_init);
  const auto conv = default_options(tw_op_conv2d_options_init);
  pooled(TW_ERROR_TYPE, &conv);
  convolved(TW_ERROR_TYPE, &pool);
  auto wrong_conv = conv;
  wrong_conv.reserved = 1;
  CHECK_THAT(convolved(TW_ERROR_ARGUMENT, &wrong_conv), Contains("reserved is 1"));
  wrong_conv = conv;
  wrong_conv.struct_size = 3;
  CHECK_THAT(convolved(TW_ERROR_ARGUMENT, &wrong_conv), Contains("struct_size is 3"));
  auto wrong_pool = pool;
  wrong_pool.ceil_mode = 2;
  CHECK_THAT(pooled(TW_ERROR_ARGUMENT, &wrong_pool), Contains("ceil_mode is 2"));
  wrong_pool = pool;
  wrong_pool.stride[0] = -1;
  pooled(TW_ERROR_TORCH, &wrong_pool);
}

TEST_CASE("a dtype that LibTorch has no kernel for is unsupported") {
  const Tensor truth = op("ones", {ints({2, 2}), named("dtype", dtype(TW_BOOL))});
  refusal(TW_ERROR_UNSUPPORTED, [&](auto **out) { return tw_op_log_softmax(out, truth.get(), 0); });
}

TEST_CASE("shapes that do not fit are LibTorch's error") {
  const Tensor two = tensor({1, 2}), three = tensor({1, 2, 3});
  const auto torch = [](auto &&call) { return refusal(TW_ERROR_TORCH, call); };
  CHECK_THAT(torch([&](auto **out) { return tw_op_add(out, two.get(), three.get()); }), Contains("size"));
  CHECK_THAT(torch([&](auto **out) { return tw_op_matmul(out, two.get(), three.get()); }), Contains("size"));
  CHECK_THAT(torch([&](auto **out) { return tw_op_softmax(out, two.get(), 5); }), Contains("5"));
  CHECK_THAT(torch([&](auto **out) { return tw_op_cat(out, nullptr, 0, 0); }), !Contains("NULL"));
}
