#!/usr/bin/env python3
"""Writes the raw layer of the Rust binding from the public headers, by bindgen 0.60.

    rust.py --refresh    writes bindings/rust/torch-warmup-sys/src/{core,torch}.rs
    rust.py --check      fails where they are not what the headers give, or a public function is missing

core.rs has what torch_warmup_core.h declares, torch.rs the rest of torch_warmup.h. The comments of the headers become
Markdown, so that rustdoc neither runs a formula as a test nor takes a shape such as [batch, classes] for a link.
"""

import os
import re
import subprocess
import sys

import command_line
from command_line import ROOT, read

INCLUDE = os.path.join(ROOT, "include")
TARGET = "bindings/rust/torch-warmup-sys/src"
HEAD = "// Written by bindings/generate/rust.py from the headers in include/. Do not edit.\n\n"
ITEMS = "(tw|TW)_.*"
BINDGEN = ["bindgen", "--allowlist-function", ITEMS, "--allowlist-type", ITEMS, "--allowlist-var", ITEMS,
           "--no-prepend-enum-name", "--size_t-is-usize", "--translate-enum-integer-types", "--rust-target", "1.47",
           "--disable-header-comment", "--no-rustfmt-bindings"]


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def formatted(text):
    return run(["rustfmt", "--edition", "2021", "--emit", "stdout"], text)


# ---- comments --------------------------------------------------------------------------------------------------------

TAG = re.compile(r"@(param|retval|return|file)\s*(.*)")
DOC = re.compile(r'#\s*\[doc\s*=\s*("(?:[^"\\]|\\.)*")\]')


def escaped(text):
    """Prose, for Markdown: names of ours as code, and nothing taken for emphasis, a link or a tag."""
    text = re.sub(r"(?<!\w)_|_(?!\w)|[\[\]<>*`|]", r"\\\g<0>", text)
    return re.sub(r"\b(?:tw|TW)_\w+(?!\\)", r"`\g<0>`", text)


def tag_of(found):
    """How an item of the list of parameters and failures begins, and the rest of its line."""
    kind, rest = found.groups()
    if kind in ("return", "file"):
        return "Returns: " if kind == "return" else "", rest
    name, _, rest = rest.partition(" ")
    return f"* `{name}`: " if kind == "param" else f"* fails with `{name}`: ", rest


class Comment:
    """One comment of the headers on its way to Markdown."""

    def __init__(self):
        self.lines, self.fenced, self.in_tag = [], False, False

    def fence(self, wanted):
        if wanted != self.fenced:
            blank = self.lines[-1:] == [""] and not wanted
            if blank:
                self.lines.pop()
            self.lines.append("```text" if wanted else "```")
            self.fenced = wanted
            self.lines += [""] if blank else []

    def tag(self, before, found):
        start, rest = tag_of(found)
        if before:
            self.lines.append(escaped(before))
        if not self.in_tag and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines.append(start + escaped(rest.strip()))
        self.in_tag = True

    def prose(self, line):
        is_table = line.lstrip().startswith("|")
        text = line.strip() if is_table else escaped(line.strip())
        self.lines.append("  " + text if self.in_tag else text)

    def add(self, line):
        found = TAG.search(line)
        if found:
            self.fence(False)
            self.tag(line[:found.start()].strip(), found)
        elif not line.strip():
            self.in_tag = False
            self.lines.append("")
        elif line.startswith("    ") and not self.in_tag:
            self.fence(True)
            self.lines.append(line[4:].rstrip())
        else:
            self.fence(False)
            self.prose(line)

    def text(self):
        self.fence(False)
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines)


def unquoted(literal):
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), literal[1:-1])


def markdown(lines):
    comment = Comment()
    for line in lines:
        comment.add(line[2:] if line.startswith("< ") else line[1:] if line.startswith(" ") else line)
    return comment.text()


def quoted(text):
    return '#[doc = "' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"]'


RUN = re.compile(f"(?:{DOC.pattern}\\s*)+")


def with_markdown(text):
    def replace(found):
        lines = [line for literal in DOC.findall(found[0]) for line in unquoted(literal).split("\n")]
        return "".join(f"\n/// {line}".rstrip() for line in markdown(lines).split("\n")) + "\n"

    return RUN.sub(replace, text)


# ---- the two files ---------------------------------------------------------------------------------------------------

def headers_of_core():
    with open(os.path.join(INCLUDE, "torch_warmup_core.h"), encoding="utf-8") as umbrella:
        return re.findall(r'#include "torch_warmup/(\w+)\.h"', umbrella.read())


def bindings(umbrella, *options):
    text = run([*BINDGEN, *options, os.path.join(INCLUDE, umbrella), "--", "-std=c99", "-I", INCLUDE])
    text = re.sub(r"pub type __u?int\d+_t = [^;]*;", "", text)
    return HEAD + formatted(with_markdown(text))


def generate():
    core = "|".join(headers_of_core())
    return {
        f"{TARGET}/core.rs": bindings("torch_warmup_core.h"),
        f"{TARGET}/torch.rs": bindings("torch_warmup.h", "--blocklist-file", f".*/torch_warmup/({core})\\.h",
                                       "--raw-line", "use crate::core::*;"),
    }


def missing_functions(paths):
    public = set(re.findall(r"\btw_\w+", read("tests/conformance/symbols.txt")))
    return sorted(public - set(re.findall(r"pub fn (tw_\w+)", "".join(map(read, paths)))))


def check(files):
    # As the rustfmt that is here writes either, for its versions differ.
    stale = [path for path, text in files.items() if formatted(read(path)) != formatted(text)]
    missing = missing_functions(files)
    for path in stale:
        print(f"{path} is not what the headers give: run bindings/generate/rust.py --refresh")
    for name in missing:
        print(f"{name} is public and in neither {' nor '.join(files)}")
    return 1 if stale or missing else 0


def main():
    checks = command_line.only_checks(__doc__)
    files = generate()
    return check(files) if checks else command_line.write(files.items())


if __name__ == "__main__":
    sys.exit(main())
