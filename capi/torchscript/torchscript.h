/* TorchScript's modules, as modules. */
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/checkpoint_fault.h"
#include "archive/zip_read.h"
#include "module/module.h"
#include "torch_warmup/torchscript.h"

namespace tw {

/* Stands for one TorchScript module; its children stand for that one's. Parameters and buffers are not registered here
   but looked up in the TorchScript module whenever they are asked for: its methods may put others in their place. */
class ScriptModule final : public torch::nn::Module, public Forward, public OwnState {
 public:
  /* Those that have been made, by the object that they stand for: one that has two names is one child. */
  using Book = std::map<const void *, std::shared_ptr<ScriptModule>>;

  static std::shared_ptr<ScriptModule> make(const torch::jit::Module &script);

  explicit ScriptModule(torch::jit::Module script);

  Tensors forward_all(const Tensors &inputs) override;
  std::vector<NamedTensor> own_state() const override;
  void train(bool on) override;
  bool is_training() const noexcept override;

  const torch::jit::Module &script() const { return script_; }

 private:
  static std::shared_ptr<ScriptModule> make(const torch::jit::Module &script, Book &book);
  std::optional<size_t> training_slot() const;

  torch::jit::Module script_;
};

/* The module, or TW_ERROR_TYPE where it is of another sort; what says what that would be good for. */
const ScriptModule &script_module(const tw_module *module, const char *what);

/* Runs a method. Input types and counts are checked first. Where a module within has failed, its path goes to failed, which
   may be null: then the message begins with it. */
c10::IValue call_method(const torch::jit::Module &script, const std::string &name,
                        const std::vector<c10::IValue> &inputs, std::string *failed = nullptr);

/* Reads a file of torch.jit.save; name is what messages call it. */
std::shared_ptr<ScriptModule> load_script(const twi_zip_source &source, const std::string &name);

}  // namespace tw
