/* DLPack's structures under their own names, written from the specification for the tests. */
#pragma once

#include <cstdint>

struct DLDevice {
  int32_t device_type; /* 1 CPU, 2 CUDA, 3 pinned */
  int32_t device_id;
};

struct DLDataType {
  uint8_t code; /* 0 int, 1 unsigned, 2 float, 4 bfloat, 5 complex, 6 bool */
  uint8_t bits;
  uint16_t lanes;
};

struct DLTensor {
  void *data;
  DLDevice device;
  int32_t ndim;
  DLDataType dtype;
  int64_t *shape;
  int64_t *strides;
  uint64_t byte_offset;
};

struct DLManagedTensor {
  DLTensor dl_tensor;
  void *manager_ctx;
  void (*deleter)(DLManagedTensor *self);
};

struct DLPackVersion {
  uint32_t major;
  uint32_t minor;
};

struct DLManagedTensorVersioned {
  DLPackVersion version;
  void *manager_ctx;
  void (*deleter)(DLManagedTensorVersioned *self);
  uint64_t flags; /* bit 0 read-only */
  DLTensor dl_tensor;
};
