"""Compares random compositions of LR schedulers and warmups with PyTorch and pytorch_warmup, to the last bit.

usage: live_schedules.py RUNNER [--seed N] [--count N] [--wheels FOLDER] [--one-bit-off]

Each composition is drawn from a seed of its own, run in Python and by RUNNER (schedule_runner.cpp), and every rate,
beta1 and momentum, and each scheduler's last epoch and rates, must be equal after every step. On a difference it prints the seed and the shortest composition that
still differs. --one-bit-off gives the runner a rate that is one bit off, to see that this is found and shortened.
"""
import math
import random
import sys

import torch

sys.dont_write_bytecode = True

import run_compositions
import schedule_compositions as compositions


def arguments():
    parser = run_compositions.parser(__doc__, count=400)
    parser.add_argument("--one-bit-off", action="store_true", help="expect a difference of one bit to be found")
    return parser.parse_args()


options = arguments()
reference = run_compositions.import_reference(options.wheels)


def comparable(row):
    """Python and C have their own words for an error."""
    return "error" if row.startswith("error") else run_compositions.numbers(row)


def one_bit_off(made):
    groups = [list(group) for group in made["groups"]]
    groups[0][0] = math.nextafter(groups[0][0], 1)
    return {**made, "groups": groups}


def ours(made_list):
    """The runner's rows of each composition."""
    if options.one_bit_off:
        made_list = [one_bit_off(made) for made in made_list]
    return run_compositions.run(options.runner, made_list)


def differing_row(mine, theirs):
    """The first row in which they differ; None where they do not."""
    for i, (a, b) in enumerate(zip(mine, theirs)):
        if comparable(a) != comparable(b):
            return i
    return None if len(mine) == len(theirs) else min(len(mine), len(theirs))


def differences(made_list):
    theirs = [reference.rows(made) for made in made_list]
    return [differing_row(a, b) for a, b in zip(ours(made_list), theirs)]


def shortest(made, row):
    """Takes away piece after piece as long as the rest still differs."""
    while True:
        candidates = list(compositions.smaller(made, row))
        for candidate, differs in zip(candidates, differences(candidates) if candidates else []):
            if differs is not None:
                made, row = candidate, differs
                break
        else:
            return made, row


def report(seed, made, row):
    made, row = shortest(made, row)
    mine, theirs = ours([made])[0], reference.rows(made)
    print(f"seed {seed} differs in row {row}; the shortest composition that does:")
    print("    " + "\n    ".join(compositions.lines(made)))
    for name, rows in (("PyTorch", theirs), ("torch_warmup", mine)):
        print(f"  {name}: {rows[row] if row < len(rows) else '(no such row)'}")
    return made


def draw(seed):
    return compositions.Draw(random.Random(seed), run_compositions.MODERN).composition()


def main():
    seeds = range(options.seed, options.seed + options.count)
    made_list = [draw(seed) for seed in seeds]
    found = [(seed, made, row) for seed, made, row in zip(seeds, made_list, differences(made_list)) if row is not None]
    if options.one_bit_off:
        made = report(*found[0]) if found else sys.exit("a rate that is one bit off was not found")
        if len(made["groups"]) > 1 or made["schedulers"] or made["steps"] or made["warmup"]:
            sys.exit("one group would have been enough to show the difference")
        return
    for each in found[:3]:
        report(*each)
    if found:
        sys.exit(f"{len(found)} of {options.count} compositions differ, the first of seed {found[0][0]}")
    steps = sum(len(made["steps"]) for made in made_list)
    print(f"{options.count} compositions, {steps} steps: every number is PyTorch {torch.__version__}'s")


main()
