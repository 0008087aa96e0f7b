/* The bytes of a checkpoint's tensors, as LibTorch holds them. */
#include <ATen/ATen.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "checkpoint/checkpoint.h"
#include "tensor/dtype.h"
#include "tensor/memory.h"

namespace tw {
namespace {

static_assert(int{TWI_ELEMENT_UINT8} == int{TW_UINT8} && int{TWI_ELEMENT_INT8} == int{TW_INT8} &&
                  int{TWI_ELEMENT_INT16} == int{TW_INT16} && int{TWI_ELEMENT_INT32} == int{TW_INT32} &&
                  int{TWI_ELEMENT_INT64} == int{TW_INT64} && int{TWI_ELEMENT_FLOAT16} == int{TW_FLOAT16} &&
                  int{TWI_ELEMENT_BFLOAT16} == int{TW_BFLOAT16} && int{TWI_ELEMENT_FLOAT32} == int{TW_FLOAT32} &&
                  int{TWI_ELEMENT_FLOAT64} == int{TW_FLOAT64} && int{TWI_ELEMENT_BOOL} == int{TW_BOOL},
              "the core counts types of elements as the header does");

/* Keeps a storage of LibTorch alive, and its place in the book. */
struct Owner {
  c10::Storage storage;
  StorageBook &book;
  StorageBook::iterator entry;
};

void release_owner(void *owner) noexcept {
  const std::unique_ptr<Owner> last(static_cast<Owner *>(owner));
  last->book.erase(last->entry);
}

/* A reference to the storage's place in the checkpoint, a new one at its first tensor. */
twi_storage *share_storage(StorageBook &book, const c10::Storage &storage, twi_element element) {
  const auto [entry, is_new] = book.try_emplace({storage.unsafeGetStorageImpl(), element}, nullptr);
  if (!is_new) return twi_storage_retain(entry->second);
  auto owner = std::unique_ptr<Owner>(new (std::nothrow) Owner{storage, book, entry});
  if (owner != nullptr) entry->second = twi_storage_new(element, storage.nbytes(), owner.get(), release_owner);
  if (entry->second == nullptr) {
    book.erase(entry);
    throw std::bad_alloc();
  }
  static_cast<void>(owner.release()); /* it is the storage's now */
  return entry->second;
}

/* Bytes of a storage as a tensor of its device. */
at::Tensor view_of_bytes(const c10::Storage &storage, uint64_t offset, size_t count) {
  const at::Tensor empty = at::empty({0}, at::TensorOptions().dtype(at::kByte).device(storage.device()));
  return empty.set_(storage, static_cast<int64_t>(offset), {static_cast<int64_t>(count)}, {1});
}

/* Asks for large pages where large memory is about to be filled: to map it in small ones takes longer than the filling. */
void prefer_large_pages(const at::Tensor &memory) {
#ifdef MADV_HUGEPAGE
  constexpr size_t page = size_t{1} << 21;
  void *start = memory.data_ptr();
  size_t room = memory.nbytes();
  if (std::align(page, page, start, room) != nullptr) madvise(start, room / page * page, MADV_HUGEPAGE); /* or not */
#endif
}

}  // namespace

Value new_tensor_value(CheckpointMemory &memory, const at::Tensor &tensor, bool keeps_requires_grad) {
  const at::Tensor dense = with_memory(tensor.detach(), "a tensor for a checkpoint");
  const auto element = static_cast<twi_element>(dtype_of(tensor.scalar_type()));
  /* Negation may be pending: a bit on the tensor that its memory knows nothing of. */
  const at::Tensor plain = dense.resolve_neg();
  twi_storage *storage = share_storage(memory.storages, plain.storage(), element);
  Value value = own(twi_value_tensor_new(storage, plain.storage_offset(), plain.sizes().size(), plain.sizes().data(),
                                         plain.strides().data()));
  value->as.tensor.requires_grad = keeps_requires_grad && tensor.requires_grad() ? 1 : 0;
  return value;
}

void check_storage(const CheckpointMemory &memory, const twi_storage &storage) {
  if (storage.owner == nullptr) return memory.file->require_unchanged();
  const size_t bytes = static_cast<const Owner *>(storage.owner)->storage.nbytes();
  check(bytes >= storage.bytes, TW_ERROR_STATE, "a tensor's memory had ", storage.bytes,
        " bytes when it was put, and has ", bytes, " now");
}

namespace {

/* Turns the bytes of each number round, which has so many. */
void swap_bytes(void *buffer, size_t count, size_t size) {
  auto *bytes = static_cast<unsigned char *>(buffer);
  for (size_t i = 0; size > 1 && i + size <= count; i += size) std::reverse(bytes + i, bytes + i + size);
}

}  // namespace

const void *storage_bytes(const CheckpointMemory &memory, const twi_storage &storage, uint64_t offset, size_t count,
                          void *buffer) {
  check_storage(memory, storage);
  if (count == 0) return buffer;
  if (storage.owner == nullptr) {
    memory.file->read(storage.offset + offset, buffer, count);
    swap_bytes(buffer, count, storage.swapped);
    return buffer;
  }
  const c10::Storage &source = static_cast<const Owner *>(storage.owner)->storage;
  if (source.device().is_cpu()) return static_cast<const char *>(source.data()) + offset;
  return std::memcpy(buffer, view_of_bytes(source, offset, count).to(at::kCPU).data_ptr(), count);
}

void read_storage(const CheckpointMemory &memory, const twi_storage &storage, uint64_t offset, size_t count,
                  void *out) {
  const void *bytes = storage_bytes(memory, storage, offset, count, out);
  if (bytes != out) std::memcpy(out, bytes, count);
}

at::Tensor read_tensor(const CheckpointMemory &memory, const twi_value_tensor &value) {
  const at::IntArrayRef sizes = sizes_of(value), strides(value.strides, value.dim);
  int64_t span = 1; /* elements from the first to the last */
  for (size_t i = 0; i < value.dim; ++i) span = sizes[i] == 0 ? 0 : span + (span > 0 ? (sizes[i] - 1) * strides[i] : 0);
  const auto type = scalar_type_of(static_cast<tw_dtype>(value.storage->element));
  const uint64_t size = twi_element_size(value.storage->element);
  /* A byte of a file may be what no bool is. */
  at::Tensor elements = at::empty({span}, type == at::kBool ? at::kByte : type);
  prefer_large_pages(elements);
  read_storage(memory, *value.storage, static_cast<uint64_t>(value.offset) * size, static_cast<size_t>(span) * size,
               elements.data_ptr());
  if (type == at::kBool) elements = elements.ne(0);
  if (value.negative != 0) elements = elements.neg();
  return elements.as_strided(sizes, strides);
}

at::Tensor loaded_tensor(const CheckpointMemory &memory, const twi_value_tensor &value) {
  return read_tensor(memory, value).set_requires_grad(value.requires_grad != 0);
}

namespace {

/* Whether the elements lie in the file as they are to lie in memory. */
bool lies_alike(const twi_value_tensor &from, const at::Tensor &to) {
  const at::IntArrayRef strides(from.strides, from.dim);
  return from.storage->owner == nullptr && from.negative == 0 && to.device().is_cpu() &&
         to.scalar_type() != at::kBool &&
         to.scalar_type() == scalar_type_of(static_cast<tw_dtype>(from.storage->element)) && to.is_contiguous() &&
         sizes_of(from) == to.sizes() && strides == to.strides();
}

}  // namespace

void copy_tensor(const CheckpointMemory &memory, const twi_value_tensor &from, const at::Tensor &to) {
  if (!lies_alike(from, to)) {
    const at::Tensor value = read_tensor(memory, from);
    to.detach().copy_(value.dim() == to.dim() ? value : value[0]);
    return;
  }
  const uint64_t offset = static_cast<uint64_t>(from.offset) * to.element_size();
  to.unsafeGetTensorImpl()->bump_version(); /* as copy_ does, for graphs that hold the old elements */
  read_storage(memory, *from.storage, offset, to.nbytes(), to.data_ptr());
}

at::Tensor dense_tensor(const CheckpointMemory &memory, const twi_value_tensor &value) {
  if (value.storage->owner == nullptr) return read_tensor(memory, value).contiguous();
  check_storage(memory, *value.storage);
  const c10::Storage &source = static_cast<const Owner *>(value.storage->owner)->storage;
  const auto type = scalar_type_of(static_cast<tw_dtype>(value.storage->element));
  const bool is_bool = type == at::kBool; /* whose byte may be what no bool is */
  at::Tensor view = at::empty({0}, at::TensorOptions().dtype(is_bool ? at::kByte : type).device(source.device()));
  view.set_(source, value.offset, sizes_of(value), {value.strides, value.dim});
  const at::Tensor dense = view.contiguous().to(at::kCPU);
  if (value.negative != 0) return dense.neg();
  return is_bool ? dense.ne(0) : dense;
}

namespace {

/* The same place of the same file. */
twi_storage *storage_in_file(const twi_storage &storage) {
  twi_storage *made = twi_storage_new(storage.element, storage.bytes, nullptr, nullptr);
  if (made == nullptr) throw std::bad_alloc();
  made->offset = storage.offset;
  made->swapped = storage.swapped;
  return made;
}

}  // namespace

twi_storage *share_storage(CheckpointMemory &to, const CheckpointMemory &from, const twi_storage &storage) {
  check_storage(from, storage);
  if (storage.owner != nullptr)
    return share_storage(to.storages, static_cast<const Owner *>(storage.owner)->storage, storage.element);
  if (to.file == from.file) return storage_in_file(storage);
  const at::Tensor bytes = at::empty({static_cast<int64_t>(storage.bytes)}, at::kByte);
  prefer_large_pages(bytes);
  read_storage(from, storage, 0, static_cast<size_t>(storage.bytes), bytes.data_ptr());
  return share_storage(to.storages, bytes.storage(), storage.element);
}

twi_storage *clone_storage(CheckpointMemory &to, const CheckpointMemory &from, const twi_storage &storage) {
  if (storage.owner == nullptr) return share_storage(to, from, storage);
  check_storage(from, storage);
  const c10::Storage &source = static_cast<const Owner *>(storage.owner)->storage;
  const at::Tensor bytes = view_of_bytes(source, 0, static_cast<size_t>(storage.bytes)).clone();
  return share_storage(to.storages, bytes.storage(), storage.element);
}

}  // namespace tw
