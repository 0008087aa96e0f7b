/* Optimizers of two groups, rates 0.5 and 0.1, for tests of what is bound to them: LibTorch's, or in a program without
 * LibTorch (TW_CORE_ONLY) ones of the caller's own functions with the same numbers. */
#pragma once

#include <string>
#include <vector>

#include "catch.h"
#include "handles.h"

#ifdef TW_CORE_ONLY
#include "own_optimizer.h"
#endif

namespace tw::test {

#ifdef TW_CORE_ONLY

/* What a group of a class has beside its rate: PyTorch's defaults. */
inline std::map<tw_option, double> numbers_of_class(const std::string &name) {
  std::map<tw_option, double> out{{TW_OPTION_WEIGHT_DECAY, 0}};
  if (name == "Adam" || name == "AdamW") out[TW_OPTION_BETA1] = 0.9, out[TW_OPTION_BETA2] = 0.999;
  if (name == "SGD" || name == "RMSprop") out[TW_OPTION_MOMENTUM] = 0;
  return out;
}

/* Handles do not give their context away, so the tests keep who has which. */
inline std::map<const tw_optimizer *, OwnOptimizer *> &own_optimizers() {
  static std::map<const tw_optimizer *, OwnOptimizer *> all;
  return all;
}

inline Handle<tw_optimizer> optimizer_of_class(const std::string &name, std::vector<double> lrs = {0.5, 0.1}) {
  auto *own = new OwnOptimizer;
  own->deletes_itself = true;
  for (const auto &[option, number] : numbers_of_class(name)) own->rows[option].assign(lrs.size(), number);
  own->rows[TW_OPTION_LR] = std::move(lrs);
  const tw_optimizer_interface interface = OwnOptimizer::interface_of(name.c_str());
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_custom(optimizer.out(), &interface, own) == TW_OK);
  own_optimizers()[optimizer.get()] = own;
  return optimizer;
}

inline void add_group(const Handle<tw_optimizer> &optimizer) {
  for (auto &[option, row] : own_optimizers().at(optimizer.get())->rows) row.push_back(row.back());
}

inline void train(const Handle<tw_optimizer> &) {}

#else

template <class Options>
Handle<tw_optimizer> make_optimizer(tw_status (*constructor)(tw_optimizer **, tw_tensor *const *, size_t,
                                                             const Options *),
                                    tw_status (*init)(Options *, size_t), const std::vector<double> &lrs) {
  Options options;
  Handle<tw_optimizer> optimizer;
  REQUIRE(init(&options, sizeof options) == TW_OK);
  for (size_t group = 0; group < lrs.size(); ++group) {
    const auto weight = parameter({static_cast<float>(group + 1)});
    options.lr = lrs[group];
    if (group == 0)
      REQUIRE(constructor(optimizer.out(), weight.one(), 1, &options) == TW_OK);
    else
      REQUIRE(tw_optimizer_add_param_group(optimizer.get(), weight.one(), 1, &options) == TW_OK);
  }
  return optimizer;
}

inline Handle<tw_optimizer> optimizer_of_class(const std::string &name, const std::vector<double> &lrs = {0.5, 0.1}) {
  if (name == "Adam") return make_optimizer(tw_optimizer_adam, tw_adam_options_init, lrs);
  if (name == "AdamW") return make_optimizer(tw_optimizer_adamw, tw_adamw_options_init, lrs);
  if (name == "SGD") return make_optimizer(tw_optimizer_sgd, tw_sgd_options_init, lrs);
  if (name == "RMSprop") return make_optimizer(tw_optimizer_rmsprop, tw_rmsprop_options_init, lrs);
  return make_optimizer(tw_optimizer_adagrad, tw_adagrad_options_init, lrs);
}

inline void add_group(const Handle<tw_optimizer> &optimizer) {
  const auto added = parameter({3.0F});
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), added.one(), 1, nullptr) == TW_OK);
}

inline void train(const Handle<tw_optimizer> &optimizer) { REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK); }

#endif

/* AdamW with the given beta2 of each group. */
inline Handle<tw_optimizer> two_groups(double beta2_0 = 0.999, double beta2_1 = 0.999) {
  Handle<tw_optimizer> optimizer = optimizer_of_class("AdamW");
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_BETA2, beta2_0) == TW_OK);
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 1, TW_OPTION_BETA2, beta2_1) == TW_OK);
  return optimizer;
}

}  // namespace tw::test
