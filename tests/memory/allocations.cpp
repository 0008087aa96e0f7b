#include "allocations.h"

#include <cerrno>

/* glibc's own names for its allocator, which the functions below stand in for in every library of the process. */
extern "C" {
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
}

namespace {

/* Of one thread: LibTorch's own threads go on. Plain numbers, for which thread-local storage needs no memory. */
__thread std::size_t left = 0; /* allocations up to the one that fails; 0: none is to fail */
__thread bool fails_on = false, has_failed = false;

bool fails() {
  if (left == 0) return false;
  if (left > 1) {
    --left;
    return false;
  }
  if (!fails_on) left = 0;
  has_failed = true;
  errno = ENOMEM;
  return true;
}

}  // namespace

namespace tw::test {

void fail_allocation(std::size_t number, bool all) {
  has_failed = false;
  fails_on = all;
  left = number;
}

bool end_failures() {
  left = 0;
  return has_failed;
}

}  // namespace tw::test

extern "C" {

void *malloc(size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void *calloc(size_t number, size_t size) { return fails() ? nullptr : __libc_calloc(number, size); }
void *realloc(void *memory, size_t size) { return fails() ? nullptr : __libc_realloc(memory, size); }
void *memalign(size_t alignment, size_t size) { return fails() ? nullptr : __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **out, size_t alignment, size_t size) {
  void *made = memalign(alignment, size);
  if (made == nullptr) return ENOMEM;
  *out = made;
  return 0;
}
}
