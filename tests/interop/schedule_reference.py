"""Runs a composition with torch.optim, its lr_scheduler and pytorch_warmup: the rows that are to be had."""
import contextlib
import math

import pytorch_warmup
import torch
from torch.optim import lr_scheduler


def function_of(kind, numbers):
    """Of each group the function that schedule_recipe.cpp computes by this name."""
    forms = {"power": lambda n: lambda x: n ** x, "inverse": lambda n: lambda x: 1 / (1 + n * (x + 1)),
             "line": lambda n: lambda x: 0.97 - n * x}
    functions = [forms[kind](number) for number in numbers]
    return functions if len(functions) > 1 else functions[0]


def numbers_of(numbers):
    return list(numbers) if len(numbers) > 1 else numbers[0]


def momentums(cycle, least, most):
    out = {"cycle_momentum": bool(cycle)}
    if least:
        out.update(base_momentum=numbers_of(least), max_momentum=numbers_of(most))
    return out


def cyclic(optimizer, up, down, mode, gamma, scale_mode, kind, numbers, cycle, base, high, least, most):
    custom = {"scale_fn": function_of(kind, numbers), "scale_mode": ["cycle", "iterations"][scale_mode]}
    return lr_scheduler.CyclicLR(
        optimizer, numbers_of(base), numbers_of(high), up, None if down == -1 else down,
        ["triangular", "triangular2", "exp_range", "triangular"][mode], gamma, **(custom if mode == 3 else {}),
        **momentums(cycle, least, most))


def one_cycle(optimizer, total, share, linear, three_phase, div, final_div, cycle, high, least, most):
    return lr_scheduler.OneCycleLR(
        optimizer, numbers_of(high), total, pct_start=share, anneal_strategy=["cos", "linear"][linear],
        three_phase=bool(three_phase), div_factor=div, final_div_factor=final_div, **momentums(cycle, least, most))


def plateau(optimizer, mode, absolute, factor, patience, threshold, cooldown, eps, least):
    return lr_scheduler.ReduceLROnPlateau(
        optimizer, ["min", "max"][mode], factor, patience, threshold, ["rel", "abs"][absolute], cooldown,
        numbers_of(least) if least else 0, eps)


LEAVES = {
    "step": lr_scheduler.StepLR, "constant": lr_scheduler.ConstantLR, "linear": lr_scheduler.LinearLR,
    "exponential": lr_scheduler.ExponentialLR, "polynomial": lr_scheduler.PolynomialLR,
    "cosine": lr_scheduler.CosineAnnealingLR, "warm_restarts": lr_scheduler.CosineAnnealingWarmRestarts,
    "multi_step": lambda optimizer, gamma, milestones: lr_scheduler.MultiStepLR(optimizer, milestones, gamma),
    "lambda": lambda optimizer, kind, numbers: lr_scheduler.LambdaLR(optimizer, function_of(kind, numbers)),
    "multiplicative": lambda optimizer, kind, numbers: lr_scheduler.MultiplicativeLR(
        optimizer, function_of(kind, numbers)),
    "cyclic": cyclic, "one_cycle": one_cycle, "plateau": plateau,
}


def parts_of(optimizer, tree):
    """The schedulers of a sequential tree with their starts, those of sequential ones directly inside it in their places.

    PyTorch (up to 2.15, its issue 196243) starts a sequential one inside another an epoch late or not at all; what it means
    is one sequence. A part that would begin after the next milestone outside never does; it is made all the same, for
    what making it does to the optimizer.
    """
    starts, parts = [0] + tree[2], []
    for i, child in enumerate(tree[1]):
        inner = parts_of(optimizer, child) if child[0] == "sequential" else [(scheduler_of(optimizer, child), 0)]
        end = starts[i + 1] if i + 1 < len(starts) else math.inf
        parts += [(part, starts[i] + begin) for part, begin in inner if begin == 0 or starts[i] + begin < end]
    return parts


def scheduler_of(optimizer, tree):
    if tree[0] == "chained":
        return lr_scheduler.ChainedScheduler([scheduler_of(optimizer, child) for child in tree[1]])
    if tree[0] == "sequential":
        parts = parts_of(optimizer, tree)
        return lr_scheduler.SequentialLR(optimizer, [part for part, _ in parts], [start for _, start in parts[1:]])
    return LEAVES[tree[0]](optimizer, *tree[1:])


