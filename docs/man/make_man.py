#!/usr/bin/env python3
"""Writes manual pages from the comments of the public headers.

  make_man.py INCLUDE_FOLDER OUTPUT_FOLDER [core]      with core, for that alone

man7/torch_warmup.7 and man7/torch_warmup_core.7 are the guides of both umbrella headers, with what each header is for;
man3/torch_warmup_<header>.3 describes a header, and man3/<function>.3 leads there for each function of it.
"""

import os
import re
import sys

COMMENT = re.compile(r"/\*\*(?P<text>.*?)\*/\s*", re.S)
# A declaration after a comment: up to the end of a structure or an enumeration, else to its semicolon; a macro's one line.
DECLARATION = re.compile(r"(#define[^\n]*(?:\\\n[^\n]*)*|typedef (?:struct|enum)[^;{]*\{.*?\}[^;]*;|[^;{]*;)", re.S)
FUNCTION = re.compile(r"^TW_(?:API|CALL)\s[^(]*?\b(tw_\w+)\s*\(")


# ---- roff ---------------------------------------------------------------------------------------------------------


def escaped(line):
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + line if line[:1] in (".", "'") else line


def verbatim(lines):
    return [".EX", *map(escaped, lines), ".EE"]


def tagged(tag, text):
    return [".TP", f".B {escaped(tag)}", *map(escaped, text)]


# ---- the text of a comment ----------------------------------------------------------------------------------------


def text_of(comment):
    """The lines of a comment, without its stars."""
    lines = [re.sub(r"^\s*\* ?", "", line) for line in comment.strip().splitlines()]
    return [line.rstrip() for line in lines if not line.startswith("@file")]


def split_tags(lines):
    """The lines before the first @param, @return or @retval, and [tag, first word, lines] of each of these."""
    plain, tags = [], []
    for line in "\n".join(lines).replace(" @", "\n@").splitlines():
        found = re.match(r"@(param|retval|return)\s+(.*)", line)
        if found and found[1] == "return":
            tags.append(["returns", "", [found[2]]])
        elif found:
            word, _, rest = found[2].partition(" ")
            tags.append([found[1], word, [rest.strip()]])
        elif tags:
            tags[-1][2].append(line.strip())
        else:
            plain.append(line)
    return plain, tags


def paragraphs(lines):
    block = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def prose(lines):
    """Paragraphs; what is indented stands as it is, and a word before hanging lines is a term."""
    out = []
    for block in paragraphs(lines):
        hanging = [re.match(r"(\w+) +(\S.*)", line) for line in block]
        if all(line.startswith("    ") for line in block):
            out += [".PP", *verbatim(block)]
        elif hanging[0] and any(line.startswith(" " * 8) for line in block):
            out.append(".PP")
            for line, term in zip(block, hanging):
                out += tagged(term[1], [term[2]]) if term else [escaped(line.strip())]
        else:
            out += [".PP", *(escaped(line.strip()) for line in block)]
    return out


def entry(lines):
    plain, tags = split_tags(lines)
    out = prose(plain)
    for kind, word, text in tags:
        out += tagged(word if kind != "returns" else "returns", [line for line in text if line])
    return out


# ---- pages --------------------------------------------------------------------------------------------------------


class Header:
    def __init__(self, include, path):
        self.path = path
        with open(os.path.join(include, path), encoding="utf-8") as file:
            text = file.read()
        comments = list(COMMENT.finditer(text))
        self.about = text_of(comments[0]["text"])
        self.entries = [(text_of(each["text"]), DECLARATION.match(text, each.end())) for each in comments[1:]]
        self.entries = [(lines, found[0].strip()) for lines, found in self.entries if found]
        self.functions = [found[1] for _, declared in self.entries if (found := FUNCTION.match(declared))]
        self.functions += [name for name in re.findall(r"^TW_(?:API|CALL) [^(]*?\b(tw_\w+)\(", text, re.M) if name not in self.functions]
        self.includes = re.findall(r'^#include "torch_warmup/(\w+)\.h"', text, re.M)

    def summary(self):
        """The first sentence of what it is about, as whatis shows it."""
        text = " ".join(next(paragraphs(self.about)))
        return re.split(r"(?<=[a-z)])[.;] ", text)[0].rstrip(".")


def title(name, section, version):
    return [f'.TH {name} {section} "" "torch_warmup {version}" "torch_warmup"', ".nh", ".ad l"]


def guide(header, name, headers, version):
    """The page of an umbrella header."""
    link = "pkg\\-config \\-\\-cflags \\-\\-libs " + name
    out = [*title(name, 7, version), ".SH NAME", f"{name} \\- {escaped(header.summary().split(': ', 1)[-1])}"]
    out += [".SH SYNOPSIS", ".nf", f".B #include <{name}.h>", ".PP", f"cc \\-std=c99 program.c $({link})", ".fi"]
    out += [".SH DESCRIPTION", *prose(header.about)[1:], ".SH HEADERS"]
    for each in header.includes:
        out += [".TP", f".BR torch_warmup_{each} (3)", escaped(headers[each].summary())]
    return out


def page(name, header, core, version):
    out = [*title(f"torch_warmup_{name}", 3, version), ".SH NAME"]
    names = ", ".join([f"torch_warmup_{name}", *header.functions])
    out.append(f"{names} \\- {escaped(header.summary())}")
    out += [".SH SYNOPSIS", f".B #include <{'torch_warmup_core.h' if core else 'torch_warmup.h'}>", ".SH DESCRIPTION"]
    out += prose(header.about)[1:]
    for lines, declared in header.entries:
        found = FUNCTION.match(declared) or re.search(r"\b(tw_\w+|TW_\w+)", declared.replace("TW_API", "").replace("TW_CALL", ""))
        declared = re.sub(r"TW_(API|CALL) ", "", declared)
        out += [f'.SS "{found[1] if found else ""}"', *verbatim(declared.splitlines()), *entry(lines)]
    return [*out, ".SH SEE ALSO", f".BR torch_warmup{'_core' if core else ''} (7)"]


def write(folder, name, lines):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main(include, output, only=""):
    umbrellas = {name: Header(include, f"{name}.h") for name in ("torch_warmup", "torch_warmup_core")}
    if only:
        del umbrellas["torch_warmup"]
    names = sorted(set().union(*(header.includes for header in umbrellas.values())))
    headers = {name: Header(include, f"torch_warmup/{name}.h") for name in names}
    with open(os.path.join(include, "torch_warmup/base.h"), encoding="utf-8") as file:
        version = ".".join(re.findall(r"define TW_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", file.read()))
    for name, header in umbrellas.items():
        write(os.path.join(output, "man7"), f"{name}.7", guide(header, name, headers, version))
    core = umbrellas["torch_warmup_core"].includes
    for name, header in headers.items():
        write(os.path.join(output, "man3"), f"torch_warmup_{name}.3", page(name, header, name in core, version))
        for function in header.functions:
            write(os.path.join(output, "man3"), f"{function}.3", [f".so man3/torch_warmup_{name}.3"])


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["core"]):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
