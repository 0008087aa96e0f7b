/* Files: one that appears whole or not at all, and one that is read while it stays what it is. */
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tw {

class AtomicFile {
 public:
  /* Opens path.saving; until commit, path stays as it is. */
  explicit AtomicFile(const std::string &path);
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;
  ~AtomicFile();

  /* Goes on with bytes; 0 or an errno. Throws nothing, since C calls it. */
  int write(const void *bytes, size_t count) noexcept;
  static int sink(void *file, const void *bytes, size_t count) noexcept {
    return static_cast<AtomicFile *>(file)->write(bytes, count);
  }

  /* Fails with TW_ERROR_IO, or what else fits, unless error is 0. */
  void require_success(int error) const;

  /* Flushes to the disk and puts the file in its place. */
  void commit();

 private:
  int flush() noexcept;

  std::string path_;   /* links followed */
  std::string saving_; /* path_.saving; empty once it is in its place */
  int descriptor_ = -1;
  std::vector<char> buffer_;
};

class SourceFile {
 public:
  explicit SourceFile(const std::string &path);
  SourceFile(const SourceFile &) = delete;
  SourceFile &operator=(const SourceFile &) = delete;
  ~SourceFile();

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
  int descriptor_;
  struct stat opened_ {};
};

[[noreturn]] void fail_io(const char *what, const std::string &path, int error);

}  // namespace tw
