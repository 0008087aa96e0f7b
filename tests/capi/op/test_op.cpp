/* tw_op_call: which overload is taken, what arguments become, what results become. test_op_errors.cpp has what it refuses. */
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;

namespace {

Tensor x() { return tensor({1, 2, 3, 4, 5, 6}, {2, 3}); }
Sizes sizes_of(const Tensor &tensor) { return sizes(tensor.get()); }

}  // namespace

/* ---- names -------------------------------------------------------------------------------------------------------- */

TEST_CASE("an operator is found with and without its namespace and overload") {
  const Tensor a = tensor({1, 2}), b = tensor({10, 20});
  for (const char *name : {"add", "aten::add", "add.Tensor", "aten::add.Tensor"}) {
    INFO(name);
    CHECK(numbers(op(name, {arg(a), arg(b)})) == Numbers{11, 22});
  }
  CHECK(numbers(op("neg.default", {arg(a)})) == Numbers{-1, -2});
}

TEST_CASE("an operator of another namespace is found by its full name") {
  /* Eight bits a row: packing and unpacking is off by at most half a step of the row's range / 255. */
  const Tensor weight = tensor({-1, 0.3F, 0.7F, 1}, {1, 4});
  const Tensor packed = op("quantized::embedding_bag_byte_prepack", {arg(weight)});
  CHECK(dtype_of(packed) == TW_UINT8);
  check_near(numbers(op("quantized::embedding_bag_byte_unpack", {arg(packed)})), numbers(weight), 1.001 / 255);
}

/* ---- overloads ---------------------------------------------------------------------------------------------------- */

TEST_CASE("arithmetic takes a tensor or a number, and keyword arguments") {
  const Tensor a = tensor({1, 2}), b = tensor({3, 5});
  CHECK(numbers(op("add", {arg(a), arg(2.5)})) == Numbers{3.5, 4.5});
  CHECK(numbers(op("add", {arg(a), arg(2)})) == Numbers{3, 4});
  CHECK(numbers(op("add", {arg(a), arg(true)})) == Numbers{2, 3});
  CHECK(numbers(op("add", {arg(a), arg(b), named("alpha", arg(2))})) == Numbers{7, 12});
  CHECK(numbers(op("add", {named("other", arg(b)), named("self", arg(a))})) == Numbers{4, 7});
  CHECK(numbers(op("mul", {arg(a), arg(b)})) == Numbers{3, 10});
  CHECK(numbers(op("mul", {arg(a), arg(-2.0)})) == Numbers{-2, -4});
  CHECK(numbers(op("pow", {arg(a), arg(b)})) == Numbers{1, 32});
  CHECK(numbers(op("pow", {arg(b), arg(2)})) == Numbers{9, 25});
  CHECK(numbers(op("pow", {arg(2), arg(b)})) == Numbers{8, 32});
}

TEST_CASE("an int keeps an integer tensor's dtype where a float promotes it") {
  const Tensor a = longs({1, 2});
  CHECK(dtype_of(op("add", {arg(a), arg(2)})) == TW_INT64);
  CHECK(dtype_of(op("add", {arg(a), arg(2.0)})) == TW_FLOAT32);
}

TEST_CASE("reductions take all elements, one dimension, or several") {
  CHECK(numbers(op("sum", {arg(x())})) == Numbers{21});
  CHECK(numbers(op("sum", {arg(x()), arg(1)})) == Numbers{6, 15});
  CHECK(numbers(op("sum", {arg(x()), named("dim", ints({0}))})) == Numbers{5, 7, 9});
  CHECK(sizes_of(op("sum", {arg(x()), ints({0, 1}), arg(true)})) == Sizes{1, 1});
  CHECK(numbers(op("max", {arg(x())})) == Numbers{6});
  CHECK(numbers(op("max", {arg(x()), arg(tensor({3, 3, 3}))})) == Numbers{3, 3, 3, 4, 5, 6});
  CHECK(numbers(op("norm", {arg(tensor({3, 4}))})) == Numbers{5});
  CHECK(numbers(op("norm", {arg(tensor({3, -4}, {1, 2})), arg(1), arg(1)})) == Numbers{7});
}

TEST_CASE("std reads a bool as unbiased and an int as a dimension") {
  const Tensor pair = doubles({1, 3}, {1, 2});
  check_near(numbers(op("std", {arg(pair)})), {std::sqrt(2.0)}, 1e-15);
  check_near(numbers(op("std", {arg(pair), arg(false)})), {1}, 1e-15);
  CHECK(sizes_of(op("std", {arg(x()), arg(0)})) == Sizes{3});
}

