/* What the tests of the EMNIST example's data share: its headers, a folder that goes away, files of given bytes. */
#pragma once

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

extern "C" {
#include "batches.h"
#include "dataset.h"
#include "glyph_path.h"
#include "glyph_shapes.h"
#include "glyphs.h"
#include "idx.h"
#include "kept_options.h"
#include "records.h"
}

using Bytes = std::vector<uint8_t>;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "emnist-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  std::string file(const std::string &name) const { return path_ + "/" + name; }
  const std::string &path() const { return path_; }

 private:
  std::string path_;
};

inline void write_raw(const std::string &path, const Bytes &bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char *>(bytes.data()), static_cast<long>(bytes.size()));
}

inline void write_gzip(const std::string &path, const Bytes &bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  gzFile file = gzopen(path.c_str(), "wb");
  if (!bytes.empty()) gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
}

inline Bytes read_raw(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

inline void put_number(Bytes &bytes, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<uint8_t>(value >> shift));
}

/* An images file as its description has it, written here anew: not by the code under test. */
inline Bytes images_file(uint32_t count, uint32_t pixels_of = 28 * 28, uint32_t rows = 28, uint32_t columns = 28) {
  Bytes bytes;
  for (uint32_t value : {uint32_t{2051}, count, rows, columns}) put_number(bytes, value);
  for (uint32_t i = 0; i < count * pixels_of; ++i) bytes.push_back(static_cast<uint8_t>(i * 7 + i / 784));
  return bytes;
}

inline Bytes labels_file(const Bytes &labels) {
  Bytes bytes;
  for (uint32_t value : {uint32_t{2049}, static_cast<uint32_t>(labels.size())}) put_number(bytes, value);
  bytes.insert(bytes.end(), labels.begin(), labels.end());
  return bytes;
}

/* The message of a failure. */
struct Message {
  std::array<char, EMNIST_ERROR_SIZE> text{};
  char *data() { return text.data(); }
  std::size_t size() const { return text.size(); }
  std::string str() const { return text.data(); }
};
