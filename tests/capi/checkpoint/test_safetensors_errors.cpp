/* safetensors files: bad arguments, bad files, and an operating system that says no. */
#include <sys/stat.h>
#include <torch_warmup/safetensors.h>

#include <filesystem>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "files.h"
#include "handles.h"
#include "modules.h"
#include "op.h"

using namespace tw::test;
namespace fs = std::filesystem;

namespace {

std::string little_endian(uint64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

/* Loading the file with these bytes fails, as malformed where nothing else is said, for these reasons. */
void check_malformed(const std::string &bytes, std::initializer_list<std::string> reasons,
                     tw_status status = TW_ERROR_FORMAT) {
  const TemporaryFile file;
  write_bytes(file.path(), bytes);
  auto *loaded = rubbish<tw_checkpoint>();
  check_failure(tw_checkpoint_load_safetensors(&loaded, file.path().c_str()), status, reasons);
  CHECK_THAT(tw_last_error(), Contains(file.path()));
  CHECK(loaded == nullptr);
}

void check_malformed_header(const std::string &header, size_t data, std::initializer_list<std::string> reasons,
                            tw_status status = TW_ERROR_FORMAT) {
  check_malformed(little_endian(header.size()) + header + std::string(data, '\0'), reasons, status);
}

/* Saving fails, and nothing appears. */
void check_not_saved(const Handle<tw_checkpoint> &made, tw_status status, std::initializer_list<std::string> reasons) {
  const TemporaryFile file;
  check_failure(tw_checkpoint_save_safetensors(made.get(), file.path().c_str()), status, reasons);
  CHECK(fs::is_empty(file.folder()));
}

}  // namespace

TEST_CASE("safetensors calls refuse NULL") {
  const auto made = checkpoint();
  auto *loaded = rubbish<tw_checkpoint>();
  check_failure(tw_checkpoint_save_safetensors(nullptr, "x"), TW_ERROR_ARGUMENT, {"checkpoint is NULL"});
  check_failure(tw_checkpoint_save_safetensors(made.get(), nullptr), TW_ERROR_ARGUMENT, {"path is NULL"});
  check_failure(tw_checkpoint_load_safetensors(nullptr, "x"), TW_ERROR_ARGUMENT, {"out is NULL"});
  check_failure(tw_checkpoint_load_safetensors(&loaded, nullptr), TW_ERROR_ARGUMENT, {"path is NULL"});
  CHECK(loaded == nullptr);
}

TEST_CASE("a value that a safetensors file has no place for is refused by its key, and nothing is saved") {
  const auto with = [](auto put_value) {
    auto made = checkpoint();
    put(made, "before", tensor({1}));
    REQUIRE(put_value(made.get()) == TW_OK);
    return made;
  };
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_int64(made, "epoch", 3); }), TW_ERROR_TYPE,
                  {"\"epoch\"", "an int"});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_double(made, "loss", 3); }), TW_ERROR_TYPE,
                  {"\"loss\"", "a float"});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_string(made, "by", "me"); }), TW_ERROR_TYPE,
                  {"\"by\"", "a str", "\"__metadata__.\""});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_string(made, "__metadata__", "me"); }),
                  TW_ERROR_ARGUMENT, {"\"__metadata__\""});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_int64(made, "__metadata__.n", 3); }), TW_ERROR_TYPE,
                  {"\"__metadata__.n\"", "an int"});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_module(made, "net", linear(1, 1).get()); }),
                  TW_ERROR_TYPE, {"\"net\"", "a dict"});
  check_not_saved(with([](auto *made) { return tw_checkpoint_put_tensor(made, "__metadata__", tensor({1}).get()); }),
                  TW_ERROR_ARGUMENT, {"\"__metadata__\""});
  const char *half = "\xed\xa0\xbd"; /* which a checkpoint of Python's may have */
  check_not_saved(with([&](auto *made) { return tw_checkpoint_put_tensor(made, half, tensor({1}).get()); }),
                  TW_ERROR_ARGUMENT, {"surrogate"});
  check_not_saved(with([&](auto *made) { return tw_checkpoint_put_string(made, "__metadata__.x", half); }),
                  TW_ERROR_ARGUMENT, {"surrogate"});
}

