#include "checkpoint_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include "guard.h"

namespace tw {
namespace {

constexpr size_t buffer_size = size_t{1} << 18;
constexpr size_t write_size = size_t{1} << 17; /* at once: four times as fast as pieces of 4 MiB were on ext4 */

/* The file that a link leads to, so that saving replaces that and not the link. */
std::string without_links(const std::string &path) {
  const std::unique_ptr<char, void (*)(void *)> found(realpath(path.c_str(), nullptr), free);
  return found != nullptr ? std::string(found.get()) : path;
}

/* Whether the descriptor is still the file of that name. */
bool is_at(int descriptor, const std::string &path) {
  struct stat opened, named;
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

/* Opens the file for this saver alone, waiting for another. File systems without locks go without. */
int open_locked(const std::string &path) {
  for (;;) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0) fail_io("write", path, errno);
    while (flock(descriptor, LOCK_EX) != 0 && errno == EINTR) continue;
    if (is_at(descriptor, path)) return descriptor;
    close(descriptor); /* the saver before this one has renamed it */
  }
}

int write_all(int descriptor, const char *bytes, size_t count) noexcept {
  while (count > 0) {
    const ssize_t written = ::write(descriptor, bytes, std::min(count, write_size));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes += written;
    count -= static_cast<size_t>(written);
  }
  return 0;
}

std::string folder_of(const std::string &path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/* Makes a rename in the folder last. Some file systems cannot, and say so with EINVAL. */
int flush_folder(const std::string &folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int error = fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  close(descriptor);
  return error;
}

}  // namespace

void fail_io(const char *what, const std::string &path, int error) {
  fail(TW_ERROR_IO, "cannot ", what, " ", path, ": ", std::generic_category().message(error));
}

/* ---- writing ---- */

AtomicFile::AtomicFile(const std::string &path) : path_(without_links(path)) {
  struct stat old;
  const bool replaces = stat(path_.c_str(), &old) == 0;
  check(!replaces || S_ISREG(old.st_mode), TW_ERROR_IO, "cannot write ", path, ": it is not a regular file");
  buffer_.reserve(buffer_size);
  descriptor_ = open_locked(path_ + ".saving");
  saving_ = path_ + ".saving";
  if (replaces && fchmod(descriptor_, old.st_mode & 07777) != 0) require_success(errno);
  if (ftruncate(descriptor_, 0) != 0) require_success(errno);
}

AtomicFile::~AtomicFile() {
  if (!saving_.empty()) unlink(saving_.c_str());
  if (descriptor_ >= 0) close(descriptor_);
}

int AtomicFile::flush() noexcept {
  const int error = write_all(descriptor_, buffer_.data(), buffer_.size());
  buffer_.clear();
  return error;
}

int AtomicFile::write(const void *bytes, size_t count) noexcept {
  const char *start = static_cast<const char *>(bytes);
  if (buffer_.size() + count > buffer_size) {
    if (const int error = flush()) return error;
  }
  if (count > buffer_size) return write_all(descriptor_, start, count);
  buffer_.insert(buffer_.end(), start, start + count); /* which never grows: its room is buffer_size */
  return 0;
}

void AtomicFile::require_success(int error) const {
  if (error == ENOMEM) throw std::bad_alloc();
  if (error != 0) fail_io("write", path_, error);
}

void AtomicFile::commit() {
  require_success(flush());
  if (fsync(descriptor_) != 0) require_success(errno);
  if (rename(saving_.c_str(), path_.c_str()) != 0) require_success(errno);
  saving_.clear();
  const std::string folder = folder_of(path_);
  if (const int error = flush_folder(folder)) fail_io("flush to the disk the folder", folder, error);
}

/* ---- reading ---- */

SourceFile::SourceFile(const std::string &path) : path_(path) {
  descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe without a writer must not wait */
  if (descriptor_ < 0 || fstat(descriptor_, &opened_) != 0) {
    const int error = errno;
    if (descriptor_ >= 0) close(descriptor_);
    fail_io("read", path, error);
  }
  if (S_ISREG(opened_.st_mode)) return;
  close(descriptor_);
  fail(TW_ERROR_IO, "cannot read ", path, ": it is not a regular file");
}

SourceFile::~SourceFile() { close(descriptor_); }

void SourceFile::require_unchanged() const {
  struct stat now;
  const bool same = fstat(descriptor_, &now) == 0 && now.st_size == opened_.st_size &&
                    now.st_mtim.tv_sec == opened_.st_mtim.tv_sec && now.st_mtim.tv_nsec == opened_.st_mtim.tv_nsec;
  check(same, TW_ERROR_IO, path_, " has been changed since it was loaded");
}

int SourceFile::try_read(uint64_t offset, void *out, size_t count) const noexcept {
  char *bytes = static_cast<char *>(out);
  while (count > 0) {
    const ssize_t done = pread(descriptor_, bytes, count, static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    if (done == 0) return ENODATA; /* it has been cut short since it was opened */
    bytes += done;
    offset += static_cast<uint64_t>(done);
    count -= static_cast<size_t>(done);
  }
  return 0;
}

void SourceFile::read(uint64_t offset, void *out, size_t count) const {
  if (const int error = try_read(offset, out, count)) fail_io("read", path_, error);
}

}  // namespace tw
