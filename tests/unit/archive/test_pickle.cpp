/* Pickles written and read by the core. */
#include <cfloat>
#include <cmath>
#include <limits>

#include "archive/pickle_read.h"
#include "archive/pickle_write.h"
#include "catch.h"
#include "memory_zip.h"

using namespace tw::test;

namespace {

/* Storages by number; each has 100 bytes. */
twi_storage *find_numbered(void *context, const char *key, size_t length, twi_element element, uint64_t count,
                           twi_fault *fault) {
  (void)context;
  if (std::string(key, length) == "0" && count * twi_element_size(element) == 100)
    return twi_storage_new(element, 100, nullptr, nullptr);
  twi_fault_format(fault, "no storage %s of %d elements", key, static_cast<int>(count));
  return nullptr;
}

Value read(const std::string &pickle, twi_fault *fault) {
  *fault = twi_fault{};
  const twi_pickle_storages storages{find_numbered, nullptr};
  return Value(
      twi_pickle_read(reinterpret_cast<const unsigned char *>(pickle.data()), pickle.size(), &storages, fault));
}

std::string write(twi_value *value) {
  twi_pickle pickle;
  REQUIRE(twi_pickle_write(&pickle, value) == 1);
  const std::string bytes(reinterpret_cast<char *>(pickle.bytes), pickle.length);
  twi_pickle_destroy(&pickle);
  return bytes;
}

/* Written, and read again. */
Value round_trip(twi_value *value) {
  twi_fault fault;
  const Value owned(value);
  Value back = read(write(value), &fault);
  INFO(fault.text);
  REQUIRE(back != nullptr);
  return back;
}

std::string bytes(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string &part : parts) all += part;
  return all;
}

const std::string start = "\x80\x02";

void check_refused(const std::string &pickle, const std::string &text, twi_fault_kind kind = TWI_FAULT_FORMAT) {
  twi_fault fault;
  const Value value = read(pickle, &fault);
  CHECK(value == nullptr);
  CHECK(fault.kind == kind);
  CHECK_THAT(std::string(fault.text), Contains(text));
}

std::string text(const std::string &value) {
  return std::string("X") + static_cast<char>(value.size()) + std::string(3, '\0') + value;
}

/* A tensor over the storage "0" of 25 floats, of the given offset, sizes and strides, each a piece of pickle. */
std::string tensor(const std::string &offset, const std::string &sizes, const std::string &strides) {
  return bytes({"ctorch._utils\n_rebuild_tensor_v2\n((", text("storage"), "ctorch\nFloatStorage\n", text("0"),
                text("cpu"), "K\x19tQ", offset, sizes, strides, "\x89)tR"});
}

}  // namespace

TEST_CASE("integers of every size come back from a pickle") {
  for (const int64_t number :
       {int64_t{0}, int64_t{1}, int64_t{255}, int64_t{256}, int64_t{65535}, int64_t{65536}, int64_t{2147483647},
        int64_t{2147483648}, int64_t{-1}, int64_t{-2147483648}, int64_t{-2147483649}, INT64_MAX, INT64_MIN}) {
    const Value back = round_trip(twi_value_int(number));
    CHECK(back->kind == TWI_VALUE_INT);
    CHECK(back->as.integer == number);
  }
}

TEST_CASE("Python's own long integers are read, shorter ones too") {
  twi_fault fault;
  CHECK(read(start + "\x8a" + std::string("\0", 1) + ".", &fault)->as.integer == 0);
  CHECK(read(start + "\x8a\x01\xff.", &fault)->as.integer == -1);
  CHECK(read(start + "\x8a\x05" + std::string("\0\0\0\0\x01", 5) + ".", &fault)->as.integer == int64_t{1} << 32);
  CHECK(read(start + "\x8a\x0c\x05" + std::string(11, '\0') + ".", &fault)->as.integer == 5);
  CHECK(read(start + "\x8a\x0a" + std::string(10, '\xff') + ".", &fault)->as.integer == -1);
}

