"""Each layer against its class in Python: the same parameters from the same seed, the same results and gradients from
the same weights, and weights that go both ways.

usage: layers.py PROGRAM      PROGRAM is built of layers.cpp
"""

import os
import subprocess
import sys
import tempfile
import unittest
import warnings

import torch
from torch import nn

PROGRAM = sys.argv[1]
SEED = 7
# PyTorch 2 computes attention by one kernel, which adds up in another order.
TOLERANCE = 1e-6 if torch.__version__.startswith("1.") else 1e-4


def floats(*sizes):
    return lambda: torch.randn(*sizes)


def integers(limit, *sizes):
    return lambda: torch.randint(limit, sizes)


def mask(*sizes):
    """True in some places, and never in the first of a row."""

    def make():
        made = torch.rand(*sizes) < 0.4
        made[..., 0] = False
        return made

    return make


def none():
    return None


def encoder_layer(**more):
    return nn.TransformerEncoderLayer(8, 2, dim_feedforward=16, dropout=0.2, layer_norm_eps=1e-3, **more)


def encoder(norm):
    return nn.TransformerEncoder(encoder_layer(batch_first=True), 2, norm=norm)


def conv2d(padding_mode):
    return nn.Conv2d(3, 4, (3, 2), (2, 1), 1, 2, bias=False, padding_mode=padding_mode)


def conv1d(padding_mode):
    return nn.Conv1d(4, 6, 3, 2, 2, 2, groups=2, padding_mode=padding_mode)


