"""What holds for every public declaration, so that each language can call it and later versions can add to it."""

import re

SCALARS = {"int32_t", "int64_t", "uint8_t", "uint32_t", "uint64_t", "size_t", "double"}
PLAIN = "only pointers, fixed-width numbers and enumerations go by value"
RELEASE = "void (*)(void *)"


def broken(headers):
    """The offences, each a sentence."""
    enumerations = {each.name for each in headers.enumerations}
    releasing = {each.name for each in headers.structures if ("release", RELEASE) in named(each.members)}
    offences = [f"{name} is no function, enumeration, structure or type" for name in headers.others]
    for each in headers.functions:
        offences += [f"{each.name} {what}" for what in function_offences(each, enumerations, releasing)]
    for each in headers.enumerations:
        offences += [f"enum {each.name} {what}" for what in enumeration_offences(each)]
    for each in headers.structures:
        offences += [f"{each.tag} {each.name} {what}" for what in structure_offences(each, enumerations)]
    for name, _ in headers.types:
        if not name.startswith("tw_"):
            offences.append(f"type {name} does not begin with tw_")
    for name, _, _ in headers.macros:
        if not name.startswith("TW_"):
            offences.append(f"macro {name} does not begin with TW_")
    return offences


def named(declared):
    """(name, type) of parameters or members, in their order."""
    return [(each.name, each.canonical) for each in declared]


# ---- functions -----------------------------------------------------------------------------------------------------


def is_plain(kind, whole, enumerations):
    """A pointer, a fixed-width number, or an enumeration by its name. whole: the type without names for its parts."""
    return kind.endswith("*") or "(*)" in whole or kind in SCALARS or kind in enumerations


def function_offences(function, enumerations, releasing):
    if not function.name.startswith("tw_"):
        yield "does not begin with tw_"
    for flag in ("variadic", "inline", "static"):
        if flag in function.flags:
            yield f"is {flag}"
    if function.result == "tw_status" and "WarnUnusedResultAttr" not in function.flags:
        yield "returns a tw_status that nobody need look at: declare it with TW_CALL"
    if function.result != "void" and not is_plain(function.result, function.result, enumerations):
        yield f"returns {function.result}: {PLAIN}"
    for parameter in function.parameters:
        if not parameter.name:
            yield "has a parameter without a name"
        if not is_plain(parameter.type, parameter.canonical, enumerations):
            yield f"takes {parameter.name} as {parameter.type}: {PLAIN}"
    # A structure of functions brings the release of its context along.
    if not any(re.sub(r"const |struct | ?[*]", "", each.type) in releasing for each in function.parameters):
        yield from context_offences(named(function.parameters))


def context_offences(declared):
    for place, (name, kind) in enumerate(declared):
        after = declared[place + 1] if place + 1 < len(declared) else ("", "")
        if name == "context" and kind == "void *" and after != ("release", RELEASE):
            yield "has a context without void (*release)(void *context) right after it"


# ---- enumerations --------------------------------------------------------------------------------------------------


def enumeration_offences(enumeration):
    if not re.fullmatch("tw_[a-z0-9_]+", enumeration.name):
        yield "has no name that begins with tw_"
        return
    numbers = dict(enumeration.enumerators)
    for suffix, number in (("UNKNOWN", -1), ("MAX_ENUM", 0x7FFFFFFF)):
        name = f"{enumeration.name.upper()}_{suffix}"
        if numbers.get(name) != number:
            yield f"lacks {name} = {number}"
    if enumeration.size != 4:
        yield f"has {enumeration.size} bytes; it must have the 4 of an int"
    if len(set(numbers.values())) != len(numbers):
        yield "has two names for one number"
    for name in numbers:
        if not name.startswith("TW_"):
            yield f"has {name}, which does not begin with TW_"


# ---- structures ----------------------------------------------------------------------------------------------------


def structure_offences(structure, enumerations):
    if not structure.name.startswith("tw_"):
        yield "does not begin with tw_"
    if structure.tag != "struct":
        yield "is a union"
    if structure.bit_fields:
        yield "has bit-fields"
    if structure.name.endswith("_options"):
        head = [(each.name, each.type) for each in structure.members[:2]]
        if head != [("struct_size", "size_t"), ("kind", "int32_t")]:
            yield "does not begin with size_t struct_size; int32_t kind;"
    end = 0
    for member in structure.members:
        if member.offset != end:
            yield f"has a hole of {member.offset - end} bytes before {member.name}: put an int32_t reserved there"
        end = member.offset + member.size
        if not is_plain(member.type.split("[")[0], member.canonical, enumerations):
            yield f"has {member.name} of type {member.type}: {PLAIN}"
    if end != structure.size:
        yield f"has {structure.size - end} bytes of padding at its end: put an int32_t reserved there"
    yield from context_offences(named(structure.members))
