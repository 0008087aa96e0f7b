/**
 * @file optimizer.hpp
 * Optimizers as warmups and LR schedulers see them: what is there already, and an optimizer class of your own.
 */
#ifndef TORCH_WARMUP_CPP_OPTIMIZER_HPP
#define TORCH_WARMUP_CPP_OPTIMIZER_HPP

#include "../optimizer.h"
#include "arguments.hpp"

namespace tw {
inline namespace v0_2 {

/** A number that a parameter group has, as PyTorch names it. */
enum class Option {
  Lr = TW_OPTION_LR,
  Beta1 = TW_OPTION_BETA1,
  Beta2 = TW_OPTION_BETA2,
  Momentum = TW_OPTION_MOMENTUM,
  WeightDecay = TW_OPTION_WEIGHT_DECAY,
  Eps = TW_OPTION_EPS,
  Alpha = TW_OPTION_ALPHA,
  Dampening = TW_OPTION_DAMPENING,
  LrDecay = TW_OPTION_LR_DECAY,
  InitialAccumulatorValue = TW_OPTION_INITIAL_ACCUMULATOR_VALUE,
  Amsgrad = TW_OPTION_AMSGRAD,
  Centered = TW_OPTION_CENTERED,
  Nesterov = TW_OPTION_NESTEROV
};

/** How an optimizer class gets to be one that tw::Optimizer binds to; specialized for the families that there are. */
template <class T, class = void>
struct OptimizerOf {};

/**
 * An optimizer of your own: derive from it, and warmups and schedulers take your object as they take LibTorch's.
 *
 *     struct Sgd : tw::OptimizerInterface {
 *       std::vector<double> lr;
 *       size_t group_count() override { return lr.size(); }
 *       bool get(tw::Option option, double *out, size_t count) override {
 *         if (option != tw::Option::Lr) return false;
 *         std::copy_n(lr.begin(), count, out);
 *         return true;
 *       }
 *       bool set(tw::Option option, const double *values, size_t count) override {
 *         if (option != tw::Option::Lr) return false;
 *         std::copy_n(values, count, lr.begin());
 *         return true;
 *       }
 *     };
 *
 * Whichever thread uses what is bound to it calls these, one at a time. They may throw: the call that asked throws it
 * again. When the object is destroyed, what is bound to it is detached: its calls are TW_ERROR_STATE from then on.
 */
class OptimizerInterface {
 public:
  OptimizerInterface() = default;
  /** A copy is an optimizer by itself: nothing is bound to it. */
  OptimizerInterface(const OptimizerInterface & /*other*/) noexcept {}
  OptimizerInterface &operator=(const OptimizerInterface & /*other*/) noexcept { return *this; }
  virtual ~OptimizerInterface() {
    if (const auto handle = handle_.lock()) (void)!tw_optimizer_detach(handle.get());
  }

  /** For messages and state dicts, such as "AdamW"; asked for once. */
  virtual std::string class_name() const { return "Optimizer"; }
  /** The number of parameter groups. */
  virtual size_t group_count() = 0;
  /** Gives the option of all count groups; false where the optimizer has no such option. */
  virtual bool get(Option option, double *out, size_t count) = 0;
  /** Sets the option of all count groups, or, throwing, of none; false where the optimizer has no such option. */
  virtual bool set(Option option, const double *values, size_t count) = 0;

 private:
  friend struct OptimizerOf<OptimizerInterface>;
  std::weak_ptr<tw_optimizer> handle_; /* so that all that is bound to this is bound to one */
};

/** An OptimizerInterface out of functions. */
struct OptimizerFunctions {
  std::string class_name;
  std::function<size_t()> group_count;
  std::function<bool(Option option, double *out, size_t count)> get;
  std::function<bool(Option option, const double *values, size_t count)> set;
};

template <>
struct OptimizerOf<OptimizerInterface> {
  /* From one thread at a time, as every change of the optimizer. */
  static std::shared_ptr<tw_optimizer> bind(OptimizerInterface &optimizer) {
    if (auto known = optimizer.handle_.lock()) return known;
    const std::string name = optimizer.class_name();
    const tw_optimizer_interface functions = {sizeof functions, name.c_str(), group_count, get, set, nullptr};
    std::shared_ptr<tw_optimizer> made(
        detail::make<tw_optimizer>(tw_optimizer_custom, &functions, static_cast<void *>(&optimizer)),
        tw_optimizer_free);
    optimizer.handle_ = made;
    return made;
  }

 private:
  static OptimizerInterface &self(void *context) { return *static_cast<OptimizerInterface *>(context); }
  static tw_status group_count(size_t *out, void *context) noexcept {
    return detail::run_callback([&] {
      *out = self(context).group_count();
      return TW_OK;
    });
  }
  static tw_status get(double *out, size_t count, tw_option option, void *context) noexcept {
    return detail::run_callback(
        [&] { return self(context).get(static_cast<Option>(option), out, count) ? TW_OK : TW_ERROR_NOT_FOUND; });
  }
  static tw_status set(const double *values, size_t count, tw_option option, void *context) noexcept {
    return detail::run_callback(
        [&] { return self(context).set(static_cast<Option>(option), values, count) ? TW_OK : TW_ERROR_NOT_FOUND; });
  }
};

template <class T>
struct OptimizerOf<T, std::enable_if_t<std::is_base_of_v<OptimizerInterface, T> && !std::is_const_v<T>>>
    : OptimizerOf<OptimizerInterface> {};

namespace detail {

class FunctionsOptimizer final : public OptimizerInterface {
 public:
  explicit FunctionsOptimizer(OptimizerFunctions functions) : functions_(std::move(functions)) {
    if (!functions_.group_count || !functions_.get || !functions_.set)
      throw Error(TW_ERROR_ARGUMENT, "group_count, get or set of the OptimizerFunctions is empty");
  }
  std::string class_name() const override {
    return functions_.class_name.empty() ? OptimizerInterface::class_name() : functions_.class_name;
  }
  size_t group_count() override { return functions_.group_count(); }
  bool get(Option option, double *out, size_t count) override { return functions_.get(option, out, count); }
  bool set(Option option, const double *values, size_t count) override { return functions_.set(option, values, count); }

 private:
  OptimizerFunctions functions_;
};

}  // namespace detail

/**
 * An optimizer that is there already, as warmups and schedulers see it. It is made by itself where one is wanted:
 * tw::StepLR(optimizer, 30) takes a torch::optim::AdamW, or a class of yours. A copy stands for the same optimizer.
 *
 * What is made out of a reference does not keep your optimizer alive: it must outlive every call on what is bound to it, as
 * what any reference is to. Only destroying and moving are safe afterwards, so members and locals may be declared in any
 * order. An optimizer's address is what it is known by: before another is put there (std::optional::emplace, assignment,
 * a new object in place of a deleted one) call detach(), or destroy what is bound. What is made out of a
 * std::shared_ptr keeps the optimizer alive.
 */
class Optimizer {
 public:
  /** Binds to yours: a torch::optim::Optimizer (with torch_warmup.hpp), or an OptimizerInterface. */
  template <class T, class = decltype(OptimizerOf<T>::bind(std::declval<T &>()))>
  Optimizer(T &optimizer) : handle_(OptimizerOf<T>::bind(optimizer)) {}

  /** The same, and shares it: it lives as long as anything that is bound to it. */
  template <class T, class = decltype(OptimizerOf<T>::bind(std::declval<T &>()))>
  Optimizer(std::shared_ptr<T> optimizer) : handle_(share(std::move(optimizer))) {}

  /** An optimizer out of functions, which are kept. @throws Error  TW_ERROR_ARGUMENT: one of them is empty */
  explicit Optimizer(OptimizerFunctions functions)
      : Optimizer(std::make_shared<detail::FunctionsOptimizer>(std::move(functions))) {}

  /**
   * Numbers that stand for an optimizer which cannot be reached: after each step, hand get_lrs() to it.
   *
   * @param lrs    one rate a group.
   * @param betas  beta1 and beta2 of each group; none for an optimizer without.
   */
  static Optimizer rates(const std::vector<double> &lrs, const std::vector<std::pair<double, double>> &betas = {}) {
    if (!betas.empty() && betas.size() != lrs.size())
      throw Error(TW_ERROR_ARGUMENT,
                  std::to_string(betas.size()) + " pairs of betas for " + std::to_string(lrs.size()) + " rates");
    std::vector<double> flat;
    for (const auto &[beta1, beta2] : betas) flat.insert(flat.end(), {beta1, beta2});
    return Optimizer(
        detail::make<tw_optimizer>(tw_optimizer_rates, lrs.data(), betas.empty() ? nullptr : flat.data(), lrs.size()));
  }

  /** Takes a handle of the C API, which is freed with the last copy. */
  explicit Optimizer(tw_optimizer *handle) : handle_(handle, tw_optimizer_free) {}

  size_t group_count() const { return detail::get<size_t>(tw_optimizer_get_group_count, handle()); }
  std::string class_name() const { return detail::get_text(tw_optimizer_get_class_name, handle()); }

  /** The rate of a group as it is: a warmup's factor included. */
  double get_lr(size_t group = 0) const { return detail::get<double>(tw_optimizer_get_lr, handle(), group); }
  std::vector<double> get_lrs() const { return detail::get_all<double>(tw_optimizer_get_lrs, handle()); }
  /** @throws Error  TW_ERROR_RANGE: lr is negative or not finite, or there is no such group */
  void set_lr(size_t group, double lr) {
    detail::call([&] { return tw_optimizer_set_lr(handle(), group, lr); });
  }

  /** @throws Error  TW_ERROR_NOT_FOUND: the optimizer has no such option */
  double get_option(size_t group, Option option) const {
    return detail::get<double>(tw_optimizer_get_option, handle(), group, static_cast<tw_option>(option));
  }
  void set_option(size_t group, Option option, double value) {
    detail::call([&] { return tw_optimizer_set_option(handle(), group, static_cast<tw_option>(option), value); });
  }

  /**
   * Lets go of the optimizer, whose owner is about to destroy or replace it: nothing of it is touched from now on. Calls on
   * what is bound are TW_ERROR_STATE. Of all copies, and of all that were made of the same optimizer.
   */
  void detach() {
    detail::call([&] { return tw_optimizer_detach(handle()); });
  }

  /** The handle of the C API; null after a move. Borrowed. */
  tw_optimizer *handle() const noexcept { return handle_.get(); }

 private:
  template <class T>
  static std::shared_ptr<tw_optimizer> share(std::shared_ptr<T> optimizer) {
    struct Kept { /* the handle goes first */
      std::shared_ptr<T> optimizer;
      std::shared_ptr<tw_optimizer> handle;
    };
    if (optimizer == nullptr) throw Error(TW_ERROR_ARGUMENT, "optimizer is null");
    auto kept = std::make_shared<Kept>();
    kept->handle = OptimizerOf<T>::bind(*optimizer);
    kept->optimizer = std::move(optimizer);
    tw_optimizer *handle = kept->handle.get();
    return std::shared_ptr<tw_optimizer>(std::move(kept), handle);
  }

  std::shared_ptr<tw_optimizer> handle_;
};

}  // namespace v0_2
}  // namespace tw

#endif