def optimizer_of(made):
    kind = made["optimizer"]
    groups = []
    for lr, first, second in made["groups"]:
        group = {"params": [torch.ones(1, requires_grad=True)], "lr": lr}
        if kind in ("adam", "adamw"):
            group["betas"] = (first, second)
        elif kind != "adagrad":
            group["momentum"] = first
        groups.append(group)
    if kind == "adam":
        return torch.optim.Adam(groups, amsgrad=True)
    if kind == "sgd":
        return torch.optim.SGD(groups, lr=0.1)
    return {"adamw": torch.optim.AdamW, "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad}[kind](groups)


class GivenRAdam(pytorch_warmup.RAdamWarmup):
    """RAdamWarmup with beta2 given, for an optimizer that has none."""

    def __init__(self, optimizer, beta2s):
        params = [dict(beta2=b, rho_inf=pytorch_warmup.rho_inf_fn(b)) for b in beta2s]
        for each in params:
            each["offset"] = pytorch_warmup.get_offset(**each)
        pytorch_warmup.BaseWarmup.__init__(self, optimizer, params)


def warmup_of(optimizer, warmup):
    kind, numbers = warmup
    linear, exponential = pytorch_warmup.LinearWarmup, pytorch_warmup.ExponentialWarmup
    if kind in ("linear", "exponential"):
        return (linear if kind == "linear" else exponential)(optimizer, numbers_of(numbers))
    if not numbers:
        return {"untuned_linear": pytorch_warmup.UntunedLinearWarmup, "radam": pytorch_warmup.RAdamWarmup,
                "untuned_exponential": pytorch_warmup.UntunedExponentialWarmup}[kind](optimizer)
    beta2s = list(numbers) if len(numbers) > 1 else [numbers[0]] * len(optimizer.param_groups)
    if kind == "radam":
        return GivenRAdam(optimizer, beta2s)
    if kind == "untuned_linear":
        return linear(optimizer, [int(2.0 / (1.0 - b)) for b in beta2s])
    return exponential(optimizer, [int(1.0 / (1.0 - b)) for b in beta2s])


class Run:
    def __init__(self, made):
        self.made = made
        self.optimizer = optimizer_of(made)
        self.schedulers = [scheduler_of(self.optimizer, tree) for tree in made["schedulers"]]
        self.warmup = warmup_of(self.optimizer, made["warmup"]) if made["warmup"] else None

    def resumed(self):
        """Made anew, with every state_dict loaded."""
        new = Run(self.made)
        for mine, other in zip(self.schedulers, new.schedulers):
            other.load_state_dict(mine.state_dict())
        if self.warmup:
            new.warmup.load_state_dict(self.warmup.state_dict())
        new.optimizer.load_state_dict(self.optimizer.state_dict())
        new.before = self  # 1.13's CyclicLR keeps a weak reference to what its state came from
        return new

    def row(self):
        out = []
        for group in self.optimizer.param_groups:
            momentum = group["betas"][0] if "betas" in group else group.get("momentum", 0.0)
            out += [group["lr"], momentum]
        for tree, scheduler in zip(self.made["schedulers"], self.schedulers):
            if tree[0] != "chained":  # ChainedScheduler counts no epochs
                out.append(scheduler.last_epoch)
            if tree[0] != "plateau":  # ReduceLROnPlateau has no last rates before its first step, in 1.13
                out += scheduler.get_last_lr()
        return " ".join(float(number).hex() for number in out)

    def perform(self, step):
        if step[0] == "skip":
            return
        if step[0] == "add_group":
            first = {key: value for key, value in self.optimizer.param_groups[0].items() if key != "initial_lr"}
            self.optimizer.add_param_group({**first, "params": [torch.ones(1, requires_grad=True)], "lr": step[1]})
            for scheduler in self.schedulers:
                scheduler.step()
            return
        self.optimizer.step()
        if step[0] == "at_dampen":
            self.schedulers[step[1]].step(step[2])
            self.warmup.dampen()
            return
        with self.warmup.dampening() if self.warmup else contextlib.nullcontext():
            if step[0] in ("step", "begin_step"):
                for index in step[1]:
                    self.schedulers[index].step()
            else:  # at, metric
                self.schedulers[step[1]].step(step[2])


def rows(made):
    """A row after construction and after each step; one that begins with "error" where PyTorch raises, the last."""
    out = []
    try:
        run = Run(made)
        out.append(run.row())
        for step in made["steps"]:
            if step[0] == "resume":
                run = run.resumed()
            else:
                run.perform(step)
            out.append(run.row())
    except (ValueError, ZeroDivisionError) as error:
        out.append(f"error {error}")
    return out
