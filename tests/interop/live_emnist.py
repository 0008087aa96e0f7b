"""The EMNIST network trained for 40 steps by PyTorch, here and now, and by the example's network from C.

    live_emnist.py RUNNER

The rates must be equal to the bit. The losses must be within 2e-4: where both run the same LibTorch, at every step. Two
versions round differently, and without a gentle warmup (radam, none) training doubles such differences every step or
two: between versions the bound there is 2e-4 for 16 steps only, then 1e-2.
"""

import functools
import math
import subprocess
import sys

import torch
import torch.nn.functional as F

STEPS = 40


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 20, 5, 1)
        self.conv2 = torch.nn.Conv2d(20, 50, 5, 1)
        self.fc1 = torch.nn.Linear(800, 500)
        self.fc2 = torch.nn.Linear(500, 47)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return F.log_softmax(self.fc2(x), dim=1)


@functools.lru_cache(maxsize=None)
def images(step):
    b = torch.arange(64, dtype=torch.float64).view(64, 1, 1)
    c = (7 * b + 3 * step) % 47
    r = torch.arange(28, dtype=torch.float64).view(1, 28, 1)
    q = torch.arange(28, dtype=torch.float64).view(1, 1, 28)
    angle = (c + 1) * 0.37 * r * 0.11 + (0.53 * c + 1) * q * 0.13 + 0.01 * b + 0.1 * step
    x = torch.tensor([0.5 + 0.5 * math.sin(a) for a in angle.flatten().tolist()], dtype=torch.float64)
    return ((x.float() - 0.1751) / 0.3332).view(64, 1, 28, 28)


def factor(warmup, step):
    if warmup == "linear":
        return min(1.0, (step + 1) / int(2.0 / (1.0 - 0.999)))
    if warmup == "exponential":
        return 1.0 - math.exp(-(step + 1) / int(1.0 / (1.0 - 0.999)))
    if warmup == "none":
        return 1.0
    beta2, rho_inf = 0.999, 2.0 / (1 - 0.999) - 1

    def rho(t):
        return rho_inf - 2 * t * beta2**t / (1 - beta2**t)

    offset = next(t for t in range(1, 100) if rho(t) > 4)
    r = rho(step + offset)
    return math.sqrt(((r - 4) * (r - 2) * rho_inf) / ((rho_inf - 4) * (rho_inf - 2) * r))


def train(warmup):
    torch.manual_seed(1)
    model = Net()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, betas=(0.9, 0.999), weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=STEPS, eta_min=1e-5)
    group = optimizer.param_groups[0]
    rows = []
    for step in range(STEPS):
        scheduled = group["lr"]
        group["lr"] = scheduled * factor(warmup, step)
        target = torch.tensor([(7 * b + 3 * step) % 47 for b in range(64)])
        optimizer.zero_grad()
        loss = F.nll_loss(model(images(step)), target)
        loss.backward()
        optimizer.step()
        rows.append((group["lr"], loss.item()))
        group["lr"] = scheduled
        scheduler.step()
    return rows


def main():
    torch.set_num_threads(2)
    for warmup in ("linear", "exponential", "radam", "none"):
        output = subprocess.run([sys.argv[1], warmup], check=True, capture_output=True, text=True).stdout.splitlines()
        same_version = output[0].split()[1].split(".")[:2] == torch.__version__.split(".")[:2]
        gentle = warmup in ("linear", "exponential")
        worst = 0.0
        for step, ((lr, loss), line) in enumerate(zip(train(warmup), output[1:], strict=True)):
            our_lr, our_loss = float.fromhex(line.split()[0]), float(line.split()[1])
            bound = 2e-4 if same_version or gentle or step < 16 else 1e-2
            difference = abs(our_loss - loss) / loss
            worst = max(worst, difference)
            if our_lr != lr or not difference <= bound:
                sys.exit(f"{warmup}, step {step}: PyTorch has rate {lr.hex()} loss {loss:.9g}, we have {line}")
        print(f"{warmup}: {STEPS} rates equal to the bit, losses within {worst:.1e}")


main()
