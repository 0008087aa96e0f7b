/* Normalization, lookups and sequences of modules by their definitions; layers inside other modules. Beside this,
   tests/interop/layers.py holds every layer to Python's. */
#include <cmath>

#include "catch.h"
#include "failure.h"
#include "modules.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

Module batch_norm1d(int64_t features) {
  Module made;
  REQUIRE(tw_module_batch_norm1d(made.out(), features, nullptr) == TW_OK);
  return made;
}

Tensor indices(const std::vector<int64_t> &numbers) {
  const int64_t sizes[] = {static_cast<int64_t>(numbers.size())};
  Tensor made;
  REQUIRE(tw_tensor_from_data(made.out(), numbers.data(), numbers.size() * sizeof numbers[0], sizes, 1, TW_INT64) ==
          TW_OK);
  return made;
}

double item(const Module &module, const char *name) {
  double value = 0;
  REQUIRE(tw_tensor_get_item_double(&value, get_tensor(module, name).get()) == TW_OK);
  return value;
}

/* Runs the child "layer" on all the inputs. */
tw_status pass_on(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *) {
  Module layer;
  const tw_status status = tw_module_get_module(layer.out(), module, "layer");
  return status == TW_OK ? tw_module_forward(out, layer.get(), inputs, count) : status;
}

tw_status count_nulls(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t count, void *context) {
  for (size_t i = 0; i < count; ++i) *static_cast<int *>(context) += inputs[i] == nullptr ? 1 : 0;
  return tw_tensor_share(out, inputs[0]);
}

void refuses_forward(const Module &module, const std::vector<tw_tensor *> &inputs, tw_status wanted, const char *text) {
  tw_tensor *out = rubbish<tw_tensor>();
  check_failure(tw_module_forward(&out, module.get(), inputs.data(), inputs.size()), wanted, {text});
  CHECK(out == nullptr);
}

}  // namespace

/* ---- normalization and lookups ----------------------------------------------------------------------------------- */

TEST_CASE("batch_norm normalizes by the batch while training, by what it has seen in evaluation", "[layers]") {
  const Module layer = batch_norm1d(1);
  const Tensor x = tensor({1, 3, 5, 7}, {4, 1}); /* mean 4, variance 5, or 20 / 3 without bias */
  const std::vector<float> trained = values(forward(layer, x).get());
  for (size_t i = 0; i < 4; ++i)
    CHECK(double(trained[i]) == Approx((2 * double(i) - 3) / std::sqrt(5 + 1e-5)).margin(1e-6));
  CHECK(item(layer, "running_mean") == Approx(0.4));
  CHECK(item(layer, "running_var") == Approx(0.9 + 0.1 * 20 / 3));
  CHECK(item(layer, "num_batches_tracked") == 1);

  REQUIRE(tw_module_train(layer.get(), 0) == TW_OK);
  set(layer, "running_mean", {3});
  set(layer, "running_var", {4});
  set(layer, "weight", {10});
  set(layer, "bias", {1});
  const std::vector<float> evaluated = values(forward(layer, x).get());
  for (size_t i = 0; i < 4; ++i)
    CHECK(double(evaluated[i]) == Approx(1 + 10 * (2 * double(i) - 2) / std::sqrt(4 + 1e-5)).margin(1e-5));
  CHECK(item(layer, "num_batches_tracked") == 1);
  CHECK(parameter_names(layer) == std::vector<std::string>{"weight", "bias"});
}

TEST_CASE("batch_norm fails on other dimensions, other channels and a batch of one value", "[layers]") {
  const Module layer = batch_norm1d(2);
  refuses_forward(layer, {tensor({1, 2}).get()}, TW_ERROR_TORCH, "takes 2 or 3 dimensions; the input has 1");
  refuses_forward(layer, {tensor({1, 2}, {1, 2}).get()}, TW_ERROR_TORCH, "more than one value for each channel");
  CHECK(item(layer, "num_batches_tracked") == 0);
  refuses_forward(layer, {tensor({1, 2, 3, 4, 5, 6}, {2, 3}).get()}, TW_ERROR_TORCH, "running_mean");
  REQUIRE(tw_module_train(layer.get(), 0) == TW_OK);
  CHECK(values(forward(layer, tensor({1, 2}, {1, 2})).get()).size() == 2);
}

