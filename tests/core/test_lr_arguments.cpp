/* The arguments of the schedules: what is refused, by name and value, and what stands for a default. */
#include <cmath>
#include <limits>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double low = 0.01, high = 0.1;

template <class Change>
void refuse_cyclic(tw_status status, std::initializer_list<std::string> texts, Change &&change) {
  auto options = cyclic_options(4, 4, TW_CYCLIC_TRIANGULAR);
  change(options);
  check_refused(status, texts, tw_lr_scheduler_cyclic, two_groups(), &low, 1, &high, &options);
}

template <class Change>
void refuse_one_cycle(tw_status status, std::initializer_list<std::string> texts, Change &&change) {
  auto options = one_cycle_options();
  change(options);
  check_refused(status, texts, tw_lr_scheduler_one_cycle, two_groups(), &high, 1, 10, &options);
}

template <class Change>
void refuse_plateau(tw_status status, std::initializer_list<std::string> texts, Change &&change) {
  auto options = plateau_options();
  change(options);
  check_refused(status, texts, tw_lr_scheduler_reduce_on_plateau, two_groups(), &options);
}

}  // namespace

TEST_CASE("step, exponential and multi_step refuse numbers that make no schedule") {
  const auto optimizer = two_groups();
  check_refused(TW_ERROR_RANGE, {"step_size is 0", "positive"}, tw_lr_scheduler_step_lr, optimizer, 0, 0.1);
  check_refused(TW_ERROR_RANGE, {"step_size is -3"}, tw_lr_scheduler_step_lr, optimizer, -3, 0.1);
  for (const double gamma : {no_number, inf, -inf}) {
    const int64_t milestone = 3;
    check_refused(TW_ERROR_RANGE, {"gamma is ", "finite"}, tw_lr_scheduler_step_lr, optimizer, 3, gamma);
    check_refused(TW_ERROR_RANGE, {"gamma is ", "finite"}, tw_lr_scheduler_exponential, optimizer, gamma);
    check_refused(TW_ERROR_RANGE, {"gamma is ", "finite"}, tw_lr_scheduler_multi_step, optimizer, &milestone, 1, gamma);
  }
}

TEST_CASE("constant, linear and polynomial refuse factors and lengths outside their ranges") {
  const auto optimizer = two_groups();
  for (const double factor : {-0.1, 1.1, no_number})
    check_refused(TW_ERROR_RANGE, {"factor is ", "[0, 1]"}, tw_lr_scheduler_constant, optimizer, factor, 5);
  check_refused(TW_ERROR_RANGE, {"total_iters is -1"}, tw_lr_scheduler_constant, optimizer, 0.5, -1);
  for (const double factor : {0.0, -0.1, 1.1, no_number})
    check_refused(TW_ERROR_RANGE, {"start_factor is ", "(0, 1]"}, tw_lr_scheduler_linear, optimizer, factor, 1.0, 5);
  for (const double factor : {-0.1, 1.1, no_number})
    check_refused(TW_ERROR_RANGE, {"end_factor is ", "[0, 1]"}, tw_lr_scheduler_linear, optimizer, 0.5, factor, 5);
  for (const double iters : {-0.5, no_number, inf}) {
    check_refused(TW_ERROR_RANGE, {"total_iters is "}, tw_lr_scheduler_linear, optimizer, 0.5, 1.0, iters);
    check_refused(TW_ERROR_RANGE, {"total_iters is "}, tw_lr_scheduler_polynomial, optimizer, iters, 1.0);
    check_refused(TW_ERROR_RANGE, {"total_iters is "}, tw_lr_scheduler_constant, optimizer, 0.5, iters);
  }
  for (const double power : {-0.5, no_number, inf})
    check_refused(TW_ERROR_RANGE, {"power is "}, tw_lr_scheduler_polynomial, optimizer, 5, power);
}

TEST_CASE("cosine_annealing_warm_restarts refuses periods below 1, which PyTorch divides by") {
  const auto optimizer = two_groups();
  const auto restarts = tw_lr_scheduler_cosine_annealing_warm_restarts;
  check_refused(TW_ERROR_RANGE, {"t_0 is 0", "at least 1"}, restarts, optimizer, 0, 1, 0.0);
  check_refused(TW_ERROR_RANGE, {"t_mult is 0", "at least 1"}, restarts, optimizer, 5, 0, 0.0);
  for (const double eta_min : {no_number, inf})
    check_refused(TW_ERROR_RANGE, {"eta_min is "}, restarts, optimizer, 5, 1, eta_min);
}

