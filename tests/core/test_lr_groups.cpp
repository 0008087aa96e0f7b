/* Groups that are added to an optimizer after its schedulers were made. */
#include <array>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

bool takes_groups(const std::string &kind) {
  constexpr std::array<const char *, 11> names = {"step",        "multi_step",       "constant",         "linear",
                                                  "exponential", "polynomial",       "inverse_sqrt",     "stable_decay",
                                                  "sequential",  "cosine_annealing", "reduce_on_plateau"};
  for (const char *name : names)
    if (kind == name) return true;
  return kind == "nested";
}

size_t group_count(const Scheduler &scheduler) {
  size_t out = 0;
  REQUIRE(tw_lr_scheduler_get_group_count(&out, scheduler.get()) == TW_OK);
  return out;
}

Numbers base_lrs(const Scheduler &scheduler) {
  Numbers out(group_count(scheduler));
  REQUIRE(tw_lr_scheduler_get_base_lrs(out.data(), out.size(), nullptr, scheduler.get()) == TW_OK);
  return out;
}

}  // namespace

TEST_CASE("a schedule of common arguments multiplies the rate of a group added later as it does the others'") {
  for (const Kind &kind : kinds()) {
    if (!takes_groups(kind.name)) continue;
    INFO(kind.name);
    const auto optimizer = two_groups(), without = two_groups();
    const auto made = kind.make(optimizer), reference = kind.make(without);
    for (size_t i = 0; i < 3; ++i) advance(kind, made, i), advance(kind, reference, i);
    add_group(optimizer);
    REQUIRE(rates(optimizer).size() == 3);
    /* The new one has the rate of the first, and goes where that one goes for as long as only the present rate counts. */
    REQUIRE(tw_optimizer_set_lr(optimizer.get(), 2, lr(optimizer, 0)) == TW_OK);
    CHECK(group_count(made) == 3);
    CHECK(base_lrs(made)[2] == lr(optimizer, 0));
    const bool from_base = std::string(kind.name) == "sequential" || std::string(kind.name) == "nested";
    for (size_t i = 3; i < (from_base ? 4 : 9); ++i) {
      advance(kind, made, i), advance(kind, reference, i);
      CHECK(lr(optimizer, 0) == lr(without, 0));
      CHECK(lr(optimizer, 1) == lr(without, 1));
      if (!from_base) CHECK(lr(optimizer, 2) == lr(optimizer, 0));
    }
  }
}

TEST_CASE("a schedule of arguments for each group refuses a later one, says so, and changes nothing") {
  for (const Kind &kind : kinds()) {
    if (takes_groups(kind.name)) continue;
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    step(made);
    const Numbers before = state(made);
    add_group(optimizer);
    const Numbers present = rates(optimizer);
    check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_STATE, {"3 parameter groups", "was made for 2"});
    CHECK(state(made) == before);
    CHECK(group_count(made) == 2);
    CHECK(rates(optimizer) == present);
  }
}

TEST_CASE("a plateau takes a later group with min_lr for all, and refuses it with one for each, as PyTorch") {
  const double two[2] = {0.05, 0.01};
  for (const size_t count : {0, 1, 2}) {
    INFO("min_lr_count " << count);
    const auto optimizer = two_groups();
    auto options = plateau_options();
    options.patience = 0;
    options.min_lr = two;
    options.min_lr_count = count;
    const auto made = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
    step_metric(made, 1.0);
    add_group(optimizer);
    REQUIRE(tw_optimizer_set_lr(optimizer.get(), 2, 0.3) == TW_OK);
    if (count == 2) {
      check_failure(tw_lr_scheduler_step_metric(made.get(), 2.0), TW_ERROR_STATE, {"3 parameter groups"});
      continue;
    }
    step_metric(made, 2.0);
    CHECK(rates(optimizer) == (count == 0 ? Numbers{0.5 * 0.1, 0.1 * 0.1, 0.3 * 0.1} : Numbers{0.05, 0.05, 0.05}));
  }
}

