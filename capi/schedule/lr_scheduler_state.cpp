/* A scheduler's state as plain numbers: the base rates, then what steps change, then its children's. */
#include <algorithm>
#include <array>
#include <cmath>

#include "schedule/lr_scheduler.h"
#include "schedule/warmup.h"

namespace tw {
namespace {

/* The parts of a state of which all numbers are the schedule's own, in their order. */
struct Part {
  double *numbers;
  size_t count;
};

std::array<Part, 5> parts_of(const tw_lr_schedule &schedule) {
  const size_t groups = schedule.group_count;
  const auto own = static_cast<size_t>(schedule.last_lrs - schedule.own);
  return {{{schedule.base_lrs, groups},
           {schedule.state + TW_STATE_EPOCH, 1},
           {schedule.last_lrs, 2 * groups}, /* the momentums behind them */
           {schedule.own, own},
           {schedule.state + TW_STATE_STEP_COUNT, 1}}};
}

size_t state_size(const tw_lr_schedule &schedule) {
  size_t size = schedule.group_count + schedule.state_count;
  for (size_t i = 0; i < schedule.child_count; ++i) size += state_size(*schedule.children[i]);
  return size;
}

double *copy_state(double *out, const tw_lr_schedule &schedule) {
  for (const Part &part : parts_of(schedule)) out = std::copy_n(part.numbers, part.count, out);
  for (size_t i = 0; i < schedule.child_count; ++i) out = copy_state(out, *schedule.children[i]);
  return out;
}

const double *put_state(tw_lr_schedule &schedule, const double *from) {
  for (const Part &part : parts_of(schedule)) {
    std::copy_n(from, part.count, part.numbers);
    from += part.count;
  }
  for (size_t i = 0; i < schedule.child_count; ++i) from = put_state(*schedule.children[i], from);
  return from;
}

/* The rates and momentums that the state's last step gave. Of its own numbers (plateau's best) one may be infinite. */
void read_rates(GroupRates &rates, const Scheduler &scheduler, const double *state) {
  const size_t groups = scheduler.schedule->group_count;
  rates.resize(groups);
  std::copy_n(state + groups + 1, groups, rates.lrs.begin());
  std::copy_n(state + 2 * groups + 1, groups, rates.momentums.begin());
  for (size_t i = 0; i <= groups; ++i) require_finite(state[i], c10::str("state[", i, "]"));
  require_finite_lrs(rates.lrs, "the state");
}

}  // namespace
}  // namespace tw

tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *count, const tw_lr_scheduler *scheduler) {
  if (count != nullptr) *count = 0;
  return tw::guard([&] {
    const tw_lr_schedule &schedule = *tw::require(scheduler, "scheduler").scheduler->schedule;
    const size_t size = tw::state_size(schedule);
    const bool only_count = out == nullptr && capacity == 0 && count != nullptr;
    if (!only_count) tw::require(out, "out");
    if (count != nullptr) *count = size;
    if (only_count) return;
    tw::check(capacity >= size, TW_ERROR_RANGE, "capacity is ", capacity, "; the state has ", size, " numbers");
    tw::copy_state(out, schedule);
  });
}

tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count) {
  return tw::guard([&] {
    tw::Scheduler &self = *tw::require(scheduler, "scheduler").scheduler;
    const size_t size = tw::state_size(*self.schedule);
    tw::require_array(state, count, "state");
    tw::check(count == size, TW_ERROR_ARGUMENT, "count is ", count, "; the state of this ", self.schedule->kind->name,
              " has ", size, " numbers");
    tw::require_groups(*self.torch, self.schedule->group_count, "this LR scheduler");
    tw::GroupRates rates;
    tw::read_rates(rates, self, state);
    tw::write_scheduled(self, rates);
    tw::put_state(*self.schedule, state);
  });
}
