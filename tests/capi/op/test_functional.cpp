/* The typed operators against values worked out here, and their gradients against finite differences.
   test_functional_errors.cpp has what they refuse. */
#include <algorithm>

#include "op/functional.h"

using namespace tw::test;

namespace {

Numbers mapped(const Numbers &values, double (*function)(double)) {
  Numbers results;
  for (double value : values) results.push_back(function(value));
  return results;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double exact_gelu(double x) { return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0))); }
double positive_part(double x) { return x > 0 ? x : 0; }

}  // namespace

/* ---- arithmetic --------------------------------------------------------------------------------------------------- */

TEST_CASE("arithmetic goes element by element and broadcasts") {
  const Tensor a = doubles({1, 2, 3, 4}, {2, 2}), b = doubles({10, 5});
  const auto with = [&](auto function) {
    return numbers(made([&](tw_tensor **out) { return function(out, a.get(), b.get()); }));
  };
  CHECK(with(tw_op_add) == Numbers{11, 7, 13, 9});
  CHECK(with(tw_op_sub) == Numbers{-9, -3, -7, -1});
  CHECK(with(tw_op_mul) == Numbers{10, 10, 30, 20});
  CHECK(with(tw_op_div) == Numbers{0.1, 0.4, 0.3, 0.8});
}

TEST_CASE("arithmetic takes a number") {
  const Tensor a = doubles({1, -2, 3});
  const auto with = [&](auto function, auto number) {
    return numbers(made([&](tw_tensor **out) { return function(out, a.get(), number); }));
  };
  CHECK(with(tw_op_add_double, 0.5) == Numbers{1.5, -1.5, 3.5});
  CHECK(with(tw_op_mul_double, -2.0) == Numbers{-2, 4, -6});
  CHECK(with(tw_op_pow_double, 3.0) == Numbers{1, -8, 27});
  CHECK(with(tw_op_add_int64, 2) == Numbers{3, 0, 5});
  CHECK(with(tw_op_mul_int64, -2) == Numbers{-2, 4, -6});
  CHECK(with(tw_op_pow_int64, 3) == Numbers{1, -8, 27});
}

TEST_CASE("an integer tensor and an int64 give their exact integer, where a double or float32 could not hold it") {
  const int64_t beyond_float = 16777217, beyond_double = (int64_t{1} << 53) + 1;
  const auto with = [](auto function, int64_t value, int64_t number) {
    const Tensor a = longs({value});
    const Tensor result = made([&](tw_tensor **out) { return function(out, a.get(), number); });
    CHECK(dtype_of(result) == TW_INT64);
    int64_t item = 0;
    REQUIRE(tw_tensor_get_item_int64(&item, result.get()) == TW_OK);
    return item;
  };
  CHECK(with(tw_op_add_int64, beyond_float, 0) == beyond_float);
  CHECK(with(tw_op_add_int64, beyond_double - 1, 1) == beyond_double);
  CHECK(with(tw_op_add_int64, 0, beyond_double) == beyond_double);
  CHECK(with(tw_op_mul_int64, beyond_double, 1) == beyond_double);
  CHECK(with(tw_op_mul_int64, 3, beyond_double) == 3 * beyond_double);
  CHECK(with(tw_op_pow_int64, beyond_double, 1) == beyond_double);
  CHECK(with(tw_op_pow_int64, 3, 34) == 16677181699666569); /* above 2^53, and odd */
}

TEST_CASE("a double makes an integer tensor floating, and neither changes a floating one's dtype") {
  const Tensor ints = longs({1}), halves = tensor({1});
  const auto dtype_with = [](auto function, const Tensor &a, auto number) {
    return dtype_of(made([&](tw_tensor **out) { return function(out, a.get(), number); }));
  };
  CHECK(dtype_with(tw_op_add_double, ints, 1.0) == TW_FLOAT32);
  CHECK(dtype_with(tw_op_mul_double, ints, 1.0) == TW_FLOAT32);
  CHECK(dtype_with(tw_op_pow_double, ints, 1.0) == TW_FLOAT32);
  CHECK(dtype_with(tw_op_add_int64, halves, 1) == TW_FLOAT32);
  CHECK(dtype_with(tw_op_pow_double, halves, 2.0) == TW_FLOAT32);
}

