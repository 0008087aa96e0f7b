/* Reading files of torch.jit.save. */
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <cstring>

#include "archive/torchscript_archive.h"
#include "checkpoint/file.h"
#include "torchscript/torchscript.h"

namespace tw {
namespace {

/* A source as LibTorch reads one. */
class Reader final : public caffe2::serialize::ReadAdapterInterface {
 public:
  Reader(const twi_zip_source &source, std::string name) : source_(source), name_(std::move(name)) {}

  size_t size() const override { return static_cast<size_t>(source_.size); }
  size_t read(uint64_t position, void *out, size_t count, const char *) const override {
    const uint64_t left = position < source_.size ? source_.size - position : 0;
    const auto taken = static_cast<size_t>(std::min<uint64_t>(count, left));
    const int error = taken == 0 ? 0 : source_.read(source_.context, position, out, taken);
    if (error != 0) fail_io("read", name_, error);
    return taken;
  }

 private:
  twi_zip_source source_;
  std::string name_;
};

int read_memory(void *data, uint64_t offset, void *out, size_t count) {
  std::memcpy(out, static_cast<const char *>(data) + offset, count);
  return 0;
}

[[noreturn]] void fail_format(const std::string &name, const std::string &reason) {
  fail(TW_ERROR_FORMAT, name, " is no TorchScript module that can be loaded: ", reason);
}

void check_archive(const twi_zip_source &source, const std::string &name) {
  twi_fault fault{};
  if (twi_torchscript_check(&source, &fault)) return;
  fail_fault(fault, name, "TorchScript module");
}

}  // namespace

std::shared_ptr<ScriptModule> load_script(const twi_zip_source &source, const std::string &name) {
  check_archive(source, name);
  torch::jit::Module script;
  const Attempt failure =
      attempt([&] { script = torch::jit::load(std::make_shared<Reader>(source, name), c10::Device(c10::kCPU)); });
  if (failure.status == TW_ERROR_IO || failure.status == TW_ERROR_MEMORY) fail(failure.status, failure.message);
  if (failure.status != TW_OK) fail_format(name, failure.message);
  return ScriptModule::make(script);
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
