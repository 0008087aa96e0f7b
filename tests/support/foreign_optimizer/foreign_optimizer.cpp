#include "foreign_optimizer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/lbfgs.h>
#include <torch/optim/sgd.h>

#include <functional>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

struct foreign_owner {
  std::unique_ptr<torch::optim::Optimizer> optimizer;
  std::function<double(const torch::optim::OptimizerOptions &)> lr;
};

namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;
using torch::optim::OptimizerParamGroup;

/* ---- A class of its own: it moves each parameter against the sign of its gradient -------------------------------- */

struct SignOptions : torch::optim::OptimizerCloneableOptions<SignOptions> {
  explicit SignOptions(double rate, double least_rate = -std::numeric_limits<double>::infinity())
      : rate(rate), least_rate(least_rate) {}
  double get_lr() const override { return rate; }
  void set_lr(const double lr) override {
    if (lr < least_rate) throw std::runtime_error("the rate may not fall so low");
    rate = lr;
  }
  double rate, least_rate;
};

struct RatelessOptions : torch::optim::OptimizerCloneableOptions<RatelessOptions> {
  double stride = 0.25;
};

template <class Options>
class SignDescent : public Optimizer {
 public:
  SignDescent(const std::vector<OptimizerParamGroup> &groups, const Options &defaults)
      : Optimizer(groups, std::make_unique<Options>(defaults)) {
    /* Recent LibTorch gives every group of a class that it does not know the defaults in place of its own options. */
    for (size_t i = 0; i < groups.size(); ++i) param_groups_[i].set_options(groups[i].options().clone());
  }

  at::Tensor step(LossClosure = nullptr) override {
    c10::AutoGradMode no_grad(false);
    for (auto &group : param_groups_)
      for (auto &param : group.params())
        if (param.grad().defined()) param.sub_(param.grad().sign() * rate(group.options()));
    return {};
  }

 private:
  static double rate(const OptimizerOptions &options) {
    const auto *own = dynamic_cast<const SignOptions *>(&options); /* a group may have another class's options */
    return own != nullptr ? own->rate : 0.25;
  }
};

/* ---- The makers -------------------------------------------------------------------------------------------------- */

std::vector<at::Tensor> one_parameter() { return {at::ones({1}).set_requires_grad(true)}; }

/* A group with each of the options. */
template <class Options>
std::vector<OptimizerParamGroup> groups_of(const std::vector<Options> &options) {
  std::vector<OptimizerParamGroup> groups;
  for (const Options &one : options) groups.emplace_back(one_parameter(), std::make_unique<Options>(one));
  return groups;
}

template <class Options>
foreign_owner *own(std::unique_ptr<Optimizer> optimizer, double (*lr)(const Options &)) {
  return new foreign_owner{std::move(optimizer),
                           [lr](const OptimizerOptions &options) { return lr(static_cast<const Options &>(options)); }};
}

double adamw_lr(const torch::optim::AdamWOptions &options) { return options.lr(); }
double sgd_lr(const torch::optim::SGDOptions &options) { return options.lr(); }
double adagrad_lr(const torch::optim::AdagradOptions &options) { return options.lr(); }
double lbfgs_lr(const torch::optim::LBFGSOptions &options) { return options.lr(); }
double sign_lr(const SignOptions &options) { return options.rate; }
double rateless_lr(const RatelessOptions &options) { return options.stride; }

foreign_owner *make_adamw() {
  using torch::optim::AdamWOptions;
  auto groups = groups_of<AdamWOptions>(
      {AdamWOptions(0.5).betas(std::make_tuple(0.9, 0.95)), AdamWOptions(0.1).betas(std::make_tuple(0.9, 0.99))});
  return own(std::make_unique<torch::optim::AdamW>(std::move(groups), AdamWOptions(0.5)), adamw_lr);
}

foreign_owner *make_sgd() {
  using torch::optim::SGDOptions;
  auto groups = groups_of<SGDOptions>({SGDOptions(0.5), SGDOptions(0.1)});
  return own(std::make_unique<torch::optim::SGD>(std::move(groups), SGDOptions(0.5)), sgd_lr);
}

foreign_owner *make_adagrad() {
  return own(std::make_unique<torch::optim::Adagrad>(one_parameter(), torch::optim::AdagradOptions(0.5)), adagrad_lr);
}

foreign_owner *make_lbfgs() {
  return own(std::make_unique<torch::optim::LBFGS>(one_parameter(), torch::optim::LBFGSOptions(1)), lbfgs_lr);
}

foreign_owner *make_own() {
  auto groups = groups_of<SignOptions>({SignOptions(0.5), SignOptions(0.1)});
  return own(std::make_unique<SignDescent<SignOptions>>(groups, SignOptions(0.5)), sign_lr);
}

foreign_owner *make_stubborn() {
  auto groups = groups_of<SignOptions>({SignOptions(0.5), SignOptions(0.1, 0.05)});
  groups[0].set_options(std::make_unique<torch::optim::SGDOptions>(0.5));
  return new foreign_owner{std::make_unique<SignDescent<SignOptions>>(groups, SignOptions(0.5)),
                           [](const OptimizerOptions &options) { return options.get_lr(); }};
}

foreign_owner *make_empty() {
  return own(std::make_unique<torch::optim::Adam>(std::vector<OptimizerParamGroup>{}), sgd_lr);
}

foreign_owner *make_rateless() {
  auto groups = groups_of<RatelessOptions>({RatelessOptions()});
  return own(std::make_unique<SignDescent<RatelessOptions>>(groups, RatelessOptions()), rateless_lr);
}

/* ---- What the owner does with it --------------------------------------------------------------------------------- */

void *torch_optimizer(foreign_owner *owner) { return owner->optimizer.get(); }

void step(foreign_owner *owner) {
  for (auto &group : owner->optimizer->param_groups())
    for (auto &param : group.params()) param.mutable_grad() = at::ones({1});
  owner->optimizer->step();
}

double lr(const foreign_owner *owner, size_t group) {
  return owner->lr(owner->optimizer->param_groups().at(group).options());
}

double parameter(const foreign_owner *owner, size_t group) {
  return owner->optimizer->param_groups().at(group).params().at(0).item<double>();
}

void free_owner(foreign_owner *owner) { delete owner; }

}  // namespace

extern "C" __attribute__((visibility("default"))) const foreign_api *foreign_optimizer_api() {
  static const foreign_api api = {make_adamw, make_sgd,      make_adagrad,    make_lbfgs, make_own, make_stubborn,
                                  make_empty, make_rateless, torch_optimizer, step,       lr,       parameter,
                                  free_owner};
  return &api;
}
