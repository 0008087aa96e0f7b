/* Calling methods of scripts, those of tests/fixtures/torchscript/make.py, with values of every kind. */
#include "catch.h"
#include "failure.h"
#include "scripts.h"

using namespace tw::test;

namespace {

using Floats = std::vector<float>;

}  // namespace

TEST_CASE("a method takes lists, dicts and defaults") {
  const auto model = script_model();
  const Value tensors = list_of(of_tensor({1, 2}), of_tensor({10, 20}));
  CHECK(floats_of(call(model, "sum_of", tensors)) == Floats{11, 22});
  CHECK(floats_of(call(model, "sum_of", tensors, none_value())) == Floats{11, 22});
  const Value weights = dict_of(handles_of(of_string("a"), of_string("b")), handles_of(of_double(2), of_double(0.5)));
  CHECK(floats_of(call(model, "sum_of", tensors, weights)) == Floats{11, 22});
  /* ints for floats, inside a dict inside an Optional */
  const Value whole = dict_of(handles_of(of_string("a")), handles_of(of_int(3)));
  CHECK(floats_of(call(model, "sum_of", tensors, whole)) == Floats{33, 66});
  CHECK(int_of(call(model, "keyword", of_int(5), of_int(3))) == 15);
}

TEST_CASE("an empty container takes the type that the method asks for") {
  const auto model = script_model();
  CHECK(floats_of(call(model, "sum_of", list_of(), dict_of({}, {}))) == Floats{0});
  const Value lengths = call(model, "rows", list_of(list_of(of_int(1)), list_of(), list_of(of_int(2), of_int(3))));
  REQUIRE(size_of(lengths) == 3);
  CHECK(int_of(item(lengths, 0)) == 1);
  CHECK(int_of(item(lengths, 1)) == 0);
  CHECK(int_of(item(lengths, 2)) == 2);
  CHECK(size_of(call(model, "rows", list_of())) == 0);
}

TEST_CASE("a method gives dicts, tuples with names, None and what cannot be looked into") {
  const auto model = script_model();
  const Value described = call(model, "describe", of_tensor({1, 2}), of_string("twice"), of_bool(1));
  CHECK(kind_of(described) == TW_KIND_DICT);
  CHECK(string_of(key(described, 0)) == "twice");
  CHECK(floats_of(find(described, "twice")) == Floats{2, 4});
  CHECK(floats_of(find(described, "flag")) == Floats{1});
  const Value pair = call(model, "pair", of_tensor({1, 2, 6}));
  CHECK(kind_of(pair) == TW_KIND_TUPLE);
  CHECK(floats_of(find(pair, "mean")) == Floats{3});
  CHECK(int_of(find(pair, "count")) == 3);
  tw_value *missing = rubbish<tw_value>();
  check_failure(tw_value_find(&missing, pair.get(), "sum"), TW_ERROR_NOT_FOUND, {"\"sum\"", "mean, count"});
  CHECK(missing == nullptr);
  CHECK(kind_of(call(model, "nothing", none_value())) == TW_KIND_NONE);
  CHECK(floats_of(call(model, "nothing", of_tensor({1}))) == Floats{1});
  CHECK(kind_of(call(model, "device_of", of_tensor({1}))) == TW_KIND_OTHER);
}

TEST_CASE("forward is a method that takes its other inputs too") {
  const auto model = script_model();
  set_training(model, 0);
  const Value x = of_tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Value plain = call(model, "forward", x), scaled = call(model, "forward", x, of_double(2));
  const Floats once = floats_of(item(plain, 0)), twice = floats_of(item(scaled, 0));
  for (size_t i = 0; i < once.size(); ++i) CHECK(twice[i] == Approx(2 * once[i]));
  CHECK(size_of(item(plain, 1)) == 2);
}

TEST_CASE("a value stays as it is whatever the program does with its own") {
  const auto model = script_model();
  const Value numbers = list_of(of_int(1), of_int(2));
  CHECK(int_of(call(model, "append_to", numbers)) == 3);
  CHECK(size_of(numbers) == 2);
  const Value first = call(model, "add_name", of_string("c"));
  CHECK(size_of(first) == 3);
  CHECK(size_of(call(model, "add_name", of_string("d"))) == 4); /* the model remembers */
  CHECK(size_of(first) == 3);
}

