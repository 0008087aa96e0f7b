/* Moving a scheduler to an epoch that it was not stepped to, and the largest epochs and steps there are. */
#include <cstdint>
#include <limits>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr int64_t most = INT64_C(1) << 53;

Numbers last_lrs(const Scheduler &scheduler) {
  Numbers out(2);
  REQUIRE(tw_lr_scheduler_get_last_lrs(out.data(), 2, nullptr, scheduler.get()) == TW_OK);
  return out;
}

void move_to(const Scheduler &scheduler, double epoch, const Numbers &lrs = {}) {
  const tw_status status = tw_lr_scheduler_set_last_epoch(scheduler.get(), epoch, lrs.data(), lrs.size());
  INFO(last_error());
  REQUIRE(status == TW_OK);
}

}  // namespace

TEST_CASE("every kind but a plateau goes on from an epoch and its rates as if it had been stepped there") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    for (int k = 0; k < 25; ++k) {
      INFO(kind.name << " at epoch " << k);
      const auto stepped = two_groups(), moved = two_groups();
      const auto reference = kind.make(stepped), made = kind.make(moved);
      for (int i = 0; i < k; ++i) step(reference);
      move_to(made, k, rates(stepped));
      CHECK(last_epoch(made) == last_epoch(reference));
      CHECK(last_lrs(made) == last_lrs(reference));
      for (int i = 0; i < 12; ++i) {
        REQUIRE(scheduled(moved) == scheduled(stepped));
        step(reference), step(made);
      }
    }
  }
}

TEST_CASE("without rates given, set_last_epoch moves no rate and reports those that there are") {
  const auto optimizer = two_groups();
  const auto made = multi_step(optimizer, {5}, 0.1);
  REQUIRE(tw_optimizer_set_lr(optimizer.get(), 0, 0.25) == TW_OK);
  move_to(made, 4);
  CHECK(last_epoch(made) == 4);
  CHECK(rates(optimizer) == Numbers{0.25, 0.1});
  CHECK(last_lrs(made) == Numbers{0.25, 0.1});
  step(made);
  CHECK(lr(optimizer, 0) == 0.25 * 0.1);
}

TEST_CASE("set_last_epoch with rates dampens them where a warmup is bound, and without reports the undampened ones") {
  const auto optimizer = two_groups();
  const auto made = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  const auto warmup = linear(optimizer, {10});
  move_to(made, 3);
  CHECK(last_lrs(made) == Numbers{0.5, 0.1});
  move_to(made, 3, {0.4});
  CHECK(last_lrs(made) == Numbers{0.4, 0.4});
  CHECK(rates(optimizer) == Numbers{0.4 * 0.1, 0.4 * 0.1});
  step(warmup, {&made});
  CHECK(rates(optimizer) == Numbers{0.4 * 0.5 * 0.2, 0.4 * 0.5 * 0.2});
}

TEST_CASE("a sequential schedule moved back and forth runs as one that was stepped there") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto made = make_sequential(optimizer), reference = make_sequential(other);
  for (int i = 0; i < 14; ++i) step(made);
  const Numbers start = rates(other);
  move_to(made, 0, start);
  for (int i = 0; i < 30; ++i) {
    REQUIRE(scheduled(optimizer) == scheduled(other));
    step(made), step(reference);
  }
}

TEST_CASE("set_last_epoch refuses an epoch that is none, wrong counts and rates, and changes nothing") {
  const auto optimizer = two_groups();
  const auto made = make_nested(optimizer);
  const Numbers before = state(made), scheduled_before = scheduled(optimizer);
  const double three[3] = {0.1, 0.1, 0.1}, bad[2] = {0.1, no_number};
  const auto refuse = [&](tw_status status, tw_status wanted, std::initializer_list<std::string> texts) {
    check_failure(status, wanted, texts);
    CHECK(state(made) == before);
    CHECK(scheduled(optimizer) == scheduled_before);
  };
  for (const double epoch : {-2.0, no_number, 1e300, 2 * static_cast<double>(most)})
    refuse(tw_lr_scheduler_set_last_epoch(made.get(), epoch, nullptr, 0), TW_ERROR_RANGE, {"epoch is "});
  refuse(tw_lr_scheduler_set_last_epoch(made.get(), 2.5, nullptr, 0), TW_ERROR_RANGE, {"epoch is 2.5", "whole"});
  refuse(tw_lr_scheduler_set_last_epoch(made.get(), 2, three, 3), TW_ERROR_ARGUMENT, {"3 values of lrs", "2"});
  refuse(tw_lr_scheduler_set_last_epoch(made.get(), 2, bad, 2), TW_ERROR_RANGE, {"lrs[1] is nan"});
  refuse(tw_lr_scheduler_set_last_epoch(made.get(), 2, nullptr, 2), TW_ERROR_ARGUMENT, {"lrs is NULL"});
}

