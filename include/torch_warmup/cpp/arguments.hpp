/**
 * @file arguments.hpp
 * What constructors take that is not a plain number: numbers a group, functions of the caller's.
 */
#ifndef TORCH_WARMUP_CPP_ARGUMENTS_HPP
#define TORCH_WARMUP_CPP_ARGUMENTS_HPP

#include <functional>
#include <initializer_list>
#include <memory>
#include <type_traits>

#include "error.hpp"

namespace tw {
inline namespace v0_2 {

/**
 * One number for all parameter groups, or one for each: 0.1, {0.1, 0.5}, a std::vector. None at all where a default may
 * stand for it.
 */
template <class Number>
class PerGroup {
  /* An integer is not made of 2.5 without a word. */
  template <class Value>
  static constexpr bool fits = std::is_arithmetic_v<Value> &&
                               (std::is_floating_point_v<Number> || std::is_integral_v<Value>);

 public:
  PerGroup() = default;
  template <class Value, std::enable_if_t<fits<Value>, int> = 0>
  PerGroup(Value value) : values_(1, static_cast<Number>(value)) {}
  PerGroup(std::initializer_list<Number> values) : values_(values) {}
  PerGroup(std::vector<Number> values) : values_(std::move(values)) {}

  size_t size() const noexcept { return values_.size(); }
  /** The numbers; null where there is none. */
  const Number *data() const noexcept { return values_.empty() ? nullptr : values_.data(); }

 private:
  std::vector<Number> values_;
};

namespace detail {

/* Two arguments that are given as one array each, of one length: one number beside several is repeated. */
template <class Number>
std::pair<PerGroup<Number>, PerGroup<Number>> pair_up(const PerGroup<Number> &first, const PerGroup<Number> &second,
                                                      const char *names) {
  const auto repeated = [](const PerGroup<Number> &one, size_t count) {
    return PerGroup<Number>(std::vector<Number>(count, *one.data()));
  };
  if (first.size() == second.size()) return {first, second};
  if (first.size() == 1 && second.size() > 1) return {repeated(first, second.size()), second};
  if (second.size() == 1 && first.size() > 1) return {first, repeated(second, first.size())};
  throw Error(TW_ERROR_ARGUMENT, std::string(names) + " have " + std::to_string(first.size()) + " and " +
                                     std::to_string(second.size()) + " numbers; give one, or one a group");
}

}  // namespace detail

/**
 * A function of the caller's that gives a number for an epoch or step, and a group: f(x, group); f(x) where all groups
 * have the same; or a std::vector of functions f(x), one a group. What it throws is thrown by the call that asked for it.
 *
 * Any thread that uses the optimizer, or what is bound to it, may be the one that calls it, one at a time. The clone of a
 * scheduler has the same function: on another optimizer, and used by another thread, it is called at the same time.
 */
template <class Number>
class GroupFunction {
  using Function = std::function<double(Number, size_t)>;
  template <class F>
  static constexpr bool takes_group = std::is_invocable_r_v<double, F &, Number, size_t>;
  template <class F>
  static constexpr bool takes_number = !takes_group<F> && std::is_invocable_r_v<double, F &, Number>;

 public:
  template <class F, std::enable_if_t<takes_group<F>, int> = 0>
  GroupFunction(F function) : function_(std::move(function)) {}
  template <class F, std::enable_if_t<takes_number<F>, int> = 0>
  GroupFunction(F function)
      : function_([own = std::move(function)](Number x, size_t) mutable -> double { return own(x); }) {}
  GroupFunction(std::vector<std::function<double(Number)>> functions)
      : function_([own = functions](Number x, size_t group) { return own.at(group)(x); }),
        one_a_group_(true),
        count_(functions.size()) {}

  /* For the C API: a context of one's own, the function that it is given to, and the one that lets it go. */
  void *context(size_t group_count) const {
    if (one_a_group_ && count_ != group_count)
      throw Error(TW_ERROR_ARGUMENT, std::to_string(count_) + " functions for " + std::to_string(group_count) +
                                         " parameter groups; give one, or one a group");
    return std::make_unique<Function>(function_).release();
  }
  static tw_status call(double *out, Number x, size_t group, void *context) noexcept {
    return detail::run_callback([&] {
      *out = (*static_cast<Function *>(context))(x, group);
      return TW_OK;
    });
  }
  static void release(void *context) noexcept { delete static_cast<Function *>(context); }

 private:
  Function function_;
  bool one_a_group_ = false;
  size_t count_ = 1;
};

}  // namespace v0_2
}  // namespace tw

#endif
