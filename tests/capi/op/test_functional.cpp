/* The typed operators against values worked out here, and their gradients against finite differences.
   test_functional_errors.cpp has what they refuse. */
#include <functional>

#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;

namespace {

using Function = std::function<tw_status(tw_tensor **, const tw_tensor *)>;

/* The result of a call that must succeed. */
template <class Call>
Tensor made(Call &&call) {
  Tensor out;
  const tw_status status = call(out.out());
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return out;
}

Tensor applied(const Function &function, const Tensor &input) {
  return made([&](tw_tensor **out) { return function(out, input.get()); });
}

Sizes sizes_of(const Tensor &tensor) { return sizes(tensor.get()); }

/* A weighted sum, so that the gradients of the elements differ. */
double weighted(const Numbers &values) {
  double sum = 0;
  for (size_t i = 0; i < values.size(); ++i) sum += std::cos(static_cast<double>(i)) * values[i];
  return sum;
}

Numbers gradient_of(const Function &function, const Numbers &at, const Sizes &shape) {
  const Tensor input = doubles(at, shape);
  REQUIRE(tw_tensor_set_requires_grad(input.get(), 1) == TW_OK);
  const Tensor output = applied(function, input);
  Numbers weights(numbers(output).size());
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = std::cos(static_cast<double>(i));
  const Tensor flat = doubles(weights), shaped = op("reshape", {arg(flat), ints(sizes_of(output))});
  REQUIRE(tw_tensor_backward(output.get(), shaped.get(), 0) == TW_OK);
  return numbers(made([&](tw_tensor **out) { return tw_tensor_get_grad(out, input.get()); }));
}

/* Central differences in double: their error is far below the tolerance for functions as smooth as these. */
void check_gradient(const Function &function, const Numbers &at, const Sizes &shape) {
  const double step = 1e-5;
  Numbers wanted;
  for (size_t i = 0; i < at.size(); ++i) {
    Numbers above = at, below = at;
    above[i] += step;
    below[i] -= step;
    const double rise = weighted(numbers(applied(function, doubles(above, shape)))) -
                        weighted(numbers(applied(function, doubles(below, shape))));
    wanted.push_back(rise / (2 * step));
  }
  check_near(gradient_of(function, at, shape), wanted, 1e-7);
}

/* Numbers without a pattern that a wrong index could hide behind. */
Numbers assorted(size_t count) {
  Numbers values(count);
  for (size_t i = 0; i < count; ++i) values[i] = std::sin(1.7 * static_cast<double>(i) + 0.3);
  return values;
}

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
  const auto with = [&](auto function, double number) {
    return numbers(made([&](tw_tensor **out) { return function(out, a.get(), number); }));
  };
  CHECK(with(tw_op_add_scalar, 0.5) == Numbers{1.5, -1.5, 3.5});
  CHECK(with(tw_op_mul_scalar, -2) == Numbers{-2, 4, -6});
  CHECK(with(tw_op_pow_scalar, 3) == Numbers{1, -8, 27});
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
    const auto with = [&](const tw_tensor *term) {
      return numbers(made([&](tw_tensor **out) {
        return tw_op_conv2d(out, x.get(), w.get(), term, how.stride, how.padding, how.dilation, how.groups);
      }));
    };
    check_near(with(b.get()), naive_conv2d(input, weight, bias, how), 1e-12);
    check_near(with(nullptr), naive_conv2d(input, weight, {}, how), 1e-12);
  }
}

