/* Files with values that this library has no type for, and what a file says of tensors beside their elements. The files of
   tests/fixtures/odd_values were written by PyTorch 2.15 and by LibTorch's own torch::pickle_save. */
#include <torch_warmup/safetensors.h>

#include <map>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "files.h"
#include "modules.h"
#include "op.h"
#include "values.h"

using namespace tw::test;

namespace {

std::string fixture(const std::string &name) { return std::string(TW_FIXTURES) + "/odd_values/" + name; }

Handle<tw_checkpoint> load_fixture(const std::string &name) {
  Handle<tw_checkpoint> loaded;
  const tw_status status = tw_checkpoint_load(loaded.out(), fixture(name).c_str());
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return loaded;
}

Handle<tw_checkpoint> load_safetensors(const std::string &name) {
  Handle<tw_checkpoint> loaded;
  const tw_status status = tw_checkpoint_load_safetensors(loaded.out(), fixture(name).c_str());
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return loaded;
}

Value value_at(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  return made_by([&](tw_value **out) { return tw_checkpoint_get_value(out, checkpoint.get(), key); });
}

std::string type_name(const Value &value) {
  char text[256];
  REQUIRE(tw_value_get_type_name(text, sizeof text, nullptr, value.get()) == TW_OK);
  return text;
}

std::string type_at(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  return type_name(value_at(checkpoint, key));
}

Handle<tw_tensor> tensor_at(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  Handle<tw_tensor> found;
  const tw_status status = tw_checkpoint_get_tensor(found.out(), checkpoint.get(), key);
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return found;
}

bool requires_grad(const Handle<tw_tensor> &tensor) {
  int32_t answer = -1;
  REQUIRE(tw_tensor_get_requires_grad(&answer, tensor.get()) == TW_OK);
  return answer != 0;
}

/* What each opaque value of torch_2.15.0.pt is called, and what the message tells to do about it. */
const std::map<std::string, std::pair<std::string, std::string>> opaque_values = {
    {"float8", {"torch.float8_e4m3fn tensor [2, 3]", "save x.to(torch.float32)"}},
    {"uint16", {"torch.uint16 tensor [3]", "save x.to(torch.int64)"}},
    {"uint64", {"torch.uint64 tensor [2]", "save x.to(torch.int64)"}},
    {"complex32", {"torch.complex32 tensor [1]", "save torch.view_as_real(x.resolve_conj())"}},
    {"complex64", {"torch.complex64 tensor [2]", "save torch.view_as_real(x.resolve_conj())"}},
    {"conjugated", {"torch.complex64 tensor [2]", "save torch.view_as_real(x.resolve_conj())"}},
    {"sparse", {"torch.sparse_coo torch.float32 tensor [3, 3]", "save x.to_dense()"}},
    {"csr", {"torch.sparse_csr torch.float32 tensor [3, 3]", "save x.to_dense()"}},
    {"quantized", {"quantized torch.qint8 tensor [2]", "save x.dequantize()"}},
    {"meta", {"meta torch.float32 tensor [2, 3]", "which has no elements"}},
    {"float8 parameter", {"torch.nn.Parameter of a torch.float8_e5m2 tensor [2]", "save x.to(torch.float32)"}},
    {"storage", {"torch.storage.UntypedStorage", "save a tensor of it"}},
    {"bytes", {"bytes", "save a str"}},
    {"bytearray", {"bytearray", "save a str"}},
    {"set", {"set", "save sorted(x)"}},
    {"complex", {"complex", "save x.real and x.imag"}},
    {"int", {"int", "an int of more than 64 bits, which an int64_t does not hold; save str(x)"}},
    {"seed", {"int", "is the int 9223372036854775808, which an int64_t does not hold; save str(x)"}},
    {"dtype", {"torch.dtype", "torch.float32, which this library has no type for; save str(x)"}},
    {"device", {"torch.device", "save str(x)"}},
    {"layout", {"torch.layout", "save str(x)"}},
    {"class", {"type", "torch.nn.parameter.Parameter, which this library has no type for"}},
};

}  // namespace

