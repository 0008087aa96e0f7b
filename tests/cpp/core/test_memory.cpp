/* Nothing is left behind: the memory in use is the same after 10,000 rounds as after the first hundred. */
#include <malloc.h>

#include "cpp_support.h"

using namespace tw::test;

namespace {

/* A program's life in small: everything made, used, failing, moved and destroyed. */
void round() {
  auto optimizer = std::make_shared<OwnOptimizer>(own_adamw());
  tw::LambdaLR lambda(optimizer, [](double epoch) -> double {
    if (epoch == 3) throw std::runtime_error("epoch 3");
    return 1 / (1 + epoch);
  });
  tw::ExponentialLR exponential(optimizer, 0.9);
  tw::ChainedScheduler both({lambda, exponential});
  const tw::LRScheduler clone = both.clone();
  tw::Warmup warmup = tw::UntunedLinearWarmup(optimizer);
  (void)warmup.preview(both, 2);
  warmup.step(both);
  { const auto guard = warmup.dampening(); }
  warmup.step(both);
  CHECK_THROWS_AS(warmup.step(both), std::runtime_error);
  CHECK_THROWS_AS(tw::StepLR(optimizer, -1), tw::Error);
  both.set_state(both.get_state());
}

}  // namespace

TEST_CASE("memory is flat over 10,000 rounds") {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
  for (int i = 0; i < 100; ++i) round();
  const size_t before = mallinfo2().uordblks;
  for (int i = 0; i < 10000; ++i) round();
  CHECK(mallinfo2().uordblks <= before + 4096);
#else
  for (int i = 0; i < 100; ++i) round(); /* the sanitizer's leak check counts at the end */
#endif
}
