/* A safetensors file from a checkpoint. */
#include <ATen/core/Tensor.h>

#include "checkpoint/checkpoint.h"
#include "checkpoint/safetensors.h"
#include "torch_warmup/safetensors.h"

namespace tw {
namespace {

/* A text of the checkpoint as JSON may hold it. A checkpoint of Python's may have halves of surrogate pairs. */
std::string json_text(const twi_value &text) {
  std::string bytes(text.as.string.bytes, text.as.string.length);
  for (size_t at = bytes.find('\xed'); at != std::string::npos; at = bytes.find('\xed', at + 1))
    check(static_cast<unsigned char>(bytes[at + 1]) < 0xA0, TW_ERROR_ARGUMENT, "\"", bytes,
          "\" has half of a surrogate pair, which is not UTF-8 as a safetensors file has it");
  return bytes;
}

SafetensorsTensor describe_tensor(const std::string &name, const twi_value &value, size_t source) {
  check(name != safetensors_metadata_name, TW_ERROR_ARGUMENT, "\"", name,
        "\" is no name for a value of a safetensors file, which has its metadata there");
  check(value.kind != TWI_VALUE_STRING, TW_ERROR_TYPE, "\"", name,
        "\" is a str; a safetensors file takes those whose keys begin with \"", safetensors_metadata_prefix, "\"");
  const twi_value_tensor &tensor = tensor_value_of(value, "\"" + name + "\", to be saved in a safetensors file,");
  return {name, tensor.storage->element, sizes_of(tensor).vec(), 0, 0, source};
}

/* What a file of the checkpoint will hold, each tensor with its place. */
SafetensorsHeader describe(const tw_checkpoint &checkpoint) {
  SafetensorsHeader header;
  const auto &items = dict_of(*checkpoint.root, quoted(nullptr)).as.container;
  for (size_t i = 0; i < items.count; i += 2) {
    const twi_value &key = *items.items[i], &value = *items.items[i + 1];
    string_of(key, "a key of the checkpoint");
    const std::string name = json_text(key);
    if (is_metadata(key, value)) {
      header.metadata.emplace_back(name.substr(safetensors_metadata_prefix.size()), json_text(value));
    } else {
      header.tensors.push_back(describe_tensor(name, value, i + 1));
      check_storage(checkpoint, *value.as.tensor.storage);
    }
  }
  twi_fault fault{};
  if (!place_safetensors(header, fault)) fail(TW_ERROR_RANGE, fault.text);
  return header;
}

void save_safetensors(const tw_checkpoint &checkpoint, const std::string &path) {
  require_little_endian(path);
  const SafetensorsHeader header = describe(checkpoint);
  const std::string json = write_safetensors_header(header);
  SafetensorsPrefix prefix;
  twi_fault fault{};
  if (!write_safetensors_length(prefix, json.size(), fault)) fail(TW_ERROR_RANGE, fault.text);
  write_atomically(path, [&](AtomicFile &file) {
    file.append(prefix.data(), prefix.size());
    file.append(json.data(), json.size());
    for (const SafetensorsTensor &tensor : header.tensors) {
      const at::Tensor dense = dense_tensor(checkpoint, checkpoint.root->as.container.items[tensor.source]->as.tensor);
      file.append(dense.data_ptr(), dense.nbytes());
    }
  });
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_save_safetensors(const tw_checkpoint *checkpoint, const char *path) {
  return tw::guard([&] { tw::save_safetensors(tw::require(checkpoint, "checkpoint"), &tw::require(path, "path")); });
}
