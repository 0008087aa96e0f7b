"""The EMNIST program in C++ beside the one in C: the same tables, and each goes on from the other's checkpoint. Rates are
equal to the last digit; losses as nearly as float kernels give them on memory that lies otherwise.

    test_emnist_cpp.py PROGRAM_IN_CPP PROGRAM_IN_C          (Python's standard library only)

test_emnist.py and test_emnist_resume.py take the C++ program too; they are not part of every test run.
"""

import os
import subprocess
import sys

from emnist_program import ProgramTest, main, read_folder, read_table

IN_C = os.path.abspath(sys.argv.pop(2))


class BesideC(ProgramTest):
    def run_in_c(self, *arguments):
        command = [IN_C, *self.command(*arguments)[1:]]
        return subprocess.run(command, cwd=self.work.name, capture_output=True, text=True, timeout=300)

    def compare(self, folder, other):
        for name, exact in (("history.csv", ("epoch", "step", "lr")), ("evaluation.csv", ("epoch",))):
            here, there = read_table(self.path(folder, name)), read_table(self.path(other, name))
            self.assertEqual(len(here), len(there))
            for row, expected in zip(here, there):
                self.assertEqual([row[key] for key in exact], [expected[key] for key in exact])
                self.assertAlmostEqual(float(row["loss"]) / float(expected["loss"]), 1, delta=2e-4, msg=row)
                if "accuracy" in row:  # two of the 94 test images may lie on the edge
                    self.assertAlmostEqual(float(row["accuracy"]), float(expected["accuracy"]), delta=2.2, msg=row)

    def test_every_warmup_gives_the_tables_of_the_program_in_c(self):
        for warmup in ("linear", "exponential", "radam", "none"):
            with self.subTest(warmup=warmup):
                arguments = ("--epochs", "2", "--log-interval", "1", "--warmup", warmup)
                for run in (self.run_program(*arguments, "--output", "cpp_" + warmup),
                            self.run_in_c(*arguments, "--output", "c_" + warmup)):
                    self.assertEqual(run.returncode, 0, run.stderr)
                self.compare("cpp_" + warmup, "c_" + warmup)
                self.assertEqual(len(read_table(self.path("c_" + warmup, "history.csv"))), 20)

    def test_each_program_goes_on_from_the_others_checkpoint_as_from_its_own(self):
        whole = self.run_program("--epochs", "2", "--log-interval", "1", "--output", "whole")
        self.assertEqual(whole.returncode, 0, whole.stderr)
        for first, second, folder in ((self.run_program, self.run_in_c, "cpp_then_c"),
                                      (self.run_in_c, self.run_program, "c_then_cpp")):
            with self.subTest(folder=folder):
                begun = self.begin(first, folder)
                self.assertEqual(begun.returncode, 143, begun.stderr)
                resumed = second("--resume", os.path.join(folder, "checkpoint.pt"))
                self.assertEqual(resumed.returncode, 0, resumed.stderr)
                self.compare(folder, "whole")

    def begin(self, run, folder):
        """Starts the run of two epochs and asks it to end once there are rows."""
        program = IN_C if run == self.run_in_c else self.program
        command = [program, *self.command("--epochs", "2", "--log-interval", "1", "--output", folder)[1:]]
        process = subprocess.Popen(command, cwd=self.work.name, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        history = self.path(folder, "history.csv")
        while process.poll() is None and (not os.path.exists(history) or os.path.getsize(history) < 60):
            pass
        process.terminate()
        output, errors = process.communicate(timeout=300)
        return subprocess.CompletedProcess(command, process.returncode, output, errors)

    def test_it_learns_the_generated_glyphs(self):
        run = self.run_program("--epochs", "6", "--warmup", "none", "--lr", "0.003", "--save-model")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertGreater(float(read_table(self.path("output_none", "evaluation.csv"))[-1]["accuracy"]), 90)
        self.assertTrue(os.path.exists(self.path("output_none", "emnist_cnn.pt")))

    def test_what_it_refuses_is_an_exit_status_and_a_sentence(self):
        for status, message, arguments in (
            (2, "--lr is 'fast'", ("--lr", "fast")),
            (1, "beta2 of group 0 is 0.5; it must lie in (0.6, 1)", ("--beta2", "0.5", "--warmup", "radam")),
            (1, "a step makes a number of it of the type", ("--lr", "1e300")),
            (1, "the folder no/such/place cannot be made", ("--output", "no/such/place")),
            (1, "nowhere.pt", ("--resume", "nowhere.pt")),
        ):
            with self.subTest(arguments=arguments):
                run = self.run_program(*arguments)
                self.assertEqual(run.returncode, status, run.stdout + run.stderr)
                self.assertIn(message, run.stderr)


if __name__ == "__main__":
    main()
