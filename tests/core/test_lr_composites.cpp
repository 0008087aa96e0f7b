/* Schedules of schedules: shared children, initial steps taken back, nests, and what is refused. */
#include <functional>

#include "lr_kinds.h"

using namespace tw::test;

namespace {

void check_steps_alike(const Optimizer &optimizer, const Scheduler &made, const Optimizer &other,
                       const std::function<void(int)> &step_other, int count) {
  for (int i = 0; i < count; ++i) {
    INFO("step " << i);
    CHECK(scheduled(optimizer) == scheduled(other));
    step(made);
    step_other(i);
  }
}

}  // namespace

TEST_CASE("chained is its children stepped in turn, also after their handles are freed") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto made = make_chained(optimizer); /* frees them */
  const auto constant = scheduler(tw_lr_scheduler_constant, other, 0.1, 8), cycle = make_one_cycle(other);
  const auto exponential = scheduler(tw_lr_scheduler_exponential, other, 0.9);
  check_steps_alike(
      optimizer, made, other, [&](int) { step(constant), step(cycle), step(exponential); }, 30);
}

TEST_CASE("children are shared: a composite's steps are theirs") {
  const auto optimizer = two_groups();
  const auto constant = scheduler(tw_lr_scheduler_constant, optimizer, 0.5, 8);
  const auto exponential = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  const auto made = chained(optimizer, {&constant, &exponential});
  step(made), step(made);
  CHECK(last_epoch(constant) == 2);
  CHECK(last_epoch(exponential) == 2);
  CHECK(last_epoch(made) == 2);
  double last[2] = {0, 0};
  REQUIRE(tw_lr_scheduler_get_last_lrs(last, 2, nullptr, made.get()) == TW_OK);
  CHECK(Numbers(last, last + 2) == rates(optimizer));
}

TEST_CASE("sequential starts from the initial rates and from its first child alone") {
  const auto optimizer = two_groups();
  const auto rise = scheduler(tw_lr_scheduler_linear, optimizer, 0.5, 1.0, 4);
  const auto constant = scheduler(tw_lr_scheduler_constant, optimizer, 0.1, 100);
  CHECK(lr(optimizer, 0) == 0.5 * 0.5 * 0.1); /* both initial steps */
  const auto made = sequential(optimizer, {&rise, &constant}, {3});
  CHECK(lr(optimizer, 0) == 0.5 * 0.5);
  CHECK(last_epoch(rise) == 0);
  CHECK(last_epoch(constant) == -1);
  for (int i = 0; i < 3; ++i) step(made);
  CHECK(last_epoch(rise) == 2);
  CHECK(last_epoch(constant) == 0);
  CHECK(lr(optimizer, 0) == 0.5 * 0.1); /* the closed form of epoch 0 */
  CHECK(last_epoch(made) == 3);
}

TEST_CASE("sequential of one child, and with milestones at the start or on each other") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto fall = cosine(optimizer, 12, 1e-5), alone = cosine(other, 12, 1e-5);
  const auto made = sequential(optimizer, {&fall}, {});
  check_steps_alike(
      optimizer, made, other, [&](int) { step(alone); }, 20);

  const auto third = two_groups(), fourth = two_groups();
  const auto skipped = scheduler(tw_lr_scheduler_exponential, third, 0.5), from_start = cosine(third, 12, 0);
  const auto never = scheduler(tw_lr_scheduler_exponential, third, 0.5),
             last = scheduler(tw_lr_scheduler_step_lr, third, 2, 0.1);
  const auto run = sequential(third, {&skipped, &from_start, &never, &last}, {0, 5, 5});
  const auto reference = cosine(fourth, 12, 0);
  check_steps_alike(
      third, run, fourth, [&](int) { step(reference); }, 4);
  step(run);
  CHECK(rates(third) == Numbers{0.5, 0.1}); /* the last one's epoch 0 */
  CHECK(last_epoch(never) == -1);
}

TEST_CASE("a nest is the same as its parts stepped in turn") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto made = make_nested(optimizer), inner = make_sequential(other);
  const auto steps = scheduler(tw_lr_scheduler_step_lr, other, 7, 0.5);
  check_steps_alike(
      optimizer, made, other, [&](int) { step(inner), step(steps); }, 30);
}

namespace {

using Maker = Scheduler (*)(const Optimizer &optimizer);

/* The rates of count epochs, the first included, of what make makes. */
std::vector<Numbers> schedule_of(Maker make, int count) {
  const auto optimizer = two_groups();
  const auto made = make(optimizer);
  std::vector<Numbers> out{scheduled(optimizer)};
  while (static_cast<int>(out.size()) < count) {
    step(made);
    out.push_back(scheduled(optimizer));
  }
  return out;
}

Scheduler constant_of(const Optimizer &optimizer, double factor, int64_t iters) {
  return scheduler(tw_lr_scheduler_constant, optimizer, factor, static_cast<double>(iters));
}

/* PyTorch's example of issue 196243: 0.02 0.02 0.05 0.05 0.05 where the base rate is 0.1. */
Scheduler two_constants(const Optimizer &optimizer) {
  const auto first = constant_of(optimizer, 0.2, 10), second = constant_of(optimizer, 0.5, 2);
  return sequential(optimizer, {&first, &second}, {2});
}

template <Maker make>
Scheduler wrapped(const Optimizer &optimizer) {
  const auto inner = make(optimizer);
  return sequential(optimizer, {&inner}, {});
}

}  // namespace

