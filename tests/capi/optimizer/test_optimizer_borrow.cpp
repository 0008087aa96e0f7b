/* Borrowed optimizers: made, owned and stepped by a shared library that knows nothing of torch_warmup. */
#include <dlfcn.h>

#include <memory>

#include "csv.h"
#include "foreign_optimizer.h"
#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

const foreign_api &foreign() {
  static const foreign_api *const api = [] {
    void *library = dlopen(TW_FOREIGN_OPTIMIZER, RTLD_NOW | RTLD_LOCAL);
    INFO((library == nullptr ? dlerror() : ""));
    REQUIRE(library != nullptr);
    auto *function = reinterpret_cast<foreign_api_function>(dlsym(library, "foreign_optimizer_api"));
    REQUIRE(function != nullptr);
    return function();
  }();
  return *api;
}

/* An optimizer with its owner, and our handle to it. */
struct Borrowed {
  explicit Borrowed(foreign_owner *made) : owner(made, foreign().free) {
    REQUIRE(tw_optimizer_borrow(handle.out(), foreign().torch_optimizer(made)) == TW_OK);
  }
  tw_optimizer *get() const { return handle.get(); }
  double owners_lr(size_t group) const { return foreign().lr(owner.get(), group); }

  std::unique_ptr<foreign_owner, void (*)(foreign_owner *)> owner;
  Handle<tw_optimizer> handle;
};

/* Cosine annealing and a warmup on top; the owner, who steps, reads the fixture's rates. */
void check_trace(const Borrowed &borrowed, Handle<tw_lr_scheduler> &cosine, Handle<tw_warmup> &warmup) {
  const Csv rows("lr_traces/approach1_cosine_untuned_linear.csv");
  REQUIRE(rows.size() > 150);
  for (size_t i = 0; i < rows.size(); ++i) {
    INFO("step " << i);
    CHECK(borrowed.owners_lr(0) == rows.number(i, "lr0"));
    CHECK(borrowed.owners_lr(1) == rows.number(i, "lr1"));
    foreign().step(borrowed.owner.get());
    REQUIRE(tw_warmup_step(warmup.get(), cosine.one(), 1) == TW_OK);
  }
}

}  // namespace

TEST_CASE("the owner of a borrowed AdamW steps with the rates of cosine annealing under untuned linear warmup") {
  Borrowed borrowed(foreign().make_adamw());
  Handle<tw_lr_scheduler> cosine;
  Handle<tw_warmup> warmup;
  REQUIRE(tw_lr_scheduler_cosine_annealing(cosine.out(), borrowed.get(), 150, 1e-5) == TW_OK);
  REQUIRE(tw_warmup_untuned_linear(warmup.out(), borrowed.get(), nullptr, 0) == TW_OK);
  borrowed.handle = {}; /* the warmup and the scheduler need the optimizer, not our handle to it */
  check_trace(borrowed, cosine, warmup);
}

TEST_CASE("two handles to one borrowed optimizer are one optimizer to a warmup") {
  Borrowed borrowed(foreign().make_adamw());
  Handle<tw_optimizer> second;
  REQUIRE(tw_optimizer_borrow(second.out(), foreign().torch_optimizer(borrowed.owner.get())) == TW_OK);
  Handle<tw_lr_scheduler> cosine;
  Handle<tw_warmup> warmup;
  REQUIRE(tw_lr_scheduler_cosine_annealing(cosine.out(), borrowed.get(), 150, 1e-5) == TW_OK);
  REQUIRE(tw_warmup_untuned_linear(warmup.out(), second.get(), nullptr, 0) == TW_OK);
  check_trace(borrowed, cosine, warmup);
}

TEST_CASE("a class that LibTorch does not know takes a warmup and a schedule, whose periods are given") {
  Borrowed borrowed(foreign().make_own());
  /* Linear periods of the fixture's betas: trunc(2 / (1 - 0.95)) and trunc(2 / (1 - 0.99)) in double. */
  const int64_t periods[] = {39, 199};
  Handle<tw_lr_scheduler> cosine;
  Handle<tw_warmup> warmup;
  REQUIRE(tw_lr_scheduler_cosine_annealing(cosine.out(), borrowed.get(), 150, 1e-5) == TW_OK);
  REQUIRE(tw_warmup_linear(warmup.out(), borrowed.get(), periods, 2) == TW_OK);
  check_trace(borrowed, cosine, warmup);
}

