/* TorchScript modules as modules: names, state, modes, forward passes, training. The names are those that Python lists
   for the same file. */
#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "scripts.h"

using namespace tw::test;

namespace {

using Floats = std::vector<float>;
using Names = std::vector<std::string>;

Handle<tw_tensor> input() { return tensor({1, 2, 3, 3, 1, 2, -1, 0, 4}, {3, 3}); }

/* What Python's named_parameters() lists. */
const Names parameter_list = {"block.weight",  "block.norm.weight", "block.norm.bias", "layers.0.weight",
                              "layers.0.bias", "layers.2.weight",   "layers.2.bias"};

/* What Python's state_dict() lists. */
const Names state_list = {"block.weight",
                          "block.same_weight",
                          "block.calls",
                          "block.norm.weight",
                          "block.norm.bias",
                          "block.norm.running_mean",
                          "block.norm.running_var",
                          "block.norm.num_batches_tracked",
                          "layers.0.weight",
                          "layers.0.bias",
                          "layers.2.weight",
                          "layers.2.bias",
                          "alias.weight",
                          "alias.same_weight",
                          "alias.calls",
                          "alias.norm.weight",
                          "alias.norm.bias",
                          "alias.norm.running_mean",
                          "alias.norm.running_var",
                          "alias.norm.num_batches_tracked"};

int64_t tracked(const Handle<tw_module> &module) {
  int64_t count = -1;
  REQUIRE(tw_tensor_get_item_int64(&count, get_tensor(module, "block.norm.num_batches_tracked").get()) == TW_OK);
  return count;
}

/* The losses of 20 steps with AdamW and a linear warmup. */
std::vector<double> train(const Handle<tw_module> &module) {
  const auto trained = parameters(module);
  const std::vector<tw_tensor *> handles = {trained[0].get(), trained[1].get()};
  Handle<tw_optimizer> optimizer;
  Handle<tw_warmup> warmup;
  const int64_t period = 5;
  tw_adamw_options options;
  REQUIRE(tw_adamw_options_init(&options, sizeof options) == TW_OK);
  options.lr = 0.05;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), handles.data(), handles.size(), &options) == TW_OK);
  REQUIRE(tw_warmup_linear(warmup.out(), optimizer.get(), &period, 1) == TW_OK);
  const auto x = tensor({0.1f, 0.2f, 0.3f, 0.3f, 0.1f, 0.2f}, {2, 3}), y = tensor(Floats(8, 0.5f), {2, 4});
  std::vector<double> losses(20);
  for (double &value : losses) {
    Handle<tw_tensor> loss;
    REQUIRE(tw_op_mse_loss(loss.out(), forward(module, x).get(), y.get(), nullptr) == TW_OK);
    REQUIRE(tw_optimizer_zero_grad(optimizer.get()) == TW_OK);
    REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
    REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
    REQUIRE(tw_warmup_dampen(warmup.get()) == TW_OK);
    REQUIRE(tw_tensor_get_item_double(&value, loss.get()) == TW_OK);
  }
  return losses;
}

}  // namespace

TEST_CASE("a script's parameters and state have Python's names and order") {
  const auto model = script_model();
  CHECK(parameter_names(model) == parameter_list);
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), nullptr, model.get()) == TW_OK);
  CHECK(keys(made) == state_list);
}

TEST_CASE("a parameter that a script has under several names is one") {
  const auto model = script_model();
  REQUIRE(state(model, "block.weight") == Floats{1, 2, 3});
  set_state(model, "alias.same_weight", {4, 5, 6});
  for (const char *name : {"block.weight", "block.same_weight", "alias.weight"})
    CHECK(state(model, name) == Floats{4, 5, 6});
}

TEST_CASE("a buffer that a script replaces is seen as it is now") {
  const auto model = script_model();
  REQUIRE(state(model, "block.calls") == Floats{0});
  for (int i = 0; i < 3; ++i) forward(model, input());
  CHECK(state(model, "block.calls") == Floats{3});
  CHECK(state(model, "alias.calls") == Floats{0}); /* Python's scripting makes two of a child with two names */
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), nullptr, model.get()) == TW_OK);
  CHECK(values(get_tensor(made, "block.calls").get()) == Floats{3});
}