TEST_CASE("a value of a type that this library has not is listed and named, and refused only when it is asked for") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  for (const auto &[key, wanted] : opaque_values) {
    INFO(key);
    tw_kind kind = TW_KIND_NONE;
    CHECK(tw_checkpoint_get_kind(&kind, loaded.get(), key.c_str()) == TW_OK);
    CHECK(kind == TW_KIND_OTHER);
    CHECK(type_at(loaded, key.c_str()) == wanted.first);
    auto *tensor = rubbish<tw_tensor>();
    check_failure(tw_checkpoint_get_tensor(&tensor, loaded.get(), key.c_str()), TW_ERROR_UNSUPPORTED,
                  {"\"" + key + "\" is ", wanted.second});
    CHECK(tensor == nullptr);
    int64_t number = 5;
    check_failure(tw_checkpoint_get_int64(&number, loaded.get(), key.c_str()), TW_ERROR_UNSUPPORTED, {wanted.second});
    CHECK(number == 0);
    size_t size = 5;
    const Value value = value_at(loaded, key.c_str());
    check_failure(tw_value_get_tensor(&tensor, value.get()), TW_ERROR_UNSUPPORTED, {"value is ", wanted.second});
    check_failure(tw_value_get_size(&size, value.get()), TW_ERROR_UNSUPPORTED, {wanted.second});
  }
  CHECK(values(tensor_at(loaded, "fine").get()) == std::vector<float>{0, 1, 2, 3});
  size_t count = 0;
  CHECK(tw_checkpoint_get_key_count(&count, loaded.get()) == TW_OK);
  CHECK(count == 30);
}

TEST_CASE("the type of every value has Python's name") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  CHECK(type_at(loaded, "size") == "torch.Size");
  CHECK(type_at(loaded, "milestones") == "Counter");
  CHECK(type_at(loaded, "keys") == "dict");
  CHECK(type_at(loaded, "negated") == "torch.float32 tensor [2]");
  CHECK(type_name(none_value()) == "NoneType");
  CHECK(type_name(of_int(1)) == "int");
  CHECK(type_name(of_double(1)) == "float");
  CHECK(type_name(of_bool(1)) == "bool");
  CHECK(type_name(of_string("x")) == "str");
  CHECK(type_name(of_tensor({1, 2}, {2, 1})) == "torch.float32 tensor [2, 1]");
  CHECK(type_name(list_of(of_int(1))) == "list");
  CHECK(type_name(tuple_of(of_int(1))) == "tuple");
  char text[4] = "abc";
  size_t needed = 0;
  check_failure(tw_value_get_type_name(text, 3, &needed, of_int(1).get()), TW_ERROR_CAPACITY, {});
  CHECK(needed == 4);
}

TEST_CASE("elements that a file says are negated come negated") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  CHECK(values(tensor_at(loaded, "negated").get()) == std::vector<float>{-2, -4});
  Handle<tw_tensor> to = tensor({0, 0});
  REQUIRE(tw_checkpoint_copy_tensor(to.get(), loaded.get(), "negated") == TW_OK);
  CHECK(values(to.get()) == std::vector<float>{-2, -4});
  /* Saved again, in both formats. */
  const TemporaryFile file;
  save(loaded, file);
  CHECK(values(tensor_at(load(file), "negated").get()) == std::vector<float>{-2, -4});
  const auto alone = checkpoint();
  const Value negated = value_at(loaded, "negated");
  REQUIRE(tw_checkpoint_put_value(alone.get(), "negated", negated.get()) == TW_OK);
  REQUIRE(tw_checkpoint_save_safetensors(alone.get(), file.path().c_str()) == TW_OK);
  Handle<tw_checkpoint> again;
  REQUIRE(tw_checkpoint_load_safetensors(again.out(), file.path().c_str()) == TW_OK);
  CHECK(values(tensor_at(again, "negated").get()) == std::vector<float>{-2, -4});
}

TEST_CASE("whether a tensor requires a gradient is saved and loaded, attributes beside it or not") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  CHECK(requires_grad(tensor_at(loaded, "leaf")));
  CHECK(requires_grad(tensor_at(loaded, "parameter with attribute")));
  CHECK_FALSE(requires_grad(tensor_at(loaded, "tensor with attribute")));
  CHECK_FALSE(requires_grad(tensor_at(loaded, "fine")));
  CHECK(values(tensor_at(loaded, "parameter with attribute").get()) == std::vector<float>{0, 1, 2});
  CHECK(values(tensor_at(loaded, "tensor with attribute").get()) == std::vector<float>{0, 1});
  const auto made = checkpoint();
  Handle<tw_tensor> leaf = tensor({1, 2});
  REQUIRE(tw_tensor_set_requires_grad(leaf.get(), 1) == TW_OK);
  put(made, "leaf", leaf);
  put(made, "other", tensor({1, 2}));
  const TemporaryFile file;
  save(made, file);
  CHECK(requires_grad(tensor_at(load(file), "leaf")));
  CHECK_FALSE(requires_grad(tensor_at(load(file), "other")));
}

