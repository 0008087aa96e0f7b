/* What all schedules have in common. */
#include <cmath>

#include "schedule/schedules.h"

using namespace tw::test;

namespace {

const int64_t milestones[4] = {5, 11, 11, 30};

Schedule make(const std::string &name) {
  const auto *lrs = initial_lrs;
  if (name == "step") return Schedule(tw_step_new(lrs, 2, 7, 0.1));
  if (name == "multi_step") return Schedule(tw_multi_step_new(lrs, 2, milestones, 4, 0.1));
  if (name == "constant") return Schedule(tw_constant_new(lrs, 2, 1.0 / 3, 5));
  if (name == "linear") return Schedule(tw_linear_new(lrs, 2, 1.0 / 3, 0.5, 10));
  if (name == "exponential") return Schedule(tw_exponential_new(lrs, 2, 0.9));
  if (name == "polynomial") return Schedule(tw_polynomial_new(lrs, 2, 60, 2.0));
  if (name == "cosine_annealing") return Schedule(tw_cosine_annealing_new(lrs, 2, 50, 1e-5));
  if (name == "warm_restarts") return Schedule(tw_warm_restarts_new(lrs, 2, 10, 2, 0.0));
  if (name == "inverse_sqrt") return Schedule(tw_inverse_sqrt_new(lrs, 2, 20));
  const tw_stable_decay shape = {5, 20, 30, TW_CORE_DECAY_COSINE, 0.1};
  return Schedule(tw_warmup_stable_decay_new(lrs, 2, &shape));
}

const std::vector<std::string> all = {"step",         "multi_step",  "constant",         "linear",
                                      "exponential",  "polynomial",  "cosine_annealing", "warm_restarts",
                                      "inverse_sqrt", "stable_decay"};

}  // namespace

TEST_CASE("the closed and the recursive form agree to rounding") {
  for (const std::string &name : all) {
    const Schedule stepped = make(name), jumped = make(name);
    Rates recursive, closed;
    recursive.start(stepped);
    for (int epoch = 0; epoch <= 59; ++epoch) {
      closed.step_at(jumped, epoch);
      INFO(name << " epoch " << epoch);
      for (size_t group = 0; group < 2; ++group)
        REQUIRE(std::fabs(closed.lrs[group] - recursive.lrs[group]) <= 1e-9 * std::fabs(recursive.lrs[group]) + 1e-15);
      recursive.step(stepped);
    }
  }
}

TEST_CASE("the closed form depends on the epoch alone") {
  for (const std::string &name : all) {
    const Schedule schedule = make(name);
    Rates first, again;
    first.lrs = {7, 8};
    first.step_at(schedule, 12.5);
    again.step_at(schedule, 33);
    again.step_at(schedule, 12.5);
    INFO(name);
    CHECK(first.lrs == again.lrs);
  }
}

TEST_CASE("restoring puts back the state that was saved, and the next step is the same") {
  for (const std::string &name : all) {
    const Schedule schedule = make(name);
    Rates rates;
    rates.start(schedule);
    for (int i = 0; i < 8; ++i) rates.step(schedule);
    tw_lr_schedule_save(schedule.get());
    Rates first = rates, second = rates;
    for (int i = 0; i < 5; ++i) first.step(schedule);
    tw_lr_schedule_restore(schedule.get());
    INFO(name);
    CHECK(tw_lr_schedule_last_epoch(schedule.get()) == 8);
    CHECK(tw_lr_schedule_last_lrs(schedule.get())[0] == rates.lrs[0]);
    for (int i = 0; i < 5; ++i) second.step(schedule);
    CHECK(first.lrs == second.lrs);
  }
}

TEST_CASE("inverse_sqrt falls as one over the root of the step") {
  const Schedule schedule = make("inverse_sqrt");
  Rates rates;
  rates.step_at(schedule, 60);
  CHECK(rates.lrs[0] == 0.25); /* sqrt(20 / 80) */
  rates.step_at(schedule, 0);
  CHECK(rates.lrs[0] == 0.5);
}

TEST_CASE("warmup_stable_decay rises, stays, and decays to its end factor in each shape") {
  for (int decay : {TW_CORE_DECAY_LINEAR, TW_CORE_DECAY_COSINE, TW_CORE_DECAY_SQRT}) {
    const tw_stable_decay shape = {4, 6, 10, decay, 0.2};
    const Schedule schedule(tw_warmup_stable_decay_new(initial_lrs, 2, &shape));
    Rates rates;
    const auto factor = [&](double epoch) {
      rates.step_at(schedule, epoch);
      return rates.lrs[0] / 0.5;
    };
    INFO("decay " << decay);
    CHECK(factor(0) == 0.25);
    CHECK(factor(3) == 1.0);
    CHECK(factor(10) == 1.0);
    CHECK(std::fabs(factor(20) - (0.2)) < 1e-12);
    CHECK(std::fabs(factor(500) - (0.2)) < 1e-12);
    const double middle = decay == TW_CORE_DECAY_SQRT ? 1 - std::sqrt(0.5) : 0.5;
    CHECK(std::fabs(factor(15) - (0.2 + 0.8 * middle)) < 1e-12);
    for (int epoch = 11; epoch <= 20; ++epoch) CHECK(factor(epoch) < factor(epoch - 1));
  }
}
