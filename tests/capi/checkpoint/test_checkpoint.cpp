/* Checkpoints: what is put is got back. Python's own view of the files is in tests/interop. */
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "catch.h"
#include "checkpoint_files.h"
#include "checkpoint_samples.h"
#include "failure.h"
#include "handles.h"
#include "modules.h"

using namespace tw::test;

TEST_CASE("numbers and strings come back from a file as they were put") {
  const TemporaryFile file;
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_int64(made.get(), "small", -1) == TW_OK);
  REQUIRE(tw_checkpoint_put_int64(made.get(), "large", INT64_MIN) == TW_OK);
  REQUIRE(tw_checkpoint_put_double(made.get(), "tenth", 0.1) == TW_OK);
  REQUIRE(tw_checkpoint_put_string(made.get(), "text",
                                   "gr\xc3\xbc\xc3\x9f"
                                   "e") == TW_OK);
  REQUIRE(tw_checkpoint_put_string(made.get(), "", "") == TW_OK);
  const auto loaded = save_and_load(made, file);

  int64_t integer = 0;
  CHECK(tw_checkpoint_get_int64(&integer, loaded.get(), "small") == TW_OK);
  CHECK(integer == -1);
  CHECK(tw_checkpoint_get_int64(&integer, loaded.get(), "large") == TW_OK);
  CHECK(integer == INT64_MIN);
  double real = 0;
  CHECK(tw_checkpoint_get_double(&real, loaded.get(), "tenth") == TW_OK);
  CHECK(real == 0.1);
  CHECK(tw_checkpoint_get_double(&real, loaded.get(), "small") == TW_OK);
  CHECK(real == -1.0);
  CHECK(get_string(loaded, "text") ==
        "gr\xc3\xbc\xc3\x9f"
        "e");
  CHECK(get_string(loaded, "") == "");
}

TEST_CASE("a tensor of every dtype comes back byte for byte") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_dtypes(made);
  check_dtypes(save_and_load(made, file));
}

TEST_CASE("views, empty tensors and tensors without dimensions come back") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_views(made);
  check_views(save_and_load(made, file));
}

TEST_CASE("tensors that share memory share it in the file") {
  const auto whole = tensor(std::vector<float>(10000, 1.0f));
  Handle<tw_tensor> other;
  REQUIRE(tw_tensor_detach(other.out(), whole.get()) == TW_OK);
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "a", whole), put(made, "b", other), put(made, "c", whole);
  save(made, file);
  CHECK(std::filesystem::file_size(file.path()) < 45000);
  Handle<tw_tensor> copy;
  REQUIRE(tw_tensor_clone(copy.out(), whole.get()) == TW_OK);
  put(made, "c", copy);
  save(made, file);
  CHECK(std::filesystem::file_size(file.path()) > 80000);
}

TEST_CASE("a file gets the elements that a tensor has when it is saved") {
  const TemporaryFile file;
  const auto made = checkpoint();
  auto first = tensor({1, 2});
  put(made, "x", first);
  REQUIRE(tw_tensor_copy_from(first.get(), tensor({3, 4}).get()) == TW_OK);
  first = {}; /* the checkpoint keeps it alive */
  CHECK(values(get_tensor(save_and_load(made, file), "x").get()) == std::vector<float>{3, 4});
  CHECK(values(get_tensor(made, "x").get()) == std::vector<float>{3, 4}); /* without a file in between */
}

TEST_CASE("a value that is put under a key that has one takes its place") {
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  REQUIRE(tw_checkpoint_put_int64(made.get(), "y", 1) == TW_OK);
  REQUIRE(tw_checkpoint_put_int64(made.get(), "x", 5) == TW_OK);
  CHECK(keys(made) == std::vector<std::string>{"x", "y"});
  int64_t integer = 0;
  CHECK(tw_checkpoint_get_int64(&integer, made.get(), "x") == TW_OK);
  CHECK(integer == 5);
}

