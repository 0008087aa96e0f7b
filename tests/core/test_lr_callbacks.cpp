/* The caller's own functions in schedules, metrics, and the end of a schedule. */
#include <algorithm>
#include <cmath>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

struct Call {
  double epoch;
  size_t group;
};

bool operator==(const Call &a, const Call &b) { return a.epoch == b.epoch && a.group == b.group; }

/* A function that notes its calls, and fails from one on. */
struct Noted {
  std::vector<Call> calls;
  size_t fail_after = 1000;
  tw_status status = TW_OK;
  double value = 0.5;
};

tw_status noted(double *out, double epoch, size_t group, void *context) {
  auto *self = static_cast<Noted *>(context);
  self->calls.push_back({epoch, group});
  *out = self->value;
  return self->calls.size() > self->fail_after ? self->status : TW_OK;
}

tw_cyclic_options custom_cycle(Noted &note, tw_cyclic_scale_mode scale_mode) {
  auto options = cyclic_options(2, 2, TW_CYCLIC_CUSTOM);
  options.scale_fn = noted;
  options.scale_context = &note;
  options.scale_mode = scale_mode;
  return options;
}

constexpr double low = 0.01, high = 0.1;

/* A failing step passes the status on and changes nothing; the next one goes on as if it had not been. */
void check_failing_step(const Optimizer &optimizer, const Scheduler &made, Noted &note, const char *name) {
  const Numbers before = scheduled(optimizer), saved = state(made);
  note.fail_after = note.calls.size();
  note.status = TW_ERROR_IO;
  check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_IO, {name, "TW_ERROR_IO"});
  note.status = tw_status(77);
  check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_CALLBACK, {name, "77"});
  note.fail_after = 1000;
  note.value = std::nan("");
  check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_RANGE, {name, "nan"});
  CHECK(scheduled(optimizer) == before);
  CHECK(state(made) == saved);
  note.value = 0.25;
  step(made);
  CHECK(last_epoch(made) == saved[2] + 1); /* two base rates come before it */
}

}  // namespace

TEST_CASE("lambda asks for each group at each step, with the epoch, the initial step included") {
  Noted note;
  const auto optimizer = two_groups();
  const auto lambda = scheduler(tw_lr_scheduler_lambda, optimizer, noted, static_cast<void *>(&note), nullptr);
  CHECK(note.calls == std::vector<Call>{{0, 0}, {0, 1}});
  CHECK(rates(optimizer) == Numbers{0.25, 0.05});
  step(lambda);
  step_at(lambda, 7.5);
  CHECK(note.calls == std::vector<Call>{{0, 0}, {0, 1}, {1, 0}, {1, 1}, {7.5, 0}, {7.5, 1}});
  CHECK(rates(optimizer) == Numbers{0.25, 0.05});
}

TEST_CASE("multiplicative asks from the first step on, and multiplies the present rate") {
  Noted note;
  const auto optimizer = two_groups();
  const auto made = scheduler(tw_lr_scheduler_multiplicative, optimizer, noted, static_cast<void *>(&note), nullptr);
  CHECK(note.calls.empty());
  step(made), step(made);
  CHECK(note.calls == std::vector<Call>{{1, 0}, {1, 1}, {2, 0}, {2, 1}});
  CHECK(lr(optimizer, 0) == 0.125);
}

TEST_CASE("a cycle's own scale is asked with the cycle's number or with the epoch") {
  Noted by_cycle, by_epoch;
  const auto first = two_groups(), second = two_groups();
  const auto cycles = custom_cycle(by_cycle, TW_CYCLIC_SCALE_CYCLE),
             epochs = custom_cycle(by_epoch, TW_CYCLIC_SCALE_ITERATIONS);
  const auto one = scheduler(tw_lr_scheduler_cyclic, first, &low, 1, &high, &cycles);
  const auto other = scheduler(tw_lr_scheduler_cyclic, second, &low, 1, &high, &epochs);
  for (int i = 0; i < 4; ++i) step(one), step(other);
  CHECK(by_cycle.calls == std::vector<Call>{{1, 0}, {1, 0}, {1, 0}, {1, 0}, {2, 0}});
  CHECK(by_epoch.calls == std::vector<Call>{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}});
  step(one), step(one);
  CHECK(lr(first, 0) == low + (high - low) * 1.0 * 0.5);
  CHECK(momentum(first, 0) == 0.9 - (0.9 - 0.8) * 1.0 * 0.5);
}

