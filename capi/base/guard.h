/* How an entry point runs: nothing that LibTorch throws leaves this library, and every failure leaves its message. */
#pragma once

#include <c10/util/Exception.h>
#include <c10/util/FunctionRef.h>
#include <c10/util/StringUtil.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "base/live.h"
#include "base/message.h"
#include "torch_warmup/base.h"

namespace tw {

/* A failure of ours: a status and the sentence that tw_last_error will give. */
struct Failure {
  tw_status status;
  std::string message;
};

template <class... Parts>
[[noreturn]] void fail(tw_status status, const Parts &...parts) {
  throw Failure{status, c10::str(parts...)};
}

/* Fails with status and the parts of a sentence unless condition holds. */
template <class... Parts>
void check(bool condition, tw_status status, const Parts &...parts) {
  if (!condition) fail(status, parts...);
}

/* Keeps the message for tw_last_error of this thread and gives status back. Never throws. */
tw_status set_last_error(tw_status status, const char *message) noexcept;

/* The status that fits what LibTorch said: out of memory and missing devices have their own. */
tw_status status_of_torch_error(const c10::Error &error) noexcept;

/* The one chain of catches of this project. words makes a message of what LibTorch said. */
inline tw_status run_guarded(c10::function_ref<void()> body, Words words = essential) noexcept {
  try {
    body();
    return TW_OK;
  } catch (const Failure &failure) {
    return set_last_error(failure.status, failure.message.c_str());
  } catch (const c10::Error &error) {
    return set_last_error(status_of_torch_error(error), words(error.what_without_backtrace()).c_str());
  } catch (const std::bad_alloc &) {
    return set_last_error(TW_ERROR_MEMORY, "out of memory");
  } catch (const std::exception &error) {
    return set_last_error(TW_ERROR_TORCH, words(error.what()).c_str());
  } catch (...) {
    return set_last_error(TW_ERROR_INTERNAL, "an exception of an unknown kind");
  }
}

/* How a body ended, as a value: an inner failure that is not the call's, or not yet. */
struct Attempt {
  tw_status status;
  std::string message;
};
Attempt attempt(c10::function_ref<void()> body, Words words = essential);

/* Runs a body that returns nothing. */
template <class Body>
tw_status guard(Body &&body) noexcept {
  return run_guarded([&] { body(); });
}

/* Sets *out to zero, runs the body and stores the value it returns. */
template <class Value, class Body>
tw_status guard_value(Value *out, Body &&body) noexcept {
  if (out != nullptr) *out = Value{};
  return run_guarded([&] {
    check(out != nullptr, TW_ERROR_ARGUMENT, "out is NULL");
    *out = static_cast<Value>(body());
  });
}

/* Sets *out to null, runs the body and stores the handle that its unique_ptr holds. */
template <class Handle, class Body>
tw_status guard_new(Handle **out, Body &&body) noexcept {
  if (out != nullptr) *out = nullptr;
  return run_guarded([&] {
    check(out != nullptr, TW_ERROR_ARGUMENT, "out is NULL");
    *out = give(body());
  });
}

/* The object behind a handle or pointer that must not be null. */
template <class Object>
Object &require(Object *object, const char *name) {
  check(object != nullptr, TW_ERROR_ARGUMENT, name, " is NULL");
  check_alive(object, [&] { return std::string(name); });
  return *object;
}

/* The object behind one of a list of handles, of which none may be null. */
template <class Object>
Object &require_at(Object *const *objects, size_t index, const char *name) {
  check(objects[index] != nullptr, TW_ERROR_ARGUMENT, name, "[", index, "] is NULL");
  check_alive(objects[index], [&] { return c10::str(name, "[", index, "]"); });
  return *objects[index];
}

/* A truth value as the header defines it. */
inline bool require_bool(int32_t value, const char *name) {
  check(value == 0 || value == 1, TW_ERROR_ARGUMENT, name, " is ", value, "; it must be 0 or 1");
  return value == 1;
}

/* An array of count elements, which may be null only where count is 0. */
template <class Element>
Element *require_array(Element *array, size_t count, const char *name) {
  check(array != nullptr || count == 0, TW_ERROR_ARGUMENT, name, " is NULL but its length is ", count);
  return array;
}

/* The rule of every buffer of a caller's: needed, which may be null, gets size, also where capacity is too small, and
   that is TW_ERROR_CAPACITY. Before any work. what is what size counts: "rates". */
void check_capacity(const void *out, size_t capacity, size_t *needed, size_t size, const char *what);

/* Whether the caller asks for no more than needed. */
inline bool asks_for_size(const void *out, size_t capacity, const size_t *needed) {
  return out == nullptr && capacity == 0 && needed != nullptr;
}

/* Copies size elements to a caller's buffer by that rule. */
template <class Element>
void copy_buffer(Element *out, size_t capacity, size_t *needed, const Element *from, size_t size, const char *what) {
  if (asks_for_size(out, capacity, needed)) {
    *needed = size;
    return;
  }
  check_capacity(out, capacity, needed, size, what);
  std::copy_n(from, size, out);
}

/* Copies text and its closing 0 to a caller's buffer. */
void copy_text(char *out, size_t capacity, size_t *needed, const std::string &text);

/* Runs a callback of the caller's. Its failure becomes this call's: the status, and a message that names it. */
void run_callback(const char *name, c10::function_ref<tw_status()> callback);

}  // namespace tw
