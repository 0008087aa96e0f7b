"""What every script here has in common: its options, and files that are written or compared."""

import argparse
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def only_checks(documentation):
    """Whether --check was given, and not --refresh. Anything else is answered with the documentation."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--refresh", action="store_true", help="write the files")
    what.add_argument("--check", action="store_true", help="fail where a file is not what would be written")
    return parser.parse_args().check


def read(path):
    """A file of the repository; "" where there is none."""
    path = os.path.join(ROOT, path)
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(files):
    """files: (path in the repository, text) of each."""
    for path, text in files:
        path = os.path.join(ROOT, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def stale(files):
    """What is to be said of each file that is not what would be written."""
    script = os.path.relpath(os.path.abspath(sys.argv[0]), ROOT)
    return [f"{path} is not what the headers and sources give; run python3 {script} --refresh" for path, text in files if read(path) != text]
