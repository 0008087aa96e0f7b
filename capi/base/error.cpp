/* The last error of each thread, and the helpers of guard.h that need no template. */
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "base/guard.h"

namespace tw {
namespace {

struct Free {
  void operator()(char *memory) const noexcept { std::free(memory); }
};

struct LastError {
  std::unique_ptr<char, Free> text;
  const char *message = "";
};

thread_local LastError last_error;

bool is_status(tw_status status) { return status >= TW_OK && status <= TW_ERROR_INTERNAL; }

}  // namespace

tw_status set_last_error(tw_status status, const char *message) noexcept {
  char *copy = strdup(message); /* message may be the text that is about to go */
  last_error.text.reset(copy);
  /* Where even the message finds no memory, a constant has to do. */
  last_error.message = last_error.text ? last_error.text.get() : "out of memory";
  return status;
}

tw_status status_of_torch_error(const c10::Error &error) noexcept {
  if (dynamic_cast<const c10::OutOfMemoryError *>(&error) != nullptr) return TW_ERROR_MEMORY;
  const char *message = error.what_without_backtrace();
  if (std::strstr(message, "allocate memory") != nullptr) return TW_ERROR_MEMORY;
  if (std::strstr(message, "CUDA error") != nullptr) return TW_ERROR_DEVICE;
  return TW_ERROR_TORCH;
}

void copy_text(char *out, size_t capacity, size_t *length, const std::string &text) {
  const bool only_length = capacity == 0 && length != nullptr;
  check(out != nullptr || only_length, TW_ERROR_ARGUMENT, "out is NULL");
  const size_t needed = text.size() + 1;
  if (length != nullptr) *length = needed;
  if (out == nullptr) return;
  check(capacity >= needed, TW_ERROR_RANGE, "capacity is ", capacity, "; ", needed, " bytes are needed");
  std::memcpy(out, text.c_str(), needed);
}

void run_callback(const char *name, c10::function_ref<tw_status()> callback) {
  /* The message before is put back as it is: a caller may hold a pointer to it, and a success leaves it alone. */
  LastError before = std::exchange(last_error, LastError());
  const tw_status status = callback();
  const LastError met = std::exchange(last_error, std::move(before));
  if (status == TW_OK) return;
  check(is_status(status), TW_ERROR_CALLBACK, name, " returned ", status, ", which is no tw_status");
  fail(status, name, " returned ", tw_status_name(status), met.message[0] == '\0' ? "" : ": ", met.message);
}

}  // namespace tw

const char *tw_last_error(void) { return tw::last_error.message; }

const char *tw_status_name(tw_status status) {
  static const char *const names[] = {"TW_OK",           "TW_ERROR_ARGUMENT", "TW_ERROR_TYPE",     "TW_ERROR_RANGE",
                                      "TW_ERROR_STATE",  "TW_ERROR_MEMORY",   "TW_ERROR_DEVICE",   "TW_ERROR_IO",
                                      "TW_ERROR_FORMAT", "TW_ERROR_TORCH",    "TW_ERROR_CALLBACK", "TW_ERROR_INTERNAL"};
  return tw::is_status(status) ? names[status] : "TW_ERROR_UNKNOWN";
}