TEST_CASE("a state_dict that is loaded into a script is what its methods use") {
  const auto source = script_model(), target = script_model();
  set_state(source, "layers.2.weight", Floats(6, 0.0f));
  set_state(source, "layers.2.bias", {7, 8});
  forward(target, input()); /* whose buffer is now another than the file's, which its alias has too */
  for (int i = 0; i < 2; ++i) forward(source, input());
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), "model", source.get()) == TW_OK);
  REQUIRE(tw_checkpoint_restore_module(target.get(), made.get(), "model", 1) == TW_OK);
  CHECK(values(forward(target, input()).get()) == Floats{7, 8, 7, 8, 7, 8});
  CHECK(state(target, "block.calls") == Floats{3}); /* two that were loaded and one that was run */
}

TEST_CASE("a script's mode reaches its layers and its children's scripts") {
  const auto model = script_model();
  CHECK(is_training(model) == 1); /* as it was saved */
  const auto before = values(forward(model, input()).get());
  CHECK(tracked(model) == 1);
  set_training(model, 0);
  CHECK(is_training(model) == 0);
  CHECK(is_training(get_module(model, "block.norm")) == 0);
  CHECK(values(forward(model, input()).get()) == values(forward(model, input()).get())); /* no dropout */
  CHECK(tracked(model) == 1);
  set_training(get_module(model, "block"), 1); /* a child alone */
  CHECK(is_training(model) == 0);
  CHECK(is_training(get_module(model, "layers.1")) == 0);
  forward(model, input());
  CHECK(tracked(model) == 2);
  set_training(model, 1);
  CHECK(is_training(get_module(model, "layers.1")) == 1);
}

TEST_CASE("the forward pass gives the first tensor of the result, or all in order") {
  const auto model = script_model();
  const auto x = input();
  CHECK(sizes(forward(model, x).get()) == std::vector<int64_t>{3, 2});
  const std::vector<Handle<tw_tensor>> all = forward_all(model, {x.get()});
  REQUIRE(all.size() == 3);
  CHECK(sizes(all[0].get()) == std::vector<int64_t>{3, 2});
  CHECK(values(all[1].get()) == Floats{2, 3, 4, 4, 2, 3, 0, 1, 5});
  CHECK(values(all[2].get()) == Floats{3, 4, 5, 5, 3, 4, 1, 2, 6});
}

TEST_CASE("a traced module computes what its parameters say") {
  const auto model = load_script(script_fixture("traced"));
  const auto x = tensor({1, 2, 3, -3, 0.5f, 1}, {2, 3});
  Handle<tw_tensor> line, wanted;
  REQUIRE(tw_op_linear(line.out(), x.get(), get_tensor(model, "0.weight").get(), get_tensor(model, "0.bias").get()) ==
          TW_OK);
  REQUIRE(tw_op_tanh(wanted.out(), line.get()) == TW_OK);
  const auto found = values(forward(model, x).get()), expected = values(wanted.get());
  for (size_t i = 0; i < expected.size(); ++i) CHECK(found[i] == Approx(expected[i]).epsilon(1e-6));
  CHECK(is_training(model) == 0); /* as it was saved */
}

TEST_CASE("a frozen module has no state and no training mode") {
  const auto model = load_script(script_fixture("frozen"));
  CHECK(parameters(model).empty());
  CHECK(is_training(model) == 0);
  set_training(model, 1);
  CHECK(is_training(model) == 0);
  const auto x = tensor({1, 2, 3}, {1, 3});
  CHECK(values(forward(model, x).get()) == values(forward(model, x).get()));
}

TEST_CASE("a script's child runs, and lives on without its parent") {
  Handle<tw_module> block;
  {
    const auto model = script_model();
    block = get_module(model, "block");
    forward(model, input());
  }
  set_training(block, 0);
  CHECK(sizes(forward(block, input()).get()) == std::vector<int64_t>{3, 3});
  CHECK(state(block, "calls") == Floats{2});
}

TEST_CASE("a script without forward says so") {
  const auto layers = get_module(script_model(), "layers");
  tw_tensor *out = rubbish<tw_tensor>();
  check_failure(tw_module_forward(&out, layers.get(), input().one(), 1), TW_ERROR_STATE, {"no forward"});
  CHECK(out == nullptr);
}

