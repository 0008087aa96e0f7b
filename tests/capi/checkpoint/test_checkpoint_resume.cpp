/* Runs that go on from a checkpoint: those that Python saved, and one of our own, cut anywhere. */
#include <algorithm>

#include "checkpoint_files.h"
#include "checkpoint_fixtures.h"
#include "checkpoint_schedules.h"
#include "modules.h"
#include "op.h"
#include "schedulers.h"

using namespace tw::test;

namespace {

/* The run of tests/fixtures/checkpoints. */
struct Reference {
  Handle<tw_module> model;
  Optimizer optimizer;
  Scheduler scheduler;
  Warmup warmup;
  Tensor input;
};

Optimizer optimizer_of(const Handle<tw_module> &model) {
  tw_adamw_options options;
  require_ok(tw_adamw_options_init(&options, sizeof options));
  options.weight_decay = 0.05;
  options.lr = 0.02;
  const auto weight_0 = get_tensor(model, "0.weight"), bias_0 = get_tensor(model, "0.bias");
  const auto weight_2 = get_tensor(model, "2.weight"), bias_2 = get_tensor(model, "2.bias");
  tw_tensor *const first[2] = {weight_0.get(), bias_0.get()}, *const second[2] = {weight_2.get(), bias_2.get()};
  Optimizer optimizer;
  require_ok(tw_optimizer_adamw(optimizer.out(), first, 2, &options));
  options.lr = 0.01;
  options.betas[1] = 0.95;
  require_ok(tw_optimizer_add_param_group(optimizer.get(), second, 2, &options));
  return optimizer;
}

Reference reference() {
  Reference run;
  run.model = fixture_network();
  run.optimizer = optimizer_of(run.model);
  run.scheduler = cosine(run.optimizer, 30, 1e-4);
  require_ok(tw_warmup_untuned_linear(run.warmup.out(), run.optimizer.get(), nullptr, 0));
  run.input = fixture_input();
  return run;
}

/* One step; gives the loss before it. */
double train(const Reference &run) {
  require_ok(tw_optimizer_zero_grad(run.optimizer.get()));
  const auto output = forward(run.model, run.input);
  const auto loss = op("mean", {arg(op("mul", {arg(output), arg(output)}))});
  double value = 0;
  require_ok(tw_tensor_get_item_double(&value, loss.get()));
  require_ok(tw_tensor_backward(loss.get(), nullptr, 0));
  require_ok(tw_optimizer_step(run.optimizer.get()));
  step(run.warmup, {&run.scheduler});
  return value;
}

/* ---- orders of loading ---- */

enum class Part { model, optimizer, scheduler, warmup };

void load_part(const Checkpoint &from, const Reference &run, Part part) {
  switch (part) {
    case Part::model:
      return require_ok(tw_checkpoint_restore_module(run.model.get(), from.get(), "model", 1));
    case Part::optimizer:
      return require_ok(tw_checkpoint_restore_optimizer(run.optimizer.get(), from.get(), "optimizer"));
    case Part::scheduler:
      return require_ok(tw_checkpoint_restore_lr_scheduler(run.scheduler.get(), from.get(), "lr_scheduler"));
    default:
      return require_ok(tw_checkpoint_restore_warmup(run.warmup.get(), from.get(), "warmup_scheduler"));
  }
}

std::string fixture(const std::string &name) { return std::string(TW_FIXTURES) + "/checkpoints/" + name; }

void check_continues(const std::string &version, const std::vector<Part> &order) {
  const Reference run = reference();
  const auto file = load(fixture("python_torch_" + version + ".pt"));
  for (const Part part : order) load_part(file, run, part);
  const Csv wanted("checkpoints/python_torch_" + version + "_continued.csv");
  REQUIRE(wanted.size() == 10);
  for (size_t row = 0; row < wanted.size(); ++row) {
    check_row(wanted, row, run.optimizer);
    CHECK(train(run) == Approx(wanted.number(row, "loss_before_step")).epsilon(2e-4));
  }
  check_fixture_parameters(run.model, Csv("checkpoints/python_torch_" + version + "_continued_parameters.csv"));
}

}  // namespace

