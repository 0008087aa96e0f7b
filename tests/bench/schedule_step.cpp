/* One step of a warmup with a cosine: undampen, step the scheduler, dampen, for optimizers of 1, 100 and 10,000 groups. */
#include <benchmark/benchmark.h>
#include <torch_warmup.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <vector>

#include "allocations.h"

namespace {

bool allocated_in_a_step = false;

void check(tw_status status) {
  if (status == TW_OK) return;
  std::fprintf(stderr, "%s: %s\n", tw_status_name(status), tw_last_error());
  std::exit(EXIT_FAILURE);
}

/* AdamW with a parameter of one number in each group. */
tw_optimizer *make_optimizer(int64_t groups) {
  tw_optimizer *optimizer = nullptr;
  for (int64_t group = 0; group < groups; ++group) {
    tw_tensor *parameter = nullptr;
    check(tw_tensor_zeros(&parameter, nullptr, 0, TW_FLOAT32, nullptr));
    check(tw_tensor_set_requires_grad(parameter, 1));
    check(group == 0 ? tw_optimizer_adamw(&optimizer, &parameter, 1, nullptr)
                     : tw_optimizer_add_param_group(optimizer, &parameter, 1, nullptr));
    tw_tensor_free(parameter);
  }
  return optimizer;
}

/* One for each number of groups, for every benchmark of it: ten thousand groups take seconds to add. */
tw_optimizer *shared_optimizer(int64_t groups) {
  static std::map<int64_t, tw_optimizer *> made;
  tw_optimizer *&optimizer = made[groups];
  if (optimizer == nullptr) optimizer = make_optimizer(groups);
  for (int64_t group = 0; group < groups; ++group) check(tw_optimizer_set_lr(optimizer, group, 1e-3));
  return optimizer;
}

using MakeWarmup = tw_status (*)(tw_warmup **, tw_optimizer *, const double *, size_t);

void step(benchmark::State &state, tw_optimizer *optimizer, MakeWarmup make_warmup) {
  tw_lr_scheduler *scheduler = nullptr;
  tw_warmup *warmup = nullptr;
  check(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, 1000000, 1e-5));
  check(make_warmup(&warmup, optimizer, nullptr, 0));
  const std::size_t before = allocation_count();
  for (auto _ : state) check(tw_warmup_step(warmup, &scheduler, 1));
  const std::size_t allocations = allocation_count() - before;
  if (allocations > 0) allocated_in_a_step = true;
  state.counters["allocations"] = static_cast<double>(allocations);
  check(tw_warmup_detach(warmup));
  tw_warmup_free(warmup);
  tw_lr_scheduler_free(scheduler);
}

void torch(benchmark::State &state, MakeWarmup make_warmup) {
  step(state, shared_optimizer(state.range(0)), make_warmup);
}

/* Where only numbers are held. */
void rates(benchmark::State &state, MakeWarmup make_warmup) {
  const auto groups = static_cast<std::size_t>(state.range(0));
  std::vector<double> lrs(groups, 1e-3), betas;
  for (std::size_t group = 0; group < groups; ++group) betas.insert(betas.end(), {0.9, 0.999});
  tw_optimizer *optimizer = nullptr;
  check(tw_optimizer_rates(&optimizer, lrs.data(), betas.data(), groups));
  step(state, optimizer, make_warmup);
  tw_optimizer_free(optimizer);
}

BENCHMARK_CAPTURE(torch, linear, tw_warmup_untuned_linear)->Arg(1)->Arg(100)->Arg(10000);
BENCHMARK_CAPTURE(torch, exponential, tw_warmup_untuned_exponential)->Arg(1)->Arg(100)->Arg(10000);
BENCHMARK_CAPTURE(torch, radam, tw_warmup_radam)->Arg(1)->Arg(100)->Arg(10000);
BENCHMARK_CAPTURE(rates, linear, tw_warmup_untuned_linear)->Arg(1)->Arg(100)->Arg(10000);
BENCHMARK_CAPTURE(rates, exponential, tw_warmup_untuned_exponential)->Arg(1)->Arg(100)->Arg(10000);
BENCHMARK_CAPTURE(rates, radam, tw_warmup_radam)->Arg(1)->Arg(100)->Arg(10000);

}  // namespace

int main(int argc, char **argv) {
  const std::size_t before = allocation_count();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
  benchmark::RunSpecifiedBenchmarks();
  if (allocation_count() == before) { /* the benchmark's own are some, so the count would be of nothing */
    std::fprintf(stderr, "tw_bench: allocations are not counted here\n");
    return EXIT_FAILURE;
  }
  if (allocated_in_a_step) std::fprintf(stderr, "tw_bench: a step has allocated memory\n");
  return allocated_in_a_step ? EXIT_FAILURE : EXIT_SUCCESS;
}