TEST_CASE("integers of more than 64 bits are kept as they are") {
  twi_fault fault;
  const std::string number = std::string(8, '\0') + "\1"; /* 2**64 */
  const Value big = read(start + "\x8a\x09" + number + ".", &fault);
  REQUIRE(big->kind == TWI_VALUE_BIG_INT);
  CHECK(std::string(big->as.string.bytes, big->as.string.length) == number);
  CHECK(write(big.get()) == start + "\x8a\x09" + number + ".");
  const Value seed =
      read(start + "\x8a\x09" + std::string(7, '\0') + "\x80" + std::string(1, '\0') + ".", &fault); /* 2**63 */
  CHECK(seed->kind == TWI_VALUE_BIG_INT);
  CHECK(read(start + "\x8b" + std::string("\x2c\1\0\0", 4) + std::string(300, '\1') + ".", &fault)->kind ==
        TWI_VALUE_BIG_INT);
}

TEST_CASE("keys that equal each other in Python are one, and no others") {
  const auto dict = [](const std::string &keys, bool taken) {
    twi_fault fault;
    INFO(keys);
    CHECK((read(start + "}(" + keys + "u.", &fault) != nullptr) == taken);
    if (!taken) CHECK_THAT(std::string(fault.text), Contains("a dict has a key twice"));
  };
  const std::string one = "G?\xf0" + std::string(6, '\0'), half = "G?\xe0" + std::string(6, '\0');
  const std::string nan = "G\x7f\xf8" + std::string(6, '\0'), pair = "K\1X\1" + std::string(3, '\0') + "a\x86";
  dict("K\1N\x88N", false);        /* 1 and True */
  dict("K\1N" + one + "N", false); /* 1 and 1.0 */
  dict("K\1N" + half + "N", true);
  dict("NNNN", false);
  dict("NNK" + std::string(1, '\0') + "N\x89N", false); /* None; 0 and False */
  dict(pair + "N" + pair + "N", false);                 /* (1, "a") twice */
  dict(pair + "NK\1K\2\x86N", true);
  dict(nan + "N" + nan + "N", true);
  dict("K\1NX\1" + std::string(3, '\0') + "1N", true); /* 1 and "1" */
  dict("ctorch\nfloat32\nNctorch\nfloat32\nN", false);
  dict("ctorch\nfloat32\nNctorch\nfloat64\nN", true);
  /* 2**53 + 1 is no float; it is not 2.0**53. */
  dict("\x8a\7\1" + std::string(5, '\0') + "\x20NGC@" + std::string(6, '\0') + "N", true);
  dict("\x8a\7" + std::string(6, '\0') + "\x20NGC@" + std::string(6, '\0') + "N", false);
}

TEST_CASE("a dict's keys are what Python takes for keys") {
  for (const std::string key : {"]", "}", "\x8f"})
    check_refused(start + "}" + key + "Ns.", "a key that is a list, a set or a dict");
}

TEST_CASE("sets, sizes and objects come back from a pickle") {
  twi_fault fault;
  const std::string device = "ctorch\ndevice\n" + text("cuda") + "K\1\x86R";
  for (const std::string &value :
       std::vector<std::string>{std::string("c__builtin__\nset\n](K\1K\2e\x85R"), "ctorch\nSize\n(K\2K\3t\x85R", device,
                                std::string("ctorch\nfloat32\n"), std::string("ctorch.nn.parameter\nParameter\n")}) {
    INFO(value);
    const Value first = read(start + value + ".", &fault);
    INFO(fault.text);
    REQUIRE(first != nullptr);
    const Value again = read(write(first.get()), &fault);
    REQUIRE(again != nullptr);
    CHECK(again->kind == first->kind);
    CHECK(write(again.get()) == write(first.get()));
  }
  CHECK(read(start + "\x8f(K\1K\2\x90.", &fault)->as.container.count == 2);
  check_refused(start + "](K\1\x90.", "it adds to what is no set");
  check_refused(start + "ctorch\nSize\n(Nt\x85R.", "a Size is made of what is no tuple of integers");
  check_refused(start + "c__builtin__\nset\nK\1\x85R.", "a set is made of what is no list");
}

