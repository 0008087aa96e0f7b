/* Optimizers: their parameters, groups, getters and setters, and the end of their handles. */
#include <limits>

#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

void check_betas(const tw_optimizer *optimizer, size_t group, double beta1, double beta2) {
  CHECK(option_of(optimizer, TW_OPTION_BETA1, group) == beta1);
  CHECK(option_of(optimizer, TW_OPTION_BETA2, group) == beta2);
}

/* That making an AdamW of these parameters fails so, with out null. */
void check_params_refused(const std::vector<tw_tensor *> &params, const std::string &message) {
  tw_optimizer *out = rubbish<tw_optimizer>();
  INFO(message);
  CHECK(tw_optimizer_adamw(&out, params.data(), params.size(), nullptr) == TW_ERROR_ARGUMENT);
  CHECK(out == nullptr);
  CHECK_THAT(std::string(tw_last_error()), Contains(message));
}

}  // namespace

TEST_CASE("an optimizer names the parameter that it refuses") {
  auto good = parameter64({1.0}), other = parameter64({1.0});
  Handle<tw_tensor> shared, result;
  REQUIRE(tw_tensor_share(shared.out(), good.get()) == TW_OK);
  REQUIRE(tw_op_neg(result.out(), good.get()) == TW_OK);
  auto plain = tensor({1.0f});
  check_params_refused({good.get(), nullptr}, "parameters[1] is NULL");
  check_params_refused({good.get(), result.get()}, "parameters[1] is not a leaf");
  check_params_refused({plain.get()}, "parameters[0] does not require a gradient");
  check_params_refused({good.get(), other.get(), good.get()}, "parameters[2] comes twice");
  check_params_refused({good.get(), shared.get()}, "parameters[1] comes twice");
  check_params_refused({}, "there is no parameter");
  tw_optimizer *out = rubbish<tw_optimizer>();
  CHECK_FAILS(tw_optimizer_adamw(&out, nullptr, 2, nullptr), TW_ERROR_ARGUMENT, "parameters", "NULL");
  CHECK(out == nullptr);
  CHECK_FAILS(tw_optimizer_adamw(nullptr, good.one(), 1, nullptr), TW_ERROR_ARGUMENT, "out is NULL");
}

TEST_CASE("a group keeps the options that it was given, also those that equal the class's defaults") {
  auto first = parameter64({1.0}), second = parameter64({1.0}), third = parameter64({1.0});
  auto chosen = options(tw_adamw_options_init);
  chosen.lr = 0.5, chosen.betas[0] = 0.8, chosen.betas[1] = 0.95, chosen.weight_decay = 0.25;
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), first.one(), 1, &chosen) == TW_OK);
  const auto defaults = options(tw_adamw_options_init);
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), second.one(), 1, &defaults) == TW_OK);
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), third.one(), 1, nullptr) == TW_OK);
  REQUIRE(groups_of(optimizer.get()) == 3);
  CHECK(lr_of(optimizer.get(), 0) == 0.5);
  CHECK(lr_of(optimizer.get(), 1) == 1e-3);
  CHECK(lr_of(optimizer.get(), 2) == 0.5);
  check_betas(optimizer.get(), 0, 0.8, 0.95);
  check_betas(optimizer.get(), 1, 0.9, 0.999);
  check_betas(optimizer.get(), 2, 0.8, 0.95);
  double weight_decay[3];
  for (size_t i = 0; i < 3; ++i)
    REQUIRE(tw_optimizer_get_option(&weight_decay[i], optimizer.get(), i, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK((weight_decay[0] == 0.25 && weight_decay[1] == 1e-2 && weight_decay[2] == 0.25));
}

TEST_CASE("each group steps with its own rate") {
  auto first = parameter64({1.0}), second = parameter64({1.0});
  auto optimizer = sgd(first, 0.5);
  auto chosen = options(tw_sgd_options_init); /* lr 1e-3, the class's default */
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), second.one(), 1, &chosen) == TW_OK);
  set_grad64(first.get(), {1.0});
  set_grad64(second.get(), {1.0});
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(first.get())[0] == 0.5);
  CHECK(values64(second.get())[0] == 1.0 - 1e-3);
}

