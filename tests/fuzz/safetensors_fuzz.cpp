/* Whole safetensors files: their length and the JSON text. */
#include <algorithm>
#include <cstring>

#include "checkpoint/safetensors_header.h"
#include "fuzz_require.h"

namespace {

/* The tensors fill the bytes behind the text, one after another. */
void check_places(const tw::SafetensorsHeader &header, uint64_t data_size) {
  uint64_t end = 0;
  for (const tw::SafetensorsTensor &tensor : header.tensors) {
    FUZZ_REQUIRE(tensor.begin == end && tensor.end >= tensor.begin && tensor.end <= data_size);
    end = tensor.end;
  }
  FUZZ_REQUIRE(end == data_size);
}

/* What was taken can be written, and read again. */
void check_round_trip(tw::SafetensorsHeader header) {
  twi_fault fault{};
  FUZZ_REQUIRE(tw::place_safetensors(header, fault));
  uint64_t size = 0;
  for (const tw::SafetensorsTensor &tensor : header.tensors) size = std::max(size, tensor.end);
  const std::string text = tw::write_safetensors_header(header);
  tw::SafetensorsHeader again;
  FUZZ_REQUIRE(tw::read_safetensors_header(again, text.data(), text.size(), size, fault));
  FUZZ_REQUIRE(tw::write_safetensors_header(again) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  tw::SafetensorsPrefix prefix{};
  if (size < prefix.size()) return 0;
  std::memcpy(prefix.data(), bytes, prefix.size());
  twi_fault fault{};
  uint64_t length = 0;
  if (!tw::read_safetensors_length(length, prefix, size, fault)) {
    FUZZ_REQUIRE((fault.kind == TWI_FAULT_FORMAT || fault.kind == TWI_FAULT_UNSUPPORTED) && fault.text[0] != 0);
    return 0;
  }
  FUZZ_REQUIRE(length <= size - prefix.size());
  const uint64_t data_size = size - prefix.size() - length;
  const char *text = reinterpret_cast<const char *>(bytes) + prefix.size();
  tw::SafetensorsHeader header;
  const bool taken = tw::read_safetensors_header(header, text, static_cast<size_t>(length), data_size, fault);
  FUZZ_REQUIRE(taken == (fault.kind == TWI_FAULT_NONE) && (taken || fault.text[0] != 0));
  if (!taken) return 0;
  check_places(header, data_size);
  check_round_trip(header);
  return 0;
}
