/* Making warmups: which rule gives each group its factor. What a warmup does then is in warmup_step.cpp. */
#include "schedule/warmup.h"

#include <cmath>
#include <utility>

#include "base/arguments.h"
#include "optimizer/optimizer.h"
#include "schedule/warmup_factor.h"

tw_warmup::tw_warmup(std::shared_ptr<torch::optim::Optimizer> optimizer, tw::FactorRule factor_rule)
    : torch(std::move(optimizer)), book(tw::schedule_book_of(torch)), rule(std::move(factor_rule)) {
  tw::check(book->warmup == nullptr, TW_ERROR_STATE,
            "the optimizer has a warmup already; free it, and set the undampened rates, before making another");
  const size_t count = tw::group_count(*torch);
  rates.resize(count);
  factors.resize(count);
  dampened.resize(count);
  rates.read(*torch, false);
  compute_factors(0);
  if (tw_dampening_init(&dampening, count) == 0) throw std::bad_alloc();
}

tw_warmup::~tw_warmup() {
  if (book->warmup == this) book->warmup = nullptr;
  tw_dampening_destroy(&dampening);
}

void tw_warmup::compute_factors(int64_t step) { rule(factors.data(), 0, factors.size(), step); }

namespace {

double call_factor(tw_warmup_factor_function factor, void *context, size_t group, int64_t step) {
  double value = 0;
  tw::run_callback("the warmup's factor callback", [&] { return factor(&value, step, group, context); });
  tw::check(std::isfinite(value) && value >= 0, TW_ERROR_RANGE, "the warmup's factor callback gave ", value,
            " for step ", step, " of group ", group, "; a factor must be finite and not negative");
  return value;
}

}  // namespace

void tw::FactorRule::operator()(double *out, size_t first, size_t count, int64_t step) const {
  for (size_t i = 0; i < count; ++i) {
    const size_t group = first + i;
    out[i] = callback != nullptr ? call_factor(callback, context, group, step)
             : radams.empty()    ? of_period(step, periods[group])
                                 : tw_radam_factor(&radams[group], step);
  }
}

namespace {

using Factor = double (*)(int64_t step, int64_t period);

std::unique_ptr<tw_warmup> bind(const tw_optimizer &optimizer, tw::FactorRule rule) {
  auto made = std::make_unique<tw_warmup>(optimizer.torch, std::move(rule));
  made->dampen_and_write(0, false, "the optimizer");
  made->book->warmup = made.get();
  return made;
}

std::unique_ptr<tw_warmup> bind_periods(const tw_optimizer &optimizer, Factor factor, std::vector<int64_t> periods) {
  tw::FactorRule rule;
  rule.of_period = factor;
  rule.periods = std::move(periods);
  return bind(optimizer, std::move(rule));
}

/* A manual warmup: one period for all groups, or one for each. */
std::unique_ptr<tw_warmup> bind_manual(tw_optimizer *optimizer, Factor factor, const int64_t *periods, size_t count) {
  const tw_optimizer &bound = tw::require(optimizer, "optimizer");
  const size_t groups = tw::group_count(*bound.torch);
  std::vector<int64_t> all = tw::per_group(periods, count, groups, "periods");
  for (size_t i = 0; i < count; ++i)
    tw::check(periods[i] >= 1, TW_ERROR_RANGE, "warmup_period[", i, "] is ", periods[i], "; it must be positive");
  return bind_periods(bound, factor, std::move(all));
}

std::vector<double> own_beta2s(const tw_optimizer &optimizer) {
  std::vector<double> out(tw::group_count(*optimizer.torch));
  for (size_t group = 0; group < out.size(); ++group) {
    double betas[2] = {0, 0};
    tw::check(tw::get_betas(*optimizer.torch, group, betas), TW_ERROR_TYPE, "the optimizer is ",
              tw::optimizer_class_name(*optimizer.torch), ", whose group ", group, " has no betas");
    out[group] = betas[1];
  }
  return out;
}

/* The caller's own betas: one for all groups, or one for each. */
std::vector<double> given_beta2s(const tw_optimizer &optimizer, const double *beta2s, size_t count) {
  return tw::per_group(beta2s, count, tw::group_count(*optimizer.torch), "beta2s");
}

/* An untuned warmup: each group's period comes from its beta2. */
std::unique_ptr<tw_warmup> bind_untuned(const tw_optimizer &optimizer, const std::vector<double> &beta2s, Factor factor,
                                        int64_t (*period_of)(double beta2)) {
  std::vector<int64_t> periods;
  for (double beta2 : beta2s) {
    tw::check(beta2 >= 0 && beta2 < 1, TW_ERROR_RANGE, "beta2 of group ", periods.size(), " is ", beta2,
              "; it must lie in [0, 1)");
    periods.push_back(period_of(beta2));
  }
  return bind_periods(optimizer, factor, std::move(periods));
}

std::unique_ptr<tw_warmup> bind_radam(const tw_optimizer &optimizer, const std::vector<double> &beta2s) {
  tw::FactorRule rule;
  for (double beta2 : beta2s) {
    tw_radam radam{};
    tw::check(tw_radam_init(&radam, beta2) == 1, TW_ERROR_RANGE, "beta2 of group ", rule.radams.size(), " is ", beta2,
              "; it must lie in (0.6, 1)");
    rule.radams.push_back(radam);
  }
  return bind(optimizer, std::move(rule));
}

}  // namespace

tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return tw::guard_new(out, [&] { return bind_manual(optimizer, tw_linear_factor, periods, count); });
}

tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return tw::guard_new(out, [&] { return bind_manual(optimizer, tw_exponential_factor, periods, count); });
}

tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_untuned(bound, own_beta2s(bound), tw_linear_factor, tw_untuned_linear_period);
  });
}

tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_untuned(bound, own_beta2s(bound), tw_exponential_factor, tw_untuned_exponential_period);
  });
}

tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_radam(bound, own_beta2s(bound));
  });
}

tw_status tw_warmup_untuned_linear_with(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_untuned(bound, given_beta2s(bound, beta2s, count), tw_linear_factor, tw_untuned_linear_period);
  });
}

tw_status tw_warmup_untuned_exponential_with(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s,
                                             size_t count) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_untuned(bound, given_beta2s(bound, beta2s, count), tw_exponential_factor,
                        tw_untuned_exponential_period);
  });
}

tw_status tw_warmup_radam_with(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    return bind_radam(bound, given_beta2s(bound, beta2s, count));
  });
}

tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor, void *context) {
  return tw::guard_new(out, [&] {
    const tw_optimizer &bound = tw::require(optimizer, "optimizer");
    tw::check(factor != nullptr, TW_ERROR_ARGUMENT, "factor is NULL");
    tw::FactorRule rule;
    rule.callback = factor;
    rule.context = context;
    return bind(bound, std::move(rule));
  });
}

void tw_warmup_free(tw_warmup *warmup) { delete warmup; }
