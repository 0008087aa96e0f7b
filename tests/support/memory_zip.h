/* Zip archives in memory, and checkpoints read from them: for the tests of the core. */
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "archive/checkpoint_read.h"
#include "archive/zip_write.h"

namespace tw::test {

using Bytes = std::vector<unsigned char>;

inline Bytes read_fixture(const std::string &name) {
  std::ifstream file(std::string(TW_FIXTURES) + "/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no fixture " + name);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

inline int append_bytes(void *context, const void *bytes, size_t count) {
  auto *out = static_cast<Bytes *>(context);
  const auto *start = static_cast<const unsigned char *>(bytes);
  out->insert(out->end(), start, start + count);
  return 0;
}

/* A zip archive of the given entries, as the core's writer lays it out. */
inline Bytes make_zip(const std::vector<std::pair<std::string, std::string>> &entries) {
  Bytes out;
  const std::unique_ptr<twi_zip_writer, void (*)(twi_zip_writer *)> writer(twi_zip_writer_new(append_bytes, &out),
                                                                           twi_zip_writer_free);
  for (const auto &[name, text] : entries)
    if (twi_zip_writer_entry(writer.get(), name.c_str(), text.data(), text.size()) != 0) throw std::bad_alloc();
  if (twi_zip_writer_finish(writer.get()) != 0) throw std::bad_alloc();
  return out;
}

/* A read outside the promised size is EFAULT, which no test expects. */
inline int read_bytes(void *context, uint64_t offset, void *out, size_t count) {
  const auto *bytes = static_cast<const Bytes *>(context);
  if (offset > bytes->size() || count > bytes->size() - offset) return EFAULT;
  std::memcpy(out, bytes->data() + offset, count);
  return 0;
}

inline twi_zip_source source_of(const Bytes &bytes) { return {read_bytes, const_cast<Bytes *>(&bytes), bytes.size()}; }

struct ReleaseValue {
  void operator()(twi_value *value) const { twi_value_release(value); }
};
using Value = std::unique_ptr<twi_value, ReleaseValue>;

inline Value read_checkpoint(const Bytes &bytes, twi_fault *fault) {
  *fault = twi_fault{};
  const twi_zip_source source = source_of(bytes);
  return Value(twi_checkpoint_read(&source, fault));
}

}  // namespace tw::test
