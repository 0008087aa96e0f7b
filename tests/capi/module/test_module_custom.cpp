/* Modules of the caller's own: what may be registered, and what a forward of the caller's may do. */
#include <algorithm>
#include <array>
#include <string>

#include "catch.h"
#include "modules.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

tw_status register_module(const Module &parent, const char *name, const Module &child) {
  return tw_module_register_module(parent.get(), name, child.get());
}

/* What a forward was called with. */
struct Calls {
  int count = 0;
  size_t inputs = 0;
};

/* Runs the module's own child "layer" on the first input and counts the calls in its context. */
tw_status run_layer(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *context) {
  auto *calls = static_cast<Calls *>(context);
  calls->count += 1;
  calls->inputs = count;
  Module layer;
  const tw_status status = tw_module_get_module(layer.out(), module, "layer");
  return status == TW_OK ? tw_module_forward(out, layer.get(), inputs, 1) : status;
}

/* A module that runs run_layer on a linear layer of two inputs and one output. */
Module with_layer(Calls &calls) {
  Module module = custom(run_layer, &calls);
  REQUIRE(register_module(module, "layer", linear(2, 1)) == TW_OK);
  return module;
}

/* Gives back the second input. */
tw_status second(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
  return tw_tensor_share(out, inputs[1]);
}

tw_status return_context(tw_tensor **, tw_module *, tw_tensor *const *, size_t, void *context) {
  return *static_cast<tw_status *>(context);
}

/* Meets a failure of the library and passes it on. */
tw_status meet_failure(tw_tensor **out, tw_module *module, tw_tensor *const *, size_t, void *) {
  return tw_module_get_tensor(out, module, "nothing");
}

tw_status give_an_input(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
  *out = inputs[0];
  return TW_OK;
}

tw_status throw_a_number(tw_tensor **, tw_module *, tw_tensor *const *, size_t, void *) { throw 7; }

/* Frees the only handle to the module that is running, then uses the module. */
tw_status free_own_handle(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t, void *context) {
  *static_cast<Module *>(context) = Module();
  Module layer;
  const tw_status status = tw_module_get_module(layer.out(), module, "layer");
  return status == TW_OK ? tw_module_forward(out, layer.get(), inputs, 1) : status;
}

/* A tensor over memory of the test's, which counts in *released how often it is let go. */
Tensor counted(std::array<float, 2> &memory, int *released) {
  const int64_t sizes[1] = {2};
  const auto count_up = [](void *context) { ++*static_cast<int *>(context); };
  Tensor made;
  REQUIRE(tw_tensor_from_blob(made.out(), memory.data(), sizeof memory, sizes, 1, nullptr, TW_FLOAT32, released,
                              count_up) == TW_OK);
  return made;
}

tw_status run(const Module &module, tw_tensor **out) {
  const Tensor x = tensor({1, 2}, {1, 2});
  return tw_module_forward(out, module.get(), x.one(), 1);
}

bool requires_grad(const Tensor &tensor) {
  int32_t flag = -1;
  REQUIRE(tw_tensor_get_requires_grad(&flag, tensor.get()) == TW_OK);
  return flag == 1;
}

}  // namespace

/* ---- forward ------------------------------------------------------------------------------------------------------ */

TEST_CASE("a custom forward is called once, with its module, inputs and context") {
  Calls calls;
  const Module module = with_layer(calls);
  const Module layer = get_module(module, "layer");
  const Tensor x = tensor({1, 2}, {1, 2});
  const Tensor result = forward(module, x);
  CHECK((calls.count == 1 && calls.inputs == 1));
  CHECK(values(result.get()) == values(forward(layer, x).get()));
}

TEST_CASE("a custom forward gets as many inputs as it is given") {
  const Module module = custom(second);
  const Tensor a = tensor({1}), b = tensor({2});
  tw_tensor *const inputs[] = {a.get(), b.get()};
  Tensor result;
  REQUIRE(tw_module_forward(result.out(), module.get(), inputs, 2) == TW_OK);
  CHECK(values(result.get()) == std::vector<float>{2});
}

