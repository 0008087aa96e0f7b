"""Optimizers over complex parameters step as Python's do.

usage: complex_parameters.py PROGRAM      PROGRAM is built of complex_parameters.c
"""

import sys
import unittest

import torch

sys.dont_write_bytecode = True

from run_program import run

ADAM = dict(lr=0.125, betas=(0.5, 0.75), weight_decay=0.25)
RMSPROP = dict(lr=0.125, alpha=0.75, weight_decay=0.25)
ADAGRAD = dict(lr=0.125, lr_decay=0.25, weight_decay=0.25)
KINDS = {
    "adam": (torch.optim.Adam, ADAM),
    "adam_amsgrad": (torch.optim.Adam, dict(ADAM, amsgrad=True)),
    "adamw": (torch.optim.AdamW, ADAM),
    "adamw_amsgrad": (torch.optim.AdamW, dict(ADAM, amsgrad=True)),
    "sgd": (torch.optim.SGD, dict(lr=0.125, momentum=0.5, weight_decay=0.25, dampening=0.25)),
    "sgd_nesterov": (torch.optim.SGD, dict(lr=0.125, momentum=0.5, weight_decay=0.25, nesterov=True)),
    "rmsprop": (torch.optim.RMSprop, RMSPROP),
    "rmsprop_centered": (torch.optim.RMSprop, dict(RMSPROP, centered=True, momentum=0.5)),
    "adagrad": (torch.optim.Adagrad, ADAGRAD),
    "adagrad_initial": (torch.optim.Adagrad, dict(ADAGRAD, initial_accumulator_value=0.5)),
}
STEPS = 3
START = [1, 2, -0.5, 0.25]


def complex_of(numbers):
    return torch.view_as_complex(torch.tensor(numbers, dtype=torch.float64).reshape(2, 2).clone())


def real_of(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


def steps_of(make, options, of):
    """The numbers of a parameter after each step of Python's."""
    parameter = torch.nn.Parameter(of(START))
    optimizer = make([parameter], **options)
    for step in range(STEPS):
        parameter.grad = of([((i * 7 + step * 5) % 11 - 4) / 16 for i in range(4)])
        optimizer.step()
        value = parameter.detach()
        yield (torch.view_as_real(value) if value.is_complex() else value).reshape(4).clone()


class ComplexParameters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ours = {kind: [] for kind in KINDS}
        for line in run("train").splitlines():
            kind, *numbers = line.split()
            cls.ours[kind].append(real_of([float(number) for number in numbers]))

    def check(self, kind, ours, of):
        make, options = KINDS[kind]
        wanted = list(steps_of(make, options, of))
        self.assertEqual(len(ours), STEPS)
        for one, other in zip(ours, wanted):
            torch.testing.assert_close(one, other, rtol=1e-12, atol=1e-14)

    def test_each_kind_steps_as_pythons(self):
        for kind in KINDS:
            # Up to PyTorch 2.0 amsgrad takes the maximum of complex numbers, and fails.
            if "amsgrad" in kind and torch.__version__.startswith("1."):
                continue
            with self.subTest(kind):
                self.check(kind, self.ours[kind][::2], complex_of)

    def test_each_kind_steps_as_pythons_over_real_and_imaginary_parts(self):
        for kind in KINDS:
            with self.subTest(kind):
                self.check(kind, self.ours[kind][::2], real_of)
                self.check(kind, self.ours[kind][1::2], real_of)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
