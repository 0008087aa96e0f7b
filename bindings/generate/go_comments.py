"""The headers' comments as Go's: what a name is called here, and what of a comment a user of Go needs."""

import glob
import os
import re
import textwrap

from go_types import variable

WORDS = {
    "relu": "ReLU", "relu6": "ReLU6", "prelu": "PReLU", "elu": "ELU", "celu": "CELU", "selu": "SELU", "gelu": "GELU", "silu": "SiLU",
    "glu": "GLU", "lstm": "LSTM", "gru": "GRU", "mse": "MSE", "nll": "NLL", "sgd": "SGD", "adamw": "AdamW", "rmsprop": "RMSprop",
    "lr": "LR", "matmul": "MatMul", "argmax": "ArgMax", "int64": "Int64", "double": "Float64",
}  # fmt: skip
STATUS = re.compile(r"TW_ERROR_(\w+)")
PREFIXES = (("tw_module_", "New"), ("tw_optimizer_", "New"), ("tw_op_", ""))


def name(c_name):
    """max_pool2d is MaxPool2d, log_softmax LogSoftmax, leaky_relu LeakyReLU."""
    return "".join(WORDS.get(part, part[:1].upper() + part[1:]) for part in c_name.split("_"))


def status(match):
    return "Err" + {"IO": "IO"}.get(match[1], "".join(part.capitalize() for part in match[1].split("_")))


def in_go(text):
    """A sentence of the headers with Go's names for C's."""
    text = re.sub(r"\b(?:as|with|of) tw_(\w+)_options_init\b", "the defaults", text)
    text = STATUS.sub(lambda m: "torchwarmup." + status(m), text)
    for prefix, new in PREFIXES:
        text = re.sub(rf"\b{prefix}(\w+)", lambda m, new=new: new + name(m[1]), text)
    text = re.sub(r"\bTW_(FLOAT|INT|UINT)(\d+)\b", lambda m: f"{m[1].replace('UINT', 'Uint').replace('FLOAT', 'Float').replace('INT', 'Int')}{m[2]}", text)
    text = re.sub(r"\bTW_BOOL\b", "Bool", text)
    text = re.sub(r"\bTW_(\w+)", lambda m: name(m[1].lower()), text)
    text = re.sub(r"\btw_(\w+)", lambda m: name(m[1]), text)
    return text.replace("NULL", "nil")


class Comments:
    """All comments of the headers, by what they are of."""

    def __init__(self, include):
        self.text = ""
        for path in sorted(glob.glob(os.path.join(include, "torch_warmup", "*.h"))):
            with open(path, encoding="utf-8") as file:
                self.text += file.read()

    def before(self, declaration):
        """The comment right before a declaration, its lines without their stars."""
        match = re.search(declaration, self.text)
        before = self.text[: match.start()].rstrip() if match else ""
        if not before.endswith("*/"):
            return ""
        comment = before[before.rindex("/**") + 3 : -2]
        return "\n".join(re.sub(r"^\s*\* ?", "", line) for line in comment.strip().split("\n")).strip()

    def of_function(self, function, go_name, members=()):
        """members: those of the function's options."""
        text = self.before(rf"TW_CALL tw_status {function.name}\(")
        for each in members:
            text = re.sub(rf"\b{each}\b(?!:)", name(each), text) if "_" in each else text
        for each in function.parameters:
            if each.type == "int32_t":
                text = re.sub(rf"\b{each.name}( +)1\b", rf"{each.name}\1true", re.sub(rf"(@param {each.name} +)0:", r"\1false:", text))
            text = re.sub(rf"(?<!@param )\b{each.name}\b", variable(each.name), text) if "_" in each.name else text
        text = re.sub(r"\b(count|ndim) (?!is\b)(?=\w+s\b)", "", text)
        head, *tags = re.split(r"\s*@(?=param|retval)", text)
        said = [tagged(tag) for tag in tags]
        head = begin(go_name, head.strip())
        return commented(in_go(head), [in_go(each) for each in said if each])

    def of_type(self, c_name):
        return self.before(rf"typedef (?:struct|enum) {c_name} {{")

    def of_member(self, structure, member, truth=False):
        body = re.search(rf"typedef struct {structure} {{(.*?)}} {structure};", self.text, re.S)[1]
        match = re.search(rf"\b{member}(?:\[\d\])?;\s*/\*\*<(.*?)\*/", body, re.S)
        text = in_go(re.sub(r"\s+", " ", match[1]).strip()) if match else ""
        return re.sub(r"\b1\b", "true", re.sub(r"\b0\b", "false", text)) if truth else text


def tagged(tag):
    """What a tag says that Go's signature does not."""
    word, what, text = re.match(r"(\w+)\s+(\S+)\s*(.*)", re.sub(r"\s+", " ", tag)).groups()
    if word == "param" and (what in ("out", "count", "ndim") or not text):
        return ""
    text = re.sub(r"^(borrows|shares): ?", "", text)
    if word == "param":
        return "" if what == "options" else f"{variable(what)}: {text}"
    return f"{what} where {text}"


def begin(go_name, text):
    """A comment of Go's begins with the name that it is of."""
    first = text.split(" ", 1)[0]
    if first in ("Creates", "Joins", "Sets"):
        return f"{go_name} {text[0].lower()}{text[1:]}"
    if text.startswith("While training, sets"):
        return f"{go_name} sets, while training,{text[len('While training, sets'):]}"
    lower = text[:1].lower() + text[1:] if first in ("The", "A", "How", "What") else text
    return f"{go_name} gives {lower}" if first not in ("How", "What") else f"{go_name} is {lower}"


def commented(text, items=()):
    lines = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("    "):
            lines += [f"//\t{line.strip()}" for line in paragraph.split("\n")]
        else:
            lines += ["// " + line for line in textwrap.wrap(re.sub(r"\s+", " ", paragraph), 117)]
        lines.append("//")
    if items:
        lines += ["// In detail:", "//"] if lines[-2].startswith("//\t") else []
        for each in items:
            wrapped = textwrap.wrap(each.rstrip("."), 113)
            lines += ["//   - " + wrapped[0]] + ["//     " + line for line in wrapped[1:]]
        lines.append("//")
    return "\n".join(lines[:-1]) + "\n"
