/* Calling a method of a TorchScript module, with inputs of the types that it asks for. */
#include <ATen/core/function_schema.h>
#include <ATen/core/jit_type.h>

#include <algorithm>

#include "torchscript/script_value.h"
#include "torchscript/torchscript.h"
#include "torchscript/traceback.h"
#include "torchscript/types.h"

namespace tw {
namespace {

using Inputs = std::vector<c10::IValue>;

torch::jit::Method find_method(const torch::jit::Module &script, const std::string &name) {
  if (const auto method = script.find_method(name)) return *method;
  std::vector<std::string> names;
  for (const torch::jit::Method &method : script.get_methods()) names.push_back(method.name());
  fail(TW_ERROR_NOT_FOUND, "there is no method \"", name, "\"; ", names_there_are(std::move(names)));
}

/* What the method takes beside the module itself. */
c10::FunctionSchema without_self(const c10::FunctionSchema &schema) {
  const auto &arguments = schema.arguments();
  return schema.cloneWithArguments({arguments.begin() + 1, arguments.end()});
}

void check_count(const c10::FunctionSchema &schema, size_t count) {
  size_t least = 0, most = 0;
  for (const c10::Argument &argument : schema.arguments()) {
    ++most;
    if (!argument.default_value()) least = most;
  }
  check(count >= least && count <= most, TW_ERROR_ARGUMENT, "count is ", count, "; ", schema.name(), " takes ", least,
        least == most ? "" : c10::str(" to ", most), least == 1 && most == 1 ? " input" : " inputs", "\n  ", schema);
}

Inputs convert_inputs(const c10::FunctionSchema &schema, const Inputs &inputs) {
  Inputs made;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const c10::Argument &argument = schema.arguments()[i];
    auto value = converted(inputs[i], argument.type());
    check(value.has_value(), TW_ERROR_TYPE, "inputs[", i, "], \"", argument.name(), "\", is of type ",
          type_name(inputs[i]), "; ", schema.name(), " takes ", argument.type()->annotation_str(), "\n  ", schema);
    made.push_back(std::move(*value));
  }
  return made;
}

Inputs ivalues_of(tw_value *const *inputs, size_t count) {
  require_array(inputs, count, "inputs");
  Inputs made;
  for (size_t i = 0; i < count; ++i) made.push_back(ivalue_of(require_at(inputs, i, "inputs")));
  return made;
}

}  // namespace

c10::IValue call_method(const torch::jit::Module &script, const std::string &name, const Inputs &inputs,
                        std::string *failed) {
  const torch::jit::Method method = find_method(script, name);
  const c10::FunctionSchema schema = without_self(method.function().getSchema());
  check_count(schema, inputs.size());
  Inputs converted = convert_inputs(schema, inputs);
  c10::IValue result;
  const Attempt ended = attempt([&] { result = copied(method(std::move(converted))); }, verbatim);
  if (ended.status == TW_OK) return result;
  const std::string path = failed_path(script, ended.message), message = essential(ended.message.c_str());
  if (failed != nullptr) *failed = path;
  fail(ended.status, failed != nullptr || path.empty() ? message : path + ": " + message);
}

}  // namespace tw

tw_status tw_module_call_method(tw_value **out, tw_module *module, const char *method, tw_value *const *inputs,
                                size_t count) {
  return tw::guard_new(out, [&] {
    const auto &script = tw::script_module(module, "which alone have methods; run others with tw_module_forward");
    const auto values = tw::ivalues_of(inputs, count);
    return tw::new_value(tw::value_of(tw::call_method(script.script(), &tw::require(method, "method"), values)));
  });
}

tw_status tw_module_has_method(int32_t *out, const tw_module *module, const char *method) {
  return tw::guard_value(out, [&] {
    const auto &script = tw::script_module(module, "which alone have methods");
    return script.script().find_method(&tw::require(method, "method")).has_value() ? 1 : 0;
  });
}