# Name: the layer, and what makes each of its inputs. The names are those of layer_table.cpp.
CASES = {
    "linear": (lambda: nn.Linear(5, 3), [floats(2, 5)]),
    "linear_without_bias": (lambda: nn.Linear(5, 3, bias=False), [floats(2, 4, 5)]),
    "identity": (nn.Identity, [floats(2, 3)]),
    "flatten": (lambda: nn.Flatten(1, 2), [floats(2, 3, 4, 5)]),
    "embedding": (
        lambda: nn.Embedding(7, 4, padding_idx=-2, max_norm=1.5, scale_grad_by_freq=True),
        [integers(7, 3, 5)],
    ),
    "embedding_plain": (lambda: nn.Embedding(7, 4), [integers(7, 6)]),
    "conv1d": (lambda: conv1d("zeros"), [floats(2, 4, 9)]),
    "conv1d_reflect": (lambda: conv1d("reflect"), [floats(2, 4, 9)]),
    "conv1d_plain": (lambda: nn.Conv1d(2, 3, 2), [floats(2, 7)]),
    "conv2d": (lambda: conv2d("zeros"), [floats(2, 3, 7, 6)]),
    "conv2d_circular": (lambda: conv2d("circular"), [floats(2, 3, 7, 6)]),
    "conv2d_replicate": (lambda: conv2d("replicate"), [floats(2, 3, 7, 6)]),
    "conv3d": (lambda: nn.Conv3d(2, 4, (3, 2, 2), (2, 1, 2), 1, groups=2), [floats(2, 2, 5, 4, 6)]),
    "conv_transpose1d": (lambda: nn.ConvTranspose1d(2, 3, 4, 3, 1, 2), [floats(2, 2, 5)]),
    "conv_transpose2d": (lambda: nn.ConvTranspose2d(4, 6, (3, 2), 2, 1, 1, 2, True, 2), [floats(2, 4, 5, 3)]),
    "conv_transpose3d": (lambda: nn.ConvTranspose3d(2, 3, (3, 2, 2), 2, bias=False), [floats(2, 2, 3, 2, 4)]),
    "batch_norm1d": (lambda: nn.BatchNorm1d(3), [floats(4, 3, 5)]),
    "batch_norm1d_cumulative": (lambda: nn.BatchNorm1d(3, eps=1e-3, momentum=None), [floats(4, 3)]),
    "batch_norm2d": (lambda: nn.BatchNorm2d(3), [floats(2, 3, 4, 5)]),
    "batch_norm2d_bare": (
        lambda: nn.BatchNorm2d(3, affine=False, track_running_stats=False),
        [floats(2, 3, 4, 5)],
    ),
    "batch_norm3d": (lambda: nn.BatchNorm3d(2), [floats(2, 2, 3, 2, 2)]),
    "layer_norm": (lambda: nn.LayerNorm([4, 3]), [floats(2, 4, 3)]),
    "layer_norm_bare": (lambda: nn.LayerNorm(3, eps=1e-2, elementwise_affine=False), [floats(2, 4, 3)]),
    "group_norm": (lambda: nn.GroupNorm(2, 6), [floats(2, 6, 3)]),
    "dropout": (lambda: nn.Dropout(0.3), [floats(4, 9)]),
    "dropout1d": (lambda: nn.Dropout1d(0.5), [floats(3, 8, 4)]),
    "dropout1d_alone": (lambda: nn.Dropout1d(0.5), [floats(8, 4)]),
    "dropout2d": (lambda: nn.Dropout2d(0.5), [floats(3, 8, 2, 3)]),
    "dropout3d": (lambda: nn.Dropout3d(0.5), [floats(3, 8, 2, 3, 2)]),
    "dropout3d_alone": (lambda: nn.Dropout3d(0.5), [floats(8, 2, 3, 2)]),
    "alpha_dropout": (lambda: nn.AlphaDropout(0.3), [floats(4, 9)]),
    "max_pool1d": (lambda: nn.MaxPool1d(3, 2, 1, 2, ceil_mode=True), [floats(2, 3, 10)]),
    "max_pool2d": (lambda: nn.MaxPool2d(3, 2, 1, ceil_mode=True), [floats(2, 3, 8, 6)]),
    "max_pool2d_plain": (lambda: nn.MaxPool2d((3, 2)), [floats(3, 8, 6)]),
    "avg_pool1d": (lambda: nn.AvgPool1d(3, padding=1, count_include_pad=False), [floats(2, 3, 10)]),
    "avg_pool2d": (lambda: nn.AvgPool2d(3, 2, 1, ceil_mode=True, divisor_override=5), [floats(2, 3, 8, 6)]),
    "avg_pool2d_plain": (lambda: nn.AvgPool2d((3, 2)), [floats(2, 3, 8, 6)]),
    "adaptive_avg_pool1d": (lambda: nn.AdaptiveAvgPool1d(4), [floats(2, 3, 7)]),
    "adaptive_avg_pool2d": (lambda: nn.AdaptiveAvgPool2d((3, None)), [floats(2, 3, 7, 5)]),
    "adaptive_max_pool2d": (lambda: nn.AdaptiveMaxPool2d((3, None)), [floats(2, 3, 7, 5)]),
    "relu": (nn.ReLU, [floats(3, 4)]),
    "relu6": (nn.ReLU6, [lambda: 8 * torch.randn(3, 4)]),
    "leaky_relu": (lambda: nn.LeakyReLU(0.2), [floats(3, 4)]),
    "prelu": (lambda: nn.PReLU(3, 0.3), [floats(2, 3, 4)]),
    "elu": (lambda: nn.ELU(0.7), [floats(3, 4)]),
    "celu": (lambda: nn.CELU(0.7), [floats(3, 4)]),
    "selu": (nn.SELU, [floats(3, 4)]),
    "gelu": (nn.GELU, [floats(3, 4)]),
    "gelu_tanh": (lambda: nn.GELU("tanh"), [floats(3, 4)]),
    "silu": (nn.SiLU, [floats(3, 4)]),
    "mish": (nn.Mish, [floats(3, 4)]),
    "softplus": (lambda: nn.Softplus(2, 3), [floats(3, 9)]),
    "softsign": (nn.Softsign, [floats(3, 4)]),
    "sigmoid": (nn.Sigmoid, [floats(3, 4)]),
    "log_sigmoid": (nn.LogSigmoid, [floats(3, 4)]),
    "tanh": (nn.Tanh, [floats(3, 4)]),
    "hardsigmoid": (nn.Hardsigmoid, [lambda: 4 * torch.randn(3, 4)]),
    "hardswish": (nn.Hardswish, [lambda: 4 * torch.randn(3, 4)]),
    "hardtanh": (lambda: nn.Hardtanh(-0.5, 0.8), [floats(3, 4)]),
    "glu": (lambda: nn.GLU(1), [floats(3, 4)]),
    "softmax": (lambda: nn.Softmax(1), [floats(3, 4)]),
    "log_softmax": (lambda: nn.LogSoftmax(-1), [floats(3, 4)]),
    "lstm": (lambda: nn.LSTM(3, 4), [floats(5, 2, 3), floats(1, 2, 4), floats(1, 2, 4)]),
    "lstm_alone": (
        lambda: nn.LSTM(3, 4, batch_first=True, bidirectional=True),
        [floats(5, 3), floats(2, 4), floats(2, 4)],
    ),
    "lstm_deep": (lambda: nn.LSTM(3, 4, 3, True, True, 0.4, True), [floats(2, 5, 3)]),
    "lstm_without_bias": (lambda: nn.LSTM(3, 4, 2, bias=False), [floats(5, 2, 3)]),
    "gru": (lambda: nn.GRU(3, 4), [floats(5, 2, 3), floats(1, 2, 4)]),
    "gru_alone": (lambda: nn.GRU(3, 4, 2), [floats(5, 3), floats(2, 4)]),
    "gru_deep": (lambda: nn.GRU(3, 4, 2, True, True, 0.4, True), [floats(2, 5, 3)]),
    "attention": (
        lambda: nn.MultiheadAttention(8, 2, dropout=0.25),
        [floats(5, 3, 8), floats(4, 3, 8), floats(4, 3, 8)],
    ),
    "attention_masked": (
        lambda: nn.MultiheadAttention(8, 2, dropout=0.25, batch_first=True),
        [floats(3, 5, 8), floats(3, 4, 8), floats(3, 4, 8), mask(3, 4), mask(6, 5, 4)],
    ),
    "attention_padded": (
        lambda: nn.MultiheadAttention(8, 2, dropout=0.25, add_bias_kv=True, add_zero_attn=True),
        [floats(5, 3, 8), floats(4, 3, 8), floats(4, 3, 8), mask(3, 4)],
    ),
    "attention_alone": (
        lambda: nn.MultiheadAttention(8, 2, dropout=0.25, bias=False),
        [floats(5, 8), floats(4, 8), floats(4, 8), none, floats(5, 4)],
    ),
    "attention_of_others": (
        lambda: nn.MultiheadAttention(
            8, 2, dropout=0.25, kdim=5, vdim=5, add_bias_kv=True, add_zero_attn=True, batch_first=True
        ),
        [floats(3, 5, 8), floats(3, 4, 5), floats(3, 4, 5), mask(3, 4), mask(5, 4)],
    ),
    "encoder_layer": (encoder_layer, [floats(5, 3, 8), mask(5, 5), mask(3, 5)]),
    "encoder_layer_norm_first": (
        lambda: encoder_layer(batch_first=True, norm_first=True, activation="gelu"),
        [floats(3, 5, 8), none, mask(3, 5)],
    ),
    "encoder": (lambda: encoder(None), [floats(3, 5, 8), mask(5, 5)]),
    "encoder_with_norm": (lambda: encoder(nn.LayerNorm(8)), [floats(3, 5, 8), none, mask(3, 5)]),
}


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())


