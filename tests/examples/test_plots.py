"""The programs of examples/plots: what they print is what the formulas say, and what they cannot take is refused.

    test_plots.py PROGRAMS EXAMPLE FOLDER          (Python's standard library only)
"""

import csv
import math
import os
import shutil
import subprocess
import sys
import unittest

PROGRAMS = EXAMPLE = FOLDER = None


def run(program, *arguments):
    return subprocess.run([os.path.join(PROGRAMS, program), *arguments], capture_output=True, text=True, timeout=300)


def table(program, *arguments):
    done = run(program, *arguments)
    if done.returncode != 0:
        raise AssertionError(f"{program} gave {done.returncode}: {done.stderr}")
    return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(done.stdout.splitlines())]


def radam_factor(beta2):
    """The factor as a function of the step: Liu et al., with the first step at which it exists as step 0."""
    rho_inf = 2 / (1 - beta2) - 1

    def rho(t):
        return rho_inf - 2 * t * beta2**t / (1 - beta2**t)

    offset = next(t for t in range(1, 100) if rho(t) > 4)

    def factor(step):
        now = rho(step + offset)
        return math.sqrt((now - 4) * (now - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * now))

    return factor


class WarmupSchedules(unittest.TestCase):
    def test_factors_are_those_of_the_formulas(self):
        for beta2, period in ((0.9, 20), (0.99, 199), (0.999, 1999)):
            rows = table("warmup_schedules", "300", str(beta2))
            self.assertEqual([row["step"] for row in rows], list(range(300)))
            radam = radam_factor(beta2)
            for row in rows:
                step = row["step"]
                self.assertEqual(row["beta2"], beta2)
                self.assertAlmostEqual(row["linear"], min(1, (step + 1) / period), delta=1e-9)
                self.assertAlmostEqual(row["exponential"], 1 - math.exp(-(step + 1) / int(1 / (1 - beta2))), delta=1e-9)
                self.assertAlmostEqual(row["radam"], radam(int(step)), delta=1e-9)

    def test_several_beta2_come_one_after_the_other(self):
        self.assertEqual([row["beta2"] for row in table("warmup_schedules", "2", "0.9", "0.8")], [0.9, 0.9, 0.8, 0.8])


class WarmupPeriod(unittest.TestCase):
    def test_periods_are_the_sums_of_what_the_factors_lack(self):
        rows = table("warmup_period")
        self.assertEqual((len(rows), rows[0]["beta2"], rows[-1]["beta2"]), (31, 0.9, 0.9999))
        for row in table("warmup_period", "0.9", "0.99", "0.999"):
            beta2 = row["beta2"]
            linear, exponential = int(2 / (1 - beta2)), int(1 / (1 - beta2))
            radam = radam_factor(beta2)
            self.assertAlmostEqual(row["linear"], (linear - 1) / 2, delta=1e-5)
            self.assertAlmostEqual(row["exponential"], 1 / math.expm1(1 / exponential), delta=1e-5)
            enough = round(40 / (1 - beta2))
            self.assertAlmostEqual(row["radam"], math.fsum(1 - radam(step) for step in range(enough)), delta=1e-5)


def one_cycle(step, low=1 / 25, high=1, last=1 / 25e4, steps=120):
    up = 0.3 * steps - 1
    down = steps - 1 - up
    if step <= up:
        return high + (low - high) * (1 + math.cos(math.pi * step / up)) / 2
    return last + (high - last) * (1 + math.cos(math.pi * (step - up) / down)) / 2


def cyclic(step):
    cycle = step // 40
    return 0.1 + 0.9 * (1 - abs(step % 40 / 20 - 1)) / 2**cycle


