#include "tensor/dtype.h"

#include <ATen/Context.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <array>

#include "base/guard.h"

namespace tw {
namespace {

struct Row {
  tw_dtype dtype;
  c10::ScalarType type;
  const char *name; /* Python's, less "torch." */
};

constexpr std::array<Row, 10> table{{
    {TW_UINT8, c10::ScalarType::Byte, "uint8"},
    {TW_INT8, c10::ScalarType::Char, "int8"},
    {TW_INT16, c10::ScalarType::Short, "int16"},
    {TW_INT32, c10::ScalarType::Int, "int32"},
    {TW_INT64, c10::ScalarType::Long, "int64"},
    {TW_FLOAT16, c10::ScalarType::Half, "float16"},
    {TW_BFLOAT16, c10::ScalarType::BFloat16, "bfloat16"},
    {TW_FLOAT32, c10::ScalarType::Float, "float32"},
    {TW_FLOAT64, c10::ScalarType::Double, "float64"},
    {TW_BOOL, c10::ScalarType::Bool, "bool"},
}};

}  // namespace

int64_t cuda_device_count() {
  return at::globalContext().hasCUDA() ? static_cast<int64_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
}

c10::ScalarType scalar_type_of(tw_dtype dtype) {
  for (const Row &row : table)
    if (row.dtype == dtype) return row.type;
  fail(TW_ERROR_ARGUMENT, "dtype is ", dtype, ", which is no tw_dtype");
}

tw_dtype dtype_of(c10::ScalarType type) {
  for (const Row &row : table)
    if (row.type == type) return row.dtype;
  fail(TW_ERROR_TYPE, "the tensor's elements are of type ", c10::toString(type), ", which has no tw_dtype");
}

std::string tensor_type_name(c10::ScalarType type, c10::IntArrayRef sizes) {
  const char *name = c10::toString(type);
  for (const Row &row : table)
    if (row.type == type) name = row.name;
  return c10::str("torch.", name, " tensor ", sizes);
}

c10::Device device_of(const char *name) {
  if (name == nullptr) return c10::Device(c10::kCPU);
  c10::Device device(c10::kCPU);
  const tw_status parsed = guard([&] { device = c10::Device(std::string(name)); });
  check(parsed == TW_OK, TW_ERROR_DEVICE, "device is \"", name, "\", which LibTorch does not know");
  const bool known = c10::impl::hasDeviceGuardImpl(device.type());
  const int64_t count = known ? c10::impl::getDeviceGuardImpl(device.type())->deviceCount() : 0;
  check(count > 0, TW_ERROR_DEVICE, "device is \"", name, "\", but no device of that kind can be used here");
  check(device.index() < count, TW_ERROR_DEVICE, "device is \"", name, "\", but of that kind there is only ", count);
  return device;
}

}  // namespace tw
