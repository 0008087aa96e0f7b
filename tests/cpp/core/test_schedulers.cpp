/* What all schedulers' classes have in common, their defaults, and what they refuse. */
#include <cmath>
#include <memory>
#include <type_traits>

#include "cpp_support.h"

using namespace tw::test;

static_assert(!std::is_copy_constructible_v<tw::LRScheduler> && !std::is_copy_constructible_v<tw::StepLR>);
static_assert(std::is_nothrow_move_constructible_v<tw::LRScheduler> && std::is_nothrow_move_assignable_v<tw::Warmup>);
static_assert(std::is_convertible_v<tw::StepLR &&, tw::LRScheduler>);
/* A temporary optimizer, or a constant one, binds to nothing. */
static_assert(std::is_convertible_v<OwnOptimizer &, tw::Optimizer>);
static_assert(!std::is_convertible_v<OwnOptimizer, tw::Optimizer> &&
              !std::is_convertible_v<const OwnOptimizer &, tw::Optimizer>);
/* A period is whole. */
static_assert(std::is_convertible_v<int, tw::PerGroup<int64_t>> &&
              !std::is_convertible_v<double, tw::PerGroup<int64_t>>);

TEST_CASE("the defaults of the classes of options are those of the C API") {
  const tw::CyclicOptions cyclic;
  tw_cyclic_options cyclic_of_c;
  REQUIRE(tw_cyclic_options_init(&cyclic_of_c, sizeof cyclic_of_c) == TW_OK);
  CHECK(cyclic.step_size_up == cyclic_of_c.step_size_up);
  CHECK(cyclic.step_size_down == cyclic_of_c.step_size_down);
  CHECK(static_cast<int>(cyclic.mode) == cyclic_of_c.mode);
  CHECK(static_cast<int>(cyclic.scale_mode) == cyclic_of_c.scale_mode);
  CHECK(cyclic.gamma == cyclic_of_c.gamma);
  CHECK(cyclic.cycle_momentum == (cyclic_of_c.cycle_momentum == 1));

  const tw::OneCycleOptions one;
  tw_one_cycle_options one_of_c;
  REQUIRE(tw_one_cycle_options_init(&one_of_c, sizeof one_of_c) == TW_OK);
  CHECK(one.pct_start == one_of_c.pct_start);
  CHECK(static_cast<int>(one.anneal_strategy) == one_of_c.anneal_strategy);
  CHECK(one.three_phase == (one_of_c.three_phase == 1));
  CHECK(one.div_factor == one_of_c.div_factor);
  CHECK(one.final_div_factor == one_of_c.final_div_factor);
  CHECK(one.cycle_momentum == (one_of_c.cycle_momentum == 1));

  const tw::ReduceLROnPlateauOptions plateau;
  tw_reduce_on_plateau_options plateau_of_c;
  REQUIRE(tw_reduce_on_plateau_options_init(&plateau_of_c, sizeof plateau_of_c) == TW_OK);
  CHECK(static_cast<int>(plateau.mode) == plateau_of_c.mode);
  CHECK(static_cast<int>(plateau.threshold_mode) == plateau_of_c.threshold_mode);
  CHECK(plateau.factor == plateau_of_c.factor);
  CHECK(plateau.patience == plateau_of_c.patience);
  CHECK(plateau.threshold == plateau_of_c.threshold);
  CHECK(plateau.cooldown == plateau_of_c.cooldown);
  CHECK(plateau.min_lr.size() == plateau_of_c.min_lr_count);
  CHECK(plateau.eps == plateau_of_c.eps);
}

TEST_CASE("the momentums that are cycled by default are those of the C API") {
  OwnOptimizer here = own_adamw(), there = own_adamw();
  tw::CyclicLR cyclic(here, 0.01, 0.1);
  const double low = 0.01, high = 0.1;
  tw::LRScheduler of_c(there, nullptr);
  const auto make = [&](auto constructor, auto... arguments) {
    of_c = tw::LRScheduler(there,
                           tw::detail::make<tw_lr_scheduler>(constructor, tw::Optimizer(there).handle(), arguments...));
  };
  make(tw_lr_scheduler_cyclic, &low, size_t{1}, &high, static_cast<const tw_cyclic_options *>(nullptr));
  for (int i = 0; i < 30; ++i) cyclic.step(), of_c.step();
  CHECK(here.rows == there.rows);
  CHECK(here.rows[tw::Option::Beta1][0] < 0.9);

  tw::OneCycleLR one(here, 0.5, 60);
  make(tw_lr_scheduler_one_cycle, &high, size_t{1}, int64_t{60}, static_cast<const tw_one_cycle_options *>(nullptr));
  for (int i = 0; i < 30; ++i) one.step(), of_c.step();
  CHECK(here.rows[tw::Option::Beta1] == there.rows[tw::Option::Beta1]);
}

