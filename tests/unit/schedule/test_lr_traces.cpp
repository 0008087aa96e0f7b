/* Every schedule against the rates that PyTorch gave, bit for bit. */
#include <cmath>
#include <functional>

#include "schedule/schedules.h"

using namespace tw::test;

namespace {

const auto *lrs = initial_lrs;
const tw_momentum_range no_momentum = {nullptr, nullptr};

void check_row(const Csv &trace, size_t row, const Rates &rates) {
  INFO("row " << row);
  REQUIRE(rates.lrs[0] == trace.number(row, "lr0"));
  REQUIRE(rates.lrs[1] == trace.number(row, "lr1"));
}

/* Row 0 is what there is already; next makes each further row. */
void check(const std::string &name, const Rates &rates, const std::function<void(size_t)> &next) {
  INFO(name);
  const Csv trace("lr_traces/" + name + ".csv");
  check_row(trace, 0, rates);
  for (size_t row = 1; row < trace.size(); ++row) {
    next(row);
    check_row(trace, row, rates);
  }
}

void check_steps(const std::string &name, tw_lr_schedule *made) {
  const Schedule schedule(made);
  Rates rates;
  rates.start(schedule);
  check(name, rates, [&](size_t) { rates.step(schedule); });
}

int32_t by_group(double *out, double epoch, size_t group, void *) {
  *out = group == 0 ? std::pow(0.95, epoch) : 1 / (1 + epoch);
  return TW_SCHEDULE_OK;
}

int32_t slowly(double *out, double epoch, size_t, void *) {
  *out = 0.9 + 0.005 * epoch;
  return TW_SCHEDULE_OK;
}

/* Of step i of the plateau traces. */
double metric(size_t i) {
  const double list[] = {1, .9, .8, .8, .8, .8, .79999, .8, .8, .8, .8, .8, .5, .6, .6, .6, .6, .6, .6, .6};
  return list[i % 20] * (i >= 20 ? 0.99 : 1.0);
}

}  // namespace

TEST_CASE("each schedule that needs no more than its epoch follows PyTorch to the last bit") {
  const int64_t milestones[4] = {5, 11, 11, 30};
  check_steps("step_lr", tw_step_new(lrs, 2, 7, 0.1));
  check_steps("multi_step_lr", tw_multi_step_new(lrs, 2, milestones, 4, 0.1));
  check_steps("constant_lr", tw_constant_new(lrs, 2, 1.0 / 3, 5));
  check_steps("linear_lr", tw_linear_new(lrs, 2, 1.0 / 3, 1.0, 10));
  check_steps("exponential_lr", tw_exponential_new(lrs, 2, 0.9));
  check_steps("polynomial_lr", tw_polynomial_new(lrs, 2, 20, 1.0));
  check_steps("cosine_annealing_lr", tw_cosine_annealing_new(lrs, 2, 50, 1e-5));
  check_steps("cosine_annealing_warm_restarts", tw_warm_restarts_new(lrs, 2, 10, 2, 0.0));
  check_steps("lambda_lr", tw_lambda_new(lrs, 2, by_group, nullptr));
  check_steps("multiplicative_lr", tw_multiplicative_new(lrs, 2, slowly, nullptr));
}

TEST_CASE("warm restarts at fractions of an epoch follow PyTorch") {
  const Schedule schedule(tw_warm_restarts_new(lrs, 2, 2, 2, 0.0));
  Rates rates;
  rates.start(schedule);
  check("cosine_annealing_warm_restarts_fractional", rates,
        [&](size_t row) { rates.step_at(schedule, static_cast<double>(row) / 8); });
}

TEST_CASE("cyclic follows CyclicLR in each mode") {
  const double base[2] = {0.01, 0.02}, high[2] = {0.1, 0.5}, same_base[2] = {0.01, 0.01}, same_high[2] = {0.1, 0.1};
  const auto run = [](const char *name, const double *low, const double *top, const tw_cycle &cycle) {
    check_steps(name, tw_cyclic_new(low, 2, low, top, &cycle, no_momentum));
  };
  run("cyclic_lr_triangular", base, high, {8, 12, TW_CYCLE_TRIANGULAR, 1.0, nullptr, nullptr, 0});
  run("cyclic_lr_triangular2", same_base, same_high, {8, 8, TW_CYCLE_TRIANGULAR2, 1.0, nullptr, nullptr, 0});
  run("cyclic_lr_exp_range", same_base, same_high, {8, 8, TW_CYCLE_EXP_RANGE, 0.99, nullptr, nullptr, 0});
}

