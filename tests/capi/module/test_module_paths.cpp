/* A failing forward pass names the module that failed by its path from the one that was called. */
#include "catch.h"
#include "failure.h"
#include "scripts.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

Tensor ones(const std::vector<int64_t> &sizes) {
  Tensor made;
  REQUIRE(tw_tensor_ones(made.out(), sizes.data(), sizes.size(), TW_FLOAT32, nullptr) == TW_OK);
  return made;
}

std::string failure_of(const Module &module, const Tensor &input, tw_status wanted = TW_ERROR_TORCH) {
  auto *out = rubbish<tw_tensor>();
  CHECK(tw_module_forward(&out, module.get(), input.one(), 1) == wanted);
  CHECK(out == nullptr);
  return tw_last_error();
}

void add(const Module &parent, const char *name, const Module &child) {
  REQUIRE(tw_module_register_module(parent.get(), name, child.get()) == TW_OK);
}

/* Runs the children that its context names, each on the result of the one before. */
tw_status run_children(tw_tensor **out, tw_module *self, tw_tensor *const *inputs, size_t, void *context) {
  Tensor value;
  tw_status status = tw_tensor_share(value.out(), inputs[0]);
  for (const std::string &name : *static_cast<const std::vector<std::string> *>(context)) {
    Module child;
    Tensor result;
    if (status == TW_OK) status = tw_module_get_module(child.out(), self, name.c_str());
    if (status == TW_OK) status = tw_module_forward(result.out(), child.get(), value.one(), 1);
    value = std::move(result);
  }
  return status == TW_OK ? tw_tensor_share(out, value.get()) : status;
}

Module running(std::vector<std::string> &names) { return custom(run_children, &names); }

}  // namespace

TEST_CASE("a layer that is called by itself has no path") {
  CHECK(failure_of(linear(5, 6), ones({4, 3})) == "mat1 and mat2 shapes cannot be multiplied (4x3 and 5x6)");
}

TEST_CASE("a layer within sequences is named by their names for it") {
  std::vector<Module> inner, outer;
  inner.push_back(linear(3, 3));
  inner.push_back(linear(4, 2));
  outer.push_back(linear(2, 3));
  outer.push_back(sequential(inner));
  CHECK(failure_of(sequential(outer), ones({1, 2})) == "1.1: mat1 and mat2 shapes cannot be multiplied (1x3 and 4x2)");
}

TEST_CASE("a layer that a callback runs is named once, with the whole path") {
  std::vector<std::string> outer_runs = {"encoder.0"}, inner_runs = {"linear1", "linear2"};
  const Module outer = running(outer_runs), inner = running(inner_runs), list = custom();
  add(inner, "linear1", linear(3, 5));
  add(inner, "linear2", linear(6, 2));
  add(list, "0", inner);
  add(outer, "encoder", list);
  CHECK(failure_of(outer, ones({4, 3})) ==
        "encoder.0.linear2: mat1 and mat2 shapes cannot be multiplied (4x5 and 6x2)");
  CHECK(failure_of(outer, ones({4, 7})) ==
        "encoder.0.linear1: mat1 and mat2 shapes cannot be multiplied (4x7 and 3x5)");
}

TEST_CASE("a callback's own failure is named by the path of its module") {
  std::vector<std::string> runs = {"nothing"};
  std::vector<Module> layers;
  layers.push_back(linear(2, 2));
  layers.push_back(running(runs));
  const std::string message = failure_of(sequential(layers), ones({1, 2}), TW_ERROR_NOT_FOUND);
  CHECK_THAT(message, Contains("1: forward returned TW_ERROR_NOT_FOUND: "));
  CHECK_THAT(message, Contains("nothing"));
}

