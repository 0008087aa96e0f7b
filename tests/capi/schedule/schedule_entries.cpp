/* One valid call of each entry point of lr_scheduler.h and warmup.h. */
#include "base/entry_points.h"

namespace tw::test {
namespace {

tw_status factor(double *out, int64_t, size_t, void *) {
  *out = 1;
  return TW_OK;
}

tw_status lambda(double *out, double, size_t, void *) {
  *out = 1;
  return TW_OK;
}

tw_warmup *undampened(Setup &s) {
  must(tw_warmup_dampening_begin(s.warmup.get()));
  return s.warmup.get();
}

tw_lr_scheduler *const *pair(Setup &s) {
  static tw_lr_scheduler *both[2];
  both[0] = s.scheduler.get();
  both[1] = s.other_scheduler.get();
  return both;
}

struct State {
  double numbers[16];
  size_t count;
};

const State &state_of(const tw_lr_scheduler *scheduler) {
  static State state;
  must(tw_lr_scheduler_get_state(state.numbers, 16, &state.count, scheduler));
  return state;
}

constexpr double half = 0.5, beta2 = 0.99;

}  // namespace

const Entries schedule_entries = {
    ENTRY(tw_lr_scheduler_step_lr, s.out(s.made_scheduler), s.optimizer.get(), 3, 0.1),
    ENTRY(tw_lr_scheduler_multi_step, s.out(s.made_scheduler), s.optimizer.get(), s.ints, 1, 0.1),
    ENTRY(tw_lr_scheduler_constant, s.out(s.made_scheduler), s.optimizer.get(), 0.5, 3),
    ENTRY(tw_lr_scheduler_linear, s.out(s.made_scheduler), s.optimizer.get(), 0.5, 1.0, 3),
    ENTRY(tw_lr_scheduler_exponential, s.out(s.made_scheduler), s.optimizer.get(), 0.9),
    ENTRY(tw_lr_scheduler_polynomial, s.out(s.made_scheduler), s.optimizer.get(), 5, 1.0),
    ENTRY(tw_lr_scheduler_cosine_annealing, s.out(s.made_scheduler), s.optimizer.get(), 10, 0.0),
    ENTRY(tw_lr_scheduler_cosine_annealing_warm_restarts, s.out(s.made_scheduler), s.optimizer.get(), 10, 2, 0.0),
    ENTRY(tw_lr_scheduler_inverse_sqrt, s.out(s.made_scheduler), s.optimizer.get(), 10),
    ENTRY(tw_lr_scheduler_warmup_stable_decay, s.out(s.made_scheduler), s.optimizer.get(), 1, 2, 3, TW_LR_DECAY_COSINE,
          0.1),
    ENTRY(tw_lr_scheduler_lambda, s.out(s.made_scheduler), s.optimizer.get(), lambda, &s, nullptr),
    ENTRY(tw_lr_scheduler_multiplicative, s.out(s.made_scheduler), s.optimizer.get(), lambda, &s, nullptr),
    ENTRY(tw_cyclic_options_init, &s.cyclic, sizeof s.cyclic),
    ENTRY(tw_lr_scheduler_cyclic, s.out(s.made_scheduler), s.optimizer.get(), &half, 1, &half, &s.cyclic),
    ENTRY(tw_one_cycle_options_init, &s.one_cycle, sizeof s.one_cycle),
    ENTRY(tw_lr_scheduler_one_cycle, s.out(s.made_scheduler), s.optimizer.get(), &half, 1, 10, &s.one_cycle),
    ENTRY(tw_reduce_on_plateau_options_init, &s.plateau, sizeof s.plateau),
    ENTRY(tw_lr_scheduler_reduce_on_plateau, s.out(s.made_scheduler), s.optimizer.get(), &s.plateau),
    ENTRY(tw_lr_scheduler_sequential, s.out(s.made_scheduler), s.optimizer.get(), pair(s), 2, s.ints, 1),
    ENTRY(tw_lr_scheduler_chained, s.out(s.made_scheduler), s.optimizer.get(), pair(s), 2),
    ENTRY(tw_lr_scheduler_step, s.scheduler.get()),
    ENTRY(tw_lr_scheduler_step_at, s.scheduler.get(), 3.0),
    ENTRY(tw_lr_scheduler_step_metric, s.plateau_scheduler.get(), 3.0),
    ENTRY(tw_lr_scheduler_preview, s.reals, 2, s.out(s.size), pair(s), 2, 2),
    ENTRY(tw_lr_scheduler_get_last_lrs, s.reals, 2, s.out(s.size), s.scheduler.get()),
    ENTRY(tw_lr_scheduler_get_base_lrs, s.reals, 2, s.out(s.size), s.scheduler.get()),
    ENTRY(tw_lr_scheduler_get_group_count, s.out(s.size), s.scheduler.get()),
    ENTRY(tw_lr_scheduler_clone, s.out(s.made_scheduler), s.scheduler.get(), s.momentum.get()),
    ENTRY(tw_lr_scheduler_get_last_epoch, s.out(s.real), s.scheduler.get()),
    ENTRY(tw_lr_scheduler_set_last_epoch, s.scheduler.get(), 3.0, &half, 1),
    ENTRY(tw_lr_scheduler_get_state, s.state, 16, s.out(s.size), s.scheduler.get()),
    ENTRY(tw_lr_scheduler_set_state, s.scheduler.get(), state_of(s.scheduler.get()).numbers,
          state_of(s.scheduler.get()).count),
    ENTRY(tw_warmup_linear, s.out(s.made_warmup), s.optimizer.get(), s.ints, 1),
    ENTRY(tw_warmup_exponential, s.out(s.made_warmup), s.optimizer.get(), s.ints, 1),
    ENTRY(tw_warmup_untuned_linear, s.out(s.made_warmup), s.optimizer.get(), &beta2, 1),
    ENTRY(tw_warmup_untuned_exponential, s.out(s.made_warmup), s.optimizer.get(), &beta2, 1),
    ENTRY(tw_warmup_radam, s.out(s.made_warmup), s.optimizer.get(), &beta2, 1),
    ENTRY(tw_warmup_custom, s.out(s.made_warmup), s.optimizer.get(), factor, &s, nullptr),
    ENTRY(tw_warmup_step, s.warmup.get(), s.warmed_scheduler.one(), 1),
    ENTRY(tw_warmup_dampening_begin, s.warmup.get()),
    ENTRY(tw_warmup_dampening_end, undampened(s)),
    ENTRY(tw_warmup_dampening_cancel, undampened(s)),
    ENTRY(tw_warmup_dampen, s.warmup.get()),
    ENTRY(tw_warmup_dampen_at, s.warmup.get(), 5),
    ENTRY(tw_warmup_get_last_step, s.out(s.int64), s.warmup.get()),
    ENTRY(tw_warmup_set_last_step, s.warmup.get(), 5),
    ENTRY(tw_warmup_get_factor, s.out(s.real), s.warmup.get(), 5, 0),
    ENTRY(tw_warmup_preview, s.reals, 2, s.out(s.size), s.warmup.get(), s.warmed_scheduler.one(), 1, 2),
    ENTRY(tw_warmup_get_undampened_lrs, s.reals, 2, s.out(s.size), s.warmup.get()),
    ENTRY(tw_warmup_get_state, s.out(s.int64), s.reals, 2, s.out(s.size), s.warmup.get()),
    ENTRY(tw_warmup_get_group_count, s.out(s.size), s.warmup.get()),
    ENTRY(tw_warmup_detach, s.warmup.get()),
    ENTRY(tw_warmup_set_state, s.warmup.get(), 5, &half, 1),
};

}  // namespace tw::test
