/* What a callback may do with the optimizer whose call runs it: read what was there before, change nothing, free at the
 * call's end. And when contexts are let go. */
#include <functional>

#include "failure.h"
#include "schedulers.h"

using namespace tw::test;

namespace {

/* A callback's context: something to do within it, and how often it was let go. */
struct Doing {
  std::function<void()> within;
  int released = 0;

  static tw_status factor(double *out, int64_t, size_t, void *context) {
    static_cast<Doing *>(context)->run();
    *out = 0.5;
    return TW_OK;
  }
  static tw_status lambda(double *out, double epoch, size_t, void *context) {
    static_cast<Doing *>(context)->run();
    *out = 1 / (1 + epoch);
    return TW_OK;
  }
  static void release(void *context) { ++static_cast<Doing *>(context)->released; }
  void run() const {
    if (within) within();
  }
};

Scheduler lambda(const Optimizer &optimizer, Doing &doing) {
  return scheduler(tw_lr_scheduler_lambda, optimizer, Doing::lambda, static_cast<void *>(&doing), Doing::release);
}

Handle<tw_warmup> custom(const Optimizer &optimizer, Doing &doing) {
  Handle<tw_warmup> made;
  REQUIRE(tw_warmup_custom(made.out(), optimizer.get(), Doing::factor, &doing, Doing::release) == TW_OK);
  return made;
}

}  // namespace

TEST_CASE("within a callback reads give what was there before the call") {
  const auto optimizer = two_groups();
  Doing epochs, factors;
  const auto schedule = lambda(optimizer, epochs);
  const auto warmup = custom(optimizer, factors);
  const Numbers before = rates(optimizer), saved = state(schedule);
  int read = 0;
  const auto look = [&] {
    CHECK(rates(optimizer) == before);
    CHECK(state(schedule) == saved);
    CHECK(last_epoch(schedule) == 0);
    double last[2] = {0, 0};
    CHECK(tw_lr_scheduler_get_last_lrs(last, 2, nullptr, schedule.get()) == TW_OK);
    CHECK(last[0] == 0.5);
    int64_t last_step = -1;
    CHECK(tw_warmup_get_state(&last_step, last, 2, nullptr, warmup.get()) == TW_OK);
    CHECK((last_step == 0 && last[0] == 0.5));
    ++read;
  };
  epochs.within = factors.within = look;
  step(warmup, {&schedule});
  CHECK(read == 4); /* two groups, a factor and a lambda each */
  epochs.within = factors.within = nullptr;
  CHECK(rates(optimizer) == Numbers{0.125, 0.025});
  CHECK(last_epoch(schedule) == 1);
}

TEST_CASE("within a callback whatever would change the same optimizer is refused, and the call goes on") {
  const auto optimizer = two_groups(), other = two_groups();
  Doing epochs;
  const auto schedule = lambda(optimizer, epochs);
  const auto second = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  const auto elsewhere = scheduler(tw_lr_scheduler_exponential, other, 0.5);
  const Numbers kept = state(second);
  epochs.within = [&] {
    const auto refuse = [](tw_status status) { check_failure(status, TW_ERROR_STATE, {"callbacks", "AdamW"}); };
    tw_lr_scheduler *made = nullptr;
    tw_warmup *warmup = nullptr;
    double rows[2];
    const int64_t period = 5;
    refuse(tw_optimizer_set_lr(optimizer.get(), 0, 1));
    refuse(tw_lr_scheduler_step(second.get()));
    refuse(tw_lr_scheduler_step(schedule.get()));
    refuse(tw_lr_scheduler_set_last_epoch(schedule.get(), 5, nullptr, 0));
    refuse(tw_lr_scheduler_set_state(second.get(), kept.data(), kept.size()));
    refuse(tw_lr_scheduler_exponential(&made, optimizer.get(), 0.5));
    refuse(tw_lr_scheduler_preview(rows, 2, nullptr, second.one(), 1, 1));
    refuse(tw_warmup_linear(&warmup, optimizer.get(), &period, 1));
    refuse(tw_optimizer_detach(optimizer.get()));
#ifndef TW_CORE_ONLY
    const auto added = parameter({3.0F});
    refuse(tw_optimizer_add_param_group(optimizer.get(), added.one(), 1, nullptr));
    refuse(tw_optimizer_step(optimizer.get()));
    refuse(tw_optimizer_zero_grad(optimizer.get()));
#endif
    CHECK(tw_lr_scheduler_step(elsewhere.get()) == TW_OK); /* another optimizer's is nobody's business */
  };
  step(schedule);
  epochs.within = nullptr;
  CHECK(rates(optimizer) == Numbers{0.25, 0.05});
  CHECK(rates(other) == Numbers{0.125, 0.025});
  CHECK(state(second) == kept);
}

TEST_CASE("a free from within a callback takes effect when the call has ended") {
  auto optimizer = two_groups();
  Doing epochs, factors;
  auto schedule = lambda(optimizer, epochs);
  auto warmup = custom(optimizer, factors);
  tw_warmup *warmup_handle = warmup.release();
  tw_lr_scheduler *schedule_handle = schedule.release();
  tw_optimizer *optimizer_handle = optimizer.release();
  bool freed = false;
  epochs.within = [&] {
    if (freed) return;
    freed = true;
    tw_warmup_free(warmup_handle);
    tw_lr_scheduler_free(schedule_handle);
    tw_optimizer_free(optimizer_handle);
    CHECK(epochs.released + factors.released == 0);
  };
  REQUIRE(tw_warmup_step(warmup_handle, &schedule_handle, 1) == TW_OK);
  CHECK(epochs.released == 1);
  CHECK(factors.released == 1);
}