TEST_CASE("clamp and where take numbers, tensors and None in any place") {
  CHECK(numbers(op("clamp", {arg(x()), arg(2), arg(4.0)})) == Numbers{2, 2, 3, 4, 4, 4});
  CHECK(numbers(op("clamp", {arg(x()), named("max", arg(2))})) == Numbers{1, 2, 2, 2, 2, 2});
  CHECK(numbers(op("clamp", {arg(x()), none(), arg(tensor({1, 9, 2}))})) == Numbers{1, 2, 2, 1, 5, 2});
  CHECK(numbers(op("clamp", {arg(x()), arg(static_cast<tw_tensor *>(nullptr)), arg(tensor({1, 9, 2}))})) ==
        Numbers{1, 2, 2, 1, 5, 2});
  const Tensor large = op("gt", {arg(x()), arg(3)});
  CHECK(numbers(op("where", {arg(large), arg(x()), arg(0.0)})) == Numbers{0, 0, 0, 4, 5, 6});
  CHECK(numbers(op("where", {arg(large), arg(-1.0), arg(x())})) == Numbers{1, 2, 3, -1, -1, -1});
}

TEST_CASE("to takes a dtype, a device, both, or another tensor") {
  CHECK(dtype_of(op("to", {arg(x()), dtype(TW_FLOAT64)})) == TW_FLOAT64);
  CHECK(dtype_of(op("to", {arg(x()), device("cpu"), dtype(TW_INT32)})) == TW_INT32);
  CHECK(dtype_of(op("to", {arg(x()), arg(longs({1}))})) == TW_INT64);
  CHECK(dtype_of(op("to", {arg(x()), named("dtype", dtype(TW_BOOL)), named("device", device(nullptr))})) == TW_BOOL);
  CHECK(numbers(op("to", {arg(x()), device("cpu")})) == numbers(x()));
}