TEST_CASE("functions of one number are the C library's") {
  const Numbers any = {-3, -0.5, 0, 0.25, 2}, positive = {0.25, 1, 3};
  const auto check = [](const Function &function, const Numbers &at, double (*wanted)(double)) {
    check_near(numbers(applied(function, doubles(at))), mapped(at, wanted), 1e-14);
  };
  check(tw_op_neg, any, [](double x) { return -x; });
  check(tw_op_exp, any, [](double x) { return std::exp(x); });
  check(tw_op_log, positive, [](double x) { return std::log(x); });
  check(tw_op_sqrt, positive, [](double x) { return std::sqrt(x); });
  check(tw_op_tanh, any, [](double x) { return std::tanh(x); });
  check(tw_op_sigmoid, any, logistic);
  check(tw_op_gelu, any, exact_gelu);
  check(tw_op_relu, any, positive_part);
}

TEST_CASE("eq compares element by element") {
  const Tensor a = doubles({1, 2, 3}), b = doubles({1, 5, 3});
  const Tensor equal = made([&](tw_tensor **out) { return tw_op_eq(out, a.get(), b.get()); });
  CHECK(dtype_of(equal) == TW_BOOL);
  CHECK(numbers(equal) == Numbers{1, 0, 1});
}

/* ---- products ----------------------------------------------------------------------------------------------------- */

TEST_CASE("matmul sums rows times columns, over batches too") {
  const Tensor a = doubles({1, 2, 3, 4, 5, 6}, {1, 2, 3}), b = doubles({1, 0, 0, 1, 2, 2}, {3, 2});
  const Tensor product = made([&](tw_tensor **out) { return tw_op_matmul(out, a.get(), b.get()); });
  CHECK(sizes_of(product) == Sizes{1, 2, 2});
  CHECK(numbers(product) == Numbers{7, 8, 16, 17});
}

TEST_CASE("linear multiplies by the transposed weight and adds the bias where there is one") {
  const Tensor input = doubles({1, 2}, {1, 2}), weight = doubles({1, 10, 100, 1000, 0, 1}, {3, 2}),
               bias = doubles({0.5, 1, 2});
  const auto with = [&](const tw_tensor *term) {
    return numbers(made([&](tw_tensor **out) { return tw_op_linear(out, input.get(), weight.get(), term); }));
  };
  CHECK(with(bias.get()) == Numbers{21.5, 2101, 4});
  CHECK(with(nullptr) == Numbers{21, 2100, 2});
}

namespace {

struct Convolution {
  int64_t stride[2], padding[2], dilation[2], groups;
};

/* input [2, 4, 6, 7], weight [4, 4 / groups, 3, 2], one term at a time. */
Numbers naive_conv2d(const Numbers &input, const Numbers &weight, const Numbers &bias, const Convolution &how) {
  const int64_t channels = 4, rows = 6, columns = 7, of_group = channels / how.groups;
  const int64_t out_rows = (rows + 2 * how.padding[0] - how.dilation[0] * 2 - 1) / how.stride[0] + 1;
  const int64_t out_columns = (columns + 2 * how.padding[1] - how.dilation[1] - 1) / how.stride[1] + 1;
  Numbers result;
  const auto term = [&](int64_t n, int64_t filter, int64_t channel, int64_t row, int64_t column, int64_t i, int64_t j) {
    const int64_t y = row * how.stride[0] - how.padding[0] + i * how.dilation[0];
    const int64_t x = column * how.stride[1] - how.padding[1] + j * how.dilation[1];
    if (y < 0 || y >= rows || x < 0 || x >= columns) return 0.0;
    const int64_t source = filter / (channels / how.groups) * of_group + channel;
    return input[static_cast<size_t>(((n * channels + source) * rows + y) * columns + x)] *
           weight[static_cast<size_t>(((filter * of_group + channel) * 3 + i) * 2 + j)];
  };
  for (int64_t n = 0; n < 2; ++n)
    for (int64_t filter = 0; filter < 4; ++filter)
      for (int64_t row = 0; row < out_rows; ++row)
        for (int64_t column = 0; column < out_columns; ++column) {
          double sum = bias.empty() ? 0.0 : bias[static_cast<size_t>(filter)];
          for (int64_t channel = 0; channel < of_group; ++channel)
            for (int64_t i = 0; i < 3; ++i)
              for (int64_t j = 0; j < 2; ++j) sum += term(n, filter, channel, row, column, i, j);
          result.push_back(sum);
        }
  return result;
}

}  // namespace

