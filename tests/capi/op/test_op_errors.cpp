/* What tw_op_call refuses, and that it says why. */
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

/* A call that must fail with status, leaving nothing in its output. Gives the message. */
std::string refusal(tw_status status, const char *name, ArgumentList arguments) {
  auto *list = rubbish<tw_tensor_list>();
  auto *one = rubbish<tw_tensor>();
  INFO(name);
  CHECK(tw_op_call_one(&one, name, arguments.begin(), arguments.size()) == status);
  CHECK(one == nullptr);
  CHECK(tw_op_call(&list, name, arguments.begin(), arguments.size()) == status);
  INFO(tw_last_error());
  CHECK(list == nullptr);
  return tw_last_error();
}

std::string refusal(const char *name, ArgumentList arguments) { return refusal(TW_ERROR_ARGUMENT, name, arguments); }
/* A call with an argument of a kind that no overload takes. */
std::string misfit(const char *name, ArgumentList arguments) { return refusal(TW_ERROR_TYPE, name, arguments); }

}  // namespace

/* ---- names -------------------------------------------------------------------------------------------------------- */

TEST_CASE("an unknown operator is refused with the nearest names") {
  const std::string message = refusal(TW_ERROR_NOT_FOUND, "conv2dd", {});
  CHECK_THAT(message, Contains("there is no operator aten::conv2dd"));
  CHECK_THAT(message, Contains("aten::conv2d"));
}

TEST_CASE("an unknown overload is refused with those that there are") {
  const std::string message = refusal(TW_ERROR_NOT_FOUND, "add.Tensr", {});
  CHECK_THAT(message, Contains("aten::add has no overload \"Tensr\""));
  CHECK_THAT(message, Contains("Tensor, Scalar"));
}

TEST_CASE("a malformed name is refused") {
  for (const char *name : {"", "aten::", "::add", ".out", "aten::.out"})
    CHECK_THAT(refusal(name, {}), Contains("name is"));
  for (const char *name : {"a::b::c", "nowhere::add", "aten::add::Tensor", " add", "add Tensor"})
    refusal(TW_ERROR_NOT_FOUND, name, {});
}

TEST_CASE("an operator that has no schema to be called by is unsupported") {
  CHECK_THAT(refusal(TW_ERROR_UNSUPPORTED, "aten::format", {arg("{}"), arg(1)}), Contains("aten::format is there"));
}

TEST_CASE("an operator that LibTorch does not implement for where the tensors are is unsupported") {
  const Tensor meta = op("empty", {ints({2}), named("device", device("meta"))});
  refusal(TW_ERROR_UNSUPPORTED, "_nested_tensor_size", {arg(meta)});
}

/* ---- arguments that do not fit ------------------------------------------------------------------------------------ */

TEST_CASE("an argument of the wrong kind is named with the type wanted, the kind given and the schema") {
  const Tensor a = tensor({1});
  const std::string message = misfit("relu", {arg("text")});
  CHECK_THAT(message, Contains("argument 'self' (Tensor) cannot be a str"));
  CHECK_THAT(message, Contains("aten::relu(Tensor self) -> Tensor"));
}

TEST_CASE("where no overload fits, each is shown with its reason, those with out left aside") {
  const Tensor a = tensor({1});
  const std::string message = misfit("add", {arg(a), arg("text")});
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
  const auto given = [](tw_argument argument) { return misfit("relu", {argument}); };
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
  for (const auto kind : {TW_KIND_LIST, TW_KIND_TUPLE, TW_KIND_DICT, TW_KIND_OTHER, TW_KIND_UNKNOWN, tw_kind(99)})
    CHECK_THAT(given(argument(kind, 0, 0, nullptr, 0)),
               Contains("of the kind " + std::to_string(kind) + ", which is no operator's argument"));
  CHECK_THAT(misfit("size", {arg(a), arg(a)}), Contains("cannot be a Tensor"));
}

TEST_CASE("a bool is no int, an int no bool, and a float no int") {
  const Tensor a = tensor({1, 2}, {1, 2});
  CHECK_THAT(misfit("softmax.int", {arg(a), arg(true)}), Contains("argument 'dim' (int) cannot be a bool"));
  CHECK_THAT(misfit("softmax.int", {arg(a), arg(1.0)}), Contains("argument 'dim' (int) cannot be a float"));
  CHECK_THAT(misfit("dropout", {arg(a), arg(0.5), arg(1)}), Contains("argument 'train' (bool) cannot be an int"));
  CHECK_THAT(misfit("permute", {arg(a), arg(1)}), Contains("cannot be an int")); /* a list of no fixed length */
}

