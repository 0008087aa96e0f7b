"""The EMNIST program as its user sees it: what it writes, prints and refuses, and how it ends.

    test_emnist.py PROGRAM          (Python's standard library only)
"""

import math
import os
import pty
import signal
import subprocess
import time

from emnist_program import ProgramTest, leave_little_room, main, read_folder, read_table, write_split


class Results(ProgramTest):
    def test_history_and_evaluation_hold_what_the_readme_says(self):
        run = self.run_program("--epochs", "2", "--log-interval", "5")
        self.assertEqual(run.returncode, 0, run.stderr)
        history = read_table(self.path("output_linear", "history.csv"))
        self.assertEqual(list(history[0]), ["epoch", "step", "loss", "lr"])
        self.assertEqual([(row["epoch"], row["step"]) for row in history], [("1", "5"), ("1", "10"), ("2", "15"), ("2", "20")])
        # Untuned linear warmup of 1999 steps over a cosine of 20 steps from 0.01 to 1e-5: step 5 is the rate of index 4.
        cosine = 1e-5 + (0.01 - 1e-5) * (1 + math.cos(math.pi * 4 / 20)) / 2
        self.assertEqual(history[0]["lr"], "%g" % (cosine * 5 / 1999))
        evaluation = read_table(self.path("output_linear", "evaluation.csv"))
        self.assertEqual(list(evaluation[0]), ["epoch", "loss", "accuracy"])
        self.assertEqual([row["epoch"] for row in evaluation], ["1", "2"])
        for row in evaluation:
            self.assertRegex(row["accuracy"], r"^\d+\.\d\d$")

    def test_training_learns(self):
        run = self.run_program("--epochs", "6", "--warmup", "none", "--lr", "0.003")
        self.assertEqual(run.returncode, 0, run.stderr)
        evaluation = read_table(self.path("output_none", "evaluation.csv"))
        self.assertGreater(float(evaluation[-1]["accuracy"]), 90)

    def test_the_same_seed_gives_the_same_run_with_any_number_of_workers(self):
        tables = []
        for workers in ("0", "2"):
            run = self.run_program("--epochs", "1", "--workers", workers, "--output", "w" + workers)
            self.assertEqual(run.returncode, 0, run.stderr)
            with open(self.path("w" + workers, "history.csv")) as file:
                tables.append(file.read())
        self.assertEqual(tables[0], tables[1])

    def test_each_warmup_starts_at_its_own_rate(self):
        rates = set()
        for warmup in ("linear", "exponential", "radam", "none"):
            run = self.run_program("--epochs", "1", "--log-interval", "1", "--warmup", warmup)
            self.assertEqual(run.returncode, 0, run.stderr)
            rates.add(read_table(self.path("output_" + warmup, "history.csv"))[0]["lr"])
        self.assertEqual(len(rates), 4)

    def test_log_lines_and_profile_go_to_a_pipe_and_quiet_prints_nothing(self):
        run = self.run_program("--epochs", "1", "--profile", "--output", "a")
        self.assertRegex(run.stdout, r"Train Epoch: 1 \[640/640 \(100%\)\]\tLoss: [\d.]+ LR: [\d.]+")
        self.assertRegex(run.stdout, r"Test set: Average loss: [\d.]+, Accuracy: \d+/94")
        self.assertRegex(run.stdout, r"Profile: network [\d.]+ s; outside it [\d.]+ %")
        self.assertNotIn("\r", run.stdout)
        quiet = self.run_program("--epochs", "1", "--quiet", "--output", "b")
        self.assertEqual((quiet.returncode, quiet.stdout, quiet.stderr), (0, "", ""))

    def test_a_terminal_gets_a_bar(self):
        leader, follower = pty.openpty()
        command = self.command("--epochs", "1")
        process = subprocess.Popen(command, cwd=self.work.name, stdout=follower, stderr=subprocess.PIPE)
        os.close(follower)
        output = b""
        try:
            while True:
                output += os.read(leader, 65536)
        except OSError:  # the other end is closed
            pass
        os.close(leader)
        self.assertEqual(process.wait(timeout=60), 0)
        process.stderr.close()
        self.assertRegex(output.decode(), r"\rEpoch 1/1 100% \[#*\] 10/10 [\d:]+<00:00 [\d.]+/s loss [\d.]+ lr [\d.]+")
        self.assertNotIn(b"Train Epoch", output)

    def test_gzipped_files_give_the_same_run(self):
        packed = self.path("packed")
        os.mkdir(packed)
        write_split(packed, 640, 94, compress=True)
        tables = []
        for folder, output in ((self.data, "raw"), (packed, "gz")):
            run = self.run_program("--epochs", "1", "--data", folder, "--output", output, data=False)
            self.assertEqual(run.returncode, 0, run.stderr)
            with open(self.path(output, "history.csv")) as file:
                tables.append(file.read())
        self.assertEqual(tables[0], tables[1])