TEST_CASE("a file with values of other types is saved again with all of them") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  const TemporaryFile file, third;
  save(loaded, file);
  const auto again = load(file);
  for (const auto &[key, wanted] : opaque_values) CHECK(type_at(again, key.c_str()) == wanted.first);
  /* What is written of them is what was read: a third writing is the second's, byte for byte. */
  save(again, third);
  CHECK(bytes_of_file(third.path()) == bytes_of_file(file.path()));
  /* So is a copy, and what another checkpoint takes. */
  Handle<tw_checkpoint> clone;
  REQUIRE(tw_checkpoint_clone(clone.out(), loaded.get()) == TW_OK);
  save(clone, third);
  CHECK(bytes_of_file(third.path()) == bytes_of_file(file.path()));
  const auto other = checkpoint();
  REQUIRE(tw_checkpoint_put_value(other.get(), nullptr, value_at(again, nullptr).get()) == TW_OK);
  save(other, third);
  CHECK(bytes_of_file(third.path()) == bytes_of_file(file.path()));
}

TEST_CASE("keys of every kind that Python takes are listed") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  const Value keys = value_at(loaded, "keys");
  const char *const wanted[] = {"NoneType", "bool", "float", "tuple", "torch.dtype", "bytes", "int", "str"};
  REQUIRE(size_of(keys) == std::size(wanted));
  for (size_t i = 0; i < std::size(wanted); ++i) {
    CHECK(type_name(made_by([&](tw_value **out) { return tw_value_get_key(out, keys.get(), i); })) == wanted[i]);
    const Value item = made_by([&](tw_value **out) { return tw_value_get_item(out, keys.get(), i); });
    int64_t number = 0;
    CHECK(tw_value_get_int64(&number, item.get()) == TW_OK);
    CHECK(number == static_cast<int64_t>(i) + 1);
  }
  const Value found = made_by([&](tw_value **out) { return tw_value_find(out, keys.get(), "k"); });
  CHECK(kind_of(found) == TW_KIND_INT64);
}

TEST_CASE("a checkpoint takes dicts with floats and bools for keys, but not keys that are one in Python") {
  const auto made = checkpoint();
  const Value half = of_double(0.5), yes = of_bool(1), one = of_int(1), name = of_string("x");
  const Value keyed = dict_of(handles_of(half, yes, name), handles_of(one, one, one));
  REQUIRE(tw_checkpoint_put_value(made.get(), "dict", keyed.get()) == TW_OK);
  const TemporaryFile file;
  save(made, file);
  CHECK(size_of(value_at(load(file), "dict")) == 3);
  const Value twice = dict_of(handles_of(one, yes), handles_of(one, one));
  check_failure(tw_checkpoint_put_value(made.get(), "dict", twice.get()), TW_ERROR_ARGUMENT,
                {"two keys that equal each other in Python"});
}

TEST_CASE("a big-endian file has the numbers that were saved") {
  const auto loaded = load_fixture("torch_2.15.0_big_endian.pt");
  CHECK(values(tensor_at(loaded, "float32").get()) == std::vector<float>{1, -2.5f});
  CHECK(values(tensor_at(loaded, "view").get()) == std::vector<float>{1, 3, 5});
  CHECK(numbers(tensor_at(loaded, "bfloat16")) == std::vector<double>{0.5, 3});
  CHECK(numbers(tensor_at(loaded, "bool")) == std::vector<double>{1, 0});
  CHECK(numbers(tensor_at(loaded, "int64")) == std::vector<double>{1, -2, 3, 1099511627776});
  Handle<tw_tensor> to = tensor({0, 0});
  REQUIRE(tw_checkpoint_copy_tensor(to.get(), loaded.get(), "float32") == TW_OK);
  CHECK(values(to.get()) == std::vector<float>{1, -2.5f});
  const TemporaryFile file;
  save(loaded, file);
  CHECK(values(tensor_at(load(file), "float32").get()) == std::vector<float>{1, -2.5f});
  CHECK(type_at(load(file), "complex64") == "torch.complex64 tensor [1]");
}

TEST_CASE("files of newer pickle protocols are read") {
  for (const char *protocol : {"3", "4", "5"}) {
    INFO(protocol);
    const auto loaded = load_fixture("torch_2.15.0_protocol_" + std::string(protocol) + ".pt");
    CHECK(type_at(loaded, "set") == "set");
    CHECK(type_at(loaded, "bytes") == "bytes");
    CHECK(type_at(loaded, "bytearray") == "bytearray");
    CHECK(type_at(loaded, "seed") == "int");
    CHECK(values(tensor_at(loaded, "fine").get()) == std::vector<float>{0, 1, 2, 3});
    char text[1024];
    size_t needed = 0;
    CHECK(tw_checkpoint_get_string(text, sizeof text, &needed, loaded.get(), "\xc3\xa9") == TW_OK);
    CHECK(needed == 601);
    const TemporaryFile file;
    save(loaded, file);
    CHECK(type_at(load(file), "bytes") == "bytes");
  }
}

