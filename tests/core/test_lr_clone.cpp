/* Copies of schedulers, which go on by themselves. */
#include "lr_kinds.h"

using namespace tw::test;

TEST_CASE("a copy on another optimizer goes on as the scheduler does, whichever of them is stepped first") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    INFO(kind.name);
    const auto optimizer = two_groups(), other = two_groups();
    const auto schedule = kind.make(optimizer);
    for (int i = 0; i < 6; ++i) step(schedule);
    Scheduler copy;
    REQUIRE(tw_lr_scheduler_clone(copy.out(), schedule.get(), other.get()) == TW_OK);
    CHECK(rates(other) == rates(optimizer));
    CHECK(state(copy) == state(schedule));
    Numbers alone;
    for (int i = 0; i < 12; ++i) step(copy), alone.push_back(lr(other, 0));
    for (int i = 0; i < 12; ++i) {
      step(schedule);
      CHECK(lr(optimizer, 0) == alone[static_cast<size_t>(i)]);
    }
  }
}

TEST_CASE("a copy outlives what it was made from, children included") {
  const auto other = two_groups();
  Scheduler copy;
  {
    const auto optimizer = two_groups();
    const auto parent = make_sequential(optimizer);
    REQUIRE(tw_lr_scheduler_clone(copy.out(), parent.get(), other.get()) == TW_OK);
  }
  const auto optimizer = two_groups();
  const auto reference = make_sequential(optimizer);
  for (int i = 0; i < 20; ++i) {
    step(copy), step(reference);
    CHECK(rates(other) == rates(optimizer));
  }
}

TEST_CASE("a plateau's copy has its metric's past") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto schedule = make_plateau(optimizer);
  for (const double metric : {1.0, 2.0, 2.0}) step_metric(schedule, metric);
  Scheduler copy;
  REQUIRE(tw_lr_scheduler_clone(copy.out(), schedule.get(), other.get()) == TW_OK);
  step_metric(schedule, 2.0), step_metric(copy, 2.0);
  CHECK(rates(other) == rates(optimizer));
  CHECK(lr(optimizer, 0) == 0.05);
}

TEST_CASE("a copy on the same optimizer leaves the rates, and steps act together") {
  const auto optimizer = two_groups();
  const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  step(schedule);
  Scheduler copy;
  REQUIRE(tw_lr_scheduler_clone(copy.out(), schedule.get(), nullptr) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.25);
  step(copy), step(schedule);
  CHECK(lr(optimizer, 0) == 0.0625);
}

TEST_CASE("a copy is refused by an optimizer that does not fit, and by dampened rates") {
  const auto optimizer = two_groups(), warmed = two_groups();
  const auto larger = optimizer_of_class("AdamW", {0.5, 0.1, 0.2}), bare = optimizer_of_class("Adagrad");
  const auto schedule = make_one_cycle(optimizer);
  const auto warmup = linear(warmed, {5});
  auto *copy = rubbish<tw_lr_scheduler>();
  check_failure(tw_lr_scheduler_clone(&copy, schedule.get(), larger.get()), TW_ERROR_ARGUMENT,
                {"3 parameter groups", "made for 2"});
  CHECK(copy == nullptr);
  check_failure(tw_lr_scheduler_clone(&copy, schedule.get(), bare.get()), TW_ERROR_NOT_FOUND, {"Adagrad"});
  check_failure(tw_lr_scheduler_clone(&copy, schedule.get(), warmed.get()), TW_ERROR_STATE, {"a warmup has dampened"});
  check_failure(tw_lr_scheduler_clone(&copy, nullptr, warmed.get()), TW_ERROR_ARGUMENT, {"scheduler is NULL"});
  CHECK(rates(bare) == Numbers{0.5, 0.1});
}