TEST_CASE("what a callback says of a failure that it met stays") {
  const auto forward = [](tw_tensor **out, tw_module *self, tw_tensor *const *inputs, size_t, void *) {
    Module child;
    if (tw_module_get_module(child.out(), self, "layer") != TW_OK) return TW_ERROR_INTERNAL;
    const tw_status status = tw_module_forward(out, child.get(), inputs, 1);
    if (status != TW_OK) tw_set_last_error((std::string("while encoding: ") + tw_last_error()).c_str());
    return status == TW_OK ? status : TW_ERROR_STATE;
  };
  const Module module = custom(forward);
  add(module, "layer", linear(5, 6));
  CHECK(failure_of(module, ones({4, 3}), TW_ERROR_STATE) ==
        "forward returned TW_ERROR_STATE: while encoding: layer: mat1 and mat2 shapes cannot be multiplied (4x3 and "
        "5x6)");
}

TEST_CASE("a failure that a callback got over is not named afterwards") {
  const auto forward = [](tw_tensor **out, tw_module *self, tw_tensor *const *inputs, size_t, void *) {
    Module child;
    Tensor lost;
    if (tw_module_get_module(child.out(), self, "layer") != TW_OK) return TW_ERROR_INTERNAL;
    if (tw_module_forward(lost.out(), child.get(), inputs, 1) == TW_OK) return TW_ERROR_INTERNAL;
    return tw_tensor_share(out, inputs[0]);
  };
  std::vector<Module> layers;
  layers.push_back(custom(forward));
  add(layers[0], "layer", linear(5, 6));
  layers.push_back(linear(8, 9));
  CHECK(failure_of(sequential(layers), ones({4, 3})) == "1: mat1 and mat2 shapes cannot be multiplied (4x3 and 8x9)");
}

TEST_CASE("a module that is none of the caller's modules is named by its class") {
  const auto forward = [](tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
    return tw_module_forward(out, linear(5, 6).get(), inputs, 1);
  };
  CHECK(failure_of(custom(forward), ones({4, 3})) ==
        "(torch::nn::Linear): mat1 and mat2 shapes cannot be multiplied (4x3 and 5x6)");
}

TEST_CASE("within a transformer's encoder the layer and its part are named") {
  Module layer, encoder;
  REQUIRE(tw_module_transformer_encoder_layer(layer.out(), 4, 2, nullptr) == TW_OK);
  REQUIRE(tw_module_transformer_encoder(encoder.out(), layer.get(), 2, nullptr) == TW_OK);
  CHECK_THAT(failure_of(encoder, ones({5, 1, 6})), Contains("layers.0.self_attn: ") && Contains("6"));
  std::vector<Module> model;
  model.push_back(std::move(encoder));
  CHECK_THAT(failure_of(sequential(model), ones({5, 1, 6})), Contains("0.layers.0.self_attn: ") && Contains("6"));
}

TEST_CASE("an input that a module does not take is named with the module's path") {
  std::vector<Module> layers;
  std::vector<std::string> runs = {"relu"};
  layers.push_back(running(runs));
  add(layers[0], "relu", custom());
  CHECK(failure_of(sequential(layers), ones({1}), TW_ERROR_STATE) ==
        "0.relu: the module Custom has no forward; it only holds others");
}

TEST_CASE("a module within TorchScript's is named as far as TorchScript tells") {
  CHECK_THAT(failure_of(script_model(), ones({2, 5})), Contains("block.norm: ") && Contains("5"));
  Handle<tw_value> made;
  CHECK(try_call(made.out(), script_model(), "forward", of_tensor(ones({2, 5}))) == TW_ERROR_TORCH);
  CHECK_THAT(tw_last_error(), Contains("block.norm: ") && Contains("5"));
  Module traced = load_script(script_fixture("traced"));
  CHECK(failure_of(traced, ones({2, 7})) == "0: mat1 and mat2 shapes cannot be multiplied (2x7 and 3x4)");
  std::vector<Module> layers;
  layers.push_back(std::move(traced));
  CHECK(failure_of(sequential(layers), ones({2, 7})) == "0.0: mat1 and mat2 shapes cannot be multiplied (2x7 and 3x4)");
}

TEST_CASE("a pass that succeeds after one that failed leaves the message as it is") {
  const Module module = linear(5, 6);
  const std::string message = failure_of(module, ones({4, 3}));
  Tensor out;
  CHECK(tw_module_forward(out.out(), module.get(), ones({4, 5}).one(), 1) == TW_OK);
  CHECK(tw_last_error() == message);
}
