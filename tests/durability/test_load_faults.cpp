/* Loads that the operating system refuses, and files that change while a checkpoint looks at them. */
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "handles.h"
#include "system_calls.h"

using namespace tw::test;
namespace fs = std::filesystem;

namespace {

void save_numbers(const TemporaryFile &file, const std::vector<float> &numbers) {
  const auto made = checkpoint();
  put(made, "numbers", tensor(numbers));
  save(made, file);
}

tw_status load_with(Call call, size_t number, int error, bool lasts, const TemporaryFile &file,
                    Handle<tw_checkpoint> &out, bool &happened) {
  const size_t descriptors = open_descriptors();
  const Fault fault(call, number, error, lasts);
  const tw_status status = tw_checkpoint_load(out.out(), file.path().c_str());
  happened = fault.happened();
  CHECK(open_descriptors() == descriptors + (status == TW_OK ? 1 : 0));
  return status;
}

/* Every call of that kind fails in its turn, until a load has fewer of them; how many there were. */
size_t fail_each(Call call, int error, const TemporaryFile &file) {
  for (size_t number = 0;; ++number) {
    INFO(name_of(call) << " number " << number);
    Handle<tw_checkpoint> loaded;
    bool happened = false;
    const tw_status status = load_with(call, number, error, false, file, loaded, happened);
    if (!happened) {
      REQUIRE(status == TW_OK);
      return number;
    }
    check_failure(status, TW_ERROR_IO, {"checkpoint.pt", std::strerror(error)});
    CHECK(loaded.get() == nullptr);
  }
}

}  // namespace

TEST_CASE("a load that is refused at any call says why and gives nothing") {
  const TemporaryFile file;
  save_numbers(file, std::vector<float>(200000, 1));
  CHECK(fail_each(Call::open, EMFILE, file) == 1);
  CHECK(fail_each(Call::fstat, EIO, file) == 1);
  CHECK(fail_each(Call::pread, EIO, file) > 5);
}

TEST_CASE("signals and short reads do not keep a load from succeeding") {
  const TemporaryFile file;
  save_numbers(file, {1, 2, 3});
  for (size_t number = 0;; ++number) {
    Handle<tw_checkpoint> loaded;
    bool happened = false;
    REQUIRE(load_with(Call::pread, number, EINTR, false, file, loaded, happened) == TW_OK);
    CHECK(values(get_tensor(loaded, "numbers").get()) == std::vector<float>{1, 2, 3});
    if (!happened) break;
  }
  const Fault fault(Call::pread, 0, half, true);
  CHECK(values(get_tensor(load(file), "numbers").get()) == std::vector<float>{1, 2, 3});
  CHECK(fault.happened());
}

TEST_CASE("a tensor that cannot be read leaves the one it was for as it was") {
  const TemporaryFile file;
  save_numbers(file, {1, 2});
  const auto loaded = load(file);
  const auto target = tensor({7, 7});
  auto *made = rubbish<tw_tensor>();
  {
    const Fault fault(Call::pread, 0, EIO, true);
    check_failure(tw_checkpoint_copy_tensor(target.get(), loaded.get(), "numbers"), TW_ERROR_IO, {std::strerror(EIO)});
    check_failure(tw_checkpoint_get_tensor(&made, loaded.get(), "numbers"), TW_ERROR_IO, {std::strerror(EIO)});
  }
  CHECK(made == nullptr);
  CHECK(values(target.get()) == std::vector<float>{7, 7});
  REQUIRE(tw_checkpoint_copy_tensor(target.get(), loaded.get(), "numbers") == TW_OK);
  CHECK(values(target.get()) == std::vector<float>{1, 2});
}

TEST_CASE("a file that is cut short or written over after it was loaded is refused, and copies nothing") {
  for (const bool shorter : {true, false}) {
    const TemporaryFile file;
    save_numbers(file, std::vector<float>(100000, 1));
    const auto loaded = load(file);
    const auto target = tensor(std::vector<float>(100000, 7));
    if (shorter) {
      fs::resize_file(file.path(), 1000);
    } else {
      const auto later = fs::last_write_time(file.path()) + std::chrono::seconds(1);
      std::fstream(file.path(), std::ios::binary | std::ios::in | std::ios::out).seekp(1000) << "something else";
      fs::last_write_time(file.path(), later);
    }
    check_failure(tw_checkpoint_copy_tensor(target.get(), loaded.get(), "numbers"), TW_ERROR_IO, {"has been changed"});
    CHECK(values(target.get()) == std::vector<float>(100000, 7));
  }
}

TEST_CASE("a checkpoint goes on with the file that it loaded when a save or a rename puts another in its place") {
  const TemporaryFile file;
  save_numbers(file, {1, 2});
  const auto loaded = load(file);
  save_numbers(file, {3, 4});
  CHECK(values(get_tensor(loaded, "numbers").get()) == std::vector<float>{1, 2});
  fs::remove(file.path());
  CHECK(values(get_tensor(loaded, "numbers").get()) == std::vector<float>{1, 2});
}
