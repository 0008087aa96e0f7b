"""How the types of the C headers are called in Go's raw layer, and how a value goes from one to the other."""

import re

NUMBERS = {
    "double": "float64",
    "int64_t": "int64",
    "int32_t": "int32",
    "uint8_t": "uint8",
    "uint32_t": "uint32",
    "uint64_t": "uint64",
    "size_t": "int",
}
COUNTS = re.compile(r"(\w+_)?count|ndim")
FOREIGN = re.compile(r"(const )?struct (DLManagedTensor\w*) \*")


def camel(name):
    return "".join(part[:1].upper() + part[1:].lower() for part in name.split("_") if part)


def type_name(c_name):
    """tw_lr_scheduler is LrScheduler."""
    return camel(c_name[3:])


def variable(name):
    """A parameter's name as Go writes it; not one of its keywords."""
    whole = camel(name)
    whole = whole[:1].lower() + whole[1:]
    return {"interface": "functions", "type": "kind", "range": "span", "func": "function"}.get(whole, whole)


class Types:
    """What the headers declare, by the kind of thing that a name is."""

    def __init__(self, headers):
        self.enumerations = {each.name for each in headers.enumerations}
        self.structures = {each.name for each in headers.structures}
        self.functions = {name for name, kind in headers.types if "(*)" in kind}
        self.handles = {name for name, kind in headers.types if kind == f"struct {name}"} - self.structures

    def bare(self, kind):
        """The name that a pointer points at, and how many stars lead there."""
        return re.sub(r"const |\*| ", "", kind), kind.count("*")

    def is_function(self, kind):
        return "(*)" in kind or kind in self.functions

    def value(self, kind):
        """(Go's type, expression of C's from Go's %s, expression of Go's from C's %s) of what goes by value."""
        if kind in NUMBERS:
            return NUMBERS[kind], f"C.{kind}(%s)", f"{NUMBERS[kind]}(%s)"
        if kind in self.enumerations:
            return type_name(kind), f"C.{kind}(%s)", f"{type_name(kind)}(%s)"
        return None

    def pointer(self, kind):
        """The same of a pointer."""
        name, stars = self.bare(kind)
        if FOREIGN.fullmatch(kind) or name == "void" or (name == "char" and stars > 1):
            return "unsafe.Pointer", "%s", "unsafe.Pointer(%s)"
        if name == "char":
            return "*byte", "(*C.char)(unsafe.Pointer(%s))", "(*byte)(unsafe.Pointer(%s))"
        if name in self.handles:
            return ("*" * (stars - 1) + type_name(name),) + ("%s",) * 2
        if name in self.structures:
            return f"*{type_name(name)}", f"(*C.{name})(unsafe.Pointer(%s))", f"(*{type_name(name)})(unsafe.Pointer(%s))"
        go = self.value(name)[0]
        return f"*{go}", f"(*C.{name})(unsafe.Pointer(%s))", f"(*{go})(unsafe.Pointer(%s))"

    def of(self, kind):
        if self.is_function(kind):
            return "Function", "%s", "%s"
        return self.value(kind) or self.pointer(kind)

    def member(self, kind, name):
        """Go's type of a structure's member: the same bytes at the same place."""
        array = re.fullmatch(r"(\w+)\[(\d+)\]", kind)
        if array:
            return f"[{array[2]}]{self.member(array[1], name)}"
        if kind == "size_t" or (kind == "void *" and name.endswith("context")):
            return "uintptr"
        return self.of(kind)[0]
