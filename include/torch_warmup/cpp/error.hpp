/**
 * @file error.hpp
 * How failures travel in C++: a status of the C API becomes an exception, and an exception of a callback of yours crosses
 * the C code as a status and comes back to your call as the very object that was thrown.
 */
#ifndef TORCH_WARMUP_CPP_ERROR_HPP
#define TORCH_WARMUP_CPP_ERROR_HPP

#include <cstddef>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../base.h"

namespace tw {
/*
 * The version is part of every name: two libraries of one program may be compiled with different versions of these
 * headers, and the library itself has a namespace of this name inside. None of them takes another's functions for its own.
 */
inline namespace v0_2 {

/** A call that failed: what() is tw_last_error's sentence, with the values. Nothing has changed, but where the C header says so. */
class Error : public std::runtime_error {
 public:
  Error(tw_status status, const std::string &message) : std::runtime_error(message), status_(status) {}

  /** What kind of failure: TW_ERROR_RANGE, ... (base.h). */
  tw_status status() const noexcept { return status_; }

 private:
  tw_status status_;
};

namespace detail {

/* What a callback of this thread threw, on its way through C. */
inline std::exception_ptr &thrown() noexcept {
  thread_local std::exception_ptr slot;
  return slot;
}

/* One call of the C API. Calls nest, from within callbacks; each has its own place for what its callbacks throw. */
class Call {
 public:
  Call() noexcept : outer_(std::exchange(thrown(), nullptr)) {}
  ~Call() { thrown() = std::move(outer_); }
  Call(const Call &) = delete;
  Call &operator=(const Call &) = delete;

  void require(tw_status status) const {
    if (status == TW_OK) return;
    if (thrown() != nullptr) std::rethrow_exception(thrown());
    throw Error(status, tw_last_error());
  }

 private:
  std::exception_ptr outer_;
};

/* Runs a call of the C API: body returns its status. */
template <class Body>
void call(Body &&body) {
  const Call running;
  running.require(body());
}

/* The same where nothing may be thrown: the failure as a value, null where there is none. */
template <class Body>
std::exception_ptr attempt(Body &&body) noexcept {
  try {
    call(body);
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

/* Runs what a callback of the caller's is to do. Nothing that it throws leaves it; the call that ran it throws it again. */
template <class Body>
tw_status run_callback(Body &&body) noexcept {
  const auto keep = [](tw_status status, const char *message) {
    thrown() = std::current_exception();
    tw_set_last_error(message);
    return status == TW_OK ? TW_ERROR_CALLBACK : status;
  };
  try {
    return body();
  } catch (const Error &error) {
    return keep(error.status(), error.what());
  } catch (const std::bad_alloc &error) {
    return keep(TW_ERROR_MEMORY, error.what());
  } catch (const std::exception &error) {
    return keep(TW_ERROR_CALLBACK, error.what());
  } catch (...) {
    return keep(TW_ERROR_CALLBACK, "an exception that is no std::exception");
  }
}

/* Makes a handle: constructor(&handle, arguments...). */
template <class Handle, class Constructor, class... Arguments>
Handle *make(Constructor constructor, Arguments... arguments) {
  Handle *out = nullptr;
  call([&] { return constructor(&out, arguments...); });
  return out;
}

/* Gets one value: getter(&value, arguments...). */
template <class Value, class Getter, class... Arguments>
Value get(Getter getter, Arguments... arguments) {
  Value out{};
  call([&] { return getter(&out, arguments...); });
  return out;
}

/* Fills a buffer: getter(out, capacity, &needed, arguments...). What grows between the two calls is asked for again. */
template <class Element, class Getter, class... Arguments>
std::vector<Element> get_all(Getter getter, Arguments... arguments) {
  size_t needed = 0;
  tw_status status = TW_ERROR_CAPACITY;
  std::vector<Element> out;
  const Call running;
  while (status == TW_ERROR_CAPACITY) {
    running.require(getter(nullptr, 0, &needed, arguments...));
    out.resize(needed);
    status = getter(out.data(), out.size(), &needed, arguments...);
  }
  running.require(status);
  return out;
}

/* The same of text, whose closing 0 the C API counts. */
template <class Getter, class... Arguments>
std::string get_text(Getter getter, Arguments... arguments) {
  const std::vector<char> out = get_all<char>(getter, arguments...);
  return std::string(out.data(), out.empty() ? 0 : out.size() - 1);
}

/* Rows of rates, one rate a group: preview(out, capacity, &needed, arguments..., steps). */
template <class Preview, class... Arguments>
std::vector<std::vector<double>> rows(size_t steps, Preview preview, Arguments... arguments) {
  const std::vector<double> all = get_all<double>(preview, arguments..., steps);
  std::vector<std::vector<double>> out;
  const std::ptrdiff_t groups = steps == 0 ? 0 : static_cast<std::ptrdiff_t>(all.size() / steps);
  for (auto row = all.begin(); out.size() < steps; row += groups) out.emplace_back(row, row + groups);
  return out;
}

}  // namespace detail
}  // namespace v0_2
}  // namespace tw

#endif
