/* Callbacks that do their work, and now and then call back, fail, leave out unset, or return what is no status. */
#pragma once

#include "draws.h"

namespace tw::fuzz {

/* The functions behind a context, whichever role it has. */
tw_status lambda_called(double *out, double epoch, size_t group, void *context);
tw_status factor_called(double *out, int64_t step, size_t group, void *context);
tw_status forward_called(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *context);
void released(void *context);
/* Those of an optimizer of the caller's own, over the rows of its context. */
tw_optimizer_interface own_interface();

/* A function, its context and the release of that: the last is NULL at times. */
template <class Function, Function *function, Role role, bool may_be_null = false>
struct Callback : Plain {
  Context *context;
  bool is_null, is_released;

  explicit Callback(Run &run)
      : context(&run.new_context(role)), is_null(run.random.chance(4)), is_released(run.random.chance(90)) {
    if (!is_released) context->released_at_once = 1;
  }
  auto values() const {
    return std::make_tuple(is_null ? nullptr : function, static_cast<void *>(context),
                           is_released ? released : nullptr);
  }
  std::string text() const {
    return std::string(is_null ? "NULL" : "callback") + (is_released ? ", released" : ", no release");
  }
  void check(Run &run, tw_status status) {
    if (is_released && status != TW_OK)
      run.require(context->released == 1, "a context is released where the call fails");
  }
};

using Lambda = Callback<std::remove_pointer_t<tw_lr_function>, lambda_called, Role::kLambda>;
using WarmupFactor = Callback<std::remove_pointer_t<tw_warmup_factor_function>, factor_called, Role::kFactor>;
using Forward = Callback<std::remove_pointer_t<tw_module_forward_function>, forward_called, Role::kForward, true>;

/* An optimizer of the caller's own: its functions, sometimes incomplete, and its numbers. */
struct OwnOptimizer : Plain {
  tw_optimizer_interface interface;
  Context *context;
  bool is_null;

  explicit OwnOptimizer(Run &run);
  auto values() const { return std::make_tuple(is_null ? nullptr : &interface, static_cast<void *>(context)); }
  std::string text() const;
  void check(Run &run, tw_status status);
  void keep(Run &run, tw_status status);
};

/* An own optimizer's context, for what its owner does behind our back. */
struct Owned : Plain {
  Context *context = nullptr;
  size_t at;

  explicit Owned(Run &run);
  auto values() const { return std::make_tuple(context); }
  std::string text() const { return "optimizer[" + text_of(at) + "]"; }
};

void own_optimizer_gains_a_group(Context *context);

}  // namespace tw::fuzz