TEST_CASE("conv2d agrees with a loop over every term") {
  const Convolution plain{{1, 1}, {0, 0}, {1, 1}, 1}, all{{2, 1}, {1, 2}, {2, 3}, 2};
  for (const Convolution &how : {plain, all}) {
    const Numbers input = assorted(2 * 4 * 6 * 7), weight = assorted(static_cast<size_t>(4 * 4 / how.groups * 6)),
                  bias = {1, -2, 3, 0.5};
    const Tensor x = doubles(input, {2, 4, 6, 7}), w = doubles(weight, {4, 4 / how.groups, 3, 2}), b = doubles(bias);
    auto options = default_options(tw_op_conv2d_options_init);
    std::copy_n(how.stride, 2, options.stride);
    std::copy_n(how.padding, 2, options.padding);
    std::copy_n(how.dilation, 2, options.dilation);
    options.groups = how.groups;
    const auto with = [&](const tw_tensor *term) {
      return numbers(made([&](tw_tensor **out) { return tw_op_conv2d(out, x.get(), w.get(), term, &options); }));
    };
    check_near(with(b.get()), naive_conv2d(input, weight, bias, how), 1e-12);
    check_near(with(nullptr), naive_conv2d(input, weight, {}, how), 1e-12);
  }
}

TEST_CASE("conv2d without options takes PyTorch's: stride 1, padding 0, dilation 1, one group") {
  const Tensor x = doubles(assorted(336), {2, 4, 6, 7}), w = doubles(assorted(96), {4, 4, 3, 2});
  const Tensor y = made([&](tw_tensor **out) { return tw_op_conv2d(out, x.get(), w.get(), nullptr, nullptr); });
  check_near(numbers(y), naive_conv2d(assorted(336), assorted(96), {}, {{1, 1}, {0, 0}, {1, 1}, 1}), 1e-12);
}

/* ---- activations, pooling, dropout -------------------------------------------------------------------------------- */

TEST_CASE("softmax sums to one along its dimension, and log_softmax is its logarithm, also of large numbers") {
  const Tensor a = doubles({1, 2, 1000, 1001, -5, 3}, {3, 2});
  const Numbers soft = numbers(made([&](tw_tensor **out) { return tw_op_softmax(out, a.get(), -1); }));
  const Numbers log = numbers(made([&](tw_tensor **out) { return tw_op_log_softmax(out, a.get(), 1); }));
  for (size_t row = 0; row < 3; ++row) CHECK(std::abs(soft[2 * row] + soft[2 * row + 1] - 1) < 1e-15);
  CHECK(std::abs(soft[3] - logistic(1)) < 1e-15);
  check_near(log, mapped(soft, [](double x) { return std::log(x); }), 1e-12);
}

