"""What the tests have in common that run a C program, the first argument, and pass files to it and from it."""
import os
import subprocess
import sys
import tempfile
import unittest

import torch

PROGRAM = sys.argv[1]


def run(*arguments):
    """What the program prints."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8", errors="replace")
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


def load(path):
    return torch.load(path, weights_only=False)


def network():
    """That of make_network in program.c."""
    return torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3))


class WithFolder(unittest.TestCase):
    """Each test with a folder of its own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, str(name))
