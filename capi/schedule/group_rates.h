/* A copy of the numbers of an optimizer's groups that schedules change: rates, and momentum where it is cycled. */
#pragma once

#include <torch/optim/optimizer.h>

#include <vector>

#include "schedule/lr_schedule.h"

namespace tw {

struct GroupRates {
  std::vector<double> lrs;
  std::vector<double> momentums;      /* momentum, or betas[0] */
  mutable std::vector<double> before; /* room for what a write that fails puts back */

  void resize(size_t count);
  tw_rates view();

  /* TW_ERROR_TYPE where momentum is wanted and a group has neither momentum nor betas. */
  void read(const torch::optim::Optimizer &optimizer, bool with_momentum);

  /* All numbers or none: TW_ERROR_RANGE where one is not finite, or a momentum outside [0, 1). source names who made
     them; present, where the caller has just read them, are the rates that the optimizer has. */
  void write(torch::optim::Optimizer &optimizer, bool with_momentum, const char *source,
             const double *present = nullptr) const;
};

/* Whether the momentum that schedules cycle is the first beta. */
bool cycles_betas(const torch::optim::Optimizer &optimizer);

/* TW_ERROR_RANGE where a rate is not finite; the message names its group and who made it. */
void require_finite_lrs(const std::vector<double> &lrs, const char *source);

}  // namespace tw
