/* Small makers and readers of modules, for tests. */
#pragma once

#include <string>
#include <vector>

#include "handles.h"

namespace tw::test {

/* A linear layer; bias 0 leaves it out. */
inline Handle<tw_module> linear(int64_t in_features, int64_t out_features, int32_t bias = 1) {
  Handle<tw_module> made;
  tw_linear_options options;
  if (tw_linear_options_init(&options, sizeof options) != TW_OK) throw tw_last_error();
  options.bias = bias;
  if (tw_module_linear(made.out(), in_features, out_features, &options) != TW_OK) throw tw_last_error();
  return made;
}

/* A convolution with a square kernel and PyTorch's defaults. */
inline Handle<tw_module> conv2d(int64_t in_channels, int64_t out_channels, int64_t kernel_size) {
  const int64_t kernel[2] = {kernel_size, kernel_size};
  Handle<tw_module> made;
  if (tw_module_conv2d(made.out(), in_channels, out_channels, kernel, nullptr) != TW_OK) throw tw_last_error();
  return made;
}

inline Handle<tw_module> custom(tw_module_forward_function forward = nullptr, void *context = nullptr,
                                void (*release)(void *) = nullptr) {
  Handle<tw_module> made;
  if (tw_module_custom(made.out(), forward, context, release) != TW_OK) throw tw_last_error();
  return made;
}

inline Handle<tw_module> sequential(const std::vector<Handle<tw_module>> &modules) {
  std::vector<tw_module *> handles;
  for (const Handle<tw_module> &module : modules) handles.push_back(module.get());
  Handle<tw_module> made;
  if (tw_module_sequential(made.out(), handles.data(), handles.size()) != TW_OK) throw tw_last_error();
  return made;
}

inline Handle<tw_tensor> forward(const Handle<tw_module> &module, const Handle<tw_tensor> &input) {
  Handle<tw_tensor> result;
  if (tw_module_forward(result.out(), module.get(), input.one(), 1) != TW_OK) throw tw_last_error();
  return result;
}

/* Every result; NULL stands for None among the inputs. */
inline std::vector<Handle<tw_tensor>> forward_all(const Handle<tw_module> &module,
                                                  const std::vector<tw_tensor *> &inputs) {
  Handle<tw_tensor_list> results;
  if (tw_module_forward_all(results.out(), module.get(), inputs.data(), inputs.size()) != TW_OK) throw tw_last_error();
  return handles_of(results);
}

/* Writes a parameter or buffer, which is no part of a graph. */
inline void set(const Handle<tw_module> &module, const char *name, const std::vector<float> &numbers) {
  Handle<tw_tensor> target;
  int32_t recording = 0; /* a leaf that requires a gradient is not written while gradients are recorded */
  if (tw_module_get_tensor(target.out(), module.get(), name) != TW_OK) throw tw_last_error();
  const Handle<tw_tensor> source = tensor(numbers, sizes(target.get()));
  if (tw_set_grad_enabled(&recording, 0) != TW_OK) throw tw_last_error();
  const tw_status status = tw_tensor_copy_from(target.get(), source.get());
  if (tw_set_grad_enabled(nullptr, recording) != TW_OK) throw tw_last_error();
  if (status != TW_OK) throw tw_last_error();
}

inline Handle<tw_tensor> get_tensor(const Handle<tw_module> &module, const char *name) {
  Handle<tw_tensor> found;
  if (tw_module_get_tensor(found.out(), module.get(), name) != TW_OK) throw tw_last_error();
  return found;
}

inline Handle<tw_module> get_module(const Handle<tw_module> &module, const char *name) {
  Handle<tw_module> found;
  if (tw_module_get_module(found.out(), module.get(), name) != TW_OK) throw tw_last_error();
  return found;
}

inline std::vector<Handle<tw_tensor>> parameters(const Handle<tw_module> &module) {
  Handle<tw_tensor_list> list;
  if (tw_module_get_parameters(list.out(), module.get()) != TW_OK) throw tw_last_error();
  return handles_of(list);
}

inline std::string parameter_name(const Handle<tw_module> &module, size_t index) {
  size_t needed = 0;
  if (tw_module_get_parameter_name(nullptr, 0, &needed, module.get(), index) != TW_OK) throw tw_last_error();
  std::string name(needed, '?');
  if (tw_module_get_parameter_name(name.data(), needed, nullptr, module.get(), index) != TW_OK) throw tw_last_error();
  name.pop_back(); /* the closing 0 */
  return name;
}

inline std::vector<std::string> parameter_names(const Handle<tw_module> &module) {
  std::vector<std::string> names;
  for (size_t i = 0; i < parameters(module).size(); ++i) names.push_back(parameter_name(module, i));
  return names;
}

inline std::string device(const Handle<tw_tensor> &tensor) {
  char name[16];
  if (tw_tensor_get_device(name, sizeof name, nullptr, tensor.get()) != TW_OK) throw tw_last_error();
  return name;
}

inline bool has_cuda() {
  int32_t available = 0;
  if (tw_cuda_is_available(&available) != TW_OK) throw tw_last_error();
  return available == 1;
}

}  // namespace tw::test
