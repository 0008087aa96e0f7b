/* Gradients: what gathers them, what passes them on, how they are read and set. */
#include "failure.h"
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

bool requires_grad(const Tensor &tensor) {
  int32_t out = -1;
  REQUIRE(tw_tensor_get_requires_grad(&out, tensor.get()) == TW_OK);
  REQUIRE((out == 0 || out == 1));
  return out == 1;
}

/* The tensor's gradient; an empty handle where there is none. */
Tensor grad(const Tensor &tensor) {
  tw_tensor *out = rubbish<tw_tensor>();
  REQUIRE(tw_tensor_get_grad(&out, tensor.get()) == TW_OK);
  return Tensor(out);
}

/* The sum of the squares: its gradient is twice the tensor. */
Tensor squares(const Tensor &tensor) {
  Tensor product, sum;
  REQUIRE(tw_op_mul(product.out(), tensor.get(), tensor.get()) == TW_OK);
  REQUIRE(tw_op_sum(sum.out(), product.get()) == TW_OK);
  return sum;
}

}  // namespace

/* ---- backward ----------------------------------------------------------------------------------------------------- */

TEST_CASE("there is no gradient before backward; each backward adds to it") {
  const Tensor weight = parameter({1, -2});
  CHECK_FALSE(grad(weight));
  REQUIRE(tw_tensor_backward(squares(weight).get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{2, -4});
  REQUIRE(tw_tensor_backward(squares(weight).get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{4, -8});
}

TEST_CASE("backward frees the graph, unless it is to be retained") {
  const Tensor weight = parameter({3});
  const Tensor loss = squares(weight);
  REQUIRE(tw_tensor_backward(loss.get(), nullptr, 1) == TW_OK);
  REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{12});
  check_failure(tw_tensor_backward(loss.get(), nullptr, 0), TW_ERROR_TORCH, {"second time"});
  CHECK(numbers(grad(weight)) == Numbers{12});
}

TEST_CASE("backward from several elements takes their gradient") {
  const Tensor weight = parameter({1, 2});
  Tensor product;
  REQUIRE(tw_op_mul(product.out(), weight.get(), weight.get()) == TW_OK);
  check_failure(tw_tensor_backward(product.get(), nullptr, 0), TW_ERROR_TORCH, {"scalar"});
  check_failure(tw_tensor_backward(product.get(), tensor({1, 1, 1}).get(), 0), TW_ERROR_TORCH, {"[3]", "[2]"});
  CHECK_FALSE(grad(weight));
  REQUIRE(tw_tensor_backward(product.get(), tensor({10, 100}).get(), 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{20, 400});
}

TEST_CASE("backward of a tensor that needs no gradient is refused") {
  check_failure(tw_tensor_backward(tensor({1}).get(), nullptr, 0), TW_ERROR_TORCH, {"does not require grad"});
}

/* ---- which tensors gather gradients ------------------------------------------------------------------------------- */

TEST_CASE("a tensor gathers gradients only after it has been told to") {
  const Tensor made = tensor({1});
  CHECK_FALSE(requires_grad(made));
  REQUIRE(tw_tensor_set_requires_grad(made.get(), 1) == TW_OK);
  CHECK(requires_grad(made));
  REQUIRE(tw_tensor_set_requires_grad(made.get(), 0) == TW_OK);
  CHECK_FALSE(requires_grad(made));
}

TEST_CASE("an integer tensor cannot gather gradients") {
  const Tensor made = longs({1});
  check_failure(tw_tensor_set_requires_grad(made.get(), 1), TW_ERROR_TYPE, {"Long", "floating"});
  CHECK_FALSE(requires_grad(made));
  CHECK(tw_tensor_set_requires_grad(made.get(), 0) == TW_OK);
}

TEST_CASE("a tensor inside the graph cannot be told to need no gradient") {
  const Tensor weight = parameter({1});
  const Tensor loss = squares(weight);
  check_failure(tw_tensor_set_requires_grad(loss.get(), 0), TW_ERROR_TORCH, {"leaf"});
  CHECK(requires_grad(loss));
  CHECK(tw_tensor_set_requires_grad(loss.get(), 1) == TW_OK);
}

TEST_CASE("gradients flow through a clone and a change of dtype, not through a detached tensor") {
  const Tensor weight = parameter({3});
  Tensor clone, converted, detached;
  REQUIRE(tw_tensor_clone(clone.out(), weight.get()) == TW_OK);
  REQUIRE(tw_tensor_to_dtype(converted.out(), clone.get(), TW_FLOAT64) == TW_OK);
  REQUIRE(tw_tensor_backward(squares(converted).get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{6});
  REQUIRE(tw_tensor_detach(detached.out(), weight.get()) == TW_OK);
  CHECK_FALSE(requires_grad(detached));
  CHECK_FALSE(grad(detached));
}

TEST_CASE("a shared handle has the tensor's gradient and graph") {
  const Tensor weight = parameter({3});
  Tensor shared, shared_loss;
  REQUIRE(tw_tensor_share(shared.out(), weight.get()) == TW_OK);
  REQUIRE(tw_tensor_share(shared_loss.out(), squares(weight).get()) == TW_OK);
  REQUIRE(tw_tensor_backward(shared_loss.get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(shared)) == Numbers{6});
  REQUIRE(tw_tensor_set_requires_grad(shared.get(), 0) == TW_OK);
  CHECK_FALSE(requires_grad(weight));
}

/* ---- setting gradients -------------------------------------------------------------------------------------------- */

TEST_CASE("a gradient that is set is shared, and NULL removes it") {
  const Tensor weight = parameter({1, 2}), gradient = tensor({5, 6});
  REQUIRE(tw_tensor_set_grad(weight.get(), gradient.get()) == TW_OK);
  CHECK(data_of(grad(weight)) == data_of(gradient));
  REQUIRE(tw_tensor_set_grad(weight.get(), nullptr) == TW_OK);
  CHECK_FALSE(grad(weight));
}

TEST_CASE("backward adds to a gradient that was set") {
  const Tensor weight = parameter({1});
  REQUIRE(tw_tensor_set_grad(weight.get(), tensor({100}).get()) == TW_OK);
  REQUIRE(tw_tensor_backward(squares(weight).get(), nullptr, 0) == TW_OK);
  CHECK(numbers(grad(weight)) == Numbers{102});
}

TEST_CASE("a gradient of other sizes or dtype, or the tensor itself, is refused and changes nothing") {
  const Tensor weight = parameter({1, 2});
  check_failure(tw_tensor_set_grad(weight.get(), tensor({1, 2, 3}).get()), TW_ERROR_ARGUMENT, {"[3]", "[2]"});
  check_failure(tw_tensor_set_grad(weight.get(), doubles({1, 2}).get()), TW_ERROR_ARGUMENT, {"Double", "Float"});
  check_failure(tw_tensor_set_grad(weight.get(), weight.get()), TW_ERROR_ARGUMENT, {"the tensor itself"});
  CHECK_FALSE(grad(weight));
}
