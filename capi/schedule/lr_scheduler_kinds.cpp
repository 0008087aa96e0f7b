/* The schedules of the epoch alone, and those of the caller's own function: each checks its arguments and binds. */
#include "schedule/lr_scheduler.h"

using tw::bind;
using tw::require_at_least;
using tw::require_finite;
using tw::require_within;

tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t step_size, double gamma) {
  return tw::guard_new(out, [&] {
    require_at_least(step_size, 1, "step_size");
    require_finite(gamma, "gamma");
    return bind(optimizer, [&](const double *lrs, size_t count) { return tw_step_new(lrs, count, step_size, gamma); });
  });
}

tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                     size_t count, double gamma) {
  return tw::guard_new(out, [&] {
    tw::check(count > 0, TW_ERROR_ARGUMENT, "count is 0; there must be a milestone");
    tw::require_array(milestones, count, "milestones");
    for (size_t i = 0; i < count; ++i)
      require_at_least(milestones[i], i == 0 ? 0 : milestones[i - 1], c10::str("milestones[", i, "]"));
    require_finite(gamma, "gamma");
    return bind(optimizer, [&](const double *lrs, size_t group_count) {
      return tw_multi_step_new(lrs, group_count, milestones, count, gamma);
    });
  });
}

tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor, int64_t total_iters) {
  return tw::guard_new(out, [&] {
    tw::check(factor > 0 && factor <= 1, TW_ERROR_RANGE, "factor is ", factor, "; it must lie in (0, 1]");
    require_at_least(total_iters, 0, "total_iters");
    return bind(optimizer,
                [&](const double *lrs, size_t count) { return tw_constant_new(lrs, count, factor, total_iters); });
  });
}

tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor, double end_factor,
                                 int64_t total_iters) {
  return tw::guard_new(out, [&] {
    tw::check(start_factor > 0 && start_factor <= 1, TW_ERROR_RANGE, "start_factor is ", start_factor,
              "; it must lie in (0, 1]");
    require_within(end_factor, 0, 1, "end_factor");
    require_at_least(total_iters, 1, "total_iters");
    return bind(optimizer, [&](const double *lrs, size_t count) {
      return tw_linear_new(lrs, count, start_factor, end_factor, total_iters);
    });
  });
}

tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma) {
  return tw::guard_new(out, [&] {
    require_finite(gamma, "gamma");
    return bind(optimizer, [&](const double *lrs, size_t count) { return tw_exponential_new(lrs, count, gamma); });
  });
}

tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t total_iters,
                                     double power) {
  return tw::guard_new(out, [&] {
    require_at_least(total_iters, 1, "total_iters");
    tw::check(require_finite(power, "power") >= 0, TW_ERROR_RANGE, "power is ", power, "; it must not be negative");
    return bind(optimizer,
                [&](const double *lrs, size_t count) { return tw_polynomial_new(lrs, count, total_iters, power); });
  });
}

tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_max,
                                           double eta_min) {
  return tw::guard_new(out, [&] {
    require_at_least(t_max, 1, "t_max");
    require_finite(eta_min, "eta_min");
    return bind(optimizer,
                [&](const double *lrs, size_t count) { return tw_cosine_annealing_new(lrs, count, t_max, eta_min); });
  });
}

tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t t_0,
                                                         int64_t t_mult, double eta_min) {
  return tw::guard_new(out, [&] {
    require_at_least(t_0, 1, "t_0");
    require_at_least(t_mult, 1, "t_mult");
    require_finite(eta_min, "eta_min");
    return bind(optimizer, [&](const double *lrs, size_t count) {
      return tw_warm_restarts_new(lrs, count, t_0, t_mult, eta_min);
    });
  });
}

tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale) {
  return tw::guard_new(out, [&] {
    require_at_least(timescale, 1, "timescale");
    return bind(optimizer, [&](const double *lrs, size_t count) { return tw_inverse_sqrt_new(lrs, count, timescale); });
  });
}

namespace {

int core_decay(tw_decay decay) {
  switch (decay) {
    case TW_DECAY_LINEAR:
      return TW_CORE_DECAY_LINEAR;
    case TW_DECAY_COSINE:
      return TW_CORE_DECAY_COSINE;
    case TW_DECAY_SQRT:
      return TW_CORE_DECAY_SQRT;
    default:
      tw::fail(TW_ERROR_ARGUMENT, "decay is ", decay, ", which is no tw_decay");
  }
}

/* A schedule that the caller's function shapes: make is the core's constructor. */
std::unique_ptr<tw_lr_scheduler> bind_callback(tw_optimizer *optimizer, tw_lr_function function, void *context,
                                               const char *name,
                                               tw_lr_schedule *(*make)(const double *, size_t, tw_schedule_function,
                                                                       void *)) {
  tw::check(function != nullptr, TW_ERROR_ARGUMENT, "lr_lambda is NULL");
  auto callback = std::make_unique<tw::Callback>(tw::Callback{name, function, context});
  auto made = bind(
      optimizer, [&](const double *lrs, size_t count) { return make(lrs, count, tw::Callback::call, callback.get()); });
  made->scheduler->callback = std::move(callback);
  return made;
}

}  // namespace

tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t warmup_iters,
                                              int64_t stable_iters, int64_t decay_iters, tw_decay decay,
                                              double end_factor) {
  return tw::guard_new(out, [&] {
    const tw_stable_decay shape = {require_at_least(warmup_iters, 0, "warmup_iters"),
                                   require_at_least(stable_iters, 0, "stable_iters"),
                                   require_at_least(decay_iters, 1, "decay_iters"), core_decay(decay),
                                   require_within(end_factor, 0, 1, "end_factor")};
    return bind(optimizer,
                [&](const double *lrs, size_t count) { return tw_warmup_stable_decay_new(lrs, count, &shape); });
  });
}

tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                 void *context) {
  return tw::guard_new(
      out, [&] { return bind_callback(optimizer, lr_lambda, context, "LambdaLR's lr_lambda", tw_lambda_new); });
}

tw_status tw_lr_scheduler_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                         void *context) {
  return tw::guard_new(out, [&] {
    return bind_callback(optimizer, lr_lambda, context, "MultiplicativeLR's lr_lambda", tw_multiplicative_new);
  });
}
