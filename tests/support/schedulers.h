/* LR schedulers through the C API, in a few words: for tests. */
#pragma once

#include "failure.h"
#include "two_groups.h"

namespace tw::test {

using Optimizer = Handle<tw_optimizer>;
using Scheduler = Handle<tw_lr_scheduler>;
using Numbers = std::vector<double>;

template <class... Parameters>
using Constructor = tw_status (*)(tw_lr_scheduler **, tw_optimizer *, Parameters...);

/* scheduler(tw_lr_scheduler_step_lr, optimizer, 7, 0.1) */
template <class... Parameters, class... Arguments>
Scheduler scheduler(Constructor<Parameters...> constructor, const Optimizer &optimizer, Arguments... arguments) {
  Scheduler made;
  const tw_status status = constructor(made.out(), optimizer.get(), arguments...);
  INFO(last_error());
  REQUIRE(status == TW_OK);
  return made;
}

inline Scheduler multi_step(const Optimizer &optimizer, const std::vector<int64_t> &milestones, double gamma) {
  return scheduler(tw_lr_scheduler_multi_step, optimizer, milestones.data(), milestones.size(), gamma);
}

/* The handles of several, as the array that the entry points take. */
inline std::vector<tw_lr_scheduler *> handles(const std::vector<const Scheduler *> &schedulers) {
  std::vector<tw_lr_scheduler *> out;
  for (const Scheduler *each : schedulers) out.push_back(each->get());
  return out;
}

inline Scheduler chained(const Optimizer &optimizer, const std::vector<const Scheduler *> &schedulers) {
  return scheduler(tw_lr_scheduler_chained, optimizer, handles(schedulers).data(), schedulers.size());
}

inline Scheduler sequential(const Optimizer &optimizer, const std::vector<const Scheduler *> &schedulers,
                            const std::vector<int64_t> &milestones) {
  return scheduler(tw_lr_scheduler_sequential, optimizer, handles(schedulers).data(), schedulers.size(),
                   milestones.data(), milestones.size());
}

inline Numbers rates(const Optimizer &optimizer) {
  size_t count = 0;
  REQUIRE(tw_optimizer_get_group_count(&count, optimizer.get()) == TW_OK);
  Numbers out;
  for (size_t group = 0; group < count; ++group) out.push_back(lr(optimizer, group));
  return out;
}

/* What a scheduler cycles in a group: beta1, or momentum. */
inline double momentum(const Optimizer &optimizer, size_t group) {
  double out = -1;
  if (tw_optimizer_get_option(&out, optimizer.get(), group, TW_OPTION_BETA1) == TW_OK) return out;
  REQUIRE(tw_optimizer_get_option(&out, optimizer.get(), group, TW_OPTION_MOMENTUM) == TW_OK);
  return out;
}

/* A constructor's refusal: status and message, no handle, and the optimizer's rates as they were. */
template <class... Parameters, class... Arguments>
void check_refused(tw_status wanted, std::initializer_list<std::string> texts, Constructor<Parameters...> constructor,
                   const Optimizer &optimizer, Arguments... arguments) {
  const Numbers before = rates(optimizer);
  auto *made = rubbish<tw_lr_scheduler>();
  check_failure(constructor(&made, optimizer.get(), arguments...), wanted, texts);
  CHECK(made == nullptr);
  CHECK(rates(optimizer) == before);
}

inline void step(const Scheduler &scheduler) {
  const tw_status status = tw_lr_scheduler_step(scheduler.get());
  INFO(last_error());
  REQUIRE(status == TW_OK);
}

inline void step_at(const Scheduler &scheduler, double epoch) {
  REQUIRE(tw_lr_scheduler_step_at(scheduler.get(), epoch) == TW_OK);
}

inline void step_metric(const Scheduler &scheduler, double metric) {
  REQUIRE(tw_lr_scheduler_step_metric(scheduler.get(), metric) == TW_OK);
}

inline void step(const Handle<tw_warmup> &warmup, const std::vector<const Scheduler *> &schedulers) {
  const tw_status status = tw_warmup_step(warmup.get(), handles(schedulers).data(), schedulers.size());
  INFO(last_error());
  REQUIRE(status == TW_OK);
}

inline double last_epoch(const Scheduler &scheduler) {
  double out = -1;
  REQUIRE(tw_lr_scheduler_get_last_epoch(&out, scheduler.get()) == TW_OK);
  return out;
}

inline Numbers state(const Scheduler &scheduler) {
  size_t count = 0;
  REQUIRE(tw_lr_scheduler_get_state(nullptr, 0, &count, scheduler.get()) == TW_OK);
  Numbers out(count);
  REQUIRE(tw_lr_scheduler_get_state(out.data(), count, nullptr, scheduler.get()) == TW_OK);
  return out;
}

inline void set_state(const Scheduler &scheduler, const Numbers &state) {
  const tw_status status = tw_lr_scheduler_set_state(scheduler.get(), state.data(), state.size());
  INFO(last_error());
  REQUIRE(status == TW_OK);
}

inline tw_cyclic_options cyclic_options(double up, double down, tw_cyclic_mode mode) {
  tw_cyclic_options options;
  REQUIRE(tw_cyclic_options_init(&options, sizeof options) == TW_OK);
  options.step_size_up = up;
  options.step_size_down = down;
  options.mode = mode;
  return options;
}

inline tw_one_cycle_options one_cycle_options() {
  tw_one_cycle_options options;
  REQUIRE(tw_one_cycle_options_init(&options, sizeof options) == TW_OK);
  return options;
}

inline tw_reduce_on_plateau_options plateau_options() {
  tw_reduce_on_plateau_options options;
  REQUIRE(tw_reduce_on_plateau_options_init(&options, sizeof options) == TW_OK);
  return options;
}

}  // namespace tw::test
