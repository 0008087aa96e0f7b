/* The use of modules, of whatever kind: forward, parameters and their names, modes, devices, lifetimes. */
#include <algorithm>
#include <array>
#include <string>

#include "catch.h"
#include "modules.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

bool is_training(const Module &module) {
  int32_t training = -1;
  REQUIRE(tw_module_is_training(&training, module.get()) == TW_OK);
  return training == 1;
}

bool has_gradient(const Tensor &tensor) {
  Tensor gradient;
  REQUIRE(tw_tensor_get_grad(gradient.out(), tensor.get()) == TW_OK);
  return static_cast<bool>(gradient);
}

const void *data(const Tensor &tensor) {
  void *address = nullptr;
  REQUIRE(tw_tensor_get_data_ptr(&address, tensor.get()) == TW_OK);
  return address;
}

/* A sequence in a sequence: 0.0 linear, 0.1 dropout, 1 linear. */
Module nested() {
  std::vector<Module> inner(2), outer(2);
  inner[0] = linear(2, 3);
  REQUIRE(tw_module_dropout(inner[1].out(), 0.5) == TW_OK);
  outer[0] = sequential(inner);
  outer[1] = linear(3, 1);
  return sequential(outer);
}

void backward(const Module &module) {
  const Tensor loss = forward(module, tensor({1, 2}, {1, 2}));
  REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
}

}  // namespace

/* ---- forward ------------------------------------------------------------------------------------------------------ */

TEST_CASE("forward refuses another number of tensors than the layer takes, naming both") {
  const Module layer = linear(2, 2);
  const Tensor x = tensor({1, 2}, {1, 2});
  tw_tensor *const two[] = {x.get(), x.get()};
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(tw_module_forward(&result, layer.get(), two, 2) == TW_ERROR_ARGUMENT);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("count is 2") && Contains("Linear(in_features=2"));
  CHECK(tw_module_forward(&result, layer.get(), nullptr, 0) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_forward(&result, layer.get(), nullptr, 1) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("inputs is NULL"));
}

TEST_CASE("forward passes on LibTorch's words about sizes that do not fit") {
  const Module layer = linear(2, 2);
  const Tensor x = tensor({1, 2, 3}, {1, 3});
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(tw_module_forward(&result, layer.get(), x.one(), 1) == TW_ERROR_TORCH);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("1x3"));
}

TEST_CASE("forward records gradients for the parameters, and none where recording is off") {
  const Module network = nested();
  const Tensor x = tensor({1, 2}, {1, 2});
  int32_t requires_grad = -1, before = -1;
  REQUIRE(tw_tensor_get_requires_grad(&requires_grad, forward(network, x).get()) == TW_OK);
  CHECK(requires_grad == 1);
  REQUIRE(tw_set_grad_enabled(&before, 0) == TW_OK);
  REQUIRE(tw_tensor_get_requires_grad(&requires_grad, forward(network, x).get()) == TW_OK);
  CHECK(requires_grad == 0);
  REQUIRE(tw_set_grad_enabled(nullptr, before) == TW_OK);
}

TEST_CASE("every call on a module refuses NULL") {
  tw_tensor *tensor = rubbish<tw_tensor>();
  tw_tensor_list *list = rubbish<tw_tensor_list>();
  tw_module *module = rubbish<tw_module>();
  size_t count = 99;
  int32_t training = 99;
  char text[4] = "abc";
  CHECK(tw_module_forward(&tensor, nullptr, nullptr, 0) == TW_ERROR_ARGUMENT);
  CHECK(tensor == nullptr);
  CHECK_THAT(tw_last_error(), Contains("module is NULL"));
  CHECK(tw_module_get_parameters(&list, nullptr) == TW_ERROR_ARGUMENT);
  CHECK(list == nullptr);
  CHECK(tw_module_get_parameter_name(text, sizeof text, &count, nullptr, 0) == TW_ERROR_ARGUMENT);
  CHECK(count == 0);
  tensor = rubbish<tw_tensor>();
  CHECK(tw_module_get_tensor(&tensor, nullptr, "weight") == TW_ERROR_ARGUMENT);
  CHECK(tensor == nullptr);
  CHECK(tw_module_get_module(&module, nullptr, "0") == TW_ERROR_ARGUMENT);
  CHECK(module == nullptr);
  CHECK(tw_module_train(nullptr, 1) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_is_training(&training, nullptr) == TW_ERROR_ARGUMENT);
  CHECK(training == 0);
  CHECK(tw_module_move_to(nullptr, "cpu") == TW_ERROR_ARGUMENT);
  CHECK(tw_module_zero_grad(nullptr) == TW_ERROR_ARGUMENT);
  tw_module_free(nullptr);
}

