/* What a warmup does at each step. Everything is computed on copies; the optimizer is written to once, at the end. */
#include "lr_scheduler.h"
#include "optimizer.h"
#include "warmup.h"

void tw_warmup::dampen_and_write(int64_t step) {
  tw_dampen(dampened.data(), lrs.data(), factors.data(), lrs.size());
  tw::write_lrs(*torch, dampened.data());
  tw_dampening_record(&dampening, lrs.data(), dampened.data(), step);
}

namespace {

void require_made_for(const tw_warmup &warmup) {
  tw::require_groups(*warmup.torch, warmup.dampening.group_count, "this warmup");
}

void require_not_begun(const tw_warmup &warmup) {
  tw::check(warmup.dampening.begun == 0, TW_ERROR_STATE,
            "dampening has begun; call tw_warmup_dampening_end before this");
}

/* Leaves the undampened rates in the warmup's own array, if the optimizer still has the dampened ones. */
void take_undampened(tw_warmup &warmup) {
  require_not_begun(warmup);
  require_made_for(warmup);
  tw::read_lrs(*warmup.torch, warmup.lrs.data());
  const size_t edited = tw_dampening_find_edited(&warmup.dampening, warmup.lrs.data());
  tw::check(edited == warmup.dampening.group_count, TW_ERROR_STATE, "the rate of group ", edited,
            " has been changed from outside to ", edited < warmup.lrs.size() ? warmup.lrs[edited] : 0.0,
            "; set rates between tw_warmup_dampening_begin and tw_warmup_dampening_end");
  std::copy_n(warmup.dampening.undampened, warmup.lrs.size(), warmup.lrs.begin());
}

void dampen_present(tw_warmup &warmup, int64_t step) {
  require_not_begun(warmup);
  require_made_for(warmup);
  warmup.compute_factors(step);
  tw::read_lrs(*warmup.torch, warmup.lrs.data());
  warmup.dampen_and_write(step);
}

}  // namespace

tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::require_array(schedulers, count, "schedulers");
    for (size_t i = 0; i < count; ++i) {
      tw::check(schedulers[i] != nullptr, TW_ERROR_ARGUMENT, "schedulers[", i, "] is NULL");
      tw::check(schedulers[i]->torch == self.torch, TW_ERROR_ARGUMENT, "schedulers[", i,
                "] belongs to another optimizer than the warmup");
      tw::require_groups(*self.torch, schedulers[i]->schedule->group_count, "the LR scheduler");
    }
    take_undampened(self);
    const int64_t next = self.dampening.last_step + 1;
    self.compute_factors(next);
    tw::Rollback rollback(schedulers, count);
    for (size_t i = 0; i < count; ++i) tw::step_on(*schedulers[i], self.lrs);
    self.dampen_and_write(next);
    rollback.keep();
  });
}

tw_status tw_warmup_dampening_begin(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    take_undampened(self);
    tw::write_lrs(*self.torch, self.lrs.data());
    tw_dampening_begin(&self.dampening);
  });
}

tw_status tw_warmup_dampening_end(tw_warmup *warmup) {
  return tw::guard([&] {
    tw_warmup &self = tw::require(warmup, "warmup");
    tw::check(self.dampening.begun != 0, TW_ERROR_STATE,
              "dampening has not begun; call tw_warmup_dampening_begin before this");
    require_made_for(self);
    const int64_t next = self.dampening.last_step + 1;
    self.compute_factors(next);
    tw::read_lrs(*self.torch, self.lrs.data());
    self.dampen_and_write(next);
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
    return self.rule(group, step);
  });
}
