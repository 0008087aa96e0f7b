/* A scheduler's state as plain numbers: saved anywhere and put back, the run goes on bit for bit. */
#include <functional>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

using Warmup = Handle<tw_warmup>;

constexpr size_t steps = 24;
const size_t stops[] = {0, 1, 4, 9, 17};

/* A run of a scheduler, under a warmup where there is one. */
struct Run {
  Optimizer optimizer;
  Scheduler scheduler;
  Warmup warmup;

  void advance(const Kind &kind, size_t i) {
    if (!warmup) return tw::test::advance(kind, scheduler, i);
    REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
    tw::test::advance(kind, scheduler, i);
    REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
  }
};

/* The numbers of the optimizer before step `from`, and after it and each further one. */
std::vector<Numbers> rows(Run &run, const Kind &kind, size_t from, size_t to) {
  std::vector<Numbers> out = {scheduled(run.optimizer)};
  for (size_t i = from; i < to; ++i) {
    run.advance(kind, i);
    out.push_back(scheduled(run.optimizer));
  }
  return out;
}

Run start(const Kind &kind, bool warmed) {
  Run run;
  run.optimizer = two_groups();
  run.scheduler = kind.make(run.optimizer);
  if (warmed) run.warmup = linear(run.optimizer, {13, 5});
  return run;
}

struct Saved {
  Numbers scheduler, lrs = Numbers(2);
  int64_t step = 0;
};

Saved save(const Run &run) {
  Saved saved;
  saved.scheduler = state(run.scheduler);
  if (!run.warmup) return saved;
  REQUIRE(tw_warmup_get_last_step(&saved.step, run.warmup.get()) == TW_OK);
  REQUIRE(tw_warmup_get_undampened_lrs(saved.lrs.data(), 2, nullptr, run.warmup.get()) == TW_OK);
  return saved;
}

void set_state(const Warmup &warmup, const Saved &saved) {
  REQUIRE(tw_warmup_set_state(warmup.get(), saved.step, saved.lrs.data(), 2) == TW_OK);
}

/* An optimizer as a file of its own may have left it: with rates that are neither initial nor scheduled ones. */
Optimizer dampened_optimizer() {
  auto optimizer = two_groups();
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 0.0123) == TW_OK);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 1, 0.0045) == TW_OK);
  return optimizer;
}

/* ---- the orders in which objects may be made and their states set -------------------------------------------------- */

using Resume = std::function<void(Run &, const Kind &, const Saved &)>;

void warmup_state_last(Run &run, const Kind &kind, const Saved &saved) {
  run = start(kind, true);
  tw::test::set_state(run.scheduler, saved.scheduler);
  set_state(run.warmup, saved);
}

void scheduler_state_last(Run &run, const Kind &kind, const Saved &saved) {
  run = start(kind, true);
  set_state(run.warmup, saved);
  tw::test::set_state(run.scheduler, saved.scheduler);
}

void scheduler_state_before_warmup_is_made(Run &run, const Kind &kind, const Saved &saved) {
  run = start(kind, false);
  tw::test::set_state(run.scheduler, saved.scheduler);
  run.warmup = linear(run.optimizer, {13, 5});
  set_state(run.warmup, saved);
}

void warmup_made_first(Run &run, const Kind &kind, const Saved &saved) {
  run = Run();
  run.optimizer = two_groups();
  run.warmup = linear(run.optimizer, {13, 5});
  REQUIRE(tw_warmup_dampening_begin(run.warmup.get()) == TW_OK);
  run.scheduler = kind.make(run.optimizer);
  REQUIRE(tw_warmup_dampening_end(run.warmup.get()) == TW_OK);
  tw::test::set_state(run.scheduler, saved.scheduler);
  set_state(run.warmup, saved);
}

void on_a_dampened_optimizer(Run &run, const Kind &kind, const Saved &saved) {
  run = Run();
  run.optimizer = dampened_optimizer();
  run.scheduler = kind.make(run.optimizer);
  run.warmup = linear(run.optimizer, {13, 5});
  set_state(run.warmup, saved);
  tw::test::set_state(run.scheduler, saved.scheduler);
}

void check_resumes(const Resume &resume, bool warmed) {
  for (const Kind &kind : kinds()) {
    Run whole = start(kind, warmed);
    const std::vector<Numbers> reference = rows(whole, kind, 0, steps);
    for (const size_t stop : stops) {
      INFO(kind.name << " stopped after step " << stop);
      Run first = start(kind, warmed);
      rows(first, kind, 0, stop);
      Run second;
      resume(second, kind, save(first));
      const std::vector<Numbers> rest(reference.begin() + static_cast<std::ptrdiff_t>(stop), reference.end());
      CHECK(rows(second, kind, stop, steps) == rest);
    }
  }
}

}  // namespace

