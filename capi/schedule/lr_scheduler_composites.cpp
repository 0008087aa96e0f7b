/* Schedules of schedules. */
#include "schedule/lr_scheduler.h"

namespace tw {
namespace {

/* The core's schedules of the handles, and the handles' objects kept alive. */
struct Children {
  std::vector<std::shared_ptr<Scheduler>> shared;
  std::vector<tw_lr_schedule *> schedules;
};

Children children_of(tw_lr_scheduler *const *schedulers, size_t count, const Scheduler &parent) {
  check(count > 0, TW_ERROR_ARGUMENT, "count is 0; there must be a scheduler");
  require_array(schedulers, count, "schedulers");
  Children children;
  for (size_t i = 0; i < count; ++i) {
    const std::shared_ptr<Scheduler> &child = require(schedulers[i], c10::str("schedulers[", i, "]").c_str()).scheduler;
    check(child->schedule->kind->step_metric == nullptr, TW_ERROR_TYPE, "schedulers[", i, "] is ",
          child->schedule->kind->name, ", which needs a metric");
    children.shared.push_back(child);
    children.schedules.push_back(child->schedule.get());
  }
  require_schedulers(schedulers, count, *parent.torch);
  return children;
}

bool any_cycles_momentum(tw_lr_scheduler *const *schedulers, size_t count) {
  bool any = false;
  for (size_t i = 0; schedulers != nullptr && i < count; ++i)
    any = any || (schedulers[i] != nullptr && schedulers[i]->scheduler->cycles_momentum());
  return any;
}

void require_milestones(const int64_t *milestones, size_t milestone_count, size_t count) {
  check(milestone_count + 1 == count, TW_ERROR_ARGUMENT, "milestone_count is ", milestone_count, "; for ", count,
        " schedulers it must be ", count - 1);
  require_array(milestones, milestone_count, "milestones");
  for (size_t i = 0; i < milestone_count; ++i)
    require_at_least(milestones[i], i == 0 ? 0 : milestones[i - 1], c10::str("milestones[", i, "]"));
}

std::unique_ptr<tw_lr_scheduler> bind_sequential(tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                                 size_t count, const int64_t *milestones, size_t milestone_count) {
  auto made = prepare(optimizer, any_cycles_momentum(schedulers, count));
  Scheduler &scheduler = *made->scheduler;
  Children children = children_of(schedulers, count, scheduler);
  require_milestones(milestones, milestone_count, count);
  for (size_t i = 1; i < count; ++i)
    check(children.schedules[i]->child_count == 0, TW_ERROR_TYPE, "schedulers[", i, "] is ",
          children.schedules[i]->kind->name, ", which has no start to go back to");
  const std::vector<double> initial = initial_lrs_of(scheduler);
  adopt(scheduler, tw_sequential_new(initial.data(), initial.size(), children.schedules.data(), count, milestones));
  Rollback rollback(schedulers, count);
  tw_rates view = scheduler.rates.view();
  require_stepped(*scheduler.schedule, tw_sequential_start(scheduler.schedule.get(), &view));
  scheduler.rates.write(*scheduler.torch, scheduler.cycles_momentum(), scheduler.schedule->kind->name);
  rollback.keep();
  scheduler.children = std::move(children.shared);
  return made;
}

std::unique_ptr<tw_lr_scheduler> bind_chained(tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                              size_t count) {
  auto made = prepare(optimizer, any_cycles_momentum(schedulers, count));
  Scheduler &scheduler = *made->scheduler;
  Children children = children_of(schedulers, count, scheduler);
  const std::vector<double> &lrs = scheduler.rates.lrs;
  adopt(scheduler, tw_chained_new(lrs.data(), lrs.size(), children.schedules.data(), count));
  const tw_rates view = scheduler.rates.view(); /* its state has the momentums too, though it takes no initial step */
  tw_lr_schedule_remember(scheduler.schedule.get(), &view, TW_SCHEDULE_OK);
  scheduler.children = std::move(children.shared);
  return made;
}

}  // namespace
}  // namespace tw

tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                     size_t count, const int64_t *milestones, size_t milestone_count) {
  return tw::guard_new(out,
                       [&] { return tw::bind_sequential(optimizer, schedulers, count, milestones, milestone_count); });
}

tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_scheduler *const *schedulers,
                                  size_t count) {
  return tw::guard_new(out, [&] { return tw::bind_chained(optimizer, schedulers, count); });
}
