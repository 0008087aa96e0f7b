/* Owners of the library's handles, and small makers, for tests. */
#pragma once

#ifdef TW_CORE_ONLY
#include <torch_warmup_core.h>
#else
#include <torch_warmup.h>
#endif

#include <utility>
#include <vector>

namespace tw::test {

inline void free_handle(tw_optimizer *handle) { tw_optimizer_free(handle); }
inline void free_handle(tw_lr_scheduler *handle) { tw_lr_scheduler_free(handle); }
inline void free_handle(tw_warmup *handle) { tw_warmup_free(handle); }
#ifndef TW_CORE_ONLY
inline void free_handle(tw_tensor *handle) { tw_tensor_free(handle); }
inline void free_handle(tw_tensor_list *handle) { tw_tensor_list_free(handle); }
inline void free_handle(tw_generator *handle) { tw_generator_free(handle); }
inline void free_handle(tw_module *handle) { tw_module_free(handle); }
inline void free_handle(tw_checkpoint *handle) { tw_checkpoint_free(handle); }
inline void free_handle(tw_value *handle) { tw_value_free(handle); }
inline void free_handle(tw_module_differences *handle) { tw_module_differences_free(handle); }
#endif

/* Owns one handle: Handle<tw_tensor> x; tw_tensor_ones(x.out(), ...); use x.get(). */
template <class Object>
class Handle {
 public:
  Handle() = default;
  explicit Handle(Object *handle) : handle_(handle) {}
  Handle(Handle &&other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle &operator=(Handle &&other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  ~Handle() { free_handle(handle_); }

  Object *get() const { return handle_; }
  Object **out() {
    free_handle(std::exchange(handle_, nullptr));
    return &handle_;
  }
  Object *const *one() const { return &handle_; } /* as an array of one */
  Object *release() { return std::exchange(handle_, nullptr); }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  Object *handle_ = nullptr;
};

/* A pointer that no call may leave behind: to see that a failing call sets its output to null. */
template <class Object>
Object *rubbish() {
  static char place;
  return reinterpret_cast<Object *>(&place);
}

#ifndef TW_CORE_ONLY

/* A float32 tensor of the given numbers; one dimension where sizes is empty. */
inline Handle<tw_tensor> tensor(const std::vector<float> &values, std::vector<int64_t> sizes = {}) {
  if (sizes.empty()) sizes.push_back(static_cast<int64_t>(values.size()));
  Handle<tw_tensor> made;
  if (tw_tensor_from_data(made.out(), values.data(), values.size() * sizeof values[0], sizes.data(), sizes.size(),
                          TW_FLOAT32) != TW_OK)
    throw tw_last_error();
  return made;
}

/* A leaf tensor that requires a gradient. */
inline Handle<tw_tensor> parameter(const std::vector<float> &values, std::vector<int64_t> sizes = {}) {
  Handle<tw_tensor> made = tensor(values, std::move(sizes));
  if (tw_tensor_set_requires_grad(made.get(), 1) != TW_OK) throw tw_last_error();
  return made;
}

/* The elements of a float32 tensor. */
inline std::vector<float> values(const tw_tensor *tensor) {
  size_t count = 0;
  if (tw_tensor_get_numel(&count, tensor) != TW_OK) throw tw_last_error();
  std::vector<float> out(count);
  if (tw_tensor_copy_data(out.data(), out.size() * sizeof(float), nullptr, tensor) != TW_OK) throw tw_last_error();
  return out;
}

inline std::vector<int64_t> sizes(const tw_tensor *tensor) {
  size_t ndim = 0;
  if (tw_tensor_get_ndim(&ndim, tensor) != TW_OK) throw tw_last_error();
  std::vector<int64_t> out(ndim);
  if (tw_tensor_get_sizes(out.data(), ndim, nullptr, tensor) != TW_OK) throw tw_last_error();
  return out;
}

/* A handle to each tensor of a list; empty where the list has an empty place. */
inline std::vector<Handle<tw_tensor>> handles_of(const Handle<tw_tensor_list> &list) {
  size_t count = 0;
  if (tw_tensor_list_get_count(&count, list.get()) != TW_OK) throw tw_last_error();
  std::vector<Handle<tw_tensor>> out(count);
  for (size_t i = 0; i < count; ++i)
    if (tw_tensor_list_get(out[i].out(), list.get(), i) != TW_OK) throw tw_last_error();
  return out;
}

#endif

}  // namespace tw::test
