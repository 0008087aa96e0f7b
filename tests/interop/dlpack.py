"""Tensors across libraries in one process: ours, NumPy's and, where its LibTorch is ours, PyTorch's.

usage: dlpack.py LIBRARY numpy|torch [FOLDER...]     LIBRARY is libtorch_warmup.so; the folders come first on the path
"""

import ctypes
import gc
import sys
import unittest

LIBRARY, PEER = sys.argv[1:3]
sys.path[:0] = sys.argv[3:]

if PEER == "torch":
    import torch
import numpy

tw = ctypes.CDLL(LIBRARY)
tw.tw_last_error.restype = ctypes.c_char_p
HANDLE = ctypes.c_void_p

python = ctypes.pythonapi
python.PyCapsule_New.restype = ctypes.py_object
python.PyCapsule_New.argtypes = [HANDLE, ctypes.c_char_p, HANDLE]
python.PyCapsule_GetPointer.restype = HANDLE
python.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
python.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]

TYPES = {1: "uint8", 2: "int8", 3: "int16", 4: "int32", 5: "int64", 6: "float16", 8: "float32", 9: "float64", 10: "bool"}
FLOAT64 = 9


class Kind:
    """One of DLPack's two structures: our functions for it, and the names of its capsules."""

    def __init__(self, suffix, name):
        self.make, self.take = (getattr(tw, f"tw_tensor_{way}_dlpack{suffix}") for way in ("to", "from"))
        self.name, self.used = name.encode(), b"used_" + name.encode()


LEGACY, VERSIONED = Kind("", "dltensor"), Kind("_versioned", "dltensor_versioned")


def check(status):
    if status != 0:
        raise RuntimeError(tw.tw_last_error().decode())


class Tensor:
    """A handle of ours, which other libraries can take by kind's structure."""

    def __init__(self, handle, kind=LEGACY):
        self.handle, self.kind = handle, kind

    def __del__(self):
        tw.tw_tensor_free(self.handle)

    @staticmethod
    def of(array, dtype):
        """A tensor with a copy of array's elements."""
        out, sizes = HANDLE(), (ctypes.c_int64 * array.ndim)(*array.shape)
        check(tw.tw_tensor_from_data(ctypes.byref(out), HANDLE(array.ctypes.data), ctypes.c_size_t(array.nbytes), sizes, ctypes.c_size_t(array.ndim), dtype))
        return Tensor(out)

    @staticmethod
    def taken(capsule, kind):
        """A tensor over the memory of a capsule's tensor."""
        out = HANDLE()
        check(kind.take(ctypes.byref(out), HANDLE(python.PyCapsule_GetPointer(capsule, kind.name))))
        python.PyCapsule_SetName(capsule, kind.used)
        return Tensor(out, kind)

    def capsule(self):
        managed = HANDLE()
        check(self.kind.make(ctypes.byref(managed), self.handle))
        return python.PyCapsule_New(managed, self.kind.name, None)

    def __dlpack__(self, **_):
        return self.capsule()

    def __dlpack_device__(self):
        return (1, 0)

    def multiply(self, value):
        out = HANDLE()
        check(tw.tw_op_mul_double(ctypes.byref(out), self.handle, ctypes.c_double(value)))
        check(tw.tw_tensor_copy_from(self.handle, out))
        tw.tw_tensor_free(out)

    def numbers(self):
        double = HANDLE()
        check(tw.tw_tensor_to_dtype(ctypes.byref(double), self.handle, FLOAT64))
        sizes, ndim = (ctypes.c_int64 * 8)(), ctypes.c_size_t()
        check(tw.tw_tensor_get_sizes(sizes, ctypes.c_size_t(8), ctypes.byref(ndim), double))
        out = numpy.empty(sizes[: ndim.value])
        check(tw.tw_tensor_copy_data(HANDLE(out.ctypes.data), ctypes.c_size_t(out.nbytes), None, double))
        tw.tw_tensor_free(double)
        return out


