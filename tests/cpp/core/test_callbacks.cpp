/* Functions of the caller's that throw: the exception comes back from the caller's own call, and nothing of it stays. */
#include <memory>
#include <new>

#include "cpp_support.h"

using namespace tw::test;

namespace {

struct OfMine { /* no std::exception */
  int number;
};

/* A schedule that throws what it is told to. */
struct Thrower {
  std::function<void()> raise;
  double operator()(double epoch) {
    if (epoch > 0 && raise) raise();
    return 1;
  }
};

}  // namespace

TEST_CASE("the very object that a schedule's function throws comes out of step, and nothing has changed") {
  OwnOptimizer optimizer;
  const std::exception_ptr thrown = std::make_exception_ptr(OfMine{7});
  tw::LambdaLR scheduler(optimizer, Thrower{[&] { std::rethrow_exception(thrown); }});
  for (int i = 0; i < 2; ++i) {
    try {
      scheduler.step();
      FAIL("nothing was thrown");
    } catch (const OfMine &mine) {
      CHECK(mine.number == 7);
      CHECK(std::current_exception() == thrown);
    }
    CHECK(scheduler.last_epoch() == 0);
    CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
  }
}

TEST_CASE("a constructor whose first call of the function throws, throws the same, and lets the function go") {
  OwnOptimizer optimizer;
  const auto counted = std::make_shared<int>(0);
  const auto failing = [counted](auto) -> double { throw OfMine{*counted}; };
  CHECK_THROWS_AS(tw::LambdaLR(optimizer, failing), OfMine);
  CHECK_THROWS_AS(tw::CustomWarmup(optimizer, failing), OfMine);
  tw::CyclicOptions options;
  options.cycle_momentum = false;
  options.scale_fn = failing;
  CHECK_THROWS_AS(tw::CyclicLR(optimizer, 0.1, 0.5, options), OfMine);
  options.scale_fn = nullptr;
  options.step_size_up = -3;
  check_error(TW_ERROR_RANGE, {"step_size_up"}, [&] {
    options.scale_fn = [counted](double) { return 1.0; };
    tw::CyclicLR scheduler(optimizer, 0.1, 0.5, options);
  });
  options.scale_fn = nullptr;
  CHECK(counted.use_count() == 2); /* here, and in failing */
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
}

TEST_CASE("a function lives as long as what calls it, and not longer") {
  OwnOptimizer optimizer;
  const auto counted = std::make_shared<int>(0);
  {
    tw::LambdaLR scheduler(optimizer, [counted](double) { return 1.0; });
    const tw::LRScheduler clone = scheduler.clone();
    CHECK(counted.use_count() > 1);
  }
  CHECK(counted.use_count() == 1);
}

TEST_CASE("a function may throw an Error: status and sentence are its own") {
  OwnOptimizer optimizer;
  tw::LambdaLR scheduler(optimizer, Thrower{[] { throw tw::Error(TW_ERROR_CANCELLED, "the user said stop"); }});
  try {
    scheduler.step();
    FAIL("nothing was thrown");
  } catch (const tw::Error &error) {
    CHECK(error.status() == TW_ERROR_CANCELLED);
    CHECK(std::string(error.what()) == "the user said stop");
  }
}

TEST_CASE("to C, which made the call itself, a throwing function is a status and a message") {
  OwnOptimizer optimizer;
  const auto status_of = [&](std::function<void()> raise) {
    tw::LambdaLR scheduler(optimizer, Thrower{std::move(raise)});
    return tw_lr_scheduler_step(scheduler.handle());
  };
  CHECK(status_of([] { throw std::logic_error("no such epoch"); }) == TW_ERROR_CALLBACK);
  CHECK_THAT(tw_last_error(), Contains("no such epoch"));
  CHECK(status_of([] { throw std::bad_alloc(); }) == TW_ERROR_MEMORY);
  CHECK(status_of([] { throw OfMine{1}; }) == TW_ERROR_CALLBACK);
  CHECK(status_of([] { throw tw::Error(TW_ERROR_IO, "the disk"); }) == TW_ERROR_IO);
  CHECK(status_of([] { throw tw::Error(TW_OK, "no failure"); }) == TW_ERROR_CALLBACK);

  /* What C has swallowed is not thrown by a later call that fails for a reason of its own. */
  check_error(TW_ERROR_RANGE, {"step_size"}, [&] { tw::StepLR scheduler(optimizer, -1); });
}

TEST_CASE("a function that fails inside of another's call keeps the two apart") {
  OwnOptimizer outer, inner;
  tw::LambdaLR failing(inner, Thrower{[] { throw OfMine{1}; }});
  int caught = 0;
  tw::LambdaLR scheduler(outer, Thrower{[&] {
                           try {
                             failing.step();
                           } catch (const OfMine &) {
                             ++caught;
                           }
                           check_error(TW_ERROR_RANGE, {"step_size"}, [&] { tw::StepLR wrong(inner, -1); });
                           if (caught == 2) throw std::range_error("the outer one");
                         }});
  CHECK_THROWS_WITH(scheduler.step(), "the outer one"); /* two groups: the second call is the second time */
  CHECK(caught == 2);
}

TEST_CASE("an optimizer's functions that throw, throw out of whatever asked") {
  OwnOptimizer optimizer = own_adamw();
  tw::ExponentialLR scheduler(optimizer, 0.5);
  tw::LinearWarmup warmup(optimizer, 4);
  optimizer.within = [] { throw OfMine{3}; };
  CHECK_THROWS_AS(warmup.step(scheduler), OfMine);
  CHECK_THROWS_AS(warmup.optimizer().get_lrs(), OfMine);
  OwnOptimizer other = own_adamw();
  other.within = optimizer.within;
  CHECK_THROWS_AS(tw::UntunedLinearWarmup(other), OfMine);
  optimizer.within = nullptr;
  CHECK(lrs(optimizer) == Numbers{0.125, 0.025});
  CHECK(scheduler.last_epoch() == 0);
}

TEST_CASE("a function for each group, in as many as there are groups") {
  OwnOptimizer optimizer;
  using One = std::function<double(double)>;
  const One half = [](double) { return 0.5; }, third = [](double) { return 0.25; };
  tw::LambdaLR scheduler(optimizer, std::vector<One>{half, third});
  CHECK(lrs(optimizer) == Numbers{0.25, 0.025});
  check_error(TW_ERROR_ARGUMENT, {"3 functions", "2 parameter groups"}, [&] {
    tw::MultiplicativeLR wrong(optimizer, std::vector<One>{half, half, half});
  });
  check_error(TW_ERROR_ARGUMENT, {"0 functions"}, [&] { tw::LambdaLR wrong(optimizer, std::vector<One>()); });
  CHECK_THROWS_AS(tw::LambdaLR(optimizer, One()), std::bad_function_call);
}

TEST_CASE("from within a function the optimizer may be read, and is not changed") {
  OwnOptimizer optimizer;
  std::unique_ptr<tw::LambdaLR> scheduler;
  scheduler = std::make_unique<tw::LambdaLR>(optimizer, [&](double epoch) {
    if (epoch == 0) return 1.0;
    CHECK(scheduler->get_last_lr() == Numbers{0.5, 0.1});
    check_error(TW_ERROR_STATE, {"callback"}, [&] { scheduler->step(); });
    return 0.5;
  });
  scheduler->step();
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}
