/* What stands behind tw_lr_scheduler, and what its constructors have in common. */
#pragma once

#include <memory>
#include <vector>

#include "base/arguments.h"
#include "base/guard.h"
#include "schedule/group_rates.h"
#include "schedule/lr_schedules.h"
#include "schedule/schedule_book.h"
#include "torch_warmup/lr_schedules.h"

namespace tw {

struct FreeSchedule {
  void operator()(tw_lr_schedule *schedule) const noexcept { tw_lr_schedule_free(schedule); }
};
using Schedule = std::unique_ptr<tw_lr_schedule, FreeSchedule>;

/* A function of the caller's, in the form in which the core calls it. The core keeps its address. */
struct Callback {
  const char *name;
  tw_lr_function function;
  void *context;

  static int32_t call(double *out, double x, size_t group, void *callback);
};

struct Scheduler {
  std::shared_ptr<torch::optim::Optimizer> torch;
  std::shared_ptr<ScheduleBook> book;
  Schedule schedule;
  GroupRates rates;          /* room for a step's numbers, so that a step allocates nothing */
  std::vector<double> array; /* the schedule's own, where one was loaded that it has no room for */
  std::unique_ptr<Callback> callback;
  std::vector<std::shared_ptr<Scheduler>> children;

  bool cycles_momentum() const { return schedule->cycles_momentum != 0; }
};

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

/* The schedulers that an entry point was given: none null, all of this optimizer, with its number of groups, and
   stepped without a metric. True where one of them cycles momentum. */
bool require_schedulers(tw_lr_scheduler *const *schedulers, size_t count, const torch::optim::Optimizer &torch);

/* The recursive step on a copy of the rates, which then must be finite. */
void step_on(Scheduler &scheduler, GroupRates &rates);

/* Sets the optimizer's rates to those that a schedule has been put back to, dampened where a warmup is bound. */
void write_scheduled(const Scheduler &scheduler, const GroupRates &scheduled);

/* Fails with what a step of the core ended with. */
void require_stepped(const tw_lr_schedule &schedule, int32_t status);

/* ---- constructors ---- */

/* Makes the core's schedule from the initial rates of the groups; null where memory is out. */
using MakeSchedule = c10::function_ref<tw_lr_schedule *(const double *initial_lrs, size_t group_count)>;

/* A scheduler of an optimizer with the rates of its groups read, momentums too where wanted, but no schedule yet. */
std::unique_ptr<tw_lr_scheduler> prepare(tw_optimizer *optimizer, bool with_momentum);

/* Each group's initial rate: what an earlier scheduler started from, else the present one. */
std::vector<double> initial_lrs_of(const Scheduler &scheduler);

/* Takes what the core made; std::bad_alloc for null. */
void adopt(Scheduler &scheduler, tw_lr_schedule *made);

/* Performs the initial step and writes its rates to the optimizer, whose initial rates these are from now on. */
void start(Scheduler &scheduler, std::vector<double> initial_lrs);

/* All of that, for a schedule that needs nothing else. */
std::unique_ptr<tw_lr_scheduler> bind(tw_optimizer *optimizer, MakeSchedule make);

/* per_group, of finite numbers. */
std::vector<double> finite_per_group(const double *values, size_t count, size_t group_count, const char *name);

}  // namespace tw

struct tw_lr_scheduler {
  std::shared_ptr<tw::Scheduler> scheduler;
};
