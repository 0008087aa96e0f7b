/* What a warmup does to the rates of a run, against the rates of pytorch_warmup. */
#include <functional>

#include "two_groups.h"

using namespace tw::test;

namespace {

using Bind = tw_status (*)(tw_warmup **, tw_optimizer *, const double *, size_t);

Handle<tw_warmup> bind(Bind constructor, const Handle<tw_optimizer> &optimizer) {
  Handle<tw_warmup> warmup;
  REQUIRE(constructor(warmup.out(), optimizer.get(), nullptr, 0) == TW_OK);
  return warmup;
}

int64_t last_step(const Handle<tw_warmup> &warmup) {
  int64_t out = -9;
  REQUIRE(tw_warmup_get_last_step(&out, warmup.get()) == TW_OK);
  return out;
}

/* Row 0 is there already; step makes each further one. */
void check_trace(const Csv &trace, const Handle<tw_optimizer> &optimizer, const std::function<void(size_t)> &step) {
  check_row(trace, 0, optimizer);
  for (size_t row = 1; row < trace.size(); ++row) {
    step(row);
    check_row(trace, row, optimizer);
  }
}

}  // namespace

TEST_CASE("cosine annealing under each untuned warmup gives pytorch_warmup's rates") {
  struct Case {
    const char *path;
    Bind bind;
  };
  const Case cases[] = {{"lr_traces/approach1_cosine_untuned_linear.csv", tw_warmup_untuned_linear},
                        {"lr_traces/approach1_cosine_untuned_exponential.csv", tw_warmup_untuned_exponential},
                        {"lr_traces/approach1_cosine_radam.csv", tw_warmup_radam}};
  for (const Case &one : cases) {
    INFO(one.path);
    const auto optimizer = two_groups(0.95, 0.99);
    const auto scheduler = cosine(optimizer, 150, 1e-5);
    const auto warmup = bind(one.bind, optimizer);
    check_trace(Csv(one.path), optimizer,
                [&](size_t) { REQUIRE(tw_warmup_step(warmup.get(), scheduler.one(), 1) == TW_OK); });
  }
}

TEST_CASE("begin, step, end gives the same rates as tw_warmup_step") {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto scheduler = cosine(optimizer, 60, 0);
  const auto warmup = bind(tw_warmup_radam, optimizer);
  check_trace(Csv("lr_traces/resume_radam_cosine_uninterrupted.csv"), optimizer, [&](size_t row) {
    REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
    REQUIRE(tw_lr_scheduler_step(scheduler.get()) == TW_OK);
    REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
    CHECK(last_step(warmup) == static_cast<int64_t>(row));
  });
}

TEST_CASE("a schedule by epochs under a warmup by steps gives pytorch_warmup's rates") {
  const auto optimizer = two_groups(0.95, 0.99);
  Handle<tw_lr_scheduler> scheduler;
  const int64_t milestones[] = {3, 6};
  REQUIRE(tw_lr_scheduler_multi_step(scheduler.out(), optimizer.get(), milestones, 2, 0.1) == TW_OK);
  const auto warmup = bind(tw_warmup_untuned_linear, optimizer);
  check_trace(Csv("lr_traces/approach2_multi_step_per_epoch.csv"), optimizer, [&](size_t row) {
    const size_t count = row % 8 == 0 ? 1 : 0; /* eight steps an epoch, the scheduler at the last */
    REQUIRE(tw_warmup_step(warmup.get(), scheduler.one(), count) == TW_OK);
  });
}

TEST_CASE("a schedule that waits for the warmup's end gives pytorch_warmup's rates") {
  const auto optimizer = two_groups();
  const auto scheduler = cosine(optimizer, 80, 0);
  const auto warmup = linear(optimizer, {20});
  check_trace(Csv("lr_traces/approach1_delayed_cosine.csv"), optimizer, [&](size_t) {
    const size_t count = last_step(warmup) + 1 >= 20 ? 1 : 0;
    REQUIRE(tw_warmup_step(warmup.get(), scheduler.one(), count) == TW_OK);
  });
}

