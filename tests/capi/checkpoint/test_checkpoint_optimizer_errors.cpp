/* Optimizers that do not fit the file, and those that no checkpoint takes. */
#include <dlfcn.h>

#include <memory>

#include "checkpoint_files.h"
#include "checkpoint_optimizers.h"
#include "failure.h"
#include "foreign_optimizer.h"
#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

const foreign_api &foreign() {
  static const foreign_api *const api = [] {
    void *library = dlopen(TW_FOREIGN_OPTIMIZER, RTLD_NOW | RTLD_LOCAL);
    REQUIRE(library != nullptr);
    return reinterpret_cast<foreign_api_function>(dlsym(library, "foreign_optimizer_api"))();
  }();
  return *api;
}

/* An optimizer of another library, and our handle to it. */
struct Borrowed {
  explicit Borrowed(foreign_owner *made) : owner(made, foreign().free) {
    REQUIRE(tw_optimizer_borrow(handle.out(), foreign().torch_optimizer(made)) == TW_OK);
  }

  std::unique_ptr<foreign_owner, void (*)(foreign_owner *)> owner;
  Handle<tw_optimizer> handle;
};

void check_refused(const Handle<tw_checkpoint> &from, tw_optimizer *optimizer, tw_status status,
                   std::initializer_list<std::string> texts) {
  const double before = lr_of(optimizer);
  check_failure(tw_checkpoint_restore_optimizer(optimizer, from.get(), "optimizer"), status, texts);
  CHECK(lr_of(optimizer) == before);
}

}  // namespace

TEST_CASE("a borrowed optimizer is saved and loaded, and its owner steps on with the state") {
  Borrowed trained(foreign().make_adamw()), resumed(foreign().make_adamw());
  for (int i = 0; i < 5; ++i) foreign().step(trained.owner.get());
  REQUIRE(tw_optimizer_set_lr(trained.handle.get(), 0, 0.25) == TW_OK);
  const auto made = checkpoint_of(trained.handle.get());
  REQUIRE(tw_checkpoint_restore_optimizer(resumed.handle.get(), made.get(), "optimizer") == TW_OK);
  CHECK(foreign().lr(resumed.owner.get(), 0) == 0.25);

  /* The gradient is always 1: after one more step each, the sixth, both have the same averages and count. */
  foreign().step(trained.owner.get());
  foreign().step(resumed.owner.get());
  CHECK(bytes_of(resumed.handle.get()) == bytes_of(trained.handle.get()));
  foreign().step(trained.owner.get());
  CHECK(bytes_of(resumed.handle.get()) != bytes_of(trained.handle.get()));
}

TEST_CASE("a borrowed Adagrad, whose state is made with it, is saved before its first step") {
  Borrowed fresh(foreign().make_adagrad()), trained(foreign().make_adagrad());
  const auto made = checkpoint_of(fresh.handle.get());
  foreign().step(trained.owner.get());
  REQUIRE(tw_checkpoint_restore_optimizer(trained.handle.get(), made.get(), "optimizer") == TW_OK);
  const double before = foreign().parameter(trained.owner.get(), 0);
  foreign().step(trained.owner.get());
  CHECK(foreign().parameter(trained.owner.get(), 0) == Approx(before - 0.5).epsilon(1e-6)); /* the first step again */
}

TEST_CASE("a class that Python's state_dict is not known of is refused by name") {
  const auto parameter = parameter64({1});
  const auto known = checkpoint_of(adamw(parameter).get());
  const auto made = checkpoint();
  Borrowed lbfgs(foreign().make_lbfgs()), own(foreign().make_own());
  check_failure(tw_checkpoint_put_optimizer(made.get(), "k", lbfgs.handle.get()), TW_ERROR_TYPE, {"LBFGS", "AdamW"});
  check_failure(tw_checkpoint_put_optimizer(made.get(), "k", own.handle.get()), TW_ERROR_TYPE, {"the optimizer is "});
  CHECK(keys(made).empty());
  check_refused(known, lbfgs.handle.get(), TW_ERROR_TYPE, {"LBFGS"});
  check_refused(known, own.handle.get(), TW_ERROR_TYPE, {"the optimizer is "});
}

TEST_CASE("groups, parameters and sizes that differ are refused with their numbers") {
  const auto one = parameter64({1}), two = parameter64({1, 2}), three = parameter64({3});
  const auto small = adamw(one, 0.25), large = adamw(two, 0.5);
  set_grad64(one.get(), {1});
  REQUIRE(tw_optimizer_step(small.get()) == TW_OK);
  const auto from = checkpoint_of(small.get());
  check_refused(from, large.get(), TW_ERROR_ARGUMENT, {"state[0].exp_avg of \"optimizer\"", "[1]", "[2]"});

  REQUIRE(tw_optimizer_add_param_group(large.get(), three.one(), 1, nullptr) == TW_OK);
  check_refused(from, large.get(), TW_ERROR_ARGUMENT, {"\"optimizer\" has 1 parameter groups", "AdamW has 2"});

  tw_tensor *const both[] = {one.get(), three.get()};
  Handle<tw_optimizer> wide;
  REQUIRE(tw_optimizer_adamw(wide.out(), both, 2, nullptr) == TW_OK);
  check_refused(from, wide.get(), TW_ERROR_ARGUMENT, {"param_groups[0]", "has 1 parameters", "has 2"});
}

TEST_CASE("what is no optimizer's state_dict is refused by what it lacks") {
  const auto parameter = parameter64({1});
  const auto optimizer = adamw(parameter, 0.25);
  const auto made = checkpoint();
  check_refused(made, optimizer.get(), TW_ERROR_NOT_FOUND, {"no key \"optimizer\""});
  REQUIRE(tw_checkpoint_put_int64(made.get(), "optimizer", 1) == TW_OK);
  check_refused(made, optimizer.get(), TW_ERROR_TYPE, {"\"optimizer\" is an int, not a dict"});
  REQUIRE(tw_checkpoint_put_rng_state(made.get(), "optimizer") == TW_OK);
  check_refused(made, optimizer.get(), TW_ERROR_ARGUMENT, {"\"optimizer\" has no key \"param_groups\""});
}

TEST_CASE("a state that can no longer be read from the file leaves the optimizer as it is") {
  const TemporaryFile file;
  const auto parameter = parameter64({1});
  const auto trained = adamw(parameter, 0.25), other = adamw(parameter, 0.5);
  set_grad64(parameter.get(), {1});
  REQUIRE(tw_optimizer_step(trained.get()) == TW_OK);
  const auto loaded = save_and_load(checkpoint_of(trained.get()), file);
  std::filesystem::resize_file(file.path(), 10);
  check_refused(loaded, other.get(), TW_ERROR_IO, {"has been changed"});
}
