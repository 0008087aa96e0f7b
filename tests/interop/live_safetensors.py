"""safetensors files across the border: what the library writes, Python's safetensors reads, and the other way.

usage: live_safetensors.py PROGRAM WHEELS      PROGRAM is built of safetensors.c; WHEELS is a folder that has safetensors
"""

import json
import math
import random
import re
import struct
import sys
import unittest

sys.path.insert(0, sys.argv[2])
sys.dont_write_bytecode = True

import safetensors  # noqa: E402
import safetensors.torch  # noqa: E402
import torch  # noqa: E402

from run_program import WithFolder, network, run  # noqa: E402

DTYPES = "uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 bool".split()


def bytes_of(tensor):
    return bytes(tensor.contiguous().flatten().view(torch.uint8).tolist()) if tensor.numel() else b""


def line_of(name, tensor):
    sizes = ",".join(str(size) for size in tensor.shape)
    return f"0x{name.encode().hex()} {str(tensor.dtype)[6:]} [{sizes}] {bytes_of(tensor).hex()}"


def metadata_line(key, value):
    return f"0x{('__metadata__.' + key).encode().hex()} str {value.encode().hex()}"


def random_tensors(generator):
    """Every dtype with every bit pattern, NaNs among them, and shapes that are not everyday's."""
    tensors = {}
    for dtype in DTYPES:
        count = 7 * torch.tensor([], dtype=getattr(torch, dtype)).element_size()
        values = torch.randint(0, 2 if dtype == "bool" else 256, (count,), dtype=torch.uint8, generator=generator)
        tensors[dtype] = values.bool() if dtype == "bool" else values.view(getattr(torch, dtype))
    tensors["nan"] = torch.tensor([float("nan"), -0.0, float("inf"), 1e-45])
    tensors["empty"] = torch.zeros(3, 0, 2, dtype=torch.int16)
    tensors["scalar"] = torch.tensor(True)
    tensors["shaped"] = torch.arange(24, dtype=torch.int64).reshape(2, 3, 4)
    tensors["grüße \"\\\n\x01 🔥"] = torch.ones(1, dtype=torch.bfloat16)
    return tensors


