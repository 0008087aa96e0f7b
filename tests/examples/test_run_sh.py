"""The run.sh of the examples, and of the tests: options are looked at before anything is done; what ends a script ends its program.

    test_run_sh.py ROOT EMNIST_PROGRAM          (Python's standard library only)

They run in a copy of the scripts in which installing, configuring and building leave a mark, and the program is there.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

from emnist_program import ProgramTest, read_table
from emnist_resume import read_values

ROOT = None
SCRIPTS = ("examples/emnist/run.sh", "examples/any_optimizer/run.sh", "examples/plots/run.sh", "tests/run.sh")


class Scripts(ProgramTest):
    def setUp(self):
        super().setUp()
        self.root = self.path("root")
        for name in ("examples", "tests"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join(self.root, name),
                            ignore=lambda folder, names: [] if folder.endswith("examples") else
                            [name for name in names if name.endswith((".cpp", ".py")) or "fixtures" in name or "traces" in name])
        self.mark = self.path("touched")
        os.mkdir(os.path.join(self.root, "cmake"))
        self.write(os.path.join(self.root, "cmake", "install_dependencies.sh"))
        os.mkdir(self.path("bin"))
        for name in ("cmake", "cc", "pkg-config"):
            self.write(self.path("bin", name))
        programs = os.path.join(self.root, "build", "release", "examples", "emnist")
        os.makedirs(programs)
        os.symlink(self.program, os.path.join(programs, "emnist"))
        self.environment = {**os.environ, "PATH": self.path("bin") + ":" + os.environ["PATH"]}

    def write(self, path):
        with open(path, "w") as file:
            file.write(f"#!/bin/sh\necho \"$0 $*\" >>'{self.mark}'\n")
        os.chmod(path, 0o755)

    def script(self, name, *arguments):
        return subprocess.run(["sh", os.path.join(self.root, name), *arguments], cwd=self.work.name, env=self.environment,
                              capture_output=True, text=True, timeout=300)


class Options(Scripts):
    def refuse(self, name, message, *arguments):
        with self.subTest(script=name, arguments=arguments):
            run = self.script(name, *arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), run.stderr)
            self.assertIn(message, run.stderr)
            self.assertFalse(os.path.exists(self.mark))

    def test_an_unknown_option_is_refused_before_anything_is_touched(self):
        for name in SCRIPTS:
            self.refuse(name, "--frobnicate", "--frobnicate")

    def test_help_comes_before_anything_is_touched(self):
        for name in SCRIPTS:
            for option in ("--help", "-h"):
                run = self.script(name, option)
                self.assertEqual((run.returncode, run.stderr), (0, ""))
                self.assertRegex(run.stdout, "^[Uu]sage: ")
                self.assertFalse(os.path.exists(self.mark))

    def test_the_help_of_emnist_is_its_programs(self):
        program = subprocess.run([self.program, "--help"], capture_output=True, text=True, check=True).stdout
        for arguments in (("--help",), ("--lr", "0.1", "--he")):
            self.assertEqual(self.script(SCRIPTS[0], *arguments).stdout, program)

    def test_what_emnist_refuses_its_run_sh_refuses_in_the_same_words(self):
        for arguments in (("--lr", "fast"), ("--lr", ""), ("--lr=-1",), ("--lr", "nan"), ("--lr", "1e999"), ("--lr", "1e-3x"),
                          ("--lr-min", "inf"), ("--wd", "-0.1"), ("--beta2", "1"), ("--beta2", "1.5"), ("--epochs", "0"),
                          ("--epochs", "1.5"), ("--epochs", "2147483648"), ("--batch-size", "12x"), ("--batch-size", "0"),
                          ("--test-batch-size", "-1"), ("--seed", "-3"), ("--seed", "1e3"), ("--log-interval", "0"),
                          ("--warmup", "cold"), ("--warmup", "lin"), ("--split", "half"), ("--split", "letters"),
                          ("--workers", "65"), ("--workers", "-1"), ("--threads", "0"), ("--checkpoint-every", "-1"),
                          ("--frobnicate",), ("--s", "1"), ("--quiet=yes",), ("--lr",), ("surplus",), ("--quiet", "surplus"), ("-x",)):
            run = subprocess.run([self.program, *arguments], cwd=self.work.name, capture_output=True, text=True, timeout=60)
            self.assertEqual(run.returncode, 2, arguments)
            words = run.stderr.splitlines()[0].split(": ", 1)[1]
            if "ambiguous" in words:  # the C library lists what is meant in its own way
                words = words.split(";")[0]
            self.refuse(SCRIPTS[0], words, *arguments)

    def test_what_emnist_takes_its_run_sh_takes(self):
        for arguments, folder in ((("--lr", "1e-3"), "output_linear"), (("--lr", "+.5", "--beta2=0", "--wd", "5."), "output_linear"),
                                  (("--lr", "0x1p-3"), "output_linear"), (("--war", "radam"), "output_radam"),
                                  (("--seed", "18446744073709551615", "--wo", "64"), "output_linear"), (("--out", "a b/c"), "a b/c"),
                                  (("--output=x=y",), "x=y"), (("--resume", "d/e/checkpoint.pt"), "d/e"), (("--r", "checkpoint.pt"), "."),
                                  (("--resume=/checkpoint.pt",), "/"), (("--split", "letters", "--data", "d", "--"), "output_linear")):
            with self.subTest(arguments=arguments):
                folder_of = ["awk", "-f", "options.awk", "--", ".", *arguments]
                run = subprocess.run(folder_of, cwd=os.path.join(self.root, "examples", "emnist"), capture_output=True, text=True)
                self.assertEqual((run.returncode, run.stdout, run.stderr), (0, folder + "\n", ""))

    def test_a_place_for_figures_that_takes_none_is_refused_before_anything_is_touched(self):
        with open(self.path("file"), "w"):
            pass
        run = self.script("examples/plots/run.sh", "--output", self.path("file", "figures"))
        self.assertEqual(run.returncode, 1)
        self.assertIn("file/figures is no folder that can be written to", run.stderr)
        self.assertFalse(os.path.exists(self.mark))


class Signals(Scripts):
    def start(self):
        """run.sh in a process group of its own, as a terminal has it, after some steps of training."""
        command = ["sh", os.path.join(self.root, SCRIPTS[0]), *self.command("--epochs", "100000", "--log-interval", "1")[1:]]
        process = subprocess.Popen(command, cwd=self.work.name, env=self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True, start_new_session=True)
        history = self.path("output_linear", "history.csv")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not (os.path.exists(history) and os.path.getsize(history) > 200):
            time.sleep(0.02)
        return process

    def check_ended(self, process, status):
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, errors)
        rows = len(read_table(self.path("output_linear", "history.csv")))
        self.assertRegex(errors, rf"interrupted after {rows} of \d+ steps; to go on: --resume output_linear/checkpoint.pt")
        self.assertEqual(read_values(self.path("output_linear", "checkpoint.pt"))["warmup"]["last_step"], rows)
        self.assertTrue(os.path.exists(self.path("output_linear", "training_history.png")), errors)
        with self.assertRaises(ProcessLookupError):  # nothing runs on
            os.killpg(process.pid, 0)

    def test_a_signal_to_the_script_alone_reaches_the_program(self):
        for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            with self.subTest(number=number):
                shutil.rmtree(self.path("output_linear"), ignore_errors=True)
                process = self.start()
                process.send_signal(number)
                self.check_ended(process, status)

    def test_control_c_which_reaches_both_is_one_signal(self):
        process = self.start()
        os.killpg(process.pid, signal.SIGINT)
        self.check_ended(process, 130)

    def test_sigterm_to_both_is_one_signal(self):
        process = self.start()
        os.killpg(process.pid, signal.SIGTERM)
        self.check_ended(process, 143)


if __name__ == "__main__":
    ROOT = os.path.abspath(sys.argv.pop(1))
    ProgramTest.program = os.path.abspath(sys.argv.pop(1))
    unittest.main()
