/* What stands behind tw_warmup. */
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dampening.h"
#include "group_rates.h"
#include "schedule_book.h"
#include "torch_warmup/warmup.h"

namespace tw {

/* The factors of count groups from the first on, at a step; fails where the caller's callback does. */
using FactorRule = std::function<void(double *out, size_t first, size_t count, int64_t step)>;

}  // namespace tw

struct tw_warmup {
  tw_warmup(std::shared_ptr<torch::optim::Optimizer> optimizer, tw::FactorRule factor_rule);
  ~tw_warmup();
  tw_warmup(const tw_warmup &) = delete;
  tw_warmup &operator=(const tw_warmup &) = delete;

  /* Fills factors for a step, or fails and changes nothing but them. */
  void compute_factors(int64_t step);
  /* Dampens rates by the factors, writes them to the optimizer and records both; or changes nothing. source names who
     made the rates. */
  void dampen_and_write(int64_t step, bool with_momentum, const char *source);

  /* Takes rates that a schedule has been put back to: as its own undampened ones, in the step it stands at. */
  void put_rates(const tw::GroupRates &scheduled, bool with_momentum);

  std::shared_ptr<torch::optim::Optimizer> torch;
  std::shared_ptr<tw::ScheduleBook> book;
  tw::FactorRule rule;
  tw_dampening dampening{};
  /* Room for a step's numbers, so that a step allocates nothing: undampened rates, factors, dampened rates. */
  tw::GroupRates rates;
  std::vector<double> factors;
  tw::GroupRates dampened;
};