TEST_CASE("conv2d without stride, padding and dilation takes 1, 0 and 1") {
  const Tensor x = doubles(assorted(336), {2, 4, 6, 7}), w = doubles(assorted(96), {4, 4, 3, 2});
  const Tensor y =
      made([&](tw_tensor **out) { return tw_op_conv2d(out, x.get(), w.get(), nullptr, nullptr, nullptr, nullptr, 1); });
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
  const int64_t kernel[] = {2, 2}, wide[] = {1, 4}, stride[] = {1, 2}, padding[] = {1, 0};
  const auto with = [&](const int64_t *size, const int64_t *step, const int64_t *border) {
    return numbers(made([&](tw_tensor **out) { return tw_op_max_pool2d(out, a.get(), size, step, border); }));
  };
  CHECK(with(kernel, nullptr, nullptr) == Numbers{6, 8, 14, 16});
  CHECK(with(wide, nullptr, nullptr) == Numbers{4, 8, 12, 16});
  CHECK(with(kernel, stride, nullptr) == Numbers{6, 8, 10, 12, 14, 16});
  CHECK(with(kernel, nullptr, padding) == Numbers{2, 4, 10, 12, 14, 16});
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

/* ---- losses ------------------------------------------------------------------------------------------------------- */

TEST_CASE("cross_entropy is the logarithm of the summed exponentials less the target's logit") {
  const Numbers logits = assorted(12);
  const std::vector<int64_t> classes = {2, 0, 3};
  Numbers losses;
  for (size_t row = 0; row < 3; ++row) {
    double sum = 0;
    for (size_t i = 0; i < 4; ++i) sum += std::exp(logits[4 * row + i]);
    losses.push_back(std::log(sum) - logits[4 * row + static_cast<size_t>(classes[row])]);
  }
  const double sum = losses[0] + losses[1] + losses[2];
  const Tensor input = doubles(logits, {3, 4}), target = longs(classes);
  const auto with = [&](tw_reduction reduction) {
    return numbers(
        made([&](tw_tensor **out) { return tw_op_cross_entropy(out, input.get(), target.get(), reduction); }));
  };
  check_near(with(TW_REDUCTION_NONE), losses, 1e-14);
  check_near(with(TW_REDUCTION_MEAN), {sum / 3}, 1e-14);
  check_near(with(TW_REDUCTION_SUM), {sum}, 1e-14);
}

TEST_CASE("nll_loss picks the target's entry with its sign changed") {
  const Tensor input = doubles({-1, -2, -3, -4}, {2, 2}), target = longs({1, 0});
  const auto with = [&](tw_reduction reduction) {
    return numbers(made([&](tw_tensor **out) { return tw_op_nll_loss(out, input.get(), target.get(), reduction); }));
  };
  CHECK(with(TW_REDUCTION_NONE) == Numbers{2, 3});
  CHECK(with(TW_REDUCTION_MEAN) == Numbers{2.5});
  CHECK(with(TW_REDUCTION_SUM) == Numbers{5});
}

TEST_CASE("mse_loss squares the difference") {
  const Tensor input = doubles({1, 2, 3}), target = doubles({1, 4, 0});
  const auto with = [&](tw_reduction reduction) {
    return numbers(made([&](tw_tensor **out) { return tw_op_mse_loss(out, input.get(), target.get(), reduction); }));
  };
  CHECK(with(TW_REDUCTION_NONE) == Numbers{0, 4, 9});
  check_near(with(TW_REDUCTION_MEAN), {13.0 / 3}, 1e-15);
  CHECK(with(TW_REDUCTION_SUM) == Numbers{13});
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
  const Tensor other = doubles(assorted(6), {2, 3}), target = longs({2, 0}),
               weight = doubles(assorted(8), {2, 1, 2, 2});
  const Sizes matrix = {2, 3};
  const auto smooth = {tw_op_exp, tw_op_tanh, tw_op_gelu, tw_op_sigmoid, tw_op_mean};
  for (const auto &function : smooth) check_gradient(function, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_div(out, other.get(), x); }, {1, 2, 3, 1.5, 2.5, -1}, matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_pow_scalar(out, x, 2.5); }, {1, 2, 3, 1.5, 2.5, 0.5}, matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_log_softmax(out, x, 1); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_linear(out, x, other.get(), nullptr); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_linear(out, other.get(), x, nullptr); }, assorted(6), matrix);
  check_gradient([&](auto **out, auto *x) { return tw_op_cross_entropy(out, x, target.get(), TW_REDUCTION_MEAN); },
                 assorted(6), matrix);
  check_gradient(
      [&](auto **out, auto *x) { return tw_op_conv2d(out, x, weight.get(), nullptr, nullptr, nullptr, nullptr, 1); },
      assorted(9), {1, 1, 3, 3});
}
