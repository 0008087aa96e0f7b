/* TorchScript modules of the fixtures, for tests. */
#pragma once

#include <string>
#include <vector>

#include "files.h"
#include "modules.h"
#include "values.h"

namespace tw::test {

inline std::string script_fixture(const std::string &name) {
  return std::string(TW_FIXTURES) + "/torchscript/" + name + ".pt";
}

inline Handle<tw_module> load_script(const std::string &path) {
  Handle<tw_module> made;
  if (tw_module_load_torchscript(made.out(), path.c_str()) != TW_OK) throw tw_last_error();
  return made;
}

/* The Model of make.py, with all that it can do. */
inline Handle<tw_module> script_model() { return load_script(script_fixture("model")); }

inline void set_training(const Handle<tw_module> &module, int32_t mode) {
  if (tw_module_train(module.get(), mode) != TW_OK) throw tw_last_error();
}

inline int32_t is_training(const Handle<tw_module> &module) {
  int32_t mode = -1;
  if (tw_module_is_training(&mode, module.get()) != TW_OK) throw tw_last_error();
  return mode;
}

template <class... Inputs>
Value call(const Handle<tw_module> &module, const char *method, const Inputs &...inputs) {
  const std::vector<tw_value *> handles = handles_of(inputs...);
  return made_by(
      [&](tw_value **out) { return tw_module_call_method(out, module.get(), method, handles.data(), handles.size()); });
}

/* The status of a call that may fail. */
template <class... Inputs>
tw_status try_call(tw_value **out, const Handle<tw_module> &module, const char *method, const Inputs &...inputs) {
  const std::vector<tw_value *> handles = handles_of(inputs...);
  return tw_module_call_method(out, module.get(), method, handles.data(), handles.size());
}

inline std::vector<float> state(const Handle<tw_module> &module, const char *name) {
  return values(get_tensor(module, name).get());
}

/* Puts numbers into a parameter or buffer, as a caller does who is not to be followed by autograd. */
inline void set_state(const Handle<tw_module> &module, const char *name, const std::vector<float> &numbers) {
  const auto target = get_tensor(module, name);
  int32_t before = 0;
  if (tw_set_grad_enabled(&before, 0) != TW_OK) throw tw_last_error();
  const tw_status status = tw_tensor_copy_from(target.get(), tensor(numbers, sizes(target.get())).get());
  if (tw_set_grad_enabled(nullptr, before) != TW_OK) throw tw_last_error();
  if (status != TW_OK) throw tw_last_error();
}

}  // namespace tw::test