TEST_CASE("a context is released once, when the last schedule that needs it goes") {
  const auto optimizer = two_groups();
  Doing epochs;
  auto child = lambda(optimizer, epochs);
  const auto other = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  auto parent = chained(optimizer, {&child, &other});
  Scheduler copy;
  REQUIRE(tw_lr_scheduler_clone(copy.out(), parent.get(), nullptr) == TW_OK);
  child = Scheduler();
  parent = Scheduler();
  CHECK(epochs.released == 0);
  step(copy);
  copy = Scheduler();
  CHECK(epochs.released == 1);
}

TEST_CASE("a release that calls back leaves the message of the call that fails") {
  const auto release = [](void *) {
    const auto other = two_groups();
    CHECK(tw_optimizer_set_lr(other.get(), 7, 1) == TW_ERROR_RANGE);
    tw_set_last_error("the release's own");
  };
  tw_lr_scheduler *scheduler = nullptr;
  tw_warmup *warmup = nullptr;
  const auto optimizer = two_groups();
  int context = 0;
  check_failure(tw_lr_scheduler_lambda(&scheduler, optimizer.get(), nullptr, &context, release), TW_ERROR_ARGUMENT,
                {"lr_lambda is NULL"});
  check_failure(tw_warmup_custom(&warmup, optimizer.get(), nullptr, &context, release), TW_ERROR_ARGUMENT,
                {"factor is NULL"});
  tw_optimizer_interface interface { sizeof interface, nullptr, nullptr, nullptr, nullptr, release };
  tw_optimizer *made = nullptr;
  check_failure(tw_optimizer_custom(&made, &interface, &context), TW_ERROR_ARGUMENT, {"group_count is NULL"});
#ifndef TW_CORE_ONLY
  check_failure(tw_module_custom(nullptr, nullptr, &context, release), TW_ERROR_ARGUMENT, {"out is NULL"});
#endif
}

TEST_CASE("a context is released once from a constructor that fails too, for whatever reason") {
  const auto optimizer = two_groups();
  const auto warmed = two_groups();
  const auto warmup = linear(warmed, {5});
  Doing doing;
  auto *made = rubbish<tw_lr_scheduler>();
  auto *made_warmup = rubbish<tw_warmup>();
  int wanted = 0;
  const auto refuse = [&](tw_status status) {
    CHECK(status != TW_OK);
    CHECK(doing.released == ++wanted);
  };
  refuse(tw_lr_scheduler_lambda(&made, nullptr, Doing::lambda, &doing, Doing::release));
  refuse(tw_lr_scheduler_lambda(nullptr, optimizer.get(), Doing::lambda, &doing, Doing::release));
  refuse(tw_lr_scheduler_lambda(&made, optimizer.get(), nullptr, &doing, Doing::release));
  refuse(tw_lr_scheduler_multiplicative(&made, warmed.get(), Doing::lambda, &doing, Doing::release));
  refuse(tw_warmup_custom(&made_warmup, warmed.get(), Doing::factor, &doing, Doing::release));
  refuse(tw_warmup_custom(&made_warmup, optimizer.get(), nullptr, &doing, Doing::release));
  tw_cyclic_options options;
  REQUIRE(tw_cyclic_options_init(&options, sizeof options) == TW_OK);
  options.mode = TW_CYCLIC_CUSTOM;
  options.scale_fn = Doing::lambda;
  options.scale_context = &doing;
  options.scale_release = Doing::release;
  options.step_size_up = 0;
  const double low = 0.01, high = 0.1;
  refuse(tw_lr_scheduler_cyclic(&made, optimizer.get(), &low, 1, &high, &options));
  CHECK(made == nullptr);
  options.step_size_up = 5;
  REQUIRE(tw_lr_scheduler_cyclic(&made, optimizer.get(), &low, 1, &high, &options) == TW_OK);
  CHECK(doing.released == wanted);
  tw_lr_scheduler_free(made);
  CHECK(doing.released == wanted + 1);
}

TEST_CASE("a callback that sets nothing is refused, not taken for 0") {
  const auto optimizer = two_groups();
  const auto forget = [](double *, double, size_t, void *) { return TW_OK; };
  const auto forget_factor = [](double *, int64_t, size_t, void *) { return TW_OK; };
  check_refused(TW_ERROR_RANGE, {"lr_lambda gave ", "nan"}, tw_lr_scheduler_lambda, optimizer, forget, nullptr,
                nullptr);
  tw_warmup *warmup = nullptr;
  check_failure(tw_warmup_custom(&warmup, optimizer.get(), forget_factor, nullptr, nullptr), TW_ERROR_RANGE, {"nan"});
}

TEST_CASE("a callback's message goes with its status, whichever status it is") {
  const auto optimizer = two_groups();
  const auto cancel = [](double *, double, size_t, void *) {
    tw_set_last_error("Ctrl-C");
    return TW_ERROR_CANCELLED;
  };
  check_refused(TW_ERROR_CANCELLED, {"LambdaLR's lr_lambda returned TW_ERROR_CANCELLED: Ctrl-C"},
                tw_lr_scheduler_lambda, optimizer, cancel, nullptr, nullptr);
}
