#include "system_calls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <filesystem>
#include <iterator>
#include <utility>

namespace tw::test {
namespace {

struct Plan {
  bool armed = false;
  Call call = Call::open;
  size_t number = 0;
  int error = 0;
  bool lasts = false;
  size_t seen = 0;
  bool happened = false;
};
thread_local Plan plan;
thread_local std::function<void()> *before_flush = nullptr;

/* What is to become of this call; 0 if nothing special. */
int fate_of(Call call) {
  if (!plan.armed || plan.call != call) return 0;
  const size_t number = plan.seen++;
  if (number != plan.number && !(plan.lasts && number > plan.number)) return 0;
  plan.happened = true;
  return plan.error;
}

/* True, with errno set, where the call is to fail. */
bool fails(Call call) {
  const int fate = fate_of(call);
  if (fate <= 0) return false;
  errno = fate;
  return true;
}

/* How many of the bytes a call takes or gives; 0 where it is to fail. */
size_t count_left(Call call, size_t count) {
  const int fate = fate_of(call);
  if (fate > 0) errno = fate;
  if (fate > 0) return 0;
  return fate == half && count > 1 ? count / 2 : count;
}

int open_file(const char *path, int flags, mode_t mode) {
  return fails(Call::open) ? -1 : static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

ssize_t read_at(int descriptor, void *out, size_t count, off_t offset) {
  const size_t wanted = count_left(Call::pread, count);
  return wanted == 0 && count > 0 ? -1 : syscall(SYS_pread64, descriptor, out, wanted, offset);
}

}  // namespace

const char *name_of(Call call) {
  static const char *const names[] = {"open",   "write", "fsync", "rename", "ftruncate",
                                      "fchmod", "flock", "close", "fstat",  "pread"};
  return names[static_cast<size_t>(call)];
}

Fault::Fault(Call call, size_t number, int error, bool lasts) { plan = {true, call, number, error, lasts, 0, false}; }
Fault::~Fault() { plan.armed = false; }
bool Fault::happened() const { return plan.happened; }

BeforeFlush::BeforeFlush(std::function<void()> action) { before_flush = new std::function<void()>(std::move(action)); }
BeforeFlush::~BeforeFlush() { delete std::exchange(before_flush, nullptr); }

size_t open_descriptors() {
  using Files = std::filesystem::directory_iterator;
  return static_cast<size_t>(std::distance(Files("/proc/self/fd"), Files()));
}

}  // namespace tw::test

/* ---- the calls themselves ---------------------------------------------------------------------------------------- */

using tw::test::Call;

extern "C" {

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return tw::test::open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return tw::test::open_file(path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  const size_t taken = tw::test::count_left(Call::write, count);
  return taken == 0 && count > 0 ? -1 : syscall(SYS_write, descriptor, bytes, taken);
}

int fsync(int descriptor) {
  if (tw::test::before_flush != nullptr) (*tw::test::before_flush)();
  return tw::test::fails(Call::fsync) ? -1 : static_cast<int>(syscall(SYS_fsync, descriptor));
}

int rename(const char *from, const char *to) noexcept {
  return tw::test::fails(Call::rename) ? -1 : static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int ftruncate(int descriptor, off_t length) noexcept {
  return tw::test::fails(Call::ftruncate) ? -1 : static_cast<int>(syscall(SYS_ftruncate, descriptor, length));
}

int fchmod(int descriptor, mode_t mode) noexcept {
  return tw::test::fails(Call::fchmod) ? -1 : static_cast<int>(syscall(SYS_fchmod, descriptor, mode));
}

int flock(int descriptor, int operation) noexcept {
  return tw::test::fails(Call::flock) ? -1 : static_cast<int>(syscall(SYS_flock, descriptor, operation));
}

/* As Linux does, it closes whatever it says. */
int close(int descriptor) {
  const auto result = static_cast<int>(syscall(SYS_close, descriptor));
  return tw::test::fails(Call::close) ? -1 : result;
}

int fstat(int descriptor, struct stat *out) noexcept {
  return tw::test::fails(Call::fstat) ? -1 : fstatat(descriptor, "", out, AT_EMPTY_PATH);
}

ssize_t pread(int descriptor, void *out, size_t count, off_t offset) {
  return tw::test::read_at(descriptor, out, count, offset);
}

ssize_t pread64(int descriptor, void *out, size_t count, off64_t offset) {
  return tw::test::read_at(descriptor, out, count, offset);
}

}  // extern "C"
