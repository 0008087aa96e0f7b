/**
 * @file lr_schedules.hpp
 * The schedules of torch.optim.lr_scheduler, by PyTorch's names, with its order of arguments, its defaults and its bits;
 * and two that PyTorch has not. What each does, and what it refuses (TW_ERROR_RANGE, ...), is in lr_schedules.h, under the
 * function that its constructor calls.
 *
 * A constructor records each group's rate as its base rate and performs the initial step. Make warmups after schedulers.
 */
#ifndef TORCH_WARMUP_CPP_LR_SCHEDULES_HPP
#define TORCH_WARMUP_CPP_LR_SCHEDULES_HPP

#include "../lr_schedules.h"
#include "lr_scheduler.hpp"

namespace tw {
inline namespace v0_2 {

/* ---- of the epoch alone ------------------------------------------------------------------------------------------- */

/** Multiplies the rate by gamma every step_size epochs. */
class StepLR : public LRScheduler {
 public:
  StepLR(const Optimizer &optimizer, double step_size, double gamma = 0.1)
      : LRScheduler(optimizer, tw_lr_scheduler_step_lr, step_size, gamma) {}
};

/** Multiplies the rate by gamma at each milestone. */
class MultiStepLR : public LRScheduler {
 public:
  MultiStepLR(const Optimizer &optimizer, const std::vector<int64_t> &milestones, double gamma = 0.1)
      : LRScheduler(optimizer, tw_lr_scheduler_multi_step, milestones.data(), milestones.size(), gamma) {}
};

/** Multiplies the rate by factor until total_iters epochs have passed. */
class ConstantLR : public LRScheduler {
 public:
  explicit ConstantLR(const Optimizer &optimizer, double factor = 1.0 / 3, double total_iters = 5)
      : LRScheduler(optimizer, tw_lr_scheduler_constant, factor, total_iters) {}
};

/** Multiplies the rate by a factor that goes from start_factor to end_factor in total_iters epochs. */
class LinearLR : public LRScheduler {
 public:
  explicit LinearLR(const Optimizer &optimizer, double start_factor = 1.0 / 3, double end_factor = 1,
                    double total_iters = 5)
      : LRScheduler(optimizer, tw_lr_scheduler_linear, start_factor, end_factor, total_iters) {}
};

/** Multiplies the rate by gamma every epoch. */
class ExponentialLR : public LRScheduler {
 public:
  ExponentialLR(const Optimizer &optimizer, double gamma)
      : LRScheduler(optimizer, tw_lr_scheduler_exponential, gamma) {}
};

/** Lets the rate fall to 0 in total_iters epochs, by a polynomial. */
class PolynomialLR : public LRScheduler {
 public:
  explicit PolynomialLR(const Optimizer &optimizer, double total_iters = 5, double power = 1)
      : LRScheduler(optimizer, tw_lr_scheduler_polynomial, total_iters, power) {}
};

/** Lets the rate fall along half a cosine to eta_min in T_max epochs. */
class CosineAnnealingLR : public LRScheduler {
 public:
  CosineAnnealingLR(const Optimizer &optimizer, double T_max, double eta_min = 0)
      : LRScheduler(optimizer, tw_lr_scheduler_cosine_annealing, T_max, eta_min) {}
};

/** Lets the rate fall along half a cosine again and again, each time T_mult times as long. step_at() takes fractions. */
class CosineAnnealingWarmRestarts : public LRScheduler {
 public:
  CosineAnnealingWarmRestarts(const Optimizer &optimizer, int64_t T_0, int64_t T_mult = 1, double eta_min = 0)
      : LRScheduler(optimizer, tw_lr_scheduler_cosine_annealing_warm_restarts, T_0, T_mult, eta_min) {}
};

/** Lets the rate fall as one over the square root of the epoch. Not in PyTorch. */
class InverseSqrtLR : public LRScheduler {
 public:
  InverseSqrtLR(const Optimizer &optimizer, int64_t timescale)
      : LRScheduler(optimizer, tw_lr_scheduler_inverse_sqrt, timescale) {}
};

/** The shape in which a rate decays. */
enum class LRDecay { Linear = TW_LR_DECAY_LINEAR, Cosine = TW_LR_DECAY_COSINE, Sqrt = TW_LR_DECAY_SQRT };

/** Lets the rate rise, stay, and decay. Not in PyTorch. */
class WarmupStableDecayLR : public LRScheduler {
 public:
  WarmupStableDecayLR(const Optimizer &optimizer, int64_t warmup_iters, int64_t stable_iters, int64_t decay_iters,
                      LRDecay decay, double end_factor)
      : LRScheduler(optimizer, tw_lr_scheduler_warmup_stable_decay, warmup_iters, stable_iters, decay_iters,
                    static_cast<tw_lr_decay>(decay), end_factor) {}
};

/* ---- of functions of your own ------------------------------------------------------------------------------------- */

/** Sets each group's rate to its base rate times lr_lambda(epoch) or lr_lambda(epoch, group). */
class LambdaLR : public LRScheduler {
 public:
  LambdaLR(const Optimizer &optimizer, const GroupFunction<double> &lr_lambda)
      : LRScheduler(optimizer, tw_lr_scheduler_lambda, GroupFunction<double>::call,
                    lr_lambda.context(optimizer.group_count()), GroupFunction<double>::release) {}
};

/** Multiplies each group's present rate by lr_lambda's number. It has no closed form. */
class MultiplicativeLR : public LRScheduler {
 public:
  MultiplicativeLR(const Optimizer &optimizer, const GroupFunction<double> &lr_lambda)
      : LRScheduler(optimizer, tw_lr_scheduler_multiplicative, GroupFunction<double>::call,
                    lr_lambda.context(optimizer.group_count()), GroupFunction<double>::release) {}
};

/* ---- that cycle momentum as well ---------------------------------------------------------------------------------- */

/** How the height of a cycle changes. */
enum class CyclicMode {
  Triangular = TW_CYCLIC_TRIANGULAR,
  Triangular2 = TW_CYCLIC_TRIANGULAR2,
  ExpRange = TW_CYCLIC_EXP_RANGE
};

/** What scale_fn is given. */
enum class CyclicScaleMode { Cycle = TW_CYCLIC_SCALE_CYCLE, Iterations = TW_CYCLIC_SCALE_ITERATIONS };

/** CyclicLR's further arguments, by PyTorch's names: {.step_size_up = 500} in C++20. */
struct CyclicOptions {
  double step_size_up = 2000;
  double step_size_down = -1; /**< -1: as many as up, PyTorch's None */
  CyclicMode mode = CyclicMode::Triangular;
  double gamma = 1;
  std::function<double(double)> scale_fn = nullptr; /**< in place of a mode, where it is given */
  CyclicScaleMode scale_mode = CyclicScaleMode::Cycle;
  bool cycle_momentum = true;
  PerGroup<double> base_momentum = 0.8;
  PerGroup<double> max_momentum = 0.9;
};

/** Lets the rates go up and down between two bounds. */
class CyclicLR : public LRScheduler {
 public:
  CyclicLR(const Optimizer &optimizer, const PerGroup<double> &base_lr, const PerGroup<double> &max_lr,
           const CyclicOptions &options = {})
      : LRScheduler(optimizer, make(optimizer, base_lr, max_lr, options)) {}

 private:
  static tw_lr_scheduler *make(const Optimizer &optimizer, const PerGroup<double> &base_lr,
                               const PerGroup<double> &max_lr, const CyclicOptions &options) {
    tw_cyclic_options of_c;
    detail::call([&] { return tw_cyclic_options_init(&of_c, sizeof of_c); });
    const auto [low, high] = detail::pair_up(base_lr, max_lr, "base_lr and max_lr");
    const auto [least, most] =
        detail::pair_up(options.base_momentum, options.max_momentum, "base_momentum and max_momentum");
    of_c.step_size_up = options.step_size_up;
    of_c.step_size_down = options.step_size_down;
    of_c.mode = static_cast<tw_cyclic_mode>(options.mode);
    of_c.gamma = options.gamma;
    of_c.scale_mode = static_cast<tw_cyclic_scale_mode>(options.scale_mode);
    of_c.cycle_momentum = options.cycle_momentum ? 1 : 0;
    of_c.momentum_count = least.size();
    of_c.base_momentum = least.data();
    of_c.max_momentum = most.data();
    if (options.scale_fn) {
      of_c.mode = TW_CYCLIC_CUSTOM;
      of_c.scale_fn = GroupFunction<double>::call;
      of_c.scale_release = GroupFunction<double>::release;
      of_c.scale_context = GroupFunction<double>(options.scale_fn).context(1);
    }
    return detail::make<tw_lr_scheduler>(tw_lr_scheduler_cyclic, optimizer.handle(), low.data(), low.size(),
                                         high.data(), &of_c);
  }
};

/** How one cycle goes from one rate to the next. */
enum class OneCycleAnneal { Cos = TW_ONE_CYCLE_ANNEAL_COS, Linear = TW_ONE_CYCLE_ANNEAL_LINEAR };

/** OneCycleLR's further arguments, by PyTorch's names: {.pct_start = 0.1} in C++20. */
struct OneCycleOptions {
  double pct_start = 0.3;
  OneCycleAnneal anneal_strategy = OneCycleAnneal::Cos;
  bool cycle_momentum = true;
  PerGroup<double> base_momentum = 0.85;
  PerGroup<double> max_momentum = 0.95;
  double div_factor = 25;
  double final_div_factor = 1e4;
  bool three_phase = false;
};

/** Lets the rates rise once to max_lr and then fall far below the first. total_steps: Python's epochs times steps_per_epoch. */
class OneCycleLR : public LRScheduler {
 public:
  OneCycleLR(const Optimizer &optimizer, const PerGroup<double> &max_lr, int64_t total_steps,
             const OneCycleOptions &options = {})
      : LRScheduler(optimizer, make(optimizer, max_lr, total_steps, options)) {}

 private:
  static tw_lr_scheduler *make(const Optimizer &optimizer, const PerGroup<double> &max_lr, int64_t total_steps,
                               const OneCycleOptions &options) {
    tw_one_cycle_options of_c;
    detail::call([&] { return tw_one_cycle_options_init(&of_c, sizeof of_c); });
    const auto [least, most] =
        detail::pair_up(options.base_momentum, options.max_momentum, "base_momentum and max_momentum");
    of_c.pct_start = options.pct_start;
    of_c.anneal_strategy = static_cast<tw_one_cycle_anneal>(options.anneal_strategy);
    of_c.cycle_momentum = options.cycle_momentum ? 1 : 0;
    of_c.momentum_count = least.size();
    of_c.base_momentum = least.data();
    of_c.max_momentum = most.data();
    of_c.div_factor = options.div_factor;
    of_c.final_div_factor = options.final_div_factor;
    of_c.three_phase = options.three_phase ? 1 : 0;
    return detail::make<tw_lr_scheduler>(tw_lr_scheduler_one_cycle, optimizer.handle(), max_lr.data(), max_lr.size(),
                                         total_steps, &of_c);
  }
};

/* ---- of a metric -------------------------------------------------------------------------------------------------- */

/** Whether a metric gets better by falling or by rising. */
enum class PlateauMode { Min = TW_PLATEAU_MIN, Max = TW_PLATEAU_MAX };

/** Whether a threshold is a share of the best value or a distance from it. */
enum class PlateauThresholdMode { Rel = TW_PLATEAU_THRESHOLD_REL, Abs = TW_PLATEAU_THRESHOLD_ABS };

/** ReduceLROnPlateau's arguments, by PyTorch's names: {.patience = 5} in C++20. */
struct ReduceLROnPlateauOptions {
  PlateauMode mode = PlateauMode::Min;
  double factor = 0.1;
  int64_t patience = 10;
  double threshold = 1e-4;
  PlateauThresholdMode threshold_mode = PlateauThresholdMode::Rel;
  int64_t cooldown = 0;
  PerGroup<double> min_lr = {}; /**< none: no bound but 0, PyTorch's default */
  double eps = 1e-8;
};

/** Lets the rate fall when a metric has stopped getting better. */
class ReduceLROnPlateau : public LRScheduler {
 public:
  explicit ReduceLROnPlateau(const Optimizer &optimizer, const ReduceLROnPlateauOptions &options = {})
      : LRScheduler(optimizer, make(optimizer, options)) {}

  /** Goes on to the next epoch with the metric of the last one, such as the validation loss. */
  void step(double metrics) {
    detail::call([&] { return tw_lr_scheduler_step_metric(handle(), metrics); });
  }

 private:
  static tw_lr_scheduler *make(const Optimizer &optimizer, const ReduceLROnPlateauOptions &options) {
    tw_reduce_on_plateau_options of_c;
    detail::call([&] { return tw_reduce_on_plateau_options_init(&of_c, sizeof of_c); });
    of_c.mode = static_cast<tw_plateau_mode>(options.mode);
    of_c.factor = options.factor;
    of_c.patience = options.patience;
    of_c.threshold = options.threshold;
    of_c.threshold_mode = static_cast<tw_plateau_threshold_mode>(options.threshold_mode);
    of_c.cooldown = options.cooldown;
    of_c.min_lr_count = options.min_lr.size();
    of_c.min_lr = options.min_lr.data();
    of_c.eps = options.eps;
    return detail::make<tw_lr_scheduler>(tw_lr_scheduler_reduce_on_plateau, optimizer.handle(), &of_c);
  }
};

/* ---- of schedules ------------------------------------------------------------------------------------------------- */

/** Runs one schedule after another: at each milestone the next one starts. Go on stepping this one alone. */
class SequentialLR : public LRScheduler {
 public:
  SequentialLR(const Optimizer &optimizer, const LRSchedulers &schedulers, const std::vector<int64_t> &milestones)
      : LRScheduler(optimizer, tw_lr_scheduler_sequential, schedulers.data(), schedulers.size(), milestones.data(),
                    milestones.size()) {}
};

/** Steps several schedules at once, each on the rates of the one before. Go on stepping this one alone. */
class ChainedScheduler : public LRScheduler {
 public:
  explicit ChainedScheduler(const LRSchedulers &schedulers) : ChainedScheduler(schedulers, schedulers.optimizer()) {}
  /** @param optimizer  the schedulers' own. */
  ChainedScheduler(const LRSchedulers &schedulers, const Optimizer &optimizer)
      : LRScheduler(optimizer, tw_lr_scheduler_chained, schedulers.data(), schedulers.size()) {}
};

}  // namespace v0_2
}  // namespace tw

#endif
