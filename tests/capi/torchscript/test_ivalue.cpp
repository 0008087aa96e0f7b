/* Values of TorchScript: what goes in comes out, and what is asked for in vain is said. */
#include <limits>

#include "catch.h"
#include "failure.h"
#include "ivalues.h"

using namespace tw::test;

namespace {

using Kinds = std::vector<tw_ivalue_kind>;

std::string message() { return tw_last_error(); }

/* Every kind once, by its number. */
std::vector<Ivalue> one_of_each() {
  std::vector<Ivalue> all;
  all.push_back(none_value());
  all.push_back(of_tensor({1, 2}));
  all.push_back(of_int(3));
  all.push_back(of_double(0.5));
  all.push_back(of_bool(1));
  all.push_back(of_string("text"));
  all.push_back(list_of(of_int(1), of_int(2)));
  all.push_back(tuple_of(of_int(1), of_string("b")));
  all.push_back(dict_of(handles_of(of_string("k")), handles_of(of_int(1))));
  return all;
}

/* The status of each getter for a value, in the order of the header: tensor, int64, double, bool, string, size, item,
   key, find. */
std::vector<tw_status> statuses(const Ivalue &value) {
  Handle<tw_tensor> tensor;
  Ivalue found;
  int64_t integer;
  double real;
  int32_t truth;
  char text[16];
  size_t size;
  return {tw_ivalue_get_tensor(tensor.out(), value.get()),
          tw_ivalue_get_int64(&integer, value.get()),
          tw_ivalue_get_double(&real, value.get()),
          tw_ivalue_get_bool(&truth, value.get()),
          tw_ivalue_get_string(text, sizeof text, nullptr, value.get()),
          tw_ivalue_get_size(&size, value.get()),
          tw_ivalue_get_item(found.out(), value.get(), 0),
          tw_ivalue_get_key(found.out(), value.get(), 0),
          tw_ivalue_find(found.out(), value.get(), "k")};
}

}  // namespace

TEST_CASE("a value is of the kind that it was made as") {
  Kinds kinds;
  for (const Ivalue &value : one_of_each()) kinds.push_back(kind_of(value));
  CHECK(kinds == Kinds{TW_IVALUE_NONE, TW_IVALUE_TENSOR, TW_IVALUE_INT64, TW_IVALUE_DOUBLE, TW_IVALUE_BOOL,
                       TW_IVALUE_STRING, TW_IVALUE_LIST, TW_IVALUE_TUPLE, TW_IVALUE_DICT});
}

TEST_CASE("simple values come out as they went in") {
  for (const int64_t number :
       {int64_t{0}, int64_t{-1}, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()})
    CHECK(int_of(of_int(number)) == number);
  for (const double number : {0.0, 0.1, -1e308, std::numeric_limits<double>::infinity()})
    CHECK(double_of(of_double(number)) == number);
  for (const int32_t truth : {0, 1}) {
    int32_t found = -1;
    REQUIRE(tw_ivalue_get_bool(&found, of_bool(truth).get()) == TW_OK);
    CHECK(found == truth);
  }
  for (const char *text : {"", "a", "gr\303\274\303\237e"}) CHECK(string_of(of_string(text)) == text);
}

TEST_CASE("a tensor in a value is the tensor itself, not a copy") {
  const auto given = tensor({1, 2, 3});
  const Ivalue value = of_tensor(given);
  REQUIRE(tw_tensor_copy_from(given.get(), tensor({4, 5, 6}).get()) == TW_OK);
  CHECK(floats_of(value) == std::vector<float>{4, 5, 6});
}

TEST_CASE("each kind gives only what it is, an int a float too") {
  constexpr tw_status ok = TW_OK, type = TW_ERROR_TYPE;
  const std::vector<std::vector<tw_status>> wanted = {
      {type, type, type, type, type, type, type, type, type}, /* None */
      {ok, type, type, type, type, type, type, type, type},   /* a tensor */
      {type, ok, ok, type, type, type, type, type, type},     /* an int */
      {type, type, ok, type, type, type, type, type, type},   /* a float */
      {type, type, type, ok, type, type, type, type, type},   /* a bool */
      {type, type, type, type, ok, type, type, type, type},   /* a string */
      {type, type, type, type, type, ok, ok, type, type},     /* a list */
      {type, type, type, type, type, ok, ok, type, type},     /* a tuple without names */
      {type, type, type, type, type, ok, ok, ok, ok},         /* a dict */
  };
  const std::vector<Ivalue> values = one_of_each();
  for (size_t i = 0; i < values.size(); ++i) {
    INFO("kind " << i);
    CHECK(statuses(values[i]) == wanted[i]);
  }
}