TEST_CASE("a parameter that is in a group already is refused, and the optimizer stays as it was") {
  auto first = parameter64({1.0}), second = parameter64({1.0}), fresh = parameter64({1.0});
  auto optimizer = sgd(first, 0.5);
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), second.one(), 1, nullptr) == TW_OK);
  tw_tensor *const parameters[] = {fresh.get(), second.get()};
  CHECK_FAILS(tw_optimizer_add_param_group(optimizer.get(), parameters, 2, nullptr), TW_ERROR_ARGUMENT,
              "parameters[1] is already in group 1");
  tw_tensor *const twice[] = {fresh.get(), fresh.get()};
  CHECK_FAILS(tw_optimizer_add_param_group(optimizer.get(), twice, 2, nullptr), TW_ERROR_ARGUMENT,
              "parameters[1] comes twice");
  CHECK_FAILS(tw_optimizer_add_param_group(optimizer.get(), nullptr, 0, nullptr), TW_ERROR_ARGUMENT,
              "there is no parameter");
  auto bad = options(tw_sgd_options_init);
  bad.lr = -1;
  CHECK_FAILS(tw_optimizer_add_param_group(optimizer.get(), fresh.one(), 1, &bad), TW_ERROR_RANGE, "lr is -1");
  CHECK_FAILS(tw_optimizer_add_param_group(nullptr, fresh.one(), 1, nullptr), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK(groups_of(optimizer.get()) == 2);
  CHECK(tw_optimizer_add_param_group(optimizer.get(), fresh.one(), 1, nullptr) == TW_OK);
  CHECK(groups_of(optimizer.get()) == 3);
}

TEST_CASE("setters change one group's option and no other's") {
  auto first = parameter64({1.0}), second = parameter64({1.0});
  auto optimizer = adamw(first, 0.5);
  REQUIRE(tw_optimizer_add_param_group(optimizer.get(), second.one(), 1, nullptr) == TW_OK);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0x1.999999999999ap-4) == TW_OK);
  CHECK(lr_of(optimizer.get(), 1) == 0x1.999999999999ap-4);
  CHECK(lr_of(optimizer.get(), 0) == 0.5);
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_BETA1, 0) == TW_OK);
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_BETA2, 0.75) == TW_OK);
  check_betas(optimizer.get(), 0, 0, 0.75);
  check_betas(optimizer.get(), 1, 0.9, 0.999);
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY, 0) == TW_OK);
  double weight_decay = -1;
  CHECK(tw_optimizer_get_option(&weight_decay, optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK(weight_decay == 0);
  CHECK(tw_optimizer_get_option(&weight_decay, optimizer.get(), 1, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK(weight_decay == 1e-2);
}

TEST_CASE("a rate that was set is the next step's") {
  auto parameter = parameter64({1.0});
  auto optimizer = sgd(parameter, 0.5, /*momentum=*/0);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 0.125) == TW_OK);
  set_grad64(parameter.get(), {1.0});
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(parameter.get())[0] == 0.875);
  REQUIRE(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_MOMENTUM, 0.5) == TW_OK);
  double momentum = 0;
  CHECK(tw_optimizer_get_option(&momentum, optimizer.get(), 0, TW_OPTION_MOMENTUM) == TW_OK);
  CHECK(momentum == 0.5);
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK); /* the buffer starts with the first gradient it sees */
  CHECK(values64(parameter.get())[0] == 0.75);
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(parameter.get())[0] == 0.75 - 0.125 * 1.5);
}

TEST_CASE("setters refuse numbers outside their range and change nothing") {
  auto parameter = parameter64({1.0});
  auto optimizer = adamw(parameter, 0.5);
  CHECK_FAILS(tw_optimizer_set_lr(optimizer.get(), 0, -0.5), TW_ERROR_RANGE, "lr is -0.5;");
  CHECK_FAILS(tw_optimizer_set_lr(optimizer.get(), 0, infinity), TW_ERROR_RANGE, "lr is inf;");
  CHECK(lr_of(optimizer.get()) == 0.5);
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_BETA2, 1), TW_ERROR_RANGE,
              "beta2 is 1; it must lie in");
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_BETA1, 1.5), TW_ERROR_RANGE, "beta1 is 1.5;");
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_AMSGRAD, 2), TW_ERROR_ARGUMENT, "amsgrad is 2;");
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_UNKNOWN, 1), TW_ERROR_ARGUMENT, "option is -1");
  check_betas(optimizer.get(), 0, 0.9, 0.999);
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY, -1), TW_ERROR_RANGE,
              "weight_decay is -1;");
  auto other = parameter64({1.0});
  auto with_momentum = sgd(other, 0.5, 0.25);
  CHECK_FAILS(tw_optimizer_set_option(with_momentum.get(), 0, TW_OPTION_MOMENTUM, infinity), TW_ERROR_RANGE,
              "momentum is inf;");
  double momentum = 0;
  CHECK(tw_optimizer_get_option(&momentum, with_momentum.get(), 0, TW_OPTION_MOMENTUM) == TW_OK);
  CHECK(momentum == 0.25);
}

