#!/usr/bin/env python3
"""Writes Julia's raw layer from the public headers: every enumeration, structure, constant and function.

    julia.py --refresh    writes bindings/julia/src/raw.jl and bindings/julia/test/layout.jl
    julia.py --check      fails where they are not what the headers give
"""

import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "conformance"))
import abi_headers  # noqa: E402
import command_line  # noqa: E402

SCALARS = {
    "double": "Cdouble",
    "int32_t": "Int32",
    "int64_t": "Int64",
    "size_t": "Csize_t",
    "uint64_t": "UInt64",
    "void": "Cvoid",
    "char": "UInt8",
}

KEYWORDS = {"begin", "end", "module", "function", "struct", "for", "global", "local", "let", "do", "if", "try", "type", "while"}

RAW_HEAD = '''# Written by bindings/generate/julia.py from the public headers: change those.

"""
The C interface as it is, one function of Julia for each of C, with C's names: `LibTW.tw_lr_scheduler_step(scheduler)`.

The headers of the C library say what each does. Statuses are returned, not thrown. A function that the loaded library does
not have, since it is the core alone, throws a [`TorchWarmupError`](@ref) of status `UNSUPPORTED`.
"""
module LibTW

# The functions' addresses, found when the package is loaded, so that which library it is need not be known before.
const ADDRESSES = fill(C_NULL, {count})
const MISSING = Ref{{Any}}(name -> error("the library has no $name"))

@inline function address(index::Int)
    found = @inbounds ADDRESSES[index]
    found == C_NULL && MISSING[](FUNCTIONS[index])
    return found
end
'''


def plain(kind):
    """A C type without const and struct."""
    return re.sub(r"\b(const|struct|enum)\b", "", kind).replace(" ", "")


def julia_type(kind, callbacks, parameter=True):
    """The Julia type of a C type; a string that is read is a Cstring as parameter or result."""
    if "(*)" in kind or kind in callbacks:
        return "Ptr{Cvoid}"
    array = re.fullmatch(r"(.*)\[(\d+)\]", kind)
    if array:
        element = julia_type(array[1].strip(), callbacks, False)
        return f"Ptr{{{element}}}" if parameter else f"NTuple{{{array[2]}, {element}}}"
    if parameter and kind == "const char *":
        return "Cstring"
    name = plain(kind)
    stars = len(name) - len(name.rstrip("*"))
    base = name.rstrip("*")
    base = "Cvoid" if base.startswith("DLManaged") else SCALARS.get(base, base)
    return "Ptr{" * stars + base + "}" * stars


def enumerations(headers):
    for each in headers.enumerations:
        lines = [f"@enum {each.name}::Int32 begin"]
        lines += [f"    {name} = {number}" for name, number in each.enumerators]
        yield "\n".join(lines + ["end"])


def handles(headers, callbacks):
    complete = {each.name for each in headers.structures} | {each.name for each in headers.enumerations}
    names = [name for name, _ in headers.types if name not in complete and name not in callbacks]
    yield "\n".join(f"mutable struct {name} end" for name in names)


def structures(headers, callbacks):
    for each in headers.structures:
        if each.bit_fields or each.tag != "struct":
            raise SystemExit(f"{each.name} is none of the structures that this writes")
        members = [f"    {m.name}::{julia_type(m.type, callbacks, False)}" for m in each.members]
        yield "\n".join([f"struct {each.name}", *members, "end"])


def constants(headers):
    numbers = [(name, text) for name, parameters, text in headers.macros if not parameters and text.isdigit()]
    yield "\n".join(f"const {name} = {text}" for name, text in sorted(numbers))


def function(index, each, callbacks):
    if each.flags & {"variadic", "inline"}:
        raise SystemExit(f"{each.name} is none of the functions that this writes")
    names = [parameter.name + "_" * (parameter.name in KEYWORDS) for parameter in each.parameters]
    types = [julia_type(parameter.type, callbacks) for parameter in each.parameters]
    result = julia_type(each.result, callbacks)
    declared = ", ".join(f"{parameter.type} {parameter.name}".replace("* ", "*") for parameter in each.parameters)
    tuple_of_types = "(" + ", ".join(types) + ("," if len(types) == 1 else "") + ")"
    arguments = "".join(f", {name}" for name in names)
    return "\n".join(
        [
            f"# {each.result} {each.name}({declared})".replace("* ", "*"),
            f"function {each.name}({', '.join(names)})",
            f"    return ccall(address({index}), {result}, {tuple_of_types}{arguments})",
            "end",
        ]
    )


def raw(headers):
    callbacks = {name for name, kind in headers.types if "(*)" in kind}
    functions = sorted(headers.functions)
    listed = "\n".join(f"    :{each.name}," for each in functions)
    parts = [RAW_HEAD.format(count=len(functions)).rstrip()]
    parts += ["# ---- enumerations", *enumerations(headers), "# ---- constants", *constants(headers)]
    parts += ["# ---- handles", *handles(headers, callbacks), "# ---- structures", *structures(headers, callbacks)]
    parts += ["# ---- functions", f"const FUNCTIONS = (\n{listed}\n)"]
    parts += [function(index, each, callbacks) for index, each in enumerate(functions, 1)]
    return "\n\n".join(parts) + "\n\nend\n"


def layout(headers):
    """What C says of each structure, for a test: its size, and where each member is."""
    lines = ["# Written by bindings/generate/julia.py: what a C compiler says of each structure, its size and its members' places."]
    lines.append("const LAYOUT = [")
    for each in headers.structures:
        offsets = ", ".join(str(member.offset) for member in each.members)
        lines.append(f"    (LibTW.{each.name}, {each.size}, [{offsets}]),")
    lines.append("]")
    return "\n".join(lines) + "\n"


def main():
    checks = command_line.only_checks(__doc__)
    headers = abi_headers.Reader(os.environ.get("CLANG", "clang"), os.path.join(ROOT, "include"), "torch_warmup.h").read()
    files = {"bindings/julia/src/raw.jl": raw(headers), "bindings/julia/test/layout.jl": layout(headers)}.items()
    if checks:
        stale = command_line.stale(files)
        if stale:
            raise SystemExit("\n".join(stale))
    else:
        command_line.write(files)
    print(f"{len(headers.functions)} functions, {len(headers.structures)} structures, {len(headers.enumerations)} enumerations")


if __name__ == "__main__":
    main()
