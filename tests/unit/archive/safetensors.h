/* Headers of safetensors files, for tests: read, or refused with a reason. */
#pragma once

#include <string>

#include "catch.h"
#include "checkpoint/safetensors_header.h"

namespace tw::test {

struct ReadHeader {
  bool taken = false;
  SafetensorsHeader header;
  std::string fault;
  twi_fault_kind kind = TWI_FAULT_NONE;
};

inline ReadHeader read_header(const std::string &text, uint64_t data_size) {
  ReadHeader read;
  twi_fault fault{};
  read.taken = read_safetensors_header(read.header, text.data(), text.size(), data_size, fault);
  read.kind = fault.kind;
  REQUIRE(read.taken == (fault.kind == TWI_FAULT_NONE));
  read.fault = fault.text;
  REQUIRE(read.fault.empty() == read.taken);
  return read;
}

/* One tensor's part of a header. */
inline std::string entry(const std::string &name, const std::string &sizes, uint64_t begin, uint64_t end,
                         const std::string &type = "F32") {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + sizes + "],\"data_offsets\":[" +
         std::to_string(begin) + "," + std::to_string(end) + "]}";
}

}  // namespace tw::test
