/* What a call through the C++ header costs beside the same call in C: a step of a warmup with a cosine on two groups, the
 * guard of a dampening, the rates, a function of the caller's, and one that throws. A step must allocate nothing. */
#include <benchmark/benchmark.h>
#include <torch_warmup_core.hpp>

#include <cstdio>
#include <cstdlib>

#include "allocations.h"

namespace {

bool allocated_in_a_step = false;

struct Run {
  tw::Optimizer optimizer = tw::Optimizer::rates({0.5, 0.1}, {{0.9, 0.999}, {0.9, 0.999}});
  tw::CosineAnnealingLR scheduler{optimizer, 1e6, 1e-5};
  tw::UntunedLinearWarmup warmup{optimizer};
};

template <class Body>
void measure(benchmark::State &state, const Body &body) {
  body();
  const std::size_t before = allocation_count();
  body();
  allocated_in_a_step |= allocation_count() != before;
  for (auto _ : state) body();
}

void step_in_c(benchmark::State &state) {
  Run run;
  tw_warmup *warmup = run.warmup.handle();
  tw_lr_scheduler *scheduler = run.scheduler.handle();
  measure(state, [&] {
    if (tw_warmup_step(warmup, &scheduler, 1) != TW_OK) std::abort();
  });
}
void step_in_cpp(benchmark::State &state) {
  Run run;
  measure(state, [&] { run.warmup.step(run.scheduler); });
}
void guard_in_cpp(benchmark::State &state) {
  Run run;
  measure(state, [&] {
    const auto guard = run.warmup.dampening();
    run.scheduler.step();
  });
}
void get_lr_in_c(benchmark::State &state) {
  Run run;
  double lr = 0;
  measure(state, [&] {
    if (tw_optimizer_get_lr(&lr, run.optimizer.handle(), 0) != TW_OK) std::abort();
    benchmark::DoNotOptimize(lr);
  });
}
void get_lr_in_cpp(benchmark::State &state) {
  Run run;
  measure(state, [&] { benchmark::DoNotOptimize(run.optimizer.get_lr()); });
}

tw_status one(double *out, double, size_t, void *) {
  *out = 1;
  return TW_OK;
}
void lambda_in_c(benchmark::State &state) {
  Run run;
  tw::Optimizer optimizer = tw::Optimizer::rates({0.5, 0.1});
  tw::LRScheduler scheduler(optimizer, tw::detail::make<tw_lr_scheduler>(tw_lr_scheduler_lambda, optimizer.handle(),
                                                                         one, static_cast<void *>(nullptr),
                                                                         static_cast<void (*)(void *)>(nullptr)));
  measure(state, [&] {
    if (tw_lr_scheduler_step(scheduler.handle()) != TW_OK) std::abort();
  });
}
void lambda_in_cpp(benchmark::State &state) {
  tw::Optimizer optimizer = tw::Optimizer::rates({0.5, 0.1});
  tw::LambdaLR scheduler(optimizer, [](double) { return 1.0; });
  measure(state, [&] { scheduler.step(); });
}
/* An exception allocates, by itself. */
void lambda_that_throws(benchmark::State &state) {
  tw::Optimizer optimizer = tw::Optimizer::rates({0.5, 0.1});
  bool failing = false;
  tw::LambdaLR scheduler(optimizer, [&](double) { return failing ? throw 1 : 1.0; });
  failing = true;
  for (auto _ : state) {
    try {
      scheduler.step();
    } catch (int) {
    }
  }
}

BENCHMARK(step_in_c);
BENCHMARK(step_in_cpp);
BENCHMARK(guard_in_cpp);
BENCHMARK(get_lr_in_c);
BENCHMARK(get_lr_in_cpp);
BENCHMARK(lambda_in_c);
BENCHMARK(lambda_in_cpp);
BENCHMARK(lambda_that_throws);

}  // namespace

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
  benchmark::RunSpecifiedBenchmarks();
  if (allocated_in_a_step) std::fprintf(stderr, "tw_bench_cpp: a step has allocated memory\n");
  return allocated_in_a_step ? EXIT_FAILURE : EXIT_SUCCESS;
}
