/* Schedules for the tests: owners, and steps on two groups with the rates of most traces. */
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "csv.h"
#include "schedule/lr_schedules.h"

namespace tw::test {

struct FreeSchedule {
  void operator()(tw_lr_schedule *schedule) const { tw_lr_schedule_free(schedule); }
};
using Schedule = std::unique_ptr<tw_lr_schedule, FreeSchedule>;

inline const double initial_lrs[2] = {0.5, 0.1};

/* What the optimizer holds. */
struct Rates {
  std::vector<double> lrs{initial_lrs[0], initial_lrs[1]};
  std::vector<double> momentums{0.0, 0.0};

  tw_rates view() { return {lrs.size(), lrs.data(), momentums.data()}; }

  void start(const Schedule &schedule) {
    tw_rates rates = view();
    REQUIRE(tw_lr_schedule_initial_step(schedule.get(), &rates) == TW_SCHEDULE_OK);
  }
  void step(const Schedule &schedule) {
    tw_rates rates = view();
    REQUIRE(tw_lr_schedule_step(schedule.get(), &rates) == TW_SCHEDULE_OK);
  }
  void step_at(const Schedule &schedule, double epoch) {
    tw_rates rates = view();
    REQUIRE(tw_lr_schedule_step_at(schedule.get(), &rates, epoch) == TW_SCHEDULE_OK);
  }
  void step_metric(const Schedule &schedule, double metric) {
    tw_rates rates = view();
    REQUIRE(tw_lr_schedule_step_metric(schedule.get(), &rates, metric) == TW_SCHEDULE_OK);
  }
};

}  // namespace tw::test
