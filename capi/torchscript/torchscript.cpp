/* Loading, saving and calling TorchScript modules. */
#include "torchscript/torchscript.h"

#include <torch/csrc/jit/serialization/export.h>

#include <cstring>

#include "checkpoint/file.h"
#include "torchscript/ivalue.h"

namespace tw {
namespace {

int read_memory(void *data, uint64_t offset, void *out, size_t count) {
  std::memcpy(out, static_cast<const char *>(data) + offset, count);
  return 0;
}

/* LibTorch's writer throws where the file takes no more, and not as we would: it is told that all is well, and the
   first error is raised afterwards. */
void write_script(AtomicFile &file, const torch::jit::Module &script) {
  int error = 0;
  torch::jit::ExportModule(script, [&](const void *bytes, size_t count) {
    if (error == 0) error = file.write(bytes, count);
    return count;
  });
  file.require_success(error);
}

}  // namespace

const ScriptModule &script_module(const tw_module *module, const char *what) {
  const torch::nn::Module &found = *require(module, "module").module;
  const auto *script = dynamic_cast<const ScriptModule *>(&found);
  check(script != nullptr, TW_ERROR_TYPE, "module is no TorchScript module, ", what, ": ", found);
  return *script;
}

}  // namespace tw

tw_status tw_module_load_torchscript(tw_module **out, const char *path) {
  return tw::guard_new(out, [&] {
    const tw::SourceFile file(&tw::require(path, "path"));
    return tw::new_module(
        tw::load_script({tw::SourceFile::source, const_cast<tw::SourceFile *>(&file), file.size()}, path));
  });
}

tw_status tw_module_load_torchscript_memory(tw_module **out, const void *data, size_t size) {
  return tw::guard_new(out, [&] {
    tw::require(static_cast<const char *>(data), "data");
    return tw::new_module(tw::load_script({tw::read_memory, const_cast<void *>(data), size}, "data"));
  });
}

tw_status tw_module_save_torchscript(const tw_module *module, const char *path) {
  return tw::guard([&] {
    const auto &script =
        tw::script_module(module, "which alone have a file of their own; put others into a checkpoint");
    tw::write_atomically(&tw::require(path, "path"),
                         [&](tw::AtomicFile &file) { tw::write_script(file, script.script()); });
  });
}

tw_status tw_module_call_method(tw_ivalue **out, tw_module *module, const char *method, tw_ivalue *const *inputs,
                                size_t count) {
  return tw::guard_new(out, [&] {
    const auto &script = tw::script_module(module, "which alone have methods; run others with tw_module_forward");
    const auto values = tw::ivalues_of(inputs, count, "inputs");
    return tw::new_ivalue(tw::call_method(script.script(), &tw::require(method, "method"), values));
  });
}

tw_status tw_module_has_method(int32_t *out, const tw_module *module, const char *method) {
  return tw::guard_value(out, [&] {
    const auto &script = tw::script_module(module, "which alone have methods");
    return script.script().find_method(&tw::require(method, "method")).has_value() ? 1 : 0;
  });
}
