/* An optimizer's state_dict in a checkpoint: the run goes on as if it had never stopped. What Python makes of the file,
   and files that do not fit, are in tests/interop. */
#include <functional>

#include "checkpoint_files.h"
#include "checkpoint_fixtures.h"
#include "checkpoint_optimizers.h"
#include "csv.h"
#include "modules.h"
#include "optimizer/test_optimizer_support.h"

using namespace tw::test;

namespace {

/* Two groups of one parameter each, and the steps of some training. */
struct Run {
  Handle<tw_tensor> first = parameter64({1, -2}), second = parameter64({0.5, 3});
  Handle<tw_optimizer> optimizer;
  int steps = 0;

  void train(int count) {
    for (const int end = steps + count; steps < end; ++steps) {
      set_grad64(first.get(), {0.3 + 0.1 * steps, -0.2});
      set_grad64(second.get(), {-0.7, 0.4 - 0.15 * steps});
      REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
    }
  }

  void take_parameters(const Run &other) {
    int32_t enabled = 0;
    REQUIRE(tw_set_grad_enabled(&enabled, 0) == TW_OK);
    const tw_status one = tw_tensor_copy_from(first.get(), other.first.get());
    const tw_status two = tw_tensor_copy_from(second.get(), other.second.get());
    REQUIRE(tw_set_grad_enabled(nullptr, enabled) == TW_OK);
    REQUIRE((one == TW_OK && two == TW_OK));
    steps = other.steps;
  }
};

template <class Options>
using Create = tw_status (*)(tw_optimizer **, tw_tensor *const *, size_t, const Options *);

template <class Options>
Run make(Create<Options> create, tw_status (*init)(Options *, size_t),
         const std::function<void(Options &, int)> &tune) {
  Run run;
  auto chosen = options(init);
  tune(chosen, 0);
  REQUIRE(create(run.optimizer.out(), run.first.one(), 1, &chosen) == TW_OK);
  tune(chosen, 1);
  REQUIRE(tw_optimizer_add_param_group(run.optimizer.get(), run.second.one(), 1, &chosen) == TW_OK);
  return run;
}

/* Each class with options that are not its defaults, or with these. */
Run make(const std::string &kind, bool tuned) {
  if (kind == "Adam")
    return make<tw_adam_options>(tw_optimizer_adam, tw_adam_options_init, [=](tw_adam_options &o, int group) {
      if (tuned) o.lr = 0.1 / 3 + group, o.betas[0] = 0.7, o.betas[1] = 1.0 / 3, o.amsgrad = 1, o.weight_decay = 0.01;
    });
  if (kind == "AdamW")
    return make<tw_adamw_options>(tw_optimizer_adamw, tw_adamw_options_init, [=](tw_adamw_options &o, int group) {
      if (tuned) o.lr = 0.1 / 3 + group, o.betas[0] = 0.7, o.eps = 1e-3, o.weight_decay = 0.1;
    });
  if (kind == "SGD")
    return make<tw_sgd_options>(tw_optimizer_sgd, tw_sgd_options_init, [=](tw_sgd_options &o, int group) {
      if (tuned) o.lr = 0.1 / 3 + group, o.momentum = 0.7, o.nesterov = 1 - group, o.weight_decay = 0.1;
    });
  if (kind == "RMSprop")
    return make<tw_rmsprop_options>(
        tw_optimizer_rmsprop, tw_rmsprop_options_init, [=](tw_rmsprop_options &o, int group) {
          if (tuned) o.lr = 0.1 / 3 + group, o.momentum = 0.7 * group, o.centered = 1 - group, o.alpha = 0.9;
        });
  return make<tw_adagrad_options>(tw_optimizer_adagrad, tw_adagrad_options_init, [=](tw_adagrad_options &o, int group) {
    if (tuned) o.lr = 0.1 / 3 + group, o.lr_decay = 0.1, o.initial_accumulator_value = 0.2, o.weight_decay = 0.1;
  });
}

constexpr const char *kinds[] = {"Adam", "AdamW", "SGD", "RMSprop", "Adagrad"};

/* The load fails and leaves the optimizer as it is. */
void check_refused(const Handle<tw_checkpoint> &from, const Handle<tw_optimizer> &optimizer, tw_status status,
                   const std::vector<std::string> &texts) {
  const std::string before = bytes_of(optimizer.get());
  CHECK(tw_checkpoint_restore_optimizer(optimizer.get(), from.get(), "optimizer") == status);
  for (const std::string &text : texts) CHECK_THAT(std::string(tw_last_error()), Contains(text));
  CHECK(bytes_of(optimizer.get()) == before);
}

/* ---- Python's run of the fixtures: AdamW over a network of two linear layers, a group each ---- */

std::string fixture(const std::string &version, const std::string &ending) {
  return "checkpoints/python_torch_" + version + ending;
}

struct Network {
  Handle<tw_module> module = fixture_network();
  Handle<tw_optimizer> optimizer;

