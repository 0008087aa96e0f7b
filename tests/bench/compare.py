"""What a step of a warmup with a cosine costs: here and in Python, on the same machine in the same run.

    compare.py TW_BENCH

TW_BENCH is the built benchmark. The interpreter must be able to import torch and pytorch_warmup. Printed are medians of
the processor time, which other processes on the machine disturb less than the time on the clock. The exit status is 1
where a step has allocated memory; a time is never an error.
"""

import json
import statistics
import subprocess
import sys
import time
import warnings

REPETITIONS = 5
# Nanoseconds a step for each number of groups: of an optimizer of LibTorch's, and where only rates are held.
TARGETS = {"torch": {1: 80, 100: 1_500, 10_000: 60_000}, "rates": {1: 80, 100: 1_000, 10_000: 40_000}}


def measure_c(program, family):
    """Nanoseconds a step and allocations, for each number of groups."""
    command = [program, f"--benchmark_filter=^{family}/linear", "--benchmark_format=json", "--benchmark_min_time=0.2",
               f"--benchmark_repetitions={REPETITIONS}"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)  # 1 where a step allocates, with the figures
    if not done.stdout:
        sys.exit(f"{program} gave {done.returncode} and no figures")
    times, allocations = {}, {}
    for run in json.loads(done.stdout)["benchmarks"]:
        if run["run_type"] == "iteration":
            groups = int(run["name"].split("/")[2])
            times.setdefault(groups, []).append(run["cpu_time"])
            allocations[groups] = allocations.get(groups, 0) + run["allocations"] / run["iterations"] / REPETITIONS
    return {groups: (statistics.median(found), allocations[groups]) for groups, found in times.items()}


def measure_python(groups):
    """Nanoseconds a step."""
    parameters = [{"params": [torch.zeros((), requires_grad=True)]} for _ in range(groups)]
    optimizer = torch.optim.AdamW(parameters)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=1_000_000, eta_min=1e-5)
    warmup = pytorch_warmup.UntunedLinearWarmup(optimizer)
    optimizer.step()  # without gradients: only so that the scheduler does not warn that it was forgotten

    def run(steps):
        started = time.process_time_ns()
        for _ in range(steps):
            with warmup.dampening():
                scheduler.step()
        return (time.process_time_ns() - started) / steps

    steps = max(20, int(2e8 / run(20)))  # a fifth of a second
    return statistics.median(run(steps) for _ in range(REPETITIONS))


def in_words(nanoseconds):
    for unit, size in (("ms", 1e6), ("us", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    try:
        import pytorch_warmup
        import torch
    except ImportError as error:
        sys.exit(f"{error}: install torch (Debian, Ubuntu: python3-torch) and pytorch_warmup for {sys.executable}")
    warnings.simplefilter("ignore")
    print(f"torch {torch.__version__}, pytorch_warmup {pytorch_warmup.__version__}; a step of a warmup with a cosine:")
    print(f"{'groups':>8} {'optimizer':>10} {'here':>10} {'target':>10} {'Python':>10} {'ratio':>7} {'allocations':>12}")
    allocated = False
    python = {groups: measure_python(groups) for groups in sorted(TARGETS["torch"])}
    for family, targets in TARGETS.items():
        for groups, (here, allocations) in sorted(measure_c(sys.argv[1], family).items()):
            allocated = allocated or allocations > 0
            print(f"{groups:>8} {family:>10} {in_words(here):>10} {in_words(targets[groups]):>10} "
                  f"{in_words(python[groups]):>10} {python[groups] / here:>7.0f} {allocations:>12g}")
    sys.exit(1 if allocated else 0)
