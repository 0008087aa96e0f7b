/* A checkpoint from a safetensors file. */
#include <algorithm>
#include <cstring>
#include <vector>

#include "archive/pickle_names.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/safetensors.h"
#include "torch_warmup/safetensors.h"

namespace tw {
namespace {

[[noreturn]] void fail_format(const std::string &path, const std::string &why) {
  fail(TW_ERROR_FORMAT, path, " is no safetensors file that can be loaded: ", why);
}

/* The header, and where the tensors' bytes begin. */
SafetensorsHeader read_header(const SourceFile &file, uint64_t &data) {
  SafetensorsPrefix prefix;
  if (file.size() < prefix.size())
    fail_format(file.path(), c10::str("it has ", file.size(), " bytes, and the length of a header takes 8"));
  file.read(0, prefix.data(), prefix.size());
  uint64_t length = 0;
  twi_fault fault{};
  if (!read_safetensors_length(length, prefix, file.size(), fault)) fail_fault(fault, file.path(), "safetensors file");
  data = prefix.size() + length;
  std::vector<char> text(static_cast<size_t>(length));
  file.read(prefix.size(), text.data(), text.size());
  SafetensorsHeader header;
  if (!read_safetensors_header(header, text.data(), text.size(), file.size() - data, fault))
    fail_fault(fault, file.path(), "safetensors file");
  return header;
}

std::vector<int64_t> strides_of(const SafetensorsTensor &tensor) {
  std::vector<int64_t> strides(tensor.sizes.size());
  int64_t stride = 1;
  for (size_t i = strides.size(); i-- > 0; stride *= std::max<int64_t>(tensor.sizes[i], 1)) strides[i] = stride;
  return strides;
}

twi_storage *storage_in_file(const SafetensorsTensor &tensor, uint64_t data, twi_element element) {
  twi_storage *storage = twi_storage_new(element, tensor.end - tensor.begin, nullptr, nullptr);
  if (storage == nullptr) throw std::bad_alloc();
  storage->offset = data + tensor.begin;
  return storage;
}

Value new_int_tuple(const std::vector<int64_t> &numbers) {
  Value list = new_list();
  for (const int64_t number : numbers) append(list, new_int(number));
  return new_tuple(list);
}

Value new_object(int function, const Value &arguments) {
  Value tuple = new_tuple(arguments);
  return own(twi_value_object(twi_value_global(function), tuple.release()));
}

/* A tensor of a type that this library has not: as a pickle of Python's has it, where PyTorch has the type. */
Value foreign_tensor(const SafetensorsTensor &tensor, uint64_t data) {
  const SafetensorsForeignType *type = find_foreign_type(tensor.foreign_type);
  const bool is_complex = tensor.foreign_type == "C64";
  const twi_element element = is_complex ? TWI_ELEMENT_COMPLEX64 : TWI_ELEMENT_UNTYPED;
  Value arguments = new_list();
  append(arguments, own(twi_value_storage(storage_in_file(tensor, data, element))));
  if (type == nullptr || type->dtype == nullptr) {
    append(arguments, new_string(tensor.foreign_type, "a dtype"));
    append(arguments, new_int_tuple(tensor.sizes));
    return new_object(TWI_GLOBAL_FOREIGN_TENSOR, arguments);
  }
  append(arguments, new_int(0));
  append(arguments, new_int_tuple(tensor.sizes));
  append(arguments, new_int_tuple(strides_of(tensor)));
  append(arguments, new_bool(false));
  append(arguments, new_dict(TWI_VALUE_ORDERED_DICT));
  if (is_complex) return new_object(TWI_GLOBAL_REBUILD_TENSOR, arguments);
  append(arguments, own(twi_value_global(twi_pickle_find_name(type->dtype, std::strlen(type->dtype)))));
  return new_object(TWI_GLOBAL_REBUILD_TENSOR_V3, arguments);
}

Value tensor_in_file(const SafetensorsTensor &tensor, uint64_t data) {
  if (!tensor.foreign_type.empty()) return foreign_tensor(tensor, data);
  const std::vector<int64_t> strides = strides_of(tensor);
  return own(twi_value_tensor_new(storage_in_file(tensor, data, tensor.element), 0, strides.size(), tensor.sizes.data(),
                                  strides.data()));
}

std::unique_ptr<tw_checkpoint> load_safetensors(const std::string &path) {
  require_little_endian(path);
  auto checkpoint = std::make_unique<tw_checkpoint>();
  checkpoint->memory->file = std::make_shared<const SourceFile>(path);
  uint64_t data = 0;
  const SafetensorsHeader header = read_header(*checkpoint->memory->file, data);
  for (const SafetensorsTensor &tensor : header.tensors)
    add(checkpoint->root, new_string(tensor.name, "a name"), tensor_in_file(tensor, data));
  for (const auto &[key, value] : header.metadata)
    add(checkpoint->root, new_string(std::string(safetensors_metadata_prefix) + key, "a name"),
        new_string(value, "a value"));
  const twi_value *twice = nullptr;
  if (!twi_value_seal(checkpoint->root.get(), &twice)) throw std::bad_alloc();
  if (twice != nullptr)
    fail_format(path, c10::str("a tensor has the name of metadata, ",
                               twi_quote(twice->as.string.bytes, twice->as.string.length).text));
  return checkpoint;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_load_safetensors(tw_checkpoint **out, const char *path) {
  return tw::guard_new(out, [&] { return tw::load_safetensors(&tw::require(path, "path")); });
}
