"""The C++ example as its user sees it: the rates that it prints, what it has learnt, and its file in a live PyTorch.

    test_cpp.py PROGRAM PYTHON_WITH_TORCH          (Python's standard library only)
"""

import math
import os
import re
import subprocess
import sys
import unittest

from program_folder import FolderTest

PROGRAM, PYTHON = os.path.abspath(sys.argv[1]), sys.argv[2]
del sys.argv[1:]

LOOK_INTO = """
import torch
saved = torch.load("spirals.pt")
model = torch.nn.Sequential(torch.nn.Linear(2, 64), torch.nn.Tanh(), torch.nn.Linear(64, 64), torch.nn.Tanh(), torch.nn.Linear(64, 2))
print(model.load_state_dict(saved["model"]))
optimizer = torch.optim.AdamW(model.parameters())
optimizer.load_state_dict(saved["optimizer"])
print(optimizer.param_groups[0]["betas"], int(optimizer.state[model[0].weight]["step"]))
"""


class Train(FolderTest):
    def run_program(self, **options):
        return subprocess.run([PROGRAM], cwd=self.work.name, capture_output=True, text=True, timeout=300, **options)

    def test_it_learns_at_the_rates_of_the_formulas_and_python_reads_its_file(self):
        run = self.run_program()
        self.assertEqual(run.returncode, 0, run.stderr)
        lines = re.findall(r"step +(\d+)  rate ([\d.]+)  loss ([\d.]+)  right +([\d.]+) %", run.stdout)
        self.assertEqual(len(lines), 13)
        for step, rate, _, _ in lines:
            cosine = 0.02 * (1 + math.cos(math.pi * int(step) / 600)) / 2
            # beta2 0.99: 2 / (1 - 0.99) steps, truncated to 199.
            self.assertAlmostEqual(float(rate), cosine * min(1, (int(step) + 1) / 199), delta=6e-7)
        self.assertLess(float(lines[-1][2]), 0.05)
        self.assertGreater(float(lines[-1][3]), 99)

        looked = subprocess.run([PYTHON, "-c", LOOK_INTO], cwd=self.work.name, capture_output=True, text=True, timeout=120)
        self.assertEqual(looked.stdout, "<All keys matched successfully>\n(0.9, 0.99) 600\n", looked.stderr)

    def test_a_file_that_cannot_be_written_is_an_exit_status_and_a_sentence(self):
        os.mkdir(os.path.join(self.work.name, "spirals.pt"))
        run = self.run_program()
        self.assertEqual(run.returncode, 1)
        self.assertIn("torch_warmup: cannot write spirals.pt: it is not a regular file", run.stderr)


if __name__ == "__main__":
    unittest.main()
