/* What tw_op_call refuses, and that it says why. */
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

/* A call that must fail with status, leaving nothing in its outputs. Gives the message. */
std::string refusal(tw_status status, const char *name, ArgumentList arguments) {
  tw_tensor *out[2] = {rubbish<tw_tensor>(), rubbish<tw_tensor>()};
  size_t count = 9;
  INFO(name);
  CHECK(tw_op_call(out, 2, &count, name, arguments.begin(), arguments.size()) == status);
  CHECK(out[0] == nullptr);
  CHECK(out[1] == nullptr);
  CHECK(count == 0);
  return tw_last_error();
}

std::string refusal(const char *name, ArgumentList arguments) { return refusal(TW_ERROR_ARGUMENT, name, arguments); }

}  // namespace

/* ---- names -------------------------------------------------------------------------------------------------------- */

TEST_CASE("an unknown operator is refused with the nearest names") {
  const std::string message = refusal("conv2dd", {});
  CHECK_THAT(message, Contains("there is no operator aten::conv2dd"));
  CHECK_THAT(message, Contains("aten::conv2d"));
}

TEST_CASE("an unknown overload is refused with those that there are") {
  const std::string message = refusal("add.Tensr", {});
  CHECK_THAT(message, Contains("aten::add has no overload \"Tensr\""));
  CHECK_THAT(message, Contains("Tensor, Scalar"));
}

TEST_CASE("a malformed name is refused") {
  for (const char *name : {"", "aten::", "::add", ".out", "aten::.out"})
    CHECK_THAT(refusal(name, {}), Contains("name is"));
  for (const char *name : {"add.", "a::b::c", "nowhere::add", "aten::add::Tensor", " add", "add Tensor"})
    refusal(name, {});
}

/* ---- arguments that do not fit ------------------------------------------------------------------------------------ */

TEST_CASE("an argument of the wrong kind is named with the type wanted, the kind given and the schema") {
  const Tensor a = tensor({1});
  const std::string message = refusal("relu", {arg("text")});
  CHECK_THAT(message, Contains("argument 'self' (Tensor) cannot be a str"));
  CHECK_THAT(message, Contains("aten::relu(Tensor self) -> Tensor"));
}

TEST_CASE("where no overload fits, each is shown with its reason, those with out left aside") {
  const Tensor a = tensor({1});
  const std::string message = refusal("add", {arg(a), arg("text")});
  CHECK_THAT(message, Contains("aten::add.Tensor(Tensor self"));
  CHECK_THAT(message, Contains("argument 'other' (Tensor) cannot be a str"));
  CHECK_THAT(message, Contains("argument 'other' (Scalar) cannot be a str"));
  CHECK_THAT(message, !Contains("add.out"));
  CHECK_THAT(message, !Contains("add.complex"));
}

TEST_CASE("every kind is named as it was given") {
  Handle<tw_generator> generator;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 1) == TW_OK);
  const Tensor a = tensor({1});
  const auto given = [](tw_argument argument) { return refusal("relu", {argument}); };
  CHECK_THAT(given(none()), Contains("cannot be None"));
  CHECK_THAT(given(tensors({a.get()})), Contains("cannot be a list of Tensors"));
  CHECK_THAT(given(arg(1)), Contains("cannot be an int"));
  CHECK_THAT(given(ints({1})), Contains("cannot be a list of ints"));
  CHECK_THAT(given(arg(1.0)), Contains("cannot be a float"));
  CHECK_THAT(given(floats({1})), Contains("cannot be a list of floats"));
  CHECK_THAT(given(arg(true)), Contains("cannot be a bool"));
  CHECK_THAT(given(bools({1})), Contains("cannot be a list of bools"));
  CHECK_THAT(given(dtype(TW_INT64)), Contains("cannot be a dtype"));
  CHECK_THAT(given(device("cpu")), Contains("cannot be a device"));
  CHECK_THAT(given(memory_format(TW_CHANNELS_LAST)), Contains("cannot be a memory format"));
  CHECK_THAT(given(arg(generator.get())), Contains("cannot be a Generator"));
  CHECK_THAT(given(argument(tw_argument_kind(99), 0, 0, nullptr, 0)),
             Contains("of the kind 99, which is no tw_argument_kind"));
  CHECK_THAT(refusal("size", {arg(a), arg(a)}), Contains("cannot be a Tensor"));
}

