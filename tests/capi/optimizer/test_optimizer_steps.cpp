/* Each optimizer's step against its formula, computed here in double from the papers' and PyTorch's definitions. */
#include <algorithm>
#include <cmath>
#include <functional>

#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

const std::vector<double> start = {1.0, -0.5, 2.0, 0.0};

/* A gradient that changes its sign and its size from step to step and leans on the parameter. */
double gradient_of(double parameter, size_t element, int step) {
  return std::sin(1.7 * step + static_cast<double>(element)) * (1 + 0.1 * step) + 0.3 * parameter;
}

/* Steps the optimizer eight times and compares with update(parameter, gradient, element, step), step from 1. */
void check_steps(tw_optimizer *optimizer, tw_tensor *parameter,
                 const std::function<double(double, double, size_t, int)> &update) {
  std::vector<double> expected = values64(parameter);
  for (int step = 1; step <= 8; ++step) {
    std::vector<double> gradient(expected.size());
    for (size_t i = 0; i < expected.size(); ++i) gradient[i] = gradient_of(expected[i], i, step);
    set_grad64(parameter, gradient);
    REQUIRE(tw_optimizer_step(optimizer) == TW_OK);
    for (size_t i = 0; i < expected.size(); ++i) expected[i] = update(expected[i], gradient[i], i, step);
    const std::vector<double> actual = values64(parameter);
    for (size_t i = 0; i < expected.size(); ++i) {
      INFO("step " << step << ", element " << i);
      CHECK(actual[i] == Approx(expected[i]).epsilon(1e-11).margin(1e-13));
    }
  }
}

/* The part that Adam and AdamW share: the step's direction, from the two averages. */
struct Averages {
  double beta1, beta2, eps;
  bool amsgrad;
  std::vector<double> first = std::vector<double>(4), second = first, largest = first;

  double direction(double gradient, size_t i, int step) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient;
    second[i] = beta2 * second[i] + (1 - beta2) * gradient * gradient;
    largest[i] = std::max(largest[i], second[i]);
    const double square = (amsgrad ? largest[i] : second[i]) / (1 - std::pow(beta2, step));
    return first[i] / (1 - std::pow(beta1, step)) / (std::sqrt(square) + eps);
  }
};

}  // namespace

TEST_CASE("Adam steps by its formula") {
  auto chosen = options(tw_adam_options_init);
  chosen.lr = 0.05, chosen.betas[0] = 0.8, chosen.betas[1] = 0.97, chosen.eps = 1e-3, chosen.weight_decay = 0.1;
  chosen.amsgrad = GENERATE(0, 1);
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adam(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  Averages averages{0.8, 0.97, 1e-3, chosen.amsgrad == 1};
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int step) {
    return value - 0.05 * averages.direction(gradient + 0.1 * value, i, step);
  });
}

TEST_CASE("AdamW steps by its formula, its weight decay apart from the gradient") {
  auto chosen = options(tw_adamw_options_init);
  chosen.lr = 0.05, chosen.betas[0] = 0.8, chosen.betas[1] = 0.97, chosen.eps = 1e-3, chosen.weight_decay = 0.1;
  chosen.amsgrad = GENERATE(0, 1);
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  Averages averages{0.8, 0.97, 1e-3, chosen.amsgrad == 1};
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int step) {
    return value * (1 - 0.05 * 0.1) - 0.05 * averages.direction(gradient, i, step);
  });
}

TEST_CASE("AdamW without options steps by PyTorch's defaults") {
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  Averages averages{0.9, 0.999, 1e-8, false};
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int step) {
    return value * (1 - 1e-3 * 1e-2) - 1e-3 * averages.direction(gradient, i, step);
  });
}

TEST_CASE("SGD steps by its formula") {
  struct Case {
    double momentum, dampening;
    int32_t nesterov;
  };
  const Case one = GENERATE(Case{0, 0, 0}, Case{0.9, 0, 0}, Case{0.9, 0.3, 0}, Case{0.9, 0, 1});
  auto chosen = options(tw_sgd_options_init);
  chosen.lr = 0.05, chosen.momentum = one.momentum, chosen.dampening = one.dampening, chosen.nesterov = one.nesterov;
  chosen.weight_decay = 0.1;
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_sgd(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  std::vector<double> buffer(start.size());
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int step) {
    gradient += 0.1 * value;
    buffer[i] = step == 1 ? gradient : one.momentum * buffer[i] + (1 - one.dampening) * gradient;
    if (one.nesterov == 1) return value - 0.05 * (gradient + one.momentum * buffer[i]);
    return value - 0.05 * (one.momentum > 0 ? buffer[i] : gradient);
  });
}

