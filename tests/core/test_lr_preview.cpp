/* A preview equals the run, and changes nothing. */
#include "lr_kinds.h"
#include "own_optimizer.h"

using namespace tw::test;

namespace {

constexpr size_t steps = 20;

using Rows = Numbers; /* a rate a group, step after step */

Rows preview(const Scheduler &scheduler) {
  Rows rows(2 * steps, -1);
  const tw_status status = tw_lr_scheduler_preview(rows.data(), rows.size(), nullptr, scheduler.one(), 1, steps);
  INFO(last_error());
  REQUIRE(status == TW_OK);
  return rows;
}

Rows preview(const Handle<tw_warmup> &warmup, const std::vector<const Scheduler *> &schedulers) {
  Rows rows(2 * steps, -1);
  const tw_status status = tw_warmup_preview(rows.data(), rows.size(), nullptr, warmup.get(),
                                             handles(schedulers).data(), schedulers.size(), steps);
  INFO(last_error());
  REQUIRE(status == TW_OK);
  return rows;
}

template <class Step>
Rows run(const Optimizer &optimizer, Step &&next) {
  Rows rows;
  for (size_t i = 0; i < steps; ++i) {
    if (i > 0) next();
    for (const double rate : rates(optimizer)) rows.push_back(rate);
  }
  return rows;
}

}  // namespace

TEST_CASE("a preview of every kind equals the run, from any step, and changes nothing") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    for (size_t i = 0; i < 6; ++i) step(made);
    const Numbers before = scheduled(optimizer), saved = state(made);
    const Rows seen = preview(made);
    CHECK(scheduled(optimizer) == before);
    CHECK(state(made) == saved);
    CHECK(run(optimizer, [&] { step(made); }) == seen);
  }
}

TEST_CASE("a preview under a warmup equals the run, from any step, and changes nothing") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    const auto warmup = linear(optimizer, {15, 4});
    for (size_t i = 0; i < 6; ++i) step(warmup, {&made});
    const Numbers before = scheduled(optimizer), saved = state(made);
    const Rows seen = preview(warmup, {&made});
    int64_t last = -1;
    REQUIRE(tw_warmup_get_last_step(&last, warmup.get()) == TW_OK);
    CHECK(last == 6);
    CHECK(scheduled(optimizer) == before);
    CHECK(state(made) == saved);
    CHECK(run(optimizer, [&] { step(warmup, {&made}); }) == seen);
  }
}

TEST_CASE("a preview of a warmup alone, and of two schedulers in turn") {
  const auto alone = two_groups();
  const auto warmup = linear(alone, {7});
  const Rows rising = preview(warmup, {});
  CHECK(run(alone, [&] { step(warmup, {}); }) == rising);

  const auto optimizer = two_groups();
  const auto first = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9), second = cosine(optimizer, 12, 1e-3);
  const std::vector<tw_lr_scheduler *> both = handles({&first, &second});
  Rows rows(2 * steps);
  REQUIRE(tw_lr_scheduler_preview(rows.data(), rows.size(), nullptr, both.data(), 2, steps) == TW_OK);
  CHECK(run(optimizer, [&] { step(first), step(second); }) == rows);
}

TEST_CASE("a preview refuses what it cannot show, and writes nothing") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto fall = cosine(optimizer, 12, 0), foreign = cosine(other, 12, 0), plateau = make_plateau(optimizer);
  Rows rows(8, 7);
  const auto refuse = [&](const std::vector<const Scheduler *> &schedulers, size_t capacity, tw_status status,
                          std::initializer_list<std::string> texts) {
    const std::vector<tw_lr_scheduler *> list = handles(schedulers);
    check_failure(tw_lr_scheduler_preview(rows.data(), capacity, nullptr, list.data(), list.size(), 4), status, texts);
  };
  refuse({&fall}, 7, TW_ERROR_CAPACITY, {"capacity is 7", "8 rates"});
  refuse({}, 8, TW_ERROR_ARGUMENT, {"count is 0"});
  refuse({&fall, &foreign}, 8, TW_ERROR_ARGUMENT, {"schedulers[1] belongs to another optimizer"});
  refuse({&plateau}, 8, TW_ERROR_STATE, {"schedulers[0]", "ReduceLROnPlateau", "metric"});
  {
    const auto warmup = linear(optimizer, {5});
    refuse({&fall}, 8, TW_ERROR_STATE, {"tw_warmup_preview"});
    check_failure(tw_warmup_preview(rows.data(), 7, nullptr, warmup.get(), fall.one(), 1, 4), TW_ERROR_CAPACITY,
                  {"capacity is 7"});
    REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
    check_failure(tw_warmup_preview(rows.data(), 8, nullptr, warmup.get(), fall.one(), 1, 4), TW_ERROR_STATE,
                  {"dampening has begun"});
  }
  CHECK(rows == Rows(8, 7));
  CHECK(last_epoch(fall) == 0);
}

TEST_CASE("a preview past the end of one_cycle fails and leaves the schedule where it stood") {
  const auto optimizer = two_groups();
  const double high = 0.5;
  const auto cycle = scheduler(tw_lr_scheduler_one_cycle, optimizer, &high, 1, 5, nullptr);
  const Numbers before = scheduled(optimizer);
  Rows rows(2 * steps, 7);
  check_failure(tw_lr_scheduler_preview(rows.data(), rows.size(), nullptr, cycle.one(), 1, steps), TW_ERROR_STATE,
                {"OneCycleLR has ended"});
  CHECK(rows == Rows(2 * steps, 7));
  CHECK(scheduled(optimizer) == before);
  CHECK(last_epoch(cycle) == 0);
  step(cycle);
}

TEST_CASE("a preview that fails after its room was found enough says that nothing is needed") {
  const auto optimizer = two_groups();
  const double high = 0.5;
  const auto cycle = scheduler(tw_lr_scheduler_one_cycle, optimizer, &high, 1, 5, nullptr);
  Rows rows(2 * steps, 7);
  size_t needed = 5;
  CHECK(tw_lr_scheduler_preview(rows.data(), rows.size(), &needed, cycle.one(), 1, steps) == TW_ERROR_STATE);
  CHECK(needed == 0);
  const auto warmup = linear(optimizer, {5});
  needed = 5;
  CHECK(tw_warmup_preview(rows.data(), rows.size(), &needed, warmup.get(), cycle.one(), 1, steps) == TW_ERROR_STATE);
  CHECK(needed == 0);
  CHECK(tw_warmup_preview(rows.data(), 1, &needed, warmup.get(), cycle.one(), 1, steps) == TW_ERROR_CAPACITY);
  CHECK(needed == rows.size());
}

TEST_CASE(
    "a preview over an optimizer without groups is over at once, however many steps it has, and so is one of no "
    "steps") {
  OwnOptimizer own;
  own.rows[TW_OPTION_LR] = {};
  const auto interface = OwnOptimizer::interface_of("Empty");
  Optimizer optimizer;
  REQUIRE(tw_optimizer_custom(optimizer.out(), &interface, &own) == TW_OK);
  const auto fall = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  double room = 7;
  size_t needed = 7;
  CHECK(tw_lr_scheduler_preview(&room, 1, &needed, fall.one(), 1, SIZE_MAX) == TW_OK);
  CHECK((needed == 0 && room == 7));
  const auto groups = two_groups();
  const auto other = scheduler(tw_lr_scheduler_exponential, groups, 0.9);
  CHECK(tw_lr_scheduler_preview(nullptr, 4, &needed, other.one(), 1, 0) == TW_OK);
  CHECK(needed == 0);
}
