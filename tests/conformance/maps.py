#!/usr/bin/env python3
"""Holds the linker's maps of both libraries to abi.txt: each release has a version node with the functions it brought.

  maps.py write INCLUDE_FOLDER ABI_TXT MAPS_FOLDER              writes the maps anew
  maps.py check INCLUDE_FOLDER ABI_TXT MAPS_FOLDER LIBRARY...   compares them, and what the libraries export

The tools of a distribution read from the nodes which release of a library a program needs. The newest node takes every
public name, and earlier ones list theirs; no release but one that raises the minor version adds functions.
"""

import os
import re
import subprocess
import sys

import abi

# The libraries by the layer of abi.txt whose functions they export, with the name before the version in their nodes.
NODES = {"core": ("torch_warmup_core", "TORCH_WARMUP_CORE"), "torch": ("torch_warmup", "TORCH_WARMUP")}
PRIVATE = "TORCH_WARMUP_CORE_PRIVATE"


def version_of(include):
    """The version of the headers as a tuple of three."""
    with open(os.path.join(include, "torch_warmup/base.h"), encoding="utf-8") as file:
        text = file.read()
    return tuple(int(re.search(rf"define TW_VERSION_{part} (\d+)", text)[1]) for part in ("MAJOR", "MINOR", "PATCH"))


def minor_of(since):
    """The release of a line of abi.txt: (0, 2) for 0.2.1."""
    return tuple(int(number) for number in since.split(".")[:2])


def refuse_additions_to_what_has_shipped(listed, current):
    """A version that has shipped a function gets no further ones."""
    shipped = {minor_of(since) for since, _ in listed.values() if since != abi.UNSHIPPED}
    new = [key for key, (since, _) in listed.items() if key.startswith("function ") and since == abi.UNSHIPPED]
    if new and current in shipped:
        version = ".".join(map(str, current))
        raise SystemExit(f"{new[0]} is new, but {version} has shipped: raise the version in base.h and CMakeLists.txt")


def releases_of(listed, current):
    """{layer: {(major, minor): [functions]}} in the order of releases; the current one's are those not shipped before."""
    refuse_additions_to_what_has_shipped(listed, current)
    releases = {layer: {current: []} for layer in NODES}
    for key, (since, value) in listed.items():
        if key.startswith("function "):
            version = current if since == abi.UNSHIPPED else minor_of(since)
            releases[value.split()[0]].setdefault(version, []).append(key.split()[1])
    return {layer: dict(sorted(of_layer.items())) for layer, of_layer in releases.items()}


def node_name(prefix, version):
    return f"{prefix}_{version[0]}.{version[1]}"


def map_of(prefix, releases, private):
    """The text of a map; private is the node of what is for the other library alone, or None."""
    text, before, last = "/* Written by tests/conformance/maps.py; the target refresh_abi does it. */\n", "", max(releases)
    for version, names in releases.items():
        inside = ["tw_*"] if version == last else sorted(names)
        text += f"{node_name(prefix, version)} {{\n  global:\n" + "".join(f"    {name};\n" for name in inside)
        text += f"{'' if before else '  local: *;'}{'' if before else chr(10)}}}{before};\n"
        before = f" {node_name(prefix, version)}"
    if private:
        text += f"/* For libtorch_warmup of the very same version, and for nobody else. */\n{private} {{\n  global:\n    twi_*;\n}};\n"
    return text


def maps_of(listed, version):
    private = "_".join([PRIVATE, *map(str, version)])
    releases = releases_of(listed, version[:2])
    return {f"{library}.map": map_of(prefix, releases[layer], private if layer == "core" else None)
            for layer, (library, prefix) in NODES.items()}


def exported(library):
    """{name: node} of a shared library."""
    lines = subprocess.run(["nm", "--dynamic", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    pairs = [line.split()[-1].split("@@") for line in lines.splitlines() if line.split()[1] != "A"]
    return {pair[0]: pair[1] if len(pair) == 2 else "" for pair in pairs}


def wrong_nodes(listed, version, libraries):
    """What the libraries export under another node than the one of its release."""
    wrong = []
    for (layer, (_, prefix)), library in zip(NODES.items(), libraries):
        nodes = exported(library)
        for release, names in releases_of(listed, version[:2])[layer].items():
            expected = node_name(prefix, release)
            wrong += [f"{name} has the version {nodes.get(name)}, not {expected}" for name in names if nodes.get(name) != expected]
        private = {node for name, node in nodes.items() if name.startswith("twi_")}
        if private - {"_".join([PRIVATE, *map(str, version)])}:
            wrong.append(f"{library} exports its private names as {', '.join(private)}")
    return wrong


def check(maps, folder, listed, version, libraries):
    failed = 0
    for name, text in maps.items():
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            if file.read() != text:
                print(f"{name} is not as abi.txt has it: build the target refresh_abi")
                failed = 1
    wrong = wrong_nodes(listed, version, libraries)
    if wrong:
        print("The libraries' versions of symbols:", *wrong, sep="\n  ")
    elif not failed:
        print(f"{len(libraries)} libraries, each function under the version of its release")
    return 1 if failed or wrong else 0


def main(command, include, listed_path, folder, *libraries):
    listed, version = abi.read(listed_path), version_of(include)
    maps = maps_of(listed, version)
    if command == "check":
        return check(maps, folder, listed, version, libraries)
    for name, text in maps.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 5 or sys.argv[1] not in ("write", "check"):
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
