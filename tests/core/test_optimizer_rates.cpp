/* An optimizer that only holds numbers, a shadow for one that cannot be reached. */
#include <cmath>

#include "failure.h"
#include "schedulers.h"

using namespace tw::test;

namespace {

Optimizer shadow(const Numbers &lrs, const double *betas = nullptr) {
  Optimizer made;
  REQUIRE(tw_optimizer_rates(made.out(), lrs.data(), betas, lrs.size()) == TW_OK);
  return made;
}

void check_refused_rates(tw_status wanted, const char *message, const double *lrs, const double *betas, size_t count) {
  auto *made = rubbish<tw_optimizer>();
  check_failure(tw_optimizer_rates(&made, lrs, betas, count), wanted, {message});
  CHECK(made == nullptr);
}

}  // namespace

TEST_CASE("a shadow gives a run the rates that an optimizer would get") {
  const double betas[4] = {0.9, 0.95, 0.9, 0.99};
  const auto optimizer = shadow({0.5, 0.1}, betas);
  const auto fall = cosine(optimizer, 150, 1e-5);
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_untuned_linear(warmup.out(), optimizer.get(), nullptr, 0) == TW_OK);
  const Csv trace("lr_traces/approach1_cosine_untuned_linear.csv");
  for (size_t row = 0; row < trace.size(); ++row) {
    if (row > 0) step(warmup, {&fall});
    double lrs[2] = {0, 0};
    size_t needed = 0;
    REQUIRE(tw_optimizer_get_lrs(lrs, 2, &needed, optimizer.get()) == TW_OK);
    CHECK(needed == 2);
    REQUIRE(lrs[0] == trace.number(row, "lr0"));
    REQUIRE(lrs[1] == trace.number(row, "lr1"));
  }
}

TEST_CASE("a shadow has betas where they were given, and no other option") {
  const double betas[4] = {0.9, 0.95, 0.8, 0.99};
  const auto with = shadow({0.5, 0.1}, betas), without = shadow({0.5});
  double value = 0;
  REQUIRE(tw_optimizer_get_option(&value, with.get(), 1, TW_OPTION_BETA1) == TW_OK);
  CHECK(value == 0.8);
  REQUIRE(tw_optimizer_set_option(with.get(), 0, TW_OPTION_BETA2, 0.5) == TW_OK);
  REQUIRE(tw_optimizer_get_option(&value, with.get(), 0, TW_OPTION_BETA2) == TW_OK);
  CHECK(value == 0.5);
  check_failure(tw_optimizer_get_option(&value, with.get(), 0, TW_OPTION_MOMENTUM), TW_ERROR_NOT_FOUND,
                {"Rates has no momentum"});
  check_failure(tw_optimizer_set_option(without.get(), 0, TW_OPTION_BETA1, 0.5), TW_ERROR_NOT_FOUND,
                {"Rates has no beta1"});
}

TEST_CASE("a shadow refuses numbers that no optimizer has") {
  const double good[2] = {0.5, 0.1}, negative[2] = {0.5, -0.1}, infinite[1] = {INFINITY}, one[2] = {0.9, 1};
  check_refused_rates(TW_ERROR_ARGUMENT, "group_count is 0", good, nullptr, 0);
  check_refused_rates(TW_ERROR_ARGUMENT, "lrs is NULL", nullptr, nullptr, 2);
  check_refused_rates(TW_ERROR_RANGE, "lrs[1] is -0.1", negative, nullptr, 2);
  check_refused_rates(TW_ERROR_RANGE, "lrs[0] is inf", infinite, nullptr, 1);
  check_refused_rates(TW_ERROR_RANGE, "betas[1] is 1", good, one, 1);
  check_refused_rates(TW_ERROR_MEMORY, "group_count is", good, nullptr, SIZE_MAX / 2);
}
