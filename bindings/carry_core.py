#!/usr/bin/env python3
"""Writes the core as two files, torch_warmup_core.c and torch_warmup_core.h, and into the packages that carry it.

    carry_core.py --refresh        writes the copies of the packages under bindings/
    carry_core.py --check          fails where one of them is not what src/ and include/ give
    carry_core.py --write FOLDER   writes the two files for a program of C that wants to carry the core itself

A package of Rust, Go or Julia is fetched as its own folder alone, so it holds the sources that its user's compiler builds.
One file needs no list of sources in three build systems, and Go's tools keep it when they vendor a module.
"""

import argparse
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "generate"))
from command_line import ROOT, read, stale, write  # noqa: E402

PARTS = ("base", "optimizer", "schedule")
OURS = re.compile(r'#include "([^"]+)"\n')
RULE = "=" * 20
COPIES = {
    "bindings/rust/torch-warmup-sys/core": "",
    "bindings/go/internal/raw": "//go:build !torch\n\n",  # with that tag the installed library is linked
    "bindings/julia/deps/core": "",
}
NAME = "torch_warmup_core"

ABOUT = """/* The core of torch_warmup {version}, {what}.
 * Written by carry_core.py from the project's sources: change those.
 *{how}
 * SPDX-License-Identifier: MIT
 *
{licence} */
"""
HOW_TO_COMPILE = """
 * Compile it as C11, without fused multiply-adds, which would change the last bit of a rate:
 *
 *     cc -std=c11 -O2 -ffp-contract=off -c torch_warmup_core.c          and link with -lm -pthread
 *"""
BEFORE = """
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#define TORCH_WARMUP_BUILDING
#if defined(__clang__) /* gcc has no such pragma, and -std=c11 means the same to it */
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wunused-function" /* those of headers, which this file holds */
#endif
#define TWI_SHARED /* there is no library over LibTorch that shares the core's own functions */

#include "torch_warmup_core.h"
"""


class Amalgam:
    """Files in the order in which they need each other, each once."""

    def __init__(self, folder):
        self.folder, self.done, self.text = folder, set(), []

    def add(self, path):
        if path in self.done:
            return
        self.done.add(path)
        text = read(f"{self.folder}/{path}")
        for other in OURS.findall(text):
            beside = os.path.normpath(os.path.join(os.path.dirname(path), other))
            if os.path.exists(os.path.join(ROOT, self.folder, beside)):
                self.add(beside)
            elif not os.path.exists(os.path.join(ROOT, "include", other)):  # which is in the header
                self.add(other)
        self.text.append(f"\n/* {RULE} {self.folder}/{path} {RULE} */\n\n{OURS.sub('', text).strip()}\n")


def version():
    numbers = [re.search(rf"#define TW_VERSION_{part} (\d+)", read("include/torch_warmup/base.h"))[1] for part in ("MAJOR", "MINOR", "PATCH")]
    return ".".join(numbers)


def about(what, how=""):
    licence = "".join(f" * {line}".rstrip() + "\n" for line in read("LICENSE").splitlines())
    return ABOUT.format(version=version(), what=what, how=how, licence=licence)


def header():
    amalgam = Amalgam("include")
    amalgam.add(f"{NAME}.h")
    guide, _ = amalgam.text.pop().split("#ifndef", 1)  # of the umbrella, whose rest names the others
    return about("all of its public headers in one") + guide.rstrip() + "\n" + "".join(amalgam.text)


def source():
    amalgam = Amalgam("src")
    for part in PARTS:
        for path in sorted(glob.glob(os.path.join(ROOT, "src", part, "*.c"))):
            amalgam.add(f"{part}/{os.path.basename(path)}")
    return about("all of its sources in one", HOW_TO_COMPILE) + BEFORE + "".join(amalgam.text)


def files(folders):
    """The two files in each of the folders, of which some want a line of their own first."""
    texts = source(), header()
    for folder, first in folders.items():
        yield f"{folder}/{NAME}.c", first + texts[0]
        yield f"{folder}/{NAME}.h", texts[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--refresh", action="store_true")
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.check:
        faults = stale(files(COPIES))
        print(*faults, sep="\n", file=sys.stderr) if faults else print(f"{len(COPIES)} packages carry the core as it is")
        return 1 if faults else 0
    write(files({os.path.abspath(arguments.write): ""} if arguments.write else COPIES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
