"""What the tests have in common that draw compositions of schedules and warmups and run them in Python and in C."""
import argparse
import subprocess
import sys
import warnings

import schedule_compositions as compositions

warnings.filterwarnings("ignore")  # PyTorch's, of the order of steps and of what it will drop

import torch

MODERN = int(torch.__version__.split(".")[0]) >= 2


def parser(doc, count):
    """A command line's: the program that runs compositions, which of them, and count of them unless it says."""
    made = argparse.ArgumentParser(description=doc.splitlines()[0])
    made.add_argument("runner", help="the program that runs them in C")
    made.add_argument("--seed", type=int, default=1, help="of the first composition; each further one has the next")
    made.add_argument("--count", type=int, default=count, help="how many compositions")
    made.add_argument("--wheels", default=None, help="a folder that holds pytorch_warmup")
    return made


def import_reference(wheels):
    """schedule_reference, which runs compositions in Python."""
    if wheels:
        sys.path.append(wheels)
    try:
        import schedule_reference
    except ImportError as error:
        sys.exit(f"{error}: sh cmake/install_dependencies.sh test installs what this test needs")
    return schedule_reference


def run(runner, made_list):
    """Of each composition the lines that the runner prints."""
    lines = "\n".join(line for made in made_list for line in compositions.lines(made)) + "\n"
    ran = subprocess.run([runner], input=lines, stdout=subprocess.PIPE, text=True)
    if ran.returncode != 0:
        raise RuntimeError(f"{runner} ended with status {ran.returncode}")
    out, printed = [], []
    for line in ran.stdout.splitlines():
        if line == "end":
            out.append(printed)
            printed = []
        else:
            printed.append(line)
    if len(out) != len(made_list):
        raise RuntimeError(f"{runner} ran {len(out)} of {len(made_list)} compositions")
    return out


def numbers(row):
    """Those of a row, as Python writes them: it writes a hexadecimal number differently from C."""
    return [float.fromhex(number).hex() for number in row.split()]
