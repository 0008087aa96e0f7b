/* The losses against their formulas, term by term; their options; what they refuse. */
#include <limits>

#include "op/functional.h"

using namespace tw::test;

namespace {

/* -log softmax of each row of [3, 4]. */
Numbers surprises(const Numbers &logits) {
  Numbers out;
  for (size_t row = 0; row < 3; ++row) {
    double sum = 0;
    for (size_t i = 0; i < 4; ++i) sum += std::exp(logits[4 * row + i]);
    for (size_t i = 0; i < 4; ++i) out.push_back(std::log(sum) - logits[4 * row + i]);
  }
  return out;
}

double sum_of(const Numbers &values) {
  double sum = 0;
  for (double value : values) sum += value;
  return sum;
}

const std::vector<int64_t> classes = {2, 0, 3};
const Numbers class_weights = {1, 2, 0.5, 4};

/* A loss as a function of its reduction. */
template <class Loss, class Options>
Numbers reduced(Loss loss, const Tensor &input, const Tensor &target, Options options, tw_reduction reduction) {
  options.reduction = reduction;
  return numbers(made([&](tw_tensor **out) { return loss(out, input.get(), target.get(), &options); }));
}

template <class Loss>
Numbers plain(Loss loss, const Tensor &input, const Tensor &target) {
  return numbers(made([&](tw_tensor **out) { return loss(out, input.get(), target.get(), nullptr); }));
}

/* Each reduction of a loss whose elements are given; its mean is their sum over total. */
template <class Loss, class Options>
void check_reductions(Loss loss, const Tensor &input, const Tensor &target, const Options &options,
                      const Numbers &elements, double total) {
  check_near(reduced(loss, input, target, options, TW_REDUCTION_NONE), elements, 1e-13);
  check_near(reduced(loss, input, target, options, TW_REDUCTION_SUM), {sum_of(elements)}, 1e-13);
  check_near(reduced(loss, input, target, options, TW_REDUCTION_MEAN), {sum_of(elements) / total}, 1e-13);
}

}  // namespace

/* ---- of classes --------------------------------------------------------------------------------------------------- */

TEST_CASE("cross_entropy is the logarithm of the summed exponentials less the target's logit") {
  const Numbers logits = assorted(12), each = surprises(logits);
  const Tensor input = doubles(logits, {3, 4}), target = longs(classes);
  const Numbers elements = {each[2], each[4], each[11]};
  check_reductions(tw_op_cross_entropy, input, target, default_options(tw_cross_entropy_options_init), elements, 3);
  check_near(plain(tw_op_cross_entropy, input, target), {sum_of(elements) / 3}, 1e-13);
}

TEST_CASE("cross_entropy weighs classes, and its mean is over the targets' weights") {
  const Numbers logits = assorted(12), each = surprises(logits);
  const Tensor input = doubles(logits, {3, 4}), target = longs(classes), weight = doubles(class_weights);
  auto options = default_options(tw_cross_entropy_options_init);
  options.weight = weight.get();
  check_reductions(tw_op_cross_entropy, input, target, options, {0.5 * each[2], each[4], 4 * each[11]}, 5.5);
}

TEST_CASE("cross_entropy passes over the targets of ignore_index") {
  const Numbers logits = assorted(12), each = surprises(logits);
  const Tensor input = doubles(logits, {3, 4}), target = longs(classes), minus = longs({2, -100, 3});
  auto options = default_options(tw_cross_entropy_options_init);
  check_reductions(tw_op_cross_entropy, input, minus, options, {each[2], 0, each[11]}, 2);
  options.ignore_index = 3;
  check_reductions(tw_op_cross_entropy, input, target, options, {each[2], each[4], 0}, 2);
}

TEST_CASE("cross_entropy spreads label_smoothing over all classes") {
  const Numbers logits = assorted(12), each = surprises(logits);
  const Tensor input = doubles(logits, {3, 4}), target = longs(classes);
  auto options = default_options(tw_cross_entropy_options_init);
  options.label_smoothing = 0.2;
  Numbers elements;
  for (size_t row = 0; row < 3; ++row) {
    const size_t first = 4 * row;
    const double all = each[first] + each[first + 1] + each[first + 2] + each[first + 3];
    elements.push_back(0.8 * each[first + static_cast<size_t>(classes[row])] + 0.2 / 4 * all);
  }
  check_reductions(tw_op_cross_entropy, input, target, options, elements, 3);
}

