"""What the tests of the EMNIST program share: data in EMNIST's form, a folder for each test, runs of the program.

    main()          takes the program's path off the command line and runs the tests   (Python's standard library only)
"""

import csv
import gzip
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import unittest

from program_folder import FolderTest

CLASSES = 47


def idx(magic, sizes, payload):
    return struct.pack(">I", magic) + b"".join(struct.pack(">I", size) for size in sizes) + payload


def write_split(folder, train, test, compress=False):
    """EMNIST's four files for the balanced split: a class is a bright column of its own."""
    rng = random.Random(7)
    for part, count in (("train", train), ("test", test)):
        labels = bytes(i % CLASSES for i in range(count))
        images = bytearray()
        for label in labels:
            for pixel in range(784):
                images.append(255 if pixel % 47 == label else rng.randrange(40))
        for kind, data in (
            ("images-idx3", idx(2051, (count, 28, 28), bytes(images))),
            ("labels-idx1", idx(2049, (count,), labels)),
        ):
            path = os.path.join(folder, f"emnist-balanced-{part}-{kind}-ubyte")
            with gzip.open(path + ".gz", "wb") if compress else open(path, "wb") as file:
                file.write(data)


def read_table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def read_folder(path):
    """The bytes of each file in a folder."""
    contents = {}
    for name in os.listdir(path):
        with open(os.path.join(path, name), "rb") as file:
            contents[name] = file.read()
    return contents


def leave_little_room():
    """For preexec_fn: the process can write no file of more than 64 bytes, and is told so as of a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY))


class ProgramTest(FolderTest):
    """A test with a folder of its own, and data that are there for its class."""

    program = None
    training_images = 640

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = os.path.join(cls.folder.name, "data")
        os.mkdir(cls.data)
        write_split(cls.data, cls.training_images, 94)

    def run_program(self, *arguments, data=True, **options):
        command = self.command(*arguments, data=data)
        return subprocess.run(command, cwd=self.work.name, capture_output=True, text=True, timeout=300, **options)

    @classmethod
    def command(cls, *arguments, data=True):
        return [cls.program, *arguments, "--no-gpu", "--threads", "1", *(["--data", cls.data] if data else [])]

    def path(self, *parts):
        return os.path.join(self.work.name, *parts)


def main():
    ProgramTest.program = os.path.abspath(sys.argv.pop(1))
    unittest.main("__main__")
