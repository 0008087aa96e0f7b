/**
 * @file warmup.hpp
 * Learning-rate warmups, by the names of Python's package pytorch_warmup. What each does, and what it refuses, is in
 * warmup.h, under the function that its constructor calls.
 *
 *     tw::CosineAnnealingLR scheduler(optimizer, steps);
 *     tw::UntunedLinearWarmup warmup(optimizer);              after the schedulers
 *     ...
 *     optimizer.step();
 *     warmup.step(scheduler);                                 undampens, steps the scheduler, dampens
 */
#ifndef TORCH_WARMUP_CPP_WARMUP_HPP
#define TORCH_WARMUP_CPP_WARMUP_HPP

#include <atomic>
#include <mutex>

#include "../warmup.h"
#include "lr_scheduler.hpp"

namespace tw {
inline namespace v0_2 {

namespace detail {

struct FreeWarmup {
  void operator()(tw_warmup *handle) const noexcept { tw_warmup_free(handle); }
};
using WarmupHandle = std::unique_ptr<tw_warmup, FreeWarmup>;

/* What a warmup and its dampenings share: the handle, and a failure that a destructor could not throw. */
class WarmupState {
 public:
  WarmupState(Optimizer optimizer, WarmupHandle handle) noexcept
      : optimizer_(std::move(optimizer)), handle_(std::move(handle)) {}

  const Optimizer &optimizer() const noexcept { return optimizer_; }
  tw_warmup *handle() const noexcept { return handle_.get(); }

  void put_off(std::exception_ptr failure) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failure_ = std::move(failure);
    failed_ = true;
  }

  void throw_what_was_put_off() {
    if (!failed_) return;
    std::unique_lock<std::mutex> lock(mutex_);
    const std::exception_ptr failure = std::exchange(failure_, nullptr);
    failed_ = false;
    lock.unlock();
    if (failure != nullptr) std::rethrow_exception(failure);
  }

 private:
  Optimizer optimizer_; /* outlives the handle, which is bound to it */
  WarmupHandle handle_;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace detail

/**
 * The optimizer's rates undampened, from Warmup::dampening() to the end of the scope: Python's
 * `with warmup_scheduler.dampening():`.
 *
 *     {
 *       auto guard = warmup.dampening();
 *       scheduler.step();
 *     }
 *
 * Its destructor dampens for the next step, or, where the scope is left by an exception, puts the dampened rates back as
 * they were, with the same step (Python leaves them undampened). A destructor throws nothing: where dampening fails, it puts
 * the dampened rates back too, and the warmup's next step(), dampening() or dampen() throws what had failed. Call end() to
 * have it thrown at once.
 */
class [[nodiscard]] Dampening {
 public:
  Dampening(Dampening &&other) noexcept = default;
  Dampening(const Dampening &) = delete;
  Dampening &operator=(const Dampening &) = delete;
  Dampening &operator=(Dampening &&) = delete;
  ~Dampening() {
    if (state_ == nullptr) return;
    if (std::uncaught_exceptions() > exceptions_) {
      (void)!tw_warmup_dampening_cancel(state_->handle());
    } else if (std::exception_ptr failure =
                   detail::attempt([&] { return tw_warmup_dampening_end(state_->handle()); })) {
      (void)!tw_warmup_dampening_cancel(state_->handle());
      state_->put_off(std::move(failure));
    }
  }

  /** Dampens for the next step, now. Where it fails, it may be called again once the cause is gone. */
  void end() { finish(tw_warmup_dampening_end); }
  /** Puts the dampened rates back as they were, now; the step stays the same. */
  void cancel() { finish(tw_warmup_dampening_cancel); }

 private:
  friend class Warmup;
  explicit Dampening(std::shared_ptr<detail::WarmupState> state)
      : state_(std::move(state)), exceptions_(std::uncaught_exceptions()) {}

  void finish(tw_status (*how)(tw_warmup *)) {
    if (state_ == nullptr) throw Error(TW_ERROR_STATE, "the dampening has been ended already");
    detail::call([&] { return how(state_->handle()); });
    state_ = nullptr;
  }

  std::shared_ptr<detail::WarmupState> state_; /* so that the warmup may be moved or destroyed meanwhile */
  int exceptions_;
};

/** What Warmup::get_state gives. */
struct WarmupStateNumbers {
  int64_t step;
  std::vector<double> lrs;
};

/**
 * A warmup of any kind. The kinds, such as UntunedLinearWarmup, add their constructor and nothing else, so that each may be
 * moved into a Warmup.
 *
 * Made after the schedulers; it dampens the rates for step 0 at once. Destroyed, it leaves the rates as they are: detach()
 * puts the undampened ones back.
 */
class Warmup {
 public:
  /** Takes a handle of the C API, which is freed with this. */
  Warmup(Optimizer optimizer, tw_warmup *handle)
      : state_(std::make_shared<detail::WarmupState>(std::move(optimizer), detail::WarmupHandle(handle))) {}
  Warmup(Warmup &&other) noexcept = default;
  Warmup &operator=(Warmup &&other) noexcept = default;
  Warmup(const Warmup &) = delete;
  Warmup &operator=(const Warmup &) = delete;
  virtual ~Warmup() = default;

  /** Goes on to the next step, without a schedule. Call it after optimizer.step(). */
  void step() { step_all(nullptr, 0); }
  /** Undampens, steps the scheduler, dampens for the next step. Where something fails, nothing has changed. */
  void step(LRScheduler &scheduler) {
    tw_lr_scheduler *const one = scheduler.handle();
    step_all(&one, 1);
  }
  /** The same with several, in order: warmup.step({first, second}). */
  void step(const LRSchedulers &schedulers) { step_all(schedulers.data(), schedulers.size()); }

  /** Puts the undampened rates back until the end of the scope: see Dampening. */
  Dampening dampening() {
    change([](tw_warmup *warmup) { return tw_warmup_dampening_begin(warmup); });
    return Dampening(state_);
  }

  /** Multiplies the present rates by the factor of the next step: for rates that are set anew each step (step_at). */
  void dampen() {
    change([](tw_warmup *warmup) { return tw_warmup_dampen(warmup); });
  }
  /** The same for a given step; dampen() goes on from it. */
  void dampen(int64_t step) {
    change([&](tw_warmup *warmup) { return tw_warmup_dampen_at(warmup, step); });
  }

  /** The step that the present rates are for; 0 after construction. */
  int64_t last_step() const { return detail::get<int64_t>(tw_warmup_get_last_step, handle()); }
  /** Sets the counter; the rates stay. -1 makes the next dampen() one for step 0. */
  void set_last_step(int64_t step) {
    detail::call([&] { return tw_warmup_set_last_step(handle(), step); });
  }
  /** The factor of any step. */
  double factor(int64_t step, size_t group = 0) const {
    return detail::get<double>(tw_warmup_get_factor, handle(), step, group);
  }
  size_t group_count() const { return detail::get<size_t>(tw_warmup_get_group_count, handle()); }
  /** The undampened rates, one a group: Python's warmup_scheduler.lrs. */
  std::vector<double> lrs() const { return detail::get_all<double>(tw_warmup_get_undampened_lrs, handle()); }

  /** The rates after 0, 1, ... calls of step(schedulers): [steps][groups]. Changes nothing. */
  std::vector<std::vector<double>> preview(const LRSchedulers &schedulers, size_t steps) const {
    return detail::rows(steps, tw_warmup_preview, handle(), schedulers.data(), schedulers.size());
  }

  /** The whole state, for files of your own; tw::Checkpoint keeps it under pytorch_warmup's names. */
  WarmupStateNumbers get_state() const {
    WarmupStateNumbers out{};
    out.lrs = detail::get_all<double>([&](double *lrs, size_t capacity, size_t *needed) {
      return tw_warmup_get_state(&out.step, lrs, capacity, needed, handle());
    });
    return out;
  }
  /** Puts back a state, and sets the optimizer's rates, dampened for its step. */
  void set_state(const WarmupStateNumbers &state) {
    detail::call([&] { return tw_warmup_set_state(handle(), state.step, state.lrs.data(), state.lrs.size()); });
  }

  /** Undoes the warmup: the undampened rates are back, and another warmup may be made. */
  void detach() {
    detail::call([&] { return tw_warmup_detach(handle()); });
  }

  /** The optimizer that is warmed up. @throws Error  TW_ERROR_STATE: after a move */
  const Optimizer &optimizer() const {
    if (state_ == nullptr) throw Error(TW_ERROR_STATE, "the warmup has been moved");
    return state_->optimizer();
  }
  /** The handle of the C API; null after a move. Borrowed. */
  tw_warmup *handle() const noexcept { return state_ == nullptr ? nullptr : state_->handle(); }

 protected:
  /* Of a kind: what it is made with, behind the optimizer, as the C API's constructor wants it. */
  template <class... Parameters, class... Arguments>
  Warmup(const Optimizer &optimizer, tw_status (*constructor)(tw_warmup **, tw_optimizer *, Parameters...),
         Arguments... arguments)
      : Warmup(optimizer, detail::make<tw_warmup>(constructor, optimizer.handle(), arguments...)) {}

 private:
  template <class How>
  void change(How how) {
    if (state_ != nullptr) state_->throw_what_was_put_off();
    detail::call([&] { return how(handle()); });
  }
  void step_all(tw_lr_scheduler *const *schedulers, size_t count) {
    change([&](tw_warmup *warmup) { return tw_warmup_step(warmup, schedulers, count); });
  }

  std::shared_ptr<detail::WarmupState> state_;
};

/** min(1, (step + 1) / warmup_period). */
class LinearWarmup : public Warmup {
 public:
  LinearWarmup(const Optimizer &optimizer, const PerGroup<int64_t> &warmup_period)
      : Warmup(optimizer, tw_warmup_linear, warmup_period.data(), warmup_period.size()) {}
};

/** 1 - exp(-(step + 1) / warmup_period). */
class ExponentialWarmup : public Warmup {
 public:
  ExponentialWarmup(const Optimizer &optimizer, const PerGroup<int64_t> &warmup_period)
      : Warmup(optimizer, tw_warmup_exponential, warmup_period.data(), warmup_period.size()) {}
};

/** Linear, over 2 / (1 - beta2) steps. beta2: in place of the groups' own, for an optimizer that has none. */
class UntunedLinearWarmup : public Warmup {
 public:
  explicit UntunedLinearWarmup(const Optimizer &optimizer, const PerGroup<double> &beta2 = {})
      : Warmup(optimizer, tw_warmup_untuned_linear, beta2.data(), beta2.size()) {}
};

/** Exponential, over 1 / (1 - beta2) steps. beta2 as for UntunedLinearWarmup. */
class UntunedExponentialWarmup : public Warmup {
 public:
  explicit UntunedExponentialWarmup(const Optimizer &optimizer, const PerGroup<double> &beta2 = {})
      : Warmup(optimizer, tw_warmup_untuned_exponential, beta2.data(), beta2.size()) {}
};

/** By the variance rectification of RAdam. beta2 as for UntunedLinearWarmup. */
class RAdamWarmup : public Warmup {
 public:
  explicit RAdamWarmup(const Optimizer &optimizer, const PerGroup<double> &beta2 = {})
      : Warmup(optimizer, tw_warmup_radam, beta2.data(), beta2.size()) {}
};

/** By a function of your own: warmup_factor(step) or warmup_factor(step, group), finite and not negative. */
class CustomWarmup : public Warmup {
 public:
  CustomWarmup(const Optimizer &optimizer, const GroupFunction<int64_t> &warmup_factor)
      : Warmup(optimizer, tw_warmup_custom, GroupFunction<int64_t>::call,
               warmup_factor.context(optimizer.group_count()), GroupFunction<int64_t>::release) {}
};

}  // namespace v0_2
}  // namespace tw

#endif