TEST_CASE("a group that does not exist is named, and outputs are zero") {
  auto parameter = parameter64({1.0});
  auto optimizer = adamw(parameter);
  double out[1] = {7};
  CHECK_FAILS(tw_optimizer_get_lr(out, optimizer.get(), 1), TW_ERROR_RANGE, "group is 1",
              "AdamW has 1 parameter group");
  CHECK(out[0] == 0);
  CHECK(tw_optimizer_set_lr(optimizer.get(), 1, 0.5) == TW_ERROR_RANGE);
  out[0] = 7;
  CHECK(tw_optimizer_get_option(out, optimizer.get(), ~size_t{0}, TW_OPTION_BETA1) == TW_ERROR_RANGE);
  CHECK(out[0] == 0);
  CHECK(tw_optimizer_set_option(optimizer.get(), 1, TW_OPTION_BETA1, 0.5) == TW_ERROR_RANGE);
  CHECK(tw_optimizer_get_option(out, optimizer.get(), 1, TW_OPTION_WEIGHT_DECAY) == TW_ERROR_RANGE);
  CHECK(tw_optimizer_set_option(optimizer.get(), 1, TW_OPTION_WEIGHT_DECAY, 0) == TW_ERROR_RANGE);
  CHECK(tw_optimizer_get_option(out, optimizer.get(), 1, TW_OPTION_MOMENTUM) == TW_ERROR_NOT_FOUND);
}

TEST_CASE("an option that the kind does not have is not found, and the message names the class") {
  auto parameter = parameter64({1.0});
  double out[1] = {7};
  auto sgd_optimizer = sgd(parameter, 0.5);
  CHECK_FAILS(tw_optimizer_get_option(out, sgd_optimizer.get(), 0, TW_OPTION_BETA1), TW_ERROR_NOT_FOUND, "SGD",
              "have no beta1");
  CHECK(out[0] == 0);
  CHECK_FAILS(tw_optimizer_set_option(sgd_optimizer.get(), 0, TW_OPTION_BETA2, 0.5), TW_ERROR_NOT_FOUND, "SGD",
              "have no beta2");
  auto adamw_optimizer = adamw(parameter);
  CHECK_FAILS(tw_optimizer_get_option(out, adamw_optimizer.get(), 0, TW_OPTION_MOMENTUM), TW_ERROR_NOT_FOUND, "AdamW",
              "have no momentum");
  CHECK_FAILS(tw_optimizer_set_option(adamw_optimizer.get(), 0, TW_OPTION_MOMENTUM, 0.5), TW_ERROR_NOT_FOUND, "AdamW",
              "have no momentum");
}

TEST_CASE("a null handle or output is refused") {
  auto parameter = parameter64({1.0});
  auto optimizer = adamw(parameter);
  double out[2] = {7, 7};
  size_t count = 7;
  CHECK_FAILS(tw_optimizer_step(nullptr), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK_FAILS(tw_optimizer_zero_grad(nullptr), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK_FAILS(tw_optimizer_get_group_count(&count, nullptr), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK(count == 0);
  CHECK_FAILS(tw_optimizer_get_lr(out, nullptr, 0), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK_FAILS(tw_optimizer_get_lr(nullptr, optimizer.get(), 0), TW_ERROR_ARGUMENT, "out is NULL");
  CHECK_FAILS(tw_optimizer_set_lr(nullptr, 0, 0.5), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK(out[0] == 0);
  CHECK_FAILS(tw_optimizer_get_option(out, nullptr, 0, TW_OPTION_WEIGHT_DECAY), TW_ERROR_ARGUMENT, "optimizer is NULL");
  CHECK_FAILS(tw_optimizer_set_option(nullptr, 0, TW_OPTION_MOMENTUM, 0), TW_ERROR_ARGUMENT, "optimizer is NULL");
}

TEST_CASE("an optimizer keeps its parameters alive, and they outlive it") {
  auto parameter = parameter64({1.0});
  auto seen = parameter64({0.0});
  REQUIRE(tw_tensor_share(seen.out(), parameter.get()) == TW_OK);
  set_grad64(parameter.get(), {1.0});
  auto optimizer = sgd(parameter, 0.5);
  parameter = {};
  REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(values64(seen.get())[0] == 0.5);
  optimizer = {};
  CHECK(values64(seen.get())[0] == 0.5);
  tw_optimizer_free(nullptr);
}

TEST_CASE("an optimizer steps after every other handle to its parameters is gone") {
  auto parameter = parameter64({1.0});
  set_grad64(parameter.get(), {1.0});
  auto optimizer = adamw(parameter);
  parameter = {};
  CHECK(tw_optimizer_step(optimizer.get()) == TW_OK);
  CHECK(tw_optimizer_zero_grad(optimizer.get()) == TW_OK);
  CHECK(groups_of(optimizer.get()) == 1);
}
