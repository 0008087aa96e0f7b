/* What a warmup refuses, and that nothing has changed after. */
#include <cmath>

#include "failure.h"
#include "two_groups.h"

using namespace tw::test;

namespace {

/* A factor of the caller's: value for every step below fail_at, then status. */
struct Factor {
  double value = 0.5;
  tw_status status = TW_OK;
  int64_t fail_at = 1000;
  int64_t calls = 0;
};

tw_status give_factor(double *out, int64_t step, size_t group, void *context) {
  auto *factor = static_cast<Factor *>(context);
  ++factor->calls;
  *out = factor->value / static_cast<double>(group + 1);
  return step < factor->fail_at ? TW_OK : factor->status;
}

Handle<tw_warmup> custom(const Handle<tw_optimizer> &optimizer, Factor &factor) {
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_custom(warmup.out(), optimizer.get(), give_factor, &factor, nullptr) == TW_OK);
  return warmup;
}

Handle<tw_optimizer> sgd() { return optimizer_of_class("SGD", {1e-3}); }

/* A refused constructor leaves null and the optimizer's rates. */
template <class Make>
tw_status refused(const Handle<tw_optimizer> &optimizer, Make &&make) {
  const double before = lr(optimizer, 0);
  auto *warmup = rubbish<tw_warmup>();
  const tw_status status = make(&warmup, optimizer.get());
  CHECK(status != TW_OK);
  CHECK(warmup == nullptr);
  CHECK(lr(optimizer, 0) == before);
  return status;
}

tw_status refused_linear(const Handle<tw_optimizer> &optimizer, const std::vector<int64_t> &periods) {
  return refused(optimizer, [&](tw_warmup **out, tw_optimizer *handle) {
    return tw_warmup_linear(out, handle, periods.data(), periods.size());
  });
}

int64_t last_step(const Handle<tw_warmup> &warmup) {
  int64_t out = -9;
  REQUIRE(tw_warmup_get_last_step(&out, warmup.get()) == TW_OK);
  return out;
}

}  // namespace

TEST_CASE("untuned warmup refuses an optimizer without betas, naming it") {
  const auto optimizer = sgd();
  for (auto constructor : {tw_warmup_untuned_linear, tw_warmup_untuned_exponential, tw_warmup_radam}) {
    CHECK(refused(optimizer, [&](auto **out, auto *handle) { return constructor(out, handle, nullptr, 0); }) ==
          TW_ERROR_NOT_FOUND);
    CHECK_THAT(last_error(), Contains("SGD"));
  }
}

TEST_CASE("RAdam warmup refuses a beta2 for which it is not defined, naming group and value") {
  const auto optimizer = two_groups(0.95, 0.5);
  CHECK(refused(optimizer, [](auto **out, auto *handle) { return tw_warmup_radam(out, handle, nullptr, 0); }) ==
        TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("beta2 of group 1 is 0.5; it must lie in (0.6, 1)"));
}

TEST_CASE("a manual warmup refuses a period below 1 and a count that fits no group") {
  const auto optimizer = two_groups();
  CHECK(refused_linear(optimizer, {5, 0}) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("warmup_period[1] is 0; it must be positive"));
  CHECK(refused_linear(optimizer, {-3}) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("warmup_period[0] is -3"));
  CHECK(refused_linear(optimizer, {1, 2, 3}) == TW_ERROR_ARGUMENT);
  CHECK_THAT(last_error(), Contains("3 values of periods") && Contains("group, 2"));
  CHECK(refused_linear(optimizer, {}) == TW_ERROR_ARGUMENT);
}

TEST_CASE("an optimizer takes one warmup at a time") {
  const auto optimizer = two_groups();
  auto first = linear(optimizer, {10});
  CHECK(refused_linear(optimizer, {10}) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("has a warmup already"));
  REQUIRE(tw_warmup_detach(first.get()) == TW_OK);
  const auto second = linear(optimizer, {10});
  CHECK(last_step(second) == 0);
}

TEST_CASE("rates that a freed warmup left dampened are nothing to start from, until somebody sets them") {
  const auto optimizer = two_groups();
  linear(optimizer, {10});
  CHECK(lr(optimizer, 0) == 0.05);
  CHECK(refused_linear(optimizer, {10}) == TW_ERROR_STATE);
  CHECK_THAT(last_error(),
             Contains("freed left the rate of group 0 dampened, 0.05 of 0.5") && Contains("tw_warmup_detach"));
  tw_lr_scheduler *scheduler = rubbish<tw_lr_scheduler>();
  CHECK(tw_lr_scheduler_exponential(&scheduler, optimizer.get(), 0.9) == TW_ERROR_STATE);
  CHECK(scheduler == nullptr);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 0.5) == TW_OK);
  CHECK(refused_linear(optimizer, {10}) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("group 1"));
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0.1) == TW_OK);
  const auto second = linear(optimizer, {10});
  CHECK(lr(optimizer, 0) == 0.05);
  CHECK(lr(optimizer, 1) == 0.1 * 0.1);
}