TEST_CASE("RMSprop steps by its formula") {
  const int32_t centered = GENERATE(0, 1);
  const double momentum = GENERATE(0.0, 0.9);
  auto chosen = options(tw_rmsprop_options_init);
  chosen.lr = 0.02, chosen.alpha = 0.95, chosen.eps = 1e-3, chosen.weight_decay = 0.1;
  chosen.momentum = momentum, chosen.centered = centered;
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_rmsprop(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  std::vector<double> square(start.size()), mean(start.size()), buffer(start.size());
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int) {
    gradient += 0.1 * value;
    square[i] = 0.95 * square[i] + 0.05 * gradient * gradient;
    mean[i] = 0.95 * mean[i] + 0.05 * gradient;
    const double variance = centered == 1 ? square[i] - mean[i] * mean[i] : square[i];
    const double direction = gradient / (std::sqrt(variance) + 1e-3);
    buffer[i] = momentum * buffer[i] + direction;
    return value - 0.02 * (momentum > 0 ? buffer[i] : direction);
  });
}

TEST_CASE("Adagrad steps by its formula") {
  auto chosen = options(tw_adagrad_options_init);
  chosen.lr = 0.1, chosen.lr_decay = 0.2, chosen.weight_decay = 0.1, chosen.initial_accumulator_value = 0.5;
  chosen.eps = 1e-3;
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adagrad(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  std::vector<double> sum(start.size(), 0.5);
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int step) {
    gradient += 0.1 * value;
    sum[i] += gradient * gradient;
    return value - 0.1 / (1 + (step - 1) * 0.2) * gradient / (std::sqrt(sum[i]) + 1e-3);
  });
}

TEST_CASE("a group that Adagrad gained later steps from the accumulator value that the optimizer was made with") {
  auto first = parameter64({3.0}), parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  auto chosen = options(tw_adagrad_options_init);
  chosen.lr = 0.1, chosen.initial_accumulator_value = 0.5;
  REQUIRE(tw_optimizer_adagrad(optimizer.out(), first.one(), 1, &chosen) == TW_OK);
  chosen.initial_accumulator_value = 9; /* as in PyTorch 2, the group keeps it and no step looks at it */
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), parameter.one(), 1, &chosen) == TW_OK);
  std::vector<double> sum(start.size(), 0.5);
  check_steps(optimizer.get(), parameter.get(), [&](double value, double gradient, size_t i, int) {
    sum[i] += gradient * gradient;
    return value - 0.1 * gradient / (std::sqrt(sum[i]) + 1e-10);
  });
  CHECK(values64(first.get()) == std::vector<double>{3.0});
  CHECK(option_of(optimizer.get(), TW_OPTION_INITIAL_ACCUMULATOR_VALUE, 1) == 9);
}

TEST_CASE("an RMSprop that gets its momentum after some steps starts its buffer at zero") {
  auto chosen = options(tw_rmsprop_options_init);
  auto parameter = parameter64(start);
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_rmsprop(optimizer.out(), parameter.one(), 1, &chosen) == TW_OK);
  std::vector<double> square(start.size()), buffer(start.size());
  double momentum = 0;
  const auto update = [&](double value, double gradient, size_t i, int) {
    square[i] = 0.99 * square[i] + 0.01 * gradient * gradient;
    const double direction = gradient / (std::sqrt(square[i]) + 1e-8);
    if (momentum == 0) return value - 0.01 * direction;
    buffer[i] = momentum * buffer[i] + direction;
    return value - 0.01 * buffer[i];
  };
  check_steps(optimizer.get(), parameter.get(), update);
  momentum = 0.9;
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_MOMENTUM, momentum) == TW_OK);
  check_steps(optimizer.get(), parameter.get(), update);
}

TEST_CASE("a step passes over a parameter without a gradient") {
  auto with = parameter64({1.0}), without = parameter64({1.0});
  tw_tensor *const both[] = {with.get(), without.get()};
  auto chosen = options(tw_sgd_options_init);
  chosen.lr = 0.5, chosen.weight_decay = 0.1;
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_sgd(optimizer.out(), both, 2, &chosen) == TW_OK);
  set_grad64(with.get(), {0.25});
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(with.get())[0] == Approx(1 - 0.5 * (0.25 + 0.1)).epsilon(1e-14));
  CHECK(values64(without.get())[0] == 1.0);
}

TEST_CASE("zero_grad removes the gradients of every group, so that a momentum moves nothing") {
  auto first = parameter64({1.0}), second = parameter64({1.0});
  auto optimizer = sgd(first, 0.5, /*momentum=*/0.9);
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), second.one(), 1, nullptr) == TW_OK);
  set_grad64(first.get(), {0.5});
  set_grad64(second.get(), {0.5});
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(first.get())[0] == 0.75);
  REQUIRE(tw_optimizer_zero_grad(optimizer.get()) == TW_OK);
  for (tw_tensor *parameter : {first.get(), second.get()}) {
    tw_tensor *gradient = rubbish<tw_tensor>();
    CHECK(tw_tensor_get_grad(&gradient, parameter) == TW_OK);
    CHECK(gradient == nullptr);
  }
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(first.get())[0] == 0.75);
}
