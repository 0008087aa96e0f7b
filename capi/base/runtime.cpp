#include "torch_warmup/runtime.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <string>

#include "base/guard.h"
#include "tensor/dtype.h"

/* What the running LibTorch says of itself; the headers know only the one this file was compiled against. */
const char *tw_torch_version(void) {
  static const std::string version = [] {
    const std::string key = "TORCH_VERSION=";
    const std::string config = at::show_config();
    const size_t start = config.find(key);
    if (start == std::string::npos) return std::string(TORCH_VERSION);
    return config.substr(start + key.size(), config.find_first_of(", \n", start) - start - key.size());
  }();
  return version.c_str();
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
