/* Stepping LR schedulers and looking into them. */
#include "schedule/lr_scheduler.h"

#include <algorithm>
#include <cmath>

#include "optimizer/optimizer.h"

namespace tw {

Rollback::Rollback(tw_lr_scheduler *const *schedulers, size_t count) : schedulers_(schedulers), count_(count) {
  for (size_t i = 0; i < count_; ++i) tw_lr_schedule_save(schedulers_[i]->scheduler->schedule.get());
}

Rollback::~Rollback() {
  for (size_t i = 0; i < count_; ++i) tw_lr_schedule_restore(schedulers_[i]->scheduler->schedule.get());
}

bool require_schedulers(tw_lr_scheduler *const *schedulers, size_t count, const torch::optim::Optimizer &torch) {
  bool cycles_momentum = false;
  require_array(schedulers, count, "schedulers");
  for (size_t i = 0; i < count; ++i) {
    check(schedulers[i] != nullptr, TW_ERROR_ARGUMENT, "schedulers[", i, "] is NULL");
    const Scheduler &scheduler = *schedulers[i]->scheduler;
    check(scheduler.torch.get() == &torch, TW_ERROR_ARGUMENT, "schedulers[", i, "] belongs to another optimizer");
    check(scheduler.schedule->kind->step_metric == nullptr, TW_ERROR_STATE, "schedulers[", i, "] is ",
          scheduler.schedule->kind->name, ", which is stepped with a metric");
    require_groups(torch, scheduler.schedule->group_count, "the LR scheduler");
    cycles_momentum = cycles_momentum || scheduler.cycles_momentum();
  }
  return cycles_momentum;
}

void require_stepped(const tw_lr_schedule &schedule, int32_t status) {
  if (status == TW_SCHEDULE_OK) return;
  check(status != TW_SCHEDULE_ENDED, TW_ERROR_STATE, schedule.kind->name, " has ended: there is no epoch ",
        tw_lr_schedule_last_epoch(&schedule));
  throw Failure{static_cast<tw_status>(status), tw_last_error()}; /* of the caller's function, which has said why */
}

void step_on(Scheduler &scheduler, GroupRates &rates) {
  tw_rates view = rates.view();
  require_stepped(*scheduler.schedule, tw_lr_schedule_step(scheduler.schedule.get(), &view));
  require_finite_lrs(rates.lrs, scheduler.schedule->kind->name);
}

namespace {

/* Runs a step of the core on a copy of the optimizer's rates and writes the result, or changes nothing. */
void change_rates(tw_lr_scheduler *handle, c10::function_ref<int32_t(tw_lr_schedule *, tw_rates *)> step) {
  Scheduler &scheduler = *handle->scheduler;
  tw_lr_schedule &schedule = *scheduler.schedule;
  require_groups(*scheduler.torch, schedule.group_count, "this LR scheduler");
  scheduler.rates.read(*scheduler.torch, scheduler.cycles_momentum());
  Rollback rollback(&handle, 1);
  tw_rates view = scheduler.rates.view();
  require_stepped(schedule, step(&schedule, &view));
  scheduler.rates.write(*scheduler.torch, scheduler.cycles_momentum(), schedule.kind->name);
  rollback.keep();
}

void copy_lrs(double *out, size_t capacity, const double *lrs, size_t count) {
  check(capacity >= count, TW_ERROR_RANGE, "capacity is ", capacity, "; the scheduler has ", count, " groups");
  std::copy_n(lrs, count, require_array(out, count, "out"));
}

std::vector<double> preview(tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  check(count > 0, TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  require_array(schedulers, count, "schedulers");
  Scheduler &first = *require(schedulers[0], "schedulers[0]").scheduler;
  const bool with_momentum = require_schedulers(schedulers, count, *first.torch);
  require_undampened(*first.book, "a preview without it would not be of the rates to come; use tw_warmup_preview");
  GroupRates rates;
  rates.resize(first.schedule->group_count);
  rates.read(*first.torch, with_momentum);
  const Rollback rollback(schedulers, count); /* always */
  std::vector<double> rows;
  for (size_t step = 0; step < steps; ++step) {
    for (size_t i = 0; step > 0 && i < count; ++i) step_on(*schedulers[i]->scheduler, rates);
    rows.insert(rows.end(), rates.lrs.begin(), rates.lrs.end());
  }
  return rows;
}

}  // namespace
}  // namespace tw

tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw::Scheduler &self = *tw::require(scheduler, "scheduler").scheduler;
    tw::check(self.schedule->kind->step_metric == nullptr, TW_ERROR_STATE, self.schedule->kind->name,
              " needs a metric; call tw_lr_scheduler_step_metric");
    tw::require_undampened(*self.book, "a recursive step would start from the wrong ones");
    tw::change_rates(scheduler, tw_lr_schedule_step);
  });
}

tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch) {
  return tw::guard([&] {
    const tw_lr_schedule &schedule = *tw::require(scheduler, "scheduler").scheduler->schedule;
    tw::check(std::isfinite(epoch) && epoch >= 0, TW_ERROR_RANGE, "epoch is ", epoch,
              "; it must be finite and not negative");
    tw::check(tw_lr_schedule_has_closed_form(&schedule) != 0, TW_ERROR_STATE, schedule.kind->name,
              " has no closed form");
    tw::change_rates(scheduler, [epoch](tw_lr_schedule *self, tw_rates *rates) {
      return tw_lr_schedule_step_at(self, rates, epoch);
    });
  });
}

tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric) {
  return tw::guard([&] {
    const tw::Scheduler &self = *tw::require(scheduler, "scheduler").scheduler;
    tw::check(self.schedule->kind->step_metric != nullptr, TW_ERROR_STATE, self.schedule->kind->name,
              " takes no metric; call tw_lr_scheduler_step");
    tw::require_undampened(*self.book, "a step would start from the wrong ones");
    tw::change_rates(scheduler, [metric](tw_lr_schedule *schedule, tw_rates *rates) {
      return tw_lr_schedule_step_metric(schedule, rates, metric);
    });
  });
}

tw_status tw_lr_scheduler_preview(double *out, size_t capacity, tw_lr_scheduler *const *schedulers, size_t count,
                                  size_t steps) {
  return tw::guard([&] {
    const std::vector<double> rows = tw::preview(schedulers, count, steps);
    tw::check(capacity >= rows.size(), TW_ERROR_RANGE, "capacity is ", capacity, "; the preview has ", rows.size(),
              " rates");
    std::copy(rows.begin(), rows.end(), tw::require_array(out, rows.size(), "out"));
  });
}

tw_status tw_lr_scheduler_get_last_lr(double *out, size_t capacity, const tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw_lr_schedule *schedule = tw::require(scheduler, "scheduler").scheduler->schedule.get();
    tw::copy_lrs(out, capacity, tw_lr_schedule_last_lrs(schedule), schedule->group_count);
  });
}

tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, const tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw_lr_schedule *schedule = tw::require(scheduler, "scheduler").scheduler->schedule.get();
    tw::copy_lrs(out, capacity, schedule->base_lrs, schedule->group_count);
  });
}

tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler) {
  return tw::guard_value(
      out, [&] { return tw_lr_schedule_last_epoch(tw::require(scheduler, "scheduler").scheduler->schedule.get()); });
}

tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch) {
  return tw::guard([&] {
    const tw::Scheduler &self = *tw::require(scheduler, "scheduler").scheduler;
    tw::check(std::isfinite(epoch) && epoch >= -1, TW_ERROR_RANGE, "epoch is ", epoch,
              "; it must be finite and at least -1");
    tw_lr_schedule_set_last_epoch(self.schedule.get(), epoch);
  });
}

void tw_lr_scheduler_free(tw_lr_scheduler *scheduler) { delete scheduler; }