TEST_CASE("a state put back anywhere sets the rates at once, and the run goes on bit for bit") {
  check_resumes(
      [](Run &run, const Kind &kind, const Saved &saved) {
        run = start(kind, false);
        tw::test::set_state(run.scheduler, saved.scheduler);
      },
      false);
}

TEST_CASE("a state carries its base rates to an optimizer that has others") {
  check_resumes(
      [](Run &run, const Kind &kind, const Saved &saved) {
        run = Run();
        run.optimizer = dampened_optimizer();
        run.scheduler = kind.make(run.optimizer);
        tw::test::set_state(run.scheduler, saved.scheduler);
      },
      false);
}

TEST_CASE("under a warmup a run resumes whichever is made and set first") {
  SECTION("the warmup's state last") { check_resumes(warmup_state_last, true); }
  SECTION("the scheduler's state last") { check_resumes(scheduler_state_last, true); }
  SECTION("the warmup made last") { check_resumes(scheduler_state_before_warmup_is_made, true); }
  SECTION("the warmup made first") { check_resumes(warmup_made_first, true); }
  SECTION("on an optimizer with other rates") { check_resumes(on_a_dampened_optimizer, true); }
}

TEST_CASE("a state is refused by a scheduler of another kind, or in part, and nothing has changed") {
  const auto optimizer = two_groups();
  const auto plain = cosine(optimizer, 20, 0), composite = make_sequential(two_groups());
  const Numbers before = state(plain), wrong = state(composite);
  check_failure(tw_lr_scheduler_set_state(plain.get(), wrong.data(), wrong.size()), TW_ERROR_ARGUMENT,
                {"count is " + std::to_string(wrong.size()), "CosineAnnealingLR", std::to_string(before.size())});
  check_failure(tw_lr_scheduler_set_state(plain.get(), before.data(), before.size() - 1), TW_ERROR_ARGUMENT, {"count"});
  CHECK(state(plain) == before);
  CHECK(rates(optimizer) == Numbers{0.5, 0.1});
}

TEST_CASE("a state with a rate that is not finite is refused, and nothing has changed") {
  for (const Kind &kind : kinds()) {
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    const Numbers good = state(made), before = scheduled(optimizer);
    for (size_t i = 0; i < 5; ++i) { /* two base rates, the epoch, two last rates */
      Numbers bad = good;
      bad[i] = std::nan("");
      CHECK(tw_lr_scheduler_set_state(made.get(), bad.data(), bad.size()) == TW_ERROR_RANGE);
    }
    CHECK(state(made) == good);
    CHECK(scheduled(optimizer) == before);
  }
}

TEST_CASE("the count of a state is told also where the room is too small, and nothing is written") {
  const auto optimizer = two_groups();
  const auto made = make_nested(optimizer);
  const size_t needed = state(made).size();
  Numbers out(needed, 7);
  size_t count = 0;
  check_failure(tw_lr_scheduler_get_state(out.data(), needed - 1, &count, made.get()), TW_ERROR_CAPACITY,
                {"capacity is " + std::to_string(needed - 1), std::to_string(needed)});
  CHECK(count == needed);
  CHECK(out == Numbers(needed, 7));
}

TEST_CASE("a state is refused after a group was added, and by a warmup with other groups") {
  const auto optimizer = two_groups();
  const auto made = cosine(optimizer, 20, 0);
  const auto warmup = linear(optimizer, {5});
  const Numbers saved = state(made);
  const double lrs[3] = {1, 2, 3};
  check_failure(tw_warmup_set_state(warmup.get(), 2, lrs, 3), TW_ERROR_ARGUMENT, {"count is 3", "2 groups"});
  check_failure(tw_warmup_set_state(warmup.get(), -1, lrs, 2), TW_ERROR_RANGE, {"step is -1"});
  const double bad[2] = {1, std::nan("")};
  check_failure(tw_warmup_set_state(warmup.get(), 2, bad, 2), TW_ERROR_RANGE, {"group 1"});
  CHECK(rates(optimizer) == Numbers{0.5 * (1.0 / 5), 0.1 * (1.0 / 5)});
  add_group(optimizer);
  check_failure(tw_lr_scheduler_set_state(made.get(), saved.data(), saved.size()), TW_ERROR_ARGUMENT,
                {"count is 8", "has 11 numbers"});
  check_failure(tw_warmup_set_state(warmup.get(), 2, lrs, 2), TW_ERROR_STATE, {"3", "2"});
}
