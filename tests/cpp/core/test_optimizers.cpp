/* Optimizers that are not LibTorch's, what is bound to them, and the order in which all goes. */
#include <memory>
#include <optional>

#include "cpp_support.h"

using namespace tw::test;

TEST_CASE("an optimizer class of one's own is one optimizer to all that is bound to it") {
  OwnOptimizer optimizer = own_adamw();
  tw::Optimizer first(optimizer), second(optimizer);
  CHECK(first.handle() == second.handle());
  CHECK(first.class_name() == "AdamW");
  CHECK(first.group_count() == 2);
  CHECK(first.get_lr() == 0.5);
  CHECK(first.get_lrs() == Numbers{0.5, 0.1});
  first.set_lr(1, 0.25);
  CHECK(optimizer.lr(1) == 0.25);
  CHECK(second.get_option(0, tw::Option::Beta2) == 0.999);
  second.set_option(0, tw::Option::Beta2, 0.5);
  CHECK(optimizer.rows[tw::Option::Beta2][0] == 0.5);
  check_error(TW_ERROR_NOT_FOUND, {"AdamW", "eps"}, [&] { (void)first.get_option(0, tw::Option::Eps); });
  check_error(TW_ERROR_RANGE, {"-1"}, [&] { first.set_lr(0, -1); });
  check_error(TW_ERROR_RANGE, {"7"}, [&] { (void)first.get_lr(7); });
}

TEST_CASE("a copy of an optimizer's object has nothing bound to it") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  OwnOptimizer copy = optimizer, assigned;
  assigned = optimizer;
  CHECK(tw::Optimizer(copy).handle() != tw::Optimizer(optimizer).handle());
  tw::LinearWarmup of_copy(copy, 2), of_assigned(assigned, 2);
  CHECK(copy.lr(0) == 0.0625);
  CHECK(optimizer.lr(0) == 0.125);
}

TEST_CASE("an optimizer out of functions") {
  Numbers rates = {0.5, 0.1};
  tw::OptimizerFunctions functions;
  functions.group_count = [&] { return rates.size(); };
  functions.get = [&](tw::Option option, double *out, size_t count) {
    std::copy_n(rates.begin(), count, out);
    return option == tw::Option::Lr;
  };
  check_error(TW_ERROR_ARGUMENT, {"empty"}, [&] { tw::Optimizer optimizer(functions); });
  functions.set = [&](tw::Option option, const double *values, size_t count) {
    if (option != tw::Option::Lr) return false;
    rates.assign(values, values + count);
    return true;
  };
  auto optimizer = std::make_unique<tw::Optimizer>(functions);
  CHECK(optimizer->class_name() == "Optimizer");
  tw::LinearWarmup warmup(*optimizer, 2);
  optimizer.reset(); /* the warmup keeps the functions */
  warmup.step();
  CHECK(rates == Numbers{0.5, 0.1});
}

TEST_CASE("numbers that stand for an optimizer, with betas or without") {
  tw::Optimizer plain = tw::Optimizer::rates({0.5, 0.1});
  tw::LinearWarmup warmup(plain, 2);
  CHECK(plain.get_lrs() == Numbers{0.25, 0.05});
  check_error(TW_ERROR_NOT_FOUND, {"beta2"}, [&] { (void)plain.get_option(0, tw::Option::Beta2); });
  tw::Optimizer adam = tw::Optimizer::rates({0.5, 0.1}, {{0.9, 0.95}, {0.8, 0.99}});
  CHECK(adam.get_option(0, tw::Option::Beta2) == 0.95);
  CHECK(adam.get_option(1, tw::Option::Beta1) == 0.8);
  check_error(TW_ERROR_ARGUMENT, {"1 pairs", "2 rates"}, [] { (void)tw::Optimizer::rates({0.5, 0.1}, {{0.9, 0.95}}); });
  check_error(TW_ERROR_ARGUMENT, {}, [] { (void)tw::Optimizer::rates({}); });
}

TEST_CASE("calls on what is bound to an optimizer object that is gone are refused, and all goes in any order") {
  auto optimizer = std::make_unique<OwnOptimizer>(own_adamw());
  tw::ExponentialLR scheduler(*optimizer, 0.5);
  tw::LinearWarmup warmup(*optimizer, 4);
  optimizer.reset();
  check_error(TW_ERROR_STATE, {"detached"}, [&] { warmup.step(scheduler); });
  check_error(TW_ERROR_STATE, {"detached"}, [&] { (void)warmup.dampening(); });
  CHECK(warmup.lrs() == Numbers{0.5, 0.1});
  CHECK(scheduler.get_last_lr() == Numbers{0.5, 0.1});
}

TEST_CASE("an optimizer object put in the place of one that is gone starts anew") {
  std::optional<OwnOptimizer> place(own_adamw());
  std::optional<tw::LinearWarmup> warmup(std::in_place, *place, 4);
  place.emplace(own_adamw());
  tw::StepLR scheduler(*place, 1, 0.5);
  scheduler.step();
  CHECK(lrs(*place) == Numbers{0.25, 0.05});
  check_error(TW_ERROR_STATE, {"detached"}, [&] { warmup->step(); });
}

TEST_CASE("a dampening that is open when its optimizer goes ends without a word of it to the destructor") {
  auto optimizer = std::make_unique<OwnOptimizer>(own_adamw());
  tw::LinearWarmup warmup(*optimizer, 4);
  {
    const auto guard = warmup.dampening();
    optimizer.reset();
  }
  check_error(TW_ERROR_STATE, {"detached"}, [&] { warmup.step(); });
}

TEST_CASE("an optimizer that is given as a shared pointer lives as long as what is bound to it") {
  auto optimizer = std::make_shared<OwnOptimizer>(own_adamw());
  const std::weak_ptr<OwnOptimizer> watched = optimizer;
  std::optional<tw::CosineAnnealingLR> scheduler(std::in_place, optimizer, 10);
  std::optional<tw::LinearWarmup> warmup(std::in_place, optimizer, 4);
  optimizer.reset();
  warmup->step(*scheduler);
  CHECK(watched.lock()->lr(0) < 0.5);
  scheduler.reset();
  CHECK_FALSE(watched.expired());
  std::optional<tw::Dampening> guard(warmup->dampening());
  warmup.reset();
  CHECK_FALSE(watched.expired());
  guard.reset();
  CHECK(watched.expired());
  check_error(TW_ERROR_ARGUMENT, {"null"}, [] { tw::StepLR scheduler(std::shared_ptr<OwnOptimizer>(), 3); });
}

TEST_CASE("assigning lets go of the old scheduler before its optimizer") {
  auto first = std::make_shared<OwnOptimizer>(), second = std::make_shared<OwnOptimizer>();
  const std::weak_ptr<OwnOptimizer> watched = first;
  tw::LRScheduler scheduler = tw::StepLR(first, 3);
  tw::Warmup warmup = tw::LinearWarmup(first, 3);
  first.reset();
  scheduler = tw::StepLR(second, 3);
  warmup = tw::LinearWarmup(second, 3);
  CHECK(watched.expired());
}

TEST_CASE("an optimizer detached by hand is touched no more, by any of its handles") {
  OwnOptimizer optimizer = own_adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  warmup.detach();
  tw::Optimizer(optimizer).detach();
  optimizer.within = [] { FAIL("touched"); };
  check_error(TW_ERROR_STATE, {"detached"}, [&] { (void)warmup.optimizer().get_lrs(); });
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
}
