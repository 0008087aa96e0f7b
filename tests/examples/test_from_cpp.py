"""The lines of docs/from-cpp.md: the C++ compiles without a warning and runs, one function a row.

    test_from_cpp.py REPOSITORY PREFIX FOLDER COMPILER STANDARD FLAGS...       (Python's standard library only)
"""

import os
import re
import subprocess
import sys
import unittest

REPOSITORY, PREFIX, FOLDER, COMPILER, STANDARD = sys.argv[1:6]
FLAGS = sys.argv[6:]
del sys.argv[1:]

FRAME = """#include <cmath>
#include <cstdio>
#include <torch/optim/adamw.h>
#include <torch_warmup.hpp>

"""
OPTIMIZER = "  torch::optim::AdamW optimizer(std::vector<torch::Tensor>{torch::zeros({2}, torch::requires_grad())});\n"


def page():
    with open(os.path.join(REPOSITORY, "docs", "from-cpp.md")) as file:
        return file.read()


def rows(text):
    """The lines of C++ of each row of the table."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `") and len(cells) == 2:
            found.append([part[1:-1] for part in cells[1].split("<br>")])
    return found


def program(text):
    """The page as a program: the first block's lines in one function, and each row in one of its own."""
    block = re.search(r"```cpp\n(.*?)```", text, re.S).group(1).splitlines()
    five = [line for line in block if not line.startswith("#include")]
    functions = [five] + rows(text)
    parts = [FRAME]
    for number, lines in enumerate(functions):
        body = "".join("  %s\n" % line for line in lines)
        parts.append(f"static void run_{number}() {{\n{OPTIMIZER}  [[maybe_unused]] const int64_t steps = 100;\n"
                     f"  [[maybe_unused]] const double loss = 1;\n{body}}}\n\n")
    calls = "".join(f"  run_{number}();\n" for number in range(len(functions)))
    parts.append(f'int main() {{\n{calls}  std::puts("{len(functions)} run");\n}}\n')
    return "".join(parts), len(functions)


class FromCpp(unittest.TestCase):
    def test_the_page_compiles_and_runs(self):
        source, count = program(page())
        self.assertGreaterEqual(count, 11)
        os.makedirs(FOLDER, exist_ok=True)
        path = os.path.join(FOLDER, "page.cpp")
        with open(path, "w") as file:
            file.write(source)
        binary = os.path.join(FOLDER, "page")
        library = os.path.dirname(next(os.path.join(folder, name) for folder, _, names in os.walk(PREFIX)
                                       for name in names if name == "libtorch_warmup.so"))
        command = [COMPILER, "-std=c++" + STANDARD, "-Wall", "-Wextra", "-Wpedantic", "-Werror", path, "-o", binary,
                   "-I", os.path.join(PREFIX, "include"), *FLAGS, "-L" + library, "-Wl,-rpath," + library, "-ltorch_warmup",
                   "-ltorch_warmup_core", "-ltorch_cpu", "-lc10"]
        made = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stderr)
        run = subprocess.run([binary], capture_output=True, text=True, timeout=120)
        self.assertEqual((run.returncode, run.stdout), (0, f"{count} run\n"), run.stderr)

    def test_every_class_that_the_page_names_is_in_the_headers(self):
        include = os.path.join(REPOSITORY, "include")
        headers = ""
        for name in os.listdir(os.path.join(include, "torch_warmup", "cpp")):
            with open(os.path.join(include, "torch_warmup", "cpp", name)) as file:
                headers += file.read()
        for name in set(re.findall(r"tw::(\w+)", page())):
            self.assertRegex(headers, rf"\b(class|struct|inline \w+) (\[\[nodiscard\]\] )?{name}\b")


if __name__ == "__main__":
    unittest.main()
