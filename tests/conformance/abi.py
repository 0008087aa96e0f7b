#!/usr/bin/env python3
"""Holds the public headers to what abi.txt says of them, and to the rules of abi_rules.py.

  abi.py check INCLUDE_FOLDER ABI_TXT             the check
  abi.py refresh INCLUDE_FOLDER ABI_TXT           writes abi.txt anew; refuses to change what has shipped
  abi.py release INCLUDE_FOLDER ABI_TXT VERSION   marks what has not shipped yet as shipped in VERSION

A line of abi.txt is an item: the version that shipped it first ("next" before one has), its name, the layer whose
header declares it (torch_warmup_core.h, or torch_warmup.h alone), and what a program compiled with it depends on.
"""

import os
import re
import shutil
import sys

import abi_headers
import abi_rules

LINE = re.compile(r"(?P<since>\S+) (?P<key>\S+ [^:(]+(\([^)]*\))?): (?P<layer>core|torch) (?P<value>.*)")
UNSHIPPED = "next"


# ---- from headers to items ----------------------------------------------------------------------------------------


def with_name(kind, name):
    """A parameter as C writes it: the name of a pointer to a function goes inside."""
    if "(*)" in kind:
        return kind.replace("(*)", f"(*{name})", 1)
    return kind + ("" if kind.endswith("*") else " ") + name


def items_of(headers):
    """What each public name is: {"function tw_version": "const char * (void)"}."""
    items = {}
    for each in headers.functions:
        parameters = ", ".join(with_name(parameter.type, parameter.name) for parameter in each.parameters)
        items[f"function {each.name}"] = f"{each.result} ({parameters or 'void'})"
    for each in headers.enumerations:
        items[f"enumeration {each.name}"] = f"{each.size} bytes"
        for name, number in each.enumerators:
            items[f"enumerator {name}"] = f"{number} of {each.name}"
    for each in headers.structures:
        items[f"structure {each.name}"] = f"{each.size} bytes, aligned to {each.alignment}"
        for member in each.members:
            items[f"member {each.name}.{member.name}"] = f"{member.type}, {member.size} bytes at {member.offset}"
    for name, kind in headers.types:
        items[f"type {name}"] = kind
    for name, parameters, body in headers.macros:
        items[f"macro {name}{parameters}"] = "the release's" if name.startswith("TW_VERSION") else body
    return items


def described(clang, include):
    """The items of both umbrella headers, and what breaks the rules."""
    items, offences = {}, []
    for layer, umbrella in (("torch", "torch_warmup.h"), ("core", "torch_warmup_core.h")):
        if layer == "core" and not os.path.exists(os.path.join(include, umbrella)):
            continue
        headers = abi_headers.Reader(clang, include, umbrella).read()
        offences += [offence for offence in abi_rules.broken(headers) if offence not in offences]
        items.update({key: f"{layer} {value}" for key, value in items_of(headers).items()})
    return items, offences


# ---- abi.txt ------------------------------------------------------------------------------------------------------


def read(path):
    """{item: (since, value)} of abi.txt; nothing where it is not there yet."""
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        lines = [LINE.fullmatch(line.rstrip("\n")) for line in file]
    if None in lines:
        raise SystemExit(f"{path}:{lines.index(None) + 1} is not as abi.py writes it")
    return {line["key"]: (line["since"], f"{line['layer']} {line['value']}") for line in lines}


def write(path, items):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{since} {key}: {value}\n" for key, (since, value) in sorted(items.items()))


def is_addition(key, before, after):
    """Whether a shipped item may become this: an options structure may grow, a macro's text may be mended, and what
    only torch_warmup.h declared may join the core."""
    if after is None:
        return False
    (layer, old), (new_layer, new) = before.split(" ", 1), after.split(" ", 1)
    if layer == "core" and new_layer == "torch":
        return False
    if re.fullmatch("structure tw_[a-z0-9_]*_options", key):
        return int(new.split()[0]) >= int(old.split()[0])
    return key.startswith("macro ") or new == old


def compared(listed, found):
    """The differences as lines, and those that break what has shipped."""
    differences, breaks = [], []
    for key in sorted(listed.keys() | found.keys()):
        since, before = listed.get(key, (UNSHIPPED, None))
        after = found.get(key)
        if before == after:
            continue
        differences += [f"  - {key}: {before}"] if before is not None else []
        differences += [f"  + {key}: {after}"] if after is not None else []
        if since != UNSHIPPED and not is_addition(key, before, after):
            breaks.append(f"  {key} has shipped in {since}")
    return differences, breaks


# ---- commands -----------------------------------------------------------------------------------------------------


def check(path, listed, found, offences):
    differences, breaks = compared(listed, found)
    if differences:
        print(f"{path} (-) and the headers (+) differ:", *differences, sep="\n")
    if breaks:
        print("What has shipped stays as it is; add a new name instead:", *breaks, sep="\n")
    elif differences:
        print("Where this is meant, build the target refresh_abi: see CONTRIBUTING.md on releasing a change")
    if offences:
        print("The headers break their rules:", *[f"  {offence}" for offence in offences], sep="\n")
    if not differences and not offences:
        print(f"{len(found)} items, as listed and by the rules")
    return 1 if differences or offences else 0


def refresh(path, listed, found):
    _, breaks = compared(listed, found)
    if breaks:
        print("Not written: what has shipped stays as it is; add a new name instead:", *breaks, sep="\n")
        return 1
    write(path, {key: (listed.get(key, (UNSHIPPED,))[0], value) for key, value in found.items()})
    print(f"{len(found)} items written to {path}")
    return 0


def release(path, listed, version):
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        print(f'the version is "{version}"; it must be as 1.2.3')
        return 1
    write(path, {key: (version if since == UNSHIPPED else since, value) for key, (since, value) in listed.items()})
    return 0


def main(command, include, path, version=""):
    clang = next(filter(None, map(shutil.which, ("clang", "clang-14"))), None)
    if clang is None:
        raise SystemExit("clang is missing")
    listed = read(path)
    found, offences = described(clang, include)
    if command == "refresh":
        return refresh(path, listed, found)
    failed = check(path, listed, found, offences)
    return release(path, listed, version) if command == "release" and not failed else failed


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("check", "refresh", "release"):
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
