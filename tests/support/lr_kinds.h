/* A scheduler of every kind, nests included, for tests of what all have in common. */
#pragma once

#include <cmath>

#include "schedulers.h"

namespace tw::test {

struct Kind {
  const char *name;
  Scheduler (*make)(const Optimizer &optimizer); /* of two groups */
  bool needs_metric = false;
};

inline tw_status falling(double *out, double epoch, size_t group, void *) {
  *out = 1 / (1 + epoch * static_cast<double>(group + 1));
  return TW_OK;
}

inline tw_status nearly_one(double *out, double epoch, size_t, void *) {
  *out = 0.9 + 0.005 * epoch;
  return TW_OK;
}

inline Scheduler make_cyclic(const Optimizer &optimizer) {
  const double low[2] = {0.01, 0.02}, high[2] = {0.3, 0.4};
  const auto options = cyclic_options(3, 5, TW_CYCLIC_TRIANGULAR2);
  return scheduler(tw_lr_scheduler_cyclic, optimizer, low, 2, high, &options);
}

inline Scheduler make_one_cycle(const Optimizer &optimizer) {
  const double high[2] = {0.7, 0.2};
  const auto options = one_cycle_options();
  return scheduler(tw_lr_scheduler_one_cycle, optimizer, high, 2, 60, &options);
}

inline Scheduler make_plateau(const Optimizer &optimizer) {
  auto options = plateau_options();
  options.patience = 2;
  options.cooldown = 1;
  return scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
}

inline Scheduler make_sequential(const Optimizer &optimizer) {
  const auto rise = scheduler(tw_lr_scheduler_linear, optimizer, 0.1, 1.0, 4), fall = cosine(optimizer, 20, 1e-5);
  const auto last = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  return sequential(optimizer, {&rise, &fall, &last}, {4, 12});
}

inline Scheduler make_chained(const Optimizer &optimizer) {
  const auto constant = scheduler(tw_lr_scheduler_constant, optimizer, 0.1, 8), cycle = make_one_cycle(optimizer);
  const auto exponential = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  return chained(optimizer, {&constant, &cycle, &exponential});
}

inline Scheduler make_nested(const Optimizer &optimizer) {
  const auto first = make_sequential(optimizer), second = scheduler(tw_lr_scheduler_step_lr, optimizer, 7, 0.5);
  return chained(optimizer, {&first, &second});
}

inline const std::vector<Kind> &kinds() {
  using O = const Optimizer &;
  static const std::vector<Kind> all = {
      {"step", [](O o) { return scheduler(tw_lr_scheduler_step_lr, o, 4, 0.5); }},
      {"multi_step",
       [](O o) {
         return multi_step(o, {3, 8, 8, 15}, 0.3);
       }},
      {"constant", [](O o) { return scheduler(tw_lr_scheduler_constant, o, 1.0 / 3, 6); }},
      {"linear", [](O o) { return scheduler(tw_lr_scheduler_linear, o, 1.0 / 3, 0.7, 10); }},
      {"exponential", [](O o) { return scheduler(tw_lr_scheduler_exponential, o, 0.9); }},
      {"polynomial", [](O o) { return scheduler(tw_lr_scheduler_polynomial, o, 30, 2.0); }},
      {"cosine_annealing", [](O o) { return cosine(o, 12, 1e-5); }},
      {"warm_restarts", [](O o) { return scheduler(tw_lr_scheduler_cosine_annealing_warm_restarts, o, 3, 2, 1e-5); }},
      {"inverse_sqrt", [](O o) { return scheduler(tw_lr_scheduler_inverse_sqrt, o, 7); }},
      {"stable_decay",
       [](O o) { return scheduler(tw_lr_scheduler_warmup_stable_decay, o, 3, 5, 20, TW_LR_DECAY_SQRT, 0.1); }},
      {"lambda", [](O o) { return scheduler(tw_lr_scheduler_lambda, o, falling, nullptr, nullptr); }},
      {"multiplicative",
       [](O o) { return scheduler(tw_lr_scheduler_multiplicative, o, nearly_one, nullptr, nullptr); }},
      {"cyclic", make_cyclic},
      {"one_cycle", make_one_cycle},
      {"reduce_on_plateau", make_plateau, true},
      {"sequential", make_sequential},
      {"chained", make_chained},
      {"nested", make_nested}};
  return all;
}

/* The step of epoch i: with a metric that stops getting better where the kind needs one. */
inline void advance(const Kind &kind, const Scheduler &scheduler, size_t i) {
  if (kind.needs_metric)
    step_metric(scheduler, i < 4 ? 1.0 / static_cast<double>(i + 1) : 0.25);
  else
    step(scheduler);
}

/* Everything of the optimizer's that schedules change. */
inline Numbers scheduled(const Optimizer &optimizer) {
  Numbers out = rates(optimizer);
  for (size_t group = 0, count = out.size(); group < count; ++group) out.push_back(momentum(optimizer, group));
  return out;
}

}  // namespace tw::test
