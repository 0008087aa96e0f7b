/* What stands behind a tw_optimizer of LibTorch's: the context of the core's interface. */
#pragma once

#include <torch/optim/optimizer.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/guard.h"
#include "base/read_options.h"
#include "optimizer/optimizer.h"
#include "optimizer/options.h"
#include "torch_warmup/torch_optimizer.h"

namespace tw {

struct TorchOptimizer {
  /* A borrowed one is not owned: only its address counts. */
  std::shared_ptr<torch::optim::Optimizer> torch;
  const OptimizerKind *kind = nullptr; /* which options structure it takes; null for a borrowed one */
  /* Room for the rates of a borrowed one, which may refuse new ones, so that a step allocates nothing. */
  std::vector<double> before;
};

/* Makes a handle. The class's name is LibTorch's. */
std::unique_ptr<tw_optimizer, void (*)(tw_optimizer *)> new_optimizer(std::unique_ptr<TorchOptimizer> torch);

/* The optimizer of LibTorch's behind a handle that must not be null: TW_ERROR_TYPE where it is another's, TW_ERROR_STATE
   where it has been detached. */
TorchOptimizer &torch_of(const tw_optimizer *optimizer);

/* The lock of an optimizer and all that is bound to it, for a call that changes it or one that only reads. */
class OptimizerLock {
 public:
  explicit OptimizerLock(tw_optimizer &optimizer) : optimizer_(&optimizer) {
    require_ok(twi_optimizer_enter(optimizer_));
  }
  ~OptimizerLock() { twi_optimizer_leave(optimizer_); }
  OptimizerLock(const OptimizerLock &) = delete;
  OptimizerLock &operator=(const OptimizerLock &) = delete;

 private:
  tw_optimizer *optimizer_;
};

class OptimizerReadLock {
 public:
  explicit OptimizerReadLock(const tw_optimizer &optimizer)
      : optimizer_(const_cast<tw_optimizer *>(&optimizer)), locked_(twi_optimizer_begin_read(optimizer_)) {}
  ~OptimizerReadLock() { twi_optimizer_end_read(optimizer_, locked_); }
  OptimizerReadLock(const OptimizerReadLock &) = delete;
  OptimizerReadLock &operator=(const OptimizerReadLock &) = delete;

 private:
  tw_optimizer *optimizer_;
  int locked_;
};

/* How the core reaches a TorchOptimizer. */
extern const tw_optimizer_interface torch_interface;

size_t group_count(const torch::optim::Optimizer &optimizer);

/* The options of a group that exists; another number is TW_ERROR_RANGE. */
torch::optim::OptimizerOptions &group_options(torch::optim::Optimizer &optimizer, size_t group);
const torch::optim::OptimizerOptions &group_options(const torch::optim::Optimizer &optimizer, size_t group);

/* The class, for messages: "AdamW"; with its namespace where it is not torch::optim's. */
std::string optimizer_class_name(const torch::optim::Optimizer &optimizer);

}  // namespace tw