TEST_CASE("lists of tensors are taken, with None where the operator allows it") {
  const Tensor last = tensor({7, 8, 9}, {1, 3}), picked = longs({2, 0});
  CHECK(numbers(op("cat", {tensors({x().get(), last.get()})})) == Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(numbers(op("index", {arg(x()), tensors({nullptr, picked.get()})})) == Numbers{3, 1, 6, 4});
  CHECK(numbers(op("index", {arg(x()), tensors({longs({1}).get()})})) == Numbers{4, 5, 6});
}

TEST_CASE("an empty list needs no pointer") {
  CHECK(sizes_of(op("zeros", {argument(TW_KIND_INT64_LIST, 0, 0, nullptr, 0)})).empty());
}

/* ---- every kind of argument --------------------------------------------------------------------------------------- */

TEST_CASE("one int serves for a list of a fixed length") {
  const Tensor image = tensor(std::vector<float>(25, 1), {1, 1, 5, 5}), weight = tensor({1, 1, 1, 1}, {1, 1, 2, 2});
  const auto strided = [&](tw_argument stride) {
    return sizes_of(op("conv2d", {arg(image), arg(weight), named("stride", stride)}));
  };
  CHECK(strided(arg(2)) == Sizes{1, 1, 2, 2});
  CHECK(strided(ints({2, 2})) == Sizes{1, 1, 2, 2});
  CHECK(strided(ints({1, 3})) == Sizes{1, 1, 4, 2});
}

TEST_CASE("a string chooses among overloads and within one") {
  const Tensor image = tensor(std::vector<float>(25, 1), {1, 1, 5, 5}),
               weight = tensor(std::vector<float>(9, 1), {1, 1, 3, 3});
  CHECK(sizes_of(op("conv2d", {arg(image), arg(weight), none(), arg(1), arg("same")})) == Sizes{1, 1, 5, 5});
  const double one = 1, inner = std::sqrt(2 / std::acos(-1.0)) * (one + 0.044715);
  check_near(numbers(op("gelu", {arg(doubles({one})), named("approximate", arg("tanh"))})),
             {0.5 * (1 + std::tanh(inner))}, 1e-12);
}

TEST_CASE("an int serves as a float, in a list too") {
  CHECK(numbers(op("dropout", {arg(x()), arg(1), arg(true)})) == Numbers(6, 0.0));
  const Tensor image = tensor({1, 2}, {1, 1, 1, 2});
  const auto doubled = [&](tw_argument scales) {
    return numbers(op("upsample_nearest2d", {arg(image), none(), scales}));
  };
  CHECK(doubled(floats({1, 2})) == Numbers{1, 1, 2, 2});
  CHECK(doubled(ints({1, 2})) == Numbers{1, 1, 2, 2});
}

TEST_CASE("a list of numbers gives each tensor its own") {
  const Tensor a = tensor({1}), b = tensor({2});
  const auto sums = [&](tw_argument list) {
    std::vector<Tensor> results = call("_foreach_add", {tensors({a.get(), b.get()}), list});
    REQUIRE(results.size() == 2);
    return Numbers{numbers(results[0])[0], numbers(results[1])[0]};
  };
  CHECK(sums(floats({0.5, 0.25})) == Numbers{1.5, 2.25});
  CHECK(sums(ints({10, 20})) == Numbers{11, 22});
  CHECK(sums(bools({1, 0})) == Numbers{2, 2});
}

TEST_CASE("a list of bools masks results, which become NULL") {
  const Tensor image = tensor({1, 2, 3, 4}, {1, 1, 2, 2}), weight = tensor({5}, {1, 1, 1, 1});
  const std::vector<Tensor> gradients =
      call("convolution_backward", {arg(image), arg(image), arg(weight), ints({1}), ints({1, 1}), ints({0, 0}),
                                    ints({1, 1}), arg(false), ints({0, 0}), arg(1), bools({1, 0, 1})});
  REQUIRE(gradients.size() == 3);
  CHECK(numbers(gradients[0]) == Numbers{5, 10, 15, 20});
  CHECK(gradients[1].get() == nullptr);
  CHECK(numbers(gradients[2]) == Numbers{10});
}

TEST_CASE("a dtype and a device are taken by name") {
  const Tensor made =
      op("full", {ints({2}), arg(3), named("dtype", dtype(TW_FLOAT64)), named("device", device("cpu"))});
  CHECK(dtype_of(made) == TW_FLOAT64);
  CHECK(numbers(made) == Numbers{3, 3});
  CHECK(dtype_of(op("sum", {arg(x()), named("dtype", dtype(TW_INT64))})) == TW_INT64);
}

TEST_CASE("a memory format orders the elements") {
  const auto strides = [](tw_memory_format format, Sizes sizes) {
    const Tensor ordered = op("empty", {ints(sizes), named("memory_format", memory_format(format))});
    Sizes out(sizes.size());
    REQUIRE(tw_tensor_get_strides(out.data(), out.size(), nullptr, ordered.get()) == TW_OK);
    return out;
  };
  CHECK(strides(TW_CONTIGUOUS_FORMAT, {2, 3, 4, 5}) == Sizes{60, 20, 5, 1});
  CHECK(strides(TW_CHANNELS_LAST, {2, 3, 4, 5}) == Sizes{60, 1, 15, 3});
  CHECK(strides(TW_CHANNELS_LAST_3D, {2, 3, 4, 5, 6}) == Sizes{360, 1, 90, 18, 3});
  const Tensor last = op(
      "contiguous", {arg(op("rand", {ints({1, 2, 3, 3})})), named("memory_format", memory_format(TW_CHANNELS_LAST))});
  const Tensor kept = op("clone", {arg(last), named("memory_format", memory_format(TW_PRESERVE_FORMAT))});
  Sizes kept_strides(4);
  REQUIRE(tw_tensor_get_strides(kept_strides.data(), 4, nullptr, kept.get()) == TW_OK);
  CHECK(kept_strides == Sizes{18, 1, 6, 2});
}

TEST_CASE("a generator makes the same numbers from the same seed") {
  Handle<tw_generator> generator;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 7) == TW_OK);
  const auto draw = [&] { return numbers(op("rand", {ints({4}), named("generator", arg(generator.get()))})); };
  const Numbers first = draw(), second = draw();
  CHECK(first != second);
  REQUIRE(tw_generator_manual_seed(generator.get(), 7) == TW_OK);
  CHECK(draw() == first);
}

TEST_CASE("a NULL generator is the default one") {
  const auto draw = [] {
    REQUIRE(tw_manual_seed(3) == TW_OK);
    return numbers(op("rand", {ints({4}), named("generator", arg(static_cast<tw_generator *>(nullptr)))}));
  };
  const Numbers first = draw();
  REQUIRE(tw_manual_seed(3) == TW_OK);
  CHECK(numbers(op("rand", {ints({4})})) == first);
  CHECK(draw() == first);
}

/* ---- results ------------------------------------------------------------------------------------------------------ */

TEST_CASE("several results come in the schema's order") {
  const std::vector<Tensor> largest = call("max", {arg(tensor({1, 9, 8, 2}, {2, 2})), arg(1)});
  REQUIRE(largest.size() == 2);
  CHECK(numbers(largest[0]) == Numbers{9, 8});
  CHECK(numbers(largest[1]) == Numbers{1, 0});
  const std::vector<Tensor> top = call("topk", {arg(tensor({3, 9, 5})), arg(2), named("largest", arg(false))});
  REQUIRE(top.size() == 2);
  CHECK(numbers(top[0]) == Numbers{3, 5});
  CHECK(numbers(top[1]) == Numbers{0, 2});
}

