/* Warmups as classes, and the guard of a dampening. */
#include <cmath>
#include <memory>

#include "cpp_support.h"

using namespace tw::test;

namespace {

/* The warmup of a row of warmup_factors.csv. */
tw::Warmup warmup_of(const Csv &csv, size_t row, OwnOptimizer &optimizer) {
  const std::string &kind = csv.text(row, "schedule");
  if (kind == "linear") return tw::LinearWarmup(optimizer, static_cast<int64_t>(csv.number(row, "warmup_period")));
  if (kind == "exponential")
    return tw::ExponentialWarmup(optimizer, static_cast<int64_t>(csv.number(row, "warmup_period")));
  const double beta2 = csv.number(row, "beta2");
  optimizer.rows[tw::Option::Beta2] = {beta2, beta2};
  if (kind == "untuned_linear") return tw::UntunedLinearWarmup(optimizer);
  if (kind == "untuned_exponential") return tw::UntunedExponentialWarmup(optimizer);
  REQUIRE(kind == "radam");
  return tw::RAdamWarmup(optimizer);
}

/* A warmup whose factor fails from a step on. */
tw::CustomWarmup failing_from(OwnOptimizer &optimizer, int64_t &first) {
  return tw::CustomWarmup(optimizer, [&first](int64_t step) {
    if (step >= first) throw std::domain_error("no factor for step " + std::to_string(step));
    return 0.5;
  });
}

}  // namespace

TEST_CASE("every warmup's class has pytorch_warmup's factors to the last bit") {
  const Csv csv("warmup_factors.csv");
  REQUIRE(csv.size() > 2000);
  for (size_t row = 0; row < csv.size(); ++row) {
    INFO("row " << row);
    OwnOptimizer optimizer = own_adamw();
    const tw::Warmup warmup = warmup_of(csv, row, optimizer);
    const auto step = static_cast<int64_t>(csv.number(row, "step"));
    REQUIRE(warmup.factor(step) == csv.number(row, "factor"));
    REQUIRE(warmup.factor(step, 1) == csv.number(row, "factor"));
  }
}

TEST_CASE("an untuned warmup takes beta2 as an argument where the optimizer has none") {
  OwnOptimizer plain, adam = own_adamw(0.95, 0.99);
  check_error(TW_ERROR_NOT_FOUND, {"AdamW", "beta2"}, [&] { tw::UntunedLinearWarmup warmup(plain); });
  CHECK(lrs(plain) == Numbers{0.5, 0.1});
  const tw::UntunedLinearWarmup given(plain, {0.95, 0.99}), own(adam);
  CHECK(lrs(plain) == lrs(adam));
  CHECK(given.factor(7, 1) == own.factor(7, 1));
}

TEST_CASE("a custom warmup's function is given the step, or the step and the group") {
  OwnOptimizer optimizer, other;
  tw::CustomWarmup of_both(optimizer,
                           [](int64_t step, size_t group) { return step < 2 ? 0.5 / (1.0 + double(group)) : 1; });
  tw::CustomWarmup of_step(other, [](int64_t step) { return 0.25 * double(step + 1); });
  CHECK(lrs(optimizer) == Numbers{0.25, 0.025});
  CHECK(lrs(other) == Numbers{0.125, 0.025});
  of_both.step(), of_step.step();
  of_both.step();
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
  CHECK(lrs(other) == Numbers{0.25, 0.05});
}

TEST_CASE("a warmup says its numbers: step, factor, groups, undampened rates") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, {4, 2});
  warmup.step();
  CHECK(warmup.last_step() == 1);
  CHECK(warmup.group_count() == 2);
  CHECK(warmup.lrs() == Numbers{0.5, 0.1});
  CHECK(warmup.factor(1) == 0.5);
  CHECK(warmup.factor(1, 1) == 1);
  CHECK(warmup.optimizer().get_lrs() == Numbers{0.25, 0.1});
  CHECK(warmup.preview({}, 3) == Rows{{0.25, 0.1}, {0.375, 0.1}, {0.5, 0.1}});
  const auto state = warmup.get_state();
  CHECK(state.step == 1);
  warmup.step();
  warmup.set_state(state);
  CHECK(lrs(optimizer) == Numbers{0.25, 0.1});
  warmup.dampen(3);
  CHECK(warmup.last_step() == 3);
}