TEST_CASE("every call on a module refuses an output that is NULL") {
  const Module layer = linear(1, 1);
  CHECK(tw_module_forward(nullptr, layer.get(), nullptr, 0) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_get_parameters(nullptr, layer.get()) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_get_tensor(nullptr, layer.get(), "weight") == TW_ERROR_ARGUMENT);
  CHECK(tw_module_get_module(nullptr, layer.get(), "0") == TW_ERROR_ARGUMENT);
  CHECK(tw_module_is_training(nullptr, layer.get()) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("out is NULL"));
}

/* ---- parameters ---------------------------------------------------------------------------------------------------- */

TEST_CASE("parameters come depth first in the order of registration, under dotted names") {
  const Module network = nested();
  CHECK(parameter_names(network) == std::vector<std::string>{"0.0.weight", "0.0.bias", "1.weight", "1.bias"});
  const std::vector<Tensor> found = parameters(network);
  REQUIRE(found.size() == 4);
  CHECK(sizes(found[0].get()) == std::vector<int64_t>{3, 2});
  CHECK(sizes(found[3].get()) == std::vector<int64_t>{1});
  CHECK(data(found[2]) == data(get_tensor(network, "1.weight")));
}

TEST_CASE("parameters of a layer without any are none") {
  Module relu;
  REQUIRE(tw_module_relu(relu.out()) == TW_OK);
  CHECK(parameters(relu).empty());
}

TEST_CASE("get_parameter_name refuses an index beyond the last and a buffer that is too small") {
  const Module layer = linear(1, 1);
  char name[7];
  size_t length = 99;
  CHECK(tw_module_get_parameter_name(name, sizeof name, &length, layer.get(), 2) == TW_ERROR_RANGE);
  CHECK(length == 0);
  CHECK_THAT(tw_last_error(), Contains("index is 2") && Contains("2 parameters"));
  CHECK(tw_module_get_parameter_name(name, 6, &length, layer.get(), 0) == TW_ERROR_CAPACITY);
  CHECK(length == 7);
  CHECK(tw_module_get_parameter_name(name, 7, &length, layer.get(), 0) == TW_OK);
  CHECK(std::string(name) == "weight");
}

TEST_CASE("get_tensor gives the parameter itself: what its gradient gets, the handle sees") {
  const Module network = nested();
  const Tensor weight = get_tensor(network, "1.weight");
  CHECK_FALSE(has_gradient(weight));
  backward(network);
  CHECK(has_gradient(weight));
}

TEST_CASE("get_tensor and get_module list the names there are where the one asked for is not") {
  const Module network = nested();
  tw_tensor *tensor = rubbish<tw_tensor>();
  CHECK(tw_module_get_tensor(&tensor, network.get(), "0.weight") == TW_ERROR_NOT_FOUND);
  CHECK(tensor == nullptr);
  CHECK_THAT(tw_last_error(), Contains("\"0.weight\"") && Contains("0.0.weight, 0.0.bias, 1.weight, 1.bias"));
  CHECK(tw_module_get_tensor(&tensor, network.get(), nullptr) == TW_ERROR_ARGUMENT);
  for (const char *name : {"2", "0.2", "0.0.0", "", "0.", ".0", "0..0", "0.0.weight"}) {
    tw_module *module = rubbish<tw_module>();
    INFO(name);
    CHECK(tw_module_get_module(&module, network.get(), name) == TW_ERROR_NOT_FOUND);
    CHECK(module == nullptr);
    CHECK_THAT(tw_last_error(), Contains("there are: 0, 0.0, 0.1, 1"));
  }
  tw_module *module = rubbish<tw_module>();
  CHECK(tw_module_get_module(&module, network.get(), nullptr) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_get_module(&module, linear(1, 1).get(), "0") == TW_ERROR_NOT_FOUND);
  CHECK_THAT(tw_last_error(), Contains("there are none"));
}

TEST_CASE("get_module gives the child itself, which runs on its own") {
  const Module network = nested();
  const Module child = get_module(network, "0.0");
  CHECK(parameter_names(child) == std::vector<std::string>{"weight", "bias"});
  CHECK(data(get_tensor(child, "weight")) == data(get_tensor(network, "0.0.weight")));
  CHECK(sizes(forward(child, tensor({1, 2}, {1, 2})).get()) == std::vector<int64_t>{1, 3});
}

