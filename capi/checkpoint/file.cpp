#include "checkpoint/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/guard.h"

namespace tw {
namespace {

constexpr size_t buffer_size = size_t{1} << 18;
constexpr size_t write_size = size_t{1} << 17; /* at once: four times as fast as pieces of 4 MiB were on ext4 */

/* Where a link leads to, whether there is a file yet or not: that is what is written, and not the link. */
std::string without_links(const std::string &path) {
  constexpr int most_links = 40; /* as Linux */
  std::filesystem::path at = path;
  for (int links = 0; links < most_links; ++links) {
    std::error_code error;
    const std::filesystem::path next = std::filesystem::read_symlink(at, error);
    if (error.value() == EINVAL || error.value() == ENOENT) return at.string(); /* no link, or nothing */
    if (error) fail_io("write", at.string(), error.value());
    at = at.parent_path() / next; /* which is next where that is absolute */
  }
  fail_io("write", path, ELOOP);
}

/* Once more where a signal came between. */
template <class Call>
auto uninterrupted(Call &&call) noexcept {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

/* A pipe that has the name must not wait for who takes from it. */
Descriptor open_for_writing(const std::string &path) {
  constexpr int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  Descriptor opened(uninterrupted([&] { return open(path.c_str(), flags, 0666); }));
  if (opened.get() < 0) fail_io("write", path, errno);
  return opened;
}

/* Whether the descriptor is still the file of that name, and nobody has renamed it. */
bool is_at(const Descriptor &descriptor, const std::string &path) {
  struct stat opened, named;
  if (fstat(descriptor.get(), &opened) != 0) fail_io("write", path, errno);
  if (stat(path.c_str(), &named) == 0) return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
  if (errno != ENOENT) fail_io("write", path, errno);
  return false;
}

/* Opens the file for this saver alone, waiting for another. File systems without locks go without. */
Descriptor open_locked(const std::string &path) {
  for (;;) {
    Descriptor opened = open_for_writing(path);
    uninterrupted([&] { return flock(opened.get(), LOCK_EX); });
    if (is_at(opened, path)) return opened; /* else the saver before this one has put it in its place */
  }
}

int write_all(int descriptor, const char *bytes, size_t count) noexcept {
  while (count > 0) {
    const ssize_t written = uninterrupted([&] { return ::write(descriptor, bytes, std::min(count, write_size)); });
    if (written <= 0) return written < 0 ? errno : EIO;
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

/* Some file systems cannot flush a folder, and say so with EINVAL. */
int flush_folder(const Descriptor &folder) noexcept {
  return uninterrupted([&] { return fsync(folder.get()); }) == 0 || errno == EINVAL ? 0 : errno;
}

}  // namespace

void fail_io(const char *what, const std::string &path, int error) {
  fail(TW_ERROR_IO, "cannot ", what, " ", path, ": ", std::generic_category().message(error));
}

void fail_fault(const twi_fault &fault, const std::string &path, const char *what) {
  if (fault.kind == TWI_FAULT_MEMORY) throw std::bad_alloc();
  if (fault.kind == TWI_FAULT_IO) fail_io("read", path, fault.error);
  fail(fault.kind == TWI_FAULT_UNSUPPORTED ? TW_ERROR_UNSUPPORTED : TW_ERROR_FORMAT, path, " is no ", what,
       " that can be loaded: ", fault.text);
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

/* ---- writing ---- */

AtomicFile::AtomicFile(const std::string &path) : AtomicFile() {
  path_ = without_links(path);
  saving_ = path_ + ".saving";
  buffer_.reserve(buffer_size);
  struct stat old;
  const bool replaces = stat(path_.c_str(), &old) == 0;
  check(!replaces || S_ISREG(old.st_mode), TW_ERROR_IO, "cannot write ", path, ": it is not a regular file");
  descriptor_ = open_locked(saving_);
  const int file = descriptor_.get();
  if (replaces && uninterrupted([&] { return fchmod(file, old.st_mode & 07777); }) != 0) require_success(errno);
  if (uninterrupted([&] { return ftruncate(file, 0); }) != 0) require_success(errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_.get() >= 0 && !placed_) unlink(saving_.c_str());
}

int AtomicFile::flush() noexcept {
  const int error = write_all(descriptor_.get(), buffer_.data(), buffer_.size());
  buffer_.clear();
  return error;
}

int AtomicFile::write(const void *bytes, size_t count) noexcept {
  const char *start = static_cast<const char *>(bytes);
  if (buffer_.size() + count > buffer_size) {
    if (const int error = flush()) return error;
  }
  if (count > buffer_size) return write_all(descriptor_.get(), start, count);
  buffer_.insert(buffer_.end(), start, start + count); /* which never grows: its room is buffer_size */
  return 0;
}

void AtomicFile::require_success(int error) const {
  if (error == ENOMEM) throw std::bad_alloc();
  if (error != 0) fail_io("write", path_, error);
}

void AtomicFile::commit() {
  require_success(flush());
  const std::string folder = folder_of(path_);
  const Descriptor opened(uninterrupted([&] { return open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (opened.get() < 0) require_success(errno);
  if (uninterrupted([&] { return fsync(descriptor_.get()); }) != 0) require_success(errno);
  if (uninterrupted([&] { return rename(saving_.c_str(), path_.c_str()); }) != 0) require_success(errno);
  placed_ = true;
  if (const int error = flush_folder(opened)) fail_io("flush to the disk, though the new file is there,", path_, error);
}

void write_atomically(const std::string &path, c10::function_ref<void(AtomicFile &)> writer) {
  AtomicFile file(path);
  writer(file);
  file.commit();
}

/* ---- reading ---- */

SourceFile::SourceFile(const std::string &path) : path_(path) {
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK; /* a pipe without a writer must not wait */
  descriptor_ = Descriptor(uninterrupted([&] { return open(path.c_str(), flags); }));
  if (descriptor_.get() < 0 || fstat(descriptor_.get(), &opened_) != 0) fail_io("read", path, errno);
  check(S_ISREG(opened_.st_mode), TW_ERROR_IO, "cannot read ", path, ": it is not a regular file");
}

void SourceFile::require_unchanged() const {
  struct stat now;
  const bool same = fstat(descriptor_.get(), &now) == 0 && now.st_size == opened_.st_size &&
                    now.st_mtim.tv_sec == opened_.st_mtim.tv_sec && now.st_mtim.tv_nsec == opened_.st_mtim.tv_nsec;
  check(same, TW_ERROR_IO, path_, " has been changed since it was loaded");
}

int SourceFile::try_read(uint64_t offset, void *out, size_t count) const noexcept {
  char *bytes = static_cast<char *>(out);
  while (count > 0) {
    const ssize_t done =
        uninterrupted([&] { return pread(descriptor_.get(), bytes, count, static_cast<off_t>(offset)); });
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