/* ---- the largest -------------------------------------------------------------------------------------------------- */

TEST_CASE("no schedule goes on from the largest epoch, for one more is the same number") {
  for (const Kind &kind : kinds()) {
    if (kind.needs_metric) continue;
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    move_to(made, static_cast<double>(most));
    const Numbers before = state(made), scheduled_before = scheduled(optimizer);
    check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_RANGE, {"the largest"});
    CHECK(state(made) == before);
    CHECK(scheduled(optimizer) == scheduled_before);
    check_failure(tw_lr_scheduler_step_at(made.get(), 1e19), TW_ERROR_RANGE, {"epoch is 1e+19", "2^53"});
  }
}

TEST_CASE("a state whose epoch is past the largest is refused") {
  const auto optimizer = two_groups();
  const auto made = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  Numbers numbers = state(made);
  numbers.at(2) = 1e300; /* behind the two base rates */
  check_failure(tw_lr_scheduler_set_state(made.get(), numbers.data(), numbers.size()), TW_ERROR_RANGE,
                {"the state's epoch is 1e+300", "2^53"});
  CHECK(last_epoch(made) == 0);
}

TEST_CASE("a warmup's factor at the largest steps is what it has come to, and beyond them is refused") {
  const auto optimizer = two_groups();
  const double beta2 = 0.999;
  for (const int kind : {0, 1, 2}) {
    INFO("kind " << kind);
    Handle<tw_warmup> warmup;
    const int64_t period = 10;
    REQUIRE((kind == 0   ? tw_warmup_linear(warmup.out(), optimizer.get(), &period, 1)
             : kind == 1 ? tw_warmup_exponential(warmup.out(), optimizer.get(), &period, 1)
                         : tw_warmup_radam(warmup.out(), optimizer.get(), &beta2, 1)) == TW_OK);
    double factor = 0;
    REQUIRE(tw_warmup_get_factor(&factor, warmup.get(), most, 0) == TW_OK);
    CHECK(factor == 1.0);
    const double lrs[2] = {0.5, 0.1};
    for (const int64_t step : {most + 1, INT64_MAX}) {
      const std::string text = "step is " + std::to_string(step);
      check_failure(tw_warmup_get_factor(&factor, warmup.get(), step, 0), TW_ERROR_RANGE, {text, "2^53"});
      check_failure(tw_warmup_set_last_step(warmup.get(), step), TW_ERROR_RANGE, {text, "2^53"});
      check_failure(tw_warmup_dampen_at(warmup.get(), step), TW_ERROR_RANGE, {text, "2^53"});
      check_failure(tw_warmup_set_state(warmup.get(), step, lrs, 2), TW_ERROR_RANGE, {text, "2^53"});
    }
    REQUIRE(tw_warmup_set_state(warmup.get(), most, lrs, 2) == TW_OK);
    CHECK(rates(optimizer) == Numbers{0.5, 0.1});
    check_failure(tw_warmup_step(warmup.get(), nullptr, 0), TW_ERROR_RANGE, {"the next step is 9007199254740993"});
    check_failure(tw_warmup_dampen(warmup.get()), TW_ERROR_RANGE, {"the next step is 9007199254740993"});
    CHECK(rates(optimizer) == Numbers{0.5, 0.1});
    REQUIRE(tw_warmup_detach(warmup.get()) == TW_OK);
  }
}
