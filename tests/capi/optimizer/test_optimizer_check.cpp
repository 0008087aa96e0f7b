/* A step that cannot be made whole is not begun. */
#include "op.h"
#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

using Make = tw_status (*)(tw_optimizer **out, tw_tensor *const *parameters);

const Make make_adam = [](tw_optimizer **out, tw_tensor *const *parameters) {
  return tw_optimizer_adam(out, parameters, 2, nullptr);
};
const Make make_adamw = [](tw_optimizer **out, tw_tensor *const *parameters) {
  return tw_optimizer_adamw(out, parameters, 2, nullptr);
};
const Make make_rmsprop = [](tw_optimizer **out, tw_tensor *const *parameters) {
  return tw_optimizer_rmsprop(out, parameters, 2, nullptr);
};
const Make make_plain_sgd = [](tw_optimizer **out, tw_tensor *const *parameters) {
  auto chosen = options(tw_sgd_options_init);
  chosen.lr = 0.5;
  return tw_optimizer_sgd(out, parameters, 2, &chosen);
};
const Make make_adagrad = [](tw_optimizer **out, tw_tensor *const *parameters) {
  auto chosen = options(tw_adagrad_options_init);
  chosen.lr = 0.5;
  return tw_optimizer_adagrad(out, parameters, 2, &chosen);
};

/* Two parameters of two numbers, of which the second is what a step may stumble over. */
struct Pair {
  explicit Pair(Make make, Handle<tw_tensor> unusual = parameter64({3, 4})) : second(std::move(unusual)) {
    tw_tensor *both[] = {first.get(), second.get()};
    REQUIRE(make(optimizer.out(), both) == TW_OK);
    set_grad64(first.get(), {1, 1});
  }

  /* Refused, with nothing moved; and a step of another gradient is then the first one, not the second. */
  void check_refused(const std::string &part) {
    CHECK_FAILS(tw_optimizer_step(optimizer.get()), TW_ERROR_TYPE, "parameter 1 of group 0", part);
    CHECK(values64(first.get()) == std::vector<double>{1, 2});
  }

  Handle<tw_tensor> first = parameter64({1, 2}), second;
  Handle<tw_optimizer> optimizer;
};

Tensor sparse(double number) {
  return op("sparse_coo_tensor", {arg(longs({1}, {1, 1})), arg(doubles({number})), ints({2})});
}

void set_grad(const Handle<tw_tensor> &parameter, const Tensor &gradient) {
  REQUIRE(tw_tensor_set_grad(parameter.get(), gradient.get()) == TW_OK);
}

}  // namespace

TEST_CASE("a sparse gradient at the second parameter leaves the first where it was, and its state as it was") {
  const Make make = GENERATE(as<Make>{}, make_adam, make_adamw, make_rmsprop);
  Pair pair(make), other(make);
  set_grad(pair.second, sparse(1));
  pair.check_refused("SGD and Adagrad");
  pair.check_refused("Sparse");
  for (Pair *each : {&pair, &other}) {
    set_grad64(each->second.get(), {1, 1});
    REQUIRE(tw_optimizer_step(each->optimizer.get()) == TW_OK);
  }
  CHECK(values64(pair.first.get()) == values64(other.first.get()));
  CHECK(values64(pair.second.get()) == values64(other.second.get()));
}

TEST_CASE("SGD steps by a sparse gradient where it has elements") {
  Pair pair(make_plain_sgd);
  set_grad(pair.second, sparse(2));
  REQUIRE(tw_optimizer_step(pair.optimizer.get()) == TW_OK);
  CHECK(values64(pair.first.get()) == std::vector<double>{0.5, 1.5});
  CHECK(values64(pair.second.get()) == std::vector<double>{3, 3});
}

TEST_CASE("Adagrad steps by a sparse gradient where it has elements") {
  Pair pair(make_adagrad);
  set_grad(pair.second, sparse(2));
  REQUIRE(tw_optimizer_step(pair.optimizer.get()) == TW_OK);
  check_near(values64(pair.second.get()), {3, 3.5}, 1e-9); /* 4 - lr g / sqrt(g g) */
}

TEST_CASE("a sparse gradient is refused beside a weight decay, which makes it dense") {
  const Make make = GENERATE(as<Make>{}, make_plain_sgd, make_adagrad);
  Pair pair(make);
  REQUIRE(tw_optimizer_set_option(pair.optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY, 0.5) == TW_OK);
  set_grad(pair.second, sparse(1));
  pair.check_refused("weight_decay");
  pair.check_refused("0.5");
}

