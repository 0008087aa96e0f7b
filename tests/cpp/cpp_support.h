/* What the tests of the C++ header have in common: optimizers of two groups, rates 0.5 and 0.1, and failures. */
#pragma once

#ifdef TW_CORE_ONLY
#include <torch_warmup_core.hpp>
#else
#include <torch/optim/adamw.h>
#include <torch/optim/schedulers/step_lr.h>
#include <torch/optim/sgd.h>
#include <torch_warmup.hpp>
#undef CHECK /* LibTorch's logging has one */
#endif

#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "csv.h"

namespace tw::test {

using Numbers = std::vector<double>;
using Rows = std::vector<Numbers>;

/* An optimizer class of a user's own. What a test makes it throw, it throws. */
struct OwnOptimizer : OptimizerInterface {
  std::string name = "AdamW";
  std::map<Option, Numbers> rows;
  std::function<void()> within;

  explicit OwnOptimizer(Numbers lrs = {0.5, 0.1}) { rows[Option::Lr] = std::move(lrs); }

  double lr(size_t group) const { return rows.at(Option::Lr).at(group); }
  Numbers lrs() const { return rows.at(Option::Lr); }

  std::string class_name() const override { return name; }
  size_t group_count() override { return rows.at(Option::Lr).size(); }
  bool get(Option option, double *out, size_t count) override {
    if (within) within();
    const auto row = rows.find(option);
    if (row == rows.end()) return false;
    std::copy_n(row->second.begin(), count, out);
    return true;
  }
  bool set(Option option, const double *values, size_t count) override {
    const auto row = rows.find(option);
    if (row == rows.end()) return false;
    row->second.assign(values, values + count);
    return true;
  }
};

inline OwnOptimizer own_adamw(double beta2_0 = 0.999, double beta2_1 = 0.999, Numbers lrs = {0.5, 0.1}) {
  OwnOptimizer out(std::move(lrs));
  out.rows[Option::Beta1] = {0.9, 0.9};
  out.rows[Option::Beta2] = {beta2_0, beta2_1};
  return out;
}

#ifdef TW_CORE_ONLY

using AdamW = OwnOptimizer;
using Sgd = OwnOptimizer;

inline AdamW adamw(double beta2_0 = 0.999, double beta2_1 = 0.999) { return own_adamw(beta2_0, beta2_1); }
inline Sgd sgd() {
  OwnOptimizer out;
  out.name = "SGD";
  out.rows[Option::Momentum] = {0, 0};
  return out;
}
inline double lr(const OwnOptimizer &optimizer, size_t group) { return optimizer.lr(group); }

#else

using AdamW = torch::optim::AdamW;
using Sgd = torch::optim::SGD;

inline torch::Tensor parameter() { return torch::zeros({1}, torch::requires_grad()); }

template <class Options>
torch::optim::OptimizerParamGroup group(Options options) {
  return torch::optim::OptimizerParamGroup({parameter()}, std::make_unique<Options>(options));
}

inline AdamW adamw(double beta2_0 = 0.999, double beta2_1 = 0.999) {
  using Options = torch::optim::AdamWOptions;
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.push_back(group(Options(0.5).betas({0.9, beta2_0})));
  groups.push_back(group(Options(0.1).betas({0.9, beta2_1})));
  return AdamW(groups, Options(1.0));
}
inline Sgd sgd() {
  using Options = torch::optim::SGDOptions;
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.push_back(group(Options(0.5)));
  groups.push_back(group(Options(0.1)));
  return Sgd(groups, Options(1.0));
}
inline double lr(torch::optim::Optimizer &optimizer, size_t group) {
  return optimizer.param_groups().at(group).options().get_lr();
}

#endif

template <class T>
Numbers lrs(T &optimizer) {
  return {lr(optimizer, 0), lr(optimizer, 1)};
}

template <class T>
void check_row(const Csv &trace, size_t row, T &optimizer) {
  INFO("row " << row);
  REQUIRE(lr(optimizer, 0) == trace.number(row, "lr0"));
  REQUIRE(lr(optimizer, 1) == trace.number(row, "lr1"));
}

/* The call throws an Error of a status, whose sentence holds every one of the texts. */
template <class Body>
void check_error(tw_status wanted, std::initializer_list<std::string> texts, Body body) {
  try {
    body();
    FAIL("nothing was thrown");
  } catch (const Error &error) {
    INFO(error.what());
    CHECK(std::string(tw_status_name(error.status())) == tw_status_name(wanted));
    for (const std::string &text : texts) CHECK_THAT(error.what(), Contains(text));
  }
}

}  // namespace tw::test
