/* The optimizer of most reference traces: two groups of one parameter each, rates 0.5 and 0.1. */
#pragma once

#include "catch.h"
#include "csv.h"
#include "handles.h"
#include "optimizers.h"

namespace tw::test {

inline const char *last_error() { return tw_last_error(); }

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

inline Handle<tw_lr_scheduler> cosine(const Handle<tw_optimizer> &optimizer, double t_max, double eta_min) {
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
