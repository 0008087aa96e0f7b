/* DLPack's structures as its specification lays them out, https://dmlc.github.io/dlpack/latest/c_api.html. LibTorch's own
   copy of the header depends on LibTorch's version: 1.13's knows nothing of the versioned structure. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace tw::dlpack {

enum : int32_t { device_cpu = 1, device_cuda = 2, device_cuda_host = 3 };
enum : uint8_t { code_int = 0, code_uint = 1, code_float = 2, code_bfloat = 4, code_bool = 6 };
enum : uint64_t { flag_read_only = 1 };
constexpr uint32_t major_version = 1;

struct Device {
  int32_t type;
  int32_t id;
};

struct DataType {
  uint8_t code;
  uint8_t bits;
  uint16_t lanes;
};

struct Array {
  void *data;
  Device device;
  int32_t ndim;
  DataType dtype;
  int64_t *shape;
  int64_t *strides; /* in elements; null for rows without gaps */
  uint64_t byte_offset;
};

/* DLManagedTensor. */
struct Managed {
  Array array;
  void *context;
  void (*deleter)(Managed *self);
};

struct Version {
  uint32_t major;
  uint32_t minor;
};

/* DLManagedTensorVersioned: its version, context and deleter stay where they are in every major version. */
struct ManagedVersioned {
  Version version;
  void *context;
  void (*deleter)(ManagedVersioned *self);
  uint64_t flags;
  Array array;
};

static_assert(sizeof(Array) == 48 && offsetof(Array, byte_offset) == 40, "DLPack's ABI on 64 bits");
static_assert(sizeof(Managed) == 64 && sizeof(ManagedVersioned) == 80, "DLPack's ABI on 64 bits");

}  // namespace tw::dlpack
