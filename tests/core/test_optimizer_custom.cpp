/* An optimizer of the caller's own functions: what it must offer, what its failures become, when its context goes. */
#include <cmath>
#include <cstring>

#include "failure.h"
#include "own_optimizer.h"
#include "schedulers.h"

using namespace tw::test;

namespace {

struct Own {
  OwnOptimizer numbers;
  Optimizer handle;

  explicit Own(std::map<tw_option, std::vector<double>> rows, const char *name = "SGD") {
    numbers.rows = std::move(rows);
    const tw_optimizer_interface interface = OwnOptimizer::interface_of(name);
    REQUIRE(tw_optimizer_custom(handle.out(), &interface, &numbers) == TW_OK);
  }
  ~Own() { handle = Optimizer(); }
};

const std::vector<double> two = {0.5, 0.1};

}  // namespace

TEST_CASE("a custom optimizer is scheduled and warmed up through its own functions") {
  Own own({{TW_OPTION_LR, two}});
  const auto fall = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
  const auto warmup = linear(own.handle, {4});
  CHECK(own.numbers.rows[TW_OPTION_LR] == Numbers{0.125, 0.025});
  step(warmup, {&fall});
  CHECK(own.numbers.rows[TW_OPTION_LR] == Numbers{0.125, 0.025}); /* half the rate, twice the factor */
}

TEST_CASE("an untuned warmup takes beta2 from a custom optimizer that has one, and refuses one that has none") {
  Own with({{TW_OPTION_LR, two}, {TW_OPTION_BETA2, {0.9, 0.99}}}, "Mine");
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_untuned_linear(warmup.out(), with.handle.get(), nullptr, 0) == TW_OK);
  double factors[2] = {0, 0};
  REQUIRE(tw_warmup_get_factor(&factors[0], warmup.get(), 0, 0) == TW_OK);
  REQUIRE(tw_warmup_get_factor(&factors[1], warmup.get(), 0, 1) == TW_OK);
  CHECK(factors[0] == 1.0 / 20); /* trunc(2 / (1 - 0.9)), which is 20.000000000000004 */
  CHECK(factors[1] == 1.0 / 199);
  Own without({{TW_OPTION_LR, two}}, "Mine");
  tw_warmup *refused = rubbish<tw_warmup>();
  check_failure(tw_warmup_radam(&refused, without.handle.get(), nullptr, 0), TW_ERROR_NOT_FOUND, {"Mine has no beta2"});
  CHECK(refused == nullptr);
}

TEST_CASE("momentum is cycled where a custom optimizer has beta1 or momentum") {
  const double low = 0.01, high = 0.1;
  Own momentum({{TW_OPTION_LR, two}, {TW_OPTION_MOMENTUM, {0, 0}}});
  Own beta1({{TW_OPTION_LR, two}, {TW_OPTION_BETA1, {0, 0}}, {TW_OPTION_MOMENTUM, {7, 7}}});
  const auto first = scheduler(tw_lr_scheduler_cyclic, momentum.handle, &low, 1, &high, nullptr);
  const auto second = scheduler(tw_lr_scheduler_cyclic, beta1.handle, &low, 1, &high, nullptr);
  CHECK(momentum.numbers.rows[TW_OPTION_MOMENTUM] == Numbers{0.9, 0.9});
  CHECK(beta1.numbers.rows[TW_OPTION_BETA1] == Numbers{0.9, 0.9});
  CHECK(beta1.numbers.rows[TW_OPTION_MOMENTUM] == Numbers{7, 7});
}

TEST_CASE("what an optimizer's function fails with is what the call fails with, and nothing has changed") {
  for (const int fail_from : {0, 1, 2}) {
    Own own({{TW_OPTION_LR, two}});
    const auto fall = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
    const auto warmup = linear(own.handle, {4});
    const Numbers before = own.numbers.rows[TW_OPTION_LR], saved = state(fall);
    own.numbers.calls = 0;
    own.numbers.fail_from = fail_from;
    own.numbers.status = TW_ERROR_DEVICE;
    const tw_status status = tw_warmup_step(warmup.get(), fall.one(), 1);
    if (fail_from == 2) { /* a step reads once and writes once */
      CHECK(status == TW_OK);
      continue;
    }
    check_failure(status, TW_ERROR_DEVICE, {"the optimizer's ", "TW_ERROR_DEVICE", "the device is gone"});
    own.numbers.fail_from = -1;
    CHECK(own.numbers.rows[TW_OPTION_LR] == before);
    CHECK(state(fall) == saved);
    step(warmup, {&fall});
  }
}