TEST_CASE("a warmup that is over when it is freed leaves nothing behind") {
  const auto optimizer = two_groups();
  linear(optimizer, {1});
  const auto second = linear(optimizer, {10});
  CHECK(lr(optimizer, 0) == 0.05);
}

TEST_CASE("detaching puts the undampened rates back, but for those that somebody else changed") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0.75) == TW_OK);
  add_group(optimizer);
  const double third = lr(optimizer, 2);
  REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.5);
  CHECK(lr(optimizer, 1) == 0.75);
  CHECK(lr(optimizer, 2) == third);
  check_failure(tw_warmup_detach(warmup.get()), TW_ERROR_STATE, {"detached", "already"});
  check_failure(tw_warmup_step(warmup.get(), nullptr, 0), TW_ERROR_STATE, {"detached"});
  check_failure(tw_warmup_dampen(warmup.get()), TW_ERROR_STATE, {"detached"});
  const double lrs[2] = {1, 1};
  check_failure(tw_warmup_set_state(warmup.get(), 1, lrs, 2), TW_ERROR_STATE, {"detached"});
  CHECK(last_step(warmup) == 0);
}

TEST_CASE("detaching between begin and end leaves the rates, which are undampened") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.5);
  check_failure(tw_warmup_dampening_end(warmup.get()), TW_ERROR_STATE, {"detached"});
}

TEST_CASE("a warmup refuses to go on after a group was added") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  add_group(optimizer);
  const double rates[3] = {lr(optimizer, 0), lr(optimizer, 1), lr(optimizer, 2)};
  CHECK(tw_warmup_step(warmup.get(), nullptr, 0) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("3 parameter groups") && Contains("made for 2"));
  CHECK(tw_warmup_dampening_begin(warmup.get()) == TW_ERROR_STATE);
  CHECK(tw_warmup_dampen(warmup.get()) == TW_ERROR_STATE);
  CHECK(tw_warmup_dampen_at(warmup.get(), 4) == TW_ERROR_STATE);
  for (size_t group = 0; group < 3; ++group) CHECK(lr(optimizer, group) == rates[group]);
  CHECK(last_step(warmup) == 0);
}

TEST_CASE("a warmup refuses a rate that was edited from outside, naming group and rate") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0.75) == TW_OK);
  CHECK(tw_warmup_step(warmup.get(), nullptr, 0) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("group 1") && Contains("0.75"));
  CHECK(tw_warmup_dampening_begin(warmup.get()) == TW_ERROR_STATE);
  CHECK(lr(optimizer, 0) == 0.05);
  CHECK(lr(optimizer, 1) == 0.75);
}

TEST_CASE("dampening begins once and ends once") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  CHECK(tw_warmup_dampening_end(warmup.get()) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("has not begun"));
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  CHECK(tw_warmup_dampening_begin(warmup.get()) == TW_ERROR_STATE);
  CHECK(tw_warmup_step(warmup.get(), nullptr, 0) == TW_ERROR_STATE);
  CHECK(tw_warmup_dampen(warmup.get()) == TW_ERROR_STATE);
  CHECK(tw_warmup_dampen_at(warmup.get(), 2) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("dampening has begun"));
  CHECK(lr(optimizer, 0) == 0.5);
  REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.1);
}

TEST_CASE("steps before the first are refused") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  CHECK(tw_warmup_dampen_at(warmup.get(), -1) == TW_ERROR_RANGE);
  CHECK(tw_warmup_set_last_step(warmup.get(), -2) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("step is -2"));
  double factor = 7;
  CHECK(tw_warmup_get_factor(&factor, warmup.get(), -1, 0) == TW_ERROR_RANGE);
  CHECK(factor == 0);
  CHECK(tw_warmup_get_factor(&factor, warmup.get(), 0, 2) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("group is 2"));
  CHECK(last_step(warmup) == 0);
}

TEST_CASE("tw_warmup_step refuses a scheduler of another optimizer, or none, and changes nothing") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto own = cosine(optimizer, 50, 0), foreign = cosine(other, 50, 0);
  const auto warmup = linear(optimizer, {10});
  tw_lr_scheduler *const schedulers[] = {own.get(), foreign.get()};
  CHECK(tw_warmup_step(warmup.get(), schedulers, 2) == TW_ERROR_ARGUMENT);
  CHECK_THAT(last_error(), Contains("schedulers[1]"));
  tw_lr_scheduler *const missing[] = {own.get(), nullptr};
  CHECK(tw_warmup_step(warmup.get(), missing, 2) == TW_ERROR_ARGUMENT);
  CHECK_THAT(last_error(), Contains("schedulers[1] is NULL"));
  double epoch = -1;
  REQUIRE(tw_lr_scheduler_get_last_epoch(&epoch, own.get()) == TW_OK);
  CHECK(epoch == 0);
  CHECK(last_step(warmup) == 0);
  CHECK(lr(optimizer, 0) == 0.05);
}