TEST_CASE("a warmup without a schedule has one period a group") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {5, 11});
  check_trace(Csv("lr_traces/no_scheduler_linear_per_group.csv"), optimizer,
              [&](size_t) { REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK); });

  const auto other = two_groups();
  Handle<tw_warmup> exponential;
  const int64_t periods[] = {5, 11};
  REQUIRE(tw_warmup_exponential(exponential.out(), other.get(), periods, 2) == TW_OK);
  check_trace(Csv("lr_traces/no_scheduler_exponential_per_group.csv"), other,
              [&](size_t) { REQUIRE(tw_warmup_step(exponential.get(), nullptr, 0) == TW_OK); });
}

TEST_CASE("the closed form, then dampen, gives pytorch_warmup's rates") {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto scheduler = cosine(optimizer, 60, 1e-5);
  const auto warmup = bind(tw_warmup_untuned_linear, optimizer);
  check_trace(Csv("lr_traces/seed_approach1_closed_form.csv"), optimizer, [&](size_t) {
    double epoch = 0;
    REQUIRE(tw_lr_scheduler_get_last_epoch(&epoch, scheduler.get()) == TW_OK);
    REQUIRE(tw_lr_scheduler_step_at(scheduler.get(), epoch + 1) == TW_OK);
    REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
  });
}

TEST_CASE("last_step set to -1 lets the closed form and dampen come before each optimizer step") {
  const Csv trace("lr_traces/seed_approach2_closed_form_first.csv");
  const auto optimizer = two_groups(0.95, 0.99);
  Handle<tw_lr_scheduler> scheduler;
  const int64_t milestones[] = {3};
  REQUIRE(tw_lr_scheduler_multi_step(scheduler.out(), optimizer.get(), milestones, 1, 0.1) == TW_OK);
  const auto warmup = bind(tw_warmup_untuned_linear, optimizer);
  REQUIRE(tw_warmup_set_last_step(warmup.get(), -1) == TW_OK);
  for (size_t row = 0; row < trace.size(); ++row) {
    REQUIRE(tw_lr_scheduler_step_at(scheduler.get(), static_cast<double>(row / 8)) == TW_OK);
    REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
    check_row(trace, row, optimizer);
  }
}

TEST_CASE("dampen_at sets the step, and dampen goes on from it") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {10});
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 1.0) == TW_OK);
  REQUIRE(tw_warmup_dampen_at(warmup.get(), 3) == TW_OK);
  CHECK(last_step(warmup) == 3);
  CHECK(lr(optimizer, 0) == 0.4);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 1.0) == TW_OK);
  REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
  CHECK(last_step(warmup) == 4);
  CHECK(lr(optimizer, 0) == 0.5);
}

TEST_CASE("dampening_end keeps a rate that was set in between") {
  const auto optimizer = two_groups();
  const auto warmup = linear(optimizer, {4});
  REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 0.5);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 2.0) == TW_OK);
  REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  CHECK(lr(optimizer, 0) == 1.0);
  REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK);
  CHECK(lr(optimizer, 0) == 1.5);
}

TEST_CASE("the factor of any step is that of the reference, whatever the step now") {
  const Csv csv("warmup_factors.csv");
  const auto optimizer = two_groups(0.9, 0.999);
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_radam(warmup.out(), optimizer.get(), nullptr, 0) == TW_OK);
  size_t compared = 0;
  for (size_t row = 0; row < csv.size(); ++row) {
    if (csv.text(row, "schedule") != "radam" || csv.number(row, "beta2") != 0.999) continue;
    double factor = 0;
    REQUIRE(tw_warmup_get_factor(&factor, warmup.get(), static_cast<int64_t>(csv.number(row, "step")), 1) == TW_OK);
    REQUIRE(factor == csv.number(row, "factor"));
    ++compared;
  }
  CHECK(compared > 10);
}
