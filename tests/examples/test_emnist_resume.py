"""The EMNIST program ended in any way and resumed: its files come out as those of a run without an end.

    test_emnist_resume.py PROGRAM          (Python's standard library only)
"""

import fcntl
import os
import random
import resource
import shutil
import signal
import time

from emnist_program import main, read_folder, read_table, write_split
from emnist_resume import EPOCHS, STEPS_AN_EPOCH, ResumeTest, read_values

KILLS, LIVES = 20, 5  # how many in all; how often one run is begun and resumed
SEED = 20240607  # of the moments of the kills


def ignore_file_size_signal():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


class Kills(ResumeTest):
    def wait_for_saving(self, rng, process):
        """Until some checkpoint is being saved."""
        saving = self.run_folder("checkpoint.pt.saving")
        for _ in range(rng.randrange(1, 8)):
            while process.poll() is None and os.path.exists(saving):
                time.sleep(0.0002)
            while process.poll() is None and not os.path.exists(saving):
                time.sleep(0.0002)
        time.sleep(rng.uniform(0, 0.01))

    def wait_for_time(self, rng, process):
        end = time.monotonic() + rng.uniform(0.1, 1.0) * self.seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)

    def live_and_be_killed(self, rng):
        """A life of the run; whether it was killed before its end."""
        process = self.start_or_resume()
        (self.wait_for_saving if rng.random() < 0.5 else self.wait_for_time)(rng, process)
        process.send_signal(signal.SIGKILL)
        _, errors = process.communicate(timeout=300)
        self.assertIn(process.returncode, (0, -signal.SIGKILL), errors)
        return process.returncode != 0

    def test_kills_at_moments_from_a_seed_leave_no_trace(self):
        rng = random.Random(SEED)
        kills = within_saving = before_first = 0
        while kills < KILLS or within_saving < 1:
            shutil.rmtree(self.run_folder(), ignore_errors=True)
            for _ in range(LIVES - 1):
                if not self.live_and_be_killed(rng):
                    break
                kills += 1
                within_saving += os.path.exists(self.run_folder("checkpoint.pt.saving"))
                before_first += not os.path.exists(self.run_folder("checkpoint.pt"))
            process = self.start_or_resume()
            _, errors = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, errors)
            self.check_same()
        print(f"{kills} kills, {within_saving} of them within a saving, {before_first} before the first checkpoint")

    def test_a_row_that_a_kill_cut_off_is_made_anew(self):
        self.begin_at(2, 3)
        for name in ("history.csv", "evaluation.csv"):
            with open(self.run_folder(name), "r+b") as file:
                file.truncate(os.path.getsize(file.name) - 3)
        self.resume()
        self.check_same()


class Steps(ResumeTest):
    def test_a_run_is_resumed_at_any_step_whatever_came_after_it(self):
        middle = STEPS_AN_EPOCH // 2
        for epoch, done in ((1, 0), (1, 1), (1, STEPS_AN_EPOCH), (2, 0), (2, middle), (3, STEPS_AN_EPOCH - 1), (3, STEPS_AN_EPOCH)):
            with self.subTest(epoch=epoch, done=done):
                self.begin_at(epoch, done)
                run = self.resume()
                steps = (epoch - 1) * STEPS_AN_EPOCH + done
                self.assertIn(f"Resumed from run/checkpoint.pt after {steps} of {EPOCHS * STEPS_AN_EPOCH} steps: "
                              f"epoch {epoch}, batch {done} of {STEPS_AN_EPOCH}", run.stdout)
                self.check_same()

    def test_a_run_that_is_done_says_so_and_trains_no_more(self):
        self.begin_at(EPOCHS + 1, 0)
        run = self.resume()
        self.assertIn("run/checkpoint.pt is of a run that is done: 3 of 3 epochs", run.stdout)
        self.assertNotIn("Train Epoch", run.stdout)
        self.check_same()

    def test_options_that_change_no_result_may_differ(self):
        self.begin_at(2, 0)
        self.resume("--workers", "2", "--checkpoint-every", "7", "--quiet", "--output", "./run", "--lr", "1e-2")
        os.remove(self.run_folder("checkpoint.pt"))  # it keeps these options
        self.check_same({name: content for name, content in self.expected.items() if name != "checkpoint.pt"})

    def test_other_threads_go_on_with_a_warning(self):
        self.begin_at(3, STEPS_AN_EPOCH)
        run = self.resume("--threads", "2")
        self.assertIn("the run had --threads 1 and goes on with 2", run.stderr)

    def test_the_folder_of_the_data_may_have_moved(self):
        self.begin_at(2, 0)
        moved = self.path("moved")
        shutil.copytree(self.data, moved)
        self.resume("--data", moved)
        self.assertTrue(read_folder(self.run_folder())["emnist_cnn.pt"] == self.expected["emnist_cnn.pt"])

    def test_a_run_is_resumed_from_within_its_folder(self):
        self.begin_at(3, STEPS_AN_EPOCH)
        process = self.popen([self.program, "--resume", "checkpoint.pt"], cwd=self.run_folder())
        _, errors = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 0, errors)
        self.check_same()