TEST_CASE("a scheduler that fails inside tw_warmup_step takes the others back with it") {
  const auto optimizer = two_groups();
  const auto first = cosine(optimizer, 50, 0);
  Handle<tw_lr_scheduler> second;
  const int64_t milestones[] = {1, 1};
  REQUIRE(tw_lr_scheduler_multi_step(second.out(), optimizer.get(), milestones, 2, 1e200) == TW_OK);
  const auto warmup = linear(optimizer, {10});
  tw_lr_scheduler *const schedulers[] = {first.get(), second.get()};
  CHECK(tw_warmup_step(warmup.get(), schedulers, 2) == TW_ERROR_RANGE);
  for (tw_lr_scheduler *scheduler : schedulers) {
    double epoch = -1;
    REQUIRE(tw_lr_scheduler_get_last_epoch(&epoch, scheduler) == TW_OK);
    CHECK(epoch == 0);
  }
  CHECK(last_step(warmup) == 0);
  CHECK(lr(optimizer, 0) == 0.05);
  CHECK(tw_warmup_step(warmup.get(), first.one(), 1) == TW_OK);
}

TEST_CASE("a custom factor is asked once for each group at each dampening") {
  const auto optimizer = two_groups();
  Factor factor;
  const auto warmup = custom(optimizer, factor);
  CHECK(factor.calls == 2);
  CHECK(lr(optimizer, 0) == 0.25);
  CHECK(lr(optimizer, 1) == 0.025);
  REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK);
  CHECK(factor.calls == 4);
  CHECK(lr(optimizer, 0) == 0.25);
}

TEST_CASE("a custom factor that fails fails the call, with its own status, and nothing has changed") {
  const auto optimizer = two_groups();
  Factor factor;
  factor.fail_at = 1;
  factor.status = TW_ERROR_IO;
  const auto scheduler = cosine(optimizer, 50, 0);
  const auto warmup = custom(optimizer, factor);
  CHECK(tw_warmup_step(warmup.get(), scheduler.one(), 1) == TW_ERROR_IO);
  CHECK_THAT(last_error(), Contains("factor callback returned TW_ERROR_IO"));
  factor.status = tw_status(77);
  CHECK(tw_warmup_step(warmup.get(), scheduler.one(), 1) == TW_ERROR_CALLBACK);
  CHECK_THAT(last_error(), Contains("77"));
  double epoch = -1;
  REQUIRE(tw_lr_scheduler_get_last_epoch(&epoch, scheduler.get()) == TW_OK);
  CHECK(epoch == 0);
  CHECK(last_step(warmup) == 0);
  CHECK(lr(optimizer, 0) == 0.25);
}

TEST_CASE("a custom factor must be finite and not negative") {
  const auto optimizer = two_groups();
  for (double value : {-0.5, std::nan("")}) {
    Factor factor;
    factor.value = value;
    CHECK(refused(optimizer, [&](tw_warmup **out, tw_optimizer *handle) {
            return tw_warmup_custom(out, handle, give_factor, &factor, nullptr);
          }) == TW_ERROR_RANGE);
    CHECK_THAT(last_error(), Contains("step 0 of group 0"));
  }
}

TEST_CASE("a failing dampening_end leaves the dampening open, to be ended again") {
  const auto optimizer = two_groups();
  Factor factor;
  factor.fail_at = 1;
  factor.status = TW_ERROR_IO;
  const auto warmup = custom(optimizer, factor);
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  CHECK(tw_warmup_dampening_end(warmup.get()) == TW_ERROR_IO);
  CHECK(lr(optimizer, 0) == 0.5);
  factor.status = TW_OK;
  CHECK(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.25);
}

TEST_CASE("dampening_cancel puts the dampened rates back, and the run goes on as if it had not begun") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto warmup = linear(optimizer, {10}), undisturbed = linear(other, {10});
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0.75) == TW_OK);
  REQUIRE(tw_warmup_dampening_cancel(warmup.get()) == TW_OK);
  CHECK(last_step(warmup) == 0);
  for (int step = 0; step < 3; ++step) {
    for (size_t group = 0; group < 2; ++group) CHECK(lr(optimizer, group) == lr(other, group));
    REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK);
    REQUIRE(tw_warmup_step(undisturbed.get(), nullptr, 0) == TW_OK);
  }
  CHECK(tw_warmup_dampening_cancel(warmup.get()) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("has not begun"));
}
