/* What the constructors of LR schedulers have in common. */
#include <algorithm>
#include <cmath>

#include "optimizer/optimizer.h"
#include "schedule/lr_scheduler.h"

namespace tw {

int32_t Callback::call(double *out, double x, size_t group, void *callback) {
  const auto *self = static_cast<const Callback *>(callback);
  /* The core is C: nothing may be thrown through it. */
  return guard([&] {
    run_callback(self->name, [&] { return self->function(out, x, group, self->context); });
    check(std::isfinite(*out), TW_ERROR_RANGE, self->name, " gave ", *out, " for ", x, "; it must be finite");
  });
}

std::unique_ptr<tw_lr_scheduler> prepare(tw_optimizer *optimizer, bool with_momentum) {
  auto made = std::make_unique<tw_lr_scheduler>(tw_lr_scheduler{std::make_shared<Scheduler>()});
  Scheduler &scheduler = *made->scheduler;
  scheduler.torch = require(optimizer, "optimizer").torch;
  scheduler.book = optimizer->book = schedule_book_of(scheduler.torch);
  require_undampened(*scheduler.book, "an LR scheduler made now would start from the wrong ones");
  scheduler.rates.resize(group_count(*scheduler.torch));
  scheduler.rates.read(*scheduler.torch, with_momentum);
  return made;
}

std::vector<double> initial_lrs_of(const Scheduler &scheduler) {
  const std::vector<double> &present = scheduler.rates.lrs;
  std::vector<double> initial = scheduler.book->initial_lrs;
  initial.resize(std::min(initial.size(), present.size()));
  initial.insert(initial.end(), present.begin() + static_cast<std::ptrdiff_t>(initial.size()), present.end());
  return initial;
}

void adopt(Scheduler &scheduler, tw_lr_schedule *made) {
  if (made == nullptr) throw std::bad_alloc();
  scheduler.schedule.reset(made);
}

void start(Scheduler &scheduler, std::vector<double> initial_lrs) {
  tw_lr_schedule &schedule = *scheduler.schedule;
  tw_rates view = scheduler.rates.view();
  require_stepped(schedule, tw_lr_schedule_initial_step(&schedule, &view));
  scheduler.rates.write(*scheduler.torch, scheduler.cycles_momentum(), schedule.kind->name);
  scheduler.book->initial_lrs.swap(initial_lrs);
}

std::unique_ptr<tw_lr_scheduler> bind(tw_optimizer *optimizer, MakeSchedule make) {
  auto made = prepare(optimizer, false);
  std::vector<double> initial = initial_lrs_of(*made->scheduler);
  adopt(*made->scheduler, make(initial.data(), initial.size()));
  start(*made->scheduler, std::move(initial));
  return made;
}

std::vector<double> finite_per_group(const double *values, size_t count, size_t group_count, const char *name) {
  std::vector<double> all = per_group(values, count, group_count, name);
  for (size_t i = 0; i < count; ++i) require_finite(values[i], c10::str(name, "[", i, "]"));
  return all;
}

}  // namespace tw
