/* Writing files of torch.jit.load. */
#include <torch/csrc/jit/serialization/export.h>

#include "checkpoint/file.h"
#include "torchscript/torchscript.h"

namespace tw {
namespace {

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
}  // namespace tw

tw_status tw_module_save_torchscript(const tw_module *module, const char *path) {
  return tw::guard([&] {
    const auto &script =
        tw::script_module(module, "which alone have a file of their own; put others into a checkpoint");
    tw::write_atomically(&tw::require(path, "path"),
                         [&](tw::AtomicFile &file) { tw::write_script(file, script.script()); });
  });
}