TEST_CASE("what torch::pickle_save of LibTorch wrote is loaded") {
  const auto tensor_alone = load_fixture("libtorch_1.13.0_pickle_save_tensor.pt");
  CHECK(values(tensor_at(tensor_alone, nullptr).get()) == std::vector<float>{1, 1, 1});
  const auto loaded = load_fixture("libtorch_1.13.0_pickle_save.pt");
  CHECK(values(tensor_at(loaded, "t").get()) == std::vector<float>{1, 1});
  CHECK(size_of(value_at(loaded, "ints")) == 2);
  CHECK(size_of(value_at(loaded, "ts")) == 1);
  CHECK(floats_of(made_by([&](tw_value **out) { return tw_value_find(out, value_at(loaded, "d").get(), "w"); })) ==
        std::vector<float>{0, 1, 2, 3, 4, 5});
  double half = 0;
  CHECK(tw_checkpoint_get_double(&half, loaded.get(), "f") == TW_OK);
  CHECK(half == 0.25);
  CHECK(kind_of(value_at(loaded, "tup")) == TW_KIND_TUPLE);
  CHECK(kind_of(value_at(loaded, "n")) == TW_KIND_NONE);
  int64_t big = 0;
  CHECK(tw_checkpoint_get_int64(&big, loaded.get(), "big") == TW_OK);
  CHECK(big == int64_t{1} << 40);
}

TEST_CASE("a module is restored beside values of other types, but not from one") {
  const auto loaded = load_fixture("torch_2.15.0.pt");
  const auto layer = linear(3, 2);
  check_failure(tw_checkpoint_restore_module(layer.get(), loaded.get(), nullptr, 0), TW_OK, {});
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_value(made.get(), "weight", value_at(loaded, "float8").get()) == TW_OK);
  check_failure(tw_checkpoint_restore_module(layer.get(), made.get(), nullptr, 0), TW_ERROR_UNSUPPORTED,
                {"weight (is a torch.float8_e4m3fn tensor [2, 3], which this library has no type for"});
}

TEST_CASE("a tensor of a type that this library has not loses nothing else of a safetensors file") {
  const auto loaded = load_safetensors("torch_2.15.0.safetensors");
  CHECK(values(tensor_at(loaded, "fine").get()) == std::vector<float>{0, 1, 2, 3});
  CHECK(type_at(loaded, "no elements") == "torch.float8_e4m3fn tensor [0, 2]");
  for (const char *type :
       {"float8_e4m3fn", "float8_e5m2", "float8_e8m0fnu", "uint16", "uint32", "uint64", "complex64"}) {
    const std::string key = std::string("torch.") + type;
    CHECK(type_at(loaded, key.c_str()) == key + " tensor [2, 3]");
    auto *none = rubbish<tw_tensor>();
    check_failure(tw_checkpoint_get_tensor(&none, loaded.get(), key.c_str()), TW_ERROR_UNSUPPORTED,
                  {"\"" + key + "\" is a " + key + " tensor [2, 3]"});
  }
  const TemporaryFile file;
  check_failure(tw_checkpoint_save_safetensors(loaded.get(), file.path().c_str()), TW_ERROR_UNSUPPORTED,
                {"\"torch.", "which this library has no type for"});
  save(loaded, file); /* a pickle has all of them */
  CHECK(type_at(load(file), "torch.uint16") == "torch.uint16 tensor [2, 3]");
}

TEST_CASE("a dtype that is newer than this library loses nothing else of a safetensors file, and is not saved") {
  const std::string header =
      R"({"new":{"dtype":"X9","shape":[2,4],"data_offsets":[0,3]},"four":{"dtype":"F4","shape":[2,4],"data_offsets":[3,7]},)"
      R"("fine":{"dtype":"U8","shape":[1],"data_offsets":[7,8]}})";
  const TemporaryFile file, other;
  write_bytes(file.path(),
              static_cast<char>(header.size()) + std::string(7, '\0') + header + std::string("\1\2\3\4\5\6\7\10", 8));
  Handle<tw_checkpoint> loaded;
  REQUIRE(tw_checkpoint_load_safetensors(loaded.out(), file.path().c_str()) == TW_OK);
  CHECK(type_at(loaded, "new") == "X9 tensor [2, 4]");
  CHECK(type_at(loaded, "four") == "F4 tensor [2, 4]");
  CHECK(numbers(tensor_at(loaded, "fine")) == std::vector<double>{8});
  check_failure(tw_checkpoint_save(loaded.get(), other.path().c_str()), TW_ERROR_UNSUPPORTED,
                {"the checkpoint[\"new\"] is a X9 tensor [2, 4]"});
  const auto outer = checkpoint();
  REQUIRE(tw_checkpoint_put_value(outer.get(), "weights", value_at(loaded, nullptr).get()) == TW_OK);
  check_failure(tw_checkpoint_save(outer.get(), other.path().c_str()), TW_ERROR_UNSUPPORTED,
                {R"(the checkpoint["weights"]["new"])"});
}
