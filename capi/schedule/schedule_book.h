/* What everything that schedules one optimizer's rates must know of the others. */
#pragma once

#include <torch/optim/optimizer.h>

#include <memory>
#include <utility>
#include <vector>

struct tw_warmup;

namespace tw {

struct ScheduleBook {
  /* Each group's rate when its first LR scheduler was made: PyTorch's initial_lr, which later ones start from too. */
  std::vector<double> initial_lrs;
  /* What OneCycleLR keeps beside that: rates of each group, momentums too where it cycles them. CyclicLR keeps momentums
     as well. Empty where there is none. */
  std::vector<double> max_lrs, min_lrs, max_momentums, base_momentums;
  tw_warmup *warmup = nullptr; /* the one warmup that is bound now */
};

/* The entries that PyTorch's schedulers keep in a group of the optimizer, which its state_dict has after the options:
   "initial_lr" and, of OneCycleLR, "max_lr", "min_lr", "max_momentum" and "base_momentum". */
std::vector<std::pair<const char *, double>> scheduled_entries(const ScheduleBook &book, size_t group);

/* The book of an optimizer, the same for every handle to it; it lives as long as somebody holds it. */
std::shared_ptr<ScheduleBook> schedule_book_of(const std::shared_ptr<torch::optim::Optimizer> &torch);

/* TW_ERROR_STATE where the optimizer has not the number of groups that what (such as "this warmup") was made for. */
void require_groups(const torch::optim::Optimizer &torch, size_t made_for, const char *what);

/* TW_ERROR_STATE, saying that what to do cannot be done, while a warmup has multiplied the optimizer's rates. */
void require_undampened(const ScheduleBook &book, const char *what);

}  // namespace tw
