#include "checkpoint/tree.h"

namespace tw {

twi_storage *TreeCopy::storage_for(const twi_storage &storage) {
  Storage &copy = storages_[&storage];
  if (copy == nullptr) copy.reset(copy_storage_(to_, from_, storage));
  return twi_storage_retain(copy.get());
}

Value TreeCopy::copy_tensor(const twi_value_tensor &tensor) {
  return own(
      twi_value_tensor_new(storage_for(*tensor.storage), tensor.offset, tensor.dim, tensor.sizes, tensor.strides));
}

Value TreeCopy::copy_dict(const twi_value &dict) {
  const auto &container = dict.as.container;
  Value made = new_dict(dict.kind);
  for (size_t i = 0; i < container.count; i += 2)
    add(made, (*this)(*container.items[i]), (*this)(*container.items[i + 1]));
  if (container.attributes == nullptr) return made;
  if (!twi_value_set_attributes(made.get(), (*this)(*container.attributes).release())) throw std::bad_alloc();
  return made;
}

Value TreeCopy::copy_list(const twi_value &list) {
  Value made = new_list();
  for (size_t i = 0; i < list.as.container.count; ++i) append(made, (*this)(*list.as.container.items[i]));
  return made;
}

Value TreeCopy::copy(const twi_value &value) {
  switch (value.kind) {
    case TWI_VALUE_TENSOR:
      return copy_tensor(value.as.tensor);
    case TWI_VALUE_LIST:
      return copy_list(value);
    case TWI_VALUE_TUPLE:
      return new_tuple(copy_list(value));
    default:
      return twi_value_is_dict(&value) ? copy_dict(value) : own(twi_value_copy_simple(&value));
  }
}

Value TreeCopy::operator()(const twi_value &value) {
  Value &made = values_[&value];
  if (made == nullptr) made = copy(value);
  return Value(twi_value_retain(made.get()));
}

}  // namespace tw
