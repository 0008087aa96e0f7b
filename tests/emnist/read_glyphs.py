"""Reads generated glyphs as torchvision reads EMNIST: read_glyphs.py ROOT"""
import sys

import torch
from torchvision import datasets

for train, per_class in ((True, 2400), (False, 400)):
    part = datasets.EMNIST(sys.argv[1], split="balanced", train=train, download=False)
    assert len(part) == 47 * per_class, len(part)
    assert part.data.shape == (47 * per_class, 28, 28) and part.data.dtype == torch.uint8
    assert torch.bincount(part.targets, minlength=47).tolist() == [per_class] * 47
    assert "".join(part.classes) == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt"
    # Stored transposed: over the columns of the stored image, T's bar is on the left.
    mean = part.data[part.targets == part.classes.index("T")].float().mean(0)
    assert mean[:, :10].sum() > 1.5 * mean[:, 18:].sum()
    image, label = part[5]
    assert image.size == (28, 28) and label == part.targets[5]
print("torchvision reads both parts")