TEST_CASE("a parameter whose elements share their memory is refused before another has moved") {
  Tensor expanded = op("expand", {arg(doubles({3})), ints({2})});
  REQUIRE(tw_tensor_set_requires_grad(expanded.get(), 1) == TW_OK);
  Pair pair(make_adam, std::move(expanded));
  set_grad64(pair.second.get(), {1, 1});
  pair.check_refused("share one place");
}

TEST_CASE("a gradient and a state of other sizes than the parameter's are refused before another has moved") {
  Pair pair(make_adam);
  set_grad64(pair.second.get(), {1, 1});
  REQUIRE(tw_optimizer_step(pair.optimizer.get()) == TW_OK);
  const auto before = values64(pair.first.get());
  call("set_data", {arg(pair.second), arg(doubles({1, 2, 3}))});
  CHECK_FAILS(tw_optimizer_step(pair.optimizer.get()), TW_ERROR_STATE, "gradient of parameter 1 of group 0", "[2]",
              "[3]");
  REQUIRE(tw_tensor_set_grad(pair.second.get(), nullptr) == TW_OK);
  set_grad64(pair.second.get(), {1, 1, 1});
  CHECK_FAILS(tw_optimizer_step(pair.optimizer.get()), TW_ERROR_STATE, "exp_avg of parameter 1 of group 0");
  CHECK(values64(pair.first.get()) == before);
}

TEST_CASE("a number that the second parameter's type cannot hold moves no parameter and no state") {
  const Make make = GENERATE(as<Make>{}, make_adam, make_adamw, make_rmsprop, make_plain_sgd, make_adagrad);
  Pair pair(make, parameter({3.0F, 4.0F})), other(make, parameter({3.0F, 4.0F}));
  const double lr = lr_of(pair.optimizer.get());
  const auto give_gradients = [](const Pair &each) {
    Tensor ones;
    const int64_t sizes[] = {2};
    REQUIRE(tw_tensor_ones(ones.out(), sizes, 1, TW_FLOAT32, nullptr) == TW_OK);
    set_grad(each.second, ones);
  };
  const std::pair<tw_option, double> large[] = {{TW_OPTION_LR, 1e300}, {TW_OPTION_WEIGHT_DECAY, 1e39}};
  give_gradients(pair);
  give_gradients(other);
  for (const auto &[option, number] : large) {
    double before = 0;
    REQUIRE(tw_optimizer_get_option(&before, pair.optimizer.get(), 0, option) == TW_OK);
    REQUIRE(tw_optimizer_set_option(pair.optimizer.get(), 0, option, number) == TW_OK);
    CHECK_FAILS(tw_optimizer_step(pair.optimizer.get()), TW_ERROR_RANGE, tw_option_name(option),
                "parameter 1 of group 0", "Float");
    CHECK(values64(pair.first.get()) == std::vector<double>{1, 2});
    REQUIRE(tw_optimizer_set_option(pair.optimizer.get(), 0, option, before) == TW_OK);
  }
  REQUIRE(lr_of(pair.optimizer.get()) == lr);
  for (Pair *each : {&pair, &other}) REQUIRE(tw_optimizer_step(each->optimizer.get()) == TW_OK);
  CHECK(values64(pair.first.get()) == values64(other.first.get()));
}

TEST_CASE("a rate that Adam's first step makes too large moves nothing, and parameters of float64 take any") {
  Pair narrow(make_adam, parameter({3.0F, 4.0F})), wide(make_adam);
  Tensor ones;
  const int64_t sizes[] = {2};
  REQUIRE(tw_tensor_ones(ones.out(), sizes, 1, TW_FLOAT32, nullptr) == TW_OK);
  set_grad(narrow.second, ones);
  set_grad64(wide.second.get(), {1, 1});
  for (Pair *each : {&narrow, &wide}) REQUIRE(tw_optimizer_set_lr(each->optimizer.get(), 0, 1e38) == TW_OK);
  CHECK_FAILS(tw_optimizer_step(narrow.optimizer.get()), TW_ERROR_RANGE, "the lr of group 0 is 1e+38");
  CHECK(values64(narrow.first.get()) == std::vector<double>{1, 2});
  CHECK(tw_optimizer_step(wide.optimizer.get()) == TW_OK);
}
