/* Checkpoints: bad arguments, bad files, and an operating system that says no. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <torch_warmup/safetensors.h>

#include <cstdio>
#include <filesystem>
#include <iterator>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "files.h"
#include "handles.h"
#include "op.h"

using namespace tw::test;
namespace fs = std::filesystem;

namespace {

size_t files_in(const std::string &folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/* No file of this process may grow beyond so many bytes meanwhile: a disk that is full, as a write sees it. */
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    previous_ = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const struct rlimit small = {bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk &) = delete;
  SmallDisk &operator=(const SmallDisk &) = delete;
  ~SmallDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    signal(SIGXFSZ, previous_);
  }

 private:
  struct rlimit limit_ {};
  void (*previous_)(int) = SIG_DFL;
};

/* Hostile files that are whole, but of functions and names that no checkpoint has. */
bool asks_for_more(const std::string &name) {
  return name == "runs_eval.pt" || name == "runs_os_system.pt" || name == "overflowing_size.pt";
}

}  // namespace

TEST_CASE("every checkpoint call refuses NULL where it needs something") {
  const auto made = checkpoint();
  const auto some = tensor({1});
  int64_t integer = 5;
  size_t count = 5;
  check_failure(tw_checkpoint_create(nullptr), TW_ERROR_ARGUMENT, {"out is NULL"});
  check_failure(tw_checkpoint_put_int64(nullptr, "k", 1), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  check_failure(tw_checkpoint_put_int64(made.get(), nullptr, 1), TW_ERROR_ARGUMENT, {"key is NULL"});
  check_failure(tw_checkpoint_put_tensor(nullptr, "k", some.get()), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  check_failure(tw_checkpoint_put_tensor(made.get(), "k", nullptr), TW_ERROR_ARGUMENT, {"tensor is NULL"});
  check_failure(tw_checkpoint_put_module(made.get(), "k", nullptr), TW_ERROR_ARGUMENT, {"module is NULL"});
  check_failure(tw_checkpoint_put_string(made.get(), "k", nullptr), TW_ERROR_ARGUMENT, {"value is NULL"});
  check_failure(tw_checkpoint_save(nullptr, "x"), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  check_failure(tw_checkpoint_save(made.get(), nullptr), TW_ERROR_ARGUMENT, {"path is NULL"});
  check_failure(tw_checkpoint_get_int64(&integer, nullptr, "k"), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  CHECK(integer == 0);
  check_failure(tw_checkpoint_get_key_count(&count, nullptr), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  CHECK(count == 0);
  tw_checkpoint_free(nullptr);
}

TEST_CASE("a text that is not UTF-8 is refused, and nothing is put") {
  const auto made = checkpoint();
  for (const char *text : {"\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xf4\x90\x80\x80", "a\x80"}) {
    check_failure(tw_checkpoint_put_int64(made.get(), text, 1), TW_ERROR_ARGUMENT, {"key is not UTF-8"});
    check_failure(tw_checkpoint_put_string(made.get(), "k", text), TW_ERROR_ARGUMENT, {"value is not UTF-8"});
  }
  CHECK(keys(made).empty());
}

TEST_CASE("a key that is not there and a value of another kind are told apart") {
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_string(made.get(), "name", "x") == TW_OK);
  REQUIRE(tw_checkpoint_put_int64(made.get(), "odd", (int64_t{1} << 53) + 1) == TW_OK);
  int64_t integer = 5;
  double real = 5;
  check_failure(tw_checkpoint_get_int64(&integer, made.get(), "nam"), TW_ERROR_NOT_FOUND, {"\"nam\"", "name, odd"});
  CHECK(integer == 0);
  check_failure(tw_checkpoint_get_int64(&integer, made.get(), "name"), TW_ERROR_TYPE,
                {"\"name\" is a str, not an int"});
  check_failure(tw_checkpoint_get_double(&real, made.get(), "name"), TW_ERROR_TYPE, {"not a float"});
  check_failure(tw_checkpoint_get_double(&real, made.get(), "odd"), TW_ERROR_TYPE, {"9007199254740993"});
  CHECK(real == 0);
  auto *tensor = rubbish<tw_tensor>();
  check_failure(tw_checkpoint_get_tensor(&tensor, made.get(), "name"), TW_ERROR_TYPE, {"not a tensor"});
  CHECK(tensor == nullptr);
  char text[2];
  size_t length = 9;
  check_failure(tw_checkpoint_get_string(text, 1, &length, made.get(), "name"), TW_ERROR_CAPACITY, {"capacity is 1"});
  CHECK(length == 2);
  check_failure(tw_checkpoint_get_key(text, 2, &length, made.get(), 2), TW_ERROR_RANGE, {"index is 2", "there are 2"});
  CHECK(length == 0);
}

TEST_CASE("a tensor that has no place in a checkpoint is refused by what it is") {
  const auto made = checkpoint();
  const auto sparse = call("to_sparse", {arg(tensor({1, 0}))});
  check_failure(tw_checkpoint_put_tensor(made.get(), "k", sparse[0].get()), TW_ERROR_TYPE, {"Sparse"});
  const auto complex = call("complex", {arg(tensor({1})), arg(tensor({2}))});
  check_failure(tw_checkpoint_put_tensor(made.get(), "k", complex[0].get()), TW_ERROR_TYPE, {"ComplexFloat"});
  CHECK(keys(made).empty());
}

TEST_CASE("every hostile file is refused for what it is, and none of them is obeyed") {
  std::remove("/tmp/TW_HOSTILE_CANARY");
  for (const auto &file : fs::directory_iterator(std::string(TW_FIXTURES) + "/hostile")) {
    if (file.path().extension() != ".pt") continue;
    auto *loaded = rubbish<tw_checkpoint>();
    const std::string name = file.path().filename().string();
    check_failure(tw_checkpoint_load(&loaded, file.path().c_str()),
                  asks_for_more(name) ? TW_ERROR_UNSUPPORTED : TW_ERROR_FORMAT, {name});
    CHECK(loaded == nullptr);
  }
  CHECK_FALSE(fs::exists("/tmp/TW_HOSTILE_CANARY"));
}

TEST_CASE("what is no file cannot be loaded or saved to") {
  const TemporaryFile file;
  const auto made = checkpoint();
  auto *loaded = rubbish<tw_checkpoint>();
  check_failure(tw_checkpoint_load(&loaded, file.path().c_str()), TW_ERROR_IO, {"checkpoint.pt", "No such file"});
  CHECK(loaded == nullptr);
  check_failure(tw_checkpoint_load(&loaded, file.folder().c_str()), TW_ERROR_IO, {"not a regular file"});
  check_failure(tw_checkpoint_save(made.get(), file.folder().c_str()), TW_ERROR_IO, {"not a regular file"});
  check_failure(tw_checkpoint_save(made.get(), ""), TW_ERROR_IO, {});
  REQUIRE(mkfifo(file.path().c_str(), 0600) == 0);
  check_failure(tw_checkpoint_load(&loaded, file.path().c_str()), TW_ERROR_IO, {"not a regular file"});
  check_failure(tw_checkpoint_save(made.get(), file.path().c_str()), TW_ERROR_IO, {"not a regular file"});
  check_failure(tw_checkpoint_save(made.get(), "/dev/null"), TW_ERROR_IO, {"not a regular file"});
}

TEST_CASE("a folder that is not there is told, and none is made") {
  const TemporaryFile file;
  const std::string gone = file.folder() + "/gone/checkpoint.pt";
  check_failure(tw_checkpoint_save(checkpoint().get(), gone.c_str()), TW_ERROR_IO, {"gone", "No such file"});
  CHECK(files_in(file.folder()) == 0);
}

TEST_CASE("a disk that fills up leaves the old file as it was, and nothing beside it") {
  const TemporaryFile file;
  write_bytes(file.path(), "what was there before");
  const auto made = checkpoint();
  put(made, "large", tensor(std::vector<float>(1000000)));
  for (const rlim_t room : {0, 1000, 500000, 3999999, 4000400}) {
    const SmallDisk disk(room);
    check_failure(tw_checkpoint_save(made.get(), file.path().c_str()), TW_ERROR_IO,
                  {"checkpoint.pt", "File too large"});
    CHECK(bytes_of_file(file.path()) == "what was there before");
    CHECK(files_in(file.folder()) == 1);
  }
  save(made, file);
  CHECK(values(get_tensor(load(file), "large").get()).size() == 1000000);
}

TEST_CASE("saving hands on the old file's permissions and follows a link") {
  const TemporaryFile file;
  const std::string real = file.folder() + "/real.pt";
  write_bytes(real, "old");
  REQUIRE(chmod(real.c_str(), 0640) == 0);
  fs::create_symlink(real, file.path());
  save(checkpoint(), file);
  CHECK(fs::is_symlink(file.path()));
  struct stat status {};
  REQUIRE(stat(real.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0640);
  CHECK(bytes_of_file(real).substr(0, 2) == "PK");
  CHECK(files_in(file.folder()) == 2);
}

TEST_CASE("a link that leads to no file yet is followed to where it leads") {
  const bool has_folder = GENERATE(true, false);
  const int which = GENERATE(0, 1, 2, 3);
  const TemporaryFile file;
  const std::string disk = file.folder() + "/disk";
  if (has_folder) fs::create_directory(disk);
  const std::vector<std::string> leads[] = {{disk + "/target.pt"},
                                            {"disk/target.pt"},
                                            {"second", "disk/target.pt"},
                                            {"./second", file.folder() + "/third", "disk/../disk/target.pt"}};
  const auto &lead = leads[which];
  INFO(lead.front() << (has_folder ? "" : ", without its folder"));
  const std::string names[] = {file.path(), file.folder() + "/second", file.folder() + "/third"};
  for (size_t i = 0; i < lead.size(); ++i) fs::create_symlink(lead[i], names[i]);
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  for (const auto save_as : {tw_checkpoint_save, tw_checkpoint_save_safetensors}) {
    if (!has_folder) {
      check_failure(save_as(made.get(), file.path().c_str()), TW_ERROR_IO, {"disk/target.pt", "No such file"});
      continue;
    }
    REQUIRE(save_as(made.get(), file.path().c_str()) == TW_OK);
    CHECK(fs::is_regular_file(fs::symlink_status(disk + "/target.pt")));
    CHECK(files_in(disk) == 1);
    fs::remove(disk + "/target.pt");
  }
  for (size_t i = 0; i < lead.size(); ++i) CHECK(fs::read_symlink(names[i]) == lead[i]);
  CHECK(files_in(file.folder()) == lead.size() + (has_folder ? 1 : 0));
}

TEST_CASE("a loop of links, and a link that must not be read through, are refused and named") {
  const TemporaryFile file;
  const std::string second = file.folder() + "/second.pt";
  fs::create_symlink(second, file.path());
  fs::create_symlink(file.path(), second);
  for (const auto save_as : {tw_checkpoint_save, tw_checkpoint_save_safetensors})
    check_failure(save_as(checkpoint().get(), file.path().c_str()), TW_ERROR_IO, {file.path(), "symbolic links"});
  CHECK(fs::read_symlink(file.path()) == second);
  fs::remove(second);
  fs::create_symlink("file/below", second);
  write_bytes(file.folder() + "/file", "x");
  check_failure(tw_checkpoint_save(checkpoint().get(), second.c_str()), TW_ERROR_IO, {"file/below", "Not a directory"});
  CHECK(fs::read_symlink(second) == "file/below");
  CHECK(files_in(file.folder()) == 3);
}

TEST_CASE("what a killed process left of a save is replaced by the next") {
  const TemporaryFile file;
  write_bytes(file.path() + ".saving", std::string(100000, 'x'));
  save(checkpoint(), file);
  CHECK(keys(load(file)).empty());
  CHECK(files_in(file.folder()) == 1);
}

TEST_CASE("a file that changes after it was loaded is noticed before anything is copied") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  const auto loaded = save_and_load(made, file);
  fs::resize_file(file.path(), 10);
  const auto target = tensor({7, 7});
  check_failure(tw_checkpoint_copy_tensor(target.get(), loaded.get(), "x"), TW_ERROR_IO, {"has been changed"});
  CHECK(values(target.get()) == std::vector<float>{7, 7});
  const std::string other = file.folder() + "/other.pt";
  check_failure(tw_checkpoint_save(loaded.get(), other.c_str()), TW_ERROR_IO, {"has been changed"});
  CHECK_FALSE(fs::exists(other));
}

TEST_CASE("a checkpoint keeps the memory that a tensor has let go of") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto some = tensor({1, 2, 3, 4});
  put(made, "x", some);
  REQUIRE(call("set_.source_Tensor", {arg(some), arg(tensor({5}))}).size() == 1);
  CHECK(values(some.get()) == std::vector<float>{5});
  save(made, file);
  CHECK(values(get_tensor(load(file), "x").get()) == std::vector<float>{1, 2, 3, 4});
}
