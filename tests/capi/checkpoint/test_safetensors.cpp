/* safetensors files: what is put is got back. Python's own view of the files is in tests/interop. */
#include <torch_warmup/safetensors.h>

#include <filesystem>
#include <fstream>

#include "catch.h"
#include "checkpoint_files.h"
#include "checkpoint_samples.h"
#include "failure.h"
#include "handles.h"
#include "modules.h"

using namespace tw::test;

namespace {

void save_safetensors(const Handle<tw_checkpoint> &checkpoint, const std::string &path) {
  INFO(path);
  if (tw_checkpoint_save_safetensors(checkpoint.get(), path.c_str()) != TW_OK) throw std::string(tw_last_error());
}

Handle<tw_checkpoint> load_safetensors(const std::string &path) {
  Handle<tw_checkpoint> loaded;
  if (tw_checkpoint_load_safetensors(loaded.out(), path.c_str()) != TW_OK) throw std::string(tw_last_error());
  return loaded;
}

Handle<tw_checkpoint> save_and_load_safetensors(const Handle<tw_checkpoint> &checkpoint, const TemporaryFile &file) {
  save_safetensors(checkpoint, file.path());
  return load_safetensors(file.path());
}

/* A file by hand: the length of the header, the header, the data. */
void write_file(const std::string &path, const std::string &header, const std::string &data) {
  std::ofstream file(path, std::ios::binary);
  for (size_t i = 0; i < 8; ++i) file.put(static_cast<char>(header.size() >> (8 * i)));
  file << header << data;
}

}  // namespace

TEST_CASE("a tensor of every dtype comes back from a safetensors file byte for byte") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_dtypes(made);
  check_dtypes(save_and_load_safetensors(made, file));
}

TEST_CASE("views are written to a safetensors file without their gaps") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_views(made);
  check_views(save_and_load_safetensors(made, file));

  save(made, file); /* as views of a file of torch.save's kind, too */
  const auto from_file = load(file);
  check_views(save_and_load_safetensors(from_file, file));
}

TEST_CASE("a safetensors file has each tensor's elements for itself") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto whole = tensor(std::vector<float>(1000, 1.0f));
  Handle<tw_tensor> same;
  REQUIRE(tw_tensor_detach(same.out(), whole.get()) == TW_OK);
  put(made, "a", whole), put(made, "b", same);
  const auto loaded = save_and_load_safetensors(made, file);
  CHECK(std::filesystem::file_size(file.path()) > 8000);
  CHECK(values(get_tensor(loaded, "b").get()) == std::vector<float>(1000, 1.0f));
}

TEST_CASE("a safetensors file gets the elements that a tensor has when it is saved") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto first = tensor({1, 2});
  put(made, "x", first);
  REQUIRE(tw_tensor_copy_from(first.get(), tensor({3, 4}).get()) == TW_OK);
  CHECK(values(get_tensor(save_and_load_safetensors(made, file), "x").get()) == std::vector<float>{3, 4});
}

TEST_CASE("a loaded safetensors file lists its tensors by their places and then its metadata") {
  const TemporaryFile file;
  write_file(
      file.path(),
      R"({"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"__metadata__":{"z":"1","":"gr\u00fcn"},)"
      R"("a":{"dtype":"U8","shape":[],"data_offsets":[3,4]},"c":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}})",
      "\x05\x06\x07\x08");
  const auto loaded = load_safetensors(file.path());
  CHECK(keys(loaded) == std::vector<std::string>{"c", "b", "a", "__metadata__.z", "__metadata__."});
  CHECK(bytes_of(get_tensor(loaded, "b")) == "\x06\x07");
  CHECK(bytes_of(get_tensor(loaded, "a")) == "\x08");
  CHECK(get_string(loaded, "__metadata__.z") == "1");
  CHECK(get_string(loaded, "__metadata__.") == "gr\xc3\xbcn");
}

TEST_CASE("metadata comes back from a safetensors file as it was put") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const std::string text = "\"quoted\\\" \b\f\n\r\t \x01\x1f\x7f \xf0\x9f\x94\xa5";
  REQUIRE(tw_checkpoint_put_string(made.get(), "__metadata__.format", "pt") == TW_OK);
  put(made, "__metadata__.x", tensor({1})); /* a tensor all the same */
  REQUIRE(tw_checkpoint_put_string(made.get(), ("__metadata__." + text).c_str(), text.c_str()) == TW_OK);
  const auto loaded = save_and_load_safetensors(made, file);
  CHECK(keys(loaded) == std::vector<std::string>{"__metadata__.x", "__metadata__.format", "__metadata__." + text});
  CHECK(get_string(loaded, "__metadata__.format") == "pt");
  CHECK(get_string(loaded, ("__metadata__." + text).c_str()) == text);
  CHECK(kind(loaded, "__metadata__.x") == TW_KIND_TENSOR);
}