TEST_CASE("the owner's step moves its parameters by the rate that was set here") {
  Borrowed borrowed(GENERATE(foreign().make_sgd, foreign().make_own)());
  REQUIRE(tw_optimizer_set_lr(borrowed.get(), 1, 0.25) == TW_OK);
  CHECK(borrowed.owners_lr(1) == 0.25);
  foreign().step(borrowed.owner.get());
  CHECK(foreign().parameter(borrowed.owner.get(), 0) == 0.5);
  CHECK(foreign().parameter(borrowed.owner.get(), 1) == 0.75);
  REQUIRE(tw_optimizer_step(borrowed.get()) == TW_OK); /* with the gradient that the owner left */
  CHECK(foreign().parameter(borrowed.owner.get(), 1) == 0.5);
  REQUIRE(tw_optimizer_zero_grad(borrowed.get()) == TW_OK);
}

TEST_CASE("the options of a borrowed optimizer of LibTorch's classes can be reached") {
  Borrowed adamw(foreign().make_adamw());
  double number = -1;
  CHECK(option_of(adamw.get(), TW_OPTION_BETA1, 1) == 0.9);
  CHECK(option_of(adamw.get(), TW_OPTION_BETA2, 1) == 0.99);
  REQUIRE(tw_optimizer_get_option(&number, adamw.get(), 0, TW_OPTION_WEIGHT_DECAY) == TW_OK);
  CHECK(number == 1e-2);
  Borrowed sgd(foreign().make_sgd());
  REQUIRE(tw_optimizer_set_option(sgd.get(), 0, TW_OPTION_MOMENTUM, 0.5) == TW_OK);
  REQUIRE(tw_optimizer_get_option(&number, sgd.get(), 0, TW_OPTION_MOMENTUM) == TW_OK);
  CHECK(number == 0.5);
  Borrowed lbfgs(foreign().make_lbfgs());
  CHECK(lr_of(lbfgs.get()) == 1);
  REQUIRE(tw_optimizer_set_lr(lbfgs.get(), 0, 0.5) == TW_OK);
  CHECK(lbfgs.owners_lr(0) == 0.5);
  CHECK_FAILS(tw_optimizer_get_option(&number, lbfgs.get(), 0, TW_OPTION_WEIGHT_DECAY), TW_ERROR_NOT_FOUND, "LBFGS",
              "have no weight_decay");
}

TEST_CASE("of a class that LibTorch does not know only the rate can be reached, and the message names the class") {
  Borrowed borrowed(foreign().make_own());
  CHECK(lr_of(borrowed.get(), 1) == 0.1);
  double beta1 = 7;
  CHECK_FAILS(tw_optimizer_get_option(&beta1, borrowed.get(), 0, TW_OPTION_BETA1), TW_ERROR_NOT_FOUND, "SignDescent",
              "have no beta1");
  CHECK(beta1 == 0);
  CHECK_FAILS(tw_optimizer_set_option(borrowed.get(), 0, TW_OPTION_WEIGHT_DECAY, 0.5), TW_ERROR_NOT_FOUND,
              "SignDescent");
  CHECK_FAILS(tw_optimizer_set_option(borrowed.get(), 0, TW_OPTION_MOMENTUM, 0.5), TW_ERROR_NOT_FOUND, "SignDescent",
              "have no momentum");
  tw_warmup *warmup = rubbish<tw_warmup>();
  CHECK_FAILS(tw_warmup_untuned_linear(&warmup, borrowed.get(), nullptr, 0), TW_ERROR_NOT_FOUND, "SignDescent",
              "beta2");
  CHECK(warmup == nullptr);
  CHECK(borrowed.owners_lr(0) == 0.5);
}

TEST_CASE("an optimizer whose options have no rate can be stepped but not warmed up") {
  Borrowed borrowed(foreign().make_rateless());
  double lr = 7;
  CHECK_FAILS(tw_optimizer_get_lr(&lr, borrowed.get(), 0), TW_ERROR_TYPE, "SignDescent", "get_lr and set_lr");
  CHECK(lr == 0);
  CHECK_FAILS(tw_optimizer_set_lr(borrowed.get(), 0, 0.5), TW_ERROR_TYPE, "SignDescent", "get_lr and set_lr");
  const int64_t period = 10;
  tw_warmup *warmup = rubbish<tw_warmup>();
  CHECK_FAILS(tw_warmup_linear(&warmup, borrowed.get(), &period, 1), TW_ERROR_TYPE, "SignDescent");
  CHECK(warmup == nullptr);
  foreign().step(borrowed.owner.get());
  REQUIRE(tw_optimizer_step(borrowed.get()) == TW_OK);
  CHECK(foreign().parameter(borrowed.owner.get(), 0) == 0.5);
}

