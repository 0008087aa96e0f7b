/* What reading and writing safetensors files share. */
#pragma once

#include <string>

#include "archive/checkpoint_value.h"
#include "base/guard.h"
#include "checkpoint/safetensors_header.h"

namespace tw {

/* The format's numbers have their lowest byte first, and tensors are taken as they lie. */
inline void require_little_endian(const std::string &path) {
  const uint16_t one = 1;
  check(*reinterpret_cast<const unsigned char *>(&one) == 1, TW_ERROR_UNSUPPORTED, path,
        ": safetensors files are little-endian, and this machine is not");
}

/* A string of a file's metadata, which lies among the tensors of a checkpoint. */
inline bool is_metadata(const twi_value &key, const twi_value &value) {
  return key.kind == TWI_VALUE_STRING && value.kind == TWI_VALUE_STRING &&
         std::string_view(key.as.string.bytes, key.as.string.length).substr(0, safetensors_metadata_prefix.size()) ==
             safetensors_metadata_prefix;
}

}  // namespace tw