TEST_CASE("a value of another kind is called by its type") {
  int64_t number = 5;
  check_failure(tw_ivalue_get_int64(&number, list_of(of_string("a")).get()), TW_ERROR_TYPE,
                {"value is of type List[str], not an int"});
  CHECK(number == 0);
  Handle<tw_tensor> tensor;
  check_failure(tw_ivalue_get_tensor(tensor.out(), list_of().get()), TW_ERROR_TYPE,
                {"value is of type an empty list, not a Tensor"});
  size_t size = 5;
  check_failure(tw_ivalue_get_size(&size, of_tensor({1}).get()), TW_ERROR_TYPE, {"Tensor, not a list, tuple or dict"});
  CHECK(size == 0);
}

TEST_CASE("an int is a float where a double holds it") {
  const int64_t largest = int64_t{1} << 53;
  CHECK(double_of(of_int(-largest)) == -9007199254740992.0);
  double found = 1;
  check_failure(tw_ivalue_get_double(&found, of_int(largest + 1).get()), TW_ERROR_TYPE, {"9007199254740993"});
  CHECK(found == 0);
}

TEST_CASE("a string that finds too little room says how much it needs") {
  char text[3] = "ab";
  size_t length = 0;
  check_failure(tw_ivalue_get_string(text, sizeof text, &length, of_string("abc").get()), TW_ERROR_CAPACITY,
                {"capacity is 3", "4 bytes"});
  CHECK(length == 4);
}

TEST_CASE("lists, tuples and dicts hold their items in order") {
  const Ivalue list = list_of(of_int(5), of_int(6), of_int(7));
  CHECK(size_of(list) == 3);
  CHECK(int_of(item(list, 2)) == 7);
  const Ivalue tuple = tuple_of(of_int(5), of_string("six"), list);
  CHECK(string_of(item(tuple, 1)) == "six");
  CHECK(int_of(item(item(tuple, 2), 0)) == 5);
  const Ivalue dict = dict_of(handles_of(of_string("z"), of_string("a")), handles_of(of_int(1), of_int(2)));
  CHECK(string_of(key(dict, 0)) == "z");
  CHECK(string_of(key(dict, 1)) == "a");
  CHECK(int_of(item(dict, 1)) == 2);
  CHECK(int_of(find(dict, "z")) == 1);
}

TEST_CASE("an index that there is not is refused with the number of items") {
  const Ivalue dict = dict_of(handles_of(of_int(1)), handles_of(of_int(2)));
  for (const Ivalue &value : {list_of(of_int(1)), tuple_of(of_int(1))}) {
    tw_ivalue *found = rubbish<tw_ivalue>();
    check_failure(tw_ivalue_get_item(&found, value.get(), 1), TW_ERROR_RANGE, {"index is 1", "1 items"});
    CHECK(found == nullptr);
  }
  tw_ivalue *found = rubbish<tw_ivalue>();
  check_failure(tw_ivalue_get_key(&found, dict.get(), 7), TW_ERROR_RANGE, {"index is 7"});
  CHECK(found == nullptr);
}

TEST_CASE("a key that a dict has not is refused with those it has") {
  const Ivalue dict = dict_of(handles_of(of_string("left"), of_string("right")), handles_of(of_int(1), of_int(2)));
  tw_ivalue *found = rubbish<tw_ivalue>();
  check_failure(tw_ivalue_find(&found, dict.get(), "up"), TW_ERROR_ARGUMENT, {"no key \"up\"", "left, right"});
  CHECK(found == nullptr);
  const Ivalue numbered = dict_of(handles_of(of_int(1)), handles_of(of_int(2)));
  check_failure(tw_ivalue_find(&found, numbered.get(), "1"), TW_ERROR_ARGUMENT, {"no key \"1\"", "there are none"});
}

TEST_CASE("keys of a message are not too many") {
  std::vector<Ivalue> made;
  std::vector<tw_ivalue *> keys;
  for (int i = 0; i < 100; ++i) {
    made.push_back(of_string("key" + std::to_string(i)));
    keys.push_back(made.back().get());
  }
  const Ivalue dict = dict_of(keys, keys);
  tw_ivalue *found = nullptr;
  check_failure(tw_ivalue_find(&found, dict.get(), "up"), TW_ERROR_ARGUMENT, {"key0, key1", "key29, ..."});
  CHECK(message().find("key30") == std::string::npos);
}

