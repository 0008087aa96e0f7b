"""Values that the library has no type for: a live Python writes them, the library names them and writes them again, and
Python reads what it had written.

usage: odd_values.py PROGRAM      PROGRAM is built of odd_values.c
"""

import collections
import sys
import unittest

import torch

sys.dont_write_bytecode = True

from run_program import WithFolder, load, run

VERSION = tuple(int(part) for part in torch.__version__.split(".")[:2])


def parameter_with_attribute():
    parameter = torch.nn.Parameter(torch.arange(3.0))
    parameter.note = {"by": "Python"}
    return parameter


def tensor_with_attribute():
    tensor = torch.arange(2.0)
    tensor.note = {"by": "Python"}
    return tensor


ELEMENTS = collections.OrderedDict(  # that are got, each with whether it requires a gradient
    fine=(torch.arange(4.0), False),
    leaf=(torch.ones(2, requires_grad=True), True),
    parameter=(torch.nn.Parameter(torch.arange(3.0)), True),
    frozen=(torch.nn.Parameter(torch.arange(3.0), requires_grad=False), False),
    parameter_with_attribute=(parameter_with_attribute(), True),
    tensor_with_attribute=(tensor_with_attribute(), False),
)
if VERSION >= (2, 1):  # before, the file does not say that they are negated
    ELEMENTS["negated"] = (torch.tensor([1 + 2j, 3 + 4j]).conj().imag, False)

OPAQUE = collections.OrderedDict(  # that are named
    complex64=(torch.tensor([1 + 2j, 3 + 4j]), "torch.complex64 tensor [2]"),
    complex128=(torch.tensor([[1 + 2j]], dtype=torch.complex128), "torch.complex128 tensor [1, 1]"),
    complex_parameter=(torch.nn.Parameter(torch.tensor([1j])), "torch.nn.Parameter of a torch.complex64 tensor [1]"),
    sparse=(torch.eye(3).to_sparse(), "torch.sparse_coo torch.float32 tensor [3, 3]"),
    csr=(torch.eye(3).to_sparse_csr(), "torch.sparse_csr torch.float32 tensor [3, 3]"),
    quantized=(torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8), "quantized torch.qint8 tensor [2]"),
    quantized_channels=(torch.quantize_per_channel(torch.ones(2, 2), torch.tensor([0.1, 0.2]), torch.tensor([0, 0]), 0,
                                                   torch.quint8), "quantized torch.quint8 tensor [2, 2]"),
    bytes=(b"ab\xff\x00", "bytes"),
    no_bytes=(b"", "bytes"),
    bytearray=(bytearray(b"x\x80"), "bytearray"),
    set=({1, "two", (3, 4)}, "set"),
    no_set=(set(), "set"),
    complex=(1 + 2j, "complex"),
    int=(2**70, "int"),
    negative=(-(2**64), "int"),
    seed=(2**63, "int"),
    dtype=(torch.bfloat16, "torch.dtype"),
    device=(torch.device("cuda:1"), "torch.device"),
    layout=(torch.sparse_coo, "torch.layout"),
    qscheme=(torch.per_tensor_affine, "torch.qscheme"),
    type=(collections.OrderedDict, "type"),
)

KEYS = {None: 1, True: 2, 2.5: 3, (1, "a"): 4, torch.float16: 5, b"k": 6, 2**65: 7, "k": 8, 9: 9}
KEY_TYPES = "NoneType,bool,float,tuple,torch.dtype,bytes,int,str,int"


class OddValues(WithFolder):
    def listed_and_loaded(self, values, **options):
        torch.save(values, self.path("python.pt"), **options)
        lines = run("list-and-save", self.path("python.pt"), self.path("ours.pt")).splitlines()
        entries = {key: (type_name, rest) for key, type_name, rest in (line.split("\t") for line in lines)}
        self.assertEqual(list(entries), list(values))
        return entries, load(self.path("ours.pt"))

    def assert_same(self, a, b):
        self.assertIs(type(a), type(b))
        if torch.is_tensor(a):
            self.assertEqual((a.dtype, a.layout, a.shape, a.requires_grad), (b.dtype, b.layout, b.shape, b.requires_grad))
            self.assertEqual(getattr(a, "note", None), getattr(b, "note", None))
            if a.layout == torch.sparse_csr or a.layout == torch.sparse_coo:
                a, b = a.to_dense(), b.to_dense()
            if a.is_quantized:
                self.assertEqual(a.qscheme(), b.qscheme())
            self.assertTrue(torch.equal(a, b), (a, b))
        else:
            self.assertEqual(a, b)

    def check(self, **options):
        values = {key: value for table in (ELEMENTS, OPAQUE) for key, (value, _) in table.items()}
        values["keys"], values["milestones"] = KEYS, collections.Counter([12 * 0.5, 12 * 0.75])
        values["size"] = torch.Size([2, 3])
        entries, read = self.listed_and_loaded(values, **options)
        for key, (value, requires_grad) in ELEMENTS.items():
            type_name, got = entries[key]
            self.assertEqual(type_name, f"torch.float32 tensor {list(value.shape)}")
            flag, _, numbers = got.partition(":")
            self.assertEqual(flag, f"requires_grad={int(requires_grad)}")
            self.assertEqual([float(number) for number in numbers.split(",")], value.tolist())
        for key, (value, type_name) in OPAQUE.items():
            self.assertEqual(entries[key][0], type_name)
            self.assertRegex(entries[key][1], "^value is (an?|the) .*(save|which)")
        self.assertEqual(entries["keys"], ("dict", KEY_TYPES))
        self.assertEqual(entries["milestones"], ("Counter", "float,float"))
        self.assertEqual(entries["size"][0], "torch.Size")
        self.assertEqual(list(read), list(values))
        if VERSION >= (2, 15):  # whose restricted reader takes all of them but b""
            del values["no_bytes"]
            self.listed_and_loaded(values, **options)
            read = torch.load(self.path("ours.pt"), weights_only=True)
        written = load(self.path("python.pt"))  # older versions leave attributes out
        for key in values:
            with self.subTest(key):
                self.assert_same(written[key], read[key])

    def test_every_value_is_named_and_comes_back(self):
        self.check()

    def test_newer_pickle_protocols_say_the_same(self):
        for protocol in (3, 4, 5):
            with self.subTest(protocol):
                self.check(pickle_protocol=protocol)

    def test_what_calls_code_is_refused_whole_and_named(self):
        for value, name in ((print, "print"), (OddValues, "OddValues"), (collections.deque([1]), "deque")):
            torch.save({"fine": torch.ones(1), "odd": value}, self.path("odd.pt"))
            with self.assertRaisesRegex(RuntimeError, f"it asks for .*{name}, which a checkpoint has no need of"):
                run("list-and-save", self.path("odd.pt"), self.path("ours.pt"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
