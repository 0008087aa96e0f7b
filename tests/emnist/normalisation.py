"""Checks a table of 256 floats against torchvision's transforms of all bytes, bit for bit."""
import sys

import numpy
import torch
from torchvision import transforms

ours = numpy.fromfile(sys.argv[1], dtype=numpy.uint32)
assert ours.size == 256, ours.size
image = numpy.arange(256, dtype=numpy.uint8).reshape(16, 16, 1)
transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1751,), (0.3332,))])
theirs = transform(image).contiguous().numpy().reshape(256).view(numpy.uint32)
different = numpy.nonzero(ours != theirs)[0]
assert different.size == 0, f"{different.size} bytes differ, the first {different[0]}"
print(f"256 values equal to torchvision's to the bit (torch {torch.__version__})")