  Network() {
    Handle<tw_tensor_list> list;
    tw_tensor *const *params = nullptr;
    REQUIRE(tw_module_get_parameters(list.out(), module.get()) == TW_OK);
    REQUIRE(tw_tensor_list_get_data(&params, nullptr, list.get()) == TW_OK);
    REQUIRE(tw_optimizer_adamw(optimizer.out(), params, 2, nullptr) == TW_OK);
    REQUIRE(tw_optimizer_add_param_group(optimizer.get(), params + 2, 2, nullptr) == TW_OK);
  }

  void load(const std::string &version) {
    const auto loaded = tw::test::load(std::string(TW_FIXTURES "/") + fixture(version, ".pt"));
    REQUIRE(tw_checkpoint_restore_module(module.get(), loaded.get(), "model", 1) == TW_OK);
    REQUIRE(tw_checkpoint_restore_optimizer(optimizer.get(), loaded.get(), "optimizer") == TW_OK);
  }

  /* One step; the loss before it. */
  double step() {
    const auto output = forward(module, fixture_input());
    Handle<tw_tensor> squares, loss;
    double value = 0;
    REQUIRE(tw_optimizer_zero_grad(optimizer.get()) == TW_OK);
    REQUIRE(tw_op_mul(squares.out(), output.get(), output.get()) == TW_OK);
    REQUIRE(tw_op_mean(loss.out(), squares.get()) == TW_OK);
    REQUIRE(tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK);
    REQUIRE(tw_optimizer_step(optimizer.get()) == TW_OK);
    REQUIRE(tw_tensor_get_item_double(&value, loss.get()) == TW_OK);
    return value;
  }
};

}  // namespace

TEST_CASE("an optimizer of each class goes on from a file as if it had never stopped") {
  for (const char *kind : kinds) {
    INFO(kind);
    const TemporaryFile file;
    Run run = make(kind, true), resumed = make(kind, false);
    run.train(3);
    REQUIRE(tw_checkpoint_restore_optimizer(resumed.optimizer.get(),
                                            save_and_load(checkpoint_of(run.optimizer.get()), file).get(),
                                            "optimizer") == TW_OK);
    resumed.take_parameters(run);
    CHECK(lr_of(resumed.optimizer.get(), 1) == 0.1 / 3 + 1);
    CHECK(bytes_of(resumed.optimizer.get()) == bytes_of(run.optimizer.get()));
    run.train(3);
    resumed.train(3);
    CHECK(values64(resumed.first.get()) == values64(run.first.get()));
    CHECK(values64(resumed.second.get()) == values64(run.second.get()));
  }
}

TEST_CASE("an optimizer loads what lies in memory too, and then has a state of its own") {
  Run run = make("AdamW", true), other = make("AdamW", false);
  run.train(2);
  const auto made = checkpoint_of(run.optimizer.get());
  REQUIRE(tw_checkpoint_restore_optimizer(other.optimizer.get(), made.get(), "optimizer") == TW_OK);
  const std::string before = bytes_of(run.optimizer.get());
  other.train(1);
  CHECK(bytes_of(run.optimizer.get()) == before);
  CHECK(bytes_of(other.optimizer.get()) != before);
}

TEST_CASE("a state that is loaded takes the place of the one that was there, also by none") {
  Run fresh = make("AdamW", true), trained = make("AdamW", true);
  const std::string without_state = bytes_of(fresh.optimizer.get());
  trained.train(2);
  REQUIRE(bytes_of(trained.optimizer.get()) != without_state);
  REQUIRE(tw_checkpoint_restore_optimizer(trained.optimizer.get(), checkpoint_of(fresh.optimizer.get()).get(),
                                          "optimizer") == TW_OK);
  CHECK(bytes_of(trained.optimizer.get()) == without_state);
}

