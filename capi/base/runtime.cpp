#include "torch_warmup/runtime.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <string>

#include "base/guard.h"
#include "tensor/dtype.h"

namespace {

/* What follows a key in LibTorch's description of its build, up to one of the ends; "" where the key is not there. */
std::string value_of(const std::string &config, const std::string &key, const char *ends) {
  const size_t found = config.find(key);
  if (found == std::string::npos) return "";
  const size_t start = found + key.size();
  return config.substr(start, config.find_first_of(ends, start) - start);
}

bool is_number(const std::string &text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/* What the running LibTorch says of itself; the headers know only the one this file was compiled against. Its sources say
 * the last number wrongly where upstream set it in its own builds alone: Debian's 1.13.1 has 1.13.0. There the folder that a
 * distribution builds in knows better, named for the sources' release, which the compiler was told to leave out. */
std::string version_of(const std::string &config) {
  std::string version = value_of(config, "TORCH_VERSION=", ", \n");
  if (version.empty()) version = TORCH_VERSION;
  const size_t end = version.find('.', version.find('.') + 1) + 1;
  const std::string folder = value_of(config, "-prefix-map=", "= \n") + "/";
  const std::string patch = value_of(folder, "/pytorch-" + version.substr(0, end), "+~-/");
  return is_number(patch) ? version.substr(0, end) + patch : version;
}

}  // namespace

const char *tw_torch_version(void) {
  static const std::string version = version_of(at::show_config());
  return version.c_str();
}

int32_t tw_torch_cxx11_abi(void) {
#if defined(_GLIBCXX_USE_CXX11_ABI)
  return _GLIBCXX_USE_CXX11_ABI;
#else
  return -1;
#endif
}

tw_status tw_set_num_threads(size_t count) {
  return tw::guard([&] {
    constexpr size_t most = 1 << 15; /* more than any kernel runs for one process */
    tw::check(count >= 1 && count <= most, TW_ERROR_RANGE, "count is ", count, "; it must be from 1 to ", most);
    at::set_num_threads(static_cast<int>(count));
  });
}

tw_status tw_get_num_threads(size_t *out) {
  return tw::guard_value(out, [] { return at::get_num_threads(); });
}

tw_status tw_set_grad_enabled(int32_t *previous, int32_t enabled) {
  if (previous != nullptr) *previous = 0;
  return tw::guard([&] {
    const bool enable = tw::require_bool(enabled, "enabled");
    if (previous != nullptr) *previous = at::GradMode::is_enabled() ? 1 : 0;
    at::GradMode::set_enabled(enable);
  });
}

tw_status tw_cuda_is_available(int32_t *out) {
  return tw::guard_value(out, [] { return tw::cuda_device_count() > 0; });
}

tw_status tw_cuda_get_device_count(size_t *out) {
  return tw::guard_value(out, [] { return tw::cuda_device_count(); });
}