TEST_CASE("embedding looks rows up, and its padding row is zero and not trained", "[layers]") {
  tw_embedding_options options;
  REQUIRE(tw_embedding_options_init(&options, sizeof options) == TW_OK);
  options.has_padding_idx = 1;
  options.padding_idx = 1;
  Module layer;
  REQUIRE(tw_module_embedding(layer.out(), 3, 2, &options) == TW_OK);
  const std::vector<float> weight = values(get_tensor(layer, "weight").get());
  CHECK((weight[2] == 0 && weight[3] == 0 && weight[0] != 0));
  const Tensor result = forward(layer, indices({2, 1, 2}));
  CHECK(values(result.get()) == std::vector<float>{weight[4], weight[5], 0, 0, weight[4], weight[5]});
  Tensor total, gradient;
  REQUIRE(tw_op_sum(total.out(), result.get()) == TW_OK);
  REQUIRE(tw_tensor_backward(total.get(), nullptr, 0) == TW_OK);
  REQUIRE(tw_tensor_get_grad(gradient.out(), get_tensor(layer, "weight").get()) == TW_OK);
  CHECK(values(gradient.get()) == std::vector<float>{0, 0, 0, 0, 2, 2});
  refuses_forward(layer, {indices({3}).get()}, TW_ERROR_TORCH, "index out of range");
}

/* ---- several inputs and results ---------------------------------------------------------------------------------- */

TEST_CASE("forward_all gives every result, forward the first", "[layers]") {
  Module gru;
  REQUIRE(tw_module_gru(gru.out(), 2, 3, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2, 3, 4, 5, 6, 7, 8}, {4, 1, 2});
  const std::vector<Tensor> results = forward_all(gru, {x.get()});
  REQUIRE(results.size() == 2);
  CHECK(sizes(results[0].get()) == std::vector<int64_t>{4, 1, 3});
  CHECK(sizes(results[1].get()) == std::vector<int64_t>{1, 1, 3});
  CHECK(values(forward(gru, x).get()) == values(results[0].get()));
  const std::vector<float> all = values(results[0].get());
  CHECK(std::vector<float>(all.end() - 3, all.end()) == values(results[1].get()));
}

TEST_CASE("forward_all that fails gives no list", "[layers]") {
  Module lstm;
  REQUIRE(tw_module_lstm(lstm.out(), 2, 3, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2}, {1, 2});
  tw_tensor_list *out = rubbish<tw_tensor_list>();
  check_failure(tw_module_forward_all(&out, lstm.get(), x.one(), 0), TW_ERROR_ARGUMENT, {"count is 0"});
  CHECK(out == nullptr);
}

