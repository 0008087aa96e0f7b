"""The program of examples/resume: however often it is killed and started again, each step has the loss of a run without an
end, dropout and random points and all.

    test_resume.py PROGRAM          (Python's standard library only)
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest
import zipfile

from program_folder import FolderTest

PROGRAM = None
STEPS, BETWEEN_CHECKPOINTS = 2000, 100
SEED = 20240608  # of the moments of the kills


class Resume(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reference = os.path.join(cls.folder.name, "reference.pt")
        begun = time.monotonic()
        cls.expected = cls.run_program(cls.reference).stdout
        cls.seconds = time.monotonic() - begun

    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.work.name, "run.pt")

    @classmethod
    def run_program(cls, *arguments, status=0, **options):
        run = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=300, **options)
        if run.returncode != status:
            raise AssertionError(f"{arguments} gave {run.returncode}: {run.stderr}")
        return run

    def check_same_file(self):
        with open(self.reference, "rb") as expected, open(self.path, "rb") as found:
            self.assertTrue(expected.read() == found.read(), "the checkpoint is not that of the run without an end")

    def live_and_be_killed(self, rng):
        """A life of the program, whose lines go to a file; whether it was killed before its end."""
        with open(os.path.join(self.work.name, "lines"), "a") as lines:
            process = subprocess.Popen([PROGRAM, self.path], stdout=lines, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0.3, 1.0) * self.seconds)
            process.send_signal(signal.SIGKILL)
            return process.wait(timeout=120) != 0

    def test_it_trains_and_prints_every_bit_of_each_loss(self):
        lines = [line.split() for line in self.expected.splitlines()]
        self.assertEqual([int(step) for step, _ in lines], list(range(1, STEPS + 1)))
        losses = [float.fromhex(loss) for _, loss in lines]
        self.assertLess(sum(losses[-100:]), sum(losses[:100]) / 10)
        self.assertGreater(len(set(losses)), STEPS * 0.99)

    def test_kills_at_moments_from_a_seed_change_no_loss(self):
        rng = random.Random(SEED)
        kills = 0
        while kills < 6:
            if not self.live_and_be_killed(rng):
                os.remove(self.path)
                continue
            kills += 1
        with open(os.path.join(self.work.name, "lines"), "a") as lines:
            subprocess.run([PROGRAM, self.path], stdout=lines, stderr=subprocess.DEVNULL, check=True, timeout=300)
        with open(os.path.join(self.work.name, "lines")) as lines:
            found = {line for line in lines if line.endswith("\n")}
        self.assertEqual(found, set(self.expected.splitlines(keepends=True)))
        self.check_same_file()

    def test_it_goes_on_at_its_last_checkpoint_and_no_earlier(self):
        process = subprocess.Popen([PROGRAM, self.path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        printed = [process.stdout.readline() for _ in range(BETWEEN_CHECKPOINTS * 3 + 1)]  # the third one is there
        process.send_signal(signal.SIGKILL)
        printed += process.communicate(timeout=120)[0].splitlines(keepends=True)
        self.assertEqual(printed[:300], self.expected.splitlines(keepends=True)[:300])
        rest = self.run_program(self.path).stdout
        first = int(rest.split(maxsplit=1)[0]) if rest else STEPS + 1
        self.assertGreater(first, BETWEEN_CHECKPOINTS * 3)
        self.assertEqual(first % BETWEEN_CHECKPOINTS, 1)
        self.assertTrue(self.expected.endswith(rest))
        self.check_same_file()

    def test_a_run_that_is_done_trains_no_more(self):
        shutil.copy(self.reference, self.path)
        run = self.run_program(self.path)
        self.assertEqual((run.stdout, run.stderr), ("", "2000 of 2000 steps are done\n"))
        self.check_same_file()

    def test_a_damaged_checkpoint_is_refused_and_left_alone(self):
        with open(self.reference, "rb") as file:
            damaged = bytearray(file.read())
        with zipfile.ZipFile(self.reference) as archive:
            largest = max(archive.infolist(), key=lambda entry: entry.file_size)
        damaged[largest.header_offset + 200] ^= 1
        for content in (bytes(damaged), bytes(damaged[:-1]), b""):
            with open(self.path, "wb") as file:
                file.write(content)
            run = self.run_program(self.path, status=1)
            self.assertIn("run.pt", run.stderr)
            self.assertEqual(run.stdout, "")
            with open(self.path, "rb") as file:
                self.assertTrue(file.read() == content)

    def test_a_path_that_takes_no_checkpoint_ends_the_run_with_a_message_before_the_first_step(self):
        run = self.run_program(os.path.join(self.work.name, "no", "such.pt"), status=1)
        self.assertIn("No such file or directory", run.stderr)
        self.assertEqual(run.stdout, "")

    def test_without_an_argument_the_file_is_resume_pt_here(self):
        shutil.copy(self.reference, os.path.join(self.work.name, "resume.pt"))
        self.assertIn("2000 of 2000", self.run_program(cwd=self.work.name).stderr)

    def test_usage(self):
        self.assertIn("usage: ", self.run_program("--help").stderr)
        self.assertIn("usage: ", self.run_program("a", "b", status=2).stderr)
        self.assertIn("usage: ", self.run_program("--frobnicate", status=2).stderr)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
