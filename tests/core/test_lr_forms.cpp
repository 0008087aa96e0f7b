/* What all schedules have in common: the recursive and the closed form, and the shapes that PyTorch does not have. */
#include <cmath>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

const int64_t milestones[4] = {5, 11, 11, 30};

Scheduler make(const std::string &name, const Optimizer &optimizer) {
  if (name == "step") return scheduler(tw_lr_scheduler_step_lr, optimizer, 7, 0.1);
  if (name == "multi_step") return scheduler(tw_lr_scheduler_multi_step, optimizer, milestones, 4, 0.1);
  if (name == "constant") return scheduler(tw_lr_scheduler_constant, optimizer, 1.0 / 3, 5);
  if (name == "linear") return scheduler(tw_lr_scheduler_linear, optimizer, 1.0 / 3, 0.5, 10);
  if (name == "exponential") return scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  if (name == "polynomial") return scheduler(tw_lr_scheduler_polynomial, optimizer, 60, 2.0);
  if (name == "cosine_annealing") return scheduler(tw_lr_scheduler_cosine_annealing, optimizer, 50, 1e-5);
  if (name == "warm_restarts") return scheduler(tw_lr_scheduler_cosine_annealing_warm_restarts, optimizer, 10, 2, 0.0);
  if (name == "inverse_sqrt") return scheduler(tw_lr_scheduler_inverse_sqrt, optimizer, 20);
  return scheduler(tw_lr_scheduler_warmup_stable_decay, optimizer, 5, 20, 30, TW_LR_DECAY_COSINE, 0.1);
}

const std::vector<std::string> all = {"step",         "multi_step",  "constant",         "linear",
                                      "exponential",  "polynomial",  "cosine_annealing", "warm_restarts",
                                      "inverse_sqrt", "stable_decay"};

}  // namespace

TEST_CASE("the closed and the recursive form agree to rounding") {
  for (const std::string &name : all) {
    const auto recursive = two_groups(), closed = two_groups();
    const auto stepped = make(name, recursive), jumped = make(name, closed);
    for (int epoch = 0; epoch <= 59; ++epoch) {
      step_at(jumped, epoch);
      INFO(name << " epoch " << epoch);
      for (size_t group = 0; group < 2; ++group)
        REQUIRE(std::fabs(lr(closed, group) - lr(recursive, group)) <= 1e-9 * std::fabs(lr(recursive, group)) + 1e-15);
      step(stepped);
    }
  }
}

TEST_CASE("the closed form depends on the epoch alone") {
  for (const std::string &name : all) {
    const auto optimizer = two_groups();
    const auto schedule = make(name, optimizer);
    REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 7) == TW_OK);
    step_at(schedule, 12.5);
    const Numbers first = rates(optimizer);
    step_at(schedule, 33);
    step_at(schedule, 12.5);
    INFO(name);
    CHECK(rates(optimizer) == first);
  }
}

TEST_CASE("a step that fails restores the state, children's included, and the next step is the same") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    INFO(kind.name);
    const auto optimizer = two_groups(), plain = two_groups();
    const auto schedule = kind.make(optimizer), reference = kind.make(plain);
    for (int i = 0; i < 8; ++i) step(schedule), step(reference);
    double rows[10];
    REQUIRE(tw_lr_scheduler_preview(rows, 10, nullptr, schedule.one(), 1, 5) == TW_OK);
    CHECK(state(schedule) == state(reference));
    for (int i = 0; i < 5; ++i) {
      CHECK(rows[2 * i] == lr(optimizer, 0));
      step(schedule), step(reference);
      CHECK(rates(optimizer) == rates(plain));
    }
  }
}

TEST_CASE("inverse_sqrt falls as one over the root of the step") {
  const auto optimizer = two_groups();
  const auto schedule = make("inverse_sqrt", optimizer);
  step_at(schedule, 60);
  CHECK(lr(optimizer, 0) == 0.25); /* sqrt(20 / 80) */
  step_at(schedule, 0);
  CHECK(lr(optimizer, 0) == 0.5);
}

TEST_CASE("warmup_stable_decay rises, stays, and decays to its end factor in each shape") {
  for (const tw_lr_decay decay : {TW_LR_DECAY_LINEAR, TW_LR_DECAY_COSINE, TW_LR_DECAY_SQRT}) {
    const auto optimizer = two_groups();
    const auto schedule = scheduler(tw_lr_scheduler_warmup_stable_decay, optimizer, 4, 6, 10, decay, 0.2);
    const auto factor = [&](double epoch) {
      step_at(schedule, epoch);
      return lr(optimizer, 0) / 0.5;
    };
    INFO("decay " << decay);
    CHECK(factor(0) == 0.25);
    CHECK(factor(3) == 1.0);
    CHECK(factor(10) == 1.0);
    CHECK(std::fabs(factor(20) - 0.2) < 1e-12);
    CHECK(std::fabs(factor(500) - 0.2) < 1e-12);
    const double middle = decay == TW_LR_DECAY_SQRT ? 1 - std::sqrt(0.5) : 0.5;
    CHECK(std::fabs(factor(15) - (0.2 + 0.8 * middle)) < 1e-12);
    for (int epoch = 11; epoch <= 20; ++epoch) CHECK(factor(epoch) < factor(epoch - 1));
  }
}

TEST_CASE("warm restarts begin a period at the very epoch in both forms, where a logarithm alone is rounded below it") {
  const auto stepped = two_groups(), jumped = two_groups();
  const auto restarts = tw_lr_scheduler_cosine_annealing_warm_restarts;
  const auto one = scheduler(restarts, stepped, 5, 3, 0.0), other = scheduler(restarts, jumped, 5, 3, 0.0);
  for (int epoch = 1; epoch <= 2000; ++epoch) {
    step(one), step_at(other, epoch);
    INFO("epoch " << epoch);
    REQUIRE(rates(jumped) == rates(stepped));
  }
  step_at(other, 605); /* 5 + 15 + 45 + 135 + 405 */
  CHECK(rates(jumped) == Numbers{0.5, 0.1});
}