TEST_CASE("forward_all without a place for the results does not run the module", "[layers]") {
  Module norm;
  REQUIRE(tw_module_batch_norm1d(norm.out(), 2, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  check_failure(tw_module_forward_all(nullptr, norm.get(), x.one(), 1), TW_ERROR_ARGUMENT, {"out is NULL"});
  int64_t batches = -1;
  REQUIRE(tw_tensor_get_item_int64(&batches, get_tensor(norm, "num_batches_tracked").get()) == TW_OK);
  CHECK(batches == 0);
}

TEST_CASE("an LSTM continues from the states that it gave", "[layers]") {
  Module lstm;
  REQUIRE(tw_module_lstm(lstm.out(), 1, 2, nullptr) == TW_OK);
  const std::vector<Tensor> whole = forward_all(lstm, {tensor({1, -2, 3}, {3, 1}).get()});
  const std::vector<Tensor> begun = forward_all(lstm, {tensor({1, -2}, {2, 1}).get()});
  const std::vector<Tensor> rest = forward_all(lstm, {tensor({3}, {1, 1}).get(), begun[1].get(), begun[2].get()});
  REQUIRE(rest.size() == 3);
  for (size_t i = 1; i < 3; ++i) {
    const std::vector<float> have = values(rest[i].get()), want = values(whole[i].get());
    for (size_t k = 0; k < 2; ++k) CHECK(double(have[k]) == Approx(double(want[k])).margin(1e-6));
  }
}

TEST_CASE("recurrent layers refuse a part of their states, and states of other sizes", "[layers]") {
  Module lstm;
  REQUIRE(tw_module_lstm(lstm.out(), 1, 2, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2}, {2, 1, 1}), h = tensor({1, 2}, {1, 1, 2}), wide = tensor({1, 2, 3}, {1, 1, 3});
  refuses_forward(lstm, {x.get(), h.get()}, TW_ERROR_ARGUMENT, "count is 2; this module takes 1 tensor, or 3");
  refuses_forward(lstm, {x.get(), h.get(), nullptr}, TW_ERROR_ARGUMENT, "inputs[2] is NULL");
  refuses_forward(lstm, {x.get(), h.get(), wide.get()}, TW_ERROR_TORCH, "size");
  refuses_forward(lstm, {tensor({1}).get()}, TW_ERROR_TORCH, "input has 1 dimensions; it must have 3, or 2");
}

TEST_CASE("NULL is taken where a layer takes None, and refused elsewhere", "[layers]") {
  const Module layer = linear(2, 2);
  refuses_forward(layer, {nullptr}, TW_ERROR_ARGUMENT, "inputs[0] is NULL");
  int nulls = 0;
  const Module counting = custom(count_nulls, &nulls);
  const Tensor x = tensor({1});
  CHECK(forward_all(counting, {x.get(), nullptr, x.get(), nullptr}).size() == 1);
  CHECK(nulls == 2);
  std::vector<Module> layers;
  layers.push_back(linear(2, 2));
  refuses_forward(sequential(layers), {nullptr}, TW_ERROR_ARGUMENT, "inputs[0] is NULL");
}

/* ---- attention --------------------------------------------------------------------------------------------------- */

TEST_CASE("attention looks at all places alike where scores are equal, and at none that a mask forbids", "[layers]") {
  Module layer;
  REQUIRE(tw_module_multihead_attention(layer.out(), 2, 1, nullptr) == TW_OK);
  set(layer, "in_proj_weight", {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}); /* scores 0; values as they are */
  set(layer, "out_proj.weight", {1, 0, 0, 1});
  const Tensor query = tensor({5, 5}, {1, 2}), source = tensor({1, 2, 3, 4, 8, 12}, {3, 2});
  std::vector<Tensor> results = forward_all(layer, {query.get(), source.get(), source.get()});
  REQUIRE(results.size() == 2);
  for (const float weight : values(results[1].get())) CHECK(double(weight) == Approx(1.0 / 3));
  CHECK(double(values(results[0].get())[0]) == Approx(4));
  CHECK(double(values(results[0].get())[1]) == Approx(6));

  Tensor forbidden;
  REQUIRE(tw_tensor_to_dtype(forbidden.out(), tensor({0, 1, 0}).get(), TW_BOOL) == TW_OK);
  results = forward_all(layer, {query.get(), source.get(), source.get(), forbidden.get()});
  CHECK(values(results[1].get()) == std::vector<float>{0.5, 0, 0.5});
  const Tensor added = tensor({0, 0, -1e9F}, {1, 3});
  results = forward_all(layer, {query.get(), source.get(), source.get(), nullptr, added.get()});
  CHECK(values(results[1].get()) == std::vector<float>{0.5, 0.5, 0});
  results = forward_all(layer, {query.get(), source.get(), source.get(), forbidden.get(), added.get()});
  CHECK(values(results[1].get()) == std::vector<float>{1, 0, 0});
}

TEST_CASE("attention refuses inputs and masks that do not fit, naming them", "[layers]") {
  Module layer;
  REQUIRE(tw_module_multihead_attention(layer.out(), 2, 1, nullptr) == TW_OK);
  const Tensor q = tensor({5, 5}, {1, 2}), s = tensor({1, 2, 3, 4}, {2, 2}), thin = tensor({1, 2}, {2, 1});
  const Tensor counts = indices({0, 1}), three = tensor({0, 0, 0}), batch = tensor({1, 2}, {1, 1, 2});
  refuses_forward(layer, {q.get(), s.get()}, TW_ERROR_ARGUMENT, "count is 2; this module takes query, key and value");
  refuses_forward(layer, {q.get(), nullptr, s.get()}, TW_ERROR_ARGUMENT, "inputs[1] is NULL");
  refuses_forward(layer, {three.get(), s.get(), s.get()}, TW_ERROR_TORCH, "query has 1 dimensions");
  refuses_forward(layer, {q.get(), batch.get(), s.get()}, TW_ERROR_TORCH, "key has 3 dimensions; query has 2");
  refuses_forward(layer, {q.get(), thin.get(), s.get()}, TW_ERROR_TORCH, "key, places first, has the sizes [2, 1, 1]");
  refuses_forward(layer, {q.get(), s.get(), q.get()}, TW_ERROR_TORCH, "value, places first, has the sizes [1, 1, 2]");
  refuses_forward(layer, {q.get(), s.get(), s.get(), three.get()}, TW_ERROR_TORCH,
                  "key_padding_mask has the sizes [1, 3]; they must be [1, 2]");
  refuses_forward(layer, {q.get(), s.get(), s.get(), nullptr, s.get()}, TW_ERROR_TORCH, "attn_mask has the sizes");
  refuses_forward(layer, {q.get(), s.get(), s.get(), counts.get()}, TW_ERROR_TYPE, "key_padding_mask is of type Long");
}

/* ---- layers inside others ---------------------------------------------------------------------------------------- */

TEST_CASE("an encoder's layers begin as copies of the one given, and draw no random number", "[layers]") {
  Module layer, encoder;
  tw_transformer_encoder_layer_options options;
  REQUIRE(tw_transformer_encoder_layer_options_init(&options, sizeof options) == TW_OK);
  options.dim_feedforward = 3;
  REQUIRE(tw_module_transformer_encoder_layer(layer.out(), 4, 2, &options) == TW_OK);
  REQUIRE(tw_manual_seed(5) == TW_OK);
  const std::vector<float> next = values(get_tensor(linear(2, 2), "weight").get());
  REQUIRE(tw_manual_seed(5) == TW_OK);
  REQUIRE(tw_module_transformer_encoder(encoder.out(), layer.get(), 2, nullptr) == TW_OK);
  CHECK(values(get_tensor(linear(2, 2), "weight").get()) == next);
  for (const std::string &name : parameter_names(layer)) {
    const std::vector<float> given = values(get_tensor(layer, name.c_str()).get());
    CHECK(values(get_tensor(encoder, ("layers.0." + name).c_str()).get()) == given);
    CHECK(values(get_tensor(encoder, ("layers.1." + name).c_str()).get()) == given);
  }
  set(encoder, "layers.0.linear1.bias", {7, 8, 9});
  CHECK(values(get_tensor(encoder, "layers.1.linear1.bias").get()) != std::vector<float>{7, 8, 9});
  CHECK(values(get_tensor(layer, "linear1.bias").get()) != std::vector<float>{7, 8, 9});
  CHECK(parameters(encoder).size() == 2 * parameters(layer).size());
}

TEST_CASE("a sequence hands on the first result, and gives all those of its last module", "[layers]") {
  std::vector<Module> both(2), last(2);
  REQUIRE(tw_module_lstm(both[0].out(), 2, 3, nullptr) == TW_OK);
  both[1] = linear(3, 1);
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  CHECK(values(forward(sequential(both), x).get()) == values(forward(both[1], forward(both[0], x)).get()));
  last[0] = linear(2, 2);
  std::swap(last[1], both[0]);
  const std::vector<Tensor> results = forward_all(sequential(last), {x.get()});
  REQUIRE(results.size() == 3);
  CHECK(values(results[2].get()) == values(forward_all(last[1], {forward(last[0], x).get()})[2].get()));
}

TEST_CASE("a layer with several inputs works as the child of a custom module", "[layers]") {
  Module attention;
  REQUIRE(tw_module_multihead_attention(attention.out(), 2, 1, nullptr) == TW_OK);
  const Module parent = custom(pass_on);
  REQUIRE(tw_module_register_module(parent.get(), "layer", attention.get()) == TW_OK);
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2}), mask = tensor({0, -1, 0, 0}, {2, 2});
  const std::vector<tw_tensor *> inputs = {x.get(), x.get(), x.get(), nullptr, mask.get()};
  const std::vector<Tensor> inside = forward_all(parent, inputs), alone = forward_all(attention, inputs);
  REQUIRE(inside.size() == 1); /* a forward of the caller's has one */
  CHECK(values(inside[0].get()) == values(alone[0].get()));
  CHECK(parameter_names(parent) == std::vector<std::string>{"layer.in_proj_weight", "layer.in_proj_bias",
                                                            "layer.out_proj.weight", "layer.out_proj.bias"});
}

TEST_CASE("a recurrent layer runs on after its module was told to move to where it is", "[layers]") {
  Module lstm;
  REQUIRE(tw_module_lstm(lstm.out(), 2, 3, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  const std::vector<float> before = values(forward(lstm, x).get());
  REQUIRE(tw_module_move_to(lstm.get(), "cpu") == TW_OK);
  CHECK(values(forward(lstm, x).get()) == before);
}

TEST_CASE("a recurrent layer gives the same on a CUDA device", "[layers][cuda]") {
  if (!has_cuda()) return; /* there is nowhere to move to */
  Module lstm;
  REQUIRE(tw_module_lstm(lstm.out(), 2, 3, nullptr) == TW_OK);
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  const std::vector<float> here = values(forward(lstm, x).get());
  Tensor there;
  REQUIRE(tw_module_move_to(lstm.get(), "cuda:0") == TW_OK);
  REQUIRE(tw_tensor_to_device(there.out(), x.get(), "cuda:0") == TW_OK);
  const std::vector<float> moved = values(forward(lstm, there).get());
  for (size_t i = 0; i < here.size(); ++i) CHECK(double(moved[i]) == Approx(double(here[i])).margin(1e-5));
}