TEST_CASE("gradients go through a method's inputs and results") {
  const auto model = script_model();
  const auto x = parameter({1, 2});
  const auto sum = tensor_of(call(model, "sum_of", list_of(of_tensor(x), of_tensor(x))));
  Handle<tw_tensor> total, gradient;
  REQUIRE(tw_op_sum(total.out(), sum.get()) == TW_OK);
  REQUIRE(tw_tensor_backward(total.get(), nullptr, 0) == TW_OK);
  REQUIRE(tw_tensor_get_grad(gradient.out(), x.get()) == TW_OK);
  CHECK(values(gradient.get()) == Floats{2, 2});
}

TEST_CASE("a method that there is not is refused with those that there are") {
  const auto model = script_model();
  tw_value *out = rubbish<tw_value>();
  check_failure(try_call(&out, model, "sum"), TW_ERROR_NOT_FOUND,
                {"no method \"sum\"", "forward", "sum_of", "describe", "pair"});
  CHECK(out == nullptr);
}

TEST_CASE("inputs of another number are refused with what the method takes") {
  const auto model = script_model();
  tw_value *out = rubbish<tw_value>();
  check_failure(try_call(&out, model, "describe", of_int(1)), TW_ERROR_ARGUMENT,
                {"count is 1", "describe takes 3 inputs", "Tensor x", "str name", "bool flag"});
  check_failure(try_call(&out, model, "pair", of_int(1), of_int(2)), TW_ERROR_ARGUMENT, {"pair takes 1 input\n"});
  check_failure(try_call(&out, model, "keyword", of_int(1)), TW_ERROR_ARGUMENT, {"keyword takes 2 inputs"});
  CHECK(out == nullptr);
}

TEST_CASE("an input of another type is refused with its name") {
  const auto model = script_model();
  tw_value *out = rubbish<tw_value>();
  check_failure(try_call(&out, model, "describe", of_tensor({1}), of_int(1), of_bool(0)), TW_ERROR_TYPE,
                {"inputs[1], \"name\", is of type int", "takes str"});
  check_failure(try_call(&out, model, "sum_of", list_of(of_int(1))), TW_ERROR_TYPE,
                {"inputs[0], \"tensors\", is of type List[int]", "List[Tensor]"});
  check_failure(try_call(&out, model, "pair", none_value()), TW_ERROR_TYPE, {"\"x\", is of type NoneType"});
  check_failure(try_call(&out, model, "forward", of_tensor({1}), of_int((int64_t{1} << 53) + 1)), TW_ERROR_TYPE,
                {"\"scale\", is of type int", "takes float"});
  check_failure(try_call(&out, model, "rows", list_of(list_of(of_double(1)))), TW_ERROR_TYPE, {"List[List[float]]"});
  CHECK(out == nullptr);
}

TEST_CASE("what a method raises is the message") {
  const auto model = script_model();
  tw_value *out = rubbish<tw_value>();
  check_failure(try_call(&out, model, "refuse", of_tensor({1})), TW_ERROR_TORCH, {"this model refuses"});
  CHECK(out == nullptr);
  check_failure(try_call(&out, model, "forward", of_tensor({1, 2}, {1, 2})), TW_ERROR_TORCH,
                {"Expected more than 1 value per channel when training"});
  CHECK(out == nullptr);
}

TEST_CASE("whether a script has a method") {
  const auto model = script_model();
  int32_t found = -1;
  REQUIRE(tw_module_has_method(&found, model.get(), "sum_of") == TW_OK);
  CHECK(found == 1);
  REQUIRE(tw_module_has_method(&found, model.get(), "sum") == TW_OK);
  CHECK(found == 0);
}

TEST_CASE("methods are a script's alone") {
  const auto other = linear(2, 3);
  tw_value *out = rubbish<tw_value>();
  check_failure(try_call(&out, other, "forward"), TW_ERROR_TYPE, {"no TorchScript module", "Linear"});
  CHECK(out == nullptr);
  int32_t found = 7;
  check_failure(tw_module_has_method(&found, other.get(), "forward"), TW_ERROR_TYPE, {"Linear"});
  CHECK(found == 0);
}
