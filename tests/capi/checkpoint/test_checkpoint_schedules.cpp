/* LR schedulers and warmups in checkpoints: of every kind, in every order of making and loading. */
#include <algorithm>
#include <functional>

#include "checkpoint_schedules.h"
#include "lr_kinds.h"

using namespace tw::test;

namespace {

using MakeWarmup = std::function<Warmup(const Optimizer &)>;

constexpr size_t steps = 24;

Warmup radam(const Optimizer &optimizer) {
  Warmup made;
  require_ok(tw_warmup_radam(made.out(), optimizer.get(), nullptr, 0));
  return made;
}

Warmup linear_13_5(const Optimizer &optimizer) { return linear(optimizer, {13, 5}); }

struct Run {
  Optimizer optimizer;
  Scheduler scheduler;
  Warmup warmup;
};

void advance_run(const Run &run, const Kind &kind, size_t i) {
  if (!run.warmup) return advance(kind, run.scheduler, i);
  require_ok(tw_warmup_dampening_begin(run.warmup.get()));
  advance(kind, run.scheduler, i);
  require_ok(tw_warmup_dampening_end(run.warmup.get()));
}

/* What is done to resume a run, each of it once. */
enum Action { make_scheduler, make_warmup, load_optimizer, load_scheduler, load_warmup };

void act(Action action, Run &run, const Kind &kind, const MakeWarmup &warmed, const Checkpoint &from) {
  switch (action) {
    case make_scheduler:
      run.scheduler = kind.make(run.optimizer);
      return;
    case make_warmup:
      run.warmup = warmed(run.optimizer);
      return;
    case load_optimizer:
      return require_ok(tw_checkpoint_restore_optimizer(run.optimizer.get(), from.get(), "optimizer"));
    case load_scheduler:
      return require_ok(tw_checkpoint_restore_lr_scheduler(run.scheduler.get(), from.get(), "lr_scheduler"));
    default:
      return require_ok(tw_checkpoint_restore_warmup(run.warmup.get(), from.get(), "warmup"));
  }
}

/* All orders in which a warmup is made after the scheduler, and each is loaded after it was made. */
std::vector<std::vector<Action>> orders(bool warmed) {
  std::vector<Action> order = {make_scheduler, load_optimizer, load_scheduler};
  if (warmed) order = {make_scheduler, make_warmup, load_optimizer, load_scheduler, load_warmup};
  std::vector<std::vector<Action>> out;
  const auto place = [&](Action action) { return std::find(order.begin(), order.end(), action); };
  do {
    const bool allowed =
        place(make_scheduler) < place(load_scheduler) &&
        (!warmed || (place(make_scheduler) < place(make_warmup) && place(make_warmup) < place(load_warmup)));
    if (allowed) out.push_back(order);
  } while (std::next_permutation(order.begin(), order.end()));
  return out;
}

Checkpoint save_run(const Run &run) {
  auto made = checkpoint();
  require_ok(tw_checkpoint_put_optimizer(made.get(), "optimizer", run.optimizer.get()));
  require_ok(tw_checkpoint_put_lr_scheduler(made.get(), "lr_scheduler", run.scheduler.get()));
  if (run.warmup) require_ok(tw_checkpoint_put_warmup(made.get(), "warmup", run.warmup.get()));
  return made;
}

Run start(const Kind &kind, const MakeWarmup &warmed) {
  Run run;
  run.optimizer = two_groups();
  run.scheduler = kind.make(run.optimizer);
  if (warmed) run.warmup = warmed(run.optimizer);
  return run;
}

/* Rates and momentums before step from, and after it and each further one. */
std::vector<Numbers> rows(const Run &run, const Kind &kind, size_t from, size_t to) {
  std::vector<Numbers> out = {scheduled(run.optimizer)};
  for (size_t i = from; i < to; ++i) {
    advance_run(run, kind, i);
    out.push_back(scheduled(run.optimizer));
  }
  return out;
}

void check_resumes(const Kind &kind, const MakeWarmup &warmed) {
  const std::vector<Numbers> reference = rows(start(kind, warmed), kind, 0, steps);
  for (const size_t stop : {0, 1, 5, 12, 17}) {
    const Run first = start(kind, warmed);
    rows(first, kind, 0, stop);
    const Checkpoint saved = save_run(first);
    const std::vector<Numbers> rest(reference.begin() + static_cast<std::ptrdiff_t>(stop), reference.end());
    for (const auto &order : orders(warmed != nullptr)) {
      std::string name;
      for (const Action action : order) name += std::to_string(action);
      INFO(kind.name << " after " << stop << " steps, in the order " << name);
      Run second;
      second.optimizer = two_groups();
      for (const Action action : order) act(action, second, kind, warmed, saved);
      CHECK(rows(second, kind, stop, steps) == rest);
    }
  }
}

/* The first, which cycles momentum, is over before its first step: the momentum stays what its constructor made it. */
Scheduler make_passed_over(const Optimizer &optimizer) {
  const auto cycle = make_cyclic(optimizer), fall = cosine(optimizer, 20, 1e-5), end = make_one_cycle(optimizer);
  return sequential(optimizer, {&cycle, &fall, &end}, {0, 8});
}

void check_all_resume(const MakeWarmup &warmed) {
  for (const Kind &kind : kinds()) check_resumes(kind, warmed);
  check_resumes({"passed_over", make_passed_over}, warmed);
}

}  // namespace