TEST_CASE("CyclicLR takes one bound for all groups beside one for each") {
  OwnOptimizer optimizer = own_adamw();
  tw::CyclicOptions options;
  options.step_size_up = 2;
  options.max_momentum = {0.9, 0.95};
  tw::CyclicLR scheduler(optimizer, 0.01, {0.1, 0.2}, options);
  scheduler.step(), scheduler.step();
  CHECK(lr(optimizer, 0) == 0.1);
  CHECK(lr(optimizer, 1) == 0.2);
  check_error(TW_ERROR_ARGUMENT, {"base_lr and max_lr", "2", "3"}, [&] {
    tw::CyclicLR wrong(optimizer, {0.1, 0.2}, {0.1, 0.2, 0.3});
  });
  check_error(TW_ERROR_ARGUMENT, {"3", "2"}, [&] { tw::CyclicLR wrong(optimizer, {0.1, 0.2, 0.3}, 0.5); });
  check_error(TW_ERROR_ARGUMENT, {}, [&] { tw::CyclicLR wrong(optimizer, {}, 0.5); });
}

TEST_CASE("CyclicLR's own scale_fn gives what triangular2 gives") {
  OwnOptimizer one = own_adamw(), other = own_adamw();
  tw::CyclicOptions options;
  options.step_size_up = 3;
  options.mode = tw::CyclicMode::Triangular2;
  tw::CyclicLR by_mode(one, 0.01, 0.1, options);
  options.scale_fn = [](double cycle) { return 1 / std::pow(2, cycle - 1); };
  tw::CyclicLR by_function(other, 0.01, 0.1, options);
  for (int i = 0; i < 40; ++i) {
    by_mode.step(), by_function.step();
    REQUIRE(lrs(one) == lrs(other));
  }
}

TEST_CASE("the schedules that PyTorch has not follow their formulas") {
  OwnOptimizer one, other;
  tw::InverseSqrtLR sqrt(one, 4);
  tw::WarmupStableDecayLR stable(other, 2, 3, 4, tw::LRDecay::Linear, 0.0);
  CHECK(lr(other, 0) == 0.25);
  for (int i = 0; i < 12; ++i) sqrt.step();
  CHECK(lr(one, 0) == Approx(0.25));
  for (int i = 0; i < 3; ++i) stable.step();
  CHECK(lr(other, 0) == 0.5);
  for (int i = 0; i < 4; ++i) stable.step();
  CHECK(lr(other, 0) == Approx(0.25));
}

TEST_CASE("a scheduler of any kind says its numbers") {
  OwnOptimizer optimizer;
  tw::ExponentialLR scheduler(optimizer, 0.5);
  scheduler.step();
  CHECK(scheduler.get_last_lr() == Numbers{0.25, 0.05});
  CHECK(scheduler.base_lrs() == Numbers{0.5, 0.1});
  CHECK(scheduler.last_epoch() == 1);
  CHECK(scheduler.group_count() == 2);
  CHECK(scheduler.preview(3) == Rows{{0.25, 0.05}, {0.125, 0.025}, {0.0625, 0.0125}});
  CHECK(scheduler.preview(0).empty());
  scheduler.set_last_epoch(3, {1, 2});
  CHECK(lrs(optimizer) == Numbers{1, 2});
  CHECK(scheduler.optimizer().get_lr(1) == 2);
}

TEST_CASE("a clone goes on by itself, on the same optimizer or on another") {
  OwnOptimizer optimizer, other;
  tw::LambdaLR scheduler(optimizer, [](double epoch) { return 1 / (1 + epoch); });
  scheduler.step();
  tw::LRScheduler elsewhere = scheduler.clone(other), same = scheduler.clone();
  elsewhere.step(), elsewhere.step();
  CHECK(lrs(other) == Numbers{0.125, 0.025});
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
  CHECK(same.last_epoch() == 1);
  CHECK(elsewhere.optimizer().handle() == tw::Optimizer(other).handle());
}

