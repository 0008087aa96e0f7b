"""What the tests of ended and resumed EMNIST runs share: a run without an end, its checkpoints, and comparing with it.

Files are compared byte for byte, checkpoint.pt among them, which holds parameters, optimizer, schedules and the tables' ends.
"""

import collections
import itertools
import os
import pickle
import shutil
import subprocess
import time
import zipfile

from emnist_program import ProgramTest, read_folder

EPOCHS, STEPS_AN_EPOCH = 3, 10


class NoTensors(pickle.Unpickler):
    """Reads a checkpoint's plain values; what tensors are made of becomes None."""

    def persistent_load(self, _):
        return None

    def find_class(self, _, name):
        return collections.OrderedDict if name == "OrderedDict" else lambda *_: None


def read_values(path):
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        with archive.open(name) as file:
            return NoTensors(file).load()


def place(path):
    """Where in the run a checkpoint is: the epoch, and how many batches of it are done."""
    values = read_values(path)
    return values["epoch"], values["batches_done"]


class ResumeTest(ProgramTest):
    """Has the folder of a run without an end, and that run's checkpoints by their places."""

    training_images = 32 * STEPS_AN_EPOCH
    checkpoints = {}
    numbers = itertools.count()
    reference = None

    @classmethod
    def setUpClass(cls):
        if ResumeTest.reference is None:  # one for all classes
            super(ResumeTest, ResumeTest).setUpClass()
            ResumeTest.reference = os.path.join(cls.folder.name, "reference")
            begun = time.monotonic()
            cls.keep_checkpoints(cls.reference)
            ResumeTest.seconds = time.monotonic() - begun
            ResumeTest.expected = read_folder(cls.reference)

    @classmethod
    def tearDownClass(cls):
        pass  # the folder goes when the program ends

    @classmethod
    def arguments(cls, output):
        return cls.command("--batch-size", "32", "--epochs", str(EPOCHS), "--log-interval", "1", "--save-model",
                           "--checkpoint-every", "1", "--output", output)

    @classmethod
    def keep_checkpoints(cls, output):
        """Trains without an end. Each checkpoint gets a second name before the next takes its place."""
        process = subprocess.Popen(cls.arguments(output), stdout=subprocess.DEVNULL)
        path, links, last = os.path.join(output, "checkpoint.pt"), [], None
        while process.poll() is None:
            try:
                if os.stat(path).st_ino != last:
                    links.append(os.path.join(cls.folder.name, f"checkpoint_{next(cls.numbers)}.pt"))
                    os.link(path, links[-1])
                    last = os.stat(links[-1]).st_ino
            except FileNotFoundError:
                pass
            time.sleep(0.0005)
        if process.returncode != 0:
            raise AssertionError(f"the run without an end gave {process.returncode}")
        cls.checkpoints.update((place(link), link) for link in links if os.path.exists(link))

    def run_folder(self, *parts):
        return self.path("run", *parts)

    def begin_at(self, *epoch_and_batches_done):
        """Makes the folder of a run with one of the reference's checkpoints, whose tables have gone on since."""
        for attempt in range(5):  # a busy machine may miss one
            if epoch_and_batches_done in self.checkpoints:
                break
            self.keep_checkpoints(self.path(f"again_{attempt}"))
        shutil.rmtree(self.run_folder(), ignore_errors=True)
        shutil.copytree(self.reference, self.run_folder())
        os.remove(self.run_folder("emnist_cnn.pt"))
        for name in ("history.csv", "evaluation.csv"):
            with open(self.run_folder(name), "a") as file:
                file.write("a row that is none of the run's\n")
        shutil.copy(self.checkpoints[epoch_and_batches_done], self.run_folder("checkpoint.pt"))

    def resume(self, *arguments, file="checkpoint.pt", status=0):
        """Goes on with nothing but the file, unless arguments say more: every option comes out of it."""
        command = [self.program, "--resume", os.path.join("run", file), *arguments]
        run = subprocess.run(command, cwd=self.work.name, capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, status, run.stdout + run.stderr)
        return run

    def popen(self, command, **options):
        options = {"cwd": self.work.name, **options}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def start_or_resume(self, **options):
        """As a user would whose run has ended: from its checkpoint, or anew where it has none yet."""
        if os.path.exists(self.run_folder("checkpoint.pt")):
            return self.popen([self.program, "--resume", self.run_folder("checkpoint.pt")], **options)
        return self.popen(self.arguments(self.run_folder()), **options)

    def check_same(self, expected=None):
        found, expected = read_folder(self.run_folder()), expected or self.expected
        self.assertEqual(sorted(found), sorted(expected))
        for name, content in expected.items():
            self.assertTrue(found[name] == content, f"{name} differs from that of the run without an end")
