/* Schedules of every kind. */
#include "callbacks.h"
#include "draws_options.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_lr_scheduler>;
using Optimizer = In<tw_optimizer>;
using Decay = OneOf<tw_lr_decay, TW_LR_DECAY_LINEAR, TW_LR_DECAY_SQRT>;

TW_FUZZ_INT64(Epochs, 0, 1, 2, 5, 10);
TW_FUZZ_INT64(Restart, 1, 2, 3);
TW_FUZZ_DOUBLE(Gamma, 0.1, 0.5, 0.9, 1);
TW_FUZZ_DOUBLE(Lowest, 0, 1e-5, 0.01);
TW_FUZZ_DOUBLE(Share, 0, 0.3, 0.5, 1);
TW_FUZZ_DOUBLE(Momentum, 0.8, 0.9, 0.95, 1.5);
TW_FUZZ_DOUBLE(Down, -1, 0, 3, 5);

/* Momentums, a number for all groups or for each, or of a wrong count. */
struct Momentums {
  std::vector<double> base, most;
  template <class Options>
  void draw(Run &run, Options &options) {
    if (!run.random.chance(40)) return;
    const size_t count = run.random.below(4);
    for (size_t i = 0; i < count; ++i) {
      base.push_back(Momentum(run).value);
      most.push_back(Momentum(run).value);
    }
    options.momentum_count = count;
  }
  template <class Options>
  void put(Options &options) const { /* here and not before: a drawn argument is moved to where it is kept */
    options.base_momentum = base.empty() ? nullptr : base.data();
    options.max_momentum = most.empty() ? nullptr : most.data();
  }
};

/* The options of cyclic, with a function of the caller's own for the scale. */
struct Cyclic : OptionsOf<tw_cyclic_options> {
  Momentums momentums;
  Context *context = nullptr;
  explicit Cyclic(Run &run) : OptionsOf(run, tw_cyclic_options_init) {
    momentums.draw(run, options);
    change<Truth>(run, "cycle_momentum", options.cycle_momentum, 60);
    change<Iterations>(run, "step_size_up", options.step_size_up, 80);
    change<Down>(run, "step_size_down", options.step_size_down);
    change<OneOf<tw_cyclic_mode, TW_CYCLIC_TRIANGULAR, TW_CYCLIC_CUSTOM>>(run, "mode", options.mode, 60);
    change<OneOf<tw_cyclic_scale_mode, TW_CYCLIC_SCALE_CYCLE, TW_CYCLIC_SCALE_ITERATIONS>>(run, "scale_mode",
                                                                                           options.scale_mode);
    change<Gamma>(run, "gamma", options.gamma);
    if (!run.random.chance(70) || is_null) return;
    context = &run.new_context(Role::kScale);
    options.scale_fn = run.random.chance(95) ? lambda_called : nullptr;
    options.scale_context = context;
    options.scale_release = released;
    said += " scale_fn";
  }
  auto values() {
    momentums.put(options);
    return OptionsOf::values();
  }
  /* A structure that is none of cyclic's says nothing of a context. */
  void check(Run &run, tw_status status) {
    if (context == nullptr) return;
    const bool is_cyclics = options.kind == TW_OPTIONS_CYCLIC && options.struct_size == sizeof options;
    if (!is_cyclics && context->released == 0) context->released_at_once = 1;
    if (is_cyclics && status != TW_OK)
      run.require(context->released == 1, "a context is released where the call fails");
  }
};

struct OneCycle : OptionsOf<tw_one_cycle_options> {
  Momentums momentums;
  explicit OneCycle(Run &run) : OptionsOf(run, tw_one_cycle_options_init) {
    momentums.draw(run, options);
    change<Truth>(run, "cycle_momentum", options.cycle_momentum, 60);
    change<Share>(run, "pct_start", options.pct_start);
    change<OneOf<tw_one_cycle_anneal, TW_ONE_CYCLE_ANNEAL_COS, TW_ONE_CYCLE_ANNEAL_LINEAR>>(run, "anneal_strategy",
                                                                                            options.anneal_strategy);
    change<Truth>(run, "three_phase", options.three_phase);
    change<Factor>(run, "div_factor", options.div_factor);
    change<Factor>(run, "final_div_factor", options.final_div_factor);
  }
  auto values() {
    momentums.put(options);
    return OptionsOf::values();
  }
};

