/* Handles as a build with TORCH_WARMUP_CHECKS looks after them; src/base/handle.h says how. In another build all of this
   is nothing. */
#pragma once

#include <memory>
#include <string>
#include <type_traits>

#include "base/handle.h"

struct tw_checkpoint;
struct tw_generator;
struct tw_lr_scheduler;
struct tw_module;
struct tw_module_differences;
struct tw_optimizer;
struct tw_tensor;
struct tw_tensor_list;
struct tw_value;
struct tw_warmup;

namespace tw {

template <class Object>
inline constexpr tw_handle_kind handle_kind = TW_HANDLE_KIND_UNKNOWN; /* of what is no handle */
template <>
inline constexpr tw_handle_kind handle_kind<tw_checkpoint> = TW_HANDLE_CHECKPOINT;
template <>
inline constexpr tw_handle_kind handle_kind<tw_generator> = TW_HANDLE_GENERATOR;
template <>
inline constexpr tw_handle_kind handle_kind<tw_lr_scheduler> = TW_HANDLE_LR_SCHEDULER;
template <>
inline constexpr tw_handle_kind handle_kind<tw_module> = TW_HANDLE_MODULE;
template <>
inline constexpr tw_handle_kind handle_kind<tw_module_differences> = TW_HANDLE_MODULE_DIFFERENCES;
template <>
inline constexpr tw_handle_kind handle_kind<tw_optimizer> = TW_HANDLE_OPTIMIZER;
template <>
inline constexpr tw_handle_kind handle_kind<tw_tensor> = TW_HANDLE_TENSOR;
template <>
inline constexpr tw_handle_kind handle_kind<tw_tensor_list> = TW_HANDLE_TENSOR_LIST;
template <>
inline constexpr tw_handle_kind handle_kind<tw_value> = TW_HANDLE_VALUE;
template <>
inline constexpr tw_handle_kind handle_kind<tw_warmup> = TW_HANDLE_WARMUP;

/* Fails where the object is a handle that is not alive; name makes what messages call it. */
#ifdef TORCH_WARMUP_CHECKS
[[noreturn]] void fail_with_last_error(tw_status status);

template <class Object, class Name>
void check_alive(const Object *object, Name &&name) {
  constexpr tw_handle_kind kind = handle_kind<std::remove_const_t<Object>>;
  if constexpr (kind != TW_HANDLE_KIND_UNKNOWN) {
    const tw_status status = twi_handle_check(object, kind, std::string(name()).c_str());
    if (status != TW_OK) fail_with_last_error(status);
  }
}
#else
template <class Object, class Name>
void check_alive(const Object *, Name &&) {}
#endif

/* The caller's from now on. */
template <class Object>
Object *give(std::unique_ptr<Object> made) {
  twi_handle_open(made.get(), handle_kind<Object>);
  return made.release();
}

/* Ours from now on; function names who asks, where the program has to end. */
template <class Object>
std::unique_ptr<Object> take(Object *handle, const char *function) {
  twi_handle_close(handle, handle_kind<Object>, function);
  return std::unique_ptr<Object>(handle);
}

/* For as long as this lives a program may use the objects as handles, which it must not free. */
template <class Object>
class Lent {
 public:
  explicit Lent(const Object *objects, size_t count = 1) : objects_(objects), count_(count) {
    for (size_t i = 0; i < count_; ++i) twi_handle_lend(objects_ + i, handle_kind<Object>);
  }
  Lent(const Lent &) = delete;
  Lent &operator=(const Lent &) = delete;
  ~Lent() {
    for (size_t i = 0; i < count_; ++i) twi_handle_take_back(objects_ + i);
  }

 private:
  const Object *objects_;
  size_t count_;
};

}  // namespace tw