TEST_CASE("a run that Python saved goes on as it went on there, in whatever order it is loaded") {
  const std::string version = GENERATE("1.13.0", "2.14.1");
  std::vector<Part> order = {Part::model, Part::optimizer, Part::scheduler, Part::warmup};
  do {
    INFO(version << ": " << int(order[0]) << int(order[1]) << int(order[2]) << int(order[3]));
    check_continues(version, order);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a run that is cut and resumed at any step is the one that was never cut") {
  const Csv trace("lr_traces/resume_radam_cosine_uninterrupted.csv");
  const auto make = [](Optimizer &optimizer, Scheduler &scheduler, Warmup &warmup) {
    optimizer = two_groups(0.95, 0.99);
    scheduler = cosine(optimizer, 60, 0);
    require_ok(tw_warmup_radam(warmup.out(), optimizer.get(), nullptr, 0));
  };
  for (size_t cut = 0; cut < trace.size(); ++cut) {
    INFO("cut at step " << cut);
    Optimizer optimizer;
    Scheduler scheduler;
    Warmup warmup;
    make(optimizer, scheduler, warmup);
    for (size_t row = 0; row < cut; ++row) step(warmup, {&scheduler});
    const TemporaryFile file;
    const auto made = checkpoint();
    require_ok(tw_checkpoint_put_lr_scheduler(made.get(), "lr_scheduler", scheduler.get()));
    require_ok(tw_checkpoint_put_warmup(made.get(), "warmup", warmup.get()));
    save(made, file);

    Optimizer new_optimizer;
    Scheduler new_scheduler;
    Warmup new_warmup;
    make(new_optimizer, new_scheduler, new_warmup);
    const auto loaded = load(file);
    require_ok(tw_checkpoint_restore_warmup(new_warmup.get(), loaded.get(), "warmup"));
    require_ok(tw_checkpoint_restore_lr_scheduler(new_scheduler.get(), loaded.get(), "lr_scheduler"));
    for (size_t row = cut; row < trace.size(); ++row) {
      check_row(trace, row, new_optimizer);
      step(new_warmup, {&new_scheduler});
    }
  }
}

/* ---- going back to a clone ---- */

namespace {

Checkpoint checkpoint_of(const Reference &run) {
  auto made = checkpoint();
  require_ok(tw_checkpoint_put_module(made.get(), "model", run.model.get()));
  require_ok(tw_checkpoint_put_optimizer(made.get(), "optimizer", run.optimizer.get()));
  require_ok(tw_checkpoint_put_lr_scheduler(made.get(), "lr_scheduler", run.scheduler.get()));
  require_ok(tw_checkpoint_put_warmup(made.get(), "warmup_scheduler", run.warmup.get()));
  require_ok(tw_checkpoint_put_rng_state(made.get(), "rng_state"));
  return made;
}

Checkpoint clone_of(const Checkpoint &from) {
  Checkpoint made;
  require_ok(tw_checkpoint_clone(made.out(), from.get()));
  return made;
}

/* Every parameter, the rates, and random numbers as they come next. */
std::vector<std::vector<float>> state_of(const Reference &run) {
  std::vector<std::vector<float>> all;
  for (const char *name : {"0.weight", "0.bias", "2.weight", "2.bias"})
    all.push_back(values(get_tensor(run.model, name).get()));
  for (size_t group = 0; group < 2; ++group) {
    double lr = 0;
    require_ok(tw_optimizer_get_lr(&lr, run.optimizer.get(), group));
    all.push_back({static_cast<float>(lr)});
  }
  return all;
}

std::vector<float> random_numbers() {
  const int64_t three = 3;
  Tensor drawn;
  require_ok(tw_tensor_rand(drawn.out(), &three, 1, TW_FLOAT32, "cpu", nullptr));
  return values(drawn.get());
}

}  // namespace

TEST_CASE("a run goes back to its clone as often as is wished, each time to the same bits") {
  const Reference run = reference();
  for (int i = 0; i < 4; ++i) train(run);
  const auto made = checkpoint_of(run);
  const auto kept = clone_of(made);
  const auto before = state_of(run);
  const auto drawn = random_numbers();
  std::vector<double> losses;
  for (int i = 0; i < 5; ++i) losses.push_back(train(run));
  const auto after = state_of(run);
  REQUIRE(after != before);
  for (int time = 0; time < 2; ++time) {
    INFO("time " << time);
    for (const Part part : {Part::model, Part::optimizer, Part::scheduler, Part::warmup}) load_part(kept, run, part);
    require_ok(tw_checkpoint_restore_rng_state(kept.get(), "rng_state"));
    CHECK(state_of(run) == before);
    CHECK(random_numbers() == drawn);
    for (const double loss : losses) CHECK(train(run) == loss);
    CHECK(state_of(run) == after);
  }
  /* What was put and not cloned has trained along. */
  require_ok(tw_checkpoint_restore_module(run.model.get(), made.get(), "model", 1));
  CHECK(state_of(run) == after);
}

TEST_CASE("a clone shares nothing with a run that has ended, and is saved like any other") {
  const TemporaryFile file;
  Checkpoint kept;
  std::vector<std::vector<float>> before;
  {
    const Reference run = reference();
    train(run);
    before = state_of(run);
    kept = clone_of(checkpoint_of(run));
    train(run);
  }
  save(kept, file);
  const Reference other = reference();
  for (const Part part : {Part::model, Part::optimizer, Part::scheduler, Part::warmup})
    load_part(load(file), other, part);
  CHECK(state_of(other) == before);
}

TEST_CASE("the optimizer alone does not resume a warmup: the next step says that the rates are others") {
  const Reference run = reference();
  const auto file = load(fixture("python_torch_2.14.1.pt"));
  load_part(file, run, Part::optimizer);
  tw_lr_scheduler *const schedulers[1] = {run.scheduler.get()};
  check_failure(tw_warmup_step(run.warmup.get(), schedulers, 1), TW_ERROR_STATE, {"changed from outside"});
  load_part(file, run, Part::warmup);
  load_part(file, run, Part::scheduler);
  require_ok(tw_warmup_step(run.warmup.get(), schedulers, 1));
}