TEST_CASE("a scheduler of every kind goes on from a checkpoint, in every order") { check_all_resume(nullptr); }

TEST_CASE("a scheduler of every kind under a linear warmup goes on from a checkpoint, in every order") {
  check_all_resume(linear_13_5);
}

TEST_CASE("a scheduler of every kind under a RAdam warmup goes on from a checkpoint, in every order") {
  check_all_resume(radam);
}

TEST_CASE("schedulers stepped in turn under a warmup may be loaded in any order") {
  const auto make = [](Run &run, Scheduler &other) {
    run.optimizer = two_groups();
    run.scheduler = scheduler(tw_lr_scheduler_exponential, run.optimizer, 0.9);
    other = scheduler(tw_lr_scheduler_step_lr, run.optimizer, 3, 0.1);
    run.warmup = radam(run.optimizer);
  };
  Run first, second;
  Scheduler first_other, second_other;
  make(first, first_other);
  for (int i = 0; i < 4; ++i) step(first.warmup, {&first.scheduler, &first_other});
  const auto saved = save_run(first);
  require_ok(tw_checkpoint_put_lr_scheduler(saved.get(), "other", first_other.get()));

  std::vector<int> order = {0, 1, 2};
  do {
    INFO("in the order " << order[0] << order[1] << order[2]);
    make(second, second_other);
    for (const int part : order) {
      if (part == 0) act(load_scheduler, second, {}, nullptr, saved);
      if (part == 1) require_ok(tw_checkpoint_restore_lr_scheduler(second_other.get(), saved.get(), "other"));
      if (part == 2) act(load_warmup, second, {}, nullptr, saved);
    }
    CHECK(rates(second.optimizer) == rates(first.optimizer));
    tw_warmup_free(second.warmup.release());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a scheduler takes the arguments that were saved, as PyTorch's does") {
  const auto from = two_groups(), into = two_groups();
  const auto check_same = [&](const Scheduler &saved, const Scheduler &fresh) {
    for (int i = 0; i < 3; ++i) step(saved);
    const auto made = checkpoint();
    require_ok(tw_checkpoint_put_lr_scheduler(made.get(), "s", saved.get()));
    require_ok(tw_checkpoint_restore_lr_scheduler(fresh.get(), made.get(), "s"));
    CHECK(state(fresh) == state(saved));
    for (int i = 0; i < 9; ++i) {
      step(saved);
      step(fresh);
      CHECK(rates(into) == rates(from));
    }
  };
  SECTION("numbers") {
    check_same(scheduler(tw_lr_scheduler_step_lr, from, 4, 0.5), scheduler(tw_lr_scheduler_step_lr, into, 9, 0.1));
  }
  SECTION("more milestones than it was made with") {
    check_same(multi_step(from, {2, 4, 4, 7, 9}, 0.3), multi_step(into, {1}, 0.1));
  }
  SECTION("fewer milestones than it was made with") {
    check_same(multi_step(from, {5}, 0.3), multi_step(into, {1, 2, 3}, 0.1));
  }
  SECTION("words") {
    using Decay = tw_lr_decay;
    const auto make = [](const Optimizer &optimizer, Decay decay) {
      return scheduler(tw_lr_scheduler_warmup_stable_decay, optimizer, 2, 1, 8, decay, 0.1);
    };
    check_same(make(from, TW_LR_DECAY_COSINE), make(into, TW_LR_DECAY_LINEAR));
  }
  SECTION("phases") {
    const auto make = [](const Optimizer &optimizer, int32_t three_phase) {
      const double high[1] = {0.5};
      auto options = one_cycle_options();
      options.three_phase = three_phase;
      return scheduler(tw_lr_scheduler_one_cycle, optimizer, high, 1, 20, &options);
    };
    check_same(make(from, 1), make(into, 0));
  }
}

TEST_CASE("a warmup takes the periods that were saved, and its step, as pytorch_warmup's does") {
  const auto from = two_groups(), into = two_groups();
  const auto saved = linear(from, {13, 5}), fresh = linear(into, {2});
  for (int i = 0; i < 3; ++i) step(saved, {});
  const auto made = checkpoint();
  require_ok(tw_checkpoint_put_warmup(made.get(), "w", saved.get()));
  require_ok(tw_checkpoint_restore_warmup(fresh.get(), made.get(), "w"));
  for (int i = 0; i < 12; ++i) {
    CHECK(rates(into) == rates(from));
    step(saved, {});
    step(fresh, {});
  }
}

TEST_CASE("a warmup whose next step is the first comes back as such") {
  const auto from = two_groups(), into = two_groups();
  const auto saved = linear(from, {13, 5}), fresh = linear(into, {13, 5});
  require_ok(tw_warmup_set_last_step(saved.get(), -1));
  const auto made = checkpoint();
  require_ok(tw_checkpoint_put_warmup(made.get(), "w", saved.get()));
  require_ok(tw_checkpoint_restore_warmup(fresh.get(), made.get(), "w"));
  int64_t last_step = 7;
  require_ok(tw_warmup_get_last_step(&last_step, fresh.get()));
  CHECK(last_step == -1);
}

TEST_CASE("a chain's epoch comes back with its first scheduler") {
  const auto from = two_groups(), into = two_groups();
  const auto saved = make_nested(from), fresh = make_nested(into);
  for (int i = 0; i < 5; ++i) step(saved);
  const auto made = checkpoint();
  require_ok(tw_checkpoint_put_lr_scheduler(made.get(), "s", saved.get()));
  require_ok(tw_checkpoint_restore_lr_scheduler(fresh.get(), made.get(), "s"));
  CHECK(last_epoch(fresh) == 5);
  CHECK(state(fresh) == state(saved));
}

TEST_CASE("a checkpoint put from within a callback has the state before the call that is running") {
  struct Context {
    tw_lr_scheduler *scheduler = nullptr, *other = nullptr;
    Checkpoint put = checkpoint();
    static tw_status halve(double *out, double, size_t, void *context) {
      auto *self = static_cast<Context *>(context);
      *out = 0.5;
      if (self->scheduler == nullptr) return TW_OK;
      require_ok(tw_checkpoint_put_lr_scheduler(self->put.get(), "own", self->scheduler));
      require_ok(tw_checkpoint_put_lr_scheduler(self->put.get(), "other", self->other));
      return TW_OK;
    }
  } context;
  const auto optimizer = two_groups(), fresh = two_groups();
  const auto stepped_first = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  const auto calling =
      scheduler(tw_lr_scheduler_lambda, optimizer, Context::halve, static_cast<void *>(&context), nullptr);
  const auto made = chained(optimizer, {&stepped_first, &calling});
  step(made);
  const Numbers before = state(made), other_before = state(stepped_first);
  context.scheduler = made.get();
  context.other = stepped_first.get();
  step(made);
  context.scheduler = nullptr;
  require_ok(tw_checkpoint_restore_lr_scheduler(made.get(), context.put.get(), "own"));
  CHECK(state(made) == before);
  require_ok(tw_checkpoint_restore_lr_scheduler(stepped_first.get(), context.put.get(), "other"));
  CHECK(state(stepped_first) == other_before);
}