TEST_CASE("a detached warmup has put the rates back, and another may be made") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 10);
  check_error(TW_ERROR_STATE, {"warmup"}, [&] { tw::LinearWarmup second(optimizer, 10); });
  warmup.detach();
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
  tw::LinearWarmup second(optimizer, 4);
  CHECK(lrs(optimizer) == Numbers{0.125, 0.025});
}

/* ---- the guard ---------------------------------------------------------------------------------------------------- */

TEST_CASE("within a dampening the rates are undampened, and after its scope dampened for the next step") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  {
    const auto guard = warmup.dampening();
    CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
    optimizer.rows[tw::Option::Lr] = {1, 2};
  }
  CHECK(lrs(optimizer) == Numbers{0.5, 1});
  CHECK(warmup.last_step() == 1);
}

TEST_CASE("an exception that leaves a dampening's scope puts the dampened rates back, with the same step") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  CHECK_THROWS_AS(
      [&] {
        const auto guard = warmup.dampening();
        throw std::runtime_error("the scheduler failed");
      }(),
      std::runtime_error);
  CHECK(lrs(optimizer) == Numbers{0.125, 0.025});
  CHECK(warmup.last_step() == 0);
  warmup.step();
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}

TEST_CASE("a dampening that is made and ended while another exception is on its way dampens") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  struct AtExit {
    tw::Warmup &warmup;
    ~AtExit() { const auto guard = warmup.dampening(); }
  };
  CHECK_THROWS_AS(
      [&] {
        const AtExit at_exit{warmup};
        throw std::runtime_error("out of here");
      }(),
      std::runtime_error);
  CHECK(warmup.last_step() == 1);
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}

TEST_CASE("what a dampening's destructor cannot throw, the warmup's next call throws, once") {
  OwnOptimizer optimizer = own_adamw();
  int64_t first = 1;
  tw::CustomWarmup warmup = failing_from(optimizer, first);
  { const auto guard = warmup.dampening(); }
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05}); /* not the undampened ones, with which the next step would train */
  CHECK(warmup.last_step() == 0);
  SECTION("step") { CHECK_THROWS_AS(warmup.step(), std::domain_error); }
  SECTION("dampening") { CHECK_THROWS_AS((void)warmup.dampening(), std::domain_error); }
  SECTION("dampen") { CHECK_THROWS_AS(warmup.dampen(), std::domain_error); }
  first = 9;
  warmup.step();
  CHECK(warmup.last_step() == 1);
}

TEST_CASE("a dampening's end throws at once, and may be tried again") {
  OwnOptimizer optimizer = own_adamw();
  int64_t first = 1;
  tw::CustomWarmup warmup = failing_from(optimizer, first);
  auto guard = warmup.dampening();
  CHECK_THROWS_WITH(guard.end(), Contains("no factor for step 1"));
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
  first = 2;
  guard.end();
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
  check_error(TW_ERROR_STATE, {"ended"}, [&] { guard.end(); });
  check_error(TW_ERROR_STATE, {"ended"}, [&] { guard.cancel(); });
}

TEST_CASE("a dampening is cancelled by hand, moved, and refused twice") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  auto guard = warmup.dampening();
  check_error(TW_ERROR_STATE, {"begun"}, [&] { (void)warmup.dampening(); });
  auto moved = std::move(guard);
  moved.cancel();
  CHECK(warmup.last_step() == 0);
  CHECK(lrs(optimizer) == Numbers{0.125, 0.025});
}

TEST_CASE("a dampening outlives its warmup, which may be moved and destroyed meanwhile") {
  OwnOptimizer optimizer = own_adamw();
  auto warmup = std::make_unique<tw::LinearWarmup>(optimizer, 4);
  {
    const auto guard = warmup->dampening();
    const tw::Warmup moved = std::move(*warmup);
    warmup.reset();
  }
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}

TEST_CASE("a step that fails has changed neither rates nor scheduler nor warmup") {
  OwnOptimizer optimizer = own_adamw();
  tw::ExponentialLR scheduler(optimizer, 0.5);
  int64_t first = 1;
  tw::CustomWarmup warmup = failing_from(optimizer, first);
  CHECK_THROWS_AS(warmup.step(scheduler), std::domain_error);
  CHECK(scheduler.last_epoch() == 0);
  CHECK(warmup.last_step() == 0);
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}
