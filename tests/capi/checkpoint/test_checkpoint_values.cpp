/* Values of any kind in checkpoints: nested, mixed, and in place of the dict of names. Python's own view of the files is
   in tests/interop. */
#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "handles.h"
#include "modules.h"
#include "scripts.h"
#include "values.h"

using namespace tw::test;

namespace {

void put_value(const Handle<tw_checkpoint> &checkpoint, const char *key, const Value &value) {
  REQUIRE(tw_checkpoint_put_value(checkpoint.get(), key, value.get()) == TW_OK);
}

Value get_value(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  Value found;
  REQUIRE(tw_checkpoint_get_value(found.out(), checkpoint.get(), key) == TW_OK);
  return found;
}

/* {"lr": 0.1, 3: [1, None, True, ("a", tensor)]} */
Value nested() {
  const Value list = list_of(of_int(1), none_value(), of_bool(1), tuple_of(of_string("a"), of_tensor({1, 2, 3})));
  return dict_of(handles_of(of_string("lr"), of_int(3)), handles_of(of_double(0.1), list));
}

void check_nested(const Value &value) {
  CHECK(kind_of(value) == TW_KIND_DICT);
  REQUIRE(size_of(value) == 2);
  CHECK(double_of(find(value, "lr")) == 0.1);
  CHECK(int_of(key(value, 1)) == 3);
  const Value list = item(value, 1);
  REQUIRE(size_of(list) == 4);
  CHECK(kind_of(list) == TW_KIND_LIST);
  CHECK(int_of(item(list, 0)) == 1);
  CHECK(kind_of(item(list, 1)) == TW_KIND_NONE);
  CHECK(kind_of(item(list, 2)) == TW_KIND_BOOL);
  CHECK(kind_of(item(list, 3)) == TW_KIND_TUPLE);
  CHECK(string_of(item(item(list, 3), 0)) == "a");
  CHECK(kind_of(item(item(list, 3), 1)) == TW_KIND_TENSOR);
  CHECK(floats_of(item(item(list, 3), 1)) == std::vector<float>{1, 2, 3});
}

std::string fixture(const std::string &name) { return std::string(TW_FIXTURES) + "/checkpoints/" + name; }

}  // namespace

TEST_CASE("a nested value comes back from a file as it was put") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_value(made, "args", nested());
  check_nested(get_value(made, "args")); /* without a file in between */
  const auto loaded = save_and_load(made, file);
  CHECK(kind(loaded, "args") == TW_KIND_DICT);
  check_nested(get_value(loaded, "args"));
}

TEST_CASE("what Python saved can be entered at any depth") {
  const auto loaded = load(fixture("python_torch_2.14.1.pt"));
  const Value groups = find(get_value(loaded, "optimizer"), "param_groups");
  CHECK(kind_of(groups) == TW_KIND_LIST);
  const Value betas = find(item(groups, 1), "betas");
  CHECK(kind_of(betas) == TW_KIND_TUPLE);
  CHECK(double_of(item(betas, 1)) == 0.95);
  const Value state = find(get_value(loaded, "optimizer"), "state");
  CHECK(kind_of(key(state, 0)) == TW_KIND_INT64);
  CHECK(sizes_of(tensor_of(find(get_value(loaded, "model"), "0.weight"))) == std::vector<int64_t>{5, 4});
}

TEST_CASE("a checkpoint may hold a tensor, a list or a number and no dict around it") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_value(made, nullptr, of_tensor({1, 2}));
  const auto loaded = save_and_load(made, file);
  CHECK(kind(loaded, nullptr) == TW_KIND_TENSOR);
  CHECK(values(get_tensor(loaded, nullptr).get()) == std::vector<float>{1, 2});
  CHECK(floats_of(get_value(loaded, nullptr)) == std::vector<float>{1, 2});
  CHECK(keys(loaded).empty());
  int32_t has = 7;
  REQUIRE(tw_checkpoint_has(&has, loaded.get(), "x") == TW_OK);
  CHECK(has == 0);

  put_value(made, nullptr, list_of(of_tensor({3}), nested()));
  const Value list = get_value(save_and_load(made, file), nullptr);
  CHECK(floats_of(item(list, 0)) == std::vector<float>{3});
  check_nested(item(list, 1));

  put_value(made, nullptr, of_int(-5));
  int64_t number = 0;
  REQUIRE(tw_checkpoint_get_int64(&number, save_and_load(made, file).get(), nullptr) == TW_OK);
  CHECK(number == -5);
}