TEST_CASE("the closed form takes a later group's rate at its coming as its base rate, and a milestone that too") {
  const auto optimizer = two_groups();
  const auto half = scheduler(tw_lr_scheduler_constant, optimizer, 0.5, 100),
             tenth = scheduler(tw_lr_scheduler_constant, optimizer, 0.1, 100);
  const auto made = sequential(optimizer, {&half, &tenth}, {3});
  step(made);
  add_group(optimizer);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 2, 0.7) == TW_OK);
  step(made);
  CHECK(lr(optimizer, 2) == 0.7); /* the factor's start is past */
  step(made);
  CHECK(rates(optimizer) == Numbers{0.5 * 0.1, 0.1 * 0.1, 0.7 * 0.1});
  step_at(half, 7);
  CHECK(rates(optimizer) == Numbers{0.5 * 0.5, 0.1 * 0.5, 0.7 * 0.5});
}

TEST_CASE("state, copies and previews have the later group") {
  const auto optimizer = two_groups();
  const auto made = make_sequential(optimizer);
  step(made);
  const size_t before = state(made).size();
  add_group(optimizer);
  const Numbers now = state(made);
  CHECK(now.size() > before);
  set_state(made, now);
  CHECK(state(made) == now);
  Scheduler copy;
  REQUIRE(tw_lr_scheduler_clone(copy.out(), made.get(), nullptr) == TW_OK);
  CHECK(state(copy) == now);
  size_t needed = 0;
  REQUIRE(tw_lr_scheduler_preview(nullptr, 0, &needed, made.one(), 1, 5) == TW_OK);
  CHECK(needed == 15);
  Numbers rows(15);
  REQUIRE(tw_lr_scheduler_preview(rows.data(), 15, nullptr, made.one(), 1, 5) == TW_OK);
  for (size_t row = 0; row < 5; ++row) {
    CHECK(rates(optimizer) == Numbers(rows.begin() + 3 * row, rows.begin() + 3 * row + 3));
    step(made);
  }
}

TEST_CASE("a composite with one child that takes no later group takes none") {
  const auto optimizer = two_groups();
  const auto made = make_chained(optimizer); /* with a one_cycle */
  add_group(optimizer);
  check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_STATE, {"this ChainedScheduler was made for 2"});
}

#ifdef TW_CORE_ONLY /* LibTorch's own is in tests/capi */
TEST_CASE("every constructor takes an optimizer without groups, and every use of what it made") {
  const Optimizer optimizer = optimizer_of_class("AdamW", {});
  const double one = 0.1;
  const int64_t period = 5;
  auto cycle = cyclic_options(3, 3, TW_CYCLIC_TRIANGULAR);
  auto rise = one_cycle_options();
  auto plateau = plateau_options();
  plateau.min_lr = &one;
  plateau.min_lr_count = 1;
  std::vector<Scheduler> all;
  all.push_back(scheduler(tw_lr_scheduler_cyclic, optimizer, &one, 1, &one, &cycle));
  all.push_back(scheduler(tw_lr_scheduler_cyclic, optimizer, nullptr, 0, nullptr, &cycle));
  all.push_back(scheduler(tw_lr_scheduler_one_cycle, optimizer, &one, 1, 50, &rise));
  all.push_back(scheduler(tw_lr_scheduler_one_cycle, optimizer, nullptr, 0, 50, &rise));
  all.push_back(make_sequential(optimizer));
  all.push_back(scheduler(tw_lr_scheduler_lambda, optimizer, falling, nullptr, nullptr));
  const auto metric = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &plateau);
  step_metric(metric, 1.0);
  for (const Scheduler &each : all) {
    step(each);
    set_state(each, state(each));
    REQUIRE(tw_lr_scheduler_set_last_epoch(each.get(), 3, &one, 1) == TW_OK);
    size_t needed = 1;
    CHECK(tw_lr_scheduler_preview(nullptr, 0, &needed, each.one(), 1, 5) == TW_OK);
    CHECK(needed == 0);
  }
  for (const size_t count : {0, 1}) {
    Handle<tw_warmup> warmup;
    REQUIRE(tw_warmup_linear(warmup.out(), optimizer.get(), &period, count) == TW_OK);
    step(warmup, {&all[0]});
    REQUIRE(tw_warmup_set_state(warmup.get(), 3, nullptr, 0) == TW_OK);
    REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
    const double beta2 = 0.99;
    REQUIRE(tw_warmup_radam(warmup.out(), optimizer.get(), &beta2, count) == TW_OK);
    step(warmup, {&all[0]});
    REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  }
}
#endif
