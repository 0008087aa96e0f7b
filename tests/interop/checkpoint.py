"""Checkpoints across the border: what the library writes, Python's torch reads, and the other way.

usage: checkpoint.py PROGRAM FIXTURES      PROGRAM is built of checkpoint.c
"""

import collections
import os
import sys
import unittest
import zipfile

import torch

sys.dont_write_bytecode = True

from run_program import WithFolder, load, network, run

FIXTURES = sys.argv[2]
VERSION = tuple(int(part) for part in torch.__version__.split(".")[:2])
# In 1.13 the restricted reader knows no floats, of Python's own files neither.
RESTRICTED_READS_FLOATS = VERSION >= (2, 0)


def numbers(text):
    return torch.tensor([float(line) for line in text.split()]).reshape(6, 3)


def outputs(module):
    with torch.no_grad():
        return module(torch.linspace(-1, 1, 24).reshape(6, 4))


class Checkpoints(WithFolder):
    def assert_equal(self, a, b):
        """Equal in type, order, elements, layout and attributes."""
        self.assertIs(type(a), type(b))
        if isinstance(a, dict):
            self.assertEqual(list(a), list(b))
            self.assertEqual(getattr(a, "_metadata", None), getattr(b, "_metadata", None))
            for key in a:
                self.assert_equal(a[key], b[key])
        elif isinstance(a, (list, tuple)):
            self.assertEqual(len(a), len(b))
            for one, other in zip(a, b):
                self.assert_equal(one, other)
        elif torch.is_tensor(a):
            self.assertEqual((a.dtype, a.shape, a.stride()), (b.dtype, b.shape, b.stride()))
            self.assertTrue(torch.equal(a, b), (a, b))
        else:
            self.assertEqual(a, b)

    def check_written(self, read):
        for dtype in "uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 bool".split():
            wanted = torch.arange(6).reshape(2, 3)
            wanted = wanted % 2 if dtype == "bool" else wanted
            self.assert_equal(read[dtype], wanted.to(getattr(torch, dtype)))
        memory = torch.arange(24.0)
        self.assert_equal(read["view"], memory.as_strided((3, 2), (2, 7), 1))
        self.assert_equal(read["expanded"], memory.as_strided((3, 2), (0, 1), 0))
        self.assert_equal(read["empty"], torch.zeros(0, 4, dtype=torch.int64))
        self.assert_equal(read["scalar"], torch.tensor(-2.5, dtype=torch.float64))
        self.assertEqual(read["shared_1"].data_ptr(), read["shared_2"].data_ptr())
        self.assertNotEqual(read["shared_1"].data_ptr(), read["view"].data_ptr())
        integers = [0, 255, 256, 65535, 65536, 2**31 - 1, -(2**31), -1, 2**40, 2**63 - 1, -(2**63)]
        self.assertEqual([read[f"int_{i}"] for i in range(len(integers))], integers)
        self.assertEqual(read["text"], "grüße, 🔥")

    def test_python_reads_what_the_library_writes(self):
        run("write", self.path("c.pt"))
        self.check_written(load(self.path("c.pt")))

    def test_the_restricted_reader_reads_it_too(self):
        run("write", self.path("c.pt"))
        self.check_written(torch.load(self.path("c.pt"), weights_only=True))

    def test_doubles_are_equal_to_the_last_bit(self):
        run("write-doubles", self.path("c.pt"))
        wanted = {"a": "0x1.999999999999ap-4", "b": "-0x0.0p+0", "c": (1e-320).hex(), "d": (1e308).hex()}
        for restricted in {False, RESTRICTED_READS_FLOATS}:
            read = torch.load(self.path("c.pt"), weights_only=restricted)
            self.assertEqual({key: value.hex() for key, value in read.items()}, wanted)

    def test_it_is_a_zip_archive_of_stored_and_aligned_entries(self):
        run("write", self.path("c.pt"))
        with zipfile.ZipFile(self.path("c.pt")) as archive, open(self.path("c.pt"), "rb") as file:
            self.assertIsNone(archive.testzip())
            for entry in archive.infolist():
                self.assertEqual(entry.compress_type, zipfile.ZIP_STORED)
                file.seek(entry.header_offset + 26)
                lengths = file.read(4)
                start = entry.header_offset + 30 + int.from_bytes(lengths[:2], "little")
                self.assertEqual((start + int.from_bytes(lengths[2:], "little")) % 64, 0, entry.filename)
            self.assertEqual(archive.read("archive/byteorder"), sys.byteorder.encode())

    def test_python_takes_a_module_of_the_librarys(self):
        printed = numbers(run("write-module", self.path("c.pt")))
        module = network()
        module.load_state_dict(torch.load(self.path("c.pt"), weights_only=True)["model"], strict=True)
        torch.testing.assert_close(outputs(module), printed, rtol=1e-6, atol=1e-7)

    def test_the_library_takes_a_module_of_pythons(self):
        torch.manual_seed(11)
        module = network()
        torch.save(module.state_dict(), self.path("bare.pt"))
        torch.save({"epoch": 3, "net": module.state_dict()}, self.path("whole.pt"))
        for arguments in (["bare.pt"], ["whole.pt", "net"]):
            printed = numbers(run("run-module", self.path(arguments[0]), *arguments[1:]))
            torch.testing.assert_close(outputs(module), printed, rtol=1e-6, atol=1e-7)

    def test_a_file_of_pythons_is_the_same_after_the_library_saved_it_again(self):
        base = torch.arange(40.0)
        module, batch_norm = network(), torch.nn.BatchNorm2d(3)
        optimizer = torch.optim.AdamW(module.parameters(), lr=0.1, amsgrad=True)
        scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3, 3, 5])
        outputs_ = module(torch.ones(2, 4)).sum()
        outputs_.backward()
        optimizer.step()
        scheduler.step()
        shared = [1, (2, "two"), None, True, 0.5]
        content = {
            "model": module.state_dict(),
            "norm": batch_norm.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "views": [base[3:7], base.reshape(5, 8).t(), base[::3], base[7], base[:0], base],
            "random": torch.get_rng_state(),
            "counter": collections.Counter("abca"),
            "twice": [shared, shared],
            "many": list(range(3000)),
            "keys": {i: str(i) for i in range(2000)},
            "numbers": [0, -1, 2**40, -(2**63), 1e-320, float("inf")],
            "": {"": [[[[]]], {}, (), collections.OrderedDict()]},
            "size": base.reshape(5, 8).shape,
        }
        torch.save(content, self.path("python.pt"))
        run("save-again", self.path("python.pt"), self.path("c.pt"))
        wanted, read = load(self.path("python.pt")), load(self.path("c.pt"))
        self.assert_equal(wanted, read)
        self.assertIs(read["twice"][0], read["twice"][1])
        self.assertEqual(read["views"][5].data_ptr(), read["views"][1].data_ptr())
        read["views"][5][3] = -1
        self.assertEqual(read["views"][0][0], -1)

    def test_python_reads_what_is_not_a_dict_of_names(self):
        tensor = torch.tensor([1.0, 2.0, 3.0])
        wanted = {"tensor": tensor, "list": [tensor, 1], "dict": {"args": [{3: [True, None]}, ("a", tensor)]}}
        for kind, value in wanted.items():
            run("write-root", kind, self.path("c.pt"))
            self.assert_equal(torch.load(self.path("c.pt"), weights_only=True), value)

    def test_the_library_enters_what_python_saved(self):
        counts = lambda *numbers: torch.tensor([float(number) for number in numbers])
        ordered = collections.OrderedDict([("w", torch.ones(2)), ("b", torch.zeros(1))])
        for value in (torch.arange(3.0), [torch.ones(1), "two", (3, 4.5)], 7, "text", None, True, (), {},
                      {"args": {"lr": 0.1, "betas": (0.9, 0.999), 5: [None, [True, {"deep": {}}]]}, "model": ordered},
                      collections.Counter("abca")):
            torch.save(value, self.path("python.pt"))
            printed = run("print", self.path("python.pt"))
            plain = dict(value) if isinstance(value, collections.Counter) else value
            self.assert_same_items(eval(printed, {"T": counts}), plain)

    def assert_same_items(self, a, b):
        """As assert_equal, but an OrderedDict is a dict."""
        if isinstance(b, collections.OrderedDict):
            self.assertIs(type(a), dict)
            self.assertEqual(list(a), list(b))
            for key in a:
                self.assert_same_items(a[key], b[key])
        elif isinstance(b, dict):
            self.assert_same_items(a, collections.OrderedDict(b))
        elif isinstance(b, (list, tuple)):
            self.assertIs(type(a), type(b))
            self.assertEqual(len(a), len(b))
            for one, other in zip(a, b):
                self.assert_same_items(one, other)
        else:
            self.assert_equal(a, b)

    def test_a_value_goes_from_one_file_into_another_as_it_is(self):
        module = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
        base = torch.arange(12.0)
        shared = [1, "two"]
        content = {"model": module.state_dict(), "views": [base[2:5], base.reshape(3, 4).t()], "twice": [shared, shared],
                   "counter": collections.Counter("abca"), "bools": torch.tensor([True, False]), 3: (None, 2**40)}
        torch.save(content, self.path("python.pt"))
        run("wrap", self.path("python.pt"), self.path("c.pt"))
        wanted, read = load(self.path("python.pt")), load(self.path("c.pt"))
        self.assert_equal(wanted, read["all"])
        self.assertIs(read["all"]["twice"][0], read["all"]["twice"][1])
        read["all"]["views"][0][0] = -1
        self.assertEqual(read["all"]["views"][1][2, 0], -1)

    def test_the_fixtures_are_the_same_after_the_library_saved_them_again(self):
        names = [name for name in os.listdir(os.path.join(FIXTURES, "checkpoints")) if name.endswith(".pt")]
        self.assertEqual(len(names), 4)
        for name in names:
            path = os.path.join(FIXTURES, "checkpoints", name)
            run("save-again", path, self.path(name))
            self.assert_equal(load(path), load(self.path(name)))

    def test_the_format_before_1_6_is_refused_with_what_to_do(self):
        torch.save({"x": torch.ones(2)}, self.path("old.pt"), _use_new_zipfile_serialization=False)
        with self.assertRaisesRegex(RuntimeError, "load it in Python and save it again"):
            run("save-again", self.path("old.pt"), self.path("c.pt"))
        self.assertFalse(os.path.exists(self.path("c.pt")))

    def test_what_python_pickles_beyond_tensors_is_refused_by_name(self):
        torch.save({"x": network()}, self.path("module.pt"))
        with self.assertRaisesRegex(RuntimeError, "asks for torch.nn.modules.container.Sequential"):
            run("save-again", self.path("module.pt"), self.path("c.pt"))

    def test_a_torchscript_module_is_told_from_a_checkpoint(self):
        torch.jit.script(network()).save(self.path("script.pt"))
        with self.assertRaisesRegex(RuntimeError, "tw_module_load_torchscript"):
            run("save-again", self.path("script.pt"), self.path("c.pt"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