TEST_CASE("where momentum cannot be set, the rate goes back to what it was") {
  Own own({{TW_OPTION_LR, two}, {TW_OPTION_MOMENTUM, {0.5, 0.5}}});
  const double low = 0.01, high = 0.1;
  const auto cycle = scheduler(tw_lr_scheduler_cyclic, own.handle, &low, 1, &high, nullptr);
  const auto before = own.numbers.rows;
  const Numbers saved = state(cycle);
  own.numbers.calls = 0;
  own.numbers.fail_from = 3; /* two reads, the rates, and then the momentum */
  own.numbers.status = TW_ERROR_CANCELLED;
  check_failure(tw_lr_scheduler_step(cycle.get()), TW_ERROR_CANCELLED, {"the optimizer's set"});
  own.numbers.fail_from = -1;
  CHECK(own.numbers.rows[TW_OPTION_MOMENTUM] == before.at(TW_OPTION_MOMENTUM));
  CHECK(state(cycle) == saved);
}

TEST_CASE("a number that get forgets is refused, not taken for 0") {
  Own own({{TW_OPTION_LR, {0.5, std::nan("")}}});
  double lr = 7;
  check_failure(tw_optimizer_get_lr(&lr, own.handle.get(), 1), TW_ERROR_RANGE, {"no number for the lr of group 1"});
  CHECK(lr == 0);
}

TEST_CASE("a success leaves the last error, whatever the optimizer's functions did in between") {
  Own own({{TW_OPTION_LR, two}});
  own.numbers.within = [](void *) { tw_set_last_error("from within"); };
  tw_set_last_error("from before");
  const char *borrowed = tw_last_error();
  double lr = 0;
  REQUIRE(tw_optimizer_get_lr(&lr, own.handle.get(), 0) == TW_OK);
  CHECK(tw_last_error() == borrowed);
  CHECK(std::strcmp(borrowed, "from before") == 0);
}

TEST_CASE("an interface that lacks something is refused by name, and its context released where that can be known") {
  int released = 0;
  OwnOptimizer own;
  own.released_too = &released;
  const auto refuse = [&](void (*spoil)(tw_optimizer_interface &), const char *message) {
    tw_optimizer_interface interface = OwnOptimizer::interface_of("SGD");
    spoil(interface);
    auto *made = rubbish<tw_optimizer>();
    check_failure(tw_optimizer_custom(&made, &interface, &own), TW_ERROR_ARGUMENT, {message});
    CHECK(made == nullptr);
  };
  refuse([](auto &i) { i.group_count = nullptr; }, "group_count is NULL");
  refuse([](auto &i) { i.get = nullptr; }, "get is NULL");
  refuse([](auto &i) { i.set = nullptr; }, "set is NULL");
  CHECK(released == 3);
  refuse([](auto &i) { i.struct_size = 8; }, "struct_size is 8");
  CHECK(released == 3);
}

TEST_CASE("the context is released once, when the last that needs it is gone, in any order") {
  int released = 0;
  for (const int order : {0, 1, 2}) {
    released = 0;
    Own own({{TW_OPTION_LR, two}});
    own.numbers.released_too = &released;
    auto fall = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
    auto warmup = linear(own.handle, {4});
    if (order == 0) own.handle = Optimizer();
    if (order == 1) warmup = Handle<tw_warmup>();
    fall = Scheduler();
    CHECK(released == 0);
    own.handle = Optimizer();
    warmup = Handle<tw_warmup>();
    CHECK(released == 1);
  }
}