TEST_CASE("the steps that Python took from its own file are taken here from it") {
  for (const std::string version : {"1.13.0", "2.14.1"}) {
    INFO(version);
    const Csv rows(fixture(version, "_continued.csv"));
    Network network;
    network.load(version);
    CHECK(lr_of(network.optimizer.get(), 0) == rows.number(0, "lr0"));
    CHECK(lr_of(network.optimizer.get(), 1) == rows.number(0, "lr1"));
    double beta2 = 0;
    REQUIRE(tw_optimizer_get_option(&beta2, network.optimizer.get(), 1, TW_OPTION_BETA2) == TW_OK);
    CHECK(beta2 == 0.95);
    for (size_t i = 0; i < rows.size(); ++i) {
      REQUIRE(tw_optimizer_set_lr(network.optimizer.get(), 0, rows.number(i, "lr0")) == TW_OK);
      REQUIRE(tw_optimizer_set_lr(network.optimizer.get(), 1, rows.number(i, "lr1")) == TW_OK);
      CHECK(network.step() == Approx(rows.number(i, "loss_before_step")).epsilon(2e-4));
    }
    check_fixture_parameters(network.module, Csv(fixture(version, "_continued_parameters.csv")));
  }
}

TEST_CASE("a schedule that is made after loading starts from the initial rates of the file") {
  Network network;
  network.load("2.14.1");
  Handle<tw_lr_scheduler> scheduler;
  REQUIRE(tw_lr_scheduler_exponential(scheduler.out(), network.optimizer.get(), 0.5) == TW_OK);
  REQUIRE(tw_lr_scheduler_step_at(scheduler.get(), 1) == TW_OK);
  CHECK(lr_of(network.optimizer.get(), 0) == 0.01);
  CHECK(lr_of(network.optimizer.get(), 1) == 0.005);
}

TEST_CASE("a rate that a schedule has made negative comes back as it was") {
  Run saved = make("SGD", false), resumed = make("SGD", false);
  Handle<tw_lr_scheduler> scheduler;
  const auto backwards = [](double *out, double, size_t, void *) {
    *out = -0.5;
    return tw_status{TW_OK};
  };
  REQUIRE(tw_lr_scheduler_lambda(scheduler.out(), saved.optimizer.get(), backwards, nullptr, nullptr) == TW_OK);
  REQUIRE(lr_of(saved.optimizer.get()) < 0);
  REQUIRE(tw_checkpoint_restore_optimizer(resumed.optimizer.get(), checkpoint_of(saved.optimizer.get()).get(),
                                          "optimizer") == TW_OK);
  CHECK(lr_of(resumed.optimizer.get()) == lr_of(saved.optimizer.get()));
}

TEST_CASE("a warmup goes on with an optimizer that is loaded before or after it") {
  const int64_t period = 10;
  Run run = make("AdamW", true);
  Handle<tw_warmup> warmup;
  REQUIRE(tw_warmup_linear(warmup.out(), run.optimizer.get(), &period, 1) == TW_OK);
  REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK);
  const auto made = checkpoint_of(run.optimizer.get());
  double lrs[2];
  int64_t step = 0;
  REQUIRE(tw_warmup_get_undampened_lrs(lrs, 2, nullptr, warmup.get()) == TW_OK);
  REQUIRE(tw_warmup_get_last_step(&step, warmup.get()) == TW_OK);
  REQUIRE(tw_warmup_step(warmup.get(), nullptr, 0) == TW_OK);

  for (const bool optimizer_first : {true, false}) {
    Run resumed = make("AdamW", false);
    Handle<tw_warmup> again;
    REQUIRE(tw_warmup_linear(again.out(), resumed.optimizer.get(), &period, 1) == TW_OK);
    for (const bool load_optimizer : {optimizer_first, !optimizer_first}) {
      if (load_optimizer) {
        REQUIRE(tw_checkpoint_restore_optimizer(resumed.optimizer.get(), made.get(), "optimizer") == TW_OK);
      } else {
        REQUIRE(tw_warmup_set_state(again.get(), step, lrs, 2) == TW_OK);
      }
    }
    REQUIRE(tw_warmup_step(again.get(), nullptr, 0) == TW_OK);
    CHECK(lr_of(resumed.optimizer.get(), 0) == lr_of(run.optimizer.get(), 0));
    CHECK(lr_of(resumed.optimizer.get(), 1) == lr_of(run.optimizer.get(), 1));
  }
}

TEST_CASE("an optimizer refuses what another class has saved, and stays as it is") {
  for (const char *kind : kinds) {
    for (const char *other : kinds) {
      if (std::string(kind) == other) continue;
      INFO(other << " loaded into " << kind);
      Run run = make(kind, true), source = make(other, true);
      run.train(2);
      source.train(2);
      const bool alike = std::string(kind).substr(0, 4) == "Adam" && std::string(other).substr(0, 4) == "Adam";
      check_refused(checkpoint_of(source.optimizer.get()), run.optimizer, alike ? TW_ERROR_TYPE : TW_ERROR_ARGUMENT,
                    {"param_groups[0]", "\"optimizer\"", alike ? "decoupled_weight_decay" : "has no key"});
    }
  }
}