TEST_CASE("tensors that lie at odd places of a safetensors file are read") {
  const TemporaryFile file;
  const double number = -0.1;
  std::string bytes(reinterpret_cast<const char *>(&number), sizeof number);
  write_file(
      file.path(),
      R"({"o":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"d":{"dtype":"F64","shape":[1],"data_offsets":[1,9]}} )",
      "x" + bytes);
  CHECK(bytes_of(get_tensor(load_safetensors(file.path()), "d")) == bytes);
}

TEST_CASE("a bool of a safetensors file is 0 or 1 whatever its byte, loaded or saved") {
  const TemporaryFile file;
  write_file(file.path(), R"({"x":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}})", std::string("\0\1\xf0", 3));
  const std::string wanted("\0\1\1", 3);
  CHECK(bytes_of(get_tensor(load_safetensors(file.path()), "x")) == wanted);

  const auto bools = from_bytes(wanted, TW_BOOL);
  void *memory = nullptr;
  REQUIRE(tw_tensor_get_data_ptr(&memory, bools.get()) == TW_OK);
  static_cast<unsigned char *>(memory)[2] = 0xF0;
  const auto made = checkpoint();
  put(made, "x", bools);
  save_safetensors(made, file.path());
  std::ifstream saved(file.path(), std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(saved), {}};
  CHECK(content.substr(content.size() - 3) == wanted);
}

TEST_CASE("a loaded safetensors file takes values and is saved over the file that it came from") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "kept", tensor({1, 2, 3}));
  const auto loaded = save_and_load_safetensors(made, file);
  put(loaded, "new", tensor({4}));
  save_safetensors(loaded, file.path());
  save_safetensors(loaded, file.path()); /* the replaced file is still open */
  const auto again = load_safetensors(file.path());
  CHECK(keys(again) == std::vector<std::string>{"kept", "new"});
  CHECK(values(get_tensor(again, "kept").get()) == std::vector<float>{1, 2, 3});
  CHECK(values(get_tensor(again, "new").get()) == std::vector<float>{4});
}

TEST_CASE("a safetensors file becomes a checkpoint of Python's kind, and the other way") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2, 3, 4}, {2, 2}));
  REQUIRE(tw_checkpoint_put_string(made.get(), "__metadata__.by", "hand") == TW_OK);
  const auto first = save_and_load_safetensors(made, file);
  const auto second = save_and_load(first, file);
  const auto third = save_and_load_safetensors(second, file);
  CHECK(values(get_tensor(third, "x").get()) == std::vector<float>{1, 2, 3, 4});
  CHECK(sizes_of(get_tensor(third, "x")) == std::vector<int64_t>{2, 2});
  CHECK(get_string(third, "__metadata__.by") == "hand");
}

TEST_CASE("an empty checkpoint is an empty safetensors file") {
  const TemporaryFile file;
  CHECK(keys(save_and_load_safetensors(checkpoint(), file)).empty());
  CHECK(std::filesystem::file_size(file.path()) == 16);
}

TEST_CASE("a module goes through a safetensors file under its own names") {
  const TemporaryFile file;
  REQUIRE(tw_manual_seed(5) == TW_OK);
  const auto from = linear(4, 3), to = linear(4, 3);
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), nullptr, from.get()) == TW_OK);
  const auto loaded = save_and_load_safetensors(made, file);
  CHECK(keys(loaded) == std::vector<std::string>{"bias", "weight"});
  CHECK(values(get_tensor(from, "weight").get()) != values(get_tensor(to, "weight").get()));
  REQUIRE(tw_checkpoint_restore_module(to.get(), loaded.get(), nullptr, 1) == TW_OK);
  for (const char *name : {"weight", "bias"})
    CHECK(values(get_tensor(from, name).get()) == values(get_tensor(to, name).get()));
}

TEST_CASE("a safetensors file that is replaced is still read, and one that is changed is noticed") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  const auto loaded = save_and_load_safetensors(made, file);
  put(made, "x", tensor({3, 4}));
  save_safetensors(made, file.path());
  CHECK(values(get_tensor(loaded, "x").get()) == std::vector<float>{1, 2});
  const auto current = load_safetensors(file.path());
  std::ofstream(file.path(), std::ios::binary | std::ios::app) << "more";
  auto *read = rubbish<tw_tensor>();
  check_failure(tw_checkpoint_get_tensor(&read, current.get(), "x"), TW_ERROR_IO, {file.path()});
  CHECK(read == nullptr);
}