TEST_CASE("a list of results is spread out") {
  const Tensor five = tensor({1, 2, 3, 4, 5});
  const std::vector<Tensor> even = call("split", {arg(five), arg(2)}), given = call("split", {arg(five), ints({4, 1})});
  REQUIRE(even.size() == 3);
  CHECK(numbers(even[2]) == Numbers{5});
  REQUIRE(given.size() == 2);
  CHECK(numbers(given[0]) == Numbers{1, 2, 3, 4});
  const std::vector<Tensor> rows = call("unbind", {arg(x())});
  REQUIRE(rows.size() == 2);
  CHECK(numbers(rows[1]) == Numbers{4, 5, 6});
  CHECK(call("where", {arg(op("gt", {arg(x()), arg(3)}))}).size() == 2);
}

TEST_CASE("a number becomes a tensor without dimensions") {
  const Tensor size = op("size", {arg(x()), arg(1)}), item = op("item", {arg(tensor({2.5}))});
  CHECK(sizes_of(size).empty());
  CHECK(dtype_of(size) == TW_INT64);
  CHECK(numbers(size) == Numbers{3});
  CHECK(dtype_of(item) == TW_FLOAT64);
  CHECK(numbers(item) == Numbers{2.5});
  CHECK(dtype_of(op("is_floating_point", {arg(x())})) == TW_BOOL);
}

TEST_CASE("an operator in place changes its argument and returns another handle to it") {
  const Tensor a = tensor({1, 2});
  const Tensor again = op("add_", {arg(a), arg(1)});
  CHECK(again.get() != a.get());
  CHECK(data_of(again) == data_of(a));
  CHECK(numbers(a) == Numbers{2, 3});
}

TEST_CASE("results may be left behind, those that are no tensors too") {
  const Tensor a = tensor({1, 2});
  const tw_argument arguments[] = {arg(a), arg(a)};
  CHECK(tw_op_call(nullptr, "zero_", arguments, 1) == TW_OK);
  CHECK(numbers(a) == Numbers{0, 0});
  CHECK(tw_op_call(nullptr, "result_type", arguments, 2) == TW_OK); /* a dtype */
}

TEST_CASE("an operator without results gives an empty list") {
  const Tensor a = tensor({1, 2});
  CHECK(call("_foreach_add_", {tensors({a.get()}), arg(1)}).empty());
  CHECK(numbers(a) == Numbers{2, 3});
}

TEST_CASE("a list has a place for each result") {
  const std::vector<Tensor> one = call("relu", {arg(tensor({-1, 2}))});
  REQUIRE(one.size() == 1);
  CHECK(numbers(one[0]) == Numbers{0, 2});
}

TEST_CASE("an operator writes into out, chosen by its overload or by the argument alone") {
  const Tensor a = tensor({1, 2}), into = tensor({0, 0});
  const void *memory = data_of(into);
  for (const char *name : {"add.out", "add"}) {
    REQUIRE(TW_OP_INPLACE("zero_", arg(into)) == TW_OK);
    const Tensor returned = op(name, {arg(a), arg(a), named("out", arg(into))});
    CHECK(numbers(into) == Numbers{2, 4});
    CHECK(data_of(returned) == memory);
  }
}

/* ---- gradients ---------------------------------------------------------------------------------------------------- */

TEST_CASE("gradients flow through operators called by name") {
  const Tensor a = parameter({1, -2, 3});
  Tensor loss = op("sum", {arg(op("mul", {arg(a), arg(op("relu", {arg(a)}))}))}), gradient;
  REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
  REQUIRE(tw_tensor_get_grad(gradient.out(), a.get()) == TW_OK);
  CHECK(numbers(gradient) == Numbers{2, 0, 6}); /* a relu(a) is a squared, or 0 */
}

TEST_CASE("a call by name gives what the typed function gives, bit for bit") {
  const Tensor image = op("randn", {ints({2, 3, 8, 8})}), weight = op("randn", {ints({4, 3, 3, 3})}),
               bias = op("randn", {ints({4})});
  tw_op_conv2d_options options;
  REQUIRE(tw_op_conv2d_options_init(&options, sizeof options) == TW_OK);
  options.stride[0] = 2, options.padding[0] = 1;
  Tensor typed;
  REQUIRE(tw_op_conv2d(typed.out(), image.get(), weight.get(), bias.get(), &options) == TW_OK);
  const Tensor by_name = op("conv2d", {arg(image), arg(weight), arg(bias), ints({2, 1}), ints({1, 0})});
  CHECK(sizes_of(by_name) == sizes(typed.get()));
  CHECK(numbers(by_name) == numbers(typed));
}