TEST_CASE("gradients flow through a custom forward to the parameters and the input") {
  Calls calls;
  const Module module = with_layer(calls);
  const Tensor x = parameter({1, 2}, {1, 2});
  REQUIRE(tw_tensor_backward(forward(module, x).get(), nullptr, 0) == TW_OK);
  Tensor of_weight, of_input;
  REQUIRE(tw_tensor_get_grad(of_weight.out(), get_tensor(module, "layer.weight").get()) == TW_OK);
  REQUIRE(tw_tensor_get_grad(of_input.out(), x.get()) == TW_OK);
  CHECK(values(of_weight.get()) == std::vector<float>{1, 2});
  CHECK(values(of_input.get()) == values(get_tensor(module, "layer.weight").get()));
}

TEST_CASE("a custom module that is a child keeps its forward, in a sequence and through get_module") {
  Calls calls;
  std::vector<Module> modules(1);
  modules[0] = with_layer(calls);
  const Module network = sequential(modules);
  modules.clear();
  const Tensor x = tensor({1, 2}, {1, 2});
  const Tensor whole = forward(network, x);
  CHECK(calls.count == 1);
  CHECK(values(forward(get_module(network, "0"), x).get()) == values(whole.get()));
  CHECK(calls.count == 2);
}

TEST_CASE("a custom module without a forward holds others but does not run") {
  const Module holder = custom();
  REQUIRE(register_module(holder, "inner", linear(1, 1)) == TW_OK);
  CHECK(parameter_names(holder) == std::vector<std::string>{"inner.weight", "inner.bias"});
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(run(holder, &result) == TW_ERROR_STATE);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("has no forward"));
}

TEST_CASE("a failing forward fails the call with its status, the callback and what it met") {
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(run(custom(meet_failure), &result) == TW_ERROR_NOT_FOUND);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("forward returned TW_ERROR_NOT_FOUND") && Contains("named \"nothing\""));

  tw_status status = TW_ERROR_IO;
  result = rubbish<tw_tensor>();
  CHECK(run(custom(return_context, &status), &result) == TW_ERROR_IO);
  CHECK(result == nullptr);
  CHECK(std::string(tw_last_error()) == "forward returned TW_ERROR_IO"); /* nothing of older failures */
}

TEST_CASE("a forward that returns no tw_status, or TW_OK without a result of its own, is TW_ERROR_CALLBACK") {
  auto status = tw_status(4711);
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(run(custom(return_context, &status), &result) == TW_ERROR_CALLBACK);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("forward returned 4711"));
  status = TW_OK;
  CHECK(run(custom(return_context, &status), &result) == TW_ERROR_CALLBACK);
  CHECK_THAT(tw_last_error(), Contains("returned TW_OK but did not set out"));
  CHECK(run(custom(give_an_input), &result) == TW_ERROR_CALLBACK);
  CHECK(result == nullptr);
  CHECK_THAT(tw_last_error(), Contains("tw_tensor_share"));
}

TEST_CASE("an exception of a forward does not leave the library") {
  tw_tensor *result = rubbish<tw_tensor>();
  CHECK(run(custom(throw_a_number), &result) == TW_ERROR_INTERNAL);
  CHECK(result == nullptr);
}

TEST_CASE("a forward that fails deep inside fails the whole pass and can be run again") {
  tw_status status = TW_ERROR_RANGE;
  std::vector<Module> modules(2);
  modules[0] = linear(2, 2);
  modules[1] = custom(return_context, &status);
  const Module outer = sequential(modules);
  Tensor result;
  CHECK(run(outer, result.out()) == TW_ERROR_RANGE);
  CHECK_THAT(tw_last_error(), Contains("forward returned TW_ERROR_RANGE"));
  CHECK(run(modules[0], result.out()) == TW_OK);
}

TEST_CASE("a forward may free the last handle to its own module") {
  Module module;
  module = custom(free_own_handle, &module);
  REQUIRE(register_module(module, "layer", linear(2, 1)) == TW_OK);
  Tensor result;
  CHECK(run(module, result.out()) == TW_OK);
  CHECK_FALSE(module);
  CHECK(values(result.get()).size() == 1);
}