class Refusals(ProgramTest):
    def refuse(self, status, message, *arguments, **options):
        run = self.run_program(*arguments, **options)
        self.assertEqual(run.returncode, status, run.stdout + run.stderr)
        self.assertIn(message, run.stderr)
        return run

    def test_an_earlier_run_is_never_overwritten(self):
        self.assertEqual(self.run_program("--epochs", "1").returncode, 0)
        before = read_folder(self.path("output_linear"))
        self.refuse(1, "output_linear/checkpoint.pt exists already: go on from it with --resume", "--epochs", "1")
        os.remove(self.path("output_linear", "checkpoint.pt"))
        self.refuse(1, "output_linear/history.csv exists already", "--epochs", "1")
        del before["checkpoint.pt"]
        self.assertEqual(read_folder(self.path("output_linear")), before)

    def test_bad_options_are_named_with_their_value(self):
        for arguments, message in (
            (("--lr", "fast"), "--lr is 'fast'"),
            (("--lr", "-1"), "--lr is '-1'"),
            (("--lr", "nan"), "--lr is 'nan'"),
            (("--epochs", "0"), "--epochs is '0'; it must be a whole number from 1"),
            (("--batch-size", "12x"), "--batch-size is '12x'"),
            (("--beta2", "1"), "--beta2 is '1'"),
            (("--seed", "-3"), "--seed is '-3'"),
            (("--warmup", "cold"), "--warmup is 'cold'; it must be linear, exponential, radam or none"),
            (("--split", "half"), "--split is 'half'"),
            (("--threads", "32769"), "--threads is '32769'; it must be a whole number from 1 to 32768"),
            (("--workers", "65"), "--workers is '65'; it must be a whole number from 0 to 64"),
            (("--checkpoint-every", "-1"), "--checkpoint-every is '-1'"),
            (("--frobnicate",), "frobnicate"),
            (("surplus",), "'surplus' is no option"),
        ):
            with self.subTest(arguments=arguments):
                self.refuse(2, message, *arguments)
        self.assertEqual(os.listdir(self.work.name), [])

    def test_help_names_every_option(self):
        run = self.run_program("--help", data=False)
        self.assertEqual(run.returncode, 0)
        for option in ("batch-size", "test-batch-size", "epochs", "lr", "lr-min", "wd", "beta2", "seed", "log-interval",
                       "warmup", "workers", "save-model", "no-gpu", "data", "split", "output", "threads", "quiet",
                       "checkpoint-every", "resume"):
            self.assertIn("--" + option + " ", run.stdout + " ")

    def test_what_is_refused_later_on_is_said_before_the_data_are_made(self):
        with open(self.path("file"), "w"):
            pass
        os.mkdir(self.path("taken"))
        os.mkdir(self.path("taken", "history.csv"))
        for message, arguments in (
            ("beta2 of group 0 is 0.5; it must lie in (0.6, 1)", ("--beta2", "0.5", "--warmup", "radam")),
            ("a step makes a number of it of the type", ("--lr", "1e300")),
            ("--batch-size is 112801, but 112800 training images are generated", ("--batch-size", "112801")),
            ("the folder no/such/place cannot be made: No such file or directory", ("--output", "no/such/place")),
            ("the folder file cannot be written to: Not a directory", ("--output", "file")),
            ("the folder file/below cannot be written to: Not a directory", ("--output", "file/below")),
            ("the folder  cannot be made", ("--output", "")),
            ("taken/history.csv exists already", ("--output", "taken")),
            ("nowhere/checkpoint.pt: No such file", ("--resume", "nowhere/checkpoint.pt")),
        ):
            with self.subTest(arguments=arguments):
                run = self.refuse(1, message, *arguments, data=False)
                self.assertNotIn("Generating", run.stdout)
        self.assertEqual(sorted(os.listdir(self.work.name)), ["file", "taken"])

    def test_a_folder_that_must_not_be_written_to_is_said_before_the_data_are_made(self):
        os.mkdir(self.path("closed"))
        os.chmod(self.path("closed"), 0o555)
        for folder in (self.folder.name, self.work.name):
            os.chmod(folder, 0o755)
        as_nobody = {"user": 65534} if os.getuid() == 0 else {}
        for output, verb in (("closed", "written to"), ("closed/below", "made")):
            run = self.refuse(1, f"the folder {output} cannot be {verb}: Permission denied", "--output", output, data=False,
                              **as_nobody)
            self.assertNotIn("Generating", run.stdout)

    def test_missing_data_names_the_folder(self):
        self.refuse(1, "/nowhere", "--data", "/nowhere", data=False)
        self.assertEqual(os.listdir(self.work.name), [])

    def test_too_few_images_for_a_batch_is_said(self):
        self.refuse(1, "640", "--batch-size", "1000")

    def test_a_folder_that_cannot_be_made_is_named(self):
        self.refuse(1, "no/such/place", "--output", "no/such/place", "--epochs", "1")

    def test_a_loss_that_is_not_finite_is_said_once(self):
        run = self.run_program("--epochs", "1", "--warmup", "none", "--lr", "1e30", "--log-interval", "1")
        self.assertEqual(run.stderr.count("training has diverged"), 1, run.stderr)

    def test_a_full_disk_ends_the_run_with_a_message_before_the_first_step(self):
        run = self.refuse(1, "output_linear/checkpoint.pt", "--epochs", "1", preexec_fn=leave_little_room)
        self.assertIn("File too large", run.stderr)
        self.assertNotIn("Train Epoch", run.stdout)
        self.assertEqual(self.run_program("--epochs", "1").returncode, 0)  # nothing that is left is in the way