TEST_CASE("a sequential or chained schedule alone in a sequential one is unchanged, however deep") {
  CHECK(schedule_of(wrapped<two_constants>, 8) == schedule_of(two_constants, 8));
  CHECK(schedule_of(wrapped<wrapped<two_constants>>, 8) == schedule_of(two_constants, 8));
  CHECK(schedule_of(wrapped<make_chained>, 30) == schedule_of(make_chained, 30));
  CHECK(schedule_of(wrapped<make_sequential>, 30) == schedule_of(make_sequential, 30));
  CHECK(schedule_of(wrapped<wrapped<make_nested>>, 30) == schedule_of(make_nested, 30));
}

TEST_CASE("the schedule of PyTorch's issue 196243 is what one level of it gives") {
  const auto seen = schedule_of(wrapped<two_constants>, 5);
  Numbers second;
  for (const Numbers &each : seen) second.push_back(each[1]); /* of the group whose rate is 0.1 */
  CHECK(second == Numbers{0.1 * 0.2, 0.1 * 0.2, 0.1 * 0.5, 0.1 * 0.5, 0.1 * 0.5 * (1 / 0.5)});
}

TEST_CASE("a chained schedule that comes later starts as it would alone, on the initial rates") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto before = constant_of(optimizer, 0.3, 100),
             rise = scheduler(tw_lr_scheduler_linear, optimizer, 0.5, 1.0, 4);
  const auto fall = scheduler(tw_lr_scheduler_exponential, optimizer, 0.9);
  const auto chain = chained(optimizer, {&rise, &fall});
  const auto made = sequential(optimizer, {&before, &chain}, {3});
  for (int i = 0; i < 3; ++i) step(made);
  const auto rise_alone = scheduler(tw_lr_scheduler_linear, other, 0.5, 1.0, 4);
  const auto fall_alone = scheduler(tw_lr_scheduler_exponential, other, 0.9);
  check_steps_alike(
      optimizer, made, other, [&](int) { step(rise_alone), step(fall_alone); }, 10);
  CHECK(last_epoch(chain) == 10);
  CHECK(last_epoch(rise) == 10);
}

TEST_CASE("a sequential schedule that comes later runs through its own milestones, and so does one in a chained one") {
  const auto optimizer = two_groups(), flat = two_groups();
  const auto a = constant_of(optimizer, 0.3, 100), b = scheduler(tw_lr_scheduler_linear, optimizer, 0.5, 1.0, 4),
             c = cosine(optimizer, 9, 1e-4);
  const auto inner = sequential(optimizer, {&b, &c}, {4});
  const auto chain = chained(optimizer, {&inner});
  const auto made = sequential(optimizer, {&a, &chain}, {3});
  const auto d = constant_of(flat, 0.3, 100), e = scheduler(tw_lr_scheduler_linear, flat, 0.5, 1.0, 4),
             f = cosine(flat, 9, 1e-4);
  const auto one_level = sequential(flat, {&d, &e, &f}, {3, 7});
  check_steps_alike(
      optimizer, made, flat, [&](int) { step(one_level); }, 30);
}

TEST_CASE("sequential may begin with a nest") {
  const auto optimizer = two_groups();
  const auto chain = make_chained(optimizer);
  const auto fall = cosine(optimizer, 12, 0);
  const auto made = sequential(optimizer, {&chain, &fall}, {6});
  for (int i = 0; i < 6; ++i) step(made);
  CHECK(last_epoch(fall) == 0);
  CHECK(rates(optimizer) == Numbers{0.7 / 25, 0.2 / 25}); /* the initial rates that the nest's one_cycle set */
}

TEST_CASE("a composite refuses no scheduler, a missing one, and one of another optimizer") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto own = cosine(optimizer, 12, 0), foreign = cosine(other, 12, 0);
  const int64_t milestone = 4;
  tw_lr_scheduler *const foreigners[] = {own.get(), foreign.get()}, *const missing[] = {own.get(), nullptr};
  check_refused(TW_ERROR_ARGUMENT, {"count is 0"}, tw_lr_scheduler_chained, optimizer, missing, 0);
  check_refused(TW_ERROR_ARGUMENT, {"count is 0"}, tw_lr_scheduler_sequential, optimizer, missing, 0, &milestone, 0);
  check_refused(TW_ERROR_ARGUMENT, {"schedulers[1] is NULL"}, tw_lr_scheduler_chained, optimizer, missing, 2);
  check_refused(TW_ERROR_ARGUMENT, {"schedulers[1] is NULL"}, tw_lr_scheduler_sequential, optimizer, missing, 2,
                &milestone, 1);
  check_refused(TW_ERROR_ARGUMENT, {"schedulers[1] belongs to another optimizer"}, tw_lr_scheduler_chained, optimizer,
                foreigners, 2);
  check_refused(TW_ERROR_ARGUMENT, {"schedulers[1] belongs to another optimizer"}, tw_lr_scheduler_sequential,
                optimizer, foreigners, 2, &milestone, 1);
  CHECK(last_epoch(own) == 0);
}

