#include <cmath>
#include <cstring>
#include <limits>

#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();
const double nan_value = std::numeric_limits<double>::quiet_NaN();

/* That create refuses these options with this status and message, and leaves out null. */
template <class Options>
void check_refused(tw_status (*create)(tw_optimizer **, tw_tensor *const *, size_t, const Options *),
                   const Options &chosen, tw_status status, const std::string &message) {
  auto parameter = parameter64({1.0});
  tw_optimizer *out = rubbish<tw_optimizer>();
  INFO(message);
  CHECK(create(&out, parameter.one(), 1, &chosen) == status);
  CHECK(out == nullptr);
  CHECK_THAT(std::string(tw_last_error()), Contains(message));
}

/* The structure of a header in which the options went no further than eps. */
struct older_adamw_options {
  size_t struct_size;
  int32_t kind, amsgrad;
  double lr, betas[2], eps;
};

/* The structure of a header that has two more members. */
struct newer_adamw_options {
  tw_adamw_options known;
  double later_number;
  int32_t later_flag, reserved;
};

}  // namespace

TEST_CASE("the init functions fill in PyTorch's defaults") {
  const auto adam = options(tw_adam_options_init);
  CHECK((adam.lr == 1e-3 && adam.betas[0] == 0.9 && adam.betas[1] == 0.999 && adam.eps == 1e-8));
  CHECK((adam.weight_decay == 0 && adam.amsgrad == 0 && adam.struct_size == sizeof adam));
  const auto adamw = options(tw_adamw_options_init);
  CHECK((adamw.lr == 1e-3 && adamw.betas[0] == 0.9 && adamw.betas[1] == 0.999 && adamw.eps == 1e-8));
  CHECK((adamw.weight_decay == 1e-2 && adamw.amsgrad == 0 && adamw.struct_size == sizeof adamw));
  const auto sgd = options(tw_sgd_options_init);
  CHECK((sgd.lr == 1e-3 && sgd.momentum == 0 && sgd.dampening == 0 && sgd.weight_decay == 0 && sgd.nesterov == 0));
  const auto rmsprop = options(tw_rmsprop_options_init);
  CHECK((rmsprop.lr == 1e-2 && rmsprop.alpha == 0.99 && rmsprop.eps == 1e-8 && rmsprop.weight_decay == 0));
  CHECK((rmsprop.momentum == 0 && rmsprop.centered == 0 && rmsprop.struct_size == sizeof rmsprop));
  const auto adagrad = options(tw_adagrad_options_init);
  CHECK((adagrad.lr == 1e-2 && adagrad.lr_decay == 0 && adagrad.weight_decay == 0 && adagrad.eps == 1e-10));
  CHECK((adagrad.initial_accumulator_value == 0 && adagrad.struct_size == sizeof adagrad));
}