class Interruption(ProgramTest):
    def test_control_c_before_the_first_step_leaves_nothing(self):
        command = self.command("--output", "run", data=False)
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            # A script starts it so that it ignores SIGINT.
            process = subprocess.Popen(command, cwd=self.work.name, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
            while "Generating" not in process.stdout.readline():
                pass
            process.send_signal(number)
            _, errors = process.communicate(timeout=120)
            self.assertEqual((process.returncode, errors), (status, "emnist: interrupted before the first step\n"))
            self.assertEqual(os.listdir(self.work.name), [])

    def test_control_c_ends_after_the_step_with_whole_files_and_status_130(self):
        command = self.command("--epochs", "100000", "--log-interval", "1", "--save-model")
        process = subprocess.Popen(command, cwd=self.work.name, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        history = self.path("output_linear", "history.csv")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not (os.path.exists(history) and os.path.getsize(history) > 200):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("interrupted", errors)
        with open(history) as file:
            text = file.read()
        self.assertTrue(text.endswith("\n"))
        steps = [int(row["step"]) for row in read_table(history)]
        self.assertEqual(steps, list(range(1, len(steps) + 1)))
        self.assertTrue(os.path.getsize(self.path("output_linear", "emnist_cnn.pt")) > 1_000_000)


if __name__ == "__main__":
    main()
