/* LR schedulers and warmups in checkpoints: what is refused, and that nothing has changed then. */
#include "checkpoint_schedules.h"
#include "lr_kinds.h"

using namespace tw::test;

namespace {

template <class Object>
Checkpoint holding(tw_status (*put)(tw_checkpoint *, const char *, const Object *), const Handle<Object> &object) {
  auto made = checkpoint();
  require_ok(put(made.get(), "state", object.get()));
  return made;
}

/* PyTorch's state_dicts of these two have the same entries; nothing tells them apart. */
bool look_alike(const std::string &one, const std::string &other) {
  return one == other || (one == "lambda" && other == "multiplicative") ||
         (one == "multiplicative" && other == "lambda");
}

void check_refused_by(const Kind &kind, const Checkpoint &saved) {
  const auto optimizer = two_groups();
  const auto fresh = kind.make(optimizer);
  const Numbers before = state(fresh), rates_before = scheduled(optimizer);
  check_failure(tw_checkpoint_restore_lr_scheduler(fresh.get(), saved.get(), "state"), TW_ERROR_ARGUMENT,
                {"\"state\""});
  CHECK(state(fresh) == before);
  CHECK(scheduled(optimizer) == rates_before);
}

Optimizer three_groups() {
  auto optimizer = two_groups();
  const auto added = parameter({3.0F});
  require_ok(tw_optimizer_add_param_group(optimizer.get(), added.one(), 1, nullptr));
  return optimizer;
}

int64_t last_step(const Warmup &warmup) {
  int64_t out = -7;
  require_ok(tw_warmup_get_last_step(&out, warmup.get()));
  return out;
}

}  // namespace

TEST_CASE("a state is refused by a scheduler of every other kind, and nothing has changed") {
  for (const Kind &from : kinds()) {
    const auto optimizer = two_groups();
    const auto made = from.make(optimizer);
    for (size_t i = 0; i < 3; ++i) advance(from, made, i);
    const auto saved = holding(tw_checkpoint_put_lr_scheduler, made);
    for (const Kind &into : kinds()) {
      if (look_alike(from.name, into.name)) continue;
      INFO(from.name << " into " << into.name);
      check_refused_by(into, saved);
    }
  }
}

TEST_CASE("a state of another number of groups is refused, and nothing has changed") {
  for (const Kind &kind : kinds()) {
    INFO(kind.name);
    const auto optimizer = three_groups();
    if (std::string(kind.name) == "cyclic" || std::string(kind.name) == "one_cycle" ||
        kind.name == std::string("chained"))
      continue; /* made for two */
    const auto fresh = kind.make(optimizer), other = kind.make(two_groups());
    const auto saved = holding(tw_checkpoint_put_lr_scheduler, other);
    const Numbers before = state(fresh), rates_before = scheduled(optimizer);
    check_failure(tw_checkpoint_restore_lr_scheduler(fresh.get(), saved.get(), "state"), TW_ERROR_ARGUMENT, {"2", "3"});
    CHECK(state(fresh) == before);
    CHECK(scheduled(optimizer) == rates_before);
  }
}

TEST_CASE("a composite refuses another number of schedulers, and another number of milestones") {
  const auto optimizer = two_groups();
  const auto a = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9), b = cosine(optimizer, 9, 0);
  const auto two = chained(optimizer, {&a, &b}), one = chained(optimizer, {&a});
  const auto saved = holding(tw_checkpoint_put_lr_scheduler, two);
  check_failure(tw_checkpoint_restore_lr_scheduler(one.get(), saved.get(), "state"), TW_ERROR_ARGUMENT,
                {"_schedulers of \"state\"", "has 2 schedulers", "ChainedScheduler has 1"});
  const auto row = sequential(optimizer, {&a, &b}, {3});
  const auto longer = holding(tw_checkpoint_put_lr_scheduler, row);
  const auto short_row = sequential(optimizer, {&a}, {});
  check_failure(tw_checkpoint_restore_lr_scheduler(short_row.get(), longer.get(), "state"), TW_ERROR_ARGUMENT,
                {"_milestones of \"state\" has 1", "has 0"});
}

TEST_CASE("a scheduler that cycles momentum and one that does not refuse each other's state") {
  const auto make = [](const Optimizer &optimizer, int32_t cycle_momentum) {
    const double high[1] = {0.5};
    auto options = one_cycle_options();
    options.cycle_momentum = cycle_momentum;
    return scheduler(tw_lr_scheduler_one_cycle, optimizer, high, 1, 20, &options);
  };
  const auto from = two_groups(), into = two_groups();
  const auto saved = holding(tw_checkpoint_put_lr_scheduler, make(from, 1));
  check_failure(tw_checkpoint_restore_lr_scheduler(make(into, 0).get(), saved.get(), "state"), TW_ERROR_ARGUMENT,
                {"cycle_momentum of \"state\" is True", "OneCycleLR", "0"});
}

