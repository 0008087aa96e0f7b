/* Saves that the operating system refuses, at every call that it could. */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "files.h"
#include "handles.h"
#include "system_calls.h"

using namespace tw::test;
namespace fs = std::filesystem;

namespace {

const std::string old_contents = "what was there before";
constexpr size_t element_count = 200000; /* more than one write */

void write_old(const std::string &path) { write_bytes(path, old_contents); }

std::set<std::string> names_in(const std::string &folder) {
  std::set<std::string> names;
  for (const auto &file : fs::directory_iterator(folder)) names.insert(file.path().filename().string());
  return names;
}

Handle<tw_checkpoint> some_checkpoint() {
  auto made = checkpoint();
  std::vector<float> numbers(element_count);
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<float>(i);
  put(made, "numbers", tensor(numbers));
  return made;
}

void check_is_new(const std::string &path) {
  const auto found = values(get_tensor(load(path), "numbers").get());
  CHECK(found.size() == element_count);
  CHECK(found.back() == static_cast<float>(element_count - 1));
}

/* A save whose call of that kind and number has that fate, told by its status and what is in the folder afterwards. */
struct Outcome {
  bool happened;
  tw_status status;
  std::string message;
};

Outcome save_with(Call call, size_t number, int error, bool lasts, const std::string &path) {
  const auto made = some_checkpoint();
  const size_t descriptors = open_descriptors();
  Outcome outcome{};
  {
    const Fault fault(call, number, error, lasts);
    outcome.status = tw_checkpoint_save(made.get(), path.c_str());
    outcome.message = tw_last_error();
    outcome.happened = fault.happened();
  }
  CHECK(open_descriptors() == descriptors);
  return outcome;
}

/* Every call of that kind fails in its turn, until a save has fewer of them; how many there were. */
size_t fail_each(Call call, int error, bool lasts) {
  for (size_t number = 0;; ++number) {
    const TemporaryFile file;
    write_old(file.path());
    INFO(name_of(call) << " number " << number << " fails with " << std::strerror(error)
                       << (lasts ? ", for good" : ""));
    const Outcome outcome = save_with(call, number, error, lasts, file.path());
    if (!outcome.happened) {
      REQUIRE(outcome.status == TW_OK);
      check_is_new(file.path());
      return number;
    }
    CHECK(outcome.status == TW_ERROR_IO);
    CHECK_THAT(outcome.message, Contains(std::strerror(error)) && Contains("checkpoint.pt"));
    CHECK(bytes_of_file(file.path()) == old_contents);
    CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt"});
  }
}

}  // namespace

TEST_CASE("a save that is refused at any call says why, and leaves the old file and nothing else") {
  for (const int error : {ENOSPC, EIO, EDQUOT}) {
    for (const bool lasts : {false, true}) {
      CHECK(fail_each(Call::open, error, lasts) == 2); /* the file, and the folder */
      CHECK(fail_each(Call::write, error, lasts) >= 3);
      CHECK(fail_each(Call::ftruncate, error, lasts) == 1);
      CHECK(fail_each(Call::fchmod, error, lasts) == 1);
      CHECK(fail_each(Call::rename, error, lasts) == 1);
    }
  }
}

TEST_CASE("a save that cannot tell whether path.saving is its own leaves that alone") {
  const TemporaryFile file;
  write_old(file.path());
  const Outcome outcome = save_with(Call::fstat, 0, EIO, false, file.path());
  CHECK(outcome.status == TW_ERROR_IO);
  CHECK_THAT(outcome.message, Contains("checkpoint.pt.saving") && Contains(std::strerror(EIO)));
  CHECK(bytes_of_file(file.path()) == old_contents);
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt", "checkpoint.pt.saving"});
  CHECK_FALSE(save_with(Call::fstat, 1, EIO, false, file.path()).happened);
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt"});
}

TEST_CASE("a save whose flush fails leaves the old file") {
  for (const int error : {ENOSPC, EIO, EDQUOT}) {
    const TemporaryFile file;
    write_old(file.path());
    const Outcome outcome = save_with(Call::fsync, 0, error, false, file.path());
    CHECK(outcome.status == TW_ERROR_IO);
    CHECK_THAT(outcome.message, Contains(std::strerror(error)));
    CHECK(bytes_of_file(file.path()) == old_contents);
    CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt"});
  }
}

