/* One lock an optimizer: what is bound to it is used and freed from several threads at once. */
#include <atomic>
#include <cmath>
#include <thread>

#include "schedulers.h"

using namespace tw::test;

namespace {

constexpr int rounds = 2000;

template <class Body>
void in_threads(int count, Body body) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(body, i);
  for (std::thread &thread : threads) thread.join();
}

}  // namespace

TEST_CASE("two schedulers stepped in two threads give what they give in one") {
  const auto optimizer = two_groups();
  std::vector<Scheduler> schedules;
  for (int i = 0; i < 2; ++i) schedules.push_back(scheduler(tw_lr_scheduler_exponential, optimizer, 0.9997));
  std::atomic<int> failures{0};
  in_threads(2, [&](int i) {
    for (int round = 0; round < rounds; ++round)
      if (tw_lr_scheduler_step(schedules[static_cast<size_t>(i)].get()) != TW_OK) ++failures;
  });
  CHECK(failures == 0);
  double wanted = 0.5;
  for (int i = 0; i < 2 * rounds; ++i) wanted *= 0.9997;
  CHECK(lr(optimizer, 0) == wanted);
}

TEST_CASE("a warmup is freed, as by a finalizer's thread, while a scheduler steps and others look on") {
  for (int round = 0; round < 50; ++round) {
    const auto optimizer = two_groups();
    const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.99);
    auto warmup = linear(optimizer, {10});
    std::atomic<int> wrong{0};
    in_threads(3, [&](int i) {
      if (i == 0) warmup = Handle<tw_warmup>();
      for (int k = 0; i == 1 && k < 100; ++k) {
        const tw_status status = tw_lr_scheduler_step(schedule.get());
        if (status != TW_OK && status != TW_ERROR_STATE) ++wrong; /* dampened as long as the warmup is there */
      }
      for (int k = 0; i == 2 && k < 100; ++k) {
        double lrs[2] = {0, 0};
        if (tw_optimizer_get_lrs(lrs, 2, nullptr, optimizer.get()) != TW_OK) ++wrong;
        if (lrs[0] != 5 * lrs[1] && std::fabs(lrs[0] / lrs[1] - 5) > 1e-9) ++wrong; /* never half a step */
      }
    });
    CHECK(wrong == 0);
  }
}

TEST_CASE("handles to one optimizer's objects are made and freed in several threads") {
  const auto optimizer = two_groups();
  std::atomic<int> wrong{0};
  in_threads(4, [&](int) {
    for (int round = 0; round < 300; ++round) {
      tw_lr_scheduler *made = nullptr, *copy = nullptr;
      if (tw_lr_scheduler_step_lr(&made, optimizer.get(), 7, 1.0) != TW_OK) ++wrong;
      if (made != nullptr && tw_lr_scheduler_clone(&copy, made, nullptr) != TW_OK) ++wrong;
      tw_lr_scheduler_free(made);
      tw_lr_scheduler_free(copy);
    }
  });
  CHECK(wrong == 0);
  CHECK(rates(optimizer) == Numbers{0.5, 0.1});
}