TEST_CASE("newer protocols say the same in other words") {
  twi_fault fault;
  const std::string zero(1, '\0');
  const Value memo = read("\x80\4\x95\x0b" + std::string(7, '\0') + "]\x94(\x8c\1a\x94h\1e.", &fault);
  INFO(fault.text);
  REQUIRE(memo != nullptr);
  CHECK(memo->as.container.items[0] == memo->as.container.items[1]);
  CHECK(read("\x80\4\x8c\5torch\x8c\7float32\x93.", &fault)->kind == TWI_VALUE_GLOBAL);
  check_refused("\x80\4\x8c\2os\x8c\6system\x93.", "it asks for os.system", TWI_FAULT_UNSUPPORTED);
  check_refused("\x80\4\x8c\2osN\x93.", "it asks for what is no name");
  check_refused("\x80\4\x95\xff" + std::string(7, '\0') + "N.", "a frame does not end");
  CHECK(read("\x80\3"
             "C\2\x80z.",
             &fault)
            ->kind == TWI_VALUE_OBJECT);
}

TEST_CASE("doubles come back from a pickle to the last bit") {
  for (const double number : {0.0, -0.0, 0.1, -1e300, DBL_MIN, DBL_TRUE_MIN, DBL_MAX, HUGE_VAL}) {
    const Value back = round_trip(twi_value_double(number));
    CHECK(back->kind == TWI_VALUE_DOUBLE);
    CHECK(std::memcmp(&back->as.real, &number, sizeof number) == 0);
  }
  CHECK(std::isnan(round_trip(twi_value_double(std::numeric_limits<double>::quiet_NaN()))->as.real));
}

TEST_CASE("strings, None and truth values come back from a pickle") {
  const std::string odd("a\0\xc3\xbc\xf0\x9f\x94\xa5", 8);
  const Value back = round_trip(twi_value_string(odd.data(), odd.size()));
  CHECK(std::string(back->as.string.bytes, back->as.string.length) == odd);
  CHECK(round_trip(twi_value_none())->kind == TWI_VALUE_NONE);
  CHECK(round_trip(twi_value_bool(1))->as.integer == 1);
  CHECK(round_trip(twi_value_bool(0))->kind == TWI_VALUE_BOOL);
}

TEST_CASE("containers of every kind come back from a pickle, with what they hold") {
  for (const twi_value_kind kind : {TWI_VALUE_DICT, TWI_VALUE_ORDERED_DICT, TWI_VALUE_COUNTER}) {
    twi_value *dict = twi_value_dict(kind);
    REQUIRE(twi_value_set(dict, twi_value_text("b"), twi_value_int(1)) == 1);
    REQUIRE(twi_value_set(dict, twi_value_int(-7), twi_value_int(2)) == 1);
    REQUIRE(twi_value_set(dict, twi_value_text("a"), twi_value_int(3)) == 1);
    REQUIRE(twi_value_set(dict, twi_value_text("b"), twi_value_int(4)) == 1); /* in the place of the first */
    const Value back = round_trip(dict);
    REQUIRE(back->kind == kind);
    CHECK(back->as.container.count == 6);
    CHECK(twi_value_find(back.get(), "b")->as.integer == 4);
    CHECK(twi_value_find(back.get(), "a")->as.integer == 3);
    CHECK(twi_value_find_int(back.get(), -7)->as.integer == 2);
    CHECK(twi_value_find(back.get(), "c") == nullptr);
    CHECK(back->as.container.items[0]->as.string.bytes == std::string("b"));
  }
  twi_value *list = twi_value_list();
  twi_value *const pair[] = {twi_value_int(1), twi_value_text("two")};
  REQUIRE(twi_value_append(list, twi_value_tuple(pair, 2)) == 1);
  REQUIRE(twi_value_append(list, twi_value_tuple(nullptr, 0)) == 1);
  const Value back = round_trip(list);
  REQUIRE(back->as.container.count == 2);
  CHECK(back->as.container.items[0]->kind == TWI_VALUE_TUPLE);
  CHECK(back->as.container.items[0]->as.container.items[1]->as.string.bytes == std::string("two"));
  CHECK(back->as.container.items[1]->as.container.count == 0);
}