struct Plateau : OptionsOf<tw_reduce_on_plateau_options> {
  std::vector<double> lowest;
  explicit Plateau(Run &run) : OptionsOf(run, tw_reduce_on_plateau_options_init) {
    change<OneOf<tw_plateau_mode, TW_PLATEAU_MIN, TW_PLATEAU_MAX>>(run, "mode", options.mode);
    change<OneOf<tw_plateau_threshold_mode, TW_PLATEAU_THRESHOLD_REL, TW_PLATEAU_THRESHOLD_ABS>>(
        run, "threshold_mode", options.threshold_mode);
    change<Gamma>(run, "factor", options.factor);
    change<Epochs>(run, "patience", options.patience, 70);
    change<Epochs>(run, "cooldown", options.cooldown);
    change<Lowest>(run, "threshold", options.threshold);
    change<Lowest>(run, "eps", options.eps);
    if (run.random.chance(40))
      for (size_t i = run.random.below(4); i > 0; --i) lowest.push_back(Lowest(run).value);
    options.min_lr_count = lowest.size();
  }
  auto values() {
    options.min_lr = lowest.empty() ? nullptr : lowest.data();
    return OptionsOf::values();
  }
};

/* Lower and upper bounds of as many groups. */
struct Bounds : Plain {
  std::vector<double> low, high;
  explicit Bounds(Run &run) {
    for (size_t i = run.random.below(4); i > 0; --i) {
      low.push_back(Rate(run).value);
      high.push_back(Rate(run).value);
    }
  }
  auto values() const {
    return std::make_tuple(static_cast<const double *>(low.data()), low.size(),
                           static_cast<const double *>(high.data()));
  }
  std::string text() const { return "bounds of " + text_of(low.size()); }
};

/* Milestones between as many schedules, or some others. */
struct Milestones : Plain {
  std::vector<int64_t> epochs;
  InArray<tw_lr_scheduler> schedulers;
  explicit Milestones(Run &run) : schedulers(run) {
    int64_t epoch = 0;
    for (size_t i = 1; i < schedulers.handles.size(); ++i)
      epochs.push_back(run.random.chance(93) ? epoch += run.random.below(4) : bad_int64(run.random));
    if (run.random.chance(4)) epochs.push_back(epoch + 1);
  }
  auto values() const {
    return std::tuple_cat(schedulers.values(),
                          std::make_tuple(static_cast<const int64_t *>(epochs.data()), epochs.size()));
  }
  std::string text() const {
    std::string all = schedulers.text() + ", {";
    for (const int64_t epoch : epochs) all += text_of(epoch) + " ";
    return all + "}";
  }
  void keep(Run &run, tw_status status) { schedulers.keep(run, status); }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_lr_scheduler_step_lr, kBinds, Made, Optimizer, Iterations, Gamma),
    TW_FUZZ_CALL(tw_lr_scheduler_multi_step, kBinds, Made, Optimizer, Int64s<Epochs>, Gamma),
    TW_FUZZ_CALL(tw_lr_scheduler_constant, kBinds, Made, Optimizer, Share, Iterations),
    TW_FUZZ_CALL(tw_lr_scheduler_linear, kBinds, Made, Optimizer, Share, Share, Iterations),
    TW_FUZZ_CALL(tw_lr_scheduler_exponential, kBinds, Made, Optimizer, Gamma),
    TW_FUZZ_CALL(tw_lr_scheduler_polynomial, kBinds, Made, Optimizer, Iterations, Factor),
    TW_FUZZ_CALL(tw_lr_scheduler_cosine_annealing, kBinds, Made, Optimizer, Iterations, Lowest),
    TW_FUZZ_CALL(tw_lr_scheduler_cosine_annealing_warm_restarts, kBinds, Made, Optimizer, Restart, Restart, Lowest),
    TW_FUZZ_CALL(tw_lr_scheduler_inverse_sqrt, kBinds, Made, Optimizer, Steps),
    TW_FUZZ_CALL(tw_lr_scheduler_warmup_stable_decay, kBinds, Made, Optimizer, Epochs, Epochs, Steps, Decay, Share),
    TW_FUZZ_CALL(tw_lr_scheduler_lambda, kBinds, Made, Optimizer, Lambda),
    TW_FUZZ_CALL(tw_lr_scheduler_lambda, kBinds, Made, Optimizer, Lambda),
    TW_FUZZ_CALL(tw_lr_scheduler_multiplicative, kBinds, Made, Optimizer, Lambda),
    TW_FUZZ_CALL(tw_lr_scheduler_cyclic, kBinds, Made, Optimizer, Bounds, Cyclic),
    TW_FUZZ_CALL(tw_lr_scheduler_one_cycle, kBinds, Made, Optimizer, Doubles<Rate>, Steps, OneCycle),
    TW_FUZZ_CALL(tw_lr_scheduler_reduce_on_plateau, kBinds, Made, Optimizer, Plateau),
    TW_FUZZ_CALL(tw_lr_scheduler_sequential, kBinds, Made, Optimizer, Milestones),
    TW_FUZZ_CALL(tw_lr_scheduler_sequential, kBinds, Made, Optimizer, Milestones),
    TW_FUZZ_CALL(tw_lr_scheduler_chained, kBinds, Made, Optimizer, InArray<tw_lr_scheduler>),
};

}  // namespace

const std::vector<Call> &schedule_calls() { return calls; }

}  // namespace tw::fuzz
