/* What a warmup does at each step. Everything is computed on copies; the optimizer is written to once, at the end. */
#include <algorithm>

#include "optimizer/optimizer.h"
#include "schedule/lr_scheduler.h"
#include "schedule/warmup.h"

void tw_warmup::dampen_and_write(int64_t step, bool with_momentum, const char *source, const double *present) {
  tw::require_finite_lrs(rates.lrs, source);
  tw_dampen(dampened.lrs.data(), rates.lrs.data(), factors.data(), factors.size());
  if (with_momentum) dampened.momentums = rates.momentums;
  dampened.write(*torch, with_momentum, source, present);
  put_back = false;
  tw_dampening_record(&dampening, rates.lrs.data(), dampened.lrs.data(), step);
}

void tw_warmup::put_rates(const tw::GroupRates &scheduled, bool with_momentum) {
  const int64_t step = dampening.last_step;
  const bool was_put_back = put_back;
  compute_factors(std::max<int64_t>(step, 0));
  rates = scheduled;
  if (dampening.begun != 0) return rates.write(*torch, with_momentum, "the state");
  if (was_put_back) std::copy_n(dampening.undampened, rates.lrs.size(), rates.lrs.begin());
  dampen_and_write(step, with_momentum, "the state");
  put_back = was_put_back;
}

void tw_warmup::put_state(int64_t step, const double *lrs) {
  compute_factors(std::max<int64_t>(step, 0));
  std::copy_n(lrs, factors.size(), rates.lrs.begin());
  dampen_and_write(step, false, "the state");
  put_back = true;
}

void tw::write_scheduled(const Scheduler &scheduler, const GroupRates &scheduled) {
  tw_warmup *warmup = scheduler.book->warmup;
  if (warmup != nullptr) return warmup->put_rates(scheduled, scheduler.cycles_momentum());
  scheduled.write(*scheduler.torch, scheduler.cycles_momentum(), "the state");
}

namespace {

void require_made_for(const tw_warmup &warmup) {
  tw::require_groups(*warmup.torch, warmup.dampening.group_count, "this warmup");
}

void require_not_begun(const tw_warmup &warmup) {
  tw::check(warmup.dampening.begun == 0, TW_ERROR_STATE,
            "dampening has begun; call tw_warmup_dampening_end before this");
}

void require_begun(const tw_warmup &warmup) {
  tw::check(warmup.dampening.begun != 0, TW_ERROR_STATE,
            "dampening has not begun; call tw_warmup_dampening_begin before this");
}

/* Leaves the undampened rates in the warmup's own copy, if the optimizer still has the dampened ones. */
void take_undampened(tw_warmup &warmup, bool with_momentum) {
  require_not_begun(warmup);
  require_made_for(warmup);
  std::vector<double> &lrs = warmup.rates.lrs;
  warmup.rates.read(*warmup.torch, with_momentum);
  const size_t edited = tw_dampening_find_edited(&warmup.dampening, lrs.data());
  tw::check(edited == lrs.size(), TW_ERROR_STATE, "the rate of group ", edited, " has been changed from outside to ",
            edited < lrs.size() ? lrs[edited] : 0.0,
            "; set rates between tw_warmup_dampening_begin and tw_warmup_dampening_end");
  std::copy_n(warmup.dampening.undampened, lrs.size(), lrs.begin());
}

void dampen_present(tw_warmup &warmup, int64_t step) {
  require_not_begun(warmup);
  require_made_for(warmup);
  warmup.compute_factors(step);
  warmup.rates.read(*warmup.torch, false);
  warmup.dampen_and_write(step, false, "the optimizer", warmup.rates.lrs.data());
}

}  // namespace

tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    const bool with_momentum = tw::require_schedulers(schedulers, count, *self.torch);
    take_undampened(self, with_momentum);
    const int64_t next = self.dampening.last_step + 1;
    self.compute_factors(next);
    tw::Rollback rollback(schedulers, count);
    for (size_t i = 0; i < count; ++i) tw::step_on(*schedulers[i]->scheduler, self.rates);
    self.dampen_and_write(next, with_momentum, "the schedule", self.dampening.dampened);
    rollback.keep();
  });
}

