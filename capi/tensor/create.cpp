/* Making tensors: from nothing, from numbers, over memory that is there already. */
#include <ATen/ATen.h>

#include <cstring>

#include "base/arguments.h"
#include "base/context.h"
#include "base/handles.h"
#include "tensor/blob.h"
#include "tensor/dtype.h"

namespace tw {
namespace {

at::TensorOptions options_of(tw_dtype dtype, const char *device) {
  return at::TensorOptions().dtype(scalar_type_of(dtype)).device(device_of(device));
}

/* What make gives for the sizes and the options. */
template <class Make>
tw_status create(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device, Make make) {
  return guard_new(out, [&] { return new_tensor(make(checked_sizes(sizes, ndim), options_of(dtype, device))); });
}

template <class Number>
tw_status full(tw_tensor **out, const int64_t *sizes, size_t ndim, Number value, tw_dtype dtype, const char *device) {
  return create(out, sizes, ndim, dtype, device, [&](at::IntArrayRef shape, const at::TensorOptions &options) {
    return at::full(shape, value, options);
  });
}

template <class Number>
void check_step(Number start, Number end, Number step) {
  check(step > 0 ? start <= end : step < 0 && start >= end, TW_ERROR_RANGE, "step is ", step,
        "; it does not lead from start ", start, " to end ", end);
}

/* How many steps lead from start to end. LibTorch computes it in double, which is too coarse for large numbers. */
int64_t count_steps(int64_t start, int64_t end, int64_t step) {
  check_step(start, end, step);
  const uint64_t from = static_cast<uint64_t>(step > 0 ? start : end);
  const uint64_t distance = static_cast<uint64_t>(step > 0 ? end : start) - from;
  const uint64_t length = step > 0 ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
  const uint64_t count = distance / length + (distance % length != 0 ? 1 : 0);
  check(count <= INT64_MAX / sizeof(int64_t), TW_ERROR_RANGE, "from start ", start, " to end ", end, " there are ",
        count, " numbers, of more bytes than 64 bits can count");
  return static_cast<int64_t>(count);
}

void check_bytes(size_t bytes, at::IntArrayRef sizes, const at::TensorOptions &options) {
  const size_t wanted = static_cast<size_t>(c10::multiply_integers(sizes)) * options.dtype().itemsize();
  check(bytes == wanted, TW_ERROR_ARGUMENT, "bytes is ", bytes, "; elements of sizes ", sizes, " take ", wanted);
}

void check_reach(size_t bytes, at::IntArrayRef sizes, at::IntArrayRef strides, const at::TensorOptions &options) {
  const size_t reach = static_cast<size_t>(span_of(sizes, strides)) * options.dtype().itemsize();
  check(reach <= bytes, TW_ERROR_ARGUMENT, "bytes is ", bytes, "; sizes ", sizes, " with strides ", strides, " reach ",
        reach);
}

}  // namespace
}  // namespace tw

/* ---- from nothing ---- */

tw_status tw_tensor_empty(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw::create(out, sizes, ndim, dtype, device,
                    [](auto shape, auto options) { return at::empty(shape, options); });
}

tw_status tw_tensor_zeros(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw::create(out, sizes, ndim, dtype, device,
                    [](auto shape, auto options) { return at::zeros(shape, options); });
}

tw_status tw_tensor_ones(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device) {
  return tw::create(out, sizes, ndim, dtype, device, [](auto shape, auto options) { return at::ones(shape, options); });
}

tw_status tw_tensor_full_double(tw_tensor **out, const int64_t *sizes, size_t ndim, double value, tw_dtype dtype,
                                const char *device) {
  return tw::full(out, sizes, ndim, value, dtype, device);
}

tw_status tw_tensor_full_int64(tw_tensor **out, const int64_t *sizes, size_t ndim, int64_t value, tw_dtype dtype,
                               const char *device) {
  return tw::full(out, sizes, ndim, value, dtype, device);
}

tw_status tw_tensor_rand(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device,
                         tw_generator *generator) {
  return tw::create(out, sizes, ndim, dtype, device, [&](auto shape, auto options) {
    if (generator == nullptr) return at::rand(shape, options);
    return at::rand(shape, tw::require(generator, "generator").generator, options);
  });
}

tw_status tw_tensor_randn(tw_tensor **out, const int64_t *sizes, size_t ndim, tw_dtype dtype, const char *device,
                          tw_generator *generator) {
  return tw::create(out, sizes, ndim, dtype, device, [&](auto shape, auto options) {
    if (generator == nullptr) return at::randn(shape, options);
    return at::randn(shape, tw::require(generator, "generator").generator, options);
  });
}

tw_status tw_tensor_arange_double(tw_tensor **out, double start, double end, double step, tw_dtype dtype,
                                  const char *device) {
  return tw::guard_new(out, [&] {
    tw::require_finite(start, "start");
    tw::require_finite(end, "end");
    tw::require_finite(step, "step");
    tw::check_step(start, end, step);
    return tw::new_tensor(at::arange(start, end, step, tw::options_of(dtype, device)));
  });
}

tw_status tw_tensor_arange_int64(tw_tensor **out, int64_t start, int64_t end, int64_t step, tw_dtype dtype,
                                 const char *device) {
  return tw::guard_new(out, [&] {
    const at::TensorOptions options = tw::options_of(dtype, device);
    const int64_t count = tw::count_steps(start, end, step);
    const at::Tensor integers = at::arange(count, options.dtype(at::kLong)).mul_(step).add_(start);
    return tw::new_tensor(integers.to(options.dtype()));
  });
}

/* ---- from what is there ---- */

tw_status tw_tensor_from_data(tw_tensor **out, const void *data, size_t bytes, const int64_t *sizes, size_t ndim,
                              tw_dtype dtype) {
  return tw::guard_new(out, [&] {
    const at::IntArrayRef shape = tw::checked_sizes(sizes, ndim);
    const at::TensorOptions options = tw::options_of(dtype, nullptr);
    tw::check_bytes(bytes, shape, options);
    tw::check(data != nullptr || bytes == 0, TW_ERROR_ARGUMENT, "data is NULL");
    at::Tensor made = at::empty(shape, options);
    if (bytes > 0) std::memcpy(made.data_ptr(), data, bytes);
    return tw::new_tensor(std::move(made));
  });
}

tw_status tw_tensor_from_blob(tw_tensor **out, void *data, size_t bytes, const int64_t *sizes, size_t ndim,
                              const int64_t *strides, tw_dtype dtype, void *context, void (*release)(void *context)) {
  tw::Context owned(context, release);
  return tw::guard_new(out, [&] {
    const at::IntArrayRef shape = tw::checked_sizes(sizes, ndim);
    const std::vector<int64_t> steps = tw::checked_strides(strides, shape);
    const at::TensorOptions options = tw::options_of(dtype, nullptr);
    tw::check_reach(bytes, shape, steps, options);
    return tw::lend(data, shape, steps, options, std::make_shared<tw::Context>(std::move(owned)));
  });
}

tw_status tw_tensor_from_torch(tw_tensor **out, const void *at_tensor) {
  return tw::guard_new(out, [&] {
    tw::check(at_tensor != nullptr, TW_ERROR_ARGUMENT, "at_tensor is NULL");
    const auto &given = *static_cast<const at::Tensor *>(at_tensor);
    tw::check(given.defined(), TW_ERROR_ARGUMENT, "at_tensor is undefined");
    return tw::new_tensor(given);
  });
}
