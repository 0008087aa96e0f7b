/* Files: one that appears whole or not at all, and one that is read while it stays what it is. */
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "archive/checkpoint_fault.h"
#include "base/guard.h"

namespace tw {

/* Closes what it holds. */
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor &operator=(Descriptor &&other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  int get() const noexcept { return number_; }

 private:
  int number_ = -1;
};

class AtomicFile {
 public:
  /* Opens path.saving, beside what path leads to if it is a link; until commit, path stays as it is. */
  explicit AtomicFile(const std::string &path);
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;
  ~AtomicFile();

  /* Goes on with bytes, or fails with TW_ERROR_IO. */
  void append(const void *bytes, size_t count) { require_success(write(bytes, count)); }

  /* The same for what C calls: 0 or an errno, and nothing is thrown. */
  int write(const void *bytes, size_t count) noexcept;
  static int sink(void *file, const void *bytes, size_t count) noexcept {
    return static_cast<AtomicFile *>(file)->write(bytes, count);
  }

  /* Fails with TW_ERROR_IO, or what else fits, unless error is 0. */
  void require_success(int error) const;

  /* Flushes to the disk and puts the file in its place. */
  void commit();

 private:
  AtomicFile() = default; /* after which the destructor runs even where another constructor throws */
  int flush() noexcept;

  std::string path_;   /* links followed */
  std::string saving_; /* path_.saving */
  Descriptor descriptor_;
  bool placed_ = false;
  std::vector<char> buffer_;
};

/* Writes the file at path: whole and on the disk, or it stays what it was. writer appends the bytes; where it throws,
   nothing is left of them. */
void write_atomically(const std::string &path, c10::function_ref<void(AtomicFile &)> writer);

class SourceFile {
 public:
  explicit SourceFile(const std::string &path);
  SourceFile(const SourceFile &) = delete;
  SourceFile &operator=(const SourceFile &) = delete;

  uint64_t size() const { return static_cast<uint64_t>(opened_.st_size); }
  const std::string &path() const { return path_; }

  /* Fails with TW_ERROR_IO where somebody has written to the file since it was opened. */
  void require_unchanged() const;

  /* Fills out with count bytes from offset on. */
  void read(uint64_t offset, void *out, size_t count) const;
  int try_read(uint64_t offset, void *out, size_t count) const noexcept; /* 0 or an errno; for C */
  static int source(void *file, uint64_t offset, void *out, size_t count) noexcept {
    return static_cast<const SourceFile *>(file)->try_read(offset, out, count);
  }

 private:
  std::string path_;
  Descriptor descriptor_;
  struct stat opened_ {};
};

[[noreturn]] void fail_io(const char *what, const std::string &path, int error);

/* Fails with what is wrong with a file, which was to be read as what: "checkpoint". */
[[noreturn]] void fail_fault(const twi_fault &fault, const std::string &path, const char *what);

}  // namespace tw