class Files(WithFolder):
    def content(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def assert_same(self, a, b):
        self.assertEqual((a.dtype, a.shape, bytes_of(a)), (b.dtype, b.shape, bytes_of(b)))

    def test_python_reads_what_the_library_writes(self):
        run("write", self.path("c"))
        read = safetensors.torch.load_file(self.path("c"))
        wanted = {}
        for dtype in DTYPES:
            numbers = torch.arange(15, dtype=torch.float64)
            numbers = {"bool": numbers % 3 == 0, "uint8": numbers * 17}.get(
                dtype, numbers - 3 if dtype.startswith("int") else numbers * 0.5 - 3)
            wanted[dtype] = numbers.reshape(3, 5).to(getattr(torch, dtype))
        memory = torch.arange(24.0)
        wanted["view"] = memory.as_strided((3, 2), (2, 7), 1)
        wanted["expanded"] = memory.as_strided((3, 2), (0, 1), 0)
        wanted["empty"] = torch.zeros(0, 4, dtype=torch.int64)
        for name in ("scalar", "", "grüße \"\\\n\x01🔥"):
            wanted[name] = torch.tensor(-2.5, dtype=torch.float64)
        self.assertEqual(set(read), set(wanted))
        for name, tensor in wanted.items():
            self.assert_same(read[name], tensor)
        with safetensors.safe_open(self.path("c"), "pt") as file:
            self.assertEqual(file.metadata(), {"format": "pt", "\"🔥\"": "\t\b\f\r\n\\/\x7f\x1f"})

    def test_the_library_reads_what_python_writes(self):
        for seed in range(3):
            tensors = random_tensors(torch.Generator().manual_seed(seed))
            safetensors.torch.save_file(tensors, self.path("python"), metadata={"format": "pt", "": "grün"})
            lines = run("print", self.path("python")).splitlines()
            wanted = [line_of(*item) for item in tensors.items()]
            wanted += [metadata_line("format", "pt"), metadata_line("", "grün")]
            self.assertEqual(sorted(lines), sorted(wanted))

    def test_the_same_tensors_are_the_same_file(self):
        for seed in range(3):
            tensors = random_tensors(torch.Generator().manual_seed(seed))
            safetensors.torch.save_file(tensors, self.path("python"), metadata={"key \"🔥\"\x02": "value"})
            run("save-again", self.path("python"), self.path("c"))
            self.assertEqual(self.content("python"), self.content("c"))

    def test_a_network_passes_from_python_to_c_and_back(self):
        torch.manual_seed(7)
        model, other = network(), network()
        safetensors.torch.save_model(model, self.path("python"))
        run("pass-network", self.path("python"), self.path("c"))
        safetensors.torch.load_model(other, self.path("c"))
        for name, parameter in model.state_dict().items():
            self.assert_same(other.state_dict()[name], parameter)


# ---- what both take and both refuse -------------------------------------------------------------------------------------

# What Python takes and the library refuses, by the library's reason: the format's text forbids the first three, and the
# others are its reader's latitude towards what no writer makes.
STRICTER = (
    r"does not begin with \{",  # white space before it
    r"has the name .* twice",  # the last one wins
    r"null, not an object",  # no metadata
    r"which the format does not know",  # an entry more of a tensor
    r'under ".*" there is an array, not an object',  # a tensor's three entries without their names
    r"there is an object, not a string",  # {"F32": null} for "F32"
    r"more than 64 dimensions",
    r"the sizes of the tensor .* are too large",  # beside a 0
    r"has the size .*, which is too large",  # the same
    r"a tensor has the name of metadata",  # "__metadata__.k", beside metadata "k"
)

TOKENS = r"""{ } [ ] , : " 0 1 2 4 8 12 -1 -0 1.0 1e1 null true "dtype" "shape" "data_offsets" "__metadata__" "F32" "U16"
             "F8_E4M3" "BOOL" 9223372036854775808 18446744073709551615 18446744073709551616 \u0061 \ud83d \n""".split()
ELEMENT_SIZES = {"F64": 8, "I64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2, "I16": 2, "U8": 1, "I8": 1, "BOOL": 1,
                 "U16": 2}


def good_header(generator):
    """A header and the number of bytes behind it."""
    header, end = {}, 0
    for i in range(generator.randint(0, 4)):
        dtype = generator.choice(list(ELEMENT_SIZES)[: 10 if generator.random() < 0.9 else 11])
        shape = [generator.randint(0, 3) for _ in range(generator.randint(0, 3))]
        begin = end
        end += math.prod(shape) * ELEMENT_SIZES[dtype]
        entry = {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}
        header[generator.choice(["w", "b.", "grün", "\n"]) + str(i)] = dict(generator.sample(list(entry.items()), 3))
    if generator.random() < 0.5:
        header["__metadata__"] = {"k": "v", "🔥": ""}
    items = generator.sample(list(header.items()), len(header))
    separators = generator.choice([(",", ":"), (", ", ": "), (" ,\n", "\t: ")])
    text = json.dumps(dict(items), ensure_ascii=generator.random() < 0.5, separators=separators)
    return text.encode() + b" " * generator.randint(0, 3), end


def mutate(text, generator):
    """One change, of a byte, a token, a number or a whole entry."""
    at = generator.randrange(len(text) + 1)
    kind = generator.randrange(7)
    if kind == 0:
        return text[:at] + bytes([generator.randrange(256)]) + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + generator.randint(1, 30) :]
    if kind == 2:
        return text[:at] + generator.choice(TOKENS).encode() + text[at:]
    if kind == 3:
        before, behind = [b" ", b"\n", b"\xef\xbb\xbf", b"[", b"\0", b""], [b" ", b"\n", b"\0", b"{}", b"x"]
        return generator.choice(before) + text + generator.choice(behind)
    pieces = re.findall(rb'"[^"]*"|\d+|null|[^"\d]', text)
    if kind == 4:  # a token for another of its kind
        some = [i for i, piece in enumerate(pieces) if piece[:1].isdigit() or piece[:1] == b'"']
        if some:
            i = generator.choice(some)
            same = [token for token in TOKENS if token[:1].isdigit() == pieces[i][:1].isdigit() and token != '"']
            pieces[i] = generator.choice(same).encode()
        return b"".join(pieces)
    if kind == 5:  # white space where JSON has it
        return b"".join(piece + generator.choice([b"", b"", b" ", b"\r\n"]) for piece in pieces)
    entries = list(re.finditer(rb'"[^"]*"\s*:\s*(\{[^{}]*\}|\[[^\[\]]*\]|"[^"]*")', text))
    if not entries:
        return text
    entry = generator.choice(entries)
    if generator.random() < 0.5:  # an entry twice
        return text[: entry.end()] + b"," + entry.group() + text[entry.end() :]
    values = [b"null", b"[]", b"{}", b'["F32",[],[0,4]]', b'{"F32":null}', b"[1" + b",1" * 64 + b"]", b'"x"', b"[0,4]"]
    return text[: entry.start(1)] + generator.choice(values) + text[entry.end(1) :]


