"""examples/any_optimizer: from nothing, without LibTorch, it prints the rates of its formulas and fits its line.

    test_any_optimizer.py RUN_SH          (Python's standard library only)
"""

import math
import subprocess
import sys
import unittest

RUN_SH = None


def run(*options):
    return subprocess.run(["sh", RUN_SH, *options], capture_output=True, text=True, timeout=300)


class AnyOptimizer(unittest.TestCase):
    def test_rates_follow_the_warmup_and_the_cosine(self):
        done = run()
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        rows = [list(map(float, line.split())) for line in lines[1:-1]]
        self.assertEqual([row[0] for row in rows], list(range(0, 400, 25)))
        for step, first, second, _ in rows:
            factor = min(1, (step + 1) / 50) * (1 + math.cos(math.pi * step / 400)) / 2
            self.assertAlmostEqual(first, 0.5 * factor, delta=0.6e-8)
            self.assertAlmostEqual(second, 0.1 * factor, delta=0.6e-8)
        self.assertLess(rows[-1][3], rows[0][3] / 500)
        slope, offset = (float(part.split()[-1]) for part in lines[-1].split(","))
        self.assertAlmostEqual(slope, 3, delta=0.05)
        self.assertAlmostEqual(offset, -1, delta=0.05)

    def test_options_are_explained_and_others_refused(self):
        helped, refused = run("--help"), run("--fast")
        self.assertEqual((helped.returncode, refused.returncode), (0, 2))
        self.assertIn("usage: sh run.sh", helped.stdout)
        self.assertIn("--fast", refused.stderr)


if __name__ == "__main__":
    RUN_SH = sys.argv.pop(1)
    unittest.main()
