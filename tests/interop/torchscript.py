"""Models that Python scripts, trained in C: the same numbers as in Python, and back.

usage: torchscript.py PROGRAM      PROGRAM is built of torchscript.c
"""

import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from typing import Dict, List, Tuple

import torch
from torch import Tensor, nn

PROGRAM = sys.argv[1]
STEPS, BATCH, RATE, PERIOD = 10, 8, 0.01, 5


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.3)
        self.line = nn.Linear(64, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.line(self.drop(torch.relu(self.norm(self.conv(x)))).flatten(1))

    @torch.jit.export
    def mix(
        self, x: Tensor, pair: Tuple[float, List[Tensor]], named: Dict[str, Tensor]
    ) -> Tuple[Dict[str, List[Tensor]], int, str]:
        out: Dict[str, List[Tensor]] = {}
        for name, tensor in named.items():
            out[name] = [self.forward(tensor) * pair[0], (pair[1][0] - x).sum().reshape(1)]
        return out, len(pair[1]), "mixed"


def run(*arguments, fails=False):
    """What the program prints; where it is to fail, what it says."""
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if (done.returncode != 0) != fails:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()}")
    return done.stderr if fails else done.stdout


def same_version(one, other):
    return one.split(".")[:2] == other.split(".")[:2]


def numbers(text):
    return torch.tensor([float(word) for word in text.split()])


def train(model, batches, dropout):
    """The rates and losses of ten steps with AdamW and a linear warmup."""
    torch.manual_seed(7)
    model.train()
    model.drop.train(dropout)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE)
    rows = []
    for step, (images, labels) in enumerate(batches):
        rate = RATE * min(1.0, (step + 1) / PERIOD)
        optimizer.param_groups[0]["lr"] = rate
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rows.append((rate, loss.item()))
    return rows


class TorchScript(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        torch.manual_seed(1)
        cls.batches = [(torch.randn(BATCH, 1, 6, 6), torch.randint(0, 5, (BATCH,))) for _ in range(STEPS)]
        with open(cls.path("batches"), "wb") as file:
            for images, labels in cls.batches:
                file.write(images.numpy().tobytes() + labels.numpy().tobytes())
        torch.jit.save(torch.jit.script(Net()), cls.path("net.pt"))

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def load(self, name="net.pt"):
        return torch.jit.load(self.path(name))

    def test_forward_and_another_method_give_what_python_gives(self):
        forward, mixed = run("run", self.path("net.pt"), self.path("batches")).splitlines()
        model = self.load().eval()
        images = self.batches[0][0]
        with torch.no_grad():
            wanted = model(images)
            out, count, text = model.mix(images, (2.0, [images, images]), {"a": images, "b": images})
        torch.testing.assert_close(numbers(forward).reshape(wanted.shape), wanted, rtol=1e-6, atol=1e-6)
        self.assertEqual((list(out), count, text), (["a", "b"], 2, "mixed"))
        self.assertEqual(mixed[-14:], f"}}, 2, '{text}')")
        for name in out:
            found = mixed.split(f"'{name}': [")[1].split("]")[0].split(", ")
            for one, tensor in zip(found, out[name]):
                torch.testing.assert_close(numbers(one), tensor.flatten(), rtol=1e-6, atol=1e-6)

    def check_training(self, dropout):
        saved, state = self.path("saved.pt"), self.path("state")
        how = "dropout" if dropout else "plain"
        printed = run("train", self.path("net.pt"), self.path("batches"), saved, state, how)
        found = [tuple(float(word) for word in line.split()) for line in printed.splitlines()]
        wanted = train(self.load(), self.batches, dropout)
        self.assertEqual([rate for rate, _ in found], [rate for rate, _ in wanted])
        for (_, one), (_, other) in zip(found, wanted):
            self.assertLess(abs(one - other), 2e-4 * other)
        self.assertEqual(len(found), STEPS)
        self.check_saved(saved, state, dropout)

    def check_saved(self, saved, state, dropout):
        """What Python loads is what the program had in memory, to the bit, in the same modes."""
        model, start = torch.jit.load(saved), self.load()
        tensors = [*model.parameters(), model.norm.running_mean, model.norm.running_var]
        with open(state, "rb") as file:
            self.assertEqual(b"".join(tensor.detach().numpy().tobytes() for tensor in tensors), file.read())
        self.assertEqual(model.norm.num_batches_tracked.item(), STEPS)
        self.assertEqual((model.training, model.norm.training, model.drop.training), (True, True, dropout))
        self.assertFalse(torch.equal(model.conv.weight, start.conv.weight))
        self.assertEqual(list(model.state_dict()), list(start.state_dict()))
        self.assertEqual(model.code, start.code)

    def test_training_follows_pythons_and_python_loads_what_was_trained(self):
        self.check_training(dropout=False)

    @unittest.skipUnless(same_version(run("version"), torch.__version__), "another LibTorch may draw others")
    def test_dropout_draws_pythons_numbers(self):
        self.check_training(dropout=True)

    def test_a_file_of_a_newer_pytorch_is_refused(self):
        newer = self.path("newer.pt")
        with zipfile.ZipFile(self.path("net.pt")) as old, zipfile.ZipFile(newer, "w") as new:
            for entry in old.infolist():
                data = b"999\n" if entry.filename.endswith("/version") else old.read(entry)
                new.writestr(entry.filename, data, entry.compress_type)
        message = run("run", newer, self.path("batches"), fails=True)
        self.assertIn("newer.pt is no TorchScript module that can be loaded", message)
        self.assertIn("999", message)

    def test_a_checkpoint_is_told_from_a_script(self):
        torch.save(Net().state_dict(), self.path("checkpoint.pt"))
        message = run("run", self.path("checkpoint.pt"), self.path("batches"), fails=True)
        self.assertIn("tw_checkpoint_load", message)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