TEST_CASE("a detached optimizer is touched no more, and what is bound to it says so") {
  int released = 0;
  Own own({{TW_OPTION_LR, two}});
  own.numbers.released_too = &released;
  const auto fall = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
  const auto warmup = linear(own.handle, {4});
  REQUIRE(tw_optimizer_detach(own.handle.get()) == TW_OK);
  CHECK(released == 1);
  own.numbers.rows.clear();
  check_failure(tw_warmup_step(warmup.get(), fall.one(), 1), TW_ERROR_STATE, {"the optimizer has been detached"});
  check_failure(tw_lr_scheduler_step(fall.get()), TW_ERROR_STATE, {"the optimizer has been detached"});
  tw_lr_scheduler *made = nullptr;
  check_failure(tw_lr_scheduler_exponential(&made, own.handle.get(), 0.5), TW_ERROR_STATE, {"has been detached"});
  double lr = 7;
  check_failure(tw_optimizer_get_lr(&lr, own.handle.get(), 0), TW_ERROR_STATE, {"detached"});
  double lrs[2] = {0, 0};
  REQUIRE(tw_warmup_get_undampened_lrs(lrs, 2, nullptr, warmup.get()) == TW_OK);
  CHECK(lrs[0] == 0.5);
  REQUIRE(tw_optimizer_detach(own.handle.get()) == TW_OK);
  CHECK(released == 1);
}

TEST_CASE("an optimizer that has no groups, and one that loses them, is no crash") {
  Own own({{TW_OPTION_LR, Numbers{}}});
  const auto fall = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
  const auto warmup = linear(own.handle, {4});
  step(warmup, {&fall});
  const double high = 0.1;
  const auto cycle = tw_lr_scheduler_one_cycle;
  tw_lr_scheduler *made = nullptr;
  REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  CHECK(cycle(&made, own.handle.get(), &high, 1, 10, nullptr) == TW_OK);
  tw_lr_scheduler_free(made);
  own.numbers.rows[TW_OPTION_LR] = {0.5, 0.1, 0.3};
  const auto more = scheduler(tw_lr_scheduler_exponential, own.handle, 0.5);
  own.numbers.rows[TW_OPTION_LR] = {0.5};
  check_failure(tw_lr_scheduler_step(more.get()), TW_ERROR_STATE, {"has 1 parameter groups", "made for 3"});
}

TEST_CASE("the class's name is a buffer like every other") {
  Own own({{TW_OPTION_LR, two}}, "Lion");
  char name[8];
  size_t needed = 0;
  REQUIRE(tw_optimizer_get_class_name(nullptr, 0, &needed, own.handle.get()) == TW_OK);
  CHECK(needed == 5);
  check_failure(tw_optimizer_get_class_name(name, 4, &needed, own.handle.get()), TW_ERROR_CAPACITY, {"capacity is 4"});
  CHECK(needed == 5);
  REQUIRE(tw_optimizer_get_class_name(name, sizeof name, nullptr, own.handle.get()) == TW_OK);
  CHECK(std::strcmp(name, "Lion") == 0);
}

TEST_CASE("options are found, set and checked by their number, each group on its own") {
  Own own({{TW_OPTION_LR, two}, {TW_OPTION_WEIGHT_DECAY, {0, 0}}});
  double value = 7;
  REQUIRE(tw_optimizer_set_option(own.handle.get(), 1, TW_OPTION_WEIGHT_DECAY, 0.25) == TW_OK);
  CHECK(own.numbers.rows[TW_OPTION_WEIGHT_DECAY] == Numbers{0, 0.25});
  check_failure(tw_optimizer_set_option(own.handle.get(), 1, TW_OPTION_WEIGHT_DECAY, -1), TW_ERROR_RANGE,
                {"weight_decay is -1"});
  check_failure(tw_optimizer_get_option(&value, own.handle.get(), 0, TW_OPTION_EPS), TW_ERROR_NOT_FOUND,
                {"SGD has no eps"});
  CHECK(value == 0);
  check_failure(tw_optimizer_get_option(&value, own.handle.get(), 2, TW_OPTION_LR), TW_ERROR_RANGE,
                {"group is 2 but SGD has 2 parameter groups"});
  check_failure(tw_optimizer_get_option(&value, own.handle.get(), 0, TW_OPTION_MAX_ENUM), TW_ERROR_ARGUMENT,
                {"option is 2147483647"});
  CHECK(std::strcmp(tw_option_name(TW_OPTION_WEIGHT_DECAY), "weight_decay") == 0);
  CHECK(std::strcmp(tw_option_name(TW_OPTION_UNKNOWN), "unknown") == 0);
}
