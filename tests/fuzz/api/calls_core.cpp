/* The core: optimizers as an interface, warmups, and what one does with schedulers. */
#include "callbacks.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Optimizer = In<tw_optimizer>;
using Scheduler = In<tw_lr_scheduler>;
using Warmup = In<tw_warmup>;
using Schedulers = InArray<tw_lr_scheduler>;
using Option = OneOf<tw_option, TW_OPTION_LR, TW_OPTION_NESTEROV>;

TW_FUZZ_DOUBLE(OptionValue, 0, 1, 0.5, 0.9, 0.1);
TW_FUZZ_DOUBLE(Beta2, 0.99, 0.9, 0.999, 0.7);
TW_FUZZ_INT64(Step, 0, 1, 2, 5, 100);

/* Rates, or pairs of betas, and a number of groups that fits them. */
struct Rates : Plain {
  std::vector<double> lrs, betas;
  bool has_betas, is_null;
  explicit Rates(Run &run) : has_betas(run.random.chance(60)), is_null(run.random.chance(3)) {
    const size_t count = run.random.chance(95) ? 1 + run.random.below(3) : 0;
    for (size_t i = 0; i < count; ++i) {
      lrs.push_back(Rate(run).value);
      betas.push_back(run.random.chance(95) ? 0.9 : bad_double(run.random));
      betas.push_back(run.random.chance(95) ? 0.99 : bad_double(run.random));
    }
  }
  auto values() const {
    return std::make_tuple(is_null ? nullptr : lrs.data(), has_betas ? betas.data() : nullptr, lrs.size());
  }
  std::string text() const { return (has_betas ? "rates and betas, " : "rates, ") + text_of(lrs.size()); }
};

/* How many rows of a preview: far more than there is room for, at times. */
struct Rows : Number<size_t> {
  explicit Rows(Run &run)
      : Number(run.random.chance(85) ? run.random.below(9)
                                     : run.random.one_of<size_t>({100000000, SIZE_MAX, SIZE_MAX / 16})) {}
};

/* A scheduler's whole state, changed here and there; or numbers of another count. */
struct State : Plain {
  Scheduler scheduler;
  std::vector<double> numbers;
  explicit State(Run &run) : scheduler(run) {
    Scheduler like(run, 0, run.random.chance(90) ? run.frame().owner : 0);
    if (run.random.chance(80)) like = scheduler;
    size_t count = 0;
    if (like.value == nullptr || tw_lr_scheduler_get_state(nullptr, 0, &count, like.value) != TW_OK) return;
    numbers.resize(count);
    if (tw_lr_scheduler_get_state(numbers.data(), count, nullptr, like.value) != TW_OK) numbers.clear();
    if (!numbers.empty() && run.random.chance(40))
      numbers[run.random.below(numbers.size())] = run.random.chance(70) ? AnyDouble(run).value : bad_double(run.random);
    if (run.random.chance(5)) numbers.push_back(0);
  }
  auto values() const {
    return std::make_tuple(scheduler.value, static_cast<const double *>(numbers.data()), numbers.size());
  }
  std::string text() const {
    std::string all = scheduler.text() + ", {";
    for (const double number : numbers) all += text_of(number) + " ";
    return all + "}";
  }
};

/* The optimizer that a clone is to be bound to, and so what the call is about; NULL for the scheduler's own. */
struct Onto : In<tw_optimizer> {
  explicit Onto(Run &run) : In(run, 40) {
    if (value != nullptr) run.frame().owner = places_of<tw_optimizer>(run.pool)[at].owner;
  }
};

