/* Every trace of tests/fixtures/lr_traces through the classes, bit for bit: what PyTorch and pytorch_warmup gave. */
#include <cmath>
#include <filesystem>
#include <set>

#include "cpp_support.h"

using namespace tw::test;

namespace {

template <class T, class Next>
void check_rows(const Csv &trace, T &optimizer, const Next &next) {
  check_row(trace, 0, optimizer);
  for (size_t row = 1; row < trace.size(); ++row) {
    next(row);
    check_row(trace, row, optimizer);
  }
}

/* A scheduler alone, stepped. */
template <class Scheduler, class... Arguments>
void steps(const Csv &trace, const Arguments &...arguments) {
  auto optimizer = adamw();
  Scheduler scheduler(optimizer, arguments...);
  check_rows(trace, optimizer, [&](size_t) { scheduler.step(); });
}

/* Cosine annealing under an untuned warmup. */
template <class Warmup>
void cosine_under(const Csv &trace) {
  auto optimizer = adamw(0.95, 0.99);
  tw::CosineAnnealingLR scheduler(optimizer, 150, 1e-5);
  Warmup warmup(optimizer);
  check_rows(trace, optimizer, [&](size_t) { warmup.step(scheduler); });
}

template <class Warmup>
void warmup_alone(const Csv &trace) {
  auto optimizer = adamw();
  Warmup warmup(optimizer, {5, 11});
  check_rows(trace, optimizer, [&](size_t) { warmup.step(); });
}

void cyclic_per_group(const Csv &trace) {
  tw::CyclicOptions options;
  options.step_size_up = 8;
  options.step_size_down = 12;
  options.cycle_momentum = false;
  steps<tw::CyclicLR>(trace, tw::PerGroup<double>{0.01, 0.02}, tw::PerGroup<double>{0.1, 0.5}, options);
}

template <tw::CyclicMode mode>
void cyclic(const Csv &trace) {
  tw::CyclicOptions options;
  options.step_size_up = 8;
  options.mode = mode;
  options.gamma = 0.99;
  options.cycle_momentum = false;
  steps<tw::CyclicLR>(trace, 0.01, 0.1, options);
}

void one_cycle_cosine(const Csv &trace) {
  tw::OneCycleOptions options;
  options.cycle_momentum = false;
  steps<tw::OneCycleLR>(trace, tw::PerGroup<double>{0.5, 0.1}, 100, options);
}

void one_cycle_three_phases(const Csv &trace) {
  tw::OneCycleOptions options;
  options.cycle_momentum = false;
  options.anneal_strategy = tw::OneCycleAnneal::Linear;
  options.three_phase = true;
  options.div_factor = 10;
  steps<tw::OneCycleLR>(trace, 0.5, 100, options);
}

/* Of step i of the plateau traces. */
double metric(size_t i) {
  const double list[] = {1, .9, .8, .8, .8, .8, .79999, .8, .8, .8, .8, .8, .5, .6, .6, .6, .6, .6, .6, .6};
  return list[i % 20] * (i >= 20 ? 0.99 : 1.0);
}

void plateau(const Csv &trace, const tw::ReduceLROnPlateauOptions &options, double sign) {
  auto optimizer = adamw();
  tw::ReduceLROnPlateau scheduler(optimizer, options);
  check_rows(trace, optimizer, [&](size_t row) { scheduler.step(sign * metric(row - 1)); });
}

void plateau_min_rel(const Csv &trace) {
  tw::ReduceLROnPlateauOptions options;
  options.patience = 3;
  options.cooldown = 2;
  plateau(trace, options, 1);
}

void plateau_max_abs(const Csv &trace) {
  tw::ReduceLROnPlateauOptions options;
  options.mode = tw::PlateauMode::Max;
  options.factor = 0.5;
  options.patience = 2;
  options.threshold = 0.05;
  options.threshold_mode = tw::PlateauThresholdMode::Abs;
  options.min_lr = {0.01, 0.002};
  plateau(trace, options, -1);
}

void warm_restarts_fractional(const Csv &trace) {
  auto optimizer = adamw();
  tw::CosineAnnealingWarmRestarts scheduler(optimizer, 2, 2);
  check_rows(trace, optimizer, [&](size_t row) { scheduler.step_at(static_cast<double>(row) / 8); });
}

void sequential(const Csv &trace) {
  auto optimizer = adamw();
  tw::LinearLR rise(optimizer, 0.1, 1, 10);
  tw::CosineAnnealingLR fall(optimizer, 40);
  tw::SequentialLR both(optimizer, {rise, fall}, {10});
  check_rows(trace, optimizer, [&](size_t) { both.step(); });
}

void chained(const Csv &trace) {
  auto optimizer = adamw();
  tw::ConstantLR constant(optimizer, 0.1, 8);
  tw::ExponentialLR exponential(optimizer, 0.9);
  tw::ChainedScheduler both({constant, exponential});
  check_rows(trace, optimizer, [&](size_t) { both.step(); });
}

void chaining(const Csv &trace) {
  auto optimizer = adamw(0.95, 0.99);
  tw::ExponentialLR exponential(optimizer, 0.9);
  tw::StepLR by_steps(optimizer, 3, 0.1);
  tw::UntunedLinearWarmup warmup(optimizer);
  check_rows(trace, optimizer, [&](size_t row) {
    if (row % 2 == 0) return warmup.step({exponential, by_steps});
    const auto guard = warmup.dampening();
    exponential.step();
    by_steps.step();
  });
}

void delayed_cosine(const Csv &trace) {
  auto optimizer = adamw();
  tw::CosineAnnealingLR fall(optimizer, 80);
  tw::LinearWarmup warmup(optimizer, 20);
  check_rows(trace, optimizer, [&](size_t) {
    const auto guard = warmup.dampening();
    if (warmup.last_step() + 1 >= 20) fall.step();
  });
}

void per_epoch(const Csv &trace) {
  auto optimizer = adamw(0.95, 0.99);
  tw::MultiStepLR by_epochs(optimizer, {3, 6});
  tw::UntunedLinearWarmup warmup(optimizer);
  check_rows(trace, optimizer, [&](size_t row) { row % 8 == 0 ? warmup.step(by_epochs) : warmup.step(); });
}

void warm_restarts_by_fractions(const Csv &trace) {
  auto optimizer = adamw();
  tw::CosineAnnealingWarmRestarts restarts(optimizer, 4, 2);
  tw::LinearWarmup warmup(optimizer, 24);
  check_rows(trace, optimizer, [&](size_t row) {
    auto guard = warmup.dampening();
    if (row > 24) restarts.step_at(static_cast<double>(row - 25) / 8);
    guard.end();
  });
}

void sgd_lambda(const Csv &trace) {
  auto optimizer = sgd();
  tw::LambdaLR lambda(optimizer, [](double) { return 1.0; });
  tw::LinearWarmup warmup(optimizer, 5);
  check_rows(trace, optimizer, [&](size_t) { warmup.step(lambda); });
}

void closed_form(const Csv &trace) {
  auto optimizer = adamw(0.95, 0.99);
  tw::CosineAnnealingLR fall(optimizer, 60, 1e-5);
  tw::UntunedLinearWarmup warmup(optimizer);
  check_rows(trace, optimizer, [&](size_t) {
    fall.step_at(fall.last_epoch() + 1);
    warmup.dampen();
  });
}

void closed_form_first(const Csv &trace) {
  auto optimizer = adamw(0.95, 0.99);
  tw::MultiStepLR by_epochs(optimizer, {3});
  tw::UntunedLinearWarmup warmup(optimizer);
  warmup.set_last_step(-1);
  for (size_t row = 0; row < trace.size(); ++row) {
    by_epochs.step_at(static_cast<double>(row / 8));
    warmup.dampen();
    check_row(trace, row, optimizer);
  }
}

/* Saved after row 17, and gone on with in objects made anew. */
void resumed(const Csv &trace) {
  auto first = adamw(0.95, 0.99), second = adamw(0.95, 0.99);
  auto *optimizer = &first;
  tw::LRScheduler fall = tw::CosineAnnealingLR(first, 60);
  tw::Warmup warmup = tw::RAdamWarmup(first);
  check_row(trace, 0, first);
  for (size_t row = 1; row < trace.size(); ++row) {
    warmup.step(fall);
    if (row == 17) {
      const Numbers saved = fall.get_state();
      const tw::WarmupStateNumbers saved_warmup = warmup.get_state();
      optimizer = &second;
      fall = tw::CosineAnnealingLR(second, 60);
      warmup = tw::RAdamWarmup(second);
      fall.set_state(saved);
      warmup.set_state(saved_warmup);
    }
    check_row(trace, row, *optimizer);
  }
}

double by_group(double epoch, size_t group) { return group == 0 ? std::pow(0.95, epoch) : 1 / (1 + epoch); }

const std::map<std::string, void (*)(const Csv &)> traces = {
    {"step_lr", [](const Csv &t) { steps<tw::StepLR>(t, 7); }},
    {"multi_step_lr",
     [](const Csv &t) {
       steps<tw::MultiStepLR>(t, std::vector<int64_t>{5, 11, 11, 30});
     }},
    {"constant_lr", [](const Csv &t) { steps<tw::ConstantLR>(t); }},
    {"linear_lr", [](const Csv &t) { steps<tw::LinearLR>(t, 1.0 / 3, 1, 10); }},
    {"exponential_lr", [](const Csv &t) { steps<tw::ExponentialLR>(t, 0.9); }},
    {"polynomial_lr", [](const Csv &t) { steps<tw::PolynomialLR>(t, 20); }},
    {"cosine_annealing_lr", [](const Csv &t) { steps<tw::CosineAnnealingLR>(t, 50, 1e-5); }},
    {"cosine_annealing_warm_restarts", [](const Csv &t) { steps<tw::CosineAnnealingWarmRestarts>(t, 10, 2); }},
    {"cosine_annealing_warm_restarts_fractional", warm_restarts_fractional},
    {"lambda_lr", [](const Csv &t) { steps<tw::LambdaLR>(t, by_group); }},
    {"multiplicative_lr",
     [](const Csv &t) { steps<tw::MultiplicativeLR>(t, [](double epoch) { return 0.9 + 0.005 * epoch; }); }},
    {"cyclic_lr_triangular", cyclic_per_group},
    {"cyclic_lr_triangular2", cyclic<tw::CyclicMode::Triangular2>},
    {"cyclic_lr_exp_range", cyclic<tw::CyclicMode::ExpRange>},
    {"one_cycle_lr_cos", one_cycle_cosine},
    {"one_cycle_lr_linear_three_phase", one_cycle_three_phases},
    {"reduce_lr_on_plateau_min_rel", plateau_min_rel},
    {"reduce_lr_on_plateau_max_abs", plateau_max_abs},
    {"sequential_linear_then_cosine", sequential},
    {"chained_constant_exponential", chained},
    {"approach1_cosine_untuned_linear", cosine_under<tw::UntunedLinearWarmup>},
    {"approach1_cosine_untuned_exponential", cosine_under<tw::UntunedExponentialWarmup>},
    {"approach1_cosine_radam", cosine_under<tw::RAdamWarmup>},
    {"approach1_chaining", chaining},
    {"approach1_delayed_cosine", delayed_cosine},
    {"approach2_multi_step_per_epoch", per_epoch},
    {"approach3_warm_restarts", warm_restarts_by_fractions},
    {"no_scheduler_linear_per_group", warmup_alone<tw::LinearWarmup>},
    {"no_scheduler_exponential_per_group", warmup_alone<tw::ExponentialWarmup>},
    {"sgd_lambda_linear", sgd_lambda},
    {"seed_approach1_closed_form", closed_form},
    {"seed_approach2_closed_form_first", closed_form_first},
    {"resume_radam_cosine_uninterrupted", resumed},
};

}  // namespace

TEST_CASE("every schedule's class follows its trace to the last bit") {
  for (const auto &[name, run] : traces) {
    INFO(name);
    run(Csv("lr_traces/" + name + ".csv"));
  }
}

TEST_CASE("every trace of the fixtures is followed by a class") {
  std::set<std::string> followed, found;
  for (const auto &[name, run] : traces) followed.insert(name);
  for (const auto &file : std::filesystem::directory_iterator(TW_FIXTURES "/lr_traces"))
    found.insert(file.path().stem().string());
  CHECK(found.size() > 30);
  CHECK(found == followed);
}