TEST_CASE("a result without a tensor is left to tw_module_call_method") {
  const auto model = load_script(script_fixture("number"));
  tw_tensor *out = rubbish<tw_tensor>();
  const auto x = input();
  check_failure(tw_module_forward(&out, model.get(), x.one(), 1), TW_ERROR_TYPE,
                {"Number", "type int", "tw_module_call_method"});
  CHECK(out == nullptr);
  CHECK(int_of(call(model, "forward", of_tensor(x))) == 9);
}

TEST_CASE("a script takes as many tensors as its forward") {
  const auto model = script_model();
  const auto x = input();
  tw_tensor *three[] = {x.get(), x.get(), x.get()}, *out = rubbish<tw_tensor>();
  check_failure(tw_module_forward(&out, model.get(), three, 0), TW_ERROR_ARGUMENT, {"count is 0", "takes 1 to 2"});
  check_failure(tw_module_forward(&out, model.get(), three, 3), TW_ERROR_ARGUMENT, {"count is 3", "takes 1 to 2"});
  check_failure(tw_module_forward(&out, model.get(), three, 2), TW_ERROR_TYPE,
                {"inputs[1], \"scale\", is of type Tensor", "takes float"});
  CHECK(out == nullptr);
}

TEST_CASE("a script is a child like any other module") {
  std::vector<Handle<tw_module>> both;
  both.push_back(load_script(script_fixture("traced")));
  both.push_back(linear(4, 2));
  const auto whole = sequential(both);
  CHECK(parameter_names(whole) == Names{"0.0.weight", "0.0.bias", "1.weight", "1.bias"});
  CHECK(sizes(forward(whole, tensor({1, 2, 3}, {1, 3})).get()) == std::vector<int64_t>{1, 2});
  tw_tensor *weight = parameters(whole)[0].release();
  CHECK(tw_module_register_parameter(both[0].get(), "more", weight) == TW_ERROR_TYPE);
  tw_tensor_free(weight);
}

TEST_CASE("moving a script leaves its tensors the same objects") {
  const auto model = script_model();
  set_training(model, 0);
  const auto weight = get_tensor(model, "layers.2.weight");
  const auto before = values(forward(model, input()).get());
  for (const char *device : {has_cuda() ? "cuda" : "cpu", "cpu"}) {
    REQUIRE(tw_module_move_to(model.get(), device) == TW_OK);
    Handle<tw_tensor> x, back;
    REQUIRE(tw_tensor_to_device(x.out(), input().get(), device) == TW_OK);
    REQUIRE(tw_tensor_to_device(back.out(), forward(model, x).get(), "cpu") == TW_OK);
    const auto after = values(back.get());
    for (size_t i = 0; i < before.size(); ++i) CHECK(after[i] == Approx(before[i]).epsilon(1e-4));
  }
  set_state(model, "layers.2.weight", Floats(6, 0.0f));
  CHECK(values(weight.get()) == Floats(6, 0.0f));
}

TEST_CASE("a script is trained as a module of this library's with the same weights") {
  const auto script = load_script(script_fixture("traced"));
  set_training(script, 1);
  std::vector<Handle<tw_module>> layers;
  layers.push_back(linear(3, 4));
  layers.emplace_back();
  REQUIRE(tw_module_tanh(layers.back().out()) == TW_OK);
  const auto native = sequential(layers);
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), "model", script.get()) == TW_OK);
  REQUIRE(tw_checkpoint_restore_module(native.get(), made.get(), "model", 1) == TW_OK);
  const auto found = train(script), wanted = train(native);
  for (size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).epsilon(1e-5));
  CHECK(found.back() < 0.9 * found.front());

  const auto weight = get_tensor(script, "0.weight");
  Handle<tw_tensor> gradient;
  REQUIRE(tw_tensor_get_grad(gradient.out(), weight.get()) == TW_OK);
  CHECK(gradient);
  REQUIRE(tw_module_zero_grad(script.get()) == TW_OK);
  REQUIRE(tw_tensor_get_grad(gradient.out(), weight.get()) == TW_OK);
  CHECK(!gradient);
}