TEST_CASE("a function that fails fails the step with its status, and nothing has changed") {
  Noted a, b, c;
  const auto first = two_groups(), second = two_groups(), third = two_groups();
  const auto options = custom_cycle(c, TW_CYCLIC_SCALE_CYCLE);
  const auto lambda = scheduler(tw_lr_scheduler_lambda, first, noted, static_cast<void *>(&a), nullptr);
  const auto product = scheduler(tw_lr_scheduler_multiplicative, second, noted, static_cast<void *>(&b), nullptr);
  const auto cycle = scheduler(tw_lr_scheduler_cyclic, third, &low, 1, &high, &options);
  check_failing_step(first, lambda, a, "LambdaLR's lr_lambda");
  check_failing_step(second, product, b, "MultiplicativeLR's lr_lambda");
  check_failing_step(third, cycle, c, "CyclicLR's scale_fn");
}

TEST_CASE("a function that fails in the second group leaves the first group's rate too") {
  Noted note;
  const auto optimizer = two_groups();
  const auto product = scheduler(tw_lr_scheduler_multiplicative, optimizer, noted, static_cast<void *>(&note), nullptr);
  note.fail_after = 1;
  note.status = TW_ERROR_STATE;
  CHECK(tw_lr_scheduler_step(product.get()) == TW_ERROR_STATE);
  CHECK(note.calls.size() == 2);
  CHECK(rates(optimizer) == Numbers{0.5, 0.1});
}

TEST_CASE("a function that fails at once fails the constructor, and the optimizer's rates stay") {
  Noted note;
  note.fail_after = 0;
  note.status = TW_ERROR_IO;
  const auto optimizer = two_groups();
  const Numbers before = scheduled(optimizer);
  const auto options = custom_cycle(note, TW_CYCLIC_SCALE_CYCLE);
  check_refused(TW_ERROR_IO, {"lr_lambda"}, tw_lr_scheduler_lambda, optimizer, noted, static_cast<void *>(&note),
                nullptr);
  check_refused(TW_ERROR_IO, {"scale_fn"}, tw_lr_scheduler_cyclic, optimizer, &low, 1, &high, &options);
  CHECK(scheduled(optimizer) == before);
  /* nor did the failures leave initial rates behind */
  const auto fall = cosine(optimizer, 10, 0);
  double base[2] = {0, 0};
  REQUIRE(tw_lr_scheduler_get_base_lrs(base, 2, nullptr, fall.get()) == TW_OK);
  CHECK(base[0] == 0.5);
}

TEST_CASE("a function that fails within tw_warmup_step leaves the warmup and all schedulers as they were") {
  Noted note;
  const auto optimizer = two_groups();
  const auto fall = cosine(optimizer, 10, 0);
  const auto product = scheduler(tw_lr_scheduler_multiplicative, optimizer, noted, static_cast<void *>(&note), nullptr);
  const auto warmup = linear(optimizer, {10});
  const std::vector<tw_lr_scheduler *> both = handles({&fall, &product});
  const Numbers before = rates(optimizer);
  note.fail_after = 0;
  note.status = TW_ERROR_MEMORY;
  check_failure(tw_warmup_step(warmup.get(), both.data(), 2), TW_ERROR_MEMORY, {"MultiplicativeLR's lr_lambda"});
  CHECK(rates(optimizer) == before);
  CHECK(last_epoch(fall) == 0);
  CHECK(last_epoch(product) == 0);
}

