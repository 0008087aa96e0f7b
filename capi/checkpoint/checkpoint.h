/* What stands behind tw_checkpoint: a tree of values, whose tensors are LibTorch's or lie in the file that was read. */
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Storage.h>

#include <map>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "archive/checkpoint_value.h"
#include "base/guard.h"
#include "checkpoint/file.h"
#include "torch_warmup/checkpoint.h"

namespace tw {

struct ReleaseValue {
  void operator()(twi_value *value) const noexcept { twi_value_release(value); }
};
using Value = std::unique_ptr<twi_value, ReleaseValue>;

/* Storages of LibTorch that lie in a checkpoint, each once for every type of elements that it is seen as: Python knows
   a storage by one type alone. */
using StorageBook = std::map<std::pair<const void *, twi_element>, twi_storage *>;

/* Where the bytes of a checkpoint's tensors lie. Values that are handed out keep it alive. */
struct CheckpointMemory {
  std::shared_ptr<const SourceFile> file; /* where storages without an owner lie; NULL where none do */
  StorageBook storages;                   /* outlives the values, whose storages take themselves out of it */
};

/* ---- making values: the maker of each object's state_dict is built of these -------------------------------------- */

/* Owns what a function of the core made; NULL is out of memory. */
inline Value own(twi_value *value) {
  if (value == nullptr) throw std::bad_alloc();
  return Value(value);
}

inline Value new_list() { return own(twi_value_list()); }
inline Value new_dict(twi_value_kind kind = TWI_VALUE_DICT) { return own(twi_value_dict(kind)); }
inline Value new_int(int64_t value) { return own(twi_value_int(value)); }
inline Value new_bool(bool value) { return own(twi_value_bool(value)); }
inline Value new_double(double value) { return own(twi_value_double(value)); }
inline Value new_none() { return own(twi_value_none()); }

inline Value new_pair(Value first, Value second) { /* a tuple */
  twi_value *const items[] = {first.release(), second.release()};
  return own(twi_value_tuple(items, 2));
}

/* Of a list's items. */
Value new_tuple(const Value &list);

/* UTF-8, or TW_ERROR_ARGUMENT that calls the text by name. */
Value new_string(const std::string &text, const char *name);

/* The tensor as it is, sharing its memory; whether it requires a gradient only where that is kept. Tensors of one checkpoint that share memory go on to do so. */
Value new_tensor_value(CheckpointMemory &memory, const at::Tensor &tensor, bool keeps_requires_grad = false);

/* A container is filled before it is put into another: afterwards it cannot be changed. */
void append(const Value &list, Value item);
void set(const Value &dict, const char *key, Value item);
void set(const Value &dict, Value key, Value item);
void add(const Value &dict, Value key, Value item); /* the key must be new, which is not looked for */

/* Puts a value under a key of the checkpoint, in place of what it has. */
void put(tw_checkpoint *checkpoint, const char *key, Value value);

/* What the checkpoint holds, a dict that may be changed: nobody else has it. */
const Value &writable_root(tw_checkpoint &checkpoint);

/* ---- looking at values: the reader of each object's state_dict is built of these --------------------------------- */

/* A key as messages call it; NULL stands for all that the checkpoint holds. */
inline std::string quoted(const char *key) { return key != nullptr ? c10::str("\"", key, "\"") : "the checkpoint"; }

/* What lies under a key of the checkpoint; TW_ERROR_NOT_FOUND, with the keys there are, if nothing. */
const twi_value &find_value(const tw_checkpoint *checkpoint, const char *key);

/* What lies under a key of a dict, called name in messages; or a failure with the keys there are. A state_dict without it is
   no argument for the object that it is to restore. */
const twi_value &find_item(const twi_value &dict, const char *key, const std::string &name,
                           tw_status failure = TW_ERROR_ARGUMENT);

/* A dict's keys that are strings, for a message; not too many. */
std::vector<std::string> keys_of(const twi_value &dict);

/* Of a dict whose every entry counts: an entry whose key is not known is TW_ERROR_UNSUPPORTED, unless it asks for nothing
   (None, False, a str). */
void require_known_keys(const twi_value &dict, c10::function_ref<bool(const std::string &)> is_known,
                        const std::string &name);

tw_kind kind_of(const twi_value &value);

/* The value as what it is, or TW_ERROR_TYPE that calls it by name; of one that this library has no type for,
   TW_ERROR_UNSUPPORTED. */
int64_t int64_of(const twi_value &value, const std::string &name); /* of a bool too */
double double_of(const twi_value &value, const std::string &name); /* of an integer too, where it is exact */
std::string string_of(const twi_value &value, const std::string &name);
const twi_value &dict_of(const twi_value &value, const std::string &name); /* of any of the three kinds */
const twi_value &list_of(const twi_value &value, const std::string &name); /* a tuple too */
const twi_value_tensor &tensor_value_of(const twi_value &value, const std::string &name);

/* Whether the bytes can still be had; fails if not. To be asked of all before the first is copied. */
void check_storage(const CheckpointMemory &memory, const twi_storage &storage);

/* The tensor, in memory of its own on the CPU. */
at::Tensor read_tensor(const CheckpointMemory &memory, const twi_value_tensor &value);

/* The same, requiring a gradient where the one that was saved did. */
at::Tensor loaded_tensor(const CheckpointMemory &memory, const twi_value_tensor &value);

/* Puts the elements into a tensor of the same sizes, converting dtype and device, or of no dimensions the first of a list.
   Straight from the file where they lie alike: a disk that fails meanwhile leaves it half done. */
void copy_tensor(const CheckpointMemory &memory, const twi_value_tensor &from, const at::Tensor &to);

/* The same, laid out without gaps; not copied where it lies so in memory of the CPU. */
at::Tensor dense_tensor(const CheckpointMemory &memory, const twi_value_tensor &value);

/* A value's type as Python names it: "dict", "torch.float32 tensor [2, 3]". */
std::string type_name_of(const twi_value &value);

/* Whether it is of no type of this library's, and then what it is, why it cannot be had and what to do: "is a set, which
   ...". */
inline bool is_opaque(const twi_value &value) { return value.kind >= TWI_VALUE_SET; }
std::string refusal_of(const twi_value &value);

inline at::IntArrayRef sizes_of(const twi_value_tensor &tensor) { return {tensor.sizes, tensor.dim}; }

/* ---- the bytes of tensors ---------------------------------------------------------------------------------------- */

/* Where count bytes of a storage lie on the host: in its own memory, or in buffer, to which they are copied. */
const void *storage_bytes(const CheckpointMemory &memory, const twi_storage &storage, uint64_t offset, size_t count,
                          void *buffer);

/* Copies count bytes of a storage to the host. */
void read_storage(const CheckpointMemory &memory, const twi_storage &storage, uint64_t offset, size_t count, void *out);

/* A storage of one checkpoint for another: what lies in memory is shared, what lies in a file is read. */
twi_storage *share_storage(CheckpointMemory &to, const CheckpointMemory &from, const twi_storage &storage);

/* The same, but with a copy of what lies in memory. */
twi_storage *clone_storage(CheckpointMemory &to, const CheckpointMemory &from, const twi_storage &storage);

}  // namespace tw

struct tw_checkpoint {
  std::shared_ptr<tw::CheckpointMemory> memory = std::make_shared<tw::CheckpointMemory>(); /* outlives root */
  tw::Value root = tw::new_dict();

  /* The functions above take a checkpoint for its memory. */
  operator tw::CheckpointMemory &() const { return *memory; }
};