TEST_CASE("cross_entropy takes probabilities for targets, and dimensions behind the classes") {
  const Numbers logits = assorted(12), each = surprises(logits);
  const Tensor input = doubles(logits, {3, 4});
  Numbers halves(12, 0.0);
  for (size_t row = 0; row < 3; ++row) halves[4 * row] = halves[4 * row + 1] = 0.5;
  const Tensor probabilities = doubles(halves, {3, 4});
  const double mean = (each[0] + each[1] + each[4] + each[5] + each[8] + each[9]) / 6;
  check_near(plain(tw_op_cross_entropy, input, probabilities), {mean}, 1e-13);

  /* [1, 4, 3]: one batch of three places, the same numbers transposed. */
  const Tensor places = op("unsqueeze", {arg(op("transpose", {arg(input), arg(0), arg(1)})), arg(0)});
  check_near(plain(tw_op_cross_entropy, places, longs(classes, {1, 3})), {(each[2] + each[4] + each[11]) / 3}, 1e-13);
}

TEST_CASE("nll_loss picks the target's entry with its sign changed") {
  const Tensor input = doubles({-1, -2, -3, -4}, {2, 2}), target = longs({1, 0});
  check_reductions(tw_op_nll_loss, input, target, default_options(tw_nll_loss_options_init), {2, 3}, 2);
  CHECK(plain(tw_op_nll_loss, input, target) == Numbers{2.5});
}

TEST_CASE("nll_loss weighs classes and passes over ignore_index") {
  const Tensor input = doubles({-1, -2, -3, -4, -5, -6}, {3, 2}), target = longs({1, 0, -7}), weight = doubles({2, 3});
  auto options = default_options(tw_nll_loss_options_init);
  options.weight = weight.get();
  options.ignore_index = -7;
  check_reductions(tw_op_nll_loss, input, target, options, {6, 6, 0}, 5);
}

TEST_CASE("nll_loss takes dimensions behind the classes") {
  const Tensor input = doubles({-1, -2, -3, -4, -5, -6}, {1, 2, 3}), target = longs({0, 1, 0}, {1, 3});
  CHECK(plain(tw_op_nll_loss, input, target) == Numbers{(1 + 5 + 3) / 3.0});
}

TEST_CASE("binary_cross_entropy_with_logits is the cross entropy of the sigmoid, weighed") {
  const Numbers logits = assorted(4), targets = {1, 0, 0.25, 1}, weights = {1, 2, 3, 0.5}, positive = {2, 1, 4, 3};
  const auto log_sigmoid = [](double x) { return -std::log1p(std::exp(-x)); };
  const auto elements = [&](const Numbers &weight, const Numbers &of_positive) {
    Numbers out;
    for (size_t i = 0; i < 4; ++i)
      out.push_back(-weight[i] * (of_positive[i] * targets[i] * log_sigmoid(logits[i]) +
                                  (1 - targets[i]) * log_sigmoid(-logits[i])));
    return out;
  };
  const Tensor input = doubles(logits), target = doubles(targets), weight = doubles(weights),
               pos_weight = doubles(positive);
  const auto loss = tw_op_binary_cross_entropy_with_logits;
  auto options = default_options(tw_binary_cross_entropy_with_logits_options_init);
  const Numbers ones(4, 1.0);
  check_reductions(loss, input, target, options, elements(ones, ones), 4);
  check_near(plain(loss, input, target), {sum_of(elements(ones, ones)) / 4}, 1e-13);
  options.weight = weight.get();
  check_reductions(loss, input, target, options, elements(weights, ones), 4);
  options.pos_weight = pos_weight.get();
  check_reductions(loss, input, target, options, elements(weights, positive), 4);
}

/* ---- of numbers --------------------------------------------------------------------------------------------------- */

TEST_CASE("mse_loss squares the difference") {
  const Tensor input = doubles({1, 2, 3}), target = doubles({1, 4, 0});
  check_reductions(tw_op_mse_loss, input, target, default_options(tw_mse_loss_options_init), {0, 4, 9}, 3);
  check_near(plain(tw_op_mse_loss, input, target), {13.0 / 3}, 1e-15);
}

TEST_CASE("mse_loss weighs elements, and its mean is the weighted one") {
  const Tensor input = doubles({1, 2, 3}), target = doubles({1, 4, 0}), weight = doubles({5, 0.5, 2});
  auto options = default_options(tw_mse_loss_options_init);
  options.weight = weight.get();
  check_reductions(tw_op_mse_loss, input, target, options, {0, 2, 18}, 7.5);
}

/* ---- gradients ---------------------------------------------------------------------------------------------------- */