tw_status tw_warmup_dampening_begin(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    take_undampened(self, false);
    tw::write_lrs(*self.torch, self.rates.lrs.data(), self.dampening.dampened);
    self.put_back = false;
    tw_dampening_begin(&self.dampening);
  });
}

tw_status tw_warmup_dampening_end(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    require_begun(self);
    require_made_for(self);
    const int64_t next = self.dampening.last_step + 1;
    self.compute_factors(next);
    self.rates.read(*self.torch, false);
    self.dampen_and_write(next, false, "the optimizer", self.rates.lrs.data());
  });
}

tw_status tw_warmup_dampening_cancel(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    require_begun(self);
    require_made_for(self);
    tw::read_lrs(*self.torch, self.rates.before.data());
    tw::write_lrs(*self.torch, self.dampening.dampened, self.rates.before.data());
    tw_dampening_cancel(&self.dampening);
  });
}

tw_status tw_warmup_dampen(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    dampen_present(self, self.dampening.last_step + 1);
  });
}

tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::check(step >= 0, TW_ERROR_RANGE, "step is ", step, "; it must not be negative");
    dampen_present(self, step);
  });
}

tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup) {
  return tw::guard_value(out, [&] { return tw::require(warmup, "warmup").dampening.last_step; });
}

tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::check(step >= -1, TW_ERROR_RANGE, "step is ", step, "; it must be at least -1");
    self.dampening.last_step = step;
  });
}

tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, size_t group, int64_t step) {
  return tw::guard_value(out, [&] {
    const tw_warmup &self = tw::require(warmup, "warmup");
    tw::check(group < self.dampening.group_count, TW_ERROR_RANGE, "group is ", group, "; the warmup has ",
              self.dampening.group_count);
    tw::check(step >= 0, TW_ERROR_RANGE, "step is ", step, "; it must not be negative");
    double factor = 0;
    self.rule(&factor, group, 1, step);
    return factor;
  });
}

namespace {

std::vector<double> preview(tw_warmup &self, tw_lr_scheduler *const *schedulers, size_t count, size_t steps) {
  const bool with_momentum = tw::require_schedulers(schedulers, count, *self.torch);
  take_undampened(self, with_momentum);
  const tw::Rollback rollback(schedulers, count); /* always */
  const size_t groups = self.factors.size();
  std::vector<double> rows(steps * groups);
  for (size_t step = 0; step < steps; ++step) {
    for (size_t i = 0; step > 0 && i < count; ++i) tw::step_on(*schedulers[i]->scheduler, self.rates);
    self.compute_factors(std::max<int64_t>(self.dampening.last_step, 0) + static_cast<int64_t>(step));
    tw_dampen(rows.data() + step * groups, self.rates.lrs.data(), self.factors.data(), groups);
  }
  return rows;
}

}  // namespace

tw_status tw_warmup_preview(double *out, size_t capacity, tw_warmup *warmup, tw_lr_scheduler *const *schedulers,
                            size_t count, size_t steps) {
  return tw::guard([&] {
    const std::vector<double> rows = preview(tw::require(warmup, "warmup"), schedulers, count, steps);
    tw::check(capacity >= rows.size(), TW_ERROR_RANGE, "capacity is ", capacity, "; the preview has ", rows.size(),
              " rates");
    std::copy(rows.begin(), rows.end(), tw::require_array(out, rows.size(), "out"));
  });
}

tw_status tw_warmup_get_lrs(double *out, size_t capacity, const tw_warmup *warmup) {
  return tw::guard([&] {
    const tw_dampening &dampening = tw::require(warmup, "warmup").dampening;
    tw::check(capacity >= dampening.group_count, TW_ERROR_RANGE, "capacity is ", capacity, "; the warmup has ",
              dampening.group_count, " groups");
    std::copy_n(dampening.undampened, dampening.group_count, tw::require_array(out, dampening.group_count, "out"));
  });
}

tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::check(step >= 0, TW_ERROR_RANGE, "step is ", step, "; it must not be negative");
    tw::check(count == self.dampening.group_count, TW_ERROR_ARGUMENT, "count is ", count, "; the warmup has ",
              self.dampening.group_count, " groups");
    tw::require_array(lrs, count, "lrs");
    require_made_for(self);
    self.put_state(step, lrs);
  });
}
