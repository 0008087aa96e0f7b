/**
 * @file checkpoint.hpp
 * Checkpoints of torch::nn modules, torch::optim optimizers, schedulers and warmups, in files that Python's
 * torch.load(weights_only=True) reads and its torch.save writes. What each call does and refuses is in checkpoint.h and
 * safetensors.h, under the function of the same name.
 *
 *     tw::Checkpoint checkpoint;
 *     checkpoint.put_module("model", *network);
 *     checkpoint.put_optimizer("optimizer", optimizer);
 *     checkpoint.put_lr_scheduler("scheduler", scheduler);
 *     checkpoint.put_warmup("warmup", warmup);
 *     checkpoint.save("run.pt");
 *
 *     const auto saved = tw::Checkpoint::load("run.pt");
 *     saved.restore_module(*network, "model");                and the others alike
 */
#ifndef TORCH_WARMUP_CPP_CHECKPOINT_HPP
#define TORCH_WARMUP_CPP_CHECKPOINT_HPP

#include <torch/nn/module.h>

#include "../checkpoint.h"
#include "../safetensors.h"
#include "tensor.hpp"
#include "warmup.hpp"

namespace tw {
inline namespace v0_2 {
namespace detail {

struct FreeModule {
  void operator()(tw_module *handle) const noexcept { tw_module_free(handle); }
};
using ModuleHandle = std::unique_ptr<tw_module, FreeModule>;

/* The parameters and buffers of a module under their names, in the order of a state_dict. The tensors are the module's
   own, so what is restored into them is restored into it. All are registered as buffers: a parameter would be made one
   that requires a gradient, which a frozen one does not. */
inline ModuleHandle mirror(const torch::nn::Module &module) {
  ModuleHandle out(make<tw_module>(tw_module_custom, static_cast<tw_module_forward_function>(nullptr),
                                   static_cast<void *>(nullptr), static_cast<void (*)(void *)>(nullptr)));
  const auto add = [&](const std::string &name, const torch::Tensor &tensor) {
    const TensorHandle handle = to_handle(tensor);
    call([&] { return tw_module_register_buffer(out.get(), name.c_str(), handle.get()); });
  };
  for (const auto &each : module.named_parameters(/*recurse=*/false)) add(each.key(), each.value());
  for (const auto &each : module.named_buffers(/*recurse=*/false)) add(each.key(), each.value());
  for (const auto &each : module.named_children()) {
    const ModuleHandle child = mirror(*each.value());
    call([&] { return tw_module_register_module(out.get(), each.key().c_str(), child.get()); });
  }
  return out;
}

}  // namespace detail

/** A key, for the length of a call: a std::string, "text", or nullptr, which stands for all that a checkpoint holds. */
class Key {
 public:
  Key(const char *text) noexcept : text_(text) {}
  Key(const std::string &text) noexcept : text_(text.c_str()) {}
  const char *c_str() const noexcept { return text_; }

 private:
  const char *text_;
};

/** In what names a module and a state_dict differ. */
struct ModuleDifferences {
  std::vector<std::string> missing, unexpected, mismatched;
};

/** A checkpoint: names and values in one file. */
class Checkpoint {
 public:
  /** An empty one. */
  Checkpoint() : handle_(detail::make<tw_checkpoint>(tw_checkpoint_create)) {}
  /** Takes a handle of the C API, which is freed with this. */
  explicit Checkpoint(tw_checkpoint *handle) : handle_(handle) {}

  static Checkpoint load(const std::string &path) {
    return Checkpoint(detail::make<tw_checkpoint>(tw_checkpoint_load, path.c_str()));
  }
  static Checkpoint load_safetensors(const std::string &path) {
    return Checkpoint(detail::make<tw_checkpoint>(tw_checkpoint_load_safetensors, path.c_str()));
  }
  void save(const std::string &path) const {
    detail::call([&] { return tw_checkpoint_save(handle(), path.c_str()); });
  }
  void save_safetensors(const std::string &path) const {
    detail::call([&] { return tw_checkpoint_save_safetensors(handle(), path.c_str()); });
  }

  /** A snapshot with tensors of its own, which training on does not change. */
  Checkpoint clone() const { return Checkpoint(detail::make<tw_checkpoint>(tw_checkpoint_clone, handle())); }

  /* ---- putting in: tensors are shared, not copied -------------------------------------------------------------------- */

  void put_int64(Key key, int64_t value) { put(tw_checkpoint_put_int64, key, value); }
  void put_double(Key key, double value) { put(tw_checkpoint_put_double, key, value); }
  void put_string(Key key, const std::string &value) { put(tw_checkpoint_put_string, key, value.c_str()); }
  void put_tensor(Key key, const torch::Tensor &tensor) {
    const TensorHandle of_c = to_handle(tensor);
    put(tw_checkpoint_put_tensor, key, of_c.get());
  }
  /** The module's state_dict, in PyTorch's order. */
  void put_module(Key key, const torch::nn::Module &module) {
    const detail::ModuleHandle of_c = detail::mirror(module);
    put(tw_checkpoint_put_module, key, of_c.get());
  }
  void put_optimizer(Key key, const Optimizer &optimizer) { put(tw_checkpoint_put_optimizer, key, optimizer.handle()); }
  void put_lr_scheduler(Key key, const LRScheduler &scheduler) {
    put(tw_checkpoint_put_lr_scheduler, key, scheduler.handle());
  }
  void put_warmup(Key key, const Warmup &warmup) { put(tw_checkpoint_put_warmup, key, warmup.handle()); }
  /** The state of the default random number generators. */
  void put_rng_state(Key key) {
    detail::call([&] { return tw_checkpoint_put_rng_state(handle(), key.c_str()); });
  }

  /* ---- looking in ---------------------------------------------------------------------------------------------------- */

  bool has(Key key) const { return detail::get<int32_t>(tw_checkpoint_has, handle(), key.c_str()) != 0; }
  std::vector<std::string> keys() const {
    std::vector<std::string> out(detail::get<size_t>(tw_checkpoint_get_key_count, handle()));
    for (size_t i = 0; i < out.size(); ++i) out[i] = detail::get_text(tw_checkpoint_get_key, handle(), i);
    return out;
  }
  /** What lies under a key: TW_KIND_TENSOR, ... (kind.h). */
  tw_kind kind(Key key) const { return detail::get<tw_kind>(tw_checkpoint_get_kind, handle(), key.c_str()); }
  int64_t get_int64(Key key) const { return detail::get<int64_t>(tw_checkpoint_get_int64, handle(), key.c_str()); }
  double get_double(Key key) const { return detail::get<double>(tw_checkpoint_get_double, handle(), key.c_str()); }
  std::string get_string(Key key) const { return detail::get_text(tw_checkpoint_get_string, handle(), key.c_str()); }
  torch::Tensor get_tensor(Key key) const {
    const TensorHandle out(detail::make<tw_tensor>(tw_checkpoint_get_tensor, handle(), key.c_str()));
    return to_tensor(out.get());
  }
  /** Copies a tensor's elements into one of yours, of the same sizes and dtype. */
  void copy_tensor(torch::Tensor &tensor, Key key) const {
    const TensorHandle of_c = to_handle(tensor);
    detail::call([&] { return tw_checkpoint_copy_tensor(of_c.get(), handle(), key.c_str()); });
  }
  /**
   * A part as a checkpoint by itself: of a dict those entries whose keys begin with prefix, without it; null: all.
   *
   *     tw::Checkpoint::load("last.ckpt").part("state_dict", "model.").restore_module(*network);
   */
  Checkpoint part(Key key, const char *prefix = nullptr) const {
    const std::unique_ptr<tw_value, void (*)(tw_value *)> value(
        detail::make<tw_value>(tw_checkpoint_get_value, handle(), key.c_str()), tw_value_free);
    return Checkpoint(detail::make<tw_checkpoint>(tw_checkpoint_from_value, value.get(), prefix));
  }

  /* ---- restoring: what fails has changed nothing --------------------------------------------------------------------- */

  /** Copies a state_dict into the module, converting dtype and device. @param strict  the names must be the module's. */
  void restore_module(torch::nn::Module &module, Key key = nullptr, bool strict = true) const {
    const detail::ModuleHandle of_c = detail::mirror(module);
    detail::call([&] { return tw_checkpoint_restore_module(of_c.get(), handle(), key.c_str(), strict ? 1 : 0); });
  }
  /** What stands in the way of restore_module, or is passed over by it. */
  ModuleDifferences compare_module(const torch::nn::Module &module, Key key = nullptr) const {
    const detail::ModuleHandle of_c = detail::mirror(module);
    const std::unique_ptr<tw_module_differences, void (*)(tw_module_differences *)> all(
        detail::make<tw_module_differences>(tw_checkpoint_compare_module, of_c.get(), handle(), key.c_str()),
        tw_module_differences_free);
    const auto names = [&](tw_difference which) {
      std::vector<std::string> out(detail::get<size_t>(tw_module_differences_get_count, all.get(), which));
      for (size_t i = 0; i < out.size(); ++i)
        out[i] = detail::get_text(tw_module_differences_get_name, all.get(), which, i);
      return out;
    };
    return {names(TW_DIFFERENCE_MISSING), names(TW_DIFFERENCE_UNEXPECTED), names(TW_DIFFERENCE_MISMATCHED)};
  }
  void restore_optimizer(const Optimizer &optimizer, Key key = nullptr) const {
    detail::call([&] { return tw_checkpoint_restore_optimizer(optimizer.handle(), handle(), key.c_str()); });
  }
  void restore_lr_scheduler(LRScheduler &scheduler, Key key = nullptr) const {
    detail::call([&] { return tw_checkpoint_restore_lr_scheduler(scheduler.handle(), handle(), key.c_str()); });
  }
  void restore_warmup(Warmup &warmup, Key key = nullptr) const {
    detail::call([&] { return tw_checkpoint_restore_warmup(warmup.handle(), handle(), key.c_str()); });
  }
  void restore_rng_state(Key key) const {
    detail::call([&] { return tw_checkpoint_restore_rng_state(handle(), key.c_str()); });
  }

  /** The handle of the C API; null after a move. Borrowed. */
  tw_checkpoint *handle() const noexcept { return handle_.get(); }

 private:
  struct Free {
    void operator()(tw_checkpoint *handle) const noexcept { tw_checkpoint_free(handle); }
  };

  template <class Put, class Value>
  void put(Put function, Key key, Value value) {
    detail::call([&] { return function(handle(), key.c_str(), value); });
  }

  std::unique_ptr<tw_checkpoint, Free> handle_;
};

}  // namespace v0_2
}  // namespace tw

#endif
