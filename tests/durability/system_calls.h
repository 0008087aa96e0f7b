/* Calls of the operating system that fail when a test wants them to.
 *
 * The program's own open, write, fsync ... stand before the C library's, for the library under test too. They do what
 * the C library's do but for the calls that a Fault picks. */
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace tw::test {

enum class Call { open, write, fsync, rename, ftruncate, fchmod, flock, close, fstat, pread };

const char *name_of(Call call);

/* What becomes of a call: an errno, or half of its bytes. */
constexpr int half = -1;

/* While it lives, calls of one kind fail: the one with the given number, counted from 0, and those after it if it lasts.
   Only those of this thread. One at a time. */
class Fault {
 public:
  Fault(Call call, size_t number, int error, bool lasts = false);
  Fault(const Fault &) = delete;
  Fault &operator=(const Fault &) = delete;
  ~Fault();
  bool happened() const; /* false where there were fewer calls */
};

/* Runs something right before each fsync of this thread, while it lives. */
class BeforeFlush {
 public:
  explicit BeforeFlush(std::function<void()> action);
  BeforeFlush(const BeforeFlush &) = delete;
  BeforeFlush &operator=(const BeforeFlush &) = delete;
  ~BeforeFlush();
};

/* How many descriptors this process has open. */
size_t open_descriptors();

}  // namespace tw::test