/* tw_warmup_get_state gives a step and a buffer. */
struct WarmupState : Plain {
  int64_t step = 77;
  bool wants_step;
  explicit WarmupState(Run &run) : wants_step(run.random.chance(80)) {}
  auto values() { return std::make_tuple(wants_step ? &step : nullptr); }
  std::string text() const { return wants_step ? "&step" : "NULL"; }
  void check(Run &run, tw_status status) {
    if (wants_step && status != TW_OK && status != TW_ERROR_CAPACITY) run.require(step == 0, "step is 0 on failure");
  }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_optimizer_custom, kNone, Out<tw_optimizer>, OwnOptimizer),
    TW_FUZZ_CALL(tw_optimizer_custom, kNone, Out<tw_optimizer>, OwnOptimizer),
    TW_FUZZ_CALL(tw_optimizer_rates, kNone, Out<tw_optimizer>, Rates),
    TW_FUZZ_CALL(own_optimizer_gains_a_group, kNone, Owned),
    TW_FUZZ_CALL(tw_optimizer_get_group_count, kReads, Give<size_t>, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_get_class_name, kReads, Buffer<char>, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_get_lr, kReads, Give<double>, Optimizer, Index),
    TW_FUZZ_CALL(tw_optimizer_set_lr, kBinds, Optimizer, Index, Rate),
    TW_FUZZ_CALL(tw_optimizer_get_lrs, kReads, Buffer<double>, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_get_option, kReads, Give<double>, Optimizer, Index, Option),
    TW_FUZZ_CALL(tw_optimizer_set_option, kBinds, Optimizer, Index, Option, OptionValue),
    TW_FUZZ_CALL(tw_optimizer_detach, kBinds, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_free, kNone, Free<tw_optimizer>),

    TW_FUZZ_CALL(tw_warmup_linear, kBinds, Out<tw_warmup>, Optimizer, Int64s<Steps>),
    TW_FUZZ_CALL(tw_warmup_exponential, kBinds, Out<tw_warmup>, Optimizer, Int64s<Steps>),
    TW_FUZZ_CALL(tw_warmup_untuned_linear, kBinds, Out<tw_warmup>, Optimizer, Doubles<Beta2>),
    TW_FUZZ_CALL(tw_warmup_untuned_exponential, kBinds, Out<tw_warmup>, Optimizer, Doubles<Beta2>),
    TW_FUZZ_CALL(tw_warmup_radam, kBinds, Out<tw_warmup>, Optimizer, Doubles<Beta2>),
    TW_FUZZ_CALL(tw_warmup_custom, kBinds, Out<tw_warmup>, Optimizer, WarmupFactor),
    TW_FUZZ_CALL(tw_warmup_custom, kBinds, Out<tw_warmup>, Optimizer, WarmupFactor),
    TW_FUZZ_CALL(tw_warmup_step, kBinds, Warmup, Schedulers),
    TW_FUZZ_CALL(tw_warmup_step, kBinds, Warmup, Schedulers),
    TW_FUZZ_CALL(tw_warmup_dampening_begin, kBinds, Warmup),
    TW_FUZZ_CALL(tw_warmup_dampening_end, kBinds, Warmup),
    TW_FUZZ_CALL(tw_warmup_dampening_cancel, kBinds, Warmup),
    TW_FUZZ_CALL(tw_warmup_dampen, kBinds, Warmup),
    TW_FUZZ_CALL(tw_warmup_dampen_at, kBinds, Warmup, Step),
    TW_FUZZ_CALL(tw_warmup_get_last_step, kReads, Give<int64_t>, Warmup),
    TW_FUZZ_CALL(tw_warmup_set_last_step, kBinds, Warmup, Step),
    TW_FUZZ_CALL(tw_warmup_get_factor, kReads, Give<double>, Warmup, Step, Index),
    TW_FUZZ_CALL(tw_warmup_get_group_count, kReads, Give<size_t>, Warmup),
    TW_FUZZ_CALL(tw_warmup_preview, kReads, Buffer<double>, Warmup, Schedulers, Rows),
    TW_FUZZ_CALL(tw_warmup_get_undampened_lrs, kReads, Buffer<double>, Warmup),
    TW_FUZZ_CALL(tw_warmup_get_state, kReads, WarmupState, Buffer<double>, Warmup),
    TW_FUZZ_CALL(tw_warmup_set_state, kBinds, Warmup, Step, Doubles<Rate>),
    TW_FUZZ_CALL(tw_warmup_detach, kBinds, Warmup),
    TW_FUZZ_CALL(tw_warmup_free, kNone, Free<tw_warmup>),

    TW_FUZZ_CALL(tw_lr_scheduler_step, kBinds, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_step, kBinds, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_step_at, kBinds, Scheduler, Epoch),
    TW_FUZZ_CALL(tw_lr_scheduler_step_metric, kBinds, Scheduler, AnyDouble),
    TW_FUZZ_CALL(tw_lr_scheduler_preview, kReads, Buffer<double>, Schedulers, Rows),
    TW_FUZZ_CALL(tw_lr_scheduler_get_last_lrs, kReads, Buffer<double>, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_get_base_lrs, kReads, Buffer<double>, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_get_group_count, kReads, Give<size_t>, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_get_last_epoch, kReads, Give<double>, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_set_last_epoch, kBinds, Scheduler, Epoch, Doubles<Rate>),
    TW_FUZZ_CALL(tw_lr_scheduler_get_state, kReads, Buffer<double>, Scheduler),
    TW_FUZZ_CALL(tw_lr_scheduler_set_state, kBinds, State),
    TW_FUZZ_CALL(tw_lr_scheduler_clone, kNone, Out<tw_lr_scheduler>, Scheduler, Onto),
    TW_FUZZ_CALL(tw_lr_scheduler_free, kNone, Free<tw_lr_scheduler>),
};

}  // namespace

const std::vector<Call> &core_calls() { return calls; }

}  // namespace tw::fuzz
