"""The lines of docs/from-python.md: the C compiles without a warning and runs, its LR schedulers give the rates of the
Python beside them, and nothing is missing from the tables.

    test_from_python.py REPOSITORY PREFIX WORK_FOLDER PYTHON

PYTHON is an interpreter that can import torch; this script itself needs the standard library only.
"""

import ast
import glob
import os
import re
import shutil
import subprocess
import sys
import unittest

REPOSITORY = PREFIX = WORK = PYTHON = None
NOT_RUN = ("cuda", "torch_optimizer", "scripted.pt", "encode", "managed")  # what is not there on every machine, or here
MADE = {  # what there is before the rows of a section; after every other heading only the objects
    "Stepping an LR scheduler": ("make_schedulers",),
    "Stepping a warmup": ("make_schedulers", "make_warmup"),
    "The three approaches": ("make_schedulers", "make_warmup"),
    "Checkpoints": ("make_schedulers", "make_warmup"),
    "LR schedulers": ("use_sgd",),
    "LR schedulers that PyTorch has no name for": ("use_sgd",),
}
# The sections whose rates are held against PyTorch's, and by what part they may differ.
COMPARED = {"LR schedulers": 0, "LR schedulers that PyTorch has no name for": 1e-12}

# What the compared rows of Python stand in: as from_python_frame.c for those of C.
PYTHON_FRAME = """
import math
import warnings
import torch
from torch.optim.lr_scheduler import *

warnings.simplefilter("ignore")  # that optimizer.step() should come first

def print_rates(row, takes_metric, scheduler):
    rates = []
    for _ in range(120):
        group = optimizer.param_groups[0]
        rates += [group["lr"].hex(), group["momentum"].hex()]
        scheduler.step(*([1.0] if takes_metric else []))
    print(row, *rates)
"""


def read_document():
    """The rows as (section, Python's lines, C's lines), and the blocks of C between the tables."""
    with open(os.path.join(REPOSITORY, "docs", "from-python.md")) as file:
        text = file.read()
    rows, section = [], None
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line.startswith("| `"):
            python, c = line.strip("| ").split(" | ")
            rows.append((section, *(cell.strip("`").split("`<br>`") for cell in (python, c))))
    return text, rows, re.findall(r"```c\n(.*?)```", text, re.S)


def takes_metric(lines):
    return any("plateau" in line.lower() for line in lines)


def python_program(rows):
    parts = [PYTHON_FRAME]
    for number, (section, lines, _) in enumerate(rows):
        if section in COMPARED:
            parts += ["optimizer = torch.optim.SGD([torch.zeros((), requires_grad=True)], lr=0.1, momentum=0.9)", *lines,
                      f"print_rates({number}, {takes_metric(lines)}, scheduler)"]
    return "\n".join(parts) + "\n"


def read_rates(text):
    rows = (line.split() for line in text.splitlines())
    return {int(row[0]): [float.fromhex(value) for value in row[1:]] for row in rows}


def program(rows, blocks):
    """A C program in which each row is a function, each call of it checked, and main runs them."""
    with open(os.path.join(REPOSITORY, "tests", "examples", "from_python_frame.c")) as file:
        parts = [file.read(), *blocks]
    calls = []
    for number, (section, _, lines) in enumerate(rows):
        checked = [re.sub(r"^(tw_\w+\(.*\)|TW_OP\(.*\));$", r"CHECK(\1);", line) for line in lines]
        parts.append(f"void row_{number}(void) {{\n" + "".join(f"  {line}\n" for line in checked) + "}\n")
        if not any(word in line for word in NOT_RUN for line in lines):
            calls += [f"{name}()" for name in ("make_objects", *MADE.get(section, ()), f"row_{number}")]
            if section in COMPARED:
                calls.append(f"print_rates({number}, {int(takes_metric(lines))})")
    parts.append("int main(void) {\n" + "".join(f"  {call};\n" for call in calls) + "  return EXIT_SUCCESS;\n}\n")
    return "\n".join(parts)


class FromPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text, cls.rows, cls.blocks = read_document()

    def test_the_c_column_compiles_and_runs(self):
        self.assertGreater(len(self.rows), 80)
        with open("rows.c", "w") as file:
            file.write(program(self.rows, self.blocks))
        found = glob.glob(os.path.join(PREFIX, "**", "torch_warmup.pc"), recursive=True)
        environment = dict(os.environ, PKG_CONFIG_PATH=os.path.dirname(found[0]))
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "torch_warmup"], env=environment, check=True,
                               capture_output=True, text=True).stdout.split()
        # A function of the caller's need not use all that it is given; the rest of the frame is external.
        command = ["cc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wno-unused-parameter", "rows.c", "-o",
                   "rows", *flags, "-lm"]
        compiled = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual((compiled.returncode, compiled.stderr), (0, ""), "\n" + compiled.stderr)
        run = subprocess.run(["./rows"], capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.check_rates(read_rates(run.stdout))

    def check_rates(self, ours):
        with open("rows.py", "w") as file:
            file.write(python_program(self.rows))
        run = subprocess.run([PYTHON, "rows.py"], capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 0, f"{PYTHON}, which must be able to import torch: {run.stderr}")
        theirs = read_rates(run.stdout)
        self.assertGreater(len(theirs), 18)
        self.assertEqual(set(ours), set(theirs))
        for number, rates in theirs.items():
            section, python, _ = self.rows[number]
            with self.subTest(row=python):
                self.assertEqual(len(ours[number]), len(rates))
                for here, there in zip(ours[number], rates):
                    self.assertLessEqual(abs(here - there), COMPARED[section] * there)

    def test_the_python_column_is_python(self):
        for _, python, _ in self.rows:
            with self.subTest(python=python):
                ast.parse("\n".join(python))

    def test_every_schedule_and_warmup_of_the_headers_is_in_the_tables(self):
        headers = ""
        for path in glob.glob(os.path.join(REPOSITORY, "include", "torch_warmup", "*.h")):
            with open(path) as file:
                headers += file.read()
        for kind, least in (("lr_scheduler", 18), ("warmup", 6)):
            made = re.findall(rf"TW_CALL tw_status (tw_{kind}_\w+)\(tw_{kind} \*\*out", headers)
            self.assertGreaterEqual(len(made), least)
            for name in made:
                self.assertIn(name, self.text)

    def test_every_schedule_of_pytorch_and_pytorch_warmup_is_in_the_tables(self):
        python = "\n".join(line for _, lines, _ in self.rows for line in lines)
        for name in ("StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "PolynomialLR",
                     "CosineAnnealingLR", "CosineAnnealingWarmRestarts", "LambdaLR", "MultiplicativeLR", "CyclicLR",
                     "OneCycleLR", "ReduceLROnPlateau", "SequentialLR", "ChainedScheduler", "LinearWarmup",
                     "ExponentialWarmup", "UntunedLinearWarmup", "UntunedExponentialWarmup", "RAdamWarmup"):
            self.assertRegex(python, rf"\b{name}\(")


if __name__ == "__main__":
    PYTHON = sys.argv.pop(4)
    WORK = sys.argv.pop(3)
    PREFIX, REPOSITORY = (os.path.abspath(sys.argv.pop(index)) for index in (2, 1))
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    os.chdir(WORK)
    unittest.main()
