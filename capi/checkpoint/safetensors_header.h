/* The header of a safetensors file: a JSON text that says which tensors lie where. Free of LibTorch, so that it is tested
   and fuzzed on its own. */
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/checkpoint_fault.h"
#include "archive/checkpoint_value.h"

namespace tw {

struct SafetensorsTensor {
  std::string name; /* UTF-8 */
  twi_element element = TWI_ELEMENT_UINT8;
  std::vector<int64_t> sizes;
  uint64_t begin = 0, end = 0; /* in the bytes behind the header */
  size_t source = 0;           /* the writer's: which of its values this is */
  std::string foreign_type{};  /* its dtype as the file has it, where it is none of this library's; else empty */
};

struct SafetensorsHeader {
  std::vector<SafetensorsTensor> tensors;
  std::vector<std::pair<std::string, std::string>> metadata;
};

/* Reads the JSON text of a file that has data_size bytes behind it: the tensors by their places, which fill these bytes
   without holes and overlaps, and the metadata in the text's order. False, with a fault, where it is no such text. */
bool read_safetensors_header(SafetensorsHeader &out, const char *text, size_t length, uint64_t data_size,
                             twi_fault &fault);

/* Sorts the tensors as other writers do, the types of larger elements first so that all are aligned, and then by name;
   and gives each its place. False, with a fault, where the sizes of one are more than can be counted. */
bool place_safetensors(SafetensorsHeader &header, twi_fault &fault);

/* The JSON text, filled up with spaces to a multiple of 8 bytes. */
std::string write_safetensors_header(const SafetensorsHeader &header);

/* The first bytes of a file: the length of the text, its lowest byte first. Each gives false, with a fault, where the
   format does not allow so much; the reader also where the file has not so much. */
using SafetensorsPrefix = std::array<unsigned char, 8>;
bool read_safetensors_length(uint64_t &out, const SafetensorsPrefix &prefix, uint64_t file_size, twi_fault &fault);
bool write_safetensors_length(SafetensorsPrefix &out, uint64_t length, twi_fault &fault);

/* ---- shared by the reader and the writer ---- */

constexpr uint64_t largest_safetensors_header = 100000000; /* bytes, as the format has it */
constexpr const char *safetensors_metadata_name = "__metadata__";
/* What the keys of metadata begin with in a checkpoint. */
constexpr std::string_view safetensors_metadata_prefix = "__metadata__.";

/* The types that both the format and this library have, each with its place in the format's order, in which that of larger
   elements comes later. */
struct SafetensorsType {
  const char *name;
  twi_element element;
  int order;
};
constexpr SafetensorsType safetensors_types[] = {
    {"BOOL", TWI_ELEMENT_BOOL, 0},  {"U8", TWI_ELEMENT_UINT8, 4},     {"I8", TWI_ELEMENT_INT8, 5},
    {"I16", TWI_ELEMENT_INT16, 11}, {"F16", TWI_ELEMENT_FLOAT16, 13}, {"BF16", TWI_ELEMENT_BFLOAT16, 14},
    {"I32", TWI_ELEMENT_INT32, 15}, {"F32", TWI_ELEMENT_FLOAT32, 17}, {"F64", TWI_ELEMENT_FLOAT64, 19},
    {"I64", TWI_ELEMENT_INT64, 20},
};

/* The types that only the format has; bits of an element, and PyTorch's name as pickles have it, where it has one. There may
   be others, of which nothing is known. */
struct SafetensorsForeignType {
  const char *name;
  uint64_t bits;
  const char *dtype;
  int order;
};
constexpr SafetensorsForeignType safetensors_foreign_types[] = {
    {"F4", 4, nullptr, 1},
    {"F6_E2M3", 6, nullptr, 2},
    {"F6_E3M2", 6, nullptr, 3},
    {"F8_E5M2", 8, "torch\nfloat8_e5m2", 6},
    {"F8_E4M3", 8, "torch\nfloat8_e4m3fn", 7},
    {"F8_E8M0", 8, "torch\nfloat8_e8m0fnu", 8},
    {"F8_E4M3FNUZ", 8, "torch\nfloat8_e4m3fnuz", 9},
    {"F8_E5M2FNUZ", 8, "torch\nfloat8_e5m2fnuz", 10},
    {"U16", 16, "torch\nuint16", 12},
    {"U32", 32, "torch\nuint32", 16},
    {"U64", 64, "torch\nuint64", 21},
    {"C64", 64, "torch\ncomplex64", 18},
};
/* NULL where it is not known. */
const SafetensorsForeignType *find_foreign_type(const std::string &name);

/* The bytes of so many elements; false where they, or the strides of an empty tensor, are more than can be counted. */
bool count_safetensors_bytes(uint64_t &out, const SafetensorsTensor &tensor);

}  // namespace tw
