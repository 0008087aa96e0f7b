#include "optimizer/options.h"

#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <cstddef>
#include <cstring>

#include "base/read_options.h"

namespace tw {
namespace {

using torch::optim::AdagradOptions;
using torch::optim::AdamOptions;
using torch::optim::AdamWOptions;
using torch::optim::OptimizerOptions;
using torch::optim::RMSpropOptions;
using torch::optim::SGDOptions;

/* ---- The table: what each kind has, with PyTorch's defaults ------------------------------------------------------ */

/* A number and a flag that both sides call by one name, and one of the two betas. */
#define TW_NUMBER(Torch, Ours, member, range, default_value)                                        \
  {                                                                                                 \
#member, range, default_value, offsetof(Ours, member),                                          \
        [](OptimizerOptions & options) { return &static_cast<Torch &>(options).member(); }, nullptr \
  }
#define TW_FLAG(Torch, Ours, member)                                                       \
  {                                                                                        \
#member, Range::flag, 0, offsetof(Ours, member), nullptr,                              \
        [](OptimizerOptions & options) { return &static_cast<Torch &>(options).member(); } \
  }
#define TW_BETA(Torch, Ours, index, default_value)                                                                 \
  {                                                                                                                \
    "betas[" #index "]", Range::below_one, default_value, offsetof(Ours, betas) + index * sizeof(double),          \
        [](OptimizerOptions &options) { return &std::get<index>(static_cast<Torch &>(options).betas()); }, nullptr \
  }

constexpr Option adam_options[] = {
    TW_NUMBER(AdamOptions, tw_adam_options, lr, Range::not_negative, 1e-3),
    TW_BETA(AdamOptions, tw_adam_options, 0, 0.9),
    TW_BETA(AdamOptions, tw_adam_options, 1, 0.999),
    TW_NUMBER(AdamOptions, tw_adam_options, eps, Range::not_negative, 1e-8),
    TW_NUMBER(AdamOptions, tw_adam_options, weight_decay, Range::not_negative, 0),
    TW_FLAG(AdamOptions, tw_adam_options, amsgrad),
};

constexpr Option adamw_options[] = {
    TW_NUMBER(AdamWOptions, tw_adamw_options, lr, Range::not_negative, 1e-3),
    TW_BETA(AdamWOptions, tw_adamw_options, 0, 0.9),
    TW_BETA(AdamWOptions, tw_adamw_options, 1, 0.999),
    TW_NUMBER(AdamWOptions, tw_adamw_options, eps, Range::not_negative, 1e-8),
    TW_NUMBER(AdamWOptions, tw_adamw_options, weight_decay, Range::not_negative, 1e-2),
    TW_FLAG(AdamWOptions, tw_adamw_options, amsgrad),
};

constexpr Option sgd_options[] = {
    TW_NUMBER(SGDOptions, tw_sgd_options, lr, Range::not_negative, 1e-3),
    TW_NUMBER(SGDOptions, tw_sgd_options, momentum, Range::not_negative, 0),
    TW_NUMBER(SGDOptions, tw_sgd_options, dampening, Range::finite, 0),
    TW_NUMBER(SGDOptions, tw_sgd_options, weight_decay, Range::not_negative, 0),
    TW_FLAG(SGDOptions, tw_sgd_options, nesterov),
};

constexpr Option rmsprop_options[] = {
    TW_NUMBER(RMSpropOptions, tw_rmsprop_options, lr, Range::not_negative, 1e-2),
    TW_NUMBER(RMSpropOptions, tw_rmsprop_options, momentum, Range::not_negative, 0),
    TW_NUMBER(RMSpropOptions, tw_rmsprop_options, alpha, Range::below_one, 0.99),
    TW_NUMBER(RMSpropOptions, tw_rmsprop_options, eps, Range::not_negative, 1e-8),
    TW_FLAG(RMSpropOptions, tw_rmsprop_options, centered),
    TW_NUMBER(RMSpropOptions, tw_rmsprop_options, weight_decay, Range::not_negative, 0),
};

constexpr Option adagrad_options[] = {
    TW_NUMBER(AdagradOptions, tw_adagrad_options, lr, Range::not_negative, 1e-2),
    TW_NUMBER(AdagradOptions, tw_adagrad_options, lr_decay, Range::not_negative, 0),
    TW_NUMBER(AdagradOptions, tw_adagrad_options, eps, Range::not_negative, 1e-10),
    TW_NUMBER(AdagradOptions, tw_adagrad_options, weight_decay, Range::not_negative, 0),
    TW_NUMBER(AdagradOptions, tw_adagrad_options, initial_accumulator_value, Range::not_negative, 0),
};

/* What Python's newest classes have; an older one takes no notice of what it does not know. */
constexpr PythonOption python_adam[] = {
    {PythonOption::no, "maximize", true},    {PythonOption::none, "foreach", false},
    {PythonOption::no, "capturable", false}, {PythonOption::no, "differentiable", false},
    {PythonOption::none, "fused", false},    {PythonOption::no, "decoupled_weight_decay", true},
};

constexpr PythonOption python_adamw[] = {
    {PythonOption::no, "maximize", true},    {PythonOption::none, "foreach", false},
    {PythonOption::no, "capturable", false}, {PythonOption::no, "differentiable", false},
    {PythonOption::none, "fused", false},    {PythonOption::yes, "decoupled_weight_decay", true},
};

constexpr PythonOption python_sgd[] = {
    {PythonOption::no, "maximize", true},
    {PythonOption::none, "foreach", false},
    {PythonOption::no, "differentiable", false},
    {PythonOption::none, "fused", false},
};

constexpr PythonOption python_rmsprop[] = {
    {PythonOption::no, "capturable", false},
    {PythonOption::none, "foreach", false},
    {PythonOption::no, "maximize", true},
    {PythonOption::no, "differentiable", false},
};

constexpr PythonOption python_adagrad[] = {
    {PythonOption::none, "foreach", false},
    {PythonOption::no, "maximize", true},
    {PythonOption::no, "differentiable", false},
    {PythonOption::none, "fused", false},
};

#undef TW_NUMBER
#undef TW_FLAG
#undef TW_BETA

void check_nesterov(OptimizerOptions &options) {
  const auto &sgd = static_cast<const SGDOptions &>(options);
  check(!sgd.nesterov() || (sgd.momentum() > 0 && sgd.dampening() == 0), TW_ERROR_RANGE, "momentum is ", sgd.momentum(),
        " and dampening is ", sgd.dampening(), "; with nesterov, momentum must be above 0 and dampening 0");
}

size_t size_of(const Option &option) { return option.flag != nullptr ? sizeof(int32_t) : sizeof(double); }

void store_ours(const Option &option, char *bytes) {
  const auto flag = static_cast<int32_t>(option.default_value);
  const void *value = option.flag != nullptr ? static_cast<const void *>(&flag) : &option.default_value;
  std::memcpy(bytes + option.offset, value, size_of(option));
}

std::vector<char> defaults_of(c10::ArrayRef<Option> options, size_t struct_size) {
  std::vector<char> bytes(struct_size, 0);
  for (const Option &option : options) store_ours(option, bytes.data());
  return bytes;
}

/* reserved is where our structure has such a member; 0 where it has none. */
template <class Torch, class TorchOptions, class Ours>
OptimizerKind make_kind(const char *name, tw_options_kind kind, const char *init, c10::ArrayRef<Option> options,
                        c10::ArrayRef<PythonOption> python_options,
                        void (*check_together)(OptimizerOptions &) = nullptr, size_t reserved = 0) {
  std::vector<char> defaults = defaults_of(options, sizeof(Ours));
  const twi_options_type type = {kind, sizeof(Ours), reserved, defaults.data(), init};
  /* dynamic_cast also where another shared library made the options: LibTorch alone defines these classes' typeinfo. */
  return {name,
          std::move(defaults),
          type,
          options,
          python_options,
          [](const OptimizerOptions &candidate) { return dynamic_cast<const TorchOptions *>(&candidate) != nullptr; },
          check_together,
          []() -> std::unique_ptr<OptimizerOptions> { return std::make_unique<TorchOptions>(/*lr=*/0.0); },
          [](std::vector<at::Tensor> params, OptimizerOptions &made) -> std::shared_ptr<torch::optim::Optimizer> {
            return std::make_shared<Torch>(std::move(params), static_cast<TorchOptions &>(made));
          }};
}

/* ---- Single options ---------------------------------------------------------------------------------------------- */

void check_value(const Option &option, double value) {
  const bool finite = std::isfinite(value);
  switch (option.range) {
    case Range::finite:
      return check(finite, TW_ERROR_RANGE, option.name, " is ", value, "; it must be finite");
    case Range::not_negative:
      return check(finite && value >= 0, TW_ERROR_RANGE, option.name, " is ", value,
                   "; it must be finite and not negative");
    case Range::below_one:
      return check(value >= 0 && value < 1, TW_ERROR_RANGE, option.name, " is ", value, "; it must lie in [0, 1)");
    case Range::flag:
      return check(value == 0 || value == 1, TW_ERROR_ARGUMENT, option.name, " is ", value, "; it must be 0 or 1");
  }
}

/* What a schedule cycles may be any number, as in PyTorch; a caller's own is checked by the core. */
void check_set(const Option &option, double value) {
  const bool cycled = std::strcmp(option.name, "momentum") == 0 || std::strcmp(option.name, "betas[0]") == 0;
  if (cycled && std::isfinite(value)) return;
  check_value(option, value);
}

void store(const Option &option, OptimizerOptions &options, double value) {
  if (option.flag != nullptr) {
    *option.flag(options) = value == 1;
  } else {
    *option.number(options) = value;
  }
}

const Option *find(const OptimizerOptions &options, const char *name) {
  const OptimizerKind *kind = kind_of(options);
  if (kind == nullptr) return nullptr;
  for (const Option &option : kind->options) {
    if (std::strcmp(option.name, name) == 0) return &option;
  }
  return nullptr;
}

double load(const Option &option, const char *bytes) {
  if (option.flag != nullptr) {
    int32_t value = 0;
    std::memcpy(&value, bytes + option.offset, sizeof value);
    return value;
  }
  double value = 0;
  std::memcpy(&value, bytes + option.offset, sizeof value);
  return value;
}

}  // namespace

/* ---- The kinds --------------------------------------------------------------------------------------------------- */

const OptimizerKind &adam_kind() {
  static const auto kind = make_kind<torch::optim::Adam, AdamOptions, tw_adam_options>(
      "Adam", TW_OPTIONS_ADAM, "tw_adam_options_init", adam_options, python_adam);
  return kind;
}

const OptimizerKind &adamw_kind() {
  static const auto kind = make_kind<torch::optim::AdamW, AdamWOptions, tw_adamw_options>(
      "AdamW", TW_OPTIONS_ADAMW, "tw_adamw_options_init", adamw_options, python_adamw);
  return kind;
}

const OptimizerKind &sgd_kind() {
  static const auto kind = make_kind<torch::optim::SGD, SGDOptions, tw_sgd_options>(
      "SGD", TW_OPTIONS_SGD, "tw_sgd_options_init", sgd_options, python_sgd, check_nesterov);
  return kind;
}

const OptimizerKind &rmsprop_kind() {
  static const auto kind = make_kind<torch::optim::RMSprop, RMSpropOptions, tw_rmsprop_options>(
      "RMSprop", TW_OPTIONS_RMSPROP, "tw_rmsprop_options_init", rmsprop_options, python_rmsprop);
  return kind;
}

const OptimizerKind &adagrad_kind() {
  static const auto kind = make_kind<torch::optim::Adagrad, AdagradOptions, tw_adagrad_options>(
      "Adagrad", TW_OPTIONS_ADAGRAD, "tw_adagrad_options_init", adagrad_options, python_adagrad, nullptr,
      offsetof(tw_adagrad_options, reserved));
  return kind;
}

const OptimizerKind *kind_of(const OptimizerOptions &options) {
  for (const auto *kind : {&adamw_kind(), &adam_kind(), &sgd_kind(), &rmsprop_kind(), &adagrad_kind()}) {
    if (kind->matches(options)) return kind;
  }
  return nullptr;
}

void init_options(const OptimizerKind &kind, void *ours, size_t struct_size) {
  require_ok(twi_options_init(ours, struct_size, &kind.type));
}

std::unique_ptr<OptimizerOptions> read_options(const OptimizerKind &kind, const void *ours) {
  std::vector<char> read(kind.type.size);
  require_ok(twi_options_read(read.data(), ours, &kind.type));
  auto options = kind.make_options();
  for (const Option &option : kind.options) {
    const double value = load(option, read.data());
    check_value(option, value);
    store(option, *options, value);
  }
  if (kind.check_together != nullptr) kind.check_together(*options);
  return options;
}

bool get_option(const OptimizerOptions &options, const char *name, double *out) {
  const Option *option = find(options, name);
  if (option == nullptr) return false;
  auto &readable = const_cast<OptimizerOptions &>(options); /* LibTorch's accessors give references to write through */
  *out = option->flag != nullptr ? static_cast<double>(*option->flag(readable)) : *option->number(readable);
  return true;
}

bool set_options(OptimizerOptions &options, c10::ArrayRef<OptionValue> values) {
  for (const OptionValue &value : values) {
    const Option *option = find(options, value.name);
    if (option == nullptr) return false;
    check_set(*option, value.value);
  }
  const OptimizerKind *kind = kind_of(options);
  if (kind != nullptr && kind->check_together != nullptr) {
    auto rehearsal = options.clone();
    for (const OptionValue &value : values) store(*find(options, value.name), *rehearsal, value.value);
    kind->check_together(*rehearsal);
  }
  for (const OptionValue &value : values) store(*find(options, value.name), options, value.value);
  return true;
}

void copy_options(const OptimizerKind &kind, OptimizerOptions &to, const OptimizerOptions &from) noexcept {
  auto &readable = const_cast<OptimizerOptions &>(from);
  for (const Option &option : kind.options) {
    if (option.flag != nullptr) {
      *option.flag(to) = *option.flag(readable);
    } else {
      *option.number(to) = *option.number(readable);
    }
  }
}

}  // namespace tw
