/* Writes the header of a safetensors file. */
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <iterator>
#include <string_view>

#include "checkpoint/safetensors_header.h"

namespace tw {
namespace {

const SafetensorsType *type_of(twi_element element) {
  return std::find_if(std::begin(safetensors_types), std::end(safetensors_types),
                      [&](const SafetensorsType &type) { return type.element == element; });
}

std::string type_name_of(const SafetensorsTensor &tensor) {
  return tensor.foreign_type.empty() ? type_of(tensor.element)->name : tensor.foreign_type;
}

/* A type that is not known comes last, since its elements may be of any size. */
int order_of(const SafetensorsTensor &tensor) {
  if (tensor.foreign_type.empty()) return type_of(tensor.element)->order;
  const SafetensorsForeignType *foreign = find_foreign_type(tensor.foreign_type);
  return foreign != nullptr ? foreign->order : -1;
}

void append_character(std::string &json, char character) {
  static const char plain[] = "\b\f\n\r\t\"\\", escaped[] = "bfnrt\"\\";
  const size_t which = std::string_view(plain).find(character);
  if (which != std::string_view::npos) {
    json += '\\';
    json += escaped[which];
  } else if (static_cast<unsigned char>(character) < 0x20) {
    char code[8];
    std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(character));
    json += code;
  } else {
    json += character;
  }
}

void append_string(std::string &json, const std::string &text) {
  json += '"';
  for (const char character : text) append_character(json, character);
  json += '"';
}

void append_tensor(std::string &json, const SafetensorsTensor &tensor) {
  append_string(json, tensor.name);
  json += R"(:{"dtype":)";
  append_string(json, type_name_of(tensor));
  json += R"(,"shape":[)";
  for (size_t i = 0; i < tensor.sizes.size(); ++i) json += (i > 0 ? "," : "") + std::to_string(tensor.sizes[i]);
  json += R"(],"data_offsets":[)" + std::to_string(tensor.begin) + ',' + std::to_string(tensor.end) + "]}";
}

void append_metadata(std::string &json, const SafetensorsHeader &header) {
  append_string(json, safetensors_metadata_name);
  json += ":{";
  for (const auto &[key, value] : header.metadata) {
    if (json.back() != '{') json += ',';
    append_string(json, key);
    json += ':';
    append_string(json, value);
  }
  json += '}';
}

}  // namespace

bool place_safetensors(SafetensorsHeader &header, twi_fault &fault) {
  std::sort(header.tensors.begin(), header.tensors.end(), [](const auto &a, const auto &b) {
    const int one = order_of(a), other = order_of(b);
    return one != other ? one > other : a.name < b.name;
  });
  uint64_t end = 0;
  for (SafetensorsTensor &tensor : header.tensors) {
    uint64_t bytes = 0;
    if (!count_safetensors_bytes(bytes, tensor) || bytes > INT64_MAX - end)
      return twi_fault_format(&fault, "the tensor \"%s\" has more elements than a file can hold",
                              twi_quote(tensor.name.data(), tensor.name.size()).text);
    tensor.begin = end;
    tensor.end = end += bytes;
  }
  return true;
}

std::string write_safetensors_header(const SafetensorsHeader &header) {
  std::string json = "{";
  if (!header.metadata.empty()) append_metadata(json, header);
  for (const SafetensorsTensor &tensor : header.tensors) {
    if (json.size() > 1) json += ',';
    append_tensor(json, tensor);
  }
  json += '}';
  json.resize((json.size() + 7) / 8 * 8, ' ');
  return json;
}

bool write_safetensors_length(SafetensorsPrefix &out, uint64_t length, twi_fault &fault) {
  if (length > largest_safetensors_header)
    return twi_fault_format(&fault, "the names and sizes take %" PRIu64 " bytes, and at most %" PRIu64 " are allowed",
                            length, largest_safetensors_header);
  for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<unsigned char>(length >> (8 * i));
  return true;
}

}  // namespace tw
