/* The helpers of guard.h that need no template. */
#include <cstring>

#include "base/error.h"
#include "base/guard.h"

namespace tw {

tw_status set_last_error(tw_status status, const char *message) noexcept {
  tw_set_last_error(message);
  return status;
}

tw_status status_of_torch_error(const c10::Error &error) noexcept {
  if (dynamic_cast<const c10::OutOfMemoryError *>(&error) != nullptr) return TW_ERROR_MEMORY;
  const char *message = error.what_without_backtrace();
  /* Older LibTorch throws a plain error where a dtype has no kernel. */
  if (dynamic_cast<const c10::NotImplementedError *>(&error) != nullptr ||
      std::strstr(message, "not implemented for '"))
    return TW_ERROR_UNSUPPORTED;
  /* "can't allocate memory", and what the archive writer says. */
  for (const char *part : {"t allocate memory", ": allocation failed"})
    if (std::strstr(message, part) != nullptr) return TW_ERROR_MEMORY;
  if (std::strstr(message, "CUDA error") != nullptr) return TW_ERROR_DEVICE;
  return TW_ERROR_TORCH;
}

namespace {

/* The message before something of a caller's runs. It is put back as it was, for a caller may hold a pointer to it and a
   success leaves it alone; where an exception passes by, it goes. */
class KeptMessage {
 public:
  KeptMessage() : message(twi_message_take()) {}
  KeptMessage(const KeptMessage &) = delete;
  KeptMessage &operator=(const KeptMessage &) = delete;
  ~KeptMessage() { twi_message_free(message); }
  twi_message release() { return std::exchange(message, twi_message{}); }

 private:
  twi_message message;
};

}  // namespace

Attempt attempt(c10::function_ref<void()> body, Words words) {
  KeptMessage before;
  Attempt ended{run_guarded(body, words), {}};
  if (ended.status != TW_OK) ended.message = tw_last_error();
  twi_message_put(before.release());
  return ended;
}

#ifdef TORCH_WARMUP_CHECKS
void fail_with_last_error(tw_status status) { fail(status, tw_last_error()); }
#endif

void check_capacity(const void *out, size_t capacity, size_t *needed, size_t size, const char *what) {
  if (needed != nullptr) *needed = 0;
  check(out != nullptr || size == 0, TW_ERROR_ARGUMENT, "out is NULL");
  if (needed != nullptr) *needed = size;
  check(capacity >= size, TW_ERROR_CAPACITY, "capacity is ", capacity, "; ", size, " ", what, " are needed");
}

void copy_text(char *out, size_t capacity, size_t *needed, const std::string &text) {
  copy_buffer(out, capacity, needed, text.c_str(), text.size() + 1, "bytes");
}

void run_callback(const char *name, c10::function_ref<tw_status()> callback) {
  KeptMessage before;
  const tw_status met = callback(); /* one in C++ may throw, whatever the header says */
  const tw_status status = twi_callback_end(name, met, before.release());
  if (status != TW_OK) fail(status, tw_last_error());
}

}  // namespace tw
