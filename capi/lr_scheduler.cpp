#include "lr_scheduler.h"

#include <c10/util/ArrayRef.h>

#include <algorithm>
#include <cmath>

#include "optimizer.h"

namespace tw {

Rollback::Rollback(tw_lr_scheduler *const *schedulers, size_t count) : schedulers_(schedulers), count_(count) {
  for (size_t i = 0; i < count_; ++i) tw_lr_schedule_save(schedulers_[i]->schedule.get());
}

Rollback::~Rollback() {
  for (size_t i = 0; i < count_; ++i) tw_lr_schedule_restore(schedulers_[i]->schedule.get());
}

void step_on(tw_lr_scheduler &scheduler, std::vector<double> &lrs) {
  tw_lr_schedule_step(scheduler.schedule.get(), lrs.data());
  require_finite_lrs(lrs, scheduler.schedule->kind->name);
}

namespace {

/* Runs a step on a copy of the optimizer's rates and writes the result, or changes nothing. */
template <class Step>
void change_lrs(tw_lr_scheduler *scheduler, Step &&step) {
  require_groups(*scheduler->torch, scheduler->schedule->group_count, "this LR scheduler");
  read_lrs(*scheduler->torch, scheduler->lrs.data());
  Rollback rollback(&scheduler, 1);
  step();
  write_lrs(*scheduler->torch, scheduler->lrs.data());
  rollback.keep();
}

/* A group that has no initial rate yet, takes its present one. */
std::vector<double> initial_lrs_of(const ScheduleBook &book, const std::vector<double> &lrs) {
  std::vector<double> initial = book.initial_lrs;
  initial.resize(std::min(initial.size(), lrs.size()));
  initial.insert(initial.end(), lrs.begin() + static_cast<std::ptrdiff_t>(initial.size()), lrs.end());
  return initial;
}

/* Binds the schedule that make(base rates, number of groups) gives to an optimizer, and performs the initial step. */
template <class Make>
std::unique_ptr<tw_lr_scheduler> bind(tw_optimizer *optimizer, Make &&make) {
  auto made = std::make_unique<tw_lr_scheduler>();
  made->torch = require(optimizer, "optimizer").torch;
  made->book = schedule_book_of(made->torch);
  require_undampened(*made->book, "an LR scheduler made now would start from the wrong ones");
  made->lrs.resize(group_count(*made->torch));
  read_lrs(*made->torch, made->lrs.data());
  std::vector<double> initial = initial_lrs_of(*made->book, made->lrs);
  made->schedule.reset(make(initial.data(), initial.size()));
  if (made->schedule == nullptr) throw std::bad_alloc();
  step_on(*made, made->lrs);
  write_lrs(*made->torch, made->lrs.data());
  made->book->initial_lrs.swap(initial);
  return made;
}

void require_finite(double value, const char *name) {
  check(std::isfinite(value), TW_ERROR_RANGE, name, " is ", value, "; it must be finite");
}

void copy_lrs(double *out, size_t capacity, const double *lrs, size_t count) {
  check(capacity >= count, TW_ERROR_RANGE, "capacity is ", capacity, "; the scheduler has ", count, " groups");
  std::copy_n(lrs, count, require_array(out, count, "out"));
}

}  // namespace
}  // namespace tw

/* ---- schedules ---- */

tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                     size_t count, double gamma) {
  return tw::guard_new(out, [&] {
    tw::check(count > 0, TW_ERROR_ARGUMENT, "count is 0; there must be a milestone");
    tw::require_array(milestones, count, "milestones");
    for (size_t i = 0; i < count; ++i) {
      const int64_t least = i == 0 ? 0 : milestones[i - 1];
      tw::check(milestones[i] >= least, TW_ERROR_RANGE, "milestones[", i, "] is ", milestones[i],
                "; it must be at least ", least);
    }
    tw::require_finite(gamma, "gamma");
    return tw::bind(optimizer, [&](const double *base_lrs, size_t group_count) {
      return tw_multi_step_new(base_lrs, group_count, milestones, count, gamma);
    });
  });
}

tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_max,
                                           double eta_min) {
  return tw::guard_new(out, [&] {
    tw::check(t_max >= 1, TW_ERROR_RANGE, "t_max is ", t_max, "; it must be at least 1");
    tw::require_finite(eta_min, "eta_min");
    return tw::bind(optimizer, [&](const double *base_lrs, size_t group_count) {
      return tw_cosine_annealing_new(base_lrs, group_count, t_max, eta_min);
    });
  });
}

/* ---- steps ---- */

tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    tw::require_undampened(*tw::require(scheduler, "scheduler").book,
                           "a recursive step would start from the wrong ones");
    tw::change_lrs(scheduler, [&] { tw::step_on(*scheduler, scheduler->lrs); });
  });
}

tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch) {
  return tw::guard([&] {
    tw_lr_schedule *schedule = tw::require(scheduler, "scheduler").schedule.get();
    tw::check(std::isfinite(epoch) && epoch >= 0, TW_ERROR_RANGE, "epoch is ", epoch,
              "; it must be finite and not negative");
    tw::check(schedule->kind->closed_form != nullptr, TW_ERROR_STATE, schedule->kind->name, " has no closed form");
    tw::change_lrs(scheduler, [&] {
      tw_lr_schedule_step_at(schedule, scheduler->lrs.data(), epoch);
      tw::require_finite_lrs(scheduler->lrs, schedule->kind->name);
    });
  });
}

/* ---- looking into a scheduler ---- */

tw_status tw_lr_scheduler_get_last_lr(double *out, size_t capacity, const tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw_lr_schedule *schedule = tw::require(scheduler, "scheduler").schedule.get();
    tw::copy_lrs(out, capacity, tw_lr_schedule_last_lrs(schedule), schedule->group_count);
  });
}

tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, const tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw_lr_schedule *schedule = tw::require(scheduler, "scheduler").schedule.get();
    tw::copy_lrs(out, capacity, schedule->base_lrs, schedule->group_count);
  });
}

tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler) {
  return tw::guard_value(out,
                         [&] { return tw_lr_schedule_last_epoch(tw::require(scheduler, "scheduler").schedule.get()); });
}

void tw_lr_scheduler_free(tw_lr_scheduler *scheduler) { delete scheduler; }