TEST_CASE("an OrderedDict keeps its attributes") {
  twi_value *dict = twi_value_dict(TWI_VALUE_ORDERED_DICT), *attributes = twi_value_dict(TWI_VALUE_DICT);
  REQUIRE(twi_value_set(attributes, twi_value_text("_metadata"), twi_value_int(5)) == 1);
  REQUIRE(twi_value_set_attributes(dict, attributes) == 1);
  const Value back = round_trip(dict);
  REQUIRE(back->as.container.attributes != nullptr);
  CHECK(twi_value_find(back->as.container.attributes, "_metadata")->as.integer == 5);
}

TEST_CASE("a value that is used several times is written once") {
  /* Thirty lists, each holding the one before twice: a tree of 2^30 leaves. */
  twi_value *inner = twi_value_list();
  for (int i = 0; i < 30; ++i) {
    twi_value *outer = twi_value_list();
    REQUIRE(twi_value_append(outer, twi_value_retain(inner)) == 1);
    REQUIRE(twi_value_append(outer, inner) == 1);
    inner = outer;
  }
  CHECK(write(inner).size() < 400);
  const Value back = round_trip(inner);
  CHECK(back->as.container.items[0] == back->as.container.items[1]);
  CHECK(back->depth == 31);
}

TEST_CASE("tensors that share a storage name the same one") {
  twi_storage *storage = twi_storage_new(TWI_ELEMENT_FLOAT32, 100, nullptr, nullptr);
  const int64_t sizes[] = {2, 3}, strides[] = {1, 4};
  twi_value *list = twi_value_list();
  REQUIRE(twi_value_append(list, twi_value_tensor_new(twi_storage_retain(storage), 5, 2, sizes, strides)) == 1);
  REQUIRE(twi_value_append(list, twi_value_tensor_new(storage, 0, 0, nullptr, nullptr)) == 1);
  twi_pickle pickle;
  REQUIRE(twi_pickle_write(&pickle, list) == 1);
  CHECK(pickle.storage_count == 1);
  twi_pickle_destroy(&pickle);
  const Value back = round_trip(list);
  const twi_value_tensor &first = back->as.container.items[0]->as.tensor,
                         &second = back->as.container.items[1]->as.tensor;
  CHECK(first.offset == 5);
  CHECK(std::vector<int64_t>(first.sizes, first.sizes + first.dim) == std::vector<int64_t>{2, 3});
  CHECK(std::vector<int64_t>(first.strides, first.strides + first.dim) == std::vector<int64_t>{1, 4});
  CHECK(second.dim == 0);
}

TEST_CASE("a container that lies in another cannot be changed") {
  const Value outer(twi_value_list());
  twi_value *inner = twi_value_list();
  REQUIRE(twi_value_append(outer.get(), inner) == 1);
  CHECK(twi_value_append(inner, twi_value_int(1)) == 0);
  CHECK(twi_value_append(inner, twi_value_retain(outer.get())) == 0);
  CHECK(twi_value_append(outer.get(), twi_value_retain(outer.get())) == 0);
  CHECK(inner->as.container.count == 0);
}

TEST_CASE("a pickle may refer to a list of its own, but not put one into itself") {
  twi_fault fault;
  CHECK(read(start + "]q" + std::string("\0", 1) + "](h" + std::string("\0", 1) + "h" + std::string("\0", 1) + "e.",
             &fault) == nullptr); /* two values remain */
  const std::string zero(1, '\0');
  const Value shared = read(start + "](]q" + zero + "h" + zero + "e.", &fault);
  REQUIRE(shared != nullptr);
  CHECK(shared->as.container.items[0] == shared->as.container.items[1]);
  check_refused(start + "]q" + zero + "h" + zero + "a.", "it changes a container that lies in another");
  check_refused(start + "]q" + zero + "]q\x01" + "h" + zero + "a0.", "no checkpoint has"); /* POP */
  check_refused(start + "]q" + zero + "(]h" + zero + "a" + "eh" + zero + "a.", "it changes a container");
}

