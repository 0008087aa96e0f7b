/* Every trace of tests/fixtures/lr_traces through the C API, bit for bit: what PyTorch and pytorch_warmup gave. */
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "schedulers.h"

using namespace tw::test;

namespace {

using Warmup = Handle<tw_warmup>;
using Next = std::function<void(size_t row)>;

/* Row 0 is there already; next makes each further one. */
void check_rows(const Csv &trace, const Optimizer &optimizer, const Next &next) {
  check_row(trace, 0, optimizer);
  for (size_t row = 1; row < trace.size(); ++row) {
    next(row);
    check_row(trace, row, optimizer);
  }
}

/* One scheduler, stepped. */
template <class... Parameters, class... Arguments>
void check_steps(const Csv &trace, Constructor<Parameters...> constructor, Arguments... arguments) {
  const auto optimizer = two_groups();
  const auto made = scheduler(constructor, optimizer, arguments...);
  check_rows(trace, optimizer, [&](size_t) { step(made); });
}

using UntunedConstructor = tw_status (*)(tw_warmup **, tw_optimizer *, const double *, size_t);

Warmup untuned(UntunedConstructor constructor, const Optimizer &optimizer) {
  Warmup warmup;
  REQUIRE(constructor(warmup.out(), optimizer.get(), nullptr, 0) == TW_OK);
  return warmup;
}

int64_t last_step(const Warmup &warmup) {
  int64_t out = -9;
  REQUIRE(tw_warmup_get_last_step(&out, warmup.get()) == TW_OK);
  return out;
}

/* ---- the caller's functions --------------------------------------------------------------------------------------- */

tw_status by_group(double *out, double epoch, size_t group, void *) {
  *out = group == 0 ? std::pow(0.95, epoch) : 1 / (1 + epoch);
  return TW_OK;
}

tw_status slowly(double *out, double epoch, size_t, void *) {
  *out = 0.9 + 0.005 * epoch;
  return TW_OK;
}

tw_status constant_one(double *out, double, size_t, void *) {
  *out = 1;
  return TW_OK;
}

/* ---- the schedulers alone ----------------------------------------------------------------------------------------- */

void multi_step_twice(const Csv &trace) {
  const int64_t milestones[4] = {5, 11, 11, 30};
  check_steps(trace, tw_lr_scheduler_multi_step, milestones, 4, 0.1);
}

void warm_restarts_fractional(const Csv &trace) {
  const auto optimizer = two_groups();
  const auto restarts = scheduler(tw_lr_scheduler_cosine_annealing_warm_restarts, optimizer, 2, 2, 0.0);
  check_rows(trace, optimizer, [&](size_t row) { step_at(restarts, static_cast<double>(row) / 8); });
}

void cyclic_per_group(const Csv &trace) {
  const double low[2] = {0.01, 0.02}, high[2] = {0.1, 0.5};
  auto options = cyclic_options(8, 12, TW_CYCLIC_TRIANGULAR);
  options.cycle_momentum = 0;
  check_steps(trace, tw_lr_scheduler_cyclic, low, 2, high, &options);
}

template <tw_cyclic_mode mode>
void cyclic_for_all(const Csv &trace) {
  const double low = 0.01, high = 0.1;
  auto options = cyclic_options(8, -1, mode);
  options.gamma = 0.99;
  options.cycle_momentum = 0;
  check_steps(trace, tw_lr_scheduler_cyclic, &low, 1, &high, &options);
}

void one_cycle_cosine(const Csv &trace) {
  const double high[2] = {0.5, 0.1};
  auto options = one_cycle_options();
  options.cycle_momentum = 0;
  check_steps(trace, tw_lr_scheduler_one_cycle, high, 2, 100, &options);
}

void one_cycle_three_phases(const Csv &trace) {
  const double high = 0.5;
  auto options = one_cycle_options();
  options.cycle_momentum = 0;
  options.anneal_strategy = TW_ONE_CYCLE_ANNEAL_LINEAR;
  options.three_phase = 1;
  options.div_factor = 10;
  check_steps(trace, tw_lr_scheduler_one_cycle, &high, 1, 100, &options);
}

/* Of step i of the plateau traces. */
double metric(size_t i) {
  const double list[] = {1, .9, .8, .8, .8, .8, .79999, .8, .8, .8, .8, .8, .5, .6, .6, .6, .6, .6, .6, .6};
  return list[i % 20] * (i >= 20 ? 0.99 : 1.0);
}

void plateau_min_rel(const Csv &trace) {
  const auto optimizer = two_groups();
  auto options = plateau_options();
  options.patience = 3;
  options.cooldown = 2;
  const auto plateau = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
  check_rows(trace, optimizer, [&](size_t row) { step_metric(plateau, metric(row - 1)); });
}

void plateau_max_abs(const Csv &trace) {
  const double least[2] = {0.01, 0.002};
  const auto optimizer = two_groups();
  auto options = plateau_options();
  options.mode = TW_PLATEAU_MAX;
  options.factor = 0.5;
  options.patience = 2;
  options.threshold = 0.05;
  options.threshold_mode = TW_PLATEAU_THRESHOLD_ABS;
  options.min_lr = least;
  options.min_lr_count = 2;
  const auto plateau = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
  check_rows(trace, optimizer, [&](size_t row) { step_metric(plateau, -metric(row - 1)); });
}

void sequential_trace(const Csv &trace) {
  const auto optimizer = two_groups();
  const auto rise = scheduler(tw_lr_scheduler_linear, optimizer, 0.1, 1.0, 10);
  const auto fall = cosine(optimizer, 40, 0);
  const auto both = sequential(optimizer, {&rise, &fall}, {10});
  check_rows(trace, optimizer, [&](size_t) { step(both); });
}

void chained_trace(const Csv &trace) {
  const auto optimizer = two_groups();
  const auto constant = scheduler(tw_lr_scheduler_constant, optimizer, 0.1, 8);
  const auto exponential = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  const auto both = chained(optimizer, {&constant, &exponential});
  check_rows(trace, optimizer, [&](size_t) { step(both); });
}

/* ---- under a warmup ----------------------------------------------------------------------------------------------- */

template <UntunedConstructor constructor>
void cosine_and_untuned(const Csv &trace) {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto fall = cosine(optimizer, 150, 1e-5);
  const auto warmup = untuned(constructor, optimizer);
  check_rows(trace, optimizer, [&](size_t) { step(warmup, {&fall}); });
}

void chaining(const Csv &trace) {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto exponential = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  const auto steps = scheduler(tw_lr_scheduler_step_lr, optimizer, 3, 0.1);
  const auto warmup = untuned(tw_warmup_untuned_linear, optimizer);
  check_rows(trace, optimizer, [&](size_t) { step(warmup, {&exponential, &steps}); });
}

void delayed_cosine(const Csv &trace) {
  const auto optimizer = two_groups();
  const auto fall = cosine(optimizer, 80, 0);
  const auto warmup = linear(optimizer, {20});
  const std::vector<const Scheduler *> none, one = {&fall};
  check_rows(trace, optimizer, [&](size_t) { step(warmup, last_step(warmup) + 1 >= 20 ? one : none); });
}

void per_epoch(const Csv &trace) {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto steps = multi_step(optimizer, {3, 6}, 0.1);
  const auto warmup = untuned(tw_warmup_untuned_linear, optimizer);
  const std::vector<const Scheduler *> none, one = {&steps};
  check_rows(trace, optimizer, [&](size_t row) { step(warmup, row % 8 == 0 ? one : none); });
}

/* Eight steps an epoch: the warmup takes the first three, and the restarts begin with the last step before row 25. */
void warm_restarts_by_fractions(const Csv &trace) {
  const auto optimizer = two_groups();
  const auto restarts = scheduler(tw_lr_scheduler_cosine_annealing_warm_restarts, optimizer, 4, 2, 0.0);
  const auto warmup = linear(optimizer, {24});
  check_rows(trace, optimizer, [&](size_t row) {
    REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
    if (row > 24) step_at(restarts, static_cast<double>(row - 25) / 8);
    REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  });
}

template <tw_status (*constructor)(tw_warmup **, tw_optimizer *, const int64_t *, size_t)>
void warmup_alone(const Csv &trace) {
  const auto optimizer = two_groups();
  const int64_t periods[2] = {5, 11};
  Warmup warmup;
  REQUIRE(constructor(warmup.out(), optimizer.get(), periods, 2) == TW_OK);
  check_rows(trace, optimizer, [&](size_t) { step(warmup, {}); });
}

void sgd_lambda(const Csv &trace) {
  const auto optimizer = optimizer_of_class("SGD");
  const auto lambda = scheduler(tw_lr_scheduler_lambda, optimizer, constant_one, nullptr, nullptr);
  const auto warmup = linear(optimizer, {5});
  check_rows(trace, optimizer, [&](size_t) { step(warmup, {&lambda}); });
}

void closed_form(const Csv &trace) {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto fall = cosine(optimizer, 60, 1e-5);
  const auto warmup = untuned(tw_warmup_untuned_linear, optimizer);
  check_rows(trace, optimizer, [&](size_t) {
    step_at(fall, last_epoch(fall) + 1);
    REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
  });
}

void closed_form_first(const Csv &trace) {
  const auto optimizer = two_groups(0.95, 0.99);
  const auto steps = multi_step(optimizer, {3}, 0.1);
  const auto warmup = untuned(tw_warmup_untuned_linear, optimizer);
  REQUIRE(tw_warmup_set_last_step(warmup.get(), -1) == TW_OK);
  for (size_t row = 0; row < trace.size(); ++row) {
    step_at(steps, static_cast<double>(row / 8));
    REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
    check_row(trace, row, optimizer);
  }
}

/* Saved after row 17, and gone on with in objects made anew, the warmup before the scheduler's state. */
void resumed(const Csv &trace) {
  auto optimizer = two_groups(0.95, 0.99);
  auto fall = cosine(optimizer, 60, 0);
  auto warmup = untuned(tw_warmup_radam, optimizer);
  check_rows(trace, optimizer, [&](size_t row) {
    step(warmup, {&fall});
    if (row != 17) return;
    const Numbers saved = state(fall);
    optimizer = two_groups(0.95, 0.99);
    fall = cosine(optimizer, 60, 0);
    warmup = untuned(tw_warmup_radam, optimizer);
    REQUIRE(tw_warmup_set_last_step(warmup.get(), 17) == TW_OK);
    set_state(fall, saved);
  });
}

/* ---- all of them -------------------------------------------------------------------------------------------------- */

const std::map<std::string, void (*)(const Csv &)> traces = {
    {"step_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_step_lr, 7, 0.1); }},
    {"multi_step_lr", multi_step_twice},
    {"constant_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_constant, 1.0 / 3, 5); }},
    {"linear_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_linear, 1.0 / 3, 1.0, 10); }},
    {"exponential_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_exponential, 0.9); }},
    {"polynomial_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_polynomial, 20, 1.0); }},
    {"cosine_annealing_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_cosine_annealing, 50, 1e-5); }},
    {"cosine_annealing_warm_restarts",
     [](const Csv &t) { check_steps(t, tw_lr_scheduler_cosine_annealing_warm_restarts, 10, 2, 0.0); }},
    {"cosine_annealing_warm_restarts_fractional", warm_restarts_fractional},
    {"lambda_lr", [](const Csv &t) { check_steps(t, tw_lr_scheduler_lambda, by_group, nullptr, nullptr); }},
    {"multiplicative_lr",
     [](const Csv &t) { check_steps(t, tw_lr_scheduler_multiplicative, slowly, nullptr, nullptr); }},
    {"cyclic_lr_triangular", cyclic_per_group},
    {"cyclic_lr_triangular2", cyclic_for_all<TW_CYCLIC_TRIANGULAR2>},
    {"cyclic_lr_exp_range", cyclic_for_all<TW_CYCLIC_EXP_RANGE>},
    {"one_cycle_lr_cos", one_cycle_cosine},
    {"one_cycle_lr_linear_three_phase", one_cycle_three_phases},
    {"reduce_lr_on_plateau_min_rel", plateau_min_rel},
    {"reduce_lr_on_plateau_max_abs", plateau_max_abs},
    {"sequential_linear_then_cosine", sequential_trace},
    {"chained_constant_exponential", chained_trace},
    {"approach1_cosine_untuned_linear", cosine_and_untuned<tw_warmup_untuned_linear>},
    {"approach1_cosine_untuned_exponential", cosine_and_untuned<tw_warmup_untuned_exponential>},
    {"approach1_cosine_radam", cosine_and_untuned<tw_warmup_radam>},
    {"approach1_chaining", chaining},
    {"approach1_delayed_cosine", delayed_cosine},
    {"approach2_multi_step_per_epoch", per_epoch},
    {"approach3_warm_restarts", warm_restarts_by_fractions},
    {"no_scheduler_linear_per_group", warmup_alone<tw_warmup_linear>},
    {"no_scheduler_exponential_per_group", warmup_alone<tw_warmup_exponential>},
    {"sgd_lambda_linear", sgd_lambda},
    {"seed_approach1_closed_form", closed_form},
    {"seed_approach2_closed_form_first", closed_form_first},
    {"resume_radam_cosine_uninterrupted", resumed},
};

}  // namespace

TEST_CASE("every schedule follows its trace to the last bit") {
  for (const auto &[name, run] : traces) {
    INFO(name);
    run(Csv("lr_traces/" + name + ".csv"));
  }
}

TEST_CASE("every trace of the fixtures is followed here") {
  std::set<std::string> followed, found;
  for (const auto &[name, run] : traces) followed.insert(name);
  for (const auto &file : std::filesystem::directory_iterator(TW_FIXTURES "/lr_traces"))
    found.insert(file.path().stem().string());
  CHECK(found.size() > 30);
  CHECK(found == followed);
}
