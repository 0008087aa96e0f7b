#!/bin/sh
# What a call costs from Rust, beside C: the same calls of the same core, in nanoseconds, the best of several rounds.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
work=$here/target/bench
core=$here/torch-warmup-sys/core
mkdir -p "$work/src"

cat >"$work/bench.c" <<'END'
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>
#include "torch_warmup_core.h"

enum { CALLS = 200000, ROUNDS = 9 };
#define TRY(call) do { if ((call) != TW_OK) { fprintf(stderr, "%s\n", tw_last_error()); return 1; } } while (0)

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}
static tw_status one(double *out, double epoch, size_t group, void *context) {
  (void)epoch, (void)group, (void)context;
  return *out = 1, TW_OK;
}

#define BEST(name, call)                                 \
  do {                                                   \
    double best = 1e18;                                  \
    for (int round = 0; round < ROUNDS; ++round) {       \
      const double start = now();                        \
      for (int i = 0; i < CALLS; ++i) TRY(call);         \
      if ((now() - start) / CALLS < best) best = (now() - start) / CALLS; \
    }                                                    \
    printf("%-26s %8.1f\n", name, best);                 \
  } while (0)

int main(void) {
  const double lr = 0.1;
  const int64_t period = 1000;
  double out;
  tw_optimizer *rates, *warmed;
  tw_lr_scheduler *step, *lambda, *under;
  tw_warmup *warmup;
  TRY(tw_optimizer_rates(&rates, &lr, NULL, 1));
  TRY(tw_optimizer_rates(&warmed, &lr, NULL, 1));
  TRY(tw_lr_scheduler_step_lr(&step, rates, 1e9, 0.1));
  TRY(tw_lr_scheduler_lambda(&lambda, rates, one, NULL, NULL));
  TRY(tw_lr_scheduler_step_lr(&under, warmed, 1e9, 0.1));
  TRY(tw_warmup_linear(&warmup, warmed, &period, 1));
  BEST("read a rate", tw_optimizer_get_lr(&out, rates, 0));
  BEST("step a schedule", tw_lr_scheduler_step(step));
  BEST("step one of a closure", tw_lr_scheduler_step(lambda));
  BEST("step a warmup and schedule", tw_warmup_step(warmup, &under, 1));
  return 0;
}
END
cat >"$work/Cargo.toml" <<END
[package]
name = "bench"
version = "1.0.0"
edition = "2021"
[dependencies]
torch-warmup = { path = "../../torch-warmup" }
[workspace]
END
cat >"$work/src/main.rs" <<'END'
use std::time::Instant;
use torch_warmup::schedules::{LambdaLr, StepLr};
use torch_warmup::{Optimizer, Result, Warmup};

const CALLS: u32 = 200_000;

fn best(name: &str, mut call: impl FnMut() -> Result<()>) -> Result<()> {
    let mut best = f64::INFINITY;
    for _ in 0..9 {
        let start = Instant::now();
        (0..CALLS).try_for_each(|_| call())?;
        best = best.min(start.elapsed().as_nanos() as f64 / f64::from(CALLS));
    }
    println!("{name:26} {best:8.1}");
    Ok(())
}

fn main() -> Result<()> {
    let (rates, warmed) = (Optimizer::rates([0.1])?, Optimizer::rates([0.1])?);
    let mut step = StepLr::new(1e9).bind(&rates)?;
    let mut lambda = LambdaLr::new(|_, _| 1.0).bind(&rates)?;
    let mut under = StepLr::new(1e9).bind(&warmed)?;
    let mut warmup = Warmup::linear(&warmed, 1000)?;
    best("read a rate", || rates.lr(0).map(drop))?;
    best("step a schedule", || step.step())?;
    best("step one of a closure", || lambda.step())?;
    best("step a warmup and schedule", || warmup.step(&mut under))
}
END
cc -std=c11 -O2 -ffp-contract=off -I"$core" -o "$work/bench_c" "$work/bench.c" "$core/torch_warmup_core.c" -lm -pthread
cargo build --quiet --release --manifest-path "$work/Cargo.toml"
echo "C, ns a call"
"$work/bench_c"
echo "Rust, ns a call"
"$work/target/release/bench"