TEST_CASE("a bool is no int, an int no bool, and a float no int") {
  const Tensor a = tensor({1, 2}, {1, 2});
  CHECK_THAT(refusal("softmax.int", {arg(a), arg(true)}), Contains("argument 'dim' (int) cannot be a bool"));
  CHECK_THAT(refusal("softmax.int", {arg(a), arg(1.0)}), Contains("argument 'dim' (int) cannot be a float"));
  CHECK_THAT(refusal("dropout", {arg(a), arg(0.5), arg(1)}), Contains("argument 'train' (bool) cannot be an int"));
  CHECK_THAT(refusal("permute", {arg(a), arg(1)}), Contains("cannot be an int")); /* a list of no fixed length */
}

TEST_CASE("a NULL tensor is refused where the operator needs one") {
  const Tensor a = tensor({1});
  tw_tensor *null = nullptr;
  CHECK_THAT(refusal("relu", {arg(null)}), Contains("argument 'self' (Tensor) cannot be NULL"));
  CHECK_THAT(refusal("cat", {tensors({a.get(), nullptr})}), Contains("cannot be a list of Tensors with a NULL"));
}

TEST_CASE("missing, surplus, unknown and repeated arguments are named") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("mm", {arg(a)}), Contains("argument 'mat2' (Tensor) is missing"));
  CHECK_THAT(refusal("relu", {}), Contains("argument 'self' (Tensor) is missing"));
  CHECK_THAT(refusal("relu", {arg(a), arg(a)}), Contains("it takes 1 positional arguments, but 2 are given"));
  CHECK_THAT(refusal("relu", {arg(a), named("foo", arg(1))}), Contains("it has no argument 'foo'"));
  CHECK_THAT(refusal("relu", {arg(a), named("self", arg(a))}), Contains("argument 'self' (Tensor) is given twice"));
}

TEST_CASE("an argument that must be named is not taken by position") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("add.Tensor", {arg(a), arg(a), arg(2)}),
             Contains("it takes 2 positional arguments, but 3 are given"));
}

TEST_CASE("a positional argument after a named one is refused") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("add", {named("self", arg(a)), arg(a)}),
             Contains("arguments[1] has no name but follows a named one"));
}

TEST_CASE("the schema is shown for an overload with out where out was given") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("add", {arg(a), arg(a), named("out", arg(1))}),
             Contains("argument 'out' (Tensor) cannot be an int"));
}

/* ---- arguments that are wrong in themselves ------------------------------------------------------------------------ */

TEST_CASE("a value outside its kind is refused by the parameter's name") {
  const Tensor a = tensor({1, 2});
  const auto made_with = [](const char *name, tw_argument argument) {
    return refusal("zeros", {ints({1}), named(name, argument)});
  };
  CHECK_THAT(refusal("std", {arg(a), argument(TW_ARGUMENT_BOOL, 5, 0, nullptr, 0)}),
             Contains("unbiased is 5; it must be 0 or 1"));
  CHECK_THAT(made_with("dtype", dtype(tw_dtype(99))), Contains("dtype is 99"));
  CHECK_THAT(made_with("dtype", argument(TW_ARGUMENT_DTYPE, (int64_t{1} << 32) + TW_FLOAT32, 0, nullptr, 0)),
             Contains("dtype is 4294967304"));
  CHECK_THAT(refusal("clone", {arg(a), named("memory_format", memory_format(tw_memory_format(7)))}),
             Contains("memory_format is 7"));
  CHECK_THAT(refusal("gelu", {arg(a), named("approximate", arg(static_cast<const char *>(nullptr)))}),
             Contains("approximate is NULL"));
  CHECK_THAT(refusal("zeros", {argument(TW_ARGUMENT_INTS, 0, 0, nullptr, 2)}),
             Contains("size is NULL but its length is 2"));
  CHECK_THAT(refusal("cat", {argument(TW_ARGUMENT_TENSORS, 0, 0, nullptr, 2)}),
             Contains("tensors is NULL but its length is 2"));
  CHECK_THAT(refusal("_foreach_add", {tensors({a.get()}), bools({3})}), Contains("3; it must be 0 or 1"));
}