TEST_CASE("a pickle may name nothing but what dicts and tensors are made of") {
  for (const std::string name : {"os\nsystem\n", "builtins\neval\n", "torch\nload\n", "collections\nOrderedDict2\n",
                                 "collection\nsOrderedDict\n", "torch._utils\n_rebuild_tensor_v4\n", "\n\n"})
    check_refused(start + "c" + name + ".", "which a checkpoint has no need of; nothing of it has been run",
                  TWI_FAULT_UNSUPPORTED);
  check_refused(start + "ctorch\nSize", "a name does not end");
  check_refused(start + "ctorch\nFloatStorage\n)R.", "it calls a class or dtype that makes nothing");
  check_refused(start + "ctorch\nfloat32\n)R.", "it calls a class or dtype that makes nothing");
  check_refused(start + "])R.", "it calls what is no function");
  check_refused(start + "]}b.", "it sets the attributes of what is no OrderedDict");
}

TEST_CASE("a pickle that is no pickle of a checkpoint is refused where it goes wrong") {
  check_refused("", "it ends in the middle");
  check_refused(start, "it ends in the middle");
  check_refused(start + ".", "it does not end with one value");
  check_refused(start + "NN.", "it does not end with one value");
  check_refused(start + "N.N", "something follows its end");
  check_refused(start + "(N.", "it does not end with one value");
  check_refused(start + "a.", "it takes more from its stack than it put there");
  check_refused(start + "e.", "a mark that it did not set");
  check_refused(start + "}(Ne.", "it appends to what is no list");
  check_refused(start + "](NNu.", "it sets an item of what is no dict");
  check_refused(start + "}(Nu.", "it sets a key without a value");
  check_refused(start + "}(" + text("k") + "N" + text("k") + "Nu.", "a dict has a key twice");
  check_refused(start + "q\x01.", "it takes more from its stack");
  check_refused(start + "Nq\x05.", "it numbers values out of order");
  check_refused(start + "h" + std::string(1, '\0') + ".", "it refers to a value that it did not number");
  check_refused(start + text("\xff") + ".", "a string that is not UTF-8");
  check_refused("\x80\1N.", "a protocol other than 2 to 5", TWI_FAULT_UNSUPPORTED);
  check_refused("\x80\6N.", "a protocol other than 2 to 5", TWI_FAULT_UNSUPPORTED);
  check_refused("(I1\n.", "the instruction 0x49 at byte 1");
  check_refused(start + "K\x01Q.", "a storage is named by what names none");
}

TEST_CASE("a pickle cannot ask for memory out of proportion to its size, or for depth") {
  check_refused(start + std::string(1000000, ']') + ".", "more memory than a checkpoint of its size needs");
  check_refused(start + std::string(1000000, '(') + ".", "it does not end with one value");
  std::string nested = start + std::string(200, ']') + std::string(199, 'a') + ".";
  check_refused(nested, "containers lie too deep in one another");
  std::string tuples = start + ")" + std::string(200, '\x85') + ".";
  check_refused(tuples, "containers lie too deep in one another");
  twi_fault fault;
  CHECK(read(start + std::string(100, ']') + std::string(99, 'a') + ".", &fault) != nullptr);
}