TEST_CASE("items of a list are all of one type, None aside") {
  tw_ivalue *list = rubbish<tw_ivalue>();
  const Ivalue one = of_int(1), half = of_double(0.5), nothing = none_value(), text = of_string("a");
  const auto mixed = handles_of(one, half);
  check_failure(tw_ivalue_list(&list, mixed.data(), 2), TW_ERROR_TYPE, {"items[1] is of type float", "are int"});
  CHECK(list == nullptr);
  const auto later = handles_of(one, nothing, text);
  check_failure(tw_ivalue_list(&list, later.data(), 3), TW_ERROR_TYPE, {"items[2] is of type str", "Optional[int]"});
  CHECK(size_of(list_of(nothing, one, nothing)) == 3);
  /* Tensors of any size are of one type, and lists that are empty of any. */
  CHECK(size_of(list_of(of_tensor({1}), of_tensor({1, 2, 3, 4}, {2, 2}))) == 2);
  CHECK(size_of(list_of(list_of(), list_of(one), list_of())) == 3);
  CHECK(size_of(list_of(tuple_of(one, nothing), tuple_of(one, text))) == 2);
  const Ivalue ints = list_of(one), texts = list_of(text);
  const auto lists = handles_of(ints, texts);
  check_failure(tw_ivalue_list(&list, lists.data(), 2), TW_ERROR_TYPE, {"items[1] is of type List[str]", "List[int]"});
}

TEST_CASE("a dict takes keys of every type that TorchScript's take, and no others") {
  const Ivalue value = of_int(1);
  for (const Ivalue &key : {of_string("a"), of_int(1), of_double(0.5), of_bool(0), of_tensor({1})})
    CHECK(size_of(dict_of(handles_of(key), handles_of(value))) == 1);
  tw_ivalue *dict = rubbish<tw_ivalue>();
  const auto key = list_of(value), nothing = none_value();
  for (const tw_ivalue *wrong : {key.get(), nothing.get()}) {
    tw_ivalue *keys[] = {const_cast<tw_ivalue *>(wrong)}, *values[] = {value.get()};
    check_failure(tw_ivalue_dict(&dict, keys, values, 1), TW_ERROR_TYPE, {"keys[0] is of type", "a key is a str"});
    CHECK(dict == nullptr);
  }
}

TEST_CASE("a dict's keys are of one type and differ") {
  const Ivalue one = of_int(1), again = of_int(1), text = of_string("a");
  tw_ivalue *dict = rubbish<tw_ivalue>();
  tw_ivalue *twice[] = {one.get(), again.get()}, *mixed[] = {one.get(), text.get()};
  check_failure(tw_ivalue_dict(&dict, twice, mixed, 2), TW_ERROR_TYPE, {"values[1] is of type str"});
  check_failure(tw_ivalue_dict(&dict, twice, twice, 2), TW_ERROR_ARGUMENT, {"keys[1] has come before"});
  CHECK(dict == nullptr);
  check_failure(tw_ivalue_dict(&dict, mixed, twice, 2), TW_ERROR_TYPE, {"keys[1] is of type str", "are int"});
}

TEST_CASE("a container lives on without the handles of its items") {
  Ivalue inner;
  {
    const Ivalue outer = tuple_of(list_of(of_tensor({1, 2})), of_int(1));
    inner = item(outer, 0);
  }
  CHECK(floats_of(item(inner, 0)) == std::vector<float>{1, 2});
}

TEST_CASE("an item that is NULL is named by its index") {
  const Ivalue one = of_int(1);
  tw_ivalue *items[] = {one.get(), nullptr}, *made = rubbish<tw_ivalue>();
  check_failure(tw_ivalue_list(&made, items, 2), TW_ERROR_ARGUMENT, {"items[1] is NULL"});
  check_failure(tw_ivalue_tuple(&made, items, 2), TW_ERROR_ARGUMENT, {"items[1] is NULL"});
  tw_ivalue *good[] = {one.get(), one.get()};
  check_failure(tw_ivalue_dict(&made, items, good, 2), TW_ERROR_ARGUMENT, {"keys[1] is NULL"});
  check_failure(tw_ivalue_dict(&made, good, items, 2), TW_ERROR_ARGUMENT, {"values[1] is NULL"});
  CHECK(made == nullptr);
}
