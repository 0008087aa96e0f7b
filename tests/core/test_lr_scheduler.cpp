#include <cmath>
#include <limits>

#include "two_groups.h"

using namespace tw::test;

namespace {

Handle<tw_lr_scheduler> multi_step(const Handle<tw_optimizer> &optimizer, const std::vector<int64_t> &milestones,
                                   double gamma = 0.1) {
  Handle<tw_lr_scheduler> scheduler;
  REQUIRE(tw_lr_scheduler_multi_step(scheduler.out(), optimizer.get(), milestones.data(), milestones.size(), gamma) ==
          TW_OK);
  return scheduler;
}

void check_trace(const char *path, const Handle<tw_optimizer> &optimizer, const Handle<tw_lr_scheduler> &scheduler) {
  const Csv trace(path);
  check_row(trace, 0, optimizer);
  for (size_t row = 1; row < trace.size(); ++row) {
    REQUIRE(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
    check_row(trace, row, optimizer);
  }
}

double last_epoch(const Handle<tw_lr_scheduler> &scheduler) {
  double out = -1;
  REQUIRE(tw_lr_scheduler_get_last_epoch(&out, scheduler.get()) == TW_OK);
  return out;
}

tw_status make_cosine(const Handle<tw_optimizer> &optimizer, int64_t t_max, double eta_min) {
  auto *scheduler = rubbish<tw_lr_scheduler>();
  const tw_status status = tw_lr_scheduler_cosine_annealing(&scheduler, optimizer.get(), t_max, eta_min);
  CHECK(scheduler == nullptr);
  return status;
}

tw_status make_multi_step(const Handle<tw_optimizer> &optimizer, const std::vector<int64_t> &milestones, double gamma) {
  auto *scheduler = rubbish<tw_lr_scheduler>();
  const tw_status status =
      tw_lr_scheduler_multi_step(&scheduler, optimizer.get(), milestones.data(), milestones.size(), gamma);
  CHECK(scheduler == nullptr);
  return status;
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("an LR scheduler drives an optimizer at PyTorch's rates") {
  const auto optimizer = two_groups();
  check_trace("lr_traces/cosine_annealing_lr.csv", optimizer, cosine(optimizer, 50, 1e-5));
  const auto other = two_groups();
  check_trace("lr_traces/multi_step_lr.csv", other, multi_step(other, {5, 11, 11, 30}));
}

TEST_CASE("an LR scheduler tells its epoch, its base rates and its last rates") {
  const auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 50, 1e-5);
  double rates[2] = {0, 0};
  CHECK(last_epoch(scheduler) == 0);
  REQUIRE(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
  CHECK(last_epoch(scheduler) == 1);
  REQUIRE(tw_lr_scheduler_get_last_lrs(rates, 2, nullptr, scheduler.get()) == TW_OK);
  CHECK(rates[0] == lr(optimizer, 0));
  CHECK(rates[1] == lr(optimizer, 1));
  REQUIRE(tw_lr_scheduler_get_base_lrs(rates, 2, nullptr, scheduler.get()) == TW_OK);
  CHECK(rates[0] == 0.5);
  CHECK(rates[1] == 0.1);
  CHECK(tw_lr_scheduler_get_last_lrs(rates, 1, nullptr, scheduler.get()) == TW_ERROR_CAPACITY);
  CHECK_THAT(last_error(), Contains("capacity is 1"));
  CHECK(rates[0] == 0.5);
}

TEST_CASE("step_at takes the closed form, also at a fraction of an epoch, and step goes on from it") {
  const auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 50, 1e-5);
  REQUIRE(tw_lr_scheduler_step_at(scheduler.get(), 12.5) == TW_OK);
  CHECK(last_epoch(scheduler) == 12.5);
  const double cosine_of = std::cos(3.14159265358979323846 * 12.5 / 50);
  CHECK(lr(optimizer, 0) == 1e-5 + (0.5 - 1e-5) * (1 + cosine_of) / 2);
  REQUIRE(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
  CHECK(last_epoch(scheduler) == 13.5);
}

TEST_CASE("warm restarts count whole epochs, also after a fraction of one") {
  const auto optimizer = two_groups();
  Handle<tw_lr_scheduler> restarts;
  REQUIRE(tw_lr_scheduler_cosine_annealing_warm_restarts(restarts.out(), optimizer.get(), 4, 2, 0) == TW_OK);
  REQUIRE(tw_lr_scheduler_step_at(restarts.get(), 2.75) == TW_OK);
  CHECK(last_epoch(restarts) == 2);
  REQUIRE(tw_lr_scheduler_step(restarts.get()) == TW_OK);
  CHECK(last_epoch(restarts) == 3);
}

TEST_CASE("a later LR scheduler has the first one's base rates, as PyTorch's initial_lr") {
  const auto optimizer = two_groups();
  const auto first = multi_step(optimizer, {0}, 0.5); /* its initial step halves the rates */
  CHECK(lr(optimizer, 0) == 0.25);
  const auto second = cosine(optimizer, 50, 0);
  double base[2] = {0, 0};
  REQUIRE(tw_lr_scheduler_get_base_lrs(base, 2, nullptr, second.get()) == TW_OK);
  CHECK(base[0] == 0.5);
  CHECK(base[1] == 0.1);
}

TEST_CASE("the base rates outlive the LR scheduler that recorded them, as PyTorch's initial_lr") {
  const auto optimizer = two_groups();
  auto scheduler = cosine(optimizer, 50, 0);
  for (int i = 0; i < 10; ++i) REQUIRE(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
  scheduler = Handle<tw_lr_scheduler>();
  REQUIRE(lr(optimizer, 0) < 0.5);
  const auto later = cosine(optimizer, 50, 0);
  double base[2] = {0, 0};
  REQUIRE(tw_lr_scheduler_get_base_lrs(base, 2, nullptr, later.get()) == TW_OK);
  CHECK(base[0] == 0.5);
  CHECK(base[1] == 0.1);
}

TEST_CASE("an LR scheduler keeps the optimizer alive") {
  auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 50, 0);
  optimizer = Handle<tw_optimizer>();
  CHECK(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
}

TEST_CASE("an LR scheduler refuses arguments that PyTorch lets through, and changes no rate") {
  const auto optimizer = two_groups();
  CHECK(make_cosine(optimizer, 0, 0) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("t_max is 0"));
  CHECK(make_cosine(optimizer, 10, not_a_number) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("eta_min is nan"));
  CHECK(make_multi_step(optimizer, {-1}, 0.1) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("milestones[0] is -1"));
  CHECK(make_multi_step(optimizer, {3}, not_a_number) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("gamma is nan"));
  CHECK(lr(optimizer, 0) == 0.5);
  CHECK(lr(optimizer, 1) == 0.1);
}

TEST_CASE("step_at refuses an epoch that is no epoch") {
  const auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 50, 0);
  for (double epoch : {-1.0, not_a_number, std::numeric_limits<double>::infinity()}) {
    CHECK(tw_lr_scheduler_step_at(scheduler.get(), epoch) == TW_ERROR_RANGE);
    CHECK_THAT(last_error(), Contains("epoch is "));
  }
  CHECK(last_epoch(scheduler) == 0);
}

TEST_CASE("a step to a rate that is not finite is refused and takes nothing along") {
  const auto optimizer = two_groups();
  const auto scheduler = multi_step(optimizer, {1, 1}, 1e200);
  CHECK(tw_lr_scheduler_step(scheduler.get()) == TW_ERROR_RANGE);
  CHECK_THAT(last_error(), Contains("MultiStepLR makes the rate of group 0 inf"));
  CHECK(last_epoch(scheduler) == 0);
  CHECK(lr(optimizer, 0) == 0.5);
}

TEST_CASE("an LR scheduler of arguments for each group refuses a group that was added after it was made") {
  const auto optimizer = two_groups();
  Handle<tw_lr_scheduler> scheduler;
  REQUIRE(tw_lr_scheduler_cosine_annealing_warm_restarts(scheduler.out(), optimizer.get(), 5, 1, 0) == TW_OK);
  add_group(optimizer);
  CHECK(tw_lr_scheduler_step(scheduler.get()) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("3 parameter groups; this CosineAnnealingWarmRestarts was made for 2"));
  CHECK(tw_lr_scheduler_step_at(scheduler.get(), 3) == TW_ERROR_STATE);
  CHECK(last_epoch(scheduler) == 0);
  CHECK(lr(optimizer, 0) == 0.5);
}

TEST_CASE("an LR scheduler cannot be made while a warmup holds the rates dampened, and can in between") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  CHECK(make_cosine(optimizer, 50, 0) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("a warmup has dampened"));
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  const auto scheduler = cosine(optimizer, 50, 0);
  REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  double base[2] = {0, 0};
  REQUIRE(tw_lr_scheduler_get_base_lrs(base, 2, nullptr, scheduler.get()) == TW_OK);
  CHECK(base[0] == 0.5);
}

TEST_CASE("a recursive step on dampened rates is refused") {
  const auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 50, 0);
  const auto warmup = linear(optimizer, {10});
  CHECK(tw_lr_scheduler_step(scheduler.get()) == TW_ERROR_STATE);
  CHECK_THAT(last_error(), Contains("tw_warmup_dampening_begin"));
  CHECK(lr(optimizer, 0) == 0.05);
}
