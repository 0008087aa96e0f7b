/* What stands behind tw_optimizer, and what warmups and LR schedulers need of it. */
#pragma once

#include <torch/optim/optimizer.h>

#include <memory>
#include <string>
#include <utility>

#include "base/guard.h"
#include "optimizer/options.h"
#include "torch_warmup/optimizer.h"

namespace tw {
struct ScheduleBook;
}

struct tw_optimizer {
  /* Warmups and LR schedulers share it, so that any order of freeing is safe. A borrowed one is not owned: two handles
     to it hold the same address, which is what tells whether two things are bound to one optimizer. */
  std::shared_ptr<torch::optim::Optimizer> torch;
  const tw::OptimizerKind *kind; /* which options structure it takes; null for a borrowed one */
  /* What LR schedulers have recorded of it, kept so that it outlives them. Null before the first. */
  std::shared_ptr<tw::ScheduleBook> book = nullptr;
};

namespace tw {

size_t group_count(const torch::optim::Optimizer &optimizer);

/* The options of a group that exists; another number is TW_ERROR_RANGE. */
torch::optim::OptimizerOptions &group_options(torch::optim::Optimizer &optimizer, size_t group);
const torch::optim::OptimizerOptions &group_options(const torch::optim::Optimizer &optimizer, size_t group);

/* The rates of all groups, of any class of optimizer; TW_ERROR_TYPE where its options do not give theirs. A write that
   fails has changed no rate: it puts back present, those that the groups have. */
void read_lrs(const torch::optim::Optimizer &optimizer, double *out);
void write_lrs(torch::optim::Optimizer &optimizer, const double *lrs, const double *present);

/* False where the options of the group have no betas. */
bool get_betas(const torch::optim::Optimizer &optimizer, size_t group, double out[2]);

/* The class, for messages: "AdamW"; with its namespace where it is not torch::optim's. */
std::string optimizer_class_name(const torch::optim::Optimizer &optimizer);

}  // namespace tw
