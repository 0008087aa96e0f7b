/* The schedules that cycle momentum as well as the rate, and the one that follows a metric. */
#include "base/read_options.h"
#include "optimizer/optimizer.h"
#include "schedule/lr_scheduler.h"

namespace tw {
namespace {

constexpr tw_cyclic_options cyclic_defaults{sizeof(tw_cyclic_options),
                                            2000,
                                            0,
                                            TW_CYCLIC_TRIANGULAR,
                                            TW_SCALE_CYCLE,
                                            1.0,
                                            nullptr,
                                            nullptr,
                                            1,
                                            0,
                                            nullptr,
                                            nullptr};
constexpr tw_one_cycle_options one_cycle_defaults{
    sizeof(tw_one_cycle_options), 0.3, TW_ANNEAL_COS, 0, 25.0, 1e4, 1, 0, nullptr, nullptr};
constexpr tw_plateau_options plateau_defaults{
    sizeof(tw_plateau_options), TW_PLATEAU_MIN, TW_THRESHOLD_REL, 0.1, 10, 1e-4, 0, 0, nullptr, 1e-8};

/* An enumeration whose numbers run from 0 to most. */
int32_t require_enum(int32_t value, int32_t most, const char *name) {
  check(value >= 0 && value <= most, TW_ERROR_ARGUMENT, name, " is ", value, "; it must be from 0 to ", most);
  return value;
}

/* The momentums between which to cycle, a value a group; empty where they are not cycled. */
struct Momentums {
  std::vector<double> base, max;
  tw_momentum_range range() const {
    return {base.empty() ? nullptr : base.data(), base.empty() ? nullptr : max.data()};
  }
};

std::vector<double> momentum_bound(const double *values, size_t count, double fallback, size_t groups,
                                   const char *name) {
  std::vector<double> all(groups, fallback);
  if (count == 0) return all;
  all = finite_per_group(values, count, groups, name);
  for (size_t group = 0; group < groups; ++group)
    check(all[group] >= 0 && all[group] < 1, TW_ERROR_RANGE, name, " of group ", group, " is ", all[group],
          "; it must lie in [0, 1)");
  return all;
}

template <class Options>
Momentums momentums_of(const Options &options, double base, double max, size_t groups) {
  if (!require_bool(options.cycle_momentum, "cycle_momentum")) return {};
  return {momentum_bound(options.base_momentum, options.momentum_count, base, groups, "base_momentum"),
          momentum_bound(options.max_momentum, options.momentum_count, max, groups, "max_momentum")};
}

void note_momentums(const Scheduler &scheduler, const Momentums &momentums) {
  if (momentums.base.empty()) return;
  scheduler.book->base_momentums = momentums.base;
  scheduler.book->max_momentums = momentums.max;
}

tw_cycle core_cycle(const tw_cyclic_options &options, Callback *callback) {
  const int64_t up = require_at_least(options.step_size_up, 1, "step_size_up");
  const int64_t down = require_at_least(options.step_size_down, 0, "step_size_down");
  const bool custom = require_enum(options.mode, TW_CYCLIC_CUSTOM, "mode") == TW_CYCLIC_CUSTOM;
  check(!custom || options.scale_fn != nullptr, TW_ERROR_ARGUMENT, "mode is TW_CYCLIC_CUSTOM, but scale_fn is NULL");
  static_assert(int{TW_CYCLE_TRIANGULAR2} == int{TW_CYCLIC_TRIANGULAR2} &&
                    int{TW_CYCLE_EXP_RANGE} == int{TW_CYCLIC_EXP_RANGE} &&
                    int{TW_CYCLE_CUSTOM} == int{TW_CYCLIC_CUSTOM},
                "the core counts the modes as the header does");
  return {static_cast<double>(up),
          static_cast<double>(down == 0 ? up : down),
          options.mode,
          require_finite(options.gamma, "gamma"),
          custom ? Callback::call : nullptr,
          callback,
          require_enum(options.scale_mode, TW_SCALE_ITERATIONS, "scale_mode")};
}

std::unique_ptr<tw_lr_scheduler> bind_cyclic(tw_optimizer *optimizer, const double *base_lrs, const double *max_lrs,
                                             size_t count, const tw_cyclic_options &options) {
  const size_t groups = group_count(*require(optimizer, "optimizer").torch);
  const std::vector<double> low = finite_per_group(base_lrs, count, groups, "base_lrs");
  const std::vector<double> high = finite_per_group(max_lrs, count, groups, "max_lrs");
  const Momentums momentums = momentums_of(options, 0.8, 0.9, groups);
  auto callback = std::make_unique<Callback>(Callback{"CyclicLR's scale_fn", options.scale_fn, options.scale_context});
  const tw_cycle cycle = core_cycle(options, callback.get());
  if (cycle.mode != TW_CYCLE_CUSTOM) callback = nullptr;

  auto made = prepare(optimizer, !momentums.base.empty());
  Scheduler &scheduler = *made->scheduler;
  scheduler.rates.lrs = low; /* PyTorch sets them first, so they are the initial ones of groups that had none */
  std::vector<double> initial = initial_lrs_of(scheduler);
  adopt(scheduler, tw_cyclic_new(initial.data(), groups, low.data(), high.data(), &cycle, momentums.range()));
  scheduler.callback = std::move(callback);
  start(scheduler, std::move(initial));
  note_momentums(scheduler, momentums);
  tw_cyclic_set_base_lrs(scheduler.schedule.get());
  return made;
}

tw_one_cycle core_one_cycle(int64_t total_steps, const tw_one_cycle_options &options) {
  const auto positive = [](double value, const char *name) {
    check(require_finite(value, name) > 0, TW_ERROR_RANGE, name, " is ", value, "; it must be positive");
    return value;
  };
  return {require_at_least(total_steps, 1, "total_steps"),
          require_within(options.pct_start, 0, 1, "pct_start"),
          require_enum(options.anneal_strategy, TW_ANNEAL_LINEAR, "anneal_strategy") == TW_ANNEAL_LINEAR ? 1 : 0,
          positive(options.div_factor, "div_factor"),
          positive(options.final_div_factor, "final_div_factor"),
          require_bool(options.three_phase, "three_phase") ? 1 : 0};
}

std::unique_ptr<tw_lr_scheduler> bind_one_cycle(tw_optimizer *optimizer, const double *max_lrs, size_t count,
                                                int64_t total_steps, const tw_one_cycle_options &options) {
  const size_t groups = group_count(*require(optimizer, "optimizer").torch);
  const std::vector<double> high = finite_per_group(max_lrs, count, groups, "max_lrs");
  const Momentums momentums = momentums_of(options, 0.85, 0.95, groups);
  const tw_one_cycle cycle = core_one_cycle(total_steps, options);

  auto made = prepare(optimizer, !momentums.base.empty());
  Scheduler &scheduler = *made->scheduler;
  adopt(scheduler, tw_one_cycle_new(high.data(), groups, &cycle, momentums.range()));
  const double *first = scheduler.schedule->base_lrs; /* PyTorch makes them the optimizer's initial ones */
  start(scheduler, std::vector<double>(first, first + groups));
  const double *least = tw_one_cycle_min_lrs(scheduler.schedule.get());
  scheduler.book->max_lrs = high;
  scheduler.book->min_lrs.assign(least, least + groups);
  note_momentums(scheduler, momentums);
  return made;
}

std::unique_ptr<tw_lr_scheduler> bind_plateau(tw_optimizer *optimizer, const tw_plateau_options &options) {
  const size_t groups = group_count(*require(optimizer, "optimizer").torch);
  const auto not_negative = [](double value, const char *name) {
    check(require_finite(value, name) >= 0, TW_ERROR_RANGE, name, " is ", value, "; it must not be negative");
    return value;
  };
  check(options.factor >= 0 && options.factor < 1, TW_ERROR_RANGE, "factor is ", options.factor,
        "; it must lie in [0, 1)");
  const tw_plateau rule = {require_enum(options.mode, TW_PLATEAU_MAX, "mode"),
                           options.factor,
                           require_at_least(options.patience, 0, "patience"),
                           not_negative(options.threshold, "threshold"),
                           require_enum(options.threshold_mode, TW_THRESHOLD_ABS, "threshold_mode"),
                           require_at_least(options.cooldown, 0, "cooldown"),
                           not_negative(options.eps, "eps")};
  const std::vector<double> least = options.min_lr_count == 0
                                        ? std::vector<double>(groups, 0.0)
                                        : finite_per_group(options.min_lr, options.min_lr_count, groups, "min_lr");
  auto made = prepare(optimizer, false);
  adopt(*made->scheduler, tw_plateau_new(made->scheduler->rates.lrs.data(), groups, &rule, least.data()));
  return made;
}

}  // namespace
}  // namespace tw

tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size) {
  return tw::guard([&] { tw::fill_options(options, struct_size, tw::cyclic_defaults, "tw_cyclic_options_init"); });
}

tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size) {
  return tw::guard(
      [&] { tw::fill_options(options, struct_size, tw::one_cycle_defaults, "tw_one_cycle_options_init"); });
}

tw_status tw_plateau_options_init(tw_plateau_options *options, size_t struct_size) {
  return tw::guard([&] { tw::fill_options(options, struct_size, tw::plateau_defaults, "tw_plateau_options_init"); });
}

tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs,
                                 const double *max_lrs, size_t count, const tw_cyclic_options *options) {
  return tw::guard_new(out, [&] {
    return tw::bind_cyclic(optimizer, base_lrs, max_lrs, count,
                           tw::read_options(options, tw::cyclic_defaults, "tw_cyclic_options_init"));
  });
}

tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs, size_t count,
                                    int64_t total_steps, const tw_one_cycle_options *options) {
  return tw::guard_new(out, [&] {
    return tw::bind_one_cycle(optimizer, max_lrs, count, total_steps,
                              tw::read_options(options, tw::one_cycle_defaults, "tw_one_cycle_options_init"));
  });
}

tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                            const tw_plateau_options *options) {
  return tw::guard_new(out, [&] {
    return tw::bind_plateau(optimizer, tw::read_options(options, tw::plateau_defaults, "tw_plateau_options_init"));
  });
}