def file_of(header, size):
    return struct.pack("<Q", len(header)) + header + bytes(size)


def python_fault(content):
    """What Python finds wrong with the file; empty where it takes it."""
    try:
        safetensors.deserialize(content)
        return ""
    except safetensors.SafetensorError as fault:
        return str(fault)


class Judgements(WithFolder):
    def judge(self, contents):
        """The library's judgement of each, beside Python's."""
        for i, content in enumerate(contents):
            with open(self.path(i), "wb") as file:
                file.write(content)
        lines = run("judge", self.folder.name, len(contents)).splitlines()
        self.assertEqual(len(lines), len(contents))
        return [(line, python_fault(content)) for line, content in zip(lines, contents)]

    def compare(self, contents):
        """How many are taken by both, refused by both, and by the library alone for each reason."""
        both, neither, reasons = 0, 0, {}
        for content, (line, fault) in zip(contents, self.judge(contents)):
            taken = fault == ""
            status, _, message = line.partition(" ")
            self.assertIn(status, ("TW_OK", "TW_ERROR_FORMAT", "TW_ERROR_UNSUPPORTED"), (content, line))
            if (status == "TW_OK") == taken:
                both, neither = both + taken, neither + (not taken)
                continue
            if "unknown variant" in fault:  # a dtype: here one that is newer than the library loses nothing else
                self.assertRegex(content, rb'"dtype"\s*:\s*"[A-Z][A-Z0-9_]*"')
                continue
            self.assertTrue(taken, f"the library takes what Python refuses: {content!r} {fault}")
            reason = next((reason for reason in STRICTER if re.search(reason, message)), None)
            self.assertIsNotNone(reason, f"Python takes what the library refuses: {content!r}\n{message}")
            reasons[reason] = reasons.get(reason, 0) + 1
        return both, neither, reasons

    def test_of_mutated_headers(self):
        contents = []
        for seed in range(400):
            generator = random.Random(seed)
            header, size = good_header(generator)
            for _ in range(generator.randint(0, 2)):
                header = mutate(header, generator)
            contents.append(file_of(header, size + generator.choice([0] * 20 + [1])))
        both, neither, reasons = self.compare(contents)
        print(f"{both} taken by both, {neither} by neither; by Python alone:", reasons)
        self.assertGreater(both, 50)
        self.assertGreater(neither, 100)

    def test_of_files_cut_short(self):
        whole = safetensors.torch.save({"a": torch.ones(2), "b": torch.ones(1)}, metadata={"k": "v"})
        both, neither, reasons = self.compare([whole[:length] for length in range(len(whole) + 1)])
        self.assertEqual((both, neither, reasons), (1, len(whole), {}))

    def test_every_way_of_being_stricter_is_one(self):
        entry = '{"dtype":"F32","shape":[2],"data_offsets":[0,8]}'
        empty = '{{"dtype":"F32","shape":[{}],"data_offsets":[0,0]}}'
        headers = (
            ' {"a":%s}' % entry,
            '{"a":%s,"a":%s}' % (entry, entry),
            '{"a":%s,"__metadata__":null}' % entry,
            '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}',
            '{"a":["F32",[2],[0,8]]}',
            '{"a":{"dtype":{"F32":null},"shape":[2],"data_offsets":[0,8]}}',
            '{"a":{"dtype":"F32","shape":[%s2],"data_offsets":[0,8]}}' % ("1," * 64),
            '{"b":%s,"a":%s}' % (empty.format("0,4611686018427387904"), entry),
            '{"b":%s,"a":%s}' % (empty.format("9223372036854775808,0"), entry),
            '{"__metadata__.k":%s,"__metadata__":{"k":"v"}}' % entry,
        )
        both, neither, reasons = self.compare([file_of(header.encode(), 8) for header in headers])
        self.assertEqual((both, neither), (0, 0))
        self.assertEqual(reasons, {reason: 1 for reason in STRICTER})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