TEST_CASE("all that a pickle says of a tensor is kept, or the tensor is kept as it is said") {
  const auto kind_with = [](const std::string &rest, const std::string &type = "Float",
                            const std::string &count = "K\x19") {
    twi_fault fault;
    Value value =
        read(start + bytes({"ctorch._utils\n_rebuild_tensor_v2\n((", text("storage"), "ctorch\n" + type + "Storage\n",
                            text("0"), text("cpu"), count + "tQK", std::string(1, '\0'), "))" + rest + "tR."}),
             &fault);
    INFO(fault.text);
    REQUIRE(value != nullptr);
    return value;
  };
  const std::string hooks = "ccollections\nOrderedDict\n)R", bytes_100 = "K\x64";
  CHECK(kind_with("\x89" + hooks)->kind == TWI_VALUE_TENSOR);
  CHECK(kind_with("\x88" + hooks)->as.tensor.requires_grad == 1);
  CHECK(kind_with("\x89" + hooks + "N")->as.tensor.negative == 0);
  CHECK(kind_with("\x89" + hooks + "}" + text("neg") + "\x88s")->as.tensor.negative == 1);
  CHECK(kind_with("\x89" + hooks + "}" + text("neg") + "\x89s")->as.tensor.negative == 0);
  CHECK(kind_with("\x89" + hooks + "}" + text("conj") + "\x89s")->kind == TWI_VALUE_TENSOR);
  CHECK(kind_with("\x89" + hooks + "}" + text("conj") + "\x88s")->kind == TWI_VALUE_OBJECT);
  CHECK(kind_with("\x89" + hooks + "}" + text("new") + "\x89s")->kind == TWI_VALUE_OBJECT);
  CHECK(kind_with("\x89" + hooks + "}" + text("neg") + "K\1s")->kind == TWI_VALUE_OBJECT);
  CHECK(kind_with("\x89" + hooks + "](K\1e")->kind == TWI_VALUE_OBJECT);
  CHECK(kind_with("\x89}K\1Ns")->kind == TWI_VALUE_OBJECT); /* a hook */
  CHECK(kind_with("\x89" + hooks, "Byte", bytes_100)->kind == TWI_VALUE_TENSOR);
  CHECK(kind_with("\x88" + hooks, "Byte", bytes_100)->kind == TWI_VALUE_OBJECT);
  CHECK(kind_with("\x89" + hooks + "}" + text("neg") + "\x88s", "Byte", bytes_100)->kind == TWI_VALUE_OBJECT);
  const std::string half =
      "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu");
  check_refused(start + half + "K\x19NtQK" + std::string(1, '\0') + "))\x89)tR.",
                "a storage is named by what names none");
  check_refused(start + half + "K\x19tQK" + std::string(1, '\0') + "))\x89tR.", "rebuilt from what makes none");
  check_refused(start + half + "K\x19tQK" + std::string(1, '\0') + "))\x89)NNtR.", "rebuilt from what makes none");
}

TEST_CASE("a tensor looks at elements of its storage alone") {
  twi_fault fault;
  CHECK(read(start + tensor("K\x01", "(K\x06K\x04t", "(K\x04K\x01t") + ".", &fault) != nullptr); /* the last of 25 */
  CHECK(read(start + tensor("K\x19", "(K" + std::string(1, '\0') + "t", "(K\x01t") + ".", &fault) !=
        nullptr); /* none */
  const std::string beyond = "that reaches beyond its storage of 100 bytes", negative = "J\xff\xff\xff\xff";
  const std::string most = "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f";
  check_refused(start + tensor("K\x02", "(K\x06K\x04t", "(K\x04K\x01t") + ".", beyond);
  check_refused(start + tensor("K\x19", ")", ")") + ".", beyond);
  check_refused(start + tensor(negative, ")", ")") + ".", beyond);
  check_refused(start + tensor("K\x01", "(" + negative + "t", "(K\x01t") + ".", beyond);
  check_refused(start + tensor("K\x01", "(K\x02t", "(" + negative + "t") + ".", beyond);
  check_refused(start + tensor("K\x01", "(" + most + "K\x02t", "(K\x01" + most + "t") + ".", beyond);
  check_refused(start + tensor(most, "(K\x02t", "(K\x01t") + ".", beyond);
  check_refused(
      start + tensor("K\x01", "(" + most + most + "t", "(K" + std::string(1, '\0') + "K" + std::string(1, '\0') + "t") +
          ".",
      beyond); /* more elements than can be counted, all of them one */
  check_refused(start + tensor("K\x01", "(K\x02t", ")") + ".", "rebuilt from what makes none");
  check_refused(start + tensor("N", ")", ")") + ".", "rebuilt from what makes none");
  check_refused(start + tensor("K\x01", "(Nt", "(K\x01t") + ".", "rebuilt from what makes none");
  std::string many = "(";
  for (int i = 0; i < 65; ++i) many += "K\x01";
  check_refused(start + tensor("K\x01", many + "t", many + "t") + ".", "rebuilt from what makes none");
}
