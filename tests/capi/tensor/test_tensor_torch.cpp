/* Tensors shared with C++ that uses the same LibTorch. */
#include "failure.h"
#include "handles.h"
#include "torch_reference.h"

using namespace tw::test;
namespace reference = tw::reference;

namespace {

/* An at::Tensor that C++ made. */
class AtTensor {
 public:
  explicit AtTensor(void *address) : address_(address) {}
  AtTensor(const AtTensor &) = delete;
  AtTensor &operator=(const AtTensor &) = delete;
  ~AtTensor() { free(); }

  void free() { reference::delete_tensor(std::exchange(address_, nullptr)); }
  void *get() const { return address_; }

 private:
  void *address_;
};

Handle<tw_tensor> handle_to(const AtTensor &made) {
  Handle<tw_tensor> out;
  REQUIRE(tw_tensor_from_torch(out.out(), made.get()) == TW_OK);
  return out;
}

const void *torch_of(const Handle<tw_tensor> &tensor) {
  const void *out = nullptr;
  REQUIRE(tw_tensor_get_torch(&out, tensor.get()) == TW_OK);
  return out;
}

}  // namespace

TEST_CASE("a tensor of C++'s is shared: its memory, its gradient and its graph") {
  const AtTensor made(reference::new_tensor({1, 2}));
  const Handle<tw_tensor> handle = handle_to(made);
  reference::fill(made.get(), 3);
  CHECK(values(handle.get()) == std::vector<float>{3, 3});
  Handle<tw_tensor> squares, sum;
  REQUIRE(tw_op_mul(squares.out(), handle.get(), handle.get()) == TW_OK);
  REQUIRE(tw_op_sum(sum.out(), squares.get()) == TW_OK);
  REQUIRE(tw_tensor_backward(sum.get(), nullptr, 0) == TW_OK);
  CHECK(reference::gradient_of(made.get()) == std::vector<float>{6, 6});
}

TEST_CASE("a handle to a tensor of C++'s outlives it") {
  AtTensor made(reference::new_tensor({1, 2}));
  const Handle<tw_tensor> handle = handle_to(made);
  made.free();
  CHECK(values(handle.get()) == std::vector<float>{1, 2});
}

TEST_CASE("C++ sees the tensor that a handle holds") {
  const Handle<tw_tensor> made = parameter({4, 5}), seven = tensor({7});
  const void *address = torch_of(made);
  CHECK(reference::numbers_of(address) == std::vector<float>{4, 5});
  reference::fill(address, 6);
  CHECK(values(made.get()) == std::vector<float>{6, 6});
  REQUIRE(tw_tensor_set_grad(made.get(), tensor({8, 9}).get()) == TW_OK);
  CHECK(reference::gradient_of(address) == std::vector<float>{8, 9});
}

TEST_CASE("what one handle gives, another can be made of") {
  const Handle<tw_tensor> made = tensor({4, 5});
  Handle<tw_tensor> again;
  REQUIRE(tw_tensor_from_torch(again.out(), torch_of(made)) == TW_OK);
  REQUIRE(tw_tensor_copy_from(again.get(), tensor({1}).get()) == TW_OK);
  CHECK(values(made.get()) == std::vector<float>{1, 1});
}

TEST_CASE("an undefined tensor of C++'s is refused") {
  const AtTensor none(reference::new_undefined_tensor());
  auto *out = rubbish<tw_tensor>();
  check_failure(tw_tensor_from_torch(&out, none.get()), TW_ERROR_ARGUMENT, {"at_tensor is undefined"});
  CHECK(out == nullptr);
}
