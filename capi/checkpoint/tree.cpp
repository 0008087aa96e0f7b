#include "checkpoint/tree.h"

#include <vector>

namespace tw {

twi_storage *TreeCopy::storage_for(const twi_storage &storage) {
  Storage &copy = storages_[&storage];
  if (copy == nullptr) copy.reset(copy_storage_(to_, from_, storage));
  return twi_storage_retain(copy.get());
}

Value TreeCopy::copy_tensor(const twi_value_tensor &tensor) {
  Value made =
      own(twi_value_tensor_new(storage_for(*tensor.storage), tensor.offset, tensor.dim, tensor.sizes, tensor.strides));
  made->as.tensor.requires_grad = tensor.requires_grad;
  made->as.tensor.negative = tensor.negative;
  made->as.tensor.parameter = tensor.parameter;
  copy_attributes(made, tensor.attributes);
  return made;
}

Value TreeCopy::copy_dict(const twi_value &dict) {
  const auto &container = dict.as.container;
  Value made = new_dict(dict.kind);
  for (size_t i = 0; i < container.count; i += 2)
    add(made, (*this)(*container.items[i]), (*this)(*container.items[i + 1]));
  copy_attributes(made, container.attributes);
  return made;
}

Value TreeCopy::copy_sequence(const twi_value &sequence) {
  const auto &container = sequence.as.container;
  std::vector<Value> items;
  items.reserve(container.count);
  for (size_t i = 0; i < container.count; ++i) items.push_back((*this)(*container.items[i]));
  std::vector<twi_value *> released;
  released.reserve(items.size());
  for (Value &item : items) released.push_back(item.release());
  return own(twi_value_sequence(sequence.kind, released.data(), released.size()));
}

Value TreeCopy::copy_object(const twi_value &object) {
  Value function = (*this)(*object.as.object.function), arguments = (*this)(*object.as.object.arguments);
  return own(twi_value_object(function.release(), arguments.release()));
}

void TreeCopy::copy_attributes(const Value &made, const twi_value *attributes) {
  if (attributes == nullptr) return;
  if (!twi_value_set_attributes(made.get(), (*this)(*attributes).release())) throw std::bad_alloc();
}

Value TreeCopy::copy(const twi_value &value) {
  switch (value.kind) {
    case TWI_VALUE_TENSOR:
      return copy_tensor(value.as.tensor);
    case TWI_VALUE_STORAGE:
      return own(twi_value_storage(storage_for(*value.as.storage)));
    case TWI_VALUE_OBJECT:
      return copy_object(value);
    default:
      if (twi_value_is_sequence(&value)) return copy_sequence(value);
      return twi_value_is_dict(&value) ? copy_dict(value) : own(twi_value_copy_simple(&value));
  }
}

Value TreeCopy::operator()(const twi_value &value) {
  Value &made = values_[&value];
  if (made == nullptr) made = copy(value);
  return Value(twi_value_retain(made.get()));
}

}  // namespace tw