class NumPy(unittest.TestCase):
    """With the structure that this NumPy gives."""

    def setUp(self):
        self.kind = VERSIONED if int(numpy.__version__.split(".")[0]) >= 2 else LEGACY

    def capsule(self, array):
        return array.__dlpack__(max_version=(1, 0)) if self.kind is VERSIONED else array.__dlpack__()

    def array(self, tensor):
        tensor.kind = self.kind
        return numpy.from_dlpack(tensor)

    def names(self):
        """The dtypes that this NumPy exchanges: 1.x has no bool."""
        return {number: name for number, name in TYPES.items() if name != "bool" or self.kind is VERSIONED}

    def test_every_dtype_goes_to_numpy(self):
        for number, name in self.names().items():
            wanted = numpy.array([[0, 1, 2], [3, 100, 0]], dtype=name)
            got = self.array(Tensor.of(wanted, number))
            self.assertEqual(got.dtype, wanted.dtype)
            numpy.testing.assert_array_equal(got, wanted)

    def test_every_dtype_comes_from_numpy(self):
        for name in self.names().values():
            array = numpy.array([[0, 1, 2], [3, 100, 0]], dtype=name)
            taken = Tensor.taken(self.capsule(array), self.kind)
            numpy.testing.assert_array_equal(taken.numbers(), array.astype("float64"))

    def test_memory_is_shared_both_ways(self):
        array = numpy.arange(6, dtype="float32").reshape(2, 3)
        taken = Tensor.taken(self.capsule(array), self.kind)
        taken.multiply(2)
        numpy.testing.assert_array_equal(array, [[0, 2, 4], [6, 8, 10]])
        again = self.array(taken)
        array[1, 2] = -1
        self.assertEqual(again[1, 2], -1)

    def test_views_keep_their_strides(self):
        array = numpy.arange(24, dtype="int64").reshape(2, 3, 4)
        for view in (array.transpose(2, 0, 1), array[:, 1:, ::2], array[1:, 2, :1]):
            taken = Tensor.taken(self.capsule(view), self.kind)
            numpy.testing.assert_array_equal(taken.numbers(), view)
            numpy.testing.assert_array_equal(self.array(taken), view)

    def test_the_array_lives_as_long_as_the_tensor_and_no_longer(self):
        array = numpy.arange(3, dtype="float64")
        before = sys.getrefcount(array)
        taken = Tensor.taken(self.capsule(array), self.kind)
        self.assertEqual(sys.getrefcount(array), before + 1)
        del taken
        gc.collect()
        self.assertEqual(sys.getrefcount(array), before)

    def test_our_memory_lives_as_long_as_the_array(self):
        got = self.array(Tensor.of(numpy.full(1 << 20, 7.0), FLOAT64))
        for _ in range(8):
            Tensor.of(numpy.zeros(1 << 20), FLOAT64)  # would take the memory, were it free
        self.assertTrue((got == 7).all())

    def test_negative_strides_are_refused(self):
        capsule = self.capsule(numpy.arange(3.0)[::-1])
        with self.assertRaisesRegex(RuntimeError, r"strides\[0\] is -1"):
            Tensor.taken(capsule, self.kind)

    def test_a_stride_along_which_nothing_is_stepped_may_be_anything(self):
        for array in (numpy.arange(1.0)[::-1], numpy.arange(6.0).reshape(1, 6)[::-1], numpy.arange(6.0)[:0:-7],
                      numpy.arange(6.0).reshape(2, 3)[:, :0][::-1], numpy.arange(6.0).reshape(6, 1)[:, ::-1]):
            taken = Tensor.taken(self.capsule(array), self.kind)
            numpy.testing.assert_array_equal(taken.numbers(), array)
            numpy.testing.assert_array_equal(self.array(taken), array)

    def test_read_only_arrays_are_refused_where_numpy_tells(self):
        array = numpy.arange(3.0)
        array.flags.writeable = False
        if self.kind is VERSIONED:
            with self.assertRaisesRegex(RuntimeError, "read-only"):
                Tensor.taken(self.capsule(array), self.kind)
        else:
            with self.assertRaisesRegex(BufferError, "readonly"):
                self.capsule(array)


class Torch(unittest.TestCase):
    """Python's PyTorch on the LibTorch that this library uses."""

    def test_every_dtype_goes_both_ways(self):
        for name in [*TYPES.values(), "bfloat16"]:
            if name == "bool":  # 1.13 sends it as uint8
                continue
            wanted = torch.tensor([[0, 1, 2], [3, 100, 0]], dtype=getattr(torch, name))
            taken = Tensor.taken(torch.utils.dlpack.to_dlpack(wanted), LEGACY)
            got = torch.utils.dlpack.from_dlpack(taken.capsule())
            self.assertEqual(got.dtype, wanted.dtype)
            self.assertTrue(torch.equal(got, wanted))
            self.assertEqual(got.data_ptr(), wanted.data_ptr())

    def test_a_step_of_ours_is_seen_by_python(self):
        weight = torch.linspace(-1, 1, 12).reshape(3, 4)
        Tensor.taken(torch.utils.dlpack.to_dlpack(weight), LEGACY).multiply(3)
        self.assertTrue(torch.equal(weight, torch.linspace(-1, 1, 12).reshape(3, 4) * 3))

    def test_a_tensor_that_requires_a_gradient_is_refused(self):
        tensor = Tensor.of(numpy.ones(2), FLOAT64)
        check(tw.tw_tensor_set_requires_grad(tensor.handle, 1))
        with self.assertRaisesRegex(RuntimeError, "detach"):
            tensor.capsule()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + [{"numpy": "NumPy", "torch": "Torch"}[PEER]])
