/* Checkpoints and the files they are saved to, for tests. */
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "handles.h"

namespace tw::test {

/* A folder of its own, removed in the end, and a path in it. */
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tw_checkpoint_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw "cannot make a temporary folder";
    folder_ = pattern;
  }
  TemporaryFile(const TemporaryFile &) = delete;
  TemporaryFile &operator=(const TemporaryFile &) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string folder() const { return folder_; }
  std::string path() const { return folder_ + "/checkpoint.pt"; }

 private:
  std::string folder_;
};

inline Handle<tw_checkpoint> checkpoint() {
  Handle<tw_checkpoint> made;
  if (tw_checkpoint_create(made.out()) != TW_OK) throw tw_last_error();
  return made;
}

inline void put(const Handle<tw_checkpoint> &checkpoint, const char *key, const Handle<tw_tensor> &tensor) {
  if (tw_checkpoint_put_tensor(checkpoint.get(), key, tensor.get()) != TW_OK) throw tw_last_error();
}

inline void save(const Handle<tw_checkpoint> &checkpoint, const TemporaryFile &file) {
  if (tw_checkpoint_save(checkpoint.get(), file.path().c_str()) != TW_OK) throw tw_last_error();
}

inline Handle<tw_checkpoint> load(const std::string &path) {
  Handle<tw_checkpoint> loaded;
  if (tw_checkpoint_load(loaded.out(), path.c_str()) != TW_OK) throw tw_last_error();
  return loaded;
}

inline Handle<tw_checkpoint> load(const TemporaryFile &file) { return load(file.path()); }

inline Handle<tw_checkpoint> save_and_load(const Handle<tw_checkpoint> &checkpoint, const TemporaryFile &file) {
  save(checkpoint, file);
  return load(file);
}

inline Handle<tw_tensor> get_tensor(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  Handle<tw_tensor> made;
  if (tw_checkpoint_get_tensor(made.out(), checkpoint.get(), key) != TW_OK) throw tw_last_error();
  return made;
}

inline std::vector<int64_t> sizes_of(const Handle<tw_tensor> &tensor) { return sizes(tensor.get()); }

inline tw_kind kind(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  tw_kind found = TW_KIND_UNKNOWN;
  if (tw_checkpoint_get_kind(&found, checkpoint.get(), key) != TW_OK) throw tw_last_error();
  return found;
}

inline std::string get_string(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  size_t length = 0;
  if (tw_checkpoint_get_string(nullptr, 0, &length, checkpoint.get(), key) != TW_OK) throw tw_last_error();
  std::string text(length, '?');
  if (tw_checkpoint_get_string(text.data(), length, nullptr, checkpoint.get(), key) != TW_OK) throw tw_last_error();
  text.pop_back();
  return text;
}

inline std::vector<std::string> keys(const Handle<tw_checkpoint> &checkpoint) {
  size_t count = 0;
  if (tw_checkpoint_get_key_count(&count, checkpoint.get()) != TW_OK) throw tw_last_error();
  std::vector<std::string> found;
  for (size_t i = 0; i < count; ++i) {
    char key[100];
    if (tw_checkpoint_get_key(key, sizeof key, nullptr, checkpoint.get(), i) != TW_OK) throw tw_last_error();
    found.emplace_back(key);
  }
  return found;
}

inline size_t size_of(tw_dtype dtype) {
  switch (dtype) {
    case TW_UINT8:
    case TW_INT8:
    case TW_BOOL:
      return 1;
    case TW_INT16:
    case TW_FLOAT16:
    case TW_BFLOAT16:
      return 2;
    case TW_INT32:
    case TW_FLOAT32:
      return 4;
    default:
      return 8;
  }
}

}  // namespace tw::test