TEST_CASE("inverse_sqrt and warmup_stable_decay refuse lengths and factors outside their ranges") {
  const auto optimizer = two_groups();
  const auto decay = tw_lr_scheduler_warmup_stable_decay;
  check_refused(TW_ERROR_RANGE, {"timescale is 0"}, tw_lr_scheduler_inverse_sqrt, optimizer, 0);
  check_refused(TW_ERROR_RANGE, {"warmup_iters is -1"}, decay, optimizer, -1, 5, 5, TW_LR_DECAY_LINEAR, 0.0);
  check_refused(TW_ERROR_RANGE, {"stable_iters is -1"}, decay, optimizer, 5, -1, 5, TW_LR_DECAY_LINEAR, 0.0);
  check_refused(TW_ERROR_RANGE, {"decay_iters is 0"}, decay, optimizer, 5, 5, 0, TW_LR_DECAY_LINEAR, 0.0);
  check_refused(TW_ERROR_ARGUMENT, {"decay is 3"}, decay, optimizer, 5, 5, 5, tw_lr_decay(3), 0.0);
  for (const double factor : {-0.1, 1.5, no_number})
    check_refused(TW_ERROR_RANGE, {"end_factor is "}, decay, optimizer, 5, 5, 5, TW_LR_DECAY_SQRT, factor);
}

TEST_CASE("a wrong count names both counts") {
  const auto optimizer = two_groups();
  const double three[3] = {0.1, 0.2, 0.3};
  check_refused(TW_ERROR_ARGUMENT, {"there are 3 values of base_lrs", "parameter group, 2"}, tw_lr_scheduler_cyclic,
                optimizer, three, 3, three, nullptr);
  check_refused(TW_ERROR_ARGUMENT, {"there are 3 values of max_lrs", "parameter group, 2"}, tw_lr_scheduler_one_cycle,
                optimizer, three, 3, 10, nullptr);
  check_refused(TW_ERROR_ARGUMENT, {"there are 0 values of max_lrs"}, tw_lr_scheduler_one_cycle, optimizer, three, 0,
                10, nullptr);
  refuse_cyclic(TW_ERROR_ARGUMENT, {"there are 3 values of base_momentum", "parameter group, 2"}, [&](auto &options) {
    options.base_momentum = options.max_momentum = three;
    options.momentum_count = 3;
  });
  refuse_plateau(TW_ERROR_ARGUMENT, {"there are 3 values of min_lr", "parameter group, 2"}, [&](auto &options) {
    options.min_lr = three;
    options.min_lr_count = 3;
  });
}

TEST_CASE("cyclic refuses bounds, lengths, modes and momentums that make no cycle") {
  const double bad[2] = {0.1, no_number}, good[2] = {0.1, 0.2};
  const auto optimizer = two_groups();
  check_refused(TW_ERROR_RANGE, {"base_lrs[1] is nan"}, tw_lr_scheduler_cyclic, optimizer, bad, 2, good, nullptr);
  check_refused(TW_ERROR_RANGE, {"max_lrs[1] is nan"}, tw_lr_scheduler_cyclic, optimizer, good, 2, bad, nullptr);
  refuse_cyclic(TW_ERROR_RANGE, {"step_size_up is 0"}, [](auto &o) { o.step_size_up = 0; });
  refuse_cyclic(TW_ERROR_RANGE, {"step_size_down is -2"}, [](auto &o) { o.step_size_down = -2; });
  refuse_cyclic(TW_ERROR_ARGUMENT, {"mode is 4"}, [](auto &o) { set_number(o.mode, 4); });
  refuse_cyclic(TW_ERROR_ARGUMENT, {"scale_mode is -1"}, [](auto &o) { set_number(o.scale_mode, -1); });
  refuse_cyclic(TW_ERROR_ARGUMENT, {"scale_fn is NULL"}, [](auto &o) { o.mode = TW_CYCLIC_CUSTOM; });
  refuse_cyclic(TW_ERROR_RANGE, {"gamma is nan"}, [](auto &o) { o.gamma = no_number; });
  refuse_cyclic(TW_ERROR_ARGUMENT, {"cycle_momentum is 2"}, [](auto &o) { o.cycle_momentum = 2; });
  refuse_cyclic(TW_ERROR_ARGUMENT, {"base_momentum is NULL"}, [](auto &o) { o.momentum_count = 1; });
  refuse_cyclic(TW_ERROR_RANGE, {"max_momentum[1] is nan"}, [&](auto &o) {
    o.base_momentum = good;
    o.max_momentum = bad;
    o.momentum_count = 2;
  });
}

