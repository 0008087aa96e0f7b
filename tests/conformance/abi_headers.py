"""What the public headers declare, as clang reads them: functions, enumerations, structures, types, macros."""

import collections
import functools
import json
import os
import re
import subprocess
import tempfile

Parameter = collections.namedtuple("Parameter", "name type canonical")
Function = collections.namedtuple("Function", "name result canonical parameters flags")
Member = collections.namedtuple("Member", "name type canonical offset size")
Structure = collections.namedtuple("Structure", "name tag size alignment members bit_fields")
Enumeration = collections.namedtuple("Enumeration", "name size enumerators")
Headers = collections.namedtuple("Headers", "functions enumerations structures types macros others")

C99 = ["-std=c99", "-x", "c"]
C_LIBRARY = "#include <stddef.h>\n#include <stdint.h>\n"
UNDERSTOOD = ("FunctionDecl", "EnumDecl", "RecordDecl", "TypedefDecl")


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


class Reader:
    """One umbrella header."""

    def __init__(self, clang, include, umbrella):
        self.clang, self.include, self.umbrella = clang, os.path.abspath(include), umbrella

    def compile(self, *flags, text):
        return run([self.clang, *C99, "-I", self.include, *flags, "-"], text)

    def dump(self, text):
        return json.loads(self.compile("-fsyntax-only", "-Xclang", "-ast-dump=json", text=text))["inner"]

    def define(self, text):
        return set(self.compile("-dM", "-E", text=text).splitlines())

    def read(self):
        source = f'{C_LIBRARY}#include "{self.umbrella}"\n'
        foreign, foreign_macros = of_c_library(self.clang)
        ours = self.dump(source)[foreign:]
        structures = [node for node in ours if node["kind"] == "RecordDecl" and node.get("completeDefinition")]
        enumerations = [node for node in ours if node["kind"] == "EnumDecl"]
        sizes = self.sizes(source, structures, enumerations)
        return Headers(
            functions=[function_of(node) for node in ours if node["kind"] == "FunctionDecl"],
            enumerations=[enumeration_of(node, sizes) for node in enumerations],
            structures=[structure_of(node, sizes) for node in structures],
            types=[(node["name"], written(node["type"])) for node in ours if node["kind"] == "TypedefDecl"],
            macros=macros_of(self.define(source) - foreign_macros),
            others=[node.get("name", node["kind"]) for node in ours if node["kind"] not in UNDERSTOOD],
        )

    def sizes(self, source, structures, enumerations):
        """What sizeof and offsetof give: by running a program, so that no layout is worked out here."""
        asked = {}
        for node in structures:
            name = spelled(node)
            asked[name] = f"sizeof({name})"
            asked[name + "!"] = f"_Alignof({name})"
            for member in fields(node):
                if not member.get("isBitfield"):
                    asked[f"{name}.{member['name']}"] = f"offsetof({name}, {member['name']})"
                    asked[f"{name}.{member['name']}#"] = f"sizeof((({name} *)0)->{member['name']})"
        for node in enumerations:
            asked[spelled(node)] = f"sizeof({spelled(node)})"
        lines = [f'  printf("%zu\\n", (size_t){expression});\n' for expression in asked.values()]
        text = f"{source}#include <stdio.h>\nint main(void) {{\n{''.join(lines)}  return 0;\n}}\n"
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "sizes")
            self.compile("-w", "-o", program, text=text)
            return dict(zip(asked, map(int, run([program]).split())))


@functools.lru_cache(maxsize=None)
def of_c_library(clang):
    """How many declarations, and which macros, are the C library's."""
    reader = Reader(clang, ".", "")
    return len(reader.dump(C_LIBRARY)), reader.define(C_LIBRARY)


def macros_of(lines):
    """(name, "(parameters)", text) of lines of #define, but for the include guards."""
    macros = (re.match(r"#define (\w+)(\([^)]*\))? ?(.*)", line).groups("") for line in lines)
    return [macro for macro in macros if not re.fullmatch(r"TORCH_WARMUP_(\w+_)?H", macro[0])]


def written(kind):
    """A type as the header writes it; clang's versions differ in a space before [."""
    return kind["qualType"].replace(" [", "[")


def canonical(kind):
    return kind.get("desugaredQualType", kind["qualType"]).replace(" [", "[")


def spelled(node):
    """How C99 names a structure or enumeration: by its tag."""
    word = "enum" if node["kind"] == "EnumDecl" else node["tagUsed"]
    return f"{word} {node.get('name', '')}"


def fields(node):
    return [member for member in node.get("inner", []) if member["kind"] == "FieldDecl"]


def function_of(node):
    inner = node.get("inner", [])
    parameters = [
        Parameter(each.get("name", ""), written(each["type"]), canonical(each["type"]))
        for each in inner
        if each["kind"] == "ParmVarDecl"
    ]
    flags = {flag for flag in ("variadic", "inline") if node.get(flag)}
    flags |= {each["kind"] for each in inner if each["kind"].endswith("Attr")}
    flags |= {node["storageClass"]} if "storageClass" in node else set()
    whole = node["type"]["qualType"]
    result = whole[: whole.index("(")].strip()
    return Function(node["name"], result, result, parameters, flags)


def enumeration_of(node, sizes):
    enumerators, number = [], -1
    for each in node["inner"]:
        if each["kind"] != "EnumConstantDecl":
            continue
        number = int(each["inner"][0]["value"]) if each.get("inner") else number + 1
        enumerators.append((each["name"], number))
    return Enumeration(node.get("name", ""), sizes[spelled(node)], enumerators)


def structure_of(node, sizes):
    name = spelled(node)
    plain = [member for member in fields(node) if not member.get("isBitfield")]
    members = [
        Member(
            member["name"],
            written(member["type"]),
            canonical(member["type"]),
            sizes[f"{name}.{member['name']}"],
            sizes[f"{name}.{member['name']}#"],
        )
        for member in plain
    ]
    return Structure(
        node.get("name", ""), node["tagUsed"], sizes[name], sizes[name + "!"], members, len(fields(node)) - len(plain)
    )