TEST_CASE("what is no state is refused by schedulers and warmups, with its key") {
  const auto made = checkpoint();
  const auto optimizer = two_groups();
  const auto fresh = cosine(optimizer, 9, 0);
  const auto warmup = linear(optimizer, {5});
  const Numbers before = rates(optimizer);
  require_ok(tw_checkpoint_put_int64(made.get(), "number", 3));
  put(made, "tensor", tensor({1}));
  for (const char *key : {"number", "tensor"}) {
    check_failure(tw_checkpoint_restore_lr_scheduler(fresh.get(), made.get(), key), TW_ERROR_TYPE, {key, "not a dict"});
    check_failure(tw_checkpoint_restore_warmup(warmup.get(), made.get(), key), TW_ERROR_TYPE, {key, "not a dict"});
  }
  check_failure(tw_checkpoint_restore_lr_scheduler(fresh.get(), made.get(), "no"), TW_ERROR_NOT_FOUND,
                {"\"no\"", "number"});
  check_failure(tw_checkpoint_restore_warmup(warmup.get(), made.get(), "no"), TW_ERROR_NOT_FOUND, {"\"no\"", "number"});
  CHECK(rates(optimizer) == before);
}

TEST_CASE("a warmup refuses the state of another sort, and of another number of groups") {
  const auto optimizer = two_groups(), other = two_groups(), larger = three_groups();
  const auto by_period = linear(optimizer, {13, 5}), more = linear(larger, {5});
  Warmup radam;
  require_ok(tw_warmup_radam(radam.out(), other.get(), nullptr, 0));
  step(by_period, {});
  step(radam, {});
  const Numbers before = rates(optimizer), other_before = rates(other), larger_before = rates(larger);
  const auto of_periods = holding(tw_checkpoint_put_warmup, by_period),
             of_radam = holding(tw_checkpoint_put_warmup, radam);
  check_failure(tw_checkpoint_restore_warmup(by_period.get(), of_radam.get(), "state"), TW_ERROR_ARGUMENT,
                {"warmup_params[0] of \"state\"", "warmup_period", "beta2"});
  check_failure(tw_checkpoint_restore_warmup(radam.get(), of_periods.get(), "state"), TW_ERROR_ARGUMENT,
                {"warmup_params[0] of \"state\"", "beta2"});
  check_failure(tw_checkpoint_restore_warmup(more.get(), of_periods.get(), "state"), TW_ERROR_ARGUMENT,
                {"warmup_params of \"state\" has 2", "3 groups"});
  const auto of_scheduler = holding(tw_checkpoint_put_lr_scheduler, cosine(two_groups(), 9, 0));
  check_failure(tw_checkpoint_restore_warmup(radam.get(), of_scheduler.get(), "state"), TW_ERROR_ARGUMENT,
                {"warmup_params", "T_max"});
  CHECK(rates(optimizer) == before);
  CHECK(rates(other) == other_before);
  CHECK(rates(larger) == larger_before);
  CHECK(last_step(by_period) == 1);
  CHECK(last_step(more) == 0);
}

TEST_CASE("a group that was added makes loading a state an error, and nothing has changed") {
  const auto optimizer = two_groups();
  const auto made = cosine(optimizer, 20, 0);
  const auto warmup = linear(optimizer, {5});
  const auto saved = holding(tw_checkpoint_put_lr_scheduler, made);
  require_ok(tw_checkpoint_put_warmup(saved.get(), "warmup", warmup.get()));
  const auto added = parameter({3.0F});
  require_ok(tw_optimizer_add_param_group(optimizer.get(), added.one(), 1, nullptr));
  const Numbers before = rates(optimizer);
  check_failure(tw_checkpoint_restore_lr_scheduler(made.get(), saved.get(), "state"), TW_ERROR_ARGUMENT,
                {"base_lrs of \"state\" has 2 entries", "has 3"});
  check_failure(tw_checkpoint_restore_warmup(warmup.get(), saved.get(), "warmup"), TW_ERROR_STATE, {"3", "2"});
  CHECK(rates(optimizer) == before);
}

TEST_CASE("a function that fails while a state is loaded leaves everything as it was") {
  struct Context {
    bool fail = false;
    static tw_status scale(double *out, double, size_t, void *context) {
      *out = 0.5;
      return static_cast<Context *>(context)->fail ? TW_ERROR_CALLBACK : TW_OK;
    }
    static tw_status factor(double *out, int64_t, size_t, void *context) {
      *out = 0.5;
      return static_cast<Context *>(context)->fail ? TW_ERROR_CALLBACK : TW_OK;
    }
  } context;
  const auto optimizer = two_groups();
  const double low[1] = {0.1}, high[1] = {0.3};
  auto options = cyclic_options(3, 4, TW_CYCLIC_CUSTOM);
  options.scale_fn = Context::scale;
  options.scale_context = &context;
  const auto cyclic = scheduler(tw_lr_scheduler_cyclic, optimizer, low, 1, high, &options);
  Warmup warmup;
  const auto saved = holding(tw_checkpoint_put_lr_scheduler, cyclic);
  step(cyclic);
  const Numbers moved = state(cyclic), before = scheduled(optimizer);
  context.fail = true;
  check_failure(tw_checkpoint_restore_lr_scheduler(cyclic.get(), saved.get(), "state"), TW_ERROR_CALLBACK,
                {"scale_fn"});
  CHECK(state(cyclic) == moved);
  CHECK(scheduled(optimizer) == before);
  context.fail = false;
  require_ok(tw_warmup_custom(warmup.out(), optimizer.get(), Context::factor, &context, nullptr));
  require_ok(tw_checkpoint_put_warmup(saved.get(), "warmup", warmup.get()));
  step(warmup, {});
  const Numbers dampened = rates(optimizer);
  context.fail = true;
  check_failure(tw_checkpoint_restore_warmup(warmup.get(), saved.get(), "warmup"), TW_ERROR_CALLBACK, {"factor"});
  CHECK(rates(optimizer) == dampened);
  CHECK(last_step(warmup) == 1);
}