TEST_CASE("one_cycle refuses lengths, shares and divisors that make no cycle") {
  const auto optimizer = two_groups();
  const double bad[2] = {0.1, inf};
  check_refused(TW_ERROR_RANGE, {"max_lrs[1] is inf"}, tw_lr_scheduler_one_cycle, optimizer, bad, 2, 10, nullptr);
  for (const int64_t total : {0, -5})
    check_refused(TW_ERROR_RANGE, {"total_steps is " + std::to_string(total)}, tw_lr_scheduler_one_cycle, optimizer,
                  &high, 1, total, nullptr);
  for (const double share : {-0.1, 1.1, no_number})
    refuse_one_cycle(TW_ERROR_RANGE, {"pct_start is ", "[0, 1]"}, [&](auto &o) { o.pct_start = share; });
  for (const double divisor : {0.0, -1.0, no_number, inf}) {
    refuse_one_cycle(TW_ERROR_RANGE, {"div_factor is "}, [&](auto &o) { o.div_factor = divisor; });
    refuse_one_cycle(TW_ERROR_RANGE, {"final_div_factor is "}, [&](auto &o) { o.final_div_factor = divisor; });
  }
  refuse_one_cycle(TW_ERROR_ARGUMENT, {"anneal_strategy is 2"}, [](auto &o) { set_number(o.anneal_strategy, 2); });
  refuse_one_cycle(TW_ERROR_ARGUMENT, {"three_phase is 2"}, [](auto &o) { o.three_phase = 2; });
  refuse_one_cycle(TW_ERROR_ARGUMENT, {"cycle_momentum is -1"}, [](auto &o) { o.cycle_momentum = -1; });
  /* A rise of no length, by which PyTorch divides. */
  refuse_one_cycle(TW_ERROR_RANGE, {"OneCycleLR has no rate at epoch 0", "pct_start"},
                   [](auto &o) { o.pct_start = 0.1; });
}

TEST_CASE("reduce_on_plateau refuses numbers outside their ranges") {
  for (const double factor : {1.0, -0.1, no_number})
    refuse_plateau(TW_ERROR_RANGE, {"factor is ", "[0, 1)"}, [&](auto &o) { o.factor = factor; });
  for (const double number : {-1.0, no_number, inf}) {
    refuse_plateau(TW_ERROR_RANGE, {"threshold is "}, [&](auto &o) { o.threshold = number; });
    refuse_plateau(TW_ERROR_RANGE, {"eps is "}, [&](auto &o) { o.eps = number; });
  }
  refuse_plateau(TW_ERROR_RANGE, {"patience is -1"}, [](auto &o) { o.patience = -1; });
  refuse_plateau(TW_ERROR_RANGE, {"cooldown is -1"}, [](auto &o) { o.cooldown = -1; });
  refuse_plateau(TW_ERROR_ARGUMENT, {"mode is 2"}, [](auto &o) { set_number(o.mode, 2); });
  refuse_plateau(TW_ERROR_ARGUMENT, {"threshold_mode is 2"}, [](auto &o) { set_number(o.threshold_mode, 2); });
  refuse_plateau(TW_ERROR_ARGUMENT, {"min_lr is NULL"}, [](auto &o) { o.min_lr_count = 1; });
  refuse_plateau(TW_ERROR_RANGE, {"min_lr[0] is nan"}, [](auto &o) {
    o.min_lr = &no_number;
    o.min_lr_count = 1;
  });
}

TEST_CASE("the options of cycles and plateaus start as PyTorch's defaults") {
  const auto cyclic = cyclic_options(2000, -1, TW_CYCLIC_TRIANGULAR);
  tw_cyclic_options defaults;
  REQUIRE(tw_cyclic_options_init(&defaults, sizeof defaults) == TW_OK);
  CHECK(defaults.step_size_up == cyclic.step_size_up);
  CHECK(defaults.step_size_down == cyclic.step_size_down);
  CHECK(defaults.cycle_momentum == 1);
  const auto one_cycle = one_cycle_options();
  CHECK(one_cycle.pct_start == 0.3);
  CHECK(one_cycle.div_factor == 25);
  CHECK(one_cycle.final_div_factor == 1e4);
  CHECK(one_cycle.cycle_momentum == 1);
  CHECK(one_cycle.three_phase == 0);
  const auto plateau = plateau_options();
  CHECK(plateau.factor == 0.1);
  CHECK(plateau.patience == 10);
  CHECK(plateau.threshold == 1e-4);
  CHECK(plateau.eps == 1e-8);
  tw_cyclic_options unfilled{};
  check_refused(TW_ERROR_ARGUMENT, {"struct_size is 0", "tw_cyclic_options_init"}, tw_lr_scheduler_cyclic, two_groups(),
                &low, 1, &high, &unfilled);
}

TEST_CASE("a step of a schedule that would leave the finite numbers is refused and nothing has changed") {
  const auto optimizer = two_groups();
  const auto growing = scheduler(tw_lr_scheduler_exponential, optimizer, 1e200);
  step(growing);
  const Numbers before = rates(optimizer), saved = state(growing);
  check_failure(tw_lr_scheduler_step(growing.get()), TW_ERROR_RANGE, {"ExponentialLR makes the rate of group 0 inf"});
  CHECK(rates(optimizer) == before);
  CHECK(state(growing) == saved);
}
