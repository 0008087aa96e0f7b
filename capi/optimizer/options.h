/* The options of the optimizers that this library makes: what each kind has, and how our structures become LibTorch's.
   optimizer_options.cpp is the one place that knows the concrete classes. */
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/ArrayRef.h>
#include <torch/optim/optimizer.h>

#include <memory>
#include <vector>

#include "base/options.h"
#include "torch_warmup/torch_optimizer.h"

namespace tw {

/* Which numbers an option may have. A flag is 0 or 1. */
enum class Range { finite, not_negative, below_one, flag };

/* One number among a kind's options: where our structure and LibTorch's keep it. */
struct Option {
  const char *name; /* as in a message: "betas[1]" */
  Range range;
  double default_value;
  size_t offset;                                              /* in our structure: a double, or an int32_t for a flag */
  double *(*number)(torch::optim::OptimizerOptions &options); /* null for a flag */
  bool *(*flag)(torch::optim::OptimizerOptions &options);     /* null for a number */
};

/* An option that Python's class has beyond these, with its default: what LibTorch's class always does. */
struct PythonOption {
  enum Default { none, no, yes } value;
  const char *name;
  bool decides_steps; /* another value asks for steps that LibTorch's class cannot take */
};

struct OptimizerKind {
  const char *name;
  std::vector<char> defaults; /* our structure, as the table fills it in */
  twi_options_type type;
  c10::ArrayRef<Option> options; /* both in the order of Python's state_dict */
  c10::ArrayRef<PythonOption> python_options;
  bool (*matches)(const torch::optim::OptimizerOptions &options);
  void (*check_together)(torch::optim::OptimizerOptions &options); /* null where no option depends on another */
  std::unique_ptr<torch::optim::OptimizerOptions> (*make_options)();
  std::shared_ptr<torch::optim::Optimizer> (*make)(std::vector<at::Tensor> params,
                                                   torch::optim::OptimizerOptions &options);
};

const OptimizerKind &adam_kind();
const OptimizerKind &adamw_kind();
const OptimizerKind &sgd_kind();
const OptimizerKind &rmsprop_kind();
const OptimizerKind &adagrad_kind();

/* The kind that these options belong to, whoever made them; null for those that this library does not know. */
const OptimizerKind *kind_of(const torch::optim::OptimizerOptions &options);

/* Fills a caller's structure of struct_size bytes with the defaults. */
void init_options(const OptimizerKind &kind, void *ours, size_t struct_size);

/* Reads and checks a caller's structure, null for the defaults. Reads no further than its struct_size. */
std::unique_ptr<torch::optim::OptimizerOptions> read_options(const OptimizerKind &kind, const void *ours);

/* One option by its name. False where these options have none of that name. */
bool get_option(const torch::optim::OptimizerOptions &options, const char *name, double *out);

struct OptionValue {
  const char *name;
  double value;
};

/* Sets all or none, from a schedule or a saved state: each value is checked, and how it goes with the others. False as
   get_option. */
bool set_options(torch::optim::OptimizerOptions &options, c10::ArrayRef<OptionValue> values);

/* Gives one the options of another; both are of this kind. */
void copy_options(const OptimizerKind &kind, torch::optim::OptimizerOptions &to,
                  const torch::optim::OptimizerOptions &from) noexcept;

}  // namespace tw