def made(name):
    """The layer as Python makes it from the seed."""
    torch.manual_seed(SEED)
    return CASES[name][0]()


def trained(name):
    """The layer with other weights and statistics than those it begins with."""
    layer = made(name)
    with torch.no_grad():
        for tensor in layer.state_dict().values():
            if tensor.is_floating_point():
                tensor.copy_(0.1 + torch.rand_like(tensor))
            else:
                tensor += 3
    return layer


def flat(outputs):
    """The tensors of a result, in their order: (output, (h_n, c_n)) is three."""
    if torch.is_tensor(outputs):
        return [outputs]
    return [tensor for part in outputs for tensor in flat(part)]


def call(layer, inputs):
    if isinstance(layer, nn.LSTM) and len(inputs) > 1:
        inputs = [inputs[0], tuple(inputs[1:])]
    if isinstance(layer, nn.MultiheadAttention) and len(inputs) > 4:
        return flat(layer(*inputs[:4], attn_mask=inputs[4]))
    return flat(layer(*inputs))


def run_python(name, layer, training):
    """What Python gives: the run's inputs, and what is to come out of it."""
    inputs = [make() for make in CASES[name][1]]
    for tensor in inputs:
        if tensor is not None and tensor.is_floating_point():
            tensor.requires_grad_()
    layer.train(training)
    layer.zero_grad()
    torch.manual_seed(11)
    outputs = call(layer, inputs)
    cotangents = [torch.randn_like(tensor) for tensor in outputs]
    torch.autograd.backward(outputs, cotangents)
    given = {f"input.{i}": tensor.detach() for i, tensor in enumerate(inputs) if tensor is not None}
    given.update({f"none.{i}": None for i, tensor in enumerate(inputs) if tensor is None})
    given.update({f"cotangent.{i}": tensor for i, tensor in enumerate(cotangents)})
    wanted = {f"output.{i}": tensor.detach() for i, tensor in enumerate(outputs)}
    leaves = {f"input_grad.{i}": tensor for i, tensor in enumerate(inputs) if tensor is not None}
    leaves.update({f"grad.{key}": tensor for key, tensor in layer.named_parameters()})
    wanted.update({key: leaf.grad.clone() for key, leaf in leaves.items() if leaf.grad is not None})
    wanted["state"] = {key: tensor.clone() for key, tensor in layer.state_dict().items()}
    return given, wanted


