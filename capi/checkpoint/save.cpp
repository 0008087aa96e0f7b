/* Writes a checkpoint: the pickle and each storage as an entry of a zip archive. */
#include <algorithm>
#include <optional>
#include <unordered_set>
#include <vector>

#include "archive/pickle_write.h"
#include "archive/zip_write.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/file.h"

namespace tw {
namespace {

constexpr size_t piece_size = size_t{1} << 20; /* stays in the cache between its CRC and its write */
const std::string folder = "archive/";

/* The keys that lead to a value, such as "model"["weight"]; nothing where it is not there. */
class PathTo {
 public:
  explicit PathTo(const twi_value &wanted) : wanted_(wanted) {}

  std::optional<std::string> in(const twi_value &value) {
    if (&value == &wanted_) return "";
    const bool is_dict = twi_value_is_dict(&value);
    if ((!is_dict && !twi_value_is_sequence(&value)) || !seen_.insert(&value).second) return {};
    const auto &items = value.as.container;
    for (size_t i = is_dict ? 1 : 0; i < items.count; i += is_dict ? 2 : 1)
      if (const auto rest = in(*items.items[i]))
        return c10::str("[", is_dict ? name(*items.items[i - 1]) : std::to_string(i), "]", *rest);
    return {};
  }

 private:
  static std::string name(const twi_value &key) {
    if (key.kind == TWI_VALUE_STRING) return "\"" + string_of(key, "key") + "\"";
    return key.kind == TWI_VALUE_INT ? std::to_string(key.as.integer) : type_name_of(key);
  }

  const twi_value &wanted_;
  std::unordered_set<const twi_value *> seen_; /* a tree's branches may be shared */
};

struct Pickle : twi_pickle {
  explicit Pickle(twi_value *root) {
    if (twi_pickle_write(this, root)) return;
    if (foreign == nullptr) throw std::bad_alloc();
    fail(TW_ERROR_UNSUPPORTED, "the checkpoint", PathTo(*foreign).in(*root).value_or(""), " ", refusal_of(*foreign));
  }
  Pickle(const Pickle &) = delete;
  Pickle &operator=(const Pickle &) = delete;
  ~Pickle() { twi_pickle_destroy(this); }
};

/* The zip writer over a file; what either refuses becomes a failure. */
class Archive {
 public:
  explicit Archive(AtomicFile &file) : file_(file), writer_(twi_zip_writer_new(AtomicFile::sink, &file)) {
    if (writer_ == nullptr) throw std::bad_alloc();
  }
  Archive(const Archive &) = delete;
  Archive &operator=(const Archive &) = delete;
  ~Archive() { twi_zip_writer_free(writer_); }

  void add(const std::string &name, const void *bytes, size_t count) {
    file_.require_success(twi_zip_writer_entry(writer_, (folder + name).c_str(), bytes, count));
  }
  void add(const std::string &name, const std::string &text) { add(name, text.data(), text.size()); }

  void add(const std::string &name, const tw_checkpoint &checkpoint, const twi_storage &storage) {
    file_.require_success(twi_zip_writer_begin(writer_, (folder + name).c_str(), storage.bytes));
    buffer_.resize(static_cast<size_t>(std::min<uint64_t>(storage.bytes, piece_size)));
    for (uint64_t offset = 0; offset < storage.bytes; offset += piece_size) {
      const auto count = static_cast<size_t>(std::min<uint64_t>(storage.bytes - offset, piece_size));
      const void *bytes = storage_bytes(checkpoint, storage, offset, count, buffer_.data());
      file_.require_success(twi_zip_writer_write(writer_, bytes, count));
    }
    file_.require_success(twi_zip_writer_end(writer_));
  }

  void finish() { file_.require_success(twi_zip_writer_finish(writer_)); }

 private:
  AtomicFile &file_;
  twi_zip_writer *writer_;
  std::vector<char> buffer_;
};

const char *byte_order() {
  const uint16_t one = 1;
  return *reinterpret_cast<const unsigned char *>(&one) == 1 ? "little" : "big";
}

void save_checkpoint(const tw_checkpoint &checkpoint, const std::string &path) {
  const Pickle pickle(checkpoint.root.get());
  write_atomically(path, [&](AtomicFile &file) {
    Archive archive(file);
    archive.add("data.pkl", pickle.bytes, pickle.length);
    archive.add("byteorder", byte_order());
    for (size_t i = 0; i < pickle.storage_count; ++i)
      archive.add("data/" + std::to_string(i), checkpoint, *pickle.storages[i]);
    archive.add("version", "3\n");
    archive.finish();
  });
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_save(const tw_checkpoint *checkpoint, const char *path) {
  return tw::guard([&] { tw::save_checkpoint(tw::require(checkpoint, "checkpoint"), &tw::require(path, "path")); });
}