TEST_CASE("schedulers of several kinds lie in one vector, by value or by pointer, and are stepped as one") {
  OwnOptimizer one, other, third;
  std::vector<tw::LRScheduler> by_value;
  by_value.push_back(tw::ExponentialLR(one, 0.5));
  by_value.push_back(tw::StepLR(one, 1, 0.1));
  std::vector<std::unique_ptr<tw::LRScheduler>> by_pointer;
  by_pointer.push_back(std::make_unique<tw::ExponentialLR>(other, 0.5));
  by_pointer.push_back(std::make_unique<tw::StepLR>(other, 1, 0.1));
  tw::ExponentialLR first(third, 0.5);
  tw::StepLR second(third, 1, 0.1);

  const Rows ahead = tw::preview({first, second}, 2);
  CHECK(tw::preview(by_value, 2) == ahead);
  CHECK(tw::preview(by_pointer, 2) == ahead);
  tw::CustomWarmup a(one, [](int64_t) { return 1.0; }), b(other, [](int64_t) { return 1.0; });
  CHECK(a.preview(by_value, 2) == ahead);
  a.step(by_value), b.step(by_pointer);
  CHECK(lrs(one) == ahead[1]);
  CHECK(lrs(other) == ahead[1]);
  by_pointer.emplace_back();
  check_error(TW_ERROR_ARGUMENT, {"schedulers[2] is NULL"}, [&] { b.step(by_pointer); });
}

TEST_CASE("a schedule of schedules keeps its parts, whose objects may be gone") {
  OwnOptimizer optimizer;
  auto parts = std::make_unique<std::vector<tw::LRScheduler>>();
  parts->push_back(tw::LambdaLR(optimizer, [](double) { return 0.5; }));
  parts->push_back(tw::ExponentialLR(optimizer, 0.5));
  tw::SequentialLR both(optimizer, *parts, {2});
  parts.reset();
  for (int i = 0; i < 3; ++i) both.step();
  CHECK(lr(optimizer, 0) == 0.25);
}

TEST_CASE("what the C API refuses is thrown with its status and its sentence") {
  OwnOptimizer optimizer, other;
  tw::StepLR of_other(other, 3);
  check_error(TW_ERROR_RANGE, {"step_size", "-1"}, [&] { tw::StepLR scheduler(optimizer, -1); });
  check_error(TW_ERROR_RANGE, {"start_factor"}, [&] { tw::LinearLR scheduler(optimizer, 2); });
  check_error(TW_ERROR_ARGUMENT, {"3", "2"}, [&] { tw::LinearWarmup warmup(optimizer, {1, 2, 3}); });
  check_error(TW_ERROR_ARGUMENT, {"optimizer"}, [&] { tw::SequentialLR both(optimizer, {of_other}, {}); });
  check_error(TW_ERROR_ARGUMENT, {"no scheduler"}, [&] { tw::ChainedScheduler none{tw::LRSchedulers()}; });
  check_error(TW_ERROR_NOT_FOUND, {"momentum"}, [&] { tw::OneCycleLR scheduler(optimizer, 0.1, 10); });
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});

  tw::ReduceLROnPlateau plateau(optimizer);
  tw::LRScheduler &as_any = plateau;
  check_error(TW_ERROR_STATE, {"metric"}, [&] { as_any.step(); });
  tw::MultiplicativeLR multiplicative(other, [](double) { return 1.0; });
  check_error(TW_ERROR_STATE, {"closed form"}, [&] { multiplicative.step_at(2); });
  tw::LinearWarmup warmup(other, 5);
  check_error(TW_ERROR_STATE, {"dampened"}, [&] { of_other.step(); });
  check_error(TW_ERROR_ARGUMENT, {}, [&] { of_other.set_state({1, 2}); });
}

TEST_CASE("an Error is a std::runtime_error") {
  OwnOptimizer optimizer;
  CHECK_THROWS_AS(tw::StepLR(optimizer, -1), std::runtime_error);
}

TEST_CASE("what was moved from throws in every call, and takes a new value") {
  OwnOptimizer optimizer;
  tw::LRScheduler scheduler = tw::StepLR(optimizer, 1, 0.5), taken = std::move(scheduler);
  tw::Warmup warmup = tw::LinearWarmup(optimizer, 2), warmup_taken = std::move(warmup);
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { scheduler.step(); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { (void)scheduler.get_last_lr(); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { (void)scheduler.clone(); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { warmup.step(taken); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { (void)warmup.dampening(); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { (void)warmup.get_state(); });
  check_error(TW_ERROR_STATE, {"moved"}, [&] { (void)warmup.optimizer(); });
  check_error(TW_ERROR_ARGUMENT, {"NULL"}, [&] { warmup_taken.step(scheduler); });
  warmup_taken.step(taken);
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
  scheduler = std::move(taken);
  warmup = std::move(warmup_taken);
  warmup.step(scheduler);
  CHECK(lrs(optimizer) == Numbers{0.125, 0.025});
}
