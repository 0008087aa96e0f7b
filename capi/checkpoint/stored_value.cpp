#include "checkpoint/stored_value.h"

#include "archive/pickle_read.h"
#include "checkpoint/tree.h"

namespace tw {
namespace {

static_assert(deepest_value == TWI_PICKLE_DEPTH, "what can be made can be read again");

using Memory = std::shared_ptr<CheckpointMemory>;

/* A place in a checkpoint. */
class Stored {
 public:
  Stored(Memory memory, const twi_value &node)
      : memory_(std::move(memory)), node_(twi_value_retain(const_cast<twi_value *>(&node))) {}
  virtual ~Stored() = default;

  twi_value &node() const { return *node_; }
  const Memory &memory() const { return memory_; }

  /* The node for a checkpoint of that memory. */
  Value tree_for(const Memory &memory) const {
    return memory == memory_ ? Value(twi_value_retain(node_.get()))
                             : TreeCopy(*memory, *memory_, share_storage)(*node_);
  }

 private:
  Memory memory_; /* outlives the node */
  Value node_;
};

class InCheckpointTensor final : public StoredTensor, public Stored {
 public:
  using Stored::Stored;

  at::Tensor read() const override { return loaded_tensor(*memory(), node().as.tensor); }
  std::string type_name() const override { return type_name_of(node()); }
};

/* What this library has no type for. */
class InCheckpointObject final : public StoredObject, public Stored {
 public:
  using Stored::Stored;

  std::string type_name() const override { return type_name_of(node()); }
  std::string refusal() const override { return refusal_of(node()); }
};

class InCheckpointContainer final : public ValueContainer, public Stored {
 public:
  using Stored::Stored;

  tw_kind kind() const override { return kind_of(node()); }
  std::string type_name() const override { return type_name_of(node()); }
  size_t depth() const override { return node().depth; }
  size_t size() const override { return node().as.container.count / step(); }
  tw_value item(size_t index) const override { return part(step() * index + step() - 1); }
  tw_value key(size_t index) const override { return part(2 * index); }

  std::optional<tw_value> find(const std::string &key) const override {
    const twi_value *found = step() == 2 ? twi_value_find(&node(), key.c_str()) : nullptr;
    return found != nullptr ? std::optional(stored_value(memory(), *found)) : std::nullopt;
  }

 private:
  size_t step() const { return twi_value_is_dict(&node()) ? 2 : 1; } /* a dict has its keys among its values */
  tw_value part(size_t index) const { return stored_value(memory(), *node().as.container.items[index]); }
};

/* ---- values as a checkpoint holds them ---- */

Value tree_of_plain(CheckpointMemory &memory, const c10::IValue &value) {
  if (value.isNone()) return new_none();
  if (value.isTensor()) return new_tensor_value(memory, value.toTensor(), true);
  if (value.isInt()) return new_int(value.toInt());
  if (value.isDouble()) return new_double(value.toDouble());
  if (value.isBool()) return new_bool(value.toBool());
  if (value.isString()) return new_string(value.toStringRef(), "value");
  fail(TW_ERROR_TYPE, "value is, or holds, an object of TorchScript, which no checkpoint holds");
}

/* Keys that differ here may be one in Python. */
Value tree_of_dict(const Memory &memory, const ValueContainer &container) {
  Value dict = new_dict();
  for (size_t i = 0; i < container.size(); ++i) {
    Value key = tree_of(memory, container.key(i)), item = tree_of(memory, container.item(i));
    check(key->kind != TWI_VALUE_TENSOR, TW_ERROR_TYPE, "value is, or holds, a dict with a key that is ",
          kind_name(kind_of(*key)), "; the keys of a checkpoint's are strs, numbers and bools");
    add(dict, std::move(key), std::move(item));
  }
  const twi_value *twice = nullptr;
  if (!twi_value_seal(dict.get(), &twice)) throw std::bad_alloc();
  check(twice == nullptr, TW_ERROR_ARGUMENT,
        "value is, or holds, a dict with two keys that equal each other in Python, such as 1, 1.0 and True");
  return dict;
}

Value tree_of_list(const Memory &memory, const ValueContainer &container) {
  Value list = new_list();
  for (size_t i = 0; i < container.size(); ++i) append(list, tree_of(memory, container.item(i)));
  return list;
}

}  // namespace

tw_value stored_value(const Memory &memory, const twi_value &node) {
  switch (kind_of(node)) {
    case TW_KIND_NONE:
      return {};
    case TW_KIND_INT64:
      return {c10::IValue(node.as.integer)};
    case TW_KIND_BOOL:
      return {c10::IValue(node.as.integer != 0)};
    case TW_KIND_DOUBLE:
      return {c10::IValue(node.as.real)};
    case TW_KIND_STRING:
      return {c10::IValue(std::string(node.as.string.bytes, node.as.string.length))};
    case TW_KIND_TENSOR:
      return {std::shared_ptr<const StoredTensor>(std::make_shared<InCheckpointTensor>(memory, node))};
    case TW_KIND_OTHER:
      return {std::shared_ptr<const StoredObject>(std::make_shared<InCheckpointObject>(memory, node))};
    default:
      return {std::shared_ptr<const ValueContainer>(std::make_shared<InCheckpointContainer>(memory, node))};
  }
}

Value tree_of(const Memory &memory, const tw_value &value) {
  if (const c10::IValue *plain = plain_of(value)) return tree_of_plain(*memory, *plain);
  if (const auto *stored = dynamic_cast<const Stored *>(held_of(value))) return stored->tree_for(memory);
  const ValueContainer *container = container_of(value);
  if (container == nullptr) return new_tensor_value(*memory, *tensor_in(value), true);
  if (container->kind() == TW_KIND_DICT) return tree_of_dict(memory, *container);
  return container->kind() == TW_KIND_LIST ? tree_of_list(memory, *container)
                                           : new_tuple(tree_of_list(memory, *container));
}

}  // namespace tw
