/* What stands behind tw_module: a torch::nn::Module that, where it has a forward pass, is a Forward as well. */
#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <string>
#include <vector>

#include "base/context.h"
#include "base/guard.h"
#include "torch_warmup/layers.h"

struct tw_module {
  std::shared_ptr<torch::nn::Module> module;
};

namespace tw {

using Tensors = std::vector<at::Tensor>;

/* A forward pass. torch::nn::Module has none that can be called without the concrete class, so a module that is to be
   run derives from this too; run_forward finds it, whichever way the module was reached. */
class Forward {
 public:
  Forward() = default;
  Forward(const Forward &) = delete;
  Forward &operator=(const Forward &) = delete;
  virtual ~Forward() = default;

  /* The outputs for the inputs, at least one; both in the order of PyTorch's forward. */
  virtual Tensors forward_all(const Tensors &inputs) = 0;

  /* Whether the input at index may be None: a NULL handle, which comes here as an undefined tensor. */
  virtual bool takes_none(size_t /*index*/) const { return false; }

  /* The module's tensors, still the same objects, lie in other memory now. */
  virtual void tensors_moved() {}
};

/* A module of the caller's own: the only kind that the caller may register things with. */
class Container : public torch::nn::Module {
 public:
  explicit Container(Context context) : Module("Custom"), context_(std::move(context)) {}

 protected:
  void *context() const { return context_.get(); }

 private:
  Context context_;
};

template <class Made>
std::unique_ptr<tw_module> new_module(std::shared_ptr<Made> module) {
  return std::make_unique<tw_module>(tw_module{std::move(module)});
}

/* As messages name it: "torch::nn::Linear(in_features=3, out_features=2, bias=true)", and of one that holds others its
   class alone. */
std::string described(const torch::nn::Module &module);

/* Runs any module; TW_ERROR_STATE where it has no forward pass, TW_ERROR_ARGUMENT for a None that it does not take. Where
   it is run within another, the message of a failure begins with its path from the outermost. */
Tensors run_forward(torch::nn::Module &module, const Tensors &inputs);

/* Of one tensor, one. */
inline at::Tensor run_one(torch::nn::Module &module, const at::Tensor &input) {
  return run_forward(module, {input}).at(0);
}

/* Runs what belongs to a module and is not its forward pass, such as attention of three inputs, with messages as of that. */
Tensors run_as(const torch::nn::Module &module, c10::function_ref<Tensors()> body);

/* The input of a module that takes exactly one. */
const at::Tensor &only_input(const torch::nn::Module &module, const Tensors &inputs);

/* ---- walks over a module and its children ------------------------------------------------------------------------ */

struct NamedTensor {
  std::string name; /* "conv1.weight" */
  at::Tensor tensor;
  bool is_parameter; /* or a buffer */
};

/* A module that holds parameters and buffers elsewhere than LibTorch's modules do. */
class OwnState {
 public:
  OwnState() = default;
  OwnState(const OwnState &) = delete;
  OwnState &operator=(const OwnState &) = delete;
  virtual ~OwnState() = default;

  /* Its own, parameters first, without those of its children. */
  virtual std::vector<NamedTensor> own_state() const = 0;
};

/* Every parameter and buffer, in the order of PyTorch's state_dict; one that has several names comes under each. */
std::vector<NamedTensor> state_of(const torch::nn::Module &module);

/* The parameters, in the order of PyTorch's named_parameters; one that has several names comes under the first. */
std::vector<NamedTensor> parameters_of(const torch::nn::Module &module);

/* The parameter or buffer, or the child, of a dotted name; TW_ERROR_NOT_FOUND, with the names there are, if none. */
at::Tensor find_tensor(const torch::nn::Module &module, const std::string &name);
std::shared_ptr<torch::nn::Module> find_module(const torch::nn::Module &module, const std::string &name);

/* Moves parameters, their gradients and buffers; the tensors stay the same objects. All or none. */
void move_tensors(torch::nn::Module &module, c10::Device device);

}  // namespace tw