TEST_CASE("a folder that cannot be flushed is told, and has the new file, whole") {
  const TemporaryFile file;
  write_old(file.path());
  const Outcome outcome = save_with(Call::fsync, 1, EIO, false, file.path());
  CHECK(outcome.status == TW_ERROR_IO);
  CHECK_THAT(outcome.message, Contains("the new file is there") && Contains(std::strerror(EIO)));
  check_is_new(file.path());
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt"});
  CHECK_FALSE(save_with(Call::fsync, 2, EIO, false, file.path()).happened);
}

TEST_CASE("a folder that a file system cannot flush is no failure") {
  const TemporaryFile file;
  const Outcome outcome = save_with(Call::fsync, 1, EINVAL, false, file.path());
  CHECK(outcome.happened);
  CHECK(outcome.status == TW_OK);
  check_is_new(file.path());
}

TEST_CASE("signals and short writes do not keep a save from succeeding") {
  for (const Call call : {Call::open, Call::write, Call::ftruncate, Call::fchmod, Call::flock, Call::fsync}) {
    for (size_t number = 0, interrupted = 1; interrupted != 0; ++number) {
      const TemporaryFile file;
      write_old(file.path());
      INFO(name_of(call) << " number " << number << " is interrupted");
      const Outcome outcome = save_with(call, number, EINTR, false, file.path());
      interrupted = outcome.happened ? 1 : 0;
      CHECK(outcome.status == TW_OK);
      check_is_new(file.path());
      CHECK((outcome.happened || number > 0));
    }
  }
  const TemporaryFile file;
  const Outcome outcome = save_with(Call::write, 0, half, true, file.path());
  CHECK(outcome.happened);
  CHECK(outcome.status == TW_OK);
  check_is_new(file.path());
}

TEST_CASE("a save to a file system without locks, or one that complains of a close, succeeds") {
  for (const auto &[call, error] : {std::pair{Call::flock, ENOLCK}, std::pair{Call::close, EIO}}) {
    const TemporaryFile file;
    const Outcome outcome = save_with(call, 0, error, true, file.path());
    CHECK(outcome.happened);
    CHECK(outcome.status == TW_OK);
    check_is_new(file.path());
  }
}

TEST_CASE("a folder that vanishes while a file is saved to it is told") {
  const TemporaryFile file;
  const std::string folder = file.folder() + "/gone", path = folder + "/checkpoint.pt";
  fs::create_directory(folder);
  const auto made = some_checkpoint();
  const BeforeFlush flush([&] { fs::remove_all(folder); });
  check_failure(tw_checkpoint_save(made.get(), path.c_str()), TW_ERROR_IO, {path, std::strerror(ENOENT)});
  CHECK(names_in(file.folder()).empty());
}

TEST_CASE("a pipe or a folder in the place of the file that is being written is refused, not waited for") {
  const TemporaryFile file;
  const auto made = some_checkpoint();
  REQUIRE(mkfifo((file.path() + ".saving").c_str(), 0600) == 0);
  check_failure(tw_checkpoint_save(made.get(), file.path().c_str()), TW_ERROR_IO, {"checkpoint.pt.saving"});
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt.saving"});
  fs::remove(file.path() + ".saving");
  fs::create_directory(file.path() + ".saving");
  check_failure(tw_checkpoint_save(made.get(), file.path().c_str()), TW_ERROR_IO, {std::strerror(EISDIR)});
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt.saving"});
}

TEST_CASE("a folder without permission to write is told, and what lies in it stays") {
  const TemporaryFile file;
  write_old(file.path());
  const auto made = some_checkpoint();
  fs::permissions(file.folder(), fs::perms(0555));
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) { /* root may write everywhere */
    if (geteuid() == 0 && setuid(65534) != 0) _exit(3);
    const tw_status status = tw_checkpoint_save(made.get(), file.path().c_str());
    const bool told = std::strstr(tw_last_error(), std::strerror(EACCES)) != nullptr;
    _exit(status == TW_ERROR_IO && told ? 0 : 1);
  }
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  fs::permissions(file.folder(), fs::perms(0755));
  CHECK(bytes_of_file(file.path()) == old_contents);
  CHECK(names_in(file.folder()) == std::set<std::string>{"checkpoint.pt"});
}