TEST_CASE("a device that is not there is a device error") {
  const std::string message = refusal(TW_ERROR_DEVICE, "zeros", {ints({1}), named("device", device("abacus:1"))});
  CHECK_THAT(message, Contains("abacus:1"));
}

TEST_CASE("a list of bools must have the length that the schema fixes") {
  const Tensor image = tensor({1, 2, 3, 4}, {1, 1, 2, 2}), weight = tensor({5}, {1, 1, 1, 1});
  const auto masked = [&](const std::vector<int32_t> &mask) {
    return refusal("convolution_backward", {arg(image), arg(image), arg(weight), ints({1}), ints({1, 1}), ints({0, 0}),
                                            ints({1, 1}), arg(false), ints({0, 0}), arg(1), bools(mask)});
  };
  CHECK_THAT(masked({1, 0}), Contains("output_mask has 2 elements; it must have 3"));
  CHECK_THAT(masked({1, 0, 1, 1}), Contains("output_mask has 4 elements; it must have 3"));
}

TEST_CASE("shapes that do not fit are LibTorch's error with its message") {
  const Tensor a = tensor({1, 2, 3}, {1, 3}), b = tensor({1, 2}, {1, 2});
  CHECK_THAT(refusal(TW_ERROR_TORCH, "mm", {arg(a), arg(b)}), Contains("1x3") && Contains("1x2"));
}

/* ---- results ------------------------------------------------------------------------------------------------------ */

TEST_CASE("too small a capacity is refused before an argument is changed") {
  const Tensor a = tensor({1, 2});
  const tw_argument arguments[] = {arg(a), arg(1)};
  tw_tensor *out[1] = {rubbish<tw_tensor>()};
  size_t count = 9;
  CHECK(tw_op_call(out, 0, &count, "add_", arguments, 2) == TW_ERROR_RANGE);
  CHECK(count == 1);
  CHECK(out[0] != nullptr); /* beyond the capacity, so none of the call's business */
  CHECK(numbers(a) == Numbers{1, 2});
}

TEST_CASE("too small a capacity says how many results there are") {
  const Tensor a = tensor({1, 2, 3});
  const tw_argument top[] = {arg(a), arg(2)}, parts[] = {arg(a), arg(1)};
  tw_tensor *out[2] = {rubbish<tw_tensor>(), rubbish<tw_tensor>()};
  size_t count = 9;
  CHECK(tw_op_call(out, 1, &count, "topk", top, 2) == TW_ERROR_RANGE);
  CHECK(count == 2);
  CHECK(out[0] == nullptr);
  CHECK_THAT(tw_last_error(), Contains("capacity is 1, but there are 2 results"));
  CHECK(tw_op_call(out, 2, &count, "split", parts, 2) == TW_ERROR_RANGE); /* a list, counted afterwards */
  CHECK(count == 3);
  CHECK(out[1] == nullptr);
}

TEST_CASE("a result that cannot be a tensor is refused before the operator runs") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal(TW_ERROR_TYPE, "result_type", {arg(a), arg(a)}), Contains("ScalarType"));
}

TEST_CASE("null pointers are refused") {
  const Tensor a = tensor({1});
  const tw_argument arguments[] = {arg(a)};
  tw_tensor *out = rubbish<tw_tensor>();
  CHECK(tw_op_call(&out, 1, nullptr, nullptr, arguments, 1) == TW_ERROR_ARGUMENT);
  CHECK(out == nullptr);
  CHECK_THAT(tw_last_error(), Contains("name is NULL"));
  CHECK(tw_op_call(&out, 1, nullptr, "relu", nullptr, 1) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("arguments is NULL"));
  size_t count = 9;
  CHECK(tw_op_call(nullptr, 1, &count, "relu", arguments, 1) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("out is NULL"));
  CHECK(count == 0);
}