TEST_CASE("one_cycle follows OneCycleLR in two and in three phases") {
  const double max[2] = {0.5, 0.1}, same[2] = {0.5, 0.5};
  const tw_one_cycle cosine = {100, 0.3, 0, 25.0, 1e4, 0}, linear = {100, 0.3, 1, 10.0, 1e4, 1};
  check_steps("one_cycle_lr_cos", tw_one_cycle_new(max, 2, &cosine, no_momentum));
  check_steps("one_cycle_lr_linear_three_phase", tw_one_cycle_new(same, 2, &linear, no_momentum));
}

TEST_CASE("one_cycle ends after its last step") {
  const double max[2] = {0.5, 0.1};
  const tw_one_cycle cycle = {3, 0.3, 0, 25.0, 1e4, 0};
  const Schedule schedule(tw_one_cycle_new(max, 2, &cycle, no_momentum));
  Rates rates;
  rates.start(schedule);
  for (int i = 0; i < 3; ++i) rates.step(schedule);
  tw_rates view = rates.view();
  CHECK(tw_lr_schedule_step(schedule.get(), &view) == TW_SCHEDULE_ENDED);
}

TEST_CASE("reduce_on_plateau follows ReduceLROnPlateau in both modes") {
  const double no_least[2] = {0, 0}, least[2] = {0.01, 0.002};
  const tw_plateau falling = {0, 0.1, 3, 1e-4, 0, 2, 1e-8}, rising = {1, 0.5, 2, 0.05, 1, 0, 1e-8};
  const Schedule min_rel(tw_plateau_new(lrs, 2, &falling, no_least)), max_abs(tw_plateau_new(lrs, 2, &rising, least));
  Rates one, other;
  check("reduce_lr_on_plateau_min_rel", one, [&](size_t row) { one.step_metric(min_rel, metric(row - 1)); });
  check("reduce_lr_on_plateau_max_abs", other, [&](size_t row) { other.step_metric(max_abs, -metric(row - 1)); });
}

TEST_CASE("sequential takes back its children's initial steps, as SequentialLR") {
  const int64_t milestone = 10;
  const Schedule linear(tw_linear_new(lrs, 2, 0.1, 1.0, 10)), cosine(tw_cosine_annealing_new(lrs, 2, 40, 0.0));
  Rates rates;
  rates.start(linear);
  rates.start(cosine);
  tw_lr_schedule *const children[2] = {linear.get(), cosine.get()};
  const Schedule sequential(tw_sequential_new(lrs, 2, children, 2, &milestone));
  tw_rates view = rates.view();
  REQUIRE(tw_sequential_start(sequential.get(), &view) == TW_SCHEDULE_OK);
  check("sequential_linear_then_cosine", rates, [&](size_t) { rates.step(sequential); });
}

TEST_CASE("chained steps its children in order, as ChainedScheduler") {
  const Schedule constant(tw_constant_new(lrs, 2, 0.1, 8)), exponential(tw_exponential_new(lrs, 2, 0.9));
  Rates rates;
  rates.start(constant);
  rates.start(exponential);
  tw_lr_schedule *const children[2] = {constant.get(), exponential.get()};
  const Schedule chained(tw_chained_new(rates.lrs.data(), 2, children, 2));
  check("chained_constant_exponential", rates, [&](size_t) { rates.step(chained); });
}

TEST_CASE("restoring a composite restores its children") {
  const int64_t milestone = 4;
  const Schedule linear(tw_linear_new(lrs, 2, 0.1, 1.0, 10)), cosine(tw_cosine_annealing_new(lrs, 2, 40, 0.0));
  Rates rates;
  rates.start(linear);
  rates.start(cosine);
  tw_lr_schedule *const children[2] = {linear.get(), cosine.get()};
  const Schedule sequential(tw_sequential_new(lrs, 2, children, 2, &milestone));
  tw_rates view = rates.view();
  REQUIRE(tw_sequential_start(sequential.get(), &view) == TW_SCHEDULE_OK);
  tw_lr_schedule_save(sequential.get());
  Rates first = rates, second = rates;
  for (int i = 0; i < 7; ++i) first.step(sequential);
  tw_lr_schedule_restore(sequential.get());
  CHECK(tw_lr_schedule_last_epoch(linear.get()) == 0);
  for (int i = 0; i < 7; ++i) second.step(sequential);
  CHECK(first.lrs == second.lrs);
}