TEST_CASE("a schedule that needs a metric takes no other step, and the others take no metric") {
  for (const Kind &kind : kinds()) {
    INFO(kind.name);
    const auto optimizer = two_groups();
    const auto made = kind.make(optimizer);
    const Numbers before = scheduled(optimizer), saved = state(made);
    if (kind.needs_metric) {
      check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_STATE, {"needs a metric", "step_metric"});
      check_failure(tw_lr_scheduler_step_at(made.get(), 3), TW_ERROR_STATE, {"no closed form"});
    } else {
      check_failure(tw_lr_scheduler_step_metric(made.get(), 0.5), TW_ERROR_STATE, {"takes no metric"});
    }
    CHECK(scheduled(optimizer) == before);
    CHECK(state(made) == saved);
  }
}

TEST_CASE("a schedule without a closed form says so") {
  const auto optimizer = two_groups();
  const auto product = scheduler(tw_lr_scheduler_multiplicative, optimizer, nearly_one, nullptr, nullptr);
  check_failure(tw_lr_scheduler_step_at(product.get(), 3), TW_ERROR_STATE, {"MultiplicativeLR has no closed form"});
  const auto one = make_sequential(two_groups()), other = make_chained(two_groups());
  check_failure(tw_lr_scheduler_step_at(one.get(), 3), TW_ERROR_STATE, {"SequentialLR has no closed form"});
  check_failure(tw_lr_scheduler_step_at(other.get(), 3), TW_ERROR_STATE, {"ChainedScheduler has no closed form"});
}

TEST_CASE("a metric may be any number; one that is none counts as no better") {
  const auto optimizer = two_groups();
  auto options = plateau_options();
  options.patience = 1;
  const auto plateau = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
  step_metric(plateau, 1.0);
  step_metric(plateau, std::nan(""));
  CHECK(lr(optimizer, 0) == 0.5);
  step_metric(plateau, INFINITY);
  CHECK(lr(optimizer, 0) == 0.5 * 0.1);
  CHECK(last_epoch(plateau) == 3);
}

TEST_CASE("a plateau under a warmup is stepped between begin and end, and in no other place") {
  const auto optimizer = two_groups();
  auto options = plateau_options();
  options.patience = 0;
  const auto plateau = scheduler(tw_lr_scheduler_reduce_on_plateau, optimizer, &options);
  const auto warmup = linear(optimizer, {4});
  check_failure(tw_lr_scheduler_step_metric(plateau.get(), 1), TW_ERROR_STATE, {"a warmup has dampened"});
  check_failure(tw_warmup_step(warmup.get(), plateau.one(), 1), TW_ERROR_STATE, {"schedulers[0]", "metric"});
  double wanted = 0.5;
  for (int i = 1; i < 6; ++i) {
    REQUIRE(tw_warmup_dampening_begin(warmup.get()) == TW_OK);
    step_metric(plateau, 1);
    REQUIRE(tw_warmup_dampening_end(warmup.get()) == TW_OK);
    if (i > 1) wanted *= 0.1; /* the first metric is the best so far */
    CHECK(lr(optimizer, 0) == wanted * std::min(1.0, (i + 1) / 4.0));
  }
}

TEST_CASE("one_cycle goes to its last step and not past it, in either form") {
  const auto optimizer = two_groups();
  const auto cycle = scheduler(tw_lr_scheduler_one_cycle, optimizer, &high, 1, 4, nullptr);
  for (int i = 0; i < 4; ++i) step(cycle);
  const Numbers last = scheduled(optimizer), saved = state(cycle);
  check_failure(tw_lr_scheduler_step(cycle.get()), TW_ERROR_STATE, {"OneCycleLR has ended", "no epoch 5"});
  check_failure(tw_lr_scheduler_step_at(cycle.get(), 4.5), TW_ERROR_STATE, {"no epoch 4.5"});
  CHECK(scheduled(optimizer) == last);
  CHECK(state(cycle) == saved);
  step_at(cycle, 0);
  CHECK(lr(optimizer, 0) == high + (high / 25.0 - high) / 2.0 * 2.0);
}