TEST_CASE("a checkpoint says what it holds") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "tensor", tensor({1}));
  REQUIRE(tw_checkpoint_put_module(made.get(), "module", linear(2, 3).get()) == TW_OK);
  REQUIRE(tw_checkpoint_put_int64(made.get(), "integer", 1) == TW_OK);
  REQUIRE(tw_checkpoint_put_double(made.get(), "double", 1) == TW_OK);
  REQUIRE(tw_checkpoint_put_string(made.get(), "string", "s") == TW_OK);
  const auto loaded = save_and_load(made, file);
  CHECK(keys(loaded) == std::vector<std::string>{"tensor", "module", "integer", "double", "string"});
  CHECK(kind(loaded, "tensor") == TW_KIND_TENSOR);
  CHECK(kind(loaded, "module") == TW_KIND_DICT);
  CHECK(kind(loaded, "integer") == TW_KIND_INT64);
  CHECK(kind(loaded, "double") == TW_KIND_DOUBLE);
  CHECK(kind(loaded, "string") == TW_KIND_STRING);
  int32_t has = 7;
  CHECK(tw_checkpoint_has(&has, loaded.get(), "tensor") == TW_OK);
  CHECK(has == 1);
  CHECK(tw_checkpoint_has(&has, loaded.get(), "tenso") == TW_OK);
  CHECK(has == 0);
}

TEST_CASE("a loaded checkpoint takes values and is saved over the file that it came from") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "kept", tensor({1, 2, 3}));
  const auto loaded = save_and_load(made, file);
  put(loaded, "new", tensor({4}));
  save(loaded, file);
  save(loaded, file); /* the replaced file is still open */
  const auto again = load(file);
  CHECK(keys(again) == std::vector<std::string>{"kept", "new"});
  CHECK(values(get_tensor(again, "kept").get()) == std::vector<float>{1, 2, 3});
  CHECK(values(get_tensor(again, "new").get()) == std::vector<float>{4});
}

TEST_CASE("get_tensor copies into the tensor that is there") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2, 3, 4}, {2, 2}));
  const auto loaded = save_and_load(made, file);
  const auto target = parameter({0, 0, 0, 0}, {2, 2});
  void *before = nullptr, *after = nullptr;
  REQUIRE(tw_tensor_get_data_ptr(&before, target.get()) == TW_OK);
  REQUIRE(tw_checkpoint_copy_tensor(target.get(), loaded.get(), "x") == TW_OK);
  REQUIRE(tw_tensor_get_data_ptr(&after, target.get()) == TW_OK);
  CHECK(before == after);
  CHECK(values(target.get()) == std::vector<float>{1, 2, 3, 4});
  int32_t requires_grad = 0;
  CHECK(tw_tensor_get_requires_grad(&requires_grad, target.get()) == TW_OK);
  CHECK(requires_grad == 1);
}

TEST_CASE("get_tensor refuses other sizes and dtypes and leaves the tensor alone") {
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  const auto longer = tensor({7, 7, 7});
  check_failure(tw_checkpoint_copy_tensor(longer.get(), made.get(), "x"), TW_ERROR_ARGUMENT, {"\"x\"", "[2]", "[3]"});
  CHECK(values(longer.get()) == std::vector<float>{7, 7, 7});
  const int64_t size = 2;
  Handle<tw_tensor> doubles;
  REQUIRE(tw_tensor_zeros(doubles.out(), &size, 1, TW_FLOAT64, nullptr) == TW_OK);
  check_failure(tw_checkpoint_copy_tensor(doubles.get(), made.get(), "x"), TW_ERROR_TYPE, {"\"x\"", "Float", "Double"});
}

TEST_CASE("a bool of a file is 0 or 1 whatever its byte") {
  const TemporaryFile file;
  const unsigned char bytes[] = {0, 1};
  const int64_t size = 2;
  Handle<tw_tensor> bools;
  REQUIRE(tw_tensor_from_data(bools.out(), bytes, sizeof bytes, &size, 1, TW_BOOL) == TW_OK);
  void *memory = nullptr;
  REQUIRE(tw_tensor_get_data_ptr(&memory, bools.get()) == TW_OK);
  static_cast<unsigned char *>(memory)[1] = 0xF0;
  const auto made = checkpoint();
  put(made, "x", bools);
  unsigned char back[2] = {9, 9};
  REQUIRE(tw_tensor_copy_data(back, 2, nullptr, get_tensor(save_and_load(made, file), "x").get()) == TW_OK);
  CHECK(back[0] == 0);
  CHECK(back[1] == 1);
}
