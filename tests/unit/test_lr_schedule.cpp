#include <cmath>
#include <memory>
#include <vector>

#include "catch.h"
#include "csv.h"
#include "lr_schedule.h"

using tw::test::Csv;

namespace {

const double initial[2] = {0.5, 0.1};
const int64_t milestones[4] = {5, 11, 11, 30};

struct Free {
  void operator()(tw_lr_schedule *schedule) const { tw_lr_schedule_free(schedule); }
};
using Schedule = std::unique_ptr<tw_lr_schedule, Free>;

Schedule cosine(int64_t t_max, double eta_min) { return Schedule(tw_cosine_annealing_new(initial, 2, t_max, eta_min)); }
Schedule multi_step() { return Schedule(tw_multi_step_new(initial, 2, milestones, 4, 0.1)); }

/* The rates after the initial step and after each further one are the rows of the trace. */
void check_trace(const char *path, tw_lr_schedule *schedule) {
  const Csv csv(path);
  std::vector<double> lrs(initial, initial + 2);
  for (size_t row = 0; row < csv.size(); ++row) {
    tw_lr_schedule_step(schedule, lrs.data());
    INFO(path << " row " << row);
    CHECK(tw_lr_schedule_last_epoch(schedule) == static_cast<double>(row));
    REQUIRE(lrs[0] == csv.number(row, "lr0"));
    REQUIRE(lrs[1] == csv.number(row, "lr1"));
    REQUIRE(tw_lr_schedule_last_lrs(schedule)[1] == lrs[1]);
  }
}

}  // namespace

TEST_CASE("multi_step follows MultiStepLR to the last bit, with a milestone that comes twice") {
  check_trace("lr_traces/multi_step_lr.csv", multi_step().get());
}

TEST_CASE("cosine_annealing follows CosineAnnealingLR to the last bit, past its lowest point") {
  check_trace("lr_traces/cosine_annealing_lr.csv", cosine(50, 1e-5).get());
}

TEST_CASE("the closed form depends on the epoch alone") {
  const Schedule schedule = cosine(50, 1e-5);
  double first[2] = {7, 8}, again[2] = {0, 0}, other[2] = {0, 0};
  tw_lr_schedule_step_at(schedule.get(), first, 12.5);
  tw_lr_schedule_step_at(schedule.get(), other, 3);
  tw_lr_schedule_step_at(schedule.get(), again, 12.5);
  CHECK(first[0] == again[0]);
  CHECK(first[1] == again[1]);
  CHECK(first[0] != other[0]);
}

TEST_CASE("the closed and the recursive form agree to rounding") {
  const bool with_milestones = GENERATE(false, true);
  const Schedule schedule = with_milestones ? multi_step() : cosine(50, 1e-5);
  const Schedule closed = with_milestones ? multi_step() : cosine(50, 1e-5);
  double recursive[2] = {initial[0], initial[1]}, lrs[2] = {0, 0};
  for (int epoch = 0; epoch <= 120; ++epoch) {
    tw_lr_schedule_step(schedule.get(), recursive);
    tw_lr_schedule_step_at(closed.get(), lrs, epoch);
    INFO(schedule->kind->name << " epoch " << epoch);
    CHECK(std::fabs(lrs[0] - recursive[0]) <= 1e-9 * recursive[0]);
    CHECK(std::fabs(lrs[1] - recursive[1]) <= 1e-9 * recursive[1]);
  }
}

TEST_CASE("restoring puts back the state that was saved, and the next step is the same") {
  const Schedule schedule = cosine(20, 0);
  double lrs[2] = {initial[0], initial[1]};
  for (int i = 0; i < 8; ++i) tw_lr_schedule_step(schedule.get(), lrs);
  tw_lr_schedule_save(schedule.get());
  double first[2] = {lrs[0], lrs[1]}, second[2] = {lrs[0], lrs[1]};
  tw_lr_schedule_step(schedule.get(), first);
  tw_lr_schedule_restore(schedule.get());
  CHECK(tw_lr_schedule_last_epoch(schedule.get()) == 7);
  CHECK(tw_lr_schedule_last_lrs(schedule.get())[0] == lrs[0]);
  tw_lr_schedule_step(schedule.get(), second);
  CHECK(first[0] == second[0]);
  CHECK(first[1] == second[1]);
}