/* ---- registration --------------------------------------------------------------------------------------------------- */

TEST_CASE("a registered parameter is the tensor itself and requires a gradient from then on") {
  const Module module = custom();
  const Tensor scale = tensor({1, 2});
  REQUIRE_FALSE(requires_grad(scale));
  REQUIRE(tw_module_register_parameter(module.get(), "scale", scale.get()) == TW_OK);
  CHECK(requires_grad(scale));
  void *mine = nullptr, *theirs = rubbish<void>();
  REQUIRE(tw_tensor_get_data_ptr(&mine, scale.get()) == TW_OK);
  REQUIRE(tw_tensor_get_data_ptr(&theirs, get_tensor(module, "scale").get()) == TW_OK);
  CHECK(mine == theirs);
}

TEST_CASE("own parameters come before those of children, buffers not at all") {
  const Module module = custom();
  REQUIRE(register_module(module, "child", linear(1, 1)) == TW_OK);
  REQUIRE(tw_module_register_buffer(module.get(), "count", tensor({3}).get()) == TW_OK);
  REQUIRE(tw_module_register_parameter(module.get(), "z", tensor({1}).get()) == TW_OK);
  REQUIRE(tw_module_register_parameter(module.get(), "a", tensor({2}).get()) == TW_OK);
  CHECK(parameter_names(module) == std::vector<std::string>{"z", "a", "child.weight", "child.bias"});
  CHECK(values(get_tensor(module, "count").get()) == std::vector<float>{3});
  CHECK_FALSE(requires_grad(get_tensor(module, "count")));
}

TEST_CASE("a parameter under several names comes once, under the first, and is found under each") {
  const Module module = custom(), inner = custom();
  const Tensor tied = tensor({1, 2});
  REQUIRE(tw_module_register_parameter(inner.get(), "out", tied.get()) == TW_OK);
  REQUIRE(tw_module_register_parameter(inner.get(), "other", tensor({5}).get()) == TW_OK);
  REQUIRE(register_module(module, "head", inner) == TW_OK);
  REQUIRE(tw_module_register_parameter(module.get(), "embedding", tied.get()) == TW_OK);
  CHECK(parameter_names(module) == std::vector<std::string>{"embedding", "head.other"});
  CHECK(parameters(module).size() == 2);
  CHECK(values(get_tensor(module, "head.out").get()) == std::vector<float>{1, 2});
}

TEST_CASE("to_device moves buffers, and a parameter under two names as one", "[cuda]") {
  if (!has_cuda()) return; /* there is nowhere to move to */
  const Module module = custom();
  const Tensor tied = tensor({1, 2}), buffer = tensor({3});
  REQUIRE(tw_module_register_parameter(module.get(), "a", tied.get()) == TW_OK);
  REQUIRE(tw_module_register_parameter(module.get(), "b", tied.get()) == TW_OK);
  REQUIRE(tw_module_register_buffer(module.get(), "c", buffer.get()) == TW_OK);
  REQUIRE(tw_module_move_to(module.get(), "cuda:0") == TW_OK);
  CHECK(parameters(module).size() == 1);
  CHECK((device(tied) == "cuda:0" && device(buffer) == "cuda:0"));
  CHECK(values(buffer.get()) == std::vector<float>{3});
}

TEST_CASE("a name that is empty, has a dot, or is taken by any kind of thing is refused") {
  const Module module = custom();
  const Tensor x = tensor({1});
  REQUIRE(tw_module_register_parameter(module.get(), "parameter", x.get()) == TW_OK);
  REQUIRE(tw_module_register_buffer(module.get(), "buffer", x.get()) == TW_OK);
  REQUIRE(register_module(module, "module", linear(1, 1)) == TW_OK);
  const auto refuses = [&](const char *name, const char *message) {
    const Tensor leaf = tensor({1});
    CHECK(tw_module_register_parameter(module.get(), name, leaf.get()) == TW_ERROR_ARGUMENT);
    CHECK_FALSE(requires_grad(leaf)); /* nothing has changed */
    CHECK(tw_module_register_buffer(module.get(), name, leaf.get()) == TW_ERROR_ARGUMENT);
    CHECK(register_module(module, name, custom()) == TW_ERROR_ARGUMENT);
    CHECK_THAT(tw_last_error(), Contains(message));
  };
  refuses("", "name is empty");
  refuses("a.b", "\"a.b\"");
  refuses(nullptr, "name is NULL");
  for (const char *taken : {"parameter", "buffer", "module"}) refuses(taken, "taken");
  CHECK(parameter_names(module) == std::vector<std::string>{"parameter", "module.weight", "module.bias"});
}

