"""The programs of docs/python-ctypes.md: extracted, run, and their rates held against those that PyTorch gave, bit for bit; and the page
for C#, whose declarations are held against the headers.

    test_python_ctypes.py REPOSITORY PREFIX
"""

import csv
import glob
import os
import re
import subprocess
import sys
import unittest

REPOSITORY, PREFIX = sys.argv.pop(1), sys.argv.pop(1)


def read(name):
    with open(os.path.join(REPOSITORY, name), encoding="utf-8") as file:
        return file.read()


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", read(page), re.DOTALL)


def run(program):
    library = glob.glob(os.path.join(PREFIX, "**", "libtorch_warmup_core.so.0"), recursive=True)[0]
    environment = dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(library))
    done = subprocess.run([sys.executable, "-"], input=program, text=True, capture_output=True, env=environment)
    return done.returncode, done.stdout, done.stderr


def read_trace(name, count):
    with open(os.path.join(REPOSITORY, "tests", "fixtures", "lr_traces", name + ".csv"), encoding="utf-8") as file:
        rows = [row[:3] for row in csv.reader(file)][1 : count + 1]
    return [(int(row[0]), float.fromhex(row[1]), float.fromhex(row[2])) for row in rows]


def rates(printed):
    return [(int(step), float.fromhex(a), float.fromhex(b)) for step, a, b in map(str.split, printed.splitlines())]


class Python(unittest.TestCase):
    def setUp(self):
        self.program, self.functions = blocks("docs/python-ctypes.md", "python")

    def test_the_program_prints_the_rates_of_pytorch(self):
        code, out, error = run(self.program)
        self.assertEqual((code, error), (0, ""))
        self.assertEqual(rates(out), read_trace("approach1_cosine_untuned_linear", 100))

    def test_the_program_is_short_enough_to_read(self):
        self.assertLess(len(self.program.splitlines()), 40)

    def test_a_failure_raises_with_the_librarys_message(self):
        code, _, error = run(self.program.replace("150, 1e-5", "0, 1e-5"))
        self.assertEqual(code, 1)
        self.assertIn("RuntimeError: t_max is 0", error)

    def test_a_function_of_the_callers_gives_its_rates(self):
        going_on = "for _ in range(3): call('tw_lr_scheduler_step', scheduler); call('tw_optimizer_get_lrs', lrs, 2, None, optimizer)\n"
        code, out, error = run(self.program + "print('---')\nlrs[:] = 0.5, 0.1\n" + self.functions + going_on + "print(*lrs)")
        self.assertEqual((code, error), (0, ""))
        self.assertEqual(out.split("---\n")[1].split(), [str(0.95**3.0 * 0.5), str(0.95**3.0 * 0.1)])

    def test_an_exception_in_a_function_fails_the_call_with_its_text(self):
        program = self.program + self.functions.replace("0.95**epoch", "1 / (epoch * 0)")
        code, _, error = run(program)
        self.assertEqual(code, 1)
        self.assertIn("ZeroDivisionError", error.splitlines()[-1])
        self.assertIn("RuntimeError", error.splitlines()[-1])


class CSharp(unittest.TestCase):
    """There is no .NET here: what can be held is that each declaration has the header's types."""

    KINDS = {
        "out IntPtr": r"tw_\w+ \*\*",
        "IntPtr[]": r"tw_\w+ \*const \*",
        "IntPtr": r"(const )?tw_\w+ \*",
        "double[]": r"(const )?double \*",
        "double": "double ",
        "nuint": "size_t ",
        "out nuint": r"size_t \*",
    }

    def test_each_declaration_is_the_headers(self):
        (program,) = blocks("docs/csharp.md", "csharp")
        headers = " ".join(read(os.path.relpath(name, REPOSITORY)) for name in glob.glob(os.path.join(REPOSITORY, "include/**/*.h"), recursive=True))
        declared = re.findall(r"static extern (\w+) (tw_\w+)\((.*?)\);", program)
        self.assertGreater(len(declared), 8)
        for result, name, parameters in declared:
            found = re.search(rf"(TW_CALL tw_status|TW_API void|TW_API const char \*) ?{name}\((.*?)\);", headers, re.DOTALL)
            self.assertIsNotNone(found, name)
            self.assertEqual(result, {"TW_CALL tw_status": "int", "TW_API void": "void"}.get(found[1], "IntPtr"), name)
            kinds = [parameter.rsplit(" ", 1)[0] for parameter in parameters.split(", ") if parameter]
            expected = [re.sub(r"\s+", " ", each).strip() for each in found[2].split(",") if each != "void"]
            self.assertEqual(len(kinds), len(expected), name)
            for kind, of_c in zip(kinds, expected):
                self.assertRegex(of_c, rf"^{self.KINDS[kind]}\w+$", name)


unittest.main()
