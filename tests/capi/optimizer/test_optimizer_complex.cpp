/* Complex parameters: what a step makes of them and of what it keeps. Steps against Python are in tests/interop. */
#include "op.h"
#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

Tensor complexes(const std::vector<double> &pairs) {
  return op("view_as_complex", {arg(doubles(pairs, {static_cast<int64_t>(pairs.size() / 2), 2}))});
}

Tensor complex_parameter(const std::vector<double> &pairs) {
  Tensor made = complexes(pairs);
  REQUIRE(tw_tensor_set_requires_grad(made.get(), 1) == TW_OK);
  return made;
}

std::vector<double> pairs_of(const Tensor &tensor) {
  Tensor plain;
  REQUIRE(tw_tensor_detach(plain.out(), tensor.get()) == TW_OK);
  return numbers(op("view_as_real", {arg(op("resolve_conj", {arg(plain)}))}));
}

Handle<tw_optimizer> adam(const Tensor &parameter) {
  Handle<tw_optimizer> made;
  REQUIRE(tw_optimizer_adam(made.out(), parameter.one(), 1, nullptr) == TW_OK);
  return made;
}

}  // namespace

TEST_CASE("Adam's first step moves the real and the imaginary part each by its rate") {
  auto parameter = complex_parameter({1, 2});
  auto optimizer = adam(parameter);
  for (int step = 1; step <= 3; ++step) {
    REQUIRE(tw_tensor_set_grad(parameter.get(), complexes({0.5, 0.25}).get()) == TW_OK);
    REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
    check_near(pairs_of(parameter), {1 - 1e-3 * step, 2 - 1e-3 * step}, 1e-7);
  }
}

TEST_CASE("a conjugated gradient counts as its conjugate") {
  auto parameter = complex_parameter({1, 2});
  auto optimizer = adam(parameter);
  const Tensor conjugated = op("conj", {arg(complexes({0.5, 0.25}))});
  REQUIRE(tw_tensor_set_grad(parameter.get(), conjugated.get()) == TW_OK);
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  check_near(pairs_of(parameter), {1 - 1e-3, 2 + 1e-3}, 1e-7);
}

TEST_CASE("a step leaves complex parameters in the optimizer, with the gradients that they had") {
  auto parameter = complex_parameter({1, 2});
  auto optimizer = adam(parameter);
  const Tensor gradient = complexes({0.5, 0.25});
  REQUIRE(tw_tensor_set_grad(parameter.get(), gradient.get()) == TW_OK);
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  Tensor kept;
  REQUIRE(tw_tensor_get_grad(kept.out(), parameter.get()) == TW_OK);
  CHECK(pairs_of(kept) == std::vector<double>{0.5, 0.25});
  /* The very parameter is there, and may not be added again. */
  CHECK_FAILS(tw_optimizer_add_param_group(optimizer.get(), parameter.one(), 1, nullptr), TW_ERROR_ARGUMENT,
              "already in group 0");
  REQUIRE(tw_optimizer_zero_grad(optimizer.get()) == TW_OK);
  REQUIRE(tw_tensor_get_grad(kept.out(), parameter.get()) == TW_OK);
  CHECK(kept.get() == nullptr);
}

TEST_CASE("a complex parameter that is a conjugated view is refused before any other has moved") {
  auto first = parameter64({1});
  Tensor second = op("conj", {arg(complexes({1, 2}))});
  REQUIRE(tw_tensor_set_requires_grad(second.get(), 1) == TW_OK);
  tw_tensor *both[] = {first.get(), second.get()};
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adam(optimizer.out(), both, 2, nullptr) == TW_OK);
  set_grad64(first.get(), {1});
  REQUIRE(tw_tensor_set_grad(second.get(), complexes({1, 1}).get()) == TW_OK);
  CHECK_FAILS(tw_optimizer_step(optimizer.get()), TW_ERROR_TYPE, "parameter 1 of group 0", "conjugated", "clone");
  CHECK(values64(first.get()) == std::vector<double>{1});
}

TEST_CASE("a checkpoint's real state is refused for a complex parameter, which a step would take for half of it") {
  auto real = parameter64({1, 2});
  Handle<tw_optimizer> from;
  REQUIRE(tw_optimizer_adam(from.out(), real.one(), 1, nullptr) == TW_OK);
  set_grad64(real.get(), {1, 1});
  REQUIRE(tw_optimizer_step(from.get()) == TW_OK);
  Handle<tw_checkpoint> checkpoint;
  REQUIRE(tw_checkpoint_create(checkpoint.out()) == TW_OK);
  REQUIRE(tw_checkpoint_put_optimizer(checkpoint.get(), "optimizer", from.get()) == TW_OK);
  auto parameter = complex_parameter({1, 2, 3, 4});
  auto optimizer = adam(parameter);
  CHECK_FAILS(tw_checkpoint_restore_optimizer(optimizer.get(), checkpoint.get(), "optimizer"), TW_ERROR_TYPE,
              "state[0].exp_avg", "Double", "ComplexDouble");
}