TEST_CASE("a tensor that repeats more elements than a file holds is refused") {
  const auto huge = call("expand", {arg(tensor({1})), ints({int64_t{1} << 31, int64_t{1} << 30})});
  const auto made = checkpoint();
  put(made, "huge", huge[0]);
  check_not_saved(made, TW_ERROR_RANGE, {"\"huge\""});
}

TEST_CASE("what is no file is neither loaded nor saved to as safetensors") {
  const TemporaryFile file;
  const auto made = checkpoint();
  auto *loaded = rubbish<tw_checkpoint>();
  check_failure(tw_checkpoint_load_safetensors(&loaded, file.path().c_str()), TW_ERROR_IO,
                {file.path(), "No such file"});
  CHECK(loaded == nullptr);
  check_failure(tw_checkpoint_load_safetensors(&loaded, file.folder().c_str()), TW_ERROR_IO, {"not a regular file"});
  check_failure(tw_checkpoint_save_safetensors(made.get(), file.folder().c_str()), TW_ERROR_IO, {"not a regular file"});
  const std::string gone = file.folder() + "/gone/x.safetensors";
  check_failure(tw_checkpoint_save_safetensors(made.get(), gone.c_str()), TW_ERROR_IO, {gone, "No such file"});
  CHECK(fs::is_empty(file.folder()));
}

TEST_CASE("a save of safetensors that fails leaves the old file as it was") {
  const TemporaryFile file;
  write_bytes(file.path(), "what was there before");
  REQUIRE(mkdir((file.path() + ".saving").c_str(), 0700) == 0); /* in the way */
  const auto made = checkpoint();
  put(made, "x", tensor({1}));
  check_failure(tw_checkpoint_save_safetensors(made.get(), file.path().c_str()), TW_ERROR_IO, {file.path()});
  CHECK(bytes_of_file(file.path()) == "what was there before");
}

TEST_CASE("a file too short for its header is no safetensors file") {
  check_malformed("", {"0 bytes"});
  check_malformed(std::string(7, '\0'), {"7 bytes"});
  check_malformed(std::string(8, '\0'), {"does not begin with {"});
  check_malformed(little_endian(3) + "{}", {"has 3 bytes", "only 2"});
  check_malformed(little_endian(100000001), {"100000001", "at most 100000000"});
  check_malformed(little_endian(100000000), {"100000000 bytes", "only 0"});
  check_malformed(little_endian(UINT64_MAX) + "{}", {"18446744073709551615"});
  check_malformed(little_endian(UINT64_MAX - 7) + "{}", {"18446744073709551608"});
}

TEST_CASE("a checkpoint of torch.save's kind is told from a safetensors file") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1}));
  save(made, file);
  check_malformed(bytes_of_file(file.path()), {"zip archive", "tw_checkpoint_load"});
}

TEST_CASE("what a safetensors header may not have is refused through the call too") {
  const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  check_malformed_header("{" + a + "}", 7, {"8 bytes", "7 follow"});
  check_malformed_header("{" + a + "}", 9, {"8 bytes", "9 follow"});
  check_malformed_header("{" + a + "," + a + "}", 8, {"\"a\" twice"});
  check_malformed_header("{" + a, 8, {"not JSON"});
  check_malformed_header(R"({"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,9]}})", 9, {"\"a\"", "has 8 bytes"});
  check_malformed_header(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12, {"\"a\"", "hole"});
  check_malformed_header(R"({"__metadata__":{"k":""},"__metadata__.k":{"dtype":"U8","shape":[],"data_offsets":[0,1]}})",
                         1, {"__metadata__.k"});
}

TEST_CASE("a safetensors file that is cut short anywhere is refused") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2, 3}));
  REQUIRE(tw_checkpoint_put_string(made.get(), "__metadata__.k", "v") == TW_OK);
  REQUIRE(tw_checkpoint_save_safetensors(made.get(), file.path().c_str()) == TW_OK);
  const std::string good = bytes_of_file(file.path());
  for (size_t length = 0; length < good.size(); ++length) {
    write_bytes(file.path(), good.substr(0, length));
    tw_checkpoint *loaded = nullptr;
    REQUIRE(tw_checkpoint_load_safetensors(&loaded, file.path().c_str()) == TW_ERROR_FORMAT);
    REQUIRE(loaded == nullptr);
  }
}