TEST_CASE("an optimizer without options has the defaults that init fills in") {
  auto parameter = parameter64({1.0});
  Handle<tw_optimizer> optimizer;
  double weight_decay = 0, momentum = 0;
  REQUIRE(tw_optimizer_adam(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(lr_of(optimizer.get()) == 1e-3);
  REQUIRE(tw_optimizer_adamw(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(option_of(optimizer.get(), TW_OPTION_BETA1) == 0.9);
  CHECK(option_of(optimizer.get(), TW_OPTION_BETA2) == 0.999);
  REQUIRE(tw_optimizer_get_option(&weight_decay, optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK(weight_decay == 1e-2);
  REQUIRE(tw_optimizer_sgd(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(lr_of(optimizer.get()) == 1e-3);
  REQUIRE(tw_optimizer_get_option(&momentum, optimizer.get(), 0, TW_OPTION_MOMENTUM) == TW_OK);
  CHECK(momentum == 0);
  REQUIRE(tw_optimizer_rmsprop(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(lr_of(optimizer.get()) == 1e-2);
  REQUIRE(tw_optimizer_adagrad(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(lr_of(optimizer.get()) == 1e-2);
}

TEST_CASE("an option outside its range is refused by name, with its value") {
  auto adamw = options(tw_adamw_options_init);
  SECTION("betas[1] above 1") {
    adamw.betas[1] = 1.5;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "betas[1] is 1.5; it must lie in [0, 1)");
  }
  SECTION("betas[1] = 1, for which Adam divides by zero") {
    adamw.betas[1] = 1;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "betas[1] is 1;");
  }
  SECTION("betas[0] below 0") {
    adamw.betas[0] = -0.5;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "betas[0] is -0.5;");
  }
  SECTION("a beta that is no number") {
    adamw.betas[0] = nan_value;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "betas[0] is nan;");
  }
  SECTION("a negative lr") {
    adamw.lr = -0.25;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "lr is -0.25; it must be finite and not negative");
  }
  SECTION("an infinite lr") {
    adamw.lr = infinity;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "lr is inf;");
  }
  SECTION("a negative eps") {
    adamw.eps = -1;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "eps is -1;");
  }
  SECTION("a negative weight_decay") {
    adamw.weight_decay = -1;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_RANGE, "weight_decay is -1;");
  }
  SECTION("a truth value of 2") {
    adamw.amsgrad = 2;
    check_refused(tw_optimizer_adamw, adamw, TW_ERROR_ARGUMENT, "amsgrad is 2; it must be 0 or 1");
  }
}

TEST_CASE("the options of the other kinds have their ranges too") {
  auto adam = options(tw_adam_options_init);
  adam.betas[1] = 1;
  check_refused(tw_optimizer_adam, adam, TW_ERROR_RANGE, "betas[1] is 1;");
  auto sgd = options(tw_sgd_options_init);
  sgd.momentum = -0.5;
  check_refused(tw_optimizer_sgd, sgd, TW_ERROR_RANGE, "momentum is -0.5;");
  sgd = options(tw_sgd_options_init);
  sgd.dampening = infinity;
  check_refused(tw_optimizer_sgd, sgd, TW_ERROR_RANGE, "dampening is inf;");
  auto rmsprop = options(tw_rmsprop_options_init);
  rmsprop.alpha = 1;
  check_refused(tw_optimizer_rmsprop, rmsprop, TW_ERROR_RANGE, "alpha is 1;");
  rmsprop = options(tw_rmsprop_options_init);
  rmsprop.centered = -1;
  check_refused(tw_optimizer_rmsprop, rmsprop, TW_ERROR_ARGUMENT, "centered is -1;");
  auto adagrad = options(tw_adagrad_options_init);
  adagrad.lr_decay = -1;
  check_refused(tw_optimizer_adagrad, adagrad, TW_ERROR_RANGE, "lr_decay is -1;");
  adagrad = options(tw_adagrad_options_init);
  adagrad.initial_accumulator_value = -1;
  check_refused(tw_optimizer_adagrad, adagrad, TW_ERROR_RANGE, "initial_accumulator_value is -1;");
}

TEST_CASE("nesterov needs a momentum and no dampening") {
  auto sgd = options(tw_sgd_options_init);
  sgd.nesterov = 1;
  check_refused(tw_optimizer_sgd, sgd, TW_ERROR_RANGE, "momentum is 0 and dampening is 0");
  sgd.momentum = 0.9;
  sgd.dampening = 0.1;
  check_refused(tw_optimizer_sgd, sgd, TW_ERROR_RANGE, "dampening is 0.1");
  sgd.dampening = 0;
  auto parameter = parameter64({1.0});
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_sgd(optimizer.out(), parameter.one(), 1, &sgd) == TW_OK);
  CHECK_FAILS(tw_optimizer_set_option(optimizer.get(), 0, TW_OPTION_MOMENTUM, 0), TW_ERROR_RANGE, "nesterov");
  double momentum = 0;
  CHECK(tw_optimizer_get_option(&momentum, optimizer.get(), 0, TW_OPTION_MOMENTUM) == TW_OK);
  CHECK(momentum == 0.9);
}

TEST_CASE("the members that an older header's options lack take their defaults") {
  /* Behind the structure lies what a reader that goes too far would take for weight_decay and amsgrad. */
  struct {
    older_adamw_options options;
    double behind[2];
  } memory;
  memory.behind[0] = memory.behind[1] = -7;
  auto *older = reinterpret_cast<tw_adamw_options *>(&memory.options);
  REQUIRE(tw_adamw_options_init(older, sizeof memory.options) == TW_OK);
  CHECK(memory.options.struct_size == sizeof(older_adamw_options));
  CHECK((memory.options.lr == 1e-3 && memory.options.betas[1] == 0.999 && memory.options.eps == 1e-8));
  CHECK((memory.behind[0] == -7 && memory.behind[1] == -7));
  memory.options.lr = 0.25;
  auto parameter = parameter64({1.0});
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), parameter.one(), 1, older) == TW_OK);
  double weight_decay = 0;
  REQUIRE(tw_optimizer_get_option(&weight_decay, optimizer.get(), 0, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK(weight_decay == 1e-2);
  CHECK(lr_of(optimizer.get()) == 0.25);
}

TEST_CASE("a newer header's options are taken as long as what this version does not know is as init left it") {
  newer_adamw_options newer;
  std::memset(&newer, 0x5a, sizeof newer);
  REQUIRE(tw_adamw_options_init(&newer.known, sizeof newer) == TW_OK);
  CHECK(newer.known.struct_size == sizeof newer);
  CHECK((newer.later_number == 0 && newer.later_flag == 0));
  newer.known.lr = 0.25;
  auto parameter = parameter64({1.0});
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_adamw(optimizer.out(), parameter.one(), 1, &newer.known) == TW_OK);
  CHECK(lr_of(optimizer.get()) == 0.25);
  newer.later_flag = 1;
  check_refused(tw_optimizer_adamw, newer.known, TW_ERROR_ARGUMENT, std::to_string(sizeof newer));
  CHECK_THAT(std::string(tw_last_error()), Contains(std::to_string(sizeof newer.known) + " bytes"));
}

TEST_CASE("options that init has not filled in are refused, with both sizes") {
  tw_adamw_options chosen{};
  chosen.lr = 0.1;
  for (const size_t size : {size_t{0}, size_t{8}, size_t{17}, size_t{1} << 40, ~size_t{0}}) {
    chosen.struct_size = size;
    check_refused(tw_optimizer_adamw, chosen, TW_ERROR_ARGUMENT, "struct_size is " + std::to_string(size));
    CHECK_THAT(std::string(tw_last_error()), Contains(std::to_string(sizeof chosen) + " bytes"));
    CHECK_FAILS(tw_adamw_options_init(&chosen, size), TW_ERROR_ARGUMENT, "struct_size is " + std::to_string(size));
    CHECK(chosen.lr == 0.1);
  }
  CHECK_FAILS(tw_adam_options_init(nullptr, sizeof(tw_adam_options)), TW_ERROR_ARGUMENT, "options is NULL");
}
