/* cyclic and one_cycle cycle momentum against the rate: betas[0] of Adam and AdamW, momentum of SGD and RMSprop. */
#include <algorithm>

#include "schedulers.h"

using namespace tw::test;

namespace {

struct Made {
  const char *name;
  Optimizer optimizer;
};

std::vector<Made> with_momentum() {
  std::vector<Made> out;
  out.push_back({"Adam", optimizer_of_class("Adam")});
  out.push_back({"AdamW", optimizer_of_class("AdamW")});
  out.push_back({"SGD", optimizer_of_class("SGD")});
  out.push_back({"RMSprop", optimizer_of_class("RMSprop")});
  return out;
}

Optimizer adagrad() { return optimizer_of_class("Adagrad"); }

/* beta2 is none of a schedule's business. */
void check_beta2(const Optimizer &optimizer) {
  double beta2 = 0;
  if (tw_optimizer_get_option(&beta2, optimizer.get(), 0, TW_OPTION_BETA2) == TW_OK) CHECK(beta2 == 0.999);
}

constexpr double low = 0.01, high = 0.1;

}  // namespace

TEST_CASE("cyclic takes momentum from its largest down and back, for each class that has one") {
  for (const Made &made : with_momentum()) {
    INFO(made.name);
    const auto options = cyclic_options(4, 4, TW_CYCLIC_TRIANGULAR2);
    const auto cycle = scheduler(tw_lr_scheduler_cyclic, made.optimizer, &low, 1, &high, &options);
    for (int epoch = 0; epoch < 24; ++epoch) {
      INFO("epoch " << epoch);
      const int in_cycle = epoch % 8, cycles = epoch / 8;
      const double height = (in_cycle <= 4 ? in_cycle : 8 - in_cycle) / 4.0;
      const double scale = 1.0 / (1 << cycles);
      for (size_t group = 0; group < 2; ++group) {
        CHECK(momentum(made.optimizer, group) == 0.9 - (0.9 - 0.8) * height * scale);
        CHECK(lr(made.optimizer, group) == low + (high - low) * height * scale);
      }
      step(cycle);
    }
    check_beta2(made.optimizer);
  }
}

TEST_CASE("one_cycle takes momentum down while the rate rises, and back, for each class that has one") {
  for (const Made &made : with_momentum()) {
    INFO(made.name);
    auto options = one_cycle_options();
    options.anneal_strategy = TW_ONE_CYCLE_ANNEAL_LINEAR;
    options.pct_start = 0.5;
    const auto cycle = scheduler(tw_lr_scheduler_one_cycle, made.optimizer, &high, 1, 18, &options);
    for (int epoch = 0; epoch < 18; ++epoch) {
      INFO("epoch " << epoch);
      const double first = high / 25.0, last = first / 1e4;
      const double risen = epoch / 8.0, fallen = (epoch - 8) / 9.0;
      CHECK(lr(made.optimizer, 1) == (epoch <= 8 ? (high - first) * risen + first : (last - high) * fallen + high));
      CHECK(momentum(made.optimizer, 1) == (epoch <= 8 ? (0.85 - 0.95) * risen + 0.95 : (0.95 - 0.85) * fallen + 0.85));
      if (epoch < 17) step(cycle);
    }
    check_beta2(made.optimizer);
  }
}

TEST_CASE("momentum is cycled between bounds of each group's own") {
  const double base[2] = {0.5, 0.6}, max[2] = {0.7, 0.95};
  const auto optimizer = two_groups();
  auto options = cyclic_options(2, 2, TW_CYCLIC_TRIANGULAR);
  options.base_momentum = base;
  options.max_momentum = max;
  options.momentum_count = 2;
  const auto cycle = scheduler(tw_lr_scheduler_cyclic, optimizer, &low, 1, &high, &options);
  CHECK(momentum(optimizer, 0) == 0.7);
  CHECK(momentum(optimizer, 1) == 0.95);
  step(cycle), step(cycle);
  CHECK(momentum(optimizer, 0) == 0.7 - (0.7 - 0.5));
  CHECK(momentum(optimizer, 1) == 0.95 - (0.95 - 0.6));
}

TEST_CASE("with cycle_momentum 0 the momentum stays, and any optimizer will do") {
  auto options = cyclic_options(4, 4, TW_CYCLIC_TRIANGULAR);
  options.cycle_momentum = 0;
  const auto optimizer = two_groups(), other = adagrad();
  const auto cycle = scheduler(tw_lr_scheduler_cyclic, optimizer, &low, 1, &high, &options);
  const auto plain = scheduler(tw_lr_scheduler_cyclic, other, &low, 1, &high, &options);
  step(cycle), step(plain);
  CHECK(momentum(optimizer, 0) == 0.9);
  CHECK(lr(other, 0) == lr(optimizer, 0));
}

TEST_CASE("an optimizer without momentum or betas is refused by name, and its rates stay") {
  const auto optimizer = adagrad();
  check_refused(TW_ERROR_NOT_FOUND, {"Adagrad", "neither momentum nor betas", "cycle_momentum"}, tw_lr_scheduler_cyclic,
                optimizer, &low, 1, &high, nullptr);
  check_refused(TW_ERROR_NOT_FOUND, {"Adagrad", "neither momentum nor betas", "cycle_momentum"},
                tw_lr_scheduler_one_cycle, optimizer, &high, 1, 10, nullptr);
}

TEST_CASE("a warmup dampens the rates of a cycle and leaves its momentum alone") {
  const auto optimizer = two_groups(), plain = two_groups();
  const auto options = cyclic_options(4, 4, TW_CYCLIC_TRIANGULAR);
  const auto cycle = scheduler(tw_lr_scheduler_cyclic, optimizer, &low, 1, &high, &options);
  const auto undampened = scheduler(tw_lr_scheduler_cyclic, plain, &low, 1, &high, &options);
  const auto warmup = linear(optimizer, {10});
  for (int i = 0; i < 15; ++i) {
    INFO("step " << i);
    CHECK(momentum(optimizer, 0) == momentum(plain, 0));
    CHECK(lr(optimizer, 0) == lr(plain, 0) * std::min(1.0, (i + 1) / 10.0));
    step(warmup, {&cycle});
    step(undampened);
  }
}

TEST_CASE("a step that fails leaves the momentum as it was") {
  const auto optimizer = two_groups();
  const auto cycle = scheduler(tw_lr_scheduler_one_cycle, optimizer, &high, 1, 3, nullptr);
  step(cycle), step(cycle), step(cycle);
  const double before = momentum(optimizer, 0);
  check_failure(tw_lr_scheduler_step(cycle.get()), TW_ERROR_STATE, {"OneCycleLR has ended", "epoch 4"});
  CHECK(momentum(optimizer, 0) == before);
  CHECK(last_epoch(cycle) == 3);
}
