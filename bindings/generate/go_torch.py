"""The parts of Go's package torch that are many of a kind: options, layers, operators, optimizers."""

import glob
import os
import re

from go_comments import Comments, in_go, name
from go_raw import HEAD
from go_types import type_name, variable

START = HEAD + "\n//go:build torch\n\npackage torch\n\n"
RAW = 'import "github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"\n'
ENUMERATIONS = ("tw_reduction", "tw_conv_padding_mode", "tw_gelu_approximation", "tw_transformer_activation")
OPTIMIZERS = ("tw_adam_options", "tw_adamw_options", "tw_sgd_options", "tw_rmsprop_options", "tw_adagrad_options")
UNSEEN = ("struct_size", "kind", "reserved")


class Writer:
    def __init__(self, include, torch, core, types):
        self.comments, self.types, self.include = Comments(include), types, include
        known = {each.name for each in core.structures}
        self.structures = [each for each in torch.structures if each.name.endswith("_options") and each.name not in known]
        self.enumerations = [each for each in torch.enumerations if each.name in ENUMERATIONS]
        self.functions = torch.functions

    def declared_in(self, pattern):
        """The functions that headers of a name declare, in their order."""
        text = ""
        for path in sorted(glob.glob(os.path.join(self.include, "torch_warmup", pattern))):
            with open(path, encoding="utf-8") as file:
                text += file.read()
        names = re.findall(r"^TW_CALL tw_status (tw_\w+)\(", text, re.M)
        return [each for each in self.functions if each.name in names and not each.name.endswith("_options_init")]

    # ---- options

    def enumeration(self, each):
        go = name(each.name[3:])
        comment = self.comments.of_type(each.name).replace(" The numbers are fixed for ever; new ones are added at the end.", "")
        comment = comment.replace(" The numbers are fixed for ever.", "")
        lines = [f"\n// {go} says {in_go(comment[:1].lower() + comment[1:])}\ntype {go} int32\n\n// The values of {go}.\nconst (\n"]
        for member, number in each.enumerators:
            if number not in (-1, 0x7FFFFFFF):
                raw = "".join(part.capitalize() for part in member[3:].split("_"))
                lines.append(f"\t{name(member[3:].lower())} = {go}(raw.{raw})\n")
        return "".join(lines) + ")\n"

    def kind(self, member):
        if member.type == "int32_t":
            return "bool", "{0} != 0", "truth({0})"
        if member.type == "const tw_tensor *":
            return "*Tensor", "nil", "h.tensor({0})"
        if member.type in self.types.enumerations:
            go = name(member.type[3:])
            return go, go + "({0})", f"raw.{type_name(member.type)}({{0}})"
        return self.types.member(member.type, member.name), "{0}", "{0}"

    def options(self, each):
        go, raw = options_name(each.name), type_name(each.name)
        members = [member for member in each.members if member.name not in UNSEEN]
        of = each.name[3 : -len("_options")]
        lines = [f"\n// {go} is what {self.constructor(of)} may be told.\ntype {go} struct {{\n"]
        lines += [f"\t{name(m.name)} {self.kind(m)[0]} // {self.comments.of_member(each.name, m.name, m.type == 'int32_t')}\n" for m in members]
        lines += [f"}}\n\nfunc (o *{go}) from(r *raw.{raw}) {{\n"]
        lines += [f"\to.{name(m.name)} = {self.kind(m)[1].format('r.' + camel(m.name))}\n" for m in members]
        lines += [f"}}\n\nfunc (o *{go}) into(r *raw.{raw}, h *holding) {{\n"]
        lines += [f"\tr.{camel(m.name)} = {self.kind(m)[2].format('o.' + name(m.name))}\n" for m in members]
        lines += [f"}}\n\nfunc {lower(go)}(change []func(*{go}), h *holding) *raw.{raw} {{\n\tif len(change) == 0 {{\n\t\treturn nil\n\t}}\n"
                  f"\tr := new(raw.{raw})\n\th.check(raw.{raw}Init(r))\n\tvar o {go}\n\to.from(r)\n\tapply(&o, change)\n\to.into(r, h)\n\treturn r\n}}\n"]
        if each.name in OPTIMIZERS:
            lines += [f"\n// New{go} are PyTorch's defaults, for Optimizer.AddParamGroup.\nfunc New{go}() (*{go}, error) {{\n\tvar r raw.{raw}\n"
                      f"\tif err := raw.{raw}Init(&r); err != nil {{\n\t\treturn nil, err\n\t}}\n\to := new({go})\n\to.from(&r)\n\treturn o, nil\n}}\n"
                      f"\nfunc (o *{go}) forGroup(h *holding) unsafe.Pointer {{\n\tr := new(raw.{raw})\n\th.check(raw.{raw}Init(r))\n"
                      f"\to.into(r, h)\n\treturn unsafe.Pointer(r)\n}}\n"]
        return "".join(lines)

    def constructor(self, of):
        """What takes these options."""
        if of.startswith("op_"):
            return name(of[3:])
        if of == "batch_norm":
            return "a batch normalization"
        whole = {f.name for f in self.functions}
        return name(of) if f"tw_op_{of}" in whole and f"tw_module_{of}" not in whole else "New" + name(of)

    # ---- functions

    def function(self, each, prefix, go_name, makes, scope=False):
        given, arguments, body, variadic = [], [], [], False
        parameters = list(each.parameters)[1:]
        while parameters:
            p = parameters.pop(0)
            counted = parameters and parameters[0].type == "size_t" and parameters[0].name in ("count", "ndim")
            if counted:
                parameters.pop(0)
            kind, argument, variadic = self.argument(each, p, counted)
            given.append((variable(p.name), kind))
            arguments.append(argument)
        used = any("h." in a or "(options, &h)" in a for a in arguments)
        lines = [f"\n{self.comments.of_function(each, go_name, self.members(each))}func {go_name}({signature(given)}) ({makes[0]}, error) {{\n"]
        if used:
            lines.append("\tvar h holding\n\tdefer h.release()\n")
            names = []
            for i, a in enumerate(arguments):
                if "h." in a or "&h" in a:
                    lines.append(f"\targument{i} := {a}\n")
                    a = f"argument{i}"
                names.append(a)
            arguments = names
            lines.append("\tif h.err != nil {\n\t\treturn nil, h.err\n\t}\n")
        lines.append(f"\treturn {makes[1]}(raw.{type_name(each.name)}({', '.join(arguments)}))\n}}\n")
        if scope:
            passed = ", ".join(v + ("..." if kind.startswith("...") else "") for v, kind in given)
            lines.append(f"\n// {go_name} is the function {go_name}, whose result the scope owns.\n"
                         f"func (s *Scope) {go_name}({signature(given)}) *Tensor {{\n\treturn s.Own({go_name}({passed}))\n}}\n")
        return "".join(lines)

    def members(self, function):
        bare = {self.types.bare(p.type)[0] for p in function.parameters}
        return [m.name for s in self.structures if s.name in bare for m in s.members if m.name not in UNSEEN]

    def argument(self, function, p, counted):
        """(Go's type, expression, whether it is the rest of the arguments) of a parameter."""
        go, (bare, stars) = variable(p.name), self.types.bare(p.type)
        if bare in {s.name for s in self.structures}:
            options = options_name(bare)
            return f"...func(*{options})", f"{lower(options)}(options, &h)", True
        if bare == "tw_tensor":
            return ("[]*Tensor", f"h.tensors({go})", False) if counted else ("*Tensor", f"h.tensor({go})", False)
        if bare == "tw_module":
            return ("...*Module", f"h.modules({go})", True) if counted else ("*Module", f"h.module({go})", False)
        if stars:
            length = re.search(rf"\b{function.name}\([^;]*\b{p.name}\[(\d)\]", self.comments.text)
            return ("[]int64", go, False) if counted else (f"[{length[1]}]int64", f"&{go}[0]", False)
        if bare == "int32_t":
            return "bool", f"truth({go})", False
        return self.types.value(bare)[0], go, False

    def layers(self):
        return [self.function(each, "tw_module_", "New" + name(each.name[len("tw_module_"):]), ("*Module", "newModule")) for each in self.declared_in("layers*.h")]

    def operators(self):
        functions = self.declared_in("functional.h") + self.declared_in("losses.h")
        return [self.function(each, "tw_op_", name(each.name[len("tw_op_"):]), ("*Tensor", "newTensor"), True) for each in functions]

    def optimizers(self):
        functions = [f"tw_optimizer_{each[3:-len('_options')]}" for each in OPTIMIZERS]
        return [self.function(each, "tw_optimizer_", "New" + name(each.name[len("tw_optimizer_"):]), ("*Optimizer", "newOptimizer")) for each in self.functions if each.name in functions]


def camel(c_name):
    return "".join(part.capitalize() for part in c_name.split("_"))


def lower(go):
    return "of" + go


def options_name(c_name):
    return name(c_name[3:])


def signature(given):
    """Neighbours of one type share it."""
    parts = [each if i + 1 < len(given) and given[i + 1][1] == kind else f"{each} {kind}" for i, (each, kind) in enumerate(given)]
    return ", ".join(parts)


def files(include, torch, core, types):
    writer = Writer(include, torch, core, types)
    options = [writer.enumeration(each) for each in writer.enumerations] + [writer.options(each) for each in writer.structures]
    yield "options_generated.go", START + 'import "unsafe"\n\n' + RAW + "".join(options)
    yield "layers_generated.go", START + RAW + "".join(writer.layers())
    yield "operators_generated.go", START + RAW + "".join(writer.operators())
    yield "optimizers_generated.go", START + RAW + "".join(writer.optimizers())
