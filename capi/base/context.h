/* The context of a callback: what the caller gave with it, and the function that lets it go. */
#pragma once

#include <utility>

#include "base/error.h"

namespace tw {

/* Runs release exactly once, at its end. Make it before anything can fail: that is what every call promises that takes a
   context. */
class Context {
 public:
  using Release = void (*)(void *context);

  Context(void *context, Release release) noexcept : context_(context), release_(release) {}
  Context(Context &&other) noexcept : context_(other.context_), release_(std::exchange(other.release_, nullptr)) {}
  Context &operator=(Context &&) = delete;
  ~Context() { twi_release(release_, context_); }

  void *get() const noexcept { return context_; }

 private:
  void *context_;
  Release release_;
};

}  // namespace tw