TEST_CASE("max_pool2d takes the largest of each window; its stride is the window's unless given") {
  const Tensor a = doubles({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, {1, 1, 4, 4});
  const int64_t kernel[] = {2, 2}, wide[] = {1, 4}, three[] = {3, 3};
  const auto with = [&](const int64_t *size, const tw_op_max_pool2d_options *options) {
    return numbers(made([&](tw_tensor **out) { return tw_op_max_pool2d(out, a.get(), size, options); }));
  };
  CHECK(with(kernel, nullptr) == Numbers{6, 8, 14, 16});
  CHECK(with(wide, nullptr) == Numbers{4, 8, 12, 16});
  auto strided = default_options(tw_op_max_pool2d_options_init), padded = strided, dilated = strided, ceiling = strided;
  CHECK(with(kernel, &strided) == Numbers{6, 8, 14, 16});
  strided.stride[0] = 1, strided.stride[1] = 2;
  CHECK(with(kernel, &strided) == Numbers{6, 8, 10, 12, 14, 16});
  padded.padding[0] = 1;
  CHECK(with(kernel, &padded) == Numbers{2, 4, 10, 12, 14, 16});
  dilated.dilation[0] = 2, dilated.stride[0] = 1; /* rows 0 and 2, then 1 and 3 */
  CHECK(with(kernel, &dilated) == Numbers{10, 12, 14, 16});
  CHECK(with(three, nullptr) == Numbers{11});
  ceiling.ceil_mode = 1;
  CHECK(with(three, &ceiling) == Numbers{11, 12, 15, 16});
}

TEST_CASE("dropout zeroes some elements, scales the rest, and does nothing outside training") {
  const Tensor ones = doubles(Numbers(10000, 1));
  const auto with = [&](double p, int32_t training) {
    REQUIRE(tw_manual_seed(1) == TW_OK);
    return made([&](tw_tensor **out) { return tw_op_dropout(out, ones.get(), p, training); });
  };
  const Numbers kept = numbers(with(0.25, 1));
  int64_t zeros = 0;
  for (double value : kept) {
    if (value == 0)
      ++zeros;
    else
      CHECK(std::abs(value - 1 / 0.75) < 1e-12);
  }
  CHECK(zeros > 2300); /* 2500 expected, standard deviation 43 */
  CHECK(zeros < 2700);
  CHECK(numbers(with(0.25, 1)) == kept);
  CHECK(data_of(with(0.25, 0)) == data_of(ones));
  CHECK(numbers(with(1, 1)) == Numbers(10000, 0));
}

/* ---- reductions and shapes ---------------------------------------------------------------------------------------- */

TEST_CASE("sum and mean of all elements have no dimensions; argmax gives indices") {
  const Tensor a = doubles({1, 9, 2, 8, 3, 1}, {2, 3});
  const Tensor sum = applied(tw_op_sum, a), mean = applied(tw_op_mean, a);
  CHECK(sizes_of(sum).empty());
  CHECK(numbers(sum) == Numbers{24});
  CHECK(numbers(mean) == Numbers{4});
  const Tensor along = made([&](tw_tensor **out) { return tw_op_argmax(out, a.get(), 1, 0); });
  CHECK(numbers(along) == Numbers{1, 0});
  CHECK(dtype_of(along) == TW_INT64);
  CHECK(sizes_of(made([&](tw_tensor **out) { return tw_op_argmax(out, a.get(), -1, 1); })) == Sizes{2, 1});
}

TEST_CASE("shapes change without changing the elements") {
  const Tensor a = doubles({1, 2, 3, 4, 5, 6}, {1, 2, 3});
  const int64_t wanted[] = {3, -1};
  const Tensor reshaped = made([&](tw_tensor **out) { return tw_op_reshape(out, a.get(), wanted, 2); });
  CHECK(sizes_of(reshaped) == Sizes{3, 2});
  CHECK(data_of(reshaped) == data_of(a));
  CHECK(sizes_of(made([&](tw_tensor **out) {
          return tw_op_reshape(out, applied(tw_op_sum, a).get(), nullptr, 0);
        })).empty());
  CHECK(sizes_of(made([&](tw_tensor **out) { return tw_op_flatten(out, a.get(), 1, -1); })) == Sizes{1, 6});
  const Tensor swapped = made([&](tw_tensor **out) { return tw_op_transpose(out, a.get(), 1, -1); });
  CHECK(sizes_of(swapped) == Sizes{1, 3, 2});
  CHECK(numbers(swapped) == Numbers{1, 4, 2, 5, 3, 6});
  tw_tensor *const both[] = {a.get(), a.get()};
  CHECK(sizes_of(made([&](tw_tensor **out) { return tw_op_cat(out, both, 2, 1); })) == Sizes{1, 4, 3});
}

/* ---- gradients ---------------------------------------------------------------------------------------------------- */

TEST_CASE("gradients agree with finite differences") {
  const Tensor other = doubles(assorted(6), {2, 3}), weight = doubles(assorted(8), {2, 1, 2, 2});
  const Sizes matrix = {2, 3};
  const auto smooth = {tw_op_exp, tw_op_tanh, tw_op_gelu, tw_op_sigmoid, tw_op_mean};
  for (const auto &function : smooth) check_gradient(function, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_div(out, other.get(), x); }, {1, 2, 3, 1.5, 2.5, -1}, matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_pow_double(out, x, 2.5); }, {1, 2, 3, 1.5, 2.5, 0.5}, matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_log_softmax(out, x, 1); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_linear(out, x, other.get(), nullptr); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_linear(out, other.get(), x, nullptr); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_conv2d(out, x, weight.get(), nullptr, nullptr); }, assorted(9),
                 {1, 1, 3, 3});
}
