/* Handles freed in every order, while what is left goes on working. Built with AddressSanitizer this is what finds a
   handle that does not keep alive what it needs. */
#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "failure.h"
#include "handles.h"

using namespace tw::test;

namespace {

/* Runs the one child that the module has. */
tw_status forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *) {
  Handle<tw_module> child;
  const tw_status status = tw_module_get_module(child.out(), module, "linear");
  return status == TW_OK ? tw_module_forward(out, child.get(), inputs, count) : status;
}

void ok(tw_status status) {
  if (status != TW_OK) FAIL(tw_status_name(status) << ": " << tw_last_error());
}

/* A training run of one linear layer, in the middle of a step: the loss is computed, its graph not yet used. */
class Run {
 public:
  static constexpr size_t handle_count = 7;

  Run() {
    make_network();
    ok(tw_optimizer_adam(optimizer_.out(), parameters_[0].one(), 1, nullptr));
    ok(tw_optimizer_add_param_group(optimizer_.get(), parameters_[1].one(), 1, nullptr));
    ok(tw_lr_scheduler_cosine_annealing(scheduler_.out(), optimizer_.get(), 100, 0));
    ok(tw_warmup_untuned_linear(warmup_.out(), optimizer_.get(), nullptr, 0));
    const Handle<tw_tensor> input = tensor({1, 2, 3, 4}, {2, 2});
    ok(tw_module_forward(output_.out(), network_.get(), input.one(), 1));
    ok(tw_op_sum(loss_.out(), output_.get()));
  }

  void free(size_t handle) {
    switch (handle) {
      case 0:
        network_ = {};
        break;
      case 1:
        parameters_ = {};
        break;
      case 2:
        optimizer_ = {};
        break;
      case 3:
        scheduler_ = {};
        break;
      case 4:
        warmup_ = {};
        break;
      case 5:
        output_ = {};
        break;
      case 6:
        loss_ = {};
        break;
    }
  }

  /* Does with each handle that is left what it is for. */
  void use() {
    if (loss_) ok(tw_tensor_backward(loss_.get(), nullptr, 1));
    if (optimizer_) ok(tw_optimizer_step(optimizer_.get()));
    step_rates();
    if (network_) use_network();
    if (parameters_[0]) use_parameters();
    if (output_) CHECK(values(output_.get()).size() == 4);
  }

 private:
  void make_network() {
    Handle<tw_module> linear;
    ok(tw_module_linear(linear.out(), 2, 2, nullptr));
    ok(tw_module_custom(network_.out(), forward, nullptr, nullptr));
    ok(tw_module_register_module(network_.get(), "linear", linear.get()));
    Handle<tw_tensor_list> list;
    ok(tw_module_get_parameters(list.out(), network_.get()));
    for (size_t i = 0; i < 2; ++i) ok(tw_tensor_list_get(parameters_[i].out(), list.get(), i));
  }

  void step_rates() {
    double rate = -1;
    if (warmup_) ok(tw_warmup_step(warmup_.get(), scheduler_ ? scheduler_.one() : nullptr, scheduler_ ? 1 : 0));
    if (scheduler_ && !warmup_) ok(tw_lr_scheduler_step(scheduler_.get()));
    if (scheduler_) ok(tw_lr_scheduler_get_last_epoch(&rate, scheduler_.get()));
    if (optimizer_) ok(tw_optimizer_get_lr(&rate, optimizer_.get(), 1));
    CHECK((rate >= 0 || (!scheduler_ && !optimizer_)));
  }

  void use_network() {
    Handle<tw_tensor> output;
    const Handle<tw_tensor> input = tensor({1, 2});
    ok(tw_module_forward(output.out(), network_.get(), input.one(), 1));
    CHECK(values(output.get()).size() == 2);
  }

  void use_parameters() {
    Handle<tw_tensor> gradient;
    ok(tw_tensor_get_grad(gradient.out(), parameters_[0].get()));
    CHECK(values(parameters_[0].get()).size() == 4);
    if (gradient) CHECK(values(gradient.get()).size() == 4);
  }

  Handle<tw_module> network_;
  std::array<Handle<tw_tensor>, 2> parameters_;
  Handle<tw_optimizer> optimizer_;
  Handle<tw_lr_scheduler> scheduler_;
  Handle<tw_warmup> warmup_;
  Handle<tw_tensor> output_, loss_;
};

}  // namespace

TEST_CASE("the handles of a training run can be freed in every order, and what is left works") {
  std::array<size_t, Run::handle_count> order;
  std::iota(order.begin(), order.end(), size_t{0});
  size_t orders = 0;
  do {
    Run run;
    run.use();
    for (const size_t handle : order) {
      run.free(handle);
      run.use();
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(orders == 5040);
}

TEST_CASE("a warmup goes on after the handles to its optimizer and scheduler are freed, with the same rates") {
  std::array<double, 2> rates{};
  for (const bool freed_early : {false, true}) {
    const Handle<tw_tensor> weight = parameter({1});
    Handle<tw_optimizer> optimizer;
    Handle<tw_lr_scheduler> scheduler;
    Handle<tw_warmup> warmup;
    const int64_t period = 10;
    ok(tw_optimizer_sgd(optimizer.out(), weight.one(), 1, nullptr));
    ok(tw_lr_scheduler_cosine_annealing(scheduler.out(), optimizer.get(), 100, 0));
    ok(tw_warmup_linear(warmup.out(), optimizer.get(), &period, 1));
    if (freed_early) optimizer = {};
    for (int i = 0; i < 5; ++i) ok(tw_warmup_step(warmup.get(), scheduler.one(), 1));
    ok(tw_lr_scheduler_get_last_lrs(&rates[freed_early ? 1 : 0], 1, nullptr, scheduler.get()));
  }
  CHECK(rates[0] == rates[1]);
  CHECK(rates[0] < 1e-3);
}

TEST_CASE("a view, a gradient and a graph outlive the handles they came from") {
  Handle<tw_tensor> weight = parameter({1, 2, 3, 4}, {2, 2}), view, product, sum, gradient;
  ok(tw_op_transpose(view.out(), weight.get(), 0, 1));
  ok(tw_op_mul(product.out(), view.get(), view.get()));
  ok(tw_op_sum(sum.out(), product.get()));
  view = {};
  product = {};
  ok(tw_tensor_backward(sum.get(), nullptr, 0));
  ok(tw_tensor_get_grad(gradient.out(), weight.get()));
  sum = {};
  weight = {};
  CHECK(values(gradient.get()) == std::vector<float>{2, 4, 6, 8});
}