TEST_CASE("zero_grad removes the gradients of the module and its children") {
  const Module network = nested();
  backward(network);
  for (const Tensor &parameter : parameters(network)) CHECK(has_gradient(parameter));
  REQUIRE(tw_module_zero_grad(network.get()) == TW_OK);
  for (const Tensor &parameter : parameters(network)) CHECK_FALSE(has_gradient(parameter));
}

/* ---- modes and devices ----------------------------------------------------------------------------------------------- */

TEST_CASE("train reaches every child, and modules start in training mode") {
  const Module network = nested();
  const Module dropout = get_module(network, "0.1");
  CHECK((is_training(network) && is_training(dropout)));
  REQUIRE(tw_module_train(network.get(), 0) == TW_OK);
  CHECK_FALSE((is_training(network) || is_training(dropout)));
  const Tensor x = tensor({1, 2}, {1, 2});
  CHECK(values(forward(network, x).get()) == values(forward(network, x).get())); /* no dropout now */
  REQUIRE(tw_module_train(network.get(), 1) == TW_OK);
  CHECK((is_training(network) && is_training(dropout)));
  CHECK(tw_module_train(network.get(), 2) == TW_ERROR_ARGUMENT);
  CHECK(is_training(network));
}

TEST_CASE("to_device moves the tensors themselves: handles made before see the move", "[cuda]") {
  if (!has_cuda()) return; /* there is nowhere to move to */
  const Module network = nested();
  backward(network);
  const Tensor weight = get_tensor(network, "0.0.weight");
  const std::vector<float> before = values(weight.get());
  Tensor gradient;
  REQUIRE(tw_module_move_to(network.get(), "cuda:0") == TW_OK);
  CHECK(device(weight) == "cuda:0");
  CHECK(values(weight.get()) == before);
  REQUIRE(tw_tensor_get_grad(gradient.out(), weight.get()) == TW_OK);
  CHECK(device(gradient) == "cuda:0");
  for (const Tensor &parameter : parameters(network)) CHECK(device(parameter) == "cuda:0");
  Tensor input;
  REQUIRE(tw_tensor_to_device(input.out(), tensor({1, 2}, {1, 2}).get(), "cuda:0") == TW_OK);
  CHECK(tw_tensor_backward(forward(network, input).get(), nullptr, 0) == TW_OK);
}

TEST_CASE("to_device to where the module is leaves values, gradients and memory alone") {
  const Module network = nested();
  backward(network);
  const Tensor weight = get_tensor(network, "0.0.weight");
  const std::vector<float> before = values(weight.get());
  const void *address = data(weight);
  REQUIRE(tw_module_move_to(network.get(), nullptr) == TW_OK);
  CHECK(values(weight.get()) == before);
  CHECK(data(weight) == address);
  CHECK(has_gradient(weight));
}

TEST_CASE("to_device refuses a device that is not there and moves nothing") {
  const Module network = nested();
  const Tensor weight = get_tensor(network, "1.weight");
  for (const char *name : {"abacus", "cuda:99"}) {
    CHECK(tw_module_move_to(network.get(), name) == TW_ERROR_DEVICE);
    CHECK_THAT(tw_last_error(), Contains(name));
    CHECK(device(weight) == "cpu");
  }
}

TEST_CASE("to_device moves nothing where the tensors could not stay the same objects") {
  const Module network = nested();
  backward(network);
  CHECK(tw_module_move_to(network.get(), "meta") == TW_ERROR_TORCH);
  for (const Tensor &parameter : parameters(network)) {
    CHECK(device(parameter) == "cpu");
    CHECK(has_gradient(parameter));
  }
  backward(network);
}

/* ---- lifetimes --------------------------------------------------------------------------------------------------------- */

TEST_CASE("handles to a module, its child, its parameter and a result may be freed in any order") {
  std::array<int, 4> order = {0, 1, 2, 3};
  do {
    std::vector<Module> layers(1);
    layers[0] = linear(2, 1);
    Module parent = sequential(layers);
    Tensor parameter = get_tensor(parent, "0.weight");
    Tensor result = forward(parent, tensor({1, 2}, {1, 2}));
    for (int which : order) {
      if (which == 0) parent = Module();
      if (which == 1) layers.clear();
      if (which == 2) parameter = Tensor();
      if (which == 3) result = Tensor();
      if (parent) CHECK(values(forward(parent, tensor({1, 2}, {1, 2})).get()).size() == 1);
      if (!layers.empty()) CHECK(values(forward(layers[0], tensor({1, 2}, {1, 2})).get()).size() == 1);
      if (parameter) CHECK(values(parameter.get()).size() == 2);
      if (result) CHECK(tw_tensor_backward(result.get(), nullptr, 1) == TW_OK);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}