TEST_CASE("where one group refuses its new rate, the groups before it get their old one back") {
  Borrowed borrowed(foreign().make_stubborn());
  const int64_t period = 10;
  tw_warmup *warmup = rubbish<tw_warmup>();
  CHECK_FAILS(tw_warmup_linear(&warmup, borrowed.get(), &period, 1), TW_ERROR_TYPE, "group 1", "may not fall so low");
  CHECK(warmup == nullptr);
  CHECK(borrowed.owners_lr(0) == 0.5);
  CHECK(borrowed.owners_lr(1) == 0.1);
}

TEST_CASE("a borrowed optimizer gains a group with the options that it was made with") {
  auto parameter = parameter64({1.0});
  Borrowed borrowed(foreign().make_adagrad());
  const auto chosen = options(tw_adagrad_options_init);
  CHECK_FAILS(tw_optimizer_add_param_group(borrowed.get(), parameter.one(), 1, &chosen), TW_ERROR_TYPE,
              "borrowed Adagrad");
  CHECK(groups_of(borrowed.get()) == 1);
  REQUIRE(tw_optimizer_add_param_group(borrowed.get(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(groups_of(borrowed.get()) == 2);
  CHECK(borrowed.owners_lr(1) == 0.5);
  set_grad64(parameter.get(), {2.0});
  REQUIRE(tw_optimizer_step(borrowed.get()) == TW_OK);
  CHECK(values64(parameter.get())[0] == Approx(0.5).epsilon(1e-9));
  Borrowed own(foreign().make_own());
  REQUIRE(tw_optimizer_add_param_group(own.get(), parameter.one(), 1, nullptr) == TW_OK);
  CHECK(own.owners_lr(2) == 0.5);
}

TEST_CASE("a borrowed optimizer without groups takes every warmup and every schedule") {
  Borrowed empty(foreign().make_empty());
  tw_optimizer *optimizer = empty.get();
  const double one = 0.1, beta2 = 0.99;
  const int64_t period = 5;
  tw_reduce_on_plateau_options options;
  REQUIRE(tw_reduce_on_plateau_options_init(&options, sizeof options) == TW_OK);
  options.min_lr = &one;
  options.min_lr_count = 1;
  Handle<tw_lr_scheduler> cycle, rise, plateau;
  REQUIRE(tw_lr_scheduler_cyclic(cycle.out(), optimizer, &one, 1, &one, nullptr) == TW_OK);
  REQUIRE(tw_lr_scheduler_one_cycle(rise.out(), optimizer, &one, 1, 50, nullptr) == TW_OK);
  REQUIRE(tw_lr_scheduler_reduce_on_plateau(plateau.out(), optimizer, &options) == TW_OK);
  REQUIRE(tw_lr_scheduler_step_metric(plateau.get(), 1.0) == TW_OK);
  for (const int kind : {0, 1, 2, 3, 4}) {
    INFO("warmup " << kind);
    Handle<tw_warmup> warmup;
    REQUIRE((kind == 0   ? tw_warmup_linear(warmup.out(), optimizer, &period, 1)
             : kind == 1 ? tw_warmup_exponential(warmup.out(), optimizer, nullptr, 0)
             : kind == 2 ? tw_warmup_untuned_linear(warmup.out(), optimizer, nullptr, 0)
             : kind == 3 ? tw_warmup_untuned_exponential(warmup.out(), optimizer, &beta2, 1)
                         : tw_warmup_radam(warmup.out(), optimizer, &beta2, 1)) == TW_OK);
    REQUIRE(tw_warmup_step(warmup.get(), cycle.one(), 1) == TW_OK);
    REQUIRE(tw_warmup_step(warmup.get(), rise.one(), 1) == TW_OK);
    REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  }
  REQUIRE(tw_optimizer_step(optimizer) == TW_OK);
  CHECK(groups_of(optimizer) == 0);
}

TEST_CASE("LBFGS cannot step without a closure nor have a second group") {
  auto parameter = parameter64({1.0});
  Borrowed borrowed(foreign().make_lbfgs());
  CHECK_FAILS(tw_optimizer_step(borrowed.get()), TW_ERROR_TORCH, "closure");
  CHECK_FAILS(tw_optimizer_add_param_group(borrowed.get(), parameter.one(), 1, nullptr), TW_ERROR_TYPE, "LBFGS");
  CHECK(groups_of(borrowed.get()) == 1);
}

TEST_CASE("freeing the handle leaves a borrowed optimizer to its owner") {
  Borrowed borrowed(foreign().make_sgd());
  borrowed.handle = {};
  foreign().step(borrowed.owner.get());
  CHECK(foreign().parameter(borrowed.owner.get(), 0) == 0.5);
  tw_optimizer *out = rubbish<tw_optimizer>();
  CHECK_FAILS(tw_optimizer_borrow(&out, nullptr), TW_ERROR_ARGUMENT, "torch_optimizer is NULL");
  CHECK(out == nullptr);
}