TEST_CASE("register_parameter refuses integers, results of other tensors and NULL") {
  const Module module = custom();
  const int64_t number = 3;
  Tensor integer;
  REQUIRE(tw_tensor_from_data(integer.out(), &number, sizeof number, nullptr, 0, TW_INT64) == TW_OK);
  CHECK(tw_module_register_parameter(module.get(), "p", integer.get()) == TW_ERROR_TYPE);
  CHECK_THAT(tw_last_error(), Contains("Long"));
  Tensor copy;
  REQUIRE(tw_tensor_clone(copy.out(), parameter({1}).get()) == TW_OK);
  CHECK(tw_module_register_parameter(module.get(), "p", copy.get()) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("leaf"));
  CHECK(tw_module_register_parameter(module.get(), "p", nullptr) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_register_buffer(module.get(), "p", nullptr) == TW_ERROR_ARGUMENT);
  CHECK(tw_module_register_module(module.get(), "p", nullptr) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("child is NULL"));
  CHECK(tw_module_register_module(nullptr, "p", module.get()) == TW_ERROR_ARGUMENT);
  CHECK(parameters(module).empty());
  CHECK(tw_module_register_buffer(module.get(), "p", integer.get()) == TW_OK); /* the name is still free */
}

TEST_CASE("nothing is registered with a layer") {
  const Module layer = linear(1, 1);
  const Tensor x = tensor({1});
  CHECK(tw_module_register_parameter(layer.get(), "p", x.get()) == TW_ERROR_TYPE);
  CHECK(tw_module_register_buffer(layer.get(), "p", x.get()) == TW_ERROR_TYPE);
  CHECK(register_module(layer, "p", linear(1, 1)) == TW_ERROR_TYPE);
  CHECK_THAT(tw_last_error(), Contains("Linear"));
}

TEST_CASE("a module is not registered in itself, nor in one that it holds") {
  const Module outer = custom(), middle = custom();
  CHECK(register_module(outer, "self", outer) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("child is the module itself"));
  std::vector<Module> modules(1);
  modules[0] = custom();
  const Module sequence = sequential(modules);
  REQUIRE(register_module(middle, "sequence", sequence) == TW_OK);
  REQUIRE(register_module(outer, "middle", middle) == TW_OK);
  CHECK(register_module(modules[0], "loop", outer) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("\"loop\""));
  CHECK(register_module(outer, "again", modules[0]) == TW_OK); /* twice on the way down is no cycle */
}

TEST_CASE("children and forwards live as long as their parent, whatever the order of freeing") {
  std::array<int, 3> order = {0, 1, 2};
  do {
    std::array<float, 2> memory = {1, 2};
    int released = 0;
    Tensor held = counted(memory, &released);
    Module child = custom(), parent = custom();
    REQUIRE(tw_module_register_parameter(child.get(), "held", held.get()) == TW_OK);
    REQUIRE(register_module(parent, "child", child) == TW_OK);
    for (int which : order) {
      CHECK(released == 0);
      if (parent) CHECK(values(get_tensor(parent, "child.held").get()) == std::vector<float>{1, 2});
      if (child) CHECK(values(get_tensor(child, "held").get()) == std::vector<float>{1, 2});
      if (which == 0) held = Tensor();
      if (which == 1) child = Module();
      if (which == 2) parent = Module();
    }
    CHECK(released == 1); /* nothing keeps the parameter any longer */
  } while (std::next_permutation(order.begin(), order.end()));
}
