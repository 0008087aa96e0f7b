"""The programs of examples/schedules: the rates they print are those of their formulas, and they learn.

    test_schedules.py FOLDER_OF_PROGRAMS EXAMPLE          (Python's standard library only)
"""

import glob
import math
import os
import subprocess
import sys
import unittest

PROGRAMS = EXAMPLE = None
LR = 0.02


def cosine(high, low, done):
    return low + (high - low) * (1 + math.cos(math.pi * done)) / 2


def linear(step, period):
    return min(1, (step + 1) / period)


def run(program):
    """The table that a program prints: a dict for each row."""
    done = subprocess.run([os.path.join(PROGRAMS, program)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"{program} gave {done.returncode}: {done.stderr}")
    lines = done.stdout.splitlines()
    # "rate 0" is one name of two words
    names = lines[0].replace("rate ", "rate_").split() if "rate 0" in lines[0] else lines[0].split()
    return [dict(zip(names, map(float, line.split()))) for line in lines[1:]]


class Schedules(unittest.TestCase):
    def check(self, program, rows, rate_of, fall=20, column="rate"):
        """Every printed rate, of eight decimals, is the formula's; the loss falls to less than a part of the first."""
        table = run(program)
        self.assertEqual(len(table), rows)
        for row in table:
            self.assertAlmostEqual(row[column], rate_of(row), delta=0.6e-8, msg=row)
        losses = [row["loss"] for row in table if math.isfinite(row["loss"])]
        self.assertLess(losses[-1], losses[0] / fall)
        return table

    def test_by_step(self):
        self.check("by_step", 16, lambda row: cosine(LR, 1e-5, row["step"] / 600) * linear(row["step"], 199))

    def test_by_epoch_steps_the_schedule_after_each_epoch(self):
        def rate(row):
            self.assertEqual(row["step"], row["epoch"] * 8)
            return LR * 0.1 ** sum(milestone <= row["epoch"] for milestone in (50, 75)) * linear(row["step"], 199)

        table = self.check("by_epoch", 20, rate)
        self.assertEqual([row["rate"] for row in table[-5:]], [0.0002] * 5)

    def test_warm_restarts_restarts(self):
        def rate(row):
            epoch = row["step"] / 8
            self.assertAlmostEqual(row["epoch"], epoch, delta=0.006)
            start, length = next((s, l) for s, l in ((30, 40), (10, 20), (0, 10)) if epoch >= s)
            return cosine(LR, 1e-5, (epoch - start) / length) * linear(row["step"], 199)

        table = {row["epoch"]: row["rate"] for row in self.check("warm_restarts", 28, rate)}
        self.assertEqual(table[30.0], LR)

    def test_per_group(self):
        for group, lr, period in ((0, LR, 50), (1, LR / 4, 200)):
            self.check("per_group", 15, lambda row: cosine(lr, 0, row["step"] / 600) * linear(row["step"], period),
                       column=f"rate_{group}")

    def test_custom_warmup(self):
        self.check("custom_warmup", 20, lambda row: cosine(LR, 0, row["step"] / 600) * linear(row["step"], 150) ** 2)

    def test_delayed_cosine(self):
        def rate(row):
            step = row["step"]
            return LR * linear(step, 100) if step < 100 else cosine(LR, 1e-5, (step - 99) / 500)

        self.check("delayed_cosine", 24, rate)

    def test_warmup_stable_decay(self):
        def rate(row):
            step = row["step"]
            return LR * linear(step, 199) if step < 450 else LR * (1 - math.sqrt((step - 450) / 150))

        self.check("warmup_stable_decay", 20, rate)

    def test_skipped_step_does_not_advance_the_warmup(self):
        def rate(row):
            skipped = sum(step % 50 == 25 for step in range(int(row["step"])))
            self.assertEqual(row["counted"], row["step"] - skipped)
            return cosine(LR, 0, row["counted"] / 600) * linear(row["counted"], 150)

        table = self.check("skipped_step", 24, rate)
        self.assertEqual([row["step"] for row in table if not math.isfinite(row["loss"])], list(range(25, 600, 50)))

    def test_every_program_is_tested_and_under_85_lines(self):
        for path in glob.glob(os.path.join(EXAMPLE, "*.c")):
            name = os.path.basename(path)[:-2]
            self.assertTrue(any(name in test for test in dir(self) if test.startswith("test_")), f"{name} has no test")
            with open(path) as file:
                self.assertLess(len(file.readlines()), 85, path)


if __name__ == "__main__":
    EXAMPLE = sys.argv.pop(2)
    PROGRAMS = sys.argv.pop(1)
    unittest.main()
