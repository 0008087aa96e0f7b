/* What stands behind tw_warmup. */
#pragma once

#include <memory>
#include <vector>

#include "schedule/dampening.h"
#include "schedule/group_rates.h"
#include "schedule/schedule_book.h"
#include "schedule/warmup_factor.h"
#include "torch_warmup/warmup.h"

namespace tw {

/* How a warmup gets its factors. One of the three ways: the others' members are empty. */
struct FactorRule {
  double (*of_period)(int64_t step, int64_t period) = nullptr;
  std::vector<int64_t> periods; /* of_period's, a value a group */
  std::vector<tw_radam> radams; /* a value a group */
  tw_warmup_factor_function callback = nullptr;
  void *context = nullptr;

  /* The factors of count groups from the first on, at a step; fails where the caller's callback does. */
  void operator()(double *out, size_t first, size_t count, int64_t step) const;
};

}  // namespace tw

struct tw_warmup {
  tw_warmup(std::shared_ptr<torch::optim::Optimizer> optimizer, tw::FactorRule factor_rule);
  ~tw_warmup();
  tw_warmup(const tw_warmup &) = delete;
  tw_warmup &operator=(const tw_warmup &) = delete;

  /* Fills factors for a step, or fails and changes nothing but them. */
  void compute_factors(int64_t step);
  /* Dampens rates by the factors, writes them to the optimizer and records both; or changes nothing. source names who
     made the rates; present is as in GroupRates::write. */
  void dampen_and_write(int64_t step, bool with_momentum, const char *source, const double *present = nullptr);

  /* Puts back a state: the step, at least -1, and the undampened rates. Or changes nothing. */
  void put_state(int64_t step, const double *lrs);

  /* Takes rates that a schedule has been put back to: as its own undampened ones, in the step it stands at. Its own
     state, where that has been put back already, is what counts: a schedule knows nothing of those stepped after it. */
  void put_rates(const tw::GroupRates &scheduled, bool with_momentum);

  std::shared_ptr<torch::optim::Optimizer> torch;
  std::shared_ptr<tw::ScheduleBook> book;
  tw::FactorRule rule;
  tw_dampening dampening{};
  bool put_back = false; /* its state has been put back, and no step been made since */
  /* Room for a step's numbers, so that a step allocates nothing: undampened rates, factors, dampened rates. */
  tw::GroupRates rates;
  std::vector<double> factors;
  tw::GroupRates dampened;
};
