/**
 * @file lr_scheduler.hpp
 * What every learning-rate scheduler does; the schedules themselves are in lr_schedules.hpp.
 */
#ifndef TORCH_WARMUP_CPP_LR_SCHEDULER_HPP
#define TORCH_WARMUP_CPP_LR_SCHEDULER_HPP

#include "../lr_scheduler.h"
#include "optimizer.hpp"

namespace tw {
inline namespace v0_2 {

/**
 * A learning-rate scheduler of any kind. The kinds, such as StepLR, add their constructor and nothing else, so that each
 * may be moved into an LRScheduler, and std::vector<tw::LRScheduler> holds several kinds:
 *
 *     tw::LRScheduler scheduler = cosine ? tw::LRScheduler(tw::CosineAnnealingLR(optimizer, steps))
 *                                        : tw::LRScheduler(tw::StepLR(optimizer, 30));
 *
 * It shares its optimizer with whatever else is bound to it; all may be destroyed in any order. After a move only
 * assigning and destroying is of use; other calls throw TW_ERROR_ARGUMENT.
 */
class LRScheduler {
 public:
  /** Takes a handle of the C API, which is freed with this. */
  LRScheduler(Optimizer optimizer, tw_lr_scheduler *handle) : optimizer_(std::move(optimizer)), handle_(handle) {}
  LRScheduler(LRScheduler &&other) noexcept = default;
  LRScheduler &operator=(LRScheduler &&other) noexcept {
    LRScheduler old(std::move(other)); /* lets go of the scheduler before its optimizer */
    std::swap(optimizer_, old.optimizer_);
    std::swap(handle_, old.handle_);
    return *this;
  }
  LRScheduler(const LRScheduler &) = delete; /* clone() says what a copy does */
  LRScheduler &operator=(const LRScheduler &) = delete;
  virtual ~LRScheduler() = default;

  /**
   * Goes on to the next epoch, in the recursive form. Call it after optimizer.step().
   *
   * @throws Error  TW_ERROR_STATE: a warmup has dampened the rates (leave the step to it), the schedule needs a metric, or
   *                has ended
   * @throws        what the schedule's function threw
   */
  void step() {
    detail::call([&] { return tw_lr_scheduler_step(handle()); });
  }

  /** Goes to an epoch in the closed form, where the schedule has one; a fraction too. Python's scheduler.step(epoch). */
  void step_at(double epoch) {
    detail::call([&] { return tw_lr_scheduler_step_at(handle(), epoch); });
  }

  /** The rates that the last step gave, one a group, without a warmup's factor. */
  std::vector<double> get_last_lr() const { return detail::get_all<double>(tw_lr_scheduler_get_last_lrs, handle()); }
  /** The rates from which the closed form starts. */
  std::vector<double> base_lrs() const { return detail::get_all<double>(tw_lr_scheduler_get_base_lrs, handle()); }
  /** The epoch of the last step: 0 after construction. */
  double last_epoch() const { return detail::get<double>(tw_lr_scheduler_get_last_epoch, handle()); }
  /** How many groups are scheduled. */
  size_t group_count() const { return detail::get<size_t>(tw_lr_scheduler_get_group_count, handle()); }

  /**
   * Moves the schedule to an epoch without stepping there.
   *
   * @param lrs  the rates that the schedule had at that epoch; none: the optimizer's stay as they are.
   */
  void set_last_epoch(double epoch, const PerGroup<double> &lrs = {}) {
    detail::call([&] { return tw_lr_scheduler_set_last_epoch(handle(), epoch, lrs.data(), lrs.size()); });
  }

  /** The whole state as plain numbers, for files of your own; tw::Checkpoint keeps it under PyTorch's names. */
  std::vector<double> get_state() const { return detail::get_all<double>(tw_lr_scheduler_get_state, handle()); }
  /** Puts back what get_state() of a scheduler with the same arguments gave, and sets the optimizer's rates. */
  void set_state(const std::vector<double> &state) {
    detail::call([&] { return tw_lr_scheduler_set_state(handle(), state.data(), state.size()); });
  }

  /** The rates after 0, 1, ... steps: [steps][groups]. Changes nothing. */
  std::vector<std::vector<double>> preview(size_t steps) const {
    tw_lr_scheduler *const self = handle();
    return detail::rows(steps, tw_lr_scheduler_preview, &self, size_t{1});
  }

  /** A copy that goes on by itself from here, on the same optimizer, where the two then act together. */
  LRScheduler clone() const { return copy(optimizer_, nullptr); }
  /** A copy on another optimizer with as many groups, whose rates are set to those of the last step. */
  LRScheduler clone(const Optimizer &optimizer) const { return copy(optimizer, optimizer.handle()); }

  /** The optimizer whose rates are scheduled. */
  const Optimizer &optimizer() const noexcept { return optimizer_; }
  /** The handle of the C API; null after a move. Borrowed. */
  tw_lr_scheduler *handle() const noexcept { return handle_.get(); }

 protected:
  /* Of a kind: what it is made with, behind the optimizer, as the C API's constructor wants it. */
  template <class... Parameters, class... Arguments>
  LRScheduler(const Optimizer &optimizer, tw_status (*constructor)(tw_lr_scheduler **, tw_optimizer *, Parameters...),
              Arguments... arguments)
      : LRScheduler(optimizer, detail::make<tw_lr_scheduler>(constructor, optimizer.handle(), arguments...)) {}

 private:
  struct Free {
    void operator()(tw_lr_scheduler *handle) const noexcept { tw_lr_scheduler_free(handle); }
  };

  LRScheduler copy(const Optimizer &optimizer, tw_optimizer *other) const {
    return LRScheduler(optimizer, detail::make<tw_lr_scheduler>(tw_lr_scheduler_clone, handle(), other));
  }

  Optimizer optimizer_; /* outlives the handle, which is bound to it */
  std::unique_ptr<tw_lr_scheduler, Free> handle_;
};

/**
 * Several schedulers as an argument: {first, second}, a std::vector of schedulers, or one of pointers to some. None where
 * nothing is given.
 */
class LRSchedulers {
 public:
  LRSchedulers() = default;
  LRSchedulers(LRScheduler &scheduler) { add(&scheduler); }
  LRSchedulers(std::initializer_list<std::reference_wrapper<LRScheduler>> schedulers) {
    for (LRScheduler &each : schedulers) add(&each);
  }
  template <class Range, class = std::enable_if_t<!std::is_base_of_v<LRScheduler, Range>>,
            class = decltype(std::declval<Range &>().begin())>
  LRSchedulers(Range &schedulers) {
    for (auto &each : schedulers) add(pointer_to(each));
  }

  size_t size() const noexcept { return handles_.size(); }
  tw_lr_scheduler *const *data() const noexcept { return handles_.data(); }
  /** The first one's. @throws Error  TW_ERROR_ARGUMENT: there is none */
  const Optimizer &optimizer() const {
    if (optimizer_ == nullptr) throw Error(TW_ERROR_ARGUMENT, "there is no scheduler");
    return *optimizer_;
  }

 private:
  template <class T>
  static LRScheduler *pointer_to(T &scheduler) {
    if constexpr (std::is_convertible_v<T &, LRScheduler &>)
      return &static_cast<LRScheduler &>(scheduler);
    else
      return scheduler ? &*scheduler : nullptr; /* a pointer, smart or not */
  }
  void add(LRScheduler *scheduler) {
    if (optimizer_ == nullptr && scheduler != nullptr) optimizer_ = &scheduler->optimizer();
    handles_.push_back(scheduler == nullptr ? nullptr : scheduler->handle());
  }

  std::vector<tw_lr_scheduler *> handles_;
  const Optimizer *optimizer_ = nullptr;
};

/** The rates after 0, 1, ... steps of all schedulers in turn: [steps][groups]. Changes nothing. */
inline std::vector<std::vector<double>> preview(const LRSchedulers &schedulers, size_t steps) {
  return detail::rows(steps, tw_lr_scheduler_preview, schedulers.data(), schedulers.size());
}

}  // namespace v0_2
}  // namespace tw

#endif
