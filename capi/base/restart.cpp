/* Starting the program anew with what LibTorch's threads read when they are loaded. */
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/guard.h"
#include "torch_warmup/runtime.h"

namespace tw {
namespace {

/* What libgomp looks at, once, before main. */
constexpr const char *spin_count = "GOMP_SPINCOUNT";
constexpr const char *wait_policy = "OMP_WAIT_POLICY";

/* Its path and not /proc/self/exe itself, which would be the new process's name. */
std::array<char, 4096> program_path() {
  std::array<char, 4096> path{};
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size() - 1);
  check(size > 0, TW_ERROR_UNSUPPORTED,
        "/proc/self/exe cannot be read, so the program cannot be started anew: ", std::strerror(errno));
  return path;
}

void restart(char *const *argv) {
  const auto path = program_path();
  check(setenv(spin_count, "10000", 0) == 0, TW_ERROR_MEMORY, "out of memory");
  execv(path.data(), argv);
  const int error = errno;
  unsetenv(spin_count);
  fail(TW_ERROR_IO, "\"", path.data(), "\" cannot be started anew: ", std::strerror(error));
}

}  // namespace
}  // namespace tw

tw_status tw_restart_with_patient_threads(char *const *argv) {
  return tw::guard([&] {
    tw::check(argv != nullptr && argv[0] != nullptr, TW_ERROR_ARGUMENT, "argv is NULL or empty");
    if (std::getenv(tw::spin_count) == nullptr && std::getenv(tw::wait_policy) == nullptr) tw::restart(argv);
  });
}
