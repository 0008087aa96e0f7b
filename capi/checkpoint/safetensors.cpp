/* safetensors files: a checkpoint from one, and one from a checkpoint. */
#include "torch_warmup/safetensors.h"

#include <ATen/core/Tensor.h>

#include <algorithm>
#include <vector>

#include "checkpoint/checkpoint.h"
#include "checkpoint/safetensors_header.h"

namespace tw {
namespace {

const std::string metadata_prefix = std::string(safetensors_metadata_name) + ".";

/* The format's numbers have their lowest byte first, and tensors are taken as they lie. */
void require_little_endian(const std::string &path) {
  const uint16_t one = 1;
  check(*reinterpret_cast<const unsigned char *>(&one) == 1, TW_ERROR_FORMAT, path,
        ": safetensors files are little-endian, and this machine is not");
}

/* ---- loading ---- */

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
  if (!read_safetensors_length(length, prefix, file.size(), fault)) fail_format(file.path(), fault.text);
  data = prefix.size() + length;
  std::vector<char> text(static_cast<size_t>(length));
  file.read(prefix.size(), text.data(), text.size());
  SafetensorsHeader header;
  if (!read_safetensors_header(header, text.data(), text.size(), file.size() - data, fault))
    fail_format(file.path(), fault.text);
  return header;
}

Value tensor_in_file(const SafetensorsTensor &tensor, uint64_t data) {
  std::vector<int64_t> strides(tensor.sizes.size());
  int64_t stride = 1;
  for (size_t i = strides.size(); i-- > 0; stride *= std::max<int64_t>(tensor.sizes[i], 1)) strides[i] = stride;
  twi_storage *storage = twi_storage_new(tensor.element, tensor.end - tensor.begin, nullptr, nullptr);
  if (storage == nullptr) throw std::bad_alloc();
  storage->offset = data + tensor.begin;
  return own(twi_value_tensor_new(storage, 0, strides.size(), tensor.sizes.data(), strides.data()));
}

void add(const Value &root, const std::string &key, Value item) {
  Value name = new_string(key, "a name");
  if (!twi_value_add(root.get(), name.release(), item.release())) throw std::bad_alloc();
}

std::unique_ptr<tw_checkpoint> load_safetensors(const std::string &path) {
  require_little_endian(path);
  auto checkpoint = std::make_unique<tw_checkpoint>();
  checkpoint->file = std::make_unique<SourceFile>(path);
  uint64_t data = 0;
  const SafetensorsHeader header = read_header(*checkpoint->file, data);
  for (const SafetensorsTensor &tensor : header.tensors)
    add(checkpoint->root, tensor.name, tensor_in_file(tensor, data));
  for (const auto &[key, value] : header.metadata)
    add(checkpoint->root, metadata_prefix + key, new_string(value, "a value"));
  const twi_value *twice = nullptr;
  if (!twi_value_seal(checkpoint->root.get(), &twice)) throw std::bad_alloc();
  if (twice != nullptr)
    fail_format(path, c10::str("a tensor has the name of metadata, ",
                               twi_quote(twice->as.string.bytes, twice->as.string.length).text));
  return checkpoint;
}

/* ---- saving ---- */

/* A text of the checkpoint as JSON may hold it. A checkpoint of Python's may have halves of surrogate pairs. */
std::string json_text(const twi_value &text) {
  std::string bytes(text.as.string.bytes, text.as.string.length);
  for (size_t at = bytes.find('\xed'); at != std::string::npos; at = bytes.find('\xed', at + 1))
    check(static_cast<unsigned char>(bytes[at + 1]) < 0xA0, TW_ERROR_ARGUMENT, "\"", bytes,
          "\" has half of a surrogate pair, which is not UTF-8 as a safetensors file has it");
  return bytes;
}

bool is_metadata(const twi_value &key, const twi_value &value) {
  return value.kind == TWI_VALUE_STRING &&
         std::string_view(key.as.string.bytes, key.as.string.length).substr(0, metadata_prefix.size()) ==
             metadata_prefix;
}

SafetensorsTensor describe_tensor(const std::string &name, const twi_value &value, size_t source) {
  check(name != safetensors_metadata_name, TW_ERROR_ARGUMENT, "\"", name,
        "\" is no name for a value of a safetensors file, which has its metadata there");
  check(value.kind != TWI_VALUE_STRING, TW_ERROR_TYPE, "\"", name,
        "\" is a str; a safetensors file takes those whose keys begin with \"", metadata_prefix, "\"");
  const twi_value_tensor &tensor = tensor_value_of(value, "\"" + name + "\", to be saved in a safetensors file,");
  return {name, tensor.storage->element, sizes_of(tensor).vec(), 0, 0, source};
}

/* What a file of the checkpoint will hold, each tensor with its place. */
SafetensorsHeader describe(const tw_checkpoint &checkpoint) {
  SafetensorsHeader header;
  const auto &items = checkpoint.root->as.container;
  for (size_t i = 0; i < items.count; i += 2) {
    const twi_value &key = *items.items[i], &value = *items.items[i + 1];
    string_of(key, "a key of the checkpoint");
    const std::string name = json_text(key);
    if (is_metadata(key, value)) {
      header.metadata.emplace_back(name.substr(metadata_prefix.size()), json_text(value));
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

tw_status tw_checkpoint_load_safetensors(tw_checkpoint **out, const char *path) {
  return tw::guard_new(out, [&] { return tw::load_safetensors(&tw::require(path, "path")); });
}