class Endings(ResumeTest):
    def wait_for_rows(self, count):
        """Until a run has that many rows of history."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if len(read_table(self.run_folder("history.csv"))) >= count:
                    return
            except FileNotFoundError:
                pass
            time.sleep(0.002)
        self.fail("no rows came")

    def end_after_rows(self, count, end, **options):
        """Begins a run and, after some rows, has end(process) end it; the exit status and what it complained of. On a busy
        machine a run may be over before that: then another."""
        for _ in range(10):
            shutil.rmtree(self.run_folder(), ignore_errors=True)
            process = self.start_or_resume(**options)
            self.wait_for_rows(count)
            end(process)
            _, errors = process.communicate(timeout=120)
            if process.returncode != 0:
                return process.returncode, errors
        self.fail("every run was over too early")

    def test_sigint_and_sigterm_save_after_the_step_and_say_how_to_go_on(self):
        for number, expected in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number=number):
                status, errors = self.end_after_rows(2, lambda process: process.send_signal(number))
                self.assertEqual(status, expected, errors)
                rows = len(read_table(self.run_folder("history.csv")))
                self.assertIn(f"interrupted after {rows} of 30 steps; to go on: --resume {self.run_folder()}/checkpoint.pt",
                              errors)
                self.assertEqual(read_values(self.run_folder("checkpoint.pt"))["warmup"]["last_step"], rows)
                self.resume()
                self.check_same()

    def test_a_run_that_found_the_disk_full_goes_on_when_there_is_room(self):
        def fill(process):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (70, resource.RLIM_INFINITY))

        status, errors = self.end_after_rows(3, fill, preexec_fn=ignore_file_size_signal)
        self.assertEqual(status, 1, errors)
        self.assertRegex(errors, "run/(history.csv cannot be written|checkpoint.pt).*File too large")
        self.assertIn(f"to go on from the last checkpoint: --resume {self.run_folder()}/checkpoint.pt", errors)
        self.resume()
        self.check_same()

    def test_a_run_is_refused_while_another_writes_to_its_folder(self):
        self.begin_at(1, 1)
        with open(self.run_folder("history.csv"), "r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)  # as the other run does
            self.assertIn("another run is writing to run/history.csv", self.resume(status=1).stderr)
            fcntl.lockf(file, fcntl.LOCK_UN)
        self.resume()
        self.check_same()


class Refusals(ResumeTest):
    def refuse(self, message, *arguments, **options):
        before = read_folder(self.run_folder())
        run = self.resume(*arguments, status=1, **options)
        self.assertIn(message, run.stderr)
        self.assertNotIn("Train Epoch", run.stdout)
        self.assertEqual(read_folder(self.run_folder()), before)

    def test_options_that_differ_are_named_with_both_values(self):
        self.begin_at(2, 3)
        for option, given, saved in (("batch-size", "16", "32"), ("test-batch-size", "50", "1000"), ("epochs", "4", "3"),
                                     ("lr", "0.02", "0.01"), ("lr-min", "0", "1e-05"), ("wd", "0.1", "0.01"),
                                     ("beta2", "0.99", "0.999"), ("warmup", "radam", "linear"), ("seed", "2", "1"),
                                     ("log-interval", "5", "1"), ("split", "bymerge", "balanced")):
            with self.subTest(option=option):
                self.refuse(f"--{option} is {given}, but the run of run/checkpoint.pt has {saved}: leave --{option} out",
                            "--" + option, given)

    def test_another_output_is_refused(self):
        self.begin_at(2, 3)
        self.refuse("--output is elsewhere, but --resume goes on in the folder of its checkpoint, run", "--output", "elsewhere")

    def test_other_images_are_refused(self):
        self.begin_at(2, 3)
        other = self.path("other")
        os.mkdir(other)
        write_split(other, self.training_images, 95)
        self.refuse(f"the test images in {other} are not those of the run of run/checkpoint.pt", "--data", other)

    def test_a_checkpoint_that_is_damaged_missing_or_not_of_a_run_is_refused(self):
        self.begin_at(2, 3)
        whole = self.run_folder("checkpoint.pt")
        with open(whole, "rb") as file:
            content = file.read()
        flipped = bytearray(content)
        flipped[len(content) // 2] ^= 1
        for name, damaged in (("empty", b""), ("short", content[:-1]), ("cut", content[: len(content) // 2]),
                              ("flipped", bytes(flipped)), ("text", b"epoch,step\n" * 1000)):
            with self.subTest(name=name):
                with open(self.run_folder(name), "wb") as file:
                    file.write(damaged)
                self.refuse(f"run/{name}", file=name)
        self.refuse("run/nothing: No such file", file="nothing")
        shutil.copy(os.path.join(self.reference, "emnist_cnn.pt"), self.run_folder("emnist_cnn.pt"))
        self.refuse("run/emnist_cnn.pt was not saved by a run of this program", file="emnist_cnn.pt")

    def test_tables_that_are_not_the_runs_are_refused(self):
        for name, change in (("history.csv", lambda path: os.remove(path)), ("evaluation.csv", lambda path: os.truncate(path, 25))):
            with self.subTest(name=name):
                self.begin_at(2, 3)
                change(self.run_folder(name))
                self.refuse("run/" + name)


if __name__ == "__main__":
    main()