class Layers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def test_the_same_seed_gives_the_same_state_dict_to_the_bit(self):
        run("save", self.folder, str(SEED))
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(f"{name}.pt" for name in CASES))
        for name in CASES:
            with self.subTest(layer=name):
                wanted = made(name).state_dict()
                read = torch.load(self.path(f"{name}.pt"), weights_only=True)
                self.assertEqual(list(read), list(wanted))
                for key, tensor in wanted.items():
                    self.assertEqual((read[key].dtype, read[key].shape), (tensor.dtype, tensor.shape), key)
                    self.assertTrue(torch.equal(read[key], tensor), (key, read[key], tensor))

    def test_python_loads_what_the_library_saved(self):
        run("save", self.folder, str(SEED))
        for name in CASES:
            with self.subTest(layer=name):
                layer = trained(name)
                layer.load_state_dict(torch.load(self.path(f"{name}.pt"), weights_only=True), strict=True)
                for key, tensor in made(name).state_dict().items():
                    self.assertTrue(torch.equal(layer.state_dict()[key], tensor), key)

    def test_pythons_weights_give_pythons_results_and_gradients(self):
        content, wanted = {}, {}
        for name in CASES:
            layer = trained(name)
            content[name] = {key: tensor.clone() for key, tensor in layer.state_dict().items()}
            for mode in ("train", "eval"):
                layer.load_state_dict(content[name])
                given, wanted[name, mode] = run_python(name, layer, mode == "train")
                content.update({f"{name}/{mode}/{key}": value for key, value in given.items()})
        torch.save(content, self.path("given.pt"))
        run("run", self.path("given.pt"), self.path("results.pt"))
        results = torch.load(self.path("results.pt"), weights_only=True)
        for (name, mode), each in wanted.items():
            prefix = f"{name}/{mode}/"
            with self.subTest(layer=name, mode=mode):
                have = {key[len(prefix) :]: value for key, value in results.items() if key.startswith(prefix)}
                self.assertEqual(set(have), set(each))
                for key in each:
                    torch.testing.assert_close(
                        dict(have[key]) if key == "state" else have[key],
                        each[key],
                        rtol=TOLERANCE,
                        atol=TOLERANCE,
                        msg=lambda text, key=key: f"{key}: {text}",
                    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of arguments that a layer makes nothing of, and the like
    unittest.main(argv=sys.argv[:1])
