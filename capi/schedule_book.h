/* What everything that schedules one optimizer's rates must know of the others. */
#pragma once

#include <torch/optim/optimizer.h>

#include <memory>
#include <string>
#include <vector>

struct tw_warmup;

namespace tw {

struct ScheduleBook {
  /* Each group's rate when its first LR scheduler was made: PyTorch's initial_lr, which later ones start from too. */
  std::vector<double> initial_lrs;
  tw_warmup *warmup = nullptr; /* the one warmup that is bound now */
};

/* The book of an optimizer, the same for every handle to it; it lives as long as somebody holds it. */
std::shared_ptr<ScheduleBook> schedule_book_of(const std::shared_ptr<torch::optim::Optimizer> &torch);

/* TW_ERROR_STATE where the optimizer has not the number of groups that what (such as "this warmup") was made for. */
void require_groups(const torch::optim::Optimizer &torch, size_t made_for, const char *what);

/* TW_ERROR_STATE, saying that what to do cannot be done, while a warmup has multiplied the optimizer's rates. */
void require_undampened(const ScheduleBook &book, const char *what);

}  // namespace tw