TEST_CASE("a NULL tensor is refused where the operator needs one") {
  const Tensor a = tensor({1});
  tw_tensor *null = nullptr;
  CHECK_THAT(misfit("relu", {arg(null)}), Contains("argument 'self' (Tensor) cannot be NULL"));
  CHECK_THAT(misfit("cat", {tensors({a.get(), nullptr})}), Contains("cannot be a list of Tensors with a NULL"));
}

TEST_CASE("missing, surplus, unknown and repeated arguments are named") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("mm", {arg(a)}), Contains("argument 'mat2' (Tensor) is missing"));
  CHECK_THAT(refusal("relu", {}), Contains("argument 'self' (Tensor) is missing"));
  CHECK_THAT(refusal("relu", {arg(a), arg(a)}), Contains("it takes 1 positional arguments, but 2 are given"));
  CHECK_THAT(refusal(TW_ERROR_NOT_FOUND, "relu", {arg(a), named("foo", arg(1))}), Contains("it has no argument 'foo'"));
  CHECK_THAT(refusal("relu", {arg(a), named("self", arg(a))}), Contains("argument 'self' (Tensor) is given twice"));
}

TEST_CASE("a name that only some overload has is no unknown one") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal("sum", {arg(a), named("keepdim", arg(1))}), Contains("it has no argument 'keepdim'"));
}

TEST_CASE("a reserved member that is not 0 is refused") {
  const auto refused = [](auto change) {
    tw_argument number = arg(1);
    change(number);
    CHECK_THAT(refusal("add", {arg(tensor({1})), number}), Contains("a reserved member of arguments[1] is not 0"));
  };
  refused([](tw_argument &argument) { argument.reserved = 1; });
  refused([](tw_argument &argument) { argument.reserved_words[0] = 1; });
  refused([](tw_argument &argument) { argument.reserved_words[1] = uint64_t{1} << 63; });
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
  CHECK_THAT(refusal("std", {arg(a), argument(TW_KIND_BOOL, 5, 0, nullptr, 0)}),
             Contains("unbiased is 5; it must be 0 or 1"));
  CHECK_THAT(made_with("dtype", dtype(tw_dtype(99))), Contains("dtype is 99"));
  CHECK_THAT(made_with("dtype", argument(TW_KIND_DTYPE, (int64_t{1} << 32) + TW_FLOAT32, 0, nullptr, 0)),
             Contains("dtype is 4294967304"));
  CHECK_THAT(refusal("clone", {arg(a), named("memory_format", memory_format(tw_memory_format(7)))}),
             Contains("memory_format is 7"));
  CHECK_THAT(refusal("gelu", {arg(a), named("approximate", arg(static_cast<const char *>(nullptr)))}),
             Contains("approximate is NULL"));
  CHECK_THAT(refusal("zeros", {argument(TW_KIND_INT64_LIST, 0, 0, nullptr, 2)}),
             Contains("size is NULL but its length is 2"));
  CHECK_THAT(refusal("cat", {argument(TW_KIND_TENSOR_LIST, 0, 0, nullptr, 2)}),
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

TEST_CASE("where one result is asked for, an operator of another number of results does not run") {
  const Tensor a = tensor({1, 2, 3});
  const auto refused = [](const char *name, ArgumentList arguments) {
    auto *out = rubbish<tw_tensor>();
    CHECK(tw_op_call_one(&out, name, arguments.begin(), arguments.size()) == TW_ERROR_TYPE);
    CHECK(out == nullptr);
    return std::string(tw_last_error());
  };
  CHECK_THAT(refused("topk", {arg(a), arg(2)}), Contains("there are 2 results where one is asked for"));
  CHECK_THAT(refused("split", {arg(a), arg(3)}), Contains("the result is a list"));
  CHECK_THAT(refused("_foreach_add_", {tensors({a.get()}), arg(1)}), Contains("there are 0 results"));
  CHECK(numbers(a) == Numbers{1, 2, 3});
}

TEST_CASE("a result that cannot be a tensor is refused before the operator runs") {
  const Tensor a = tensor({1});
  CHECK_THAT(refusal(TW_ERROR_TYPE, "result_type", {arg(a), arg(a)}), Contains("ScalarType"));
}

TEST_CASE("null pointers are refused") {
  const Tensor a = tensor({1});
  const tw_argument arguments[] = {arg(a)};
  auto *one = rubbish<tw_tensor>();
  auto *list = rubbish<tw_tensor_list>();
  CHECK(tw_op_call_one(&one, nullptr, arguments, 1) == TW_ERROR_ARGUMENT);
  CHECK(one == nullptr);
  CHECK_THAT(tw_last_error(), Contains("name is NULL"));
  CHECK(tw_op_call(&list, "relu", nullptr, 1) == TW_ERROR_ARGUMENT);
  CHECK(list == nullptr);
  CHECK_THAT(tw_last_error(), Contains("arguments is NULL"));
  CHECK(tw_op_call_one(nullptr, "relu", arguments, 1) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("out is NULL"));
}
