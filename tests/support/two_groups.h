/* The optimizer of most reference traces: two groups of one parameter each, rates 0.5 and 0.1. */
#pragma once

#include "catch.h"
#include "csv.h"
#include "handles.h"

namespace tw::test {

inline const char *last_error() { return tw_last_error(); }

/* AdamW with those rates and the given beta2 of each group. */
inline Handle<tw_optimizer> two_groups(double beta2_0 = 0.999, double beta2_1 = 0.999) {
  const Handle<tw_tensor> first = parameter({1.0F}), second = parameter({2.0F});
  tw_adamw_options options;
  REQUIRE(tw_adamw_options_init(&options, sizeof options) == TW_OK);
  options.lr = 0.5;
  options.betas[1] = beta2_0;
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), &options, first.one(), 1) == TW_OK);
  options.lr = 0.1;
  options.betas[1] = beta2_1;
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), &options, second.one(), 1) == TW_OK);
  return optimizer;
}

inline double lr(const Handle<tw_optimizer> &optimizer, size_t group) {
  double out = -1;
  REQUIRE(tw_optimizer_get_lr(&out, optimizer.get(), group) == TW_OK);
  return out;
}

/* The optimizer's rates are those of a trace's row, to the last bit. */
inline void check_row(const Csv &trace, size_t row, const Handle<tw_optimizer> &optimizer) {
  INFO("row " << row);
  REQUIRE(lr(optimizer, 0) == trace.number(row, "lr0"));
  REQUIRE(lr(optimizer, 1) == trace.number(row, "lr1"));
}

inline Handle<tw_lr_scheduler> cosine(const Handle<tw_optimizer> &optimizer, int64_t t_max, double eta_min) {
  Handle<tw_lr_scheduler> scheduler;
  REQUIRE(tw_lr_scheduler_cosine_annealing(scheduler.out(), optimizer.get(), t_max, eta_min) == TW_OK);
  return scheduler;
}

inline Handle<tw_warmup> linear(const Handle<tw_optimizer> &optimizer, const std::vector<int64_t> &periods) {
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_linear(warmup.out(), optimizer.get(), periods.data(), periods.size()) == TW_OK);
  return warmup;
}

}  // namespace tw::test