TEST_CASE("a checkpoint that holds no dict refuses keys, naming what it holds") {
  const auto made = checkpoint();
  put_value(made, nullptr, list_of(of_int(1)));
  int64_t number = 5;
  check_failure(tw_checkpoint_get_int64(&number, made.get(), "x"), TW_ERROR_TYPE,
                {"the checkpoint is a list, not a dict"});
  CHECK(number == 0);
  check_failure(tw_checkpoint_put_int64(made.get(), "x", 1), TW_ERROR_TYPE, {"the checkpoint is a list, not a dict"});
  check_failure(tw_checkpoint_restore_module(linear(1, 1).get(), made.get(), nullptr, 1), TW_ERROR_TYPE,
                {"the checkpoint is a list"});
  const TemporaryFile file;
  check_failure(tw_checkpoint_save_safetensors(made.get(), file.path().c_str()), TW_ERROR_TYPE, {"is a list"});
  CHECK(size_of(get_value(made, nullptr)) == 1);
}

TEST_CASE("a dict that was put in place of all takes further keys, and the value stays as it was") {
  const auto made = checkpoint();
  const Value dict = dict_of(handles_of(of_string("a")), handles_of(of_int(1)));
  put_value(made, nullptr, dict);
  const Value before = get_value(made, nullptr);
  REQUIRE(tw_checkpoint_put_int64(made.get(), "b", 2) == TW_OK);
  CHECK(keys(made) == std::vector<std::string>{"a", "b"});
  CHECK(size_of(before) == 1);
  CHECK(size_of(dict) == 1);
  CHECK(size_of(get_value(made, nullptr)) == 2);
}

TEST_CASE("a checkpoint may be put into itself, as it was") {
  const TemporaryFile file;
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_int64(made.get(), "a", 1) == TW_OK);
  put_value(made, "before", get_value(made, nullptr));
  const auto loaded = save_and_load(made, file);
  CHECK(keys(loaded) == std::vector<std::string>{"a", "before"});
  CHECK(size_of(get_value(loaded, "before")) == 1);
}

TEST_CASE("a value lives on without its checkpoint, and goes into another with its shared memory") {
  const TemporaryFile file, other;
  Value model;
  {
    const auto made = checkpoint();
    const auto shared = tensor(std::vector<float>(1000, 2.0f));
    put_value(made, "model", list_of(of_tensor(shared), of_tensor(shared)));
    const auto loaded = save_and_load(made, file);
    model = get_value(loaded, "model");
  }
  const auto second = checkpoint();
  put_value(second, "model", model);
  put_value(second, "again", model);
  put_value(second, "mixed", list_of(item(model, 0), of_int(1)));
  std::filesystem::remove(file.path());
  const auto loaded = save_and_load(second, other);
  CHECK(floats_of(item(get_value(loaded, "model"), 1)) == std::vector<float>(1000, 2.0f));
  CHECK(floats_of(item(get_value(loaded, "mixed"), 0)) == std::vector<float>(1000, 2.0f));
  CHECK(std::filesystem::file_size(other.path()) < 3 * 4000 + 3000); /* one memory for each value that was put */
}

TEST_CASE("a value of a file that has changed is noticed when it is read") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put_value(made, "x", list_of(of_tensor({1, 2})));
  const Value list = get_value(save_and_load(made, file), "x");
  std::filesystem::resize_file(file.path(), 10);
  tw_tensor *read = rubbish<tw_tensor>();
  check_failure(tw_value_get_tensor(&read, item(list, 0).get()), TW_ERROR_IO, {"has been changed"});
  CHECK(read == nullptr);
  check_failure(tw_checkpoint_put_value(made.get(), "y", list.get()), TW_ERROR_IO, {"has been changed"});
  CHECK(keys(made) == std::vector<std::string>{"x"});
}