TEST_CASE("a composite refuses a schedule of a metric") {
  const auto optimizer = two_groups();
  const auto own = cosine(optimizer, 12, 0), plateau = make_plateau(optimizer);
  const std::vector<tw_lr_scheduler *> metric = handles({&own, &plateau});
  const int64_t milestone = 4;
  check_refused(TW_ERROR_TYPE, {"schedulers[1] is ReduceLROnPlateau"}, tw_lr_scheduler_chained, optimizer,
                metric.data(), 2);
  check_refused(TW_ERROR_TYPE, {"schedulers[1] is ReduceLROnPlateau"}, tw_lr_scheduler_sequential, optimizer,
                metric.data(), 2, &milestone, 1);
  CHECK(last_epoch(own) == 0);
}

TEST_CASE("sequential refuses milestones that are too few, too many, descending or negative") {
  const auto optimizer = two_groups();
  const auto a = cosine(optimizer, 12, 0), b = cosine(optimizer, 12, 0), c = cosine(optimizer, 12, 0);
  const std::vector<tw_lr_scheduler *> three = handles({&a, &b, &c});
  const int64_t descending[2] = {5, 3}, negative[2] = {-1, 3};
  const auto make = tw_lr_scheduler_sequential;
  check_refused(TW_ERROR_ARGUMENT, {"milestone_count is 1", "3 schedulers", "must be 2"}, make, optimizer, three.data(),
                3, descending, 1);
  check_refused(TW_ERROR_ARGUMENT, {"milestone_count is 2", "1 schedulers", "must be 0"}, make, optimizer, three.data(),
                1, descending, 2);
  check_refused(TW_ERROR_RANGE, {"milestones[1] is 3", "at least 5"}, make, optimizer, three.data(), 3, descending, 2);
  check_refused(TW_ERROR_RANGE, {"milestones[0] is -1"}, make, optimizer, three.data(), 3, negative, 2);
  CHECK(last_epoch(b) == 0);
}

namespace {

struct Failing {
  int calls = 0;
};

/* Fails from the second initial step on: sequential's start asks for epoch 0 once more. */
tw_status fails_later(double *out, double, size_t, void *context) {
  *out = 0.5;
  return ++static_cast<Failing *>(context)->calls > 2 ? TW_ERROR_IO : TW_OK;
}

}  // namespace

TEST_CASE("sequential that fails as it starts leaves its children as they were, and each goes on alone") {
  Failing failing;
  const auto optimizer = two_groups();
  const auto first = scheduler(tw_lr_scheduler_lambda, optimizer, fails_later, static_cast<void *>(&failing), nullptr);
  const auto second = cosine(optimizer, 12, 0);
  const std::vector<tw_lr_scheduler *> both = handles({&first, &second});
  const int64_t milestone = 3;
  const Numbers one = state(first), other = state(second);
  check_refused(TW_ERROR_IO, {"LambdaLR's lr_lambda"}, tw_lr_scheduler_sequential, optimizer, both.data(), 2,
                &milestone, 1);
  CHECK(state(first) == one);
  CHECK(state(second) == other);
  step(second);
  CHECK(last_epoch(second) == 1);
}

TEST_CASE("a child that fails within a composite takes the others back with it") {
  const auto optimizer = two_groups();
  const auto constant = scheduler(tw_lr_scheduler_constant, optimizer, 0.5, 8);
  const auto growing = scheduler(tw_lr_scheduler_exponential, optimizer, 1e308);
  const auto made = chained(optimizer, {&constant, &growing});
  step(made);
  const Numbers before = rates(optimizer), saved = state(made);
  check_failure(tw_lr_scheduler_step(made.get()), TW_ERROR_RANGE, {"ChainedScheduler makes the rate of group 0 inf"});
  CHECK(rates(optimizer) == before);
  CHECK(state(made) == saved);
  CHECK(last_epoch(constant) == 1);
}

TEST_CASE("a composite cannot be made while a warmup holds the rates dampened, nor stepped") {
  const auto optimizer = two_groups();
  const auto own = cosine(optimizer, 12, 0);
  const auto before = chained(optimizer, {&own});
  const auto warmup = linear(optimizer, {10});
  check_refused(TW_ERROR_STATE, {"a warmup has dampened"}, tw_lr_scheduler_chained, optimizer, own.one(), 1);
  check_failure(tw_lr_scheduler_step(before.get()), TW_ERROR_STATE, {"a warmup has dampened"});
  step(warmup, {&before});
  CHECK(last_epoch(own) == 1);
}

TEST_CASE("a composite keeps its optimizer alive") {
  auto optimizer = two_groups();
  const auto made = make_nested(optimizer);
  optimizer = Optimizer();
  step(made);
  CHECK(last_epoch(made) == 1);
}
