/* Many threads on one optimizer, and each on its own. */
#include <atomic>
#include <thread>

#include "cpp_support.h"

using namespace tw::test;

namespace {

template <class Body>
void in_threads(int count, const Body &body) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(body, i);
  for (std::thread &each : threads) each.join();
}

}  // namespace

TEST_CASE("steps of one warmup from many threads are as many steps in turn") {
  auto optimizer = adamw(), alone = adamw();
  tw::CosineAnnealingLR scheduler(optimizer, 1000), scheduler_alone(alone, 1000);
  tw::LinearWarmup warmup(optimizer, 300), warmup_alone(alone, 300);
  in_threads(4, [&](int) {
    for (int i = 0; i < 100; ++i) {
      warmup.step(scheduler);
      (void)scheduler.get_last_lr();
      (void)warmup.optimizer().get_lrs();
    }
  });
  for (int i = 0; i < 400; ++i) warmup_alone.step(scheduler_alone);
  CHECK(warmup.last_step() == 400);
  CHECK(lrs(optimizer) == lrs(alone));
}

TEST_CASE("each thread gets its own error, and what its own function threw") {
  std::atomic<int> right{0};
  in_threads(4, [&](int number) {
    auto optimizer = adamw();
    tw::LambdaLR scheduler(optimizer, [number](double epoch) -> double {
      if (epoch > 0) throw number;
      return 1;
    });
    for (int i = 0; i < 200; ++i) {
      try {
        scheduler.step();
      } catch (int thrown) {
        if (thrown == number) ++right;
      }
      try {
        tw::StepLR wrong(optimizer, -1 - number);
      } catch (const tw::Error &error) {
        if (std::string(error.what()).find(std::to_string(-1 - number)) != std::string::npos) ++right;
      }
    }
  });
  CHECK(right == 4 * 200 * 2);
}

TEST_CASE("what is bound to one optimizer is made, used and destroyed by any thread") {
  auto optimizer = adamw();
  const tw::Optimizer known(optimizer); /* bound before the threads start */
  in_threads(4, [&](int) {
    for (int i = 0; i < 100; ++i) {
      tw::LRScheduler scheduler = tw::ExponentialLR(known, 1);
      scheduler.step();
      const tw::LRScheduler clone = scheduler.clone();
    }
  });
  CHECK(lrs(optimizer) == Numbers{0.5, 0.1});
}
