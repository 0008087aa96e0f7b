/* Trees of values that go from one checkpoint into another. */
#pragma once

#include <map>

#include "checkpoint/checkpoint.h"

namespace tw {

/* Copies trees, so that nothing of a copy belongs to the other checkpoint, which may be used by another thread. What a tree
   holds twice comes once in the copy too, be it a value or a tensor's memory. */
class TreeCopy {
 public:
  /* Where a storage lies in the copy. */
  using CopyStorage = twi_storage *(*)(CheckpointMemory &to, const CheckpointMemory &from, const twi_storage &storage);

  TreeCopy(CheckpointMemory &to, const CheckpointMemory &from, CopyStorage copy_storage)
      : to_(to), from_(from), copy_storage_(copy_storage) {}

  Value operator()(const twi_value &value);

 private:
  struct ReleaseStorage {
    void operator()(twi_storage *storage) const noexcept { twi_storage_release(storage); }
  };
  using Storage = std::unique_ptr<twi_storage, ReleaseStorage>;

  Value copy(const twi_value &value);
  Value copy_tensor(const twi_value_tensor &tensor);
  Value copy_sequence(const twi_value &list);
  Value copy_dict(const twi_value &dict);
  Value copy_object(const twi_value &object);
  void copy_attributes(const Value &made, const twi_value *attributes);
  twi_storage *storage_for(const twi_storage &storage);

  CheckpointMemory &to_;
  const CheckpointMemory &from_;
  CopyStorage copy_storage_;
  std::map<const twi_value *, Value> values_;
  std::map<const twi_storage *, Storage> storages_;
};

}  // namespace tw
