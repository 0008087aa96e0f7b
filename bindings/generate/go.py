#!/usr/bin/env python3
"""Writes the generated files of bindings/go from the public headers.

    go.py --refresh      writes them
    go.py --check        fails where one of them is not what the headers give, or where a function of symbols.txt is missing
                         or none of the packages above the raw layer calls it

The raw layer (internal/raw) has a function for every public one. Of the package torch the layers, operators and options
come from the headers too, with their comments.
"""

import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "tests", "conformance")]

import abi_headers  # noqa: E402
import command_line  # noqa: E402
import go_raw  # noqa: E402
import go_torch  # noqa: E402
from command_line import read  # noqa: E402
from go_types import Types  # noqa: E402

# What the packages above the raw layer do by means of Go's own: messages come with their failures, lists are slices,
# arguments are made in place.
BELOW = re.compile(r"Argument\w+|LastError\w*|SetLastError|TensorList(Create|GetData)|HandleKindName|LiveHandles|VersionNumber")
RAW = "bindings/go/internal/raw"
TORCH = "bindings/go/torch"


def formatted(text):
    done = subprocess.run(["gofmt"], input=text, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"gofmt: {done.stderr}")
    return done.stdout


def files():
    clang = next(filter(None, map(shutil.which, ("clang", "clang-14"))), None)
    if clang is None or shutil.which("gofmt") is None:
        raise SystemExit("clang or gofmt is missing")
    include = os.path.join(ROOT, "include")
    core = abi_headers.Reader(clang, include, "torch_warmup_core.h").read()
    torch = abi_headers.Reader(clang, include, "torch_warmup.h").read()
    types = Types(torch)
    for headers, without, tag, name in ((core, None, "", "core"), (torch, core, "torch", "torch")):
        own = Types(core) if without is None else types
        shims, go = go_raw.layer(headers, own, without, tag, f"{name}_generated.h", "failure.h")
        yield f"{RAW}/{name}_generated.h", shims
        yield f"{RAW}/{name}_generated.go", formatted(go)
    for name, text in go_torch.files(include, torch, core, types):
        yield f"{TORCH}/{name}", formatted(text)


def unused():
    """The functions of the raw layer that no package above calls: a user of Go has no way to them."""
    raw = re.findall(r"^func ([A-Z]\w*)", read(f"{RAW}/core_generated.go") + read(f"{RAW}/torch_generated.go"), re.M)
    above = ""
    for folder in ("bindings/go", TORCH):
        for name in sorted(os.listdir(os.path.join(ROOT, folder))):
            above += read(f"{folder}/{name}") if name.endswith(".go") and not name.endswith("_test.go") else ""
    used = set(re.findall(r"\braw\.([A-Z]\w*)", above))
    return [name for name in raw if name not in used and not BELOW.fullmatch(name)]


def check():
    faults = command_line.stale(files())
    called = set(re.findall(r"// \w+ calls (tw_\w+)\.", read(f"{RAW}/core_generated.go") + read(f"{RAW}/torch_generated.go")))
    public = set(re.findall(r"\btw_\w+", read("tests/conformance/symbols.txt")))
    faults += [f"{name} of tests/conformance/symbols.txt is not in {RAW}" for name in sorted(public - called)]
    faults += [f"{name} of {RAW} is not in tests/conformance/symbols.txt" for name in sorted(called - public)]
    faults += [f"nothing in bindings/go or {TORCH} calls raw.{name}" for name in unused()]
    print(*faults, sep="\n", file=sys.stderr) if faults else print(f"{len(called)} functions")
    return 1 if faults else 0


def main():
    return check() if command_line.only_checks(__doc__) else command_line.write(files())


if __name__ == "__main__":
    sys.exit(main())