def plateau(step):
    """A loss that falls until epoch 39, and by less than a ten-thousandth of itself from then on: eleven bad epochs."""
    return 0.5 ** max(0, (step - 41) // 11)


FORMULAS = {
    "step_lr": lambda t: 0.5 ** (t // 30),
    "multi_step": lambda t: 0.4 ** sum(milestone <= t for milestone in (40, 60, 90)),
    "constant": lambda t: 0.5 if t < 60 else 1,
    "linear": lambda t: 1 - 0.9 * min(t, 90) / 90,
    "exponential": lambda t: 0.97**t,
    "polynomial": lambda t: (1 - min(t, 100) / 100) ** 2,
    "cosine_annealing": lambda t: (1 + math.cos(math.pi * t / 120)) / 2,
    "cosine_annealing_warm_restarts": lambda t: (1 + math.cos(math.pi * (t / 40 if t < 40 else (t - 40) / 80))) / 2,
    "lambda": lambda t: 1 / (1 + 0.05 * t),
    "multiplicative": lambda t: 0.95 ** max(0, t - 59),
    "cyclic": cyclic,
    "one_cycle": one_cycle,
    "reduce_on_plateau": plateau,
    "sequential": lambda t: 0.6 if t < 50 else 0.96 ** (t - 50),
    "chained": lambda t: (0.4 if t < 50 else 1) * 0.99**t,
    "inverse_sqrt": lambda t: math.sqrt(10 / (t + 10)),
    "warmup_stable_decay": lambda t: 1 if t < 80 else 1 - math.sqrt((t - 80) / 40),
}


class LrSchedules(unittest.TestCase):
    def test_rates_are_those_of_the_formulas_and_the_warmup_multiplies_them(self):
        rows = table("lr_schedules")
        self.assertEqual([row["step"] for row in rows], list(range(120)))
        self.assertEqual(set(rows[0]), {"step", *FORMULAS, *(name + "_warmup" for name in FORMULAS)})
        for name, formula in FORMULAS.items():
            for row in rows:
                step = int(row["step"])
                with self.subTest(schedule=name, step=step):
                    self.assertAlmostEqual(row[name], formula(step), delta=2e-9)
                    self.assertAlmostEqual(row[name + "_warmup"], formula(step) * min(1, (step + 1) / 20), delta=2e-9)


class Refusals(unittest.TestCase):
    def test_bad_numbers_are_named(self):
        for program, arguments, status, message in (
            ("warmup_schedules", ("many",), 2, "STEPS is 'many'; it must be a number above 0"),
            ("warmup_schedules", ("-5",), 2, "STEPS is '-5'"),
            ("warmup_schedules", ("5", "0.9x"), 2, "BETA2 is '0.9x'"),
            ("warmup_period", ("",), 2, "BETA2 is ''"),
            ("warmup_period", ("0.5",), 1, "beta2 of group 0 is 0.5; it must lie in (0.6, 1)"),
            ("lr_schedules", ("surplus",), 2, "usage: lr_schedules"),
        ):
            with self.subTest(program=program, arguments=arguments):
                done = run(program, *arguments)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(message, done.stderr)

    def test_help(self):
        for program in ("warmup_schedules", "warmup_period", "lr_schedules"):
            done = run(program, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("usage: " + program, done.stdout)


class Figures(unittest.TestCase):
    def plot(self, *arguments, **options):
        return subprocess.run(["sh", os.path.join(EXAMPLE, "plot.sh"), *arguments], capture_output=True, text=True,
                              timeout=300, **options)

    def test_every_figure_is_there_as_csv_png_and_svg(self):
        folder = os.path.join(FOLDER, "it's a \"folder\"")
        done = self.plot(PROGRAMS, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        names = ("warmup_schedule", "warmup_period", "lr_schedules")
        self.assertEqual(sorted(os.listdir(folder)), sorted(f"{name}.{kind}" for name in names for kind in ("csv", "png", "svg")))
        for name in names:
            with open(os.path.join(folder, name + ".png"), "rb") as file:
                self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")
            with open(os.path.join(folder, name + ".svg")) as file:
                self.assertIn("<svg", file.read())

    def test_a_program_that_fails_leaves_no_figure(self):
        folder = os.path.join(FOLDER, "failed")
        done = self.plot("/nowhere", folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/warmup_schedules failed", done.stderr)
        self.assertEqual(os.listdir(folder), [])

    def test_run_refuses_what_it_does_not_know_before_it_builds(self):
        for arguments, message in ((("--frobnicate",), "no such option: --frobnicate"), (("--output",), "--output needs a folder")):
            done = subprocess.run(["sh", os.path.join(EXAMPLE, "run.sh"), *arguments], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(message, done.stderr)
        done = subprocess.run(["sh", os.path.join(EXAMPLE, "run.sh"), "--help"], capture_output=True, text=True)
        self.assertIn("--output DIR", done.stdout)


if __name__ == "__main__":
    FOLDER = os.path.abspath(sys.argv.pop(3))
    EXAMPLE = sys.argv.pop(2)
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    shutil.rmtree(FOLDER, ignore_errors=True)
    unittest.main()
