/* Values: what goes in comes out, and what is asked for in vain is said. */
#include <limits>

#include "catch.h"
#include "failure.h"
#include "values.h"

using namespace tw::test;

namespace {

using Kinds = std::vector<tw_kind>;

std::string message() { return tw_last_error(); }

/* Every kind once, by its number. */
std::vector<Value> one_of_each() {
  std::vector<Value> all;
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
std::vector<tw_status> statuses(const Value &value) {
  Handle<tw_tensor> tensor;
  Value found;
  int64_t integer;
  double real;
  int32_t truth;
  char text[16];
  size_t size;
  return {tw_value_get_tensor(tensor.out(), value.get()),
          tw_value_get_int64(&integer, value.get()),
          tw_value_get_double(&real, value.get()),
          tw_value_get_bool(&truth, value.get()),
          tw_value_get_string(text, sizeof text, nullptr, value.get()),
          tw_value_get_size(&size, value.get()),
          tw_value_get_item(found.out(), value.get(), 0),
          tw_value_get_key(found.out(), value.get(), 0),
          tw_value_find(found.out(), value.get(), "k")};
}

}  // namespace

TEST_CASE("a value is of the kind that it was made as") {
  Kinds kinds;
  for (const Value &value : one_of_each()) kinds.push_back(kind_of(value));
  CHECK(kinds == Kinds{TW_KIND_NONE, TW_KIND_TENSOR, TW_KIND_INT64, TW_KIND_DOUBLE, TW_KIND_BOOL, TW_KIND_STRING,
                       TW_KIND_LIST, TW_KIND_TUPLE, TW_KIND_DICT});
}

TEST_CASE("simple values come out as they went in") {
  for (const int64_t number :
       {int64_t{0}, int64_t{-1}, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()})
    CHECK(int_of(of_int(number)) == number);
  for (const double number : {0.0, 0.1, -1e308, std::numeric_limits<double>::infinity()})
    CHECK(double_of(of_double(number)) == number);
  for (const int32_t truth : {0, 1}) {
    int32_t found = -1;
    REQUIRE(tw_value_get_bool(&found, of_bool(truth).get()) == TW_OK);
    CHECK(found == truth);
  }
  for (const char *text : {"", "a", "gr\303\274\303\237e"}) CHECK(string_of(of_string(text)) == text);
}

TEST_CASE("a tensor in a value is the tensor itself, not a copy") {
  const auto given = tensor({1, 2, 3});
  const Value value = of_tensor(given);
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
  const std::vector<Value> values = one_of_each();
  for (size_t i = 0; i < values.size(); ++i) {
    INFO("kind " << i);
    CHECK(statuses(values[i]) == wanted[i]);
  }
}

TEST_CASE("a value of another kind is called by what it is") {
  int64_t number = 5;
  check_failure(tw_value_get_int64(&number, list_of(of_string("a")).get()), TW_ERROR_TYPE,
                {"value is a list, not an int"});
  CHECK(number == 0);
  Handle<tw_tensor> tensor;
  check_failure(tw_value_get_tensor(tensor.out(), list_of().get()), TW_ERROR_TYPE, {"value is a list, not a tensor"});
  size_t size = 5;
  check_failure(tw_value_get_size(&size, of_tensor({1}).get()), TW_ERROR_TYPE,
                {"value is a tensor, not a list, tuple or dict"});
  CHECK(size == 0);
}

TEST_CASE("an int is a float where a double holds it") {
  const int64_t largest = int64_t{1} << 53;
  CHECK(double_of(of_int(-largest)) == -9007199254740992.0);
  double found = 1;
  check_failure(tw_value_get_double(&found, of_int(largest + 1).get()), TW_ERROR_TYPE, {"9007199254740993"});
  CHECK(found == 0);
}

TEST_CASE("a string that finds too little room says how much it needs") {
  char text[3] = "ab";
  size_t length = 0;
  check_failure(tw_value_get_string(text, sizeof text, &length, of_string("abc").get()), TW_ERROR_CAPACITY,
                {"capacity is 3", "4 bytes"});
  CHECK(length == 4);
}

TEST_CASE("lists, tuples and dicts hold their items in order") {
  const Value list = list_of(of_int(5), of_int(6), of_int(7));
  CHECK(size_of(list) == 3);
  CHECK(int_of(item(list, 2)) == 7);
  const Value tuple = tuple_of(of_int(5), of_string("six"), list);
  CHECK(string_of(item(tuple, 1)) == "six");
  CHECK(int_of(item(item(tuple, 2), 0)) == 5);
  const Value dict = dict_of(handles_of(of_string("z"), of_string("a")), handles_of(of_int(1), of_int(2)));
  CHECK(string_of(key(dict, 0)) == "z");
  CHECK(string_of(key(dict, 1)) == "a");
  CHECK(int_of(item(dict, 1)) == 2);
  CHECK(int_of(find(dict, "z")) == 1);
}

TEST_CASE("an index that there is not is refused with the number of items") {
  const Value dict = dict_of(handles_of(of_int(1)), handles_of(of_int(2)));
  for (const Value &value : {list_of(of_int(1)), tuple_of(of_int(1))}) {
    tw_value *found = rubbish<tw_value>();
    check_failure(tw_value_get_item(&found, value.get(), 1), TW_ERROR_RANGE, {"index is 1", "1 items"});
    CHECK(found == nullptr);
  }
  tw_value *found = rubbish<tw_value>();
  check_failure(tw_value_get_key(&found, dict.get(), 7), TW_ERROR_RANGE, {"index is 7"});
  CHECK(found == nullptr);
}

TEST_CASE("a key that a dict has not is refused with those it has") {
  const Value dict = dict_of(handles_of(of_string("left"), of_string("right")), handles_of(of_int(1), of_int(2)));
  tw_value *found = rubbish<tw_value>();
  check_failure(tw_value_find(&found, dict.get(), "up"), TW_ERROR_NOT_FOUND, {"no key \"up\"", "left, right"});
  CHECK(found == nullptr);
  const Value numbered = dict_of(handles_of(of_int(1)), handles_of(of_int(2)));
  check_failure(tw_value_find(&found, numbered.get(), "1"), TW_ERROR_NOT_FOUND, {"no key \"1\"", "there are none"});
}

TEST_CASE("keys of a message are not too many") {
  std::vector<Value> made;
  std::vector<tw_value *> keys;
  for (int i = 0; i < 100; ++i) {
    made.push_back(of_string("key" + std::to_string(i)));
    keys.push_back(made.back().get());
  }
  const Value dict = dict_of(keys, keys);
  tw_value *found = nullptr;
  check_failure(tw_value_find(&found, dict.get(), "up"), TW_ERROR_NOT_FOUND, {"key0, key1", "key29, ..."});
  CHECK(message().find("key30") == std::string::npos);
}

TEST_CASE("items and keys may be of several kinds in one container") {
  const Value list = list_of(of_int(1), of_double(0.5), none_value(), of_string("a"), list_of(of_bool(1)));
  CHECK(size_of(list) == 5);
  CHECK(int_of(item(list, 0)) == 1);
  CHECK(double_of(item(list, 1)) == 0.5);
  CHECK(kind_of(item(list, 0)) == TW_KIND_INT64); /* each stays what it is */
  CHECK(kind_of(item(item(list, 4), 0)) == TW_KIND_BOOL);
  const Value dict = dict_of(handles_of(of_int(1), of_string("1")), handles_of(of_string("int"), list));
  CHECK(string_of(item(dict, 0)) == "int");
  CHECK(size_of(find(dict, "1")) == 5);
}

TEST_CASE("containers lie 100 deep in one another and no deeper") {
  Value value = of_int(1);
  for (int i = 0; i < 100; ++i) value = list_of(value);
  tw_value *deeper = rubbish<tw_value>();
  const auto items = handles_of(value);
  check_failure(tw_value_tuple(&deeper, items.data(), 1), TW_ERROR_RANGE, {"100 containers"});
  CHECK(deeper == nullptr);
}

TEST_CASE("a string that is not UTF-8 is refused") {
  tw_value *made = rubbish<tw_value>();
  check_failure(tw_value_string(&made, "\xff"), TW_ERROR_ARGUMENT, {"value is not UTF-8"});
  CHECK(made == nullptr);
}

TEST_CASE("a dict takes keys of every type that Python's values have, and no others") {
  const Value value = of_int(1);
  for (const Value &key : {of_string("a"), of_int(1), of_double(0.5), of_bool(0), of_tensor({1})})
    CHECK(size_of(dict_of(handles_of(key), handles_of(value))) == 1);
  tw_value *dict = rubbish<tw_value>();
  const auto key = list_of(value), nothing = none_value();
  for (const tw_value *wrong : {key.get(), nothing.get()}) {
    tw_value *keys[] = {const_cast<tw_value *>(wrong)}, *values[] = {value.get()};
    check_failure(tw_value_dict(&dict, keys, values, 1), TW_ERROR_TYPE, {"keys[0] is ", "a key is a str"});
    CHECK(dict == nullptr);
  }
}

TEST_CASE("a dict's keys differ") {
  const Value one = of_int(1), again = of_int(1), text = of_string("a");
  tw_value *dict = rubbish<tw_value>();
  tw_value *twice[] = {one.get(), again.get()}, *values[] = {one.get(), text.get()};
  check_failure(tw_value_dict(&dict, twice, values, 2), TW_ERROR_ARGUMENT, {"keys[1] has come before"});
  CHECK(dict == nullptr);
}

TEST_CASE("a container lives on without the handles of its items") {
  Value inner;
  {
    const Value outer = tuple_of(list_of(of_tensor({1, 2})), of_int(1));
    inner = item(outer, 0);
  }
  CHECK(floats_of(item(inner, 0)) == std::vector<float>{1, 2});
}

TEST_CASE("an item that is NULL is named by its index") {
  const Value one = of_int(1);
  tw_value *items[] = {one.get(), nullptr}, *made = rubbish<tw_value>();
  check_failure(tw_value_list(&made, items, 2), TW_ERROR_ARGUMENT, {"items[1] is NULL"});
  check_failure(tw_value_tuple(&made, items, 2), TW_ERROR_ARGUMENT, {"items[1] is NULL"});
  const Value two = of_int(2);
  tw_value *good[] = {one.get(), two.get()};
  check_failure(tw_value_dict(&made, items, good, 2), TW_ERROR_ARGUMENT, {"keys[1] is NULL"});
  check_failure(tw_value_dict(&made, good, items, 2), TW_ERROR_ARGUMENT, {"values[1] is NULL"});
  CHECK(made == nullptr);
}