TEST_CASE("what no checkpoint holds is refused, and nothing is put") {
  const auto made = checkpoint();
  const Value by_tensor = dict_of(handles_of(of_tensor({1})), handles_of(of_int(1)));
  check_failure(tw_checkpoint_put_value(made.get(), "x", list_of(by_tensor).get()), TW_ERROR_TYPE,
                {"a dict with a key that is a tensor", "strs, numbers and bools"});
  Value deep = of_int(1);
  for (int i = 0; i < 99; ++i) deep = list_of(deep);
  put_value(made, "deep", deep);
  check_failure(tw_checkpoint_put_value(made.get(), "deeper", list_of(deep).get()), TW_ERROR_RANGE,
                {"101 containers", "100 are the most"});
  CHECK(keys(made) == std::vector<std::string>{"deep"});
  const TemporaryFile file;
  Value found = get_value(save_and_load(made, file), "deep");
  for (int i = 0; i < 99; ++i) found = item(found, 0);
  CHECK(int_of(found) == 1);
  put_value(made, nullptr, list_of(deep));
  CHECK(kind(save_and_load(made, file), nullptr) == TW_KIND_LIST);
}

TEST_CASE("a method of TorchScript takes what a checkpoint has, and a checkpoint what the method gave") {
  const TemporaryFile file;
  const auto model = script_model();
  const auto made = checkpoint();
  put_value(made, "tensors", list_of(of_tensor({1, 2}), of_tensor({3, 4})));
  const Value sum = call(model, "sum_of", get_value(save_and_load(made, file), "tensors"));
  CHECK(floats_of(sum) == std::vector<float>{4, 6});
  const Value pair = call(model, "pair", of_tensor({1, 3}));
  put_value(made, "pair", pair);
  const Value back = get_value(save_and_load(made, file), "pair");
  CHECK(kind_of(back) == TW_KIND_TUPLE);
  CHECK(size_of(back) == size_of(pair));
}

/* ---- clones ---- */

TEST_CASE("a clone keeps the elements that the tensors had, and shares among them what they shared") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto weight = tensor(std::vector<float>(1000, 1.0f));
  put(made, "a", weight);
  put(made, "b", weight);
  put_value(made, "args", nested());
  Handle<tw_checkpoint> clone;
  REQUIRE(tw_checkpoint_clone(clone.out(), made.get()) == TW_OK);
  REQUIRE(tw_tensor_copy_from(weight.get(), tensor(std::vector<float>(1000, 5.0f)).get()) == TW_OK);
  CHECK(values(get_tensor(made, "a").get())[0] == 5);
  const auto loaded = save_and_load(clone, file);
  CHECK(keys(loaded) == std::vector<std::string>{"a", "b", "args"});
  CHECK(values(get_tensor(loaded, "a").get()) == std::vector<float>(1000, 1.0f));
  check_nested(get_value(loaded, "args"));
  CHECK(std::filesystem::file_size(file.path()) < 2 * 4000);
}

TEST_CASE("a clone of a loaded checkpoint leaves the tensors in the file, and takes keys of its own") {
  const TemporaryFile file;
  const auto made = checkpoint();
  put(made, "x", tensor({1, 2}));
  Handle<tw_checkpoint> clone;
  {
    const auto loaded = save_and_load(made, file);
    REQUIRE(tw_checkpoint_clone(clone.out(), loaded.get()) == TW_OK);
    REQUIRE(tw_checkpoint_put_int64(clone.get(), "y", 1) == TW_OK);
    CHECK(keys(loaded) == std::vector<std::string>{"x"});
  }
  CHECK(values(get_tensor(clone, "x").get()) == std::vector<float>{1, 2});
  std::filesystem::resize_file(file.path(), 10);
  tw_tensor *read = nullptr;
  check_failure(tw_checkpoint_get_tensor(&read, clone.get(), "x"), TW_ERROR_IO, {"has been changed"});
}
