/* What stands behind tw_lr_scheduler. */
#pragma once

#include <memory>
#include <vector>

#include "lr_schedule.h"
#include "schedule_book.h"
#include "torch_warmup/lr_scheduler.h"

namespace tw {

struct FreeSchedule {
  void operator()(tw_lr_schedule *schedule) const noexcept { tw_lr_schedule_free(schedule); }
};
using Schedule = std::unique_ptr<tw_lr_schedule, FreeSchedule>;

/* Puts the state of count schedulers back, unless everything went well. */
class Rollback {
 public:
  Rollback(tw_lr_scheduler *const *schedulers, size_t count);
  ~Rollback();
  Rollback(const Rollback &) = delete;
  Rollback &operator=(const Rollback &) = delete;
  void keep() noexcept { count_ = 0; }

 private:
  tw_lr_scheduler *const *schedulers_;
  size_t count_;
};

/* The recursive step on a copy of the rates, which then must be finite. */
void step_on(tw_lr_scheduler &scheduler, std::vector<double> &lrs);

}  // namespace tw

struct tw_lr_scheduler {
  std::shared_ptr<torch::optim::Optimizer> torch;
  std::shared_ptr<tw::ScheduleBook> book;
  tw::Schedule schedule;
  std::vector<double> lrs; /* room for a step's rates, so that a step allocates nothing */
};
