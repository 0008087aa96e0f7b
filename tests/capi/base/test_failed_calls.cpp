/* "A call that fails has changed nothing": the exceptions, as they are declared, and what stays as it was beside them. */
#include "failure.h"
#include "op.h"

using namespace tw::test;

namespace {

/* The first module takes an input and the second does not. */
struct Failing {
  explicit Failing(Handle<tw_module> made) : first(std::move(made)) {
    REQUIRE(tw_module_linear(second.out(), 3, 1, nullptr) == TW_OK);
    tw_module *both[] = {first.get(), second.get()};
    REQUIRE(tw_module_sequential(sequence.out(), both, 2) == TW_OK);
  }

  tw_status forward() {
    Tensor out;
    return tw_module_forward(out.out(), sequence.get(), input.one(), 1);
  }
  std::vector<double> state(const char *name) {
    Tensor found;
    REQUIRE(tw_module_get_tensor(found.out(), sequence.get(), name) == TW_OK);
    return numbers(found);
  }

  Handle<tw_module> first, second, sequence;
  Tensor input = tensor({1, 2, 3, 4}, {2, 2});
};

Handle<tw_module> batch_norm() {
  Handle<tw_module> made;
  REQUIRE(tw_module_batch_norm1d(made.out(), 2, nullptr) == TW_OK);
  return made;
}

Handle<tw_module> dropout() {
  Handle<tw_module> made;
  REQUIRE(tw_module_dropout(made.out(), 0.5) == TW_OK);
  return made;
}

std::vector<double> next_numbers() {
  const int64_t size = 4;
  Tensor drawn;
  REQUIRE(tw_tensor_rand(drawn.out(), &size, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
  return numbers(drawn);
}

}  // namespace

TEST_CASE("a forward pass that fails has counted its batch, in training mode only") {
  Failing model(batch_norm());
  CHECK(model.forward() == TW_ERROR_TORCH);
  CHECK(model.state("0.num_batches_tracked") == std::vector<double>{1});
  check_near(model.state("0.running_mean"), {0.2, 0.3}, 1e-6); /* a tenth of the batch's 2 and 3 */
  REQUIRE(tw_module_train(model.sequence.get(), 0) == TW_OK);
  CHECK(model.forward() == TW_ERROR_TORCH);
  CHECK(model.state("0.num_batches_tracked") == std::vector<double>{1});
  check_near(model.state("0.running_mean"), {0.2, 0.3}, 1e-6);
}

TEST_CASE("a forward pass that fails has drawn its random numbers, in training mode only") {
  Failing model(dropout());
  REQUIRE(tw_manual_seed(1) == TW_OK);
  const auto first = next_numbers();
  REQUIRE(tw_manual_seed(1) == TW_OK);
  CHECK(model.forward() == TW_ERROR_TORCH);
  CHECK(next_numbers() != first);
  REQUIRE(tw_module_train(model.sequence.get(), 0) == TW_OK);
  REQUIRE(tw_manual_seed(1) == TW_OK);
  CHECK(model.forward() == TW_ERROR_TORCH);
  CHECK(next_numbers() == first);
}

TEST_CASE("an operator that writes in place may have begun when a late index fails; one that does not has not") {
  const Tensor target = doubles({0, 0, 0, 0});
  const Tensor index = longs({0, 9}), ones = doubles({1, 1});
  const tw_argument arguments[] = {arg(target), arg(0), arg(index), arg(ones)};
  Tensor out;
  check_failure(tw_op_call_one(out.out(), "scatter", arguments, 4), TW_ERROR_TORCH, {"index 9"});
  CHECK(numbers(target) == std::vector<double>{0, 0, 0, 0});
  check_failure(tw_op_call_one(out.out(), "scatter_", arguments, 4), TW_ERROR_TORCH, {"index 9"});
  CHECK(numbers(target) == std::vector<double>{1, 0, 0, 0});
}

TEST_CASE("a backward pass that is refused beforehand adds nothing to the gradients") {
  auto weight = parameter({1, 2});
  Tensor loss, gradient;
  REQUIRE(tw_op_sum(loss.out(), weight.get()) == TW_OK);
  check_failure(tw_tensor_backward(loss.get(), tensor({1, 1}).get(), 0), TW_ERROR_TORCH,
                {"gradient has the sizes [2]"});
  REQUIRE(tw_tensor_get_grad(gradient.out(), weight.get()) == TW_OK);
  CHECK(gradient.get() == nullptr);
  REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
  REQUIRE(tw_tensor_get_grad(gradient.out(), weight.get()) == TW_OK);
  CHECK(numbers(gradient) == std::vector<double>{1, 1});
}

TEST_CASE("a module's restore that meets a buffer which cannot be written has written none") {
  Handle<tw_module> from, to;
  Handle<tw_checkpoint> checkpoint;
  REQUIRE(tw_checkpoint_create(checkpoint.out()) == TW_OK);
  for (auto *each : {&from, &to}) REQUIRE(tw_module_custom(each->out(), nullptr, nullptr, nullptr) == TW_OK);
  const Tensor expanded = op("expand", {arg(doubles({3})), ints({2})}), zeros = doubles({0, 0});
  REQUIRE(tw_module_register_buffer(from.get(), "a", doubles({1, 2}).get()) == TW_OK);
  REQUIRE(tw_module_register_buffer(from.get(), "b", doubles({1, 2}).get()) == TW_OK);
  REQUIRE(tw_module_register_buffer(to.get(), "a", zeros.get()) == TW_OK);
  REQUIRE(tw_module_register_buffer(to.get(), "b", expanded.get()) == TW_OK);
  REQUIRE(tw_checkpoint_put_module(checkpoint.get(), "m", from.get()) == TW_OK);
  check_failure(tw_checkpoint_restore_module(to.get(), checkpoint.get(), "m", 1), TW_ERROR_TYPE, {"share one place"});
  CHECK(numbers(zeros) == std::vector<double>{0, 0});
}