TEST_CASE("the losses' gradients agree with finite differences") {
  const Tensor target = longs({2, 0}), weight = doubles({1, 2, 0.5}), other = doubles(assorted(6), {2, 3}),
               half = doubles(Numbers(6, 0.5), {2, 3});
  const auto check = [](auto loss, auto options, const Tensor &to) {
    check_gradient([&](auto **out, auto *x) { return loss(out, x, to.get(), &options); }, assorted(6), {2, 3});
  };
  auto smoothed = default_options(tw_cross_entropy_options_init);
  smoothed.label_smoothing = 0.1;
  smoothed.weight = weight.get();
  auto weighted = default_options(tw_mse_loss_options_init);
  weighted.weight = half.get();
  check(tw_op_cross_entropy, smoothed, target);
  check(tw_op_nll_loss, default_options(tw_nll_loss_options_init), target);
  check(tw_op_binary_cross_entropy_with_logits, default_options(tw_binary_cross_entropy_with_logits_options_init),
        half);
  check(tw_op_mse_loss, weighted, other);
}

/* ---- refusals ----------------------------------------------------------------------------------------------------- */

namespace {

/* What every loss refuses, for input and target that fit. */
template <class Loss, class Options>
void check_refusals(Loss loss, tw_status (*init)(Options *, size_t), const Tensor &input, const Tensor &target) {
  const auto refused = [&](tw_status status, const tw_tensor *x, const tw_tensor *y, const Options *options) {
    return refusal(status, [&](auto **out) { return loss(out, x, y, options); });
  };
  CHECK_THAT(refused(TW_ERROR_ARGUMENT, nullptr, target.get(), nullptr), Contains("input is NULL"));
  CHECK_THAT(refused(TW_ERROR_ARGUMENT, input.get(), nullptr, nullptr), Contains("target is NULL"));
  CHECK(loss(nullptr, input.get(), target.get(), nullptr) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("out is NULL"));
  for (const int32_t wrong : {3, -1, 99}) {
    auto options = default_options(init);
    options.reduction = static_cast<tw_reduction>(wrong);
    CHECK_THAT(refused(TW_ERROR_ARGUMENT, input.get(), target.get(), &options),
               Contains("reduction is " + std::to_string(wrong)));
  }
  auto options = default_options(init);
  options.kind = TW_OPTIONS_ADAM;
  refused(TW_ERROR_TYPE, input.get(), target.get(), &options);
  options = default_options(init);
  options.struct_size = 5;
  CHECK_THAT(refused(TW_ERROR_ARGUMENT, input.get(), target.get(), &options), Contains("struct_size is 5"));
}

}  // namespace

TEST_CASE("every loss refuses NULL, a wrong reduction, and options of another kind or size") {
  const Tensor input = doubles({-1, -2, -3, -4}, {2, 2}), target = longs({1, 0}), other = doubles({1, 0, 0, 1}, {2, 2});
  check_refusals(tw_op_cross_entropy, tw_cross_entropy_options_init, input, target);
  check_refusals(tw_op_nll_loss, tw_nll_loss_options_init, input, target);
  check_refusals(tw_op_binary_cross_entropy_with_logits, tw_binary_cross_entropy_with_logits_options_init, input,
                 other);
  check_refusals(tw_op_mse_loss, tw_mse_loss_options_init, input, other);
}

TEST_CASE("label_smoothing lies from 0 to 1") {
  const Tensor input = doubles({-1, -2, -3, -4}, {2, 2}), target = longs({1, 0});
  auto options = default_options(tw_cross_entropy_options_init);
  for (const double wrong : {-0.1, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    options.label_smoothing = wrong;
    CHECK_THAT(refusal(TW_ERROR_RANGE,
                       [&](auto **out) { return tw_op_cross_entropy(out, input.get(), target.get(), &options); }),
               Contains("label_smoothing is "));
  }
}

TEST_CASE("targets and weights that do not fit are LibTorch's error") {
  const Tensor input = doubles({-1, -2, -3, -4}, {2, 2}), out_of_range = longs({7, 0}), target = longs({1, 0}),
               row = doubles({1, 0}), other = doubles({1, 0, 0, 1}, {2, 2});
  const auto refused = [&](auto loss, const Tensor &to, auto options, const tw_tensor *weight) {
    options.weight = weight;
    return refusal(TW_ERROR_TORCH, [&](auto **out) { return loss(out, input.get(), to.get(), &options); });
  };
  const auto cross = default_options(tw_cross_entropy_options_init);
  refused(tw_op_cross_entropy, out_of_range, cross, nullptr);
  refused(tw_op_cross_entropy, target, cross, other.get());
  refused(tw_op_nll_loss, out_of_range, default_options(tw_nll_loss_options_init), nullptr);
  CHECK_THAT(refused(tw_op_mse_loss, other, default_options(tw_mse_loss_options_init), row.get()),
             Contains("weight has the sizes [2]; input has [2, 2]"));
  CHECK_THAT(refused(tw_op_binary_cross_entropy_with_logits, row,
                     default_options(tw_binary_cross_entropy_with_logits_options_init), nullptr),
             Contains("target has the sizes [2]; input has [2, 2]"));
}
