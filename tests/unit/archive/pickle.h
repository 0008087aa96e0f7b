/* Pickles read and written, and pieces of them, for tests. */
#pragma once

#include "archive/pickle_read.h"
#include "archive/pickle_write.h"
#include "catch.h"
#include "memory_zip.h"

namespace tw::test {

/* Storages by number; each has 100 bytes. */
inline twi_storage *find_numbered(void *context, const char *key, size_t length, twi_element element, uint64_t count,
                                  twi_fault *fault) {
  (void)context;
  if (std::string(key, length) == "0" && count * twi_element_size(element) == 100)
    return twi_storage_new(element, 100, nullptr, nullptr);
  twi_fault_format(fault, "no storage %s of %d elements", key, static_cast<int>(count));
  return nullptr;
}

inline Value read(const std::string &pickle, twi_fault *fault) {
  *fault = twi_fault{};
  const twi_pickle_storages storages{find_numbered, nullptr};
  return Value(
      twi_pickle_read(reinterpret_cast<const unsigned char *>(pickle.data()), pickle.size(), &storages, fault));
}

inline std::string write(twi_value *value) {
  twi_pickle pickle;
  REQUIRE(twi_pickle_write(&pickle, value) == 1);
  const std::string bytes(reinterpret_cast<char *>(pickle.bytes), pickle.length);
  twi_pickle_destroy(&pickle);
  return bytes;
}

/* Written, and read again. */
inline Value round_trip(twi_value *value) {
  twi_fault fault;
  const Value owned(value);
  Value back = read(write(value), &fault);
  INFO(fault.text);
  REQUIRE(back != nullptr);
  return back;
}

inline std::string bytes(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string &part : parts) all += part;
  return all;
}

inline const std::string start = "\x80\x02";

inline void check_refused(const std::string &pickle, const std::string &text, twi_fault_kind kind = TWI_FAULT_FORMAT) {
  twi_fault fault;
  const Value value = read(pickle, &fault);
  CHECK(value == nullptr);
  CHECK(fault.kind == kind);
  CHECK_THAT(std::string(fault.text), Contains(text));
}

inline std::string text(const std::string &value) {
  return std::string("X") + static_cast<char>(value.size()) + std::string(3, '\0') + value;
}

/* A tensor over the storage "0" of 25 floats, of the given offset, sizes and strides, each a piece of pickle. */
inline std::string tensor(const std::string &offset, const std::string &sizes, const std::string &strides) {
  return bytes({"ctorch._utils\n_rebuild_tensor_v2\n((", text("storage"), "ctorch\nFloatStorage\n", text("0"),
                text("cpu"), "K\x19tQ", offset, sizes, strides, "\x89)tR"});
}

}  // namespace tw::test
