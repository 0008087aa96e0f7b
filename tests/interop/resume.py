"""Runs that begin in Python and go on in C from a checkpoint, and the other way, compared with runs that were never cut.

usage: resume.py RUNNER FIXTURES [--seed N] [--count N] [--wheels FOLDER]

Each composition of LR schedulers and a warmup is drawn from a seed of its own and cut at a random step. Rates, momentums,
last epochs and last rates must be those of the uncut run in PyTorch to the last bit, and losses to 2e-4. What the library
writes is also held against PyTorch's own state_dicts, and damaged states must be refused without a change.
"""
import copy
import math
import os
import random
import sys
import tempfile
import unittest

import torch

sys.dont_write_bytecode = True

import run_compositions
import schedule_compositions as compositions
from run_compositions import MODERN, numbers

parser = run_compositions.parser(__doc__, count=150)
parser.add_argument("fixtures", help="the folder of tests/fixtures")
options = parser.parse_args()
reference = run_compositions.import_reference(options.wheels)

# Of PyTorch's entries: what cannot be saved without running code when it is read, or says nothing of the schedule.
NOT_OURS = {"verbose", "anneal_func", "_scale_fn_ref"}
# Of ours: what today's PyTorch has and 1.13 has not, or not before the first step.
NOT_THEIRS = set() if MODERN else {"_is_initial", "default_min_lr", "use_beta1", "_anneal_func_type", "_last_lr"}
# What is written for PyTorch's sake alone.
NOT_READ = {"_step_count", "_is_initial", "_get_lr_called_within_step", "default_min_lr", "use_beta1", "_scale_fn_custom",
            "verbose", "rho_inf", "offset"}
# What is read where it is there; of a plateau _last_lr too.
OPTIONAL = {"mode_worse", "_anneal_func_type"}


def load(path):
    return torch.load(path, weights_only=False)


def each_state(state):
    yield state
    for child in state.get("_schedulers", []):
        yield from each_state(child)


def portable(state):
    """A scheduler's state_dict without what is code: methods and functions of the caller's."""
    state = copy.deepcopy({key: value for key, value in state.items() if key not in NOT_OURS and key != "_schedulers"}
                          | ({"_schedulers": [portable(child) for child in state["_schedulers"]]}
                             if "_schedulers" in state else {}))
    if state.get("_scale_fn_custom") is not None:
        state["_scale_fn_custom"] = None
    return state


class Learner(reference.Run):
    """A run whose weights learn: one a group, whose loss is never near 0."""

    def weights(self):
        return [group["params"][0] for group in self.optimizer.param_groups]

    def train(self):
        total = 0.0
        self.optimizer.zero_grad()
        for weight in self.weights():
            loss = ((torch.tanh(weight) - 2.0) ** 2).sum()
            loss.backward()
            total += loss.item()
        return total

    def go(self, steps):
        """The rows before and after the steps, and the losses before each that trains."""
        rows, losses = [self.row()], []
        for step in steps:
            if step[0] != "skip":
                losses.append(self.train())
            self.perform(step)
            rows.append(self.row())
        return rows, losses

    def content(self):
        out = {"model": {f"w{i}": weight.detach().clone() for i, weight in enumerate(self.weights())},
               "optimizer": copy.deepcopy(self.optimizer.state_dict())}
        for i, scheduler in enumerate(self.schedulers):
            out[f"scheduler_{i}"] = portable(scheduler.state_dict())
        if self.warmup:
            out["warmup"] = copy.deepcopy(self.warmup.state_dict())
        return out

    def load(self, content):
        for i, scheduler in enumerate(self.schedulers):
            state = copy.deepcopy(content[f"scheduler_{i}"])
            if not MODERN:  # 1.13 takes the None in place of a function for the function
                for each in each_state(state):
                    each.pop("_scale_fn_custom", None)
            scheduler.load_state_dict(state)
        if self.warmup:
            self.warmup.load_state_dict(content["warmup"])
        self.optimizer.load_state_dict(content["optimizer"])
        with torch.no_grad():
            for i, weight in enumerate(self.weights()):
                weight.copy_(content["model"][f"w{i}"])


def sorted_out(lines):
    """A composition's rows, its losses and what was refused; the program's words where it failed."""
    out = {"rows": [], "losses": [], "refused": [], "error": None}
    for line in lines:
        first, _, rest = line.partition(" ")
        if first == "loss":
            out["losses"].append(float(rest))
        elif first == "refused":
            out["refused"].append(rest)
        elif first == "error":
            out["error"] = rest
        else:
            out["rows"].append(line)
    return out


def run_ours(made_list):
    return [sorted_out(lines) for lines in run_compositions.run(options.runner, made_list)]


def kinds_of(tree):
    yield tree[0]
    if tree[0] in ("chained", "sequential"):
        for child in tree[1]:
            yield from kinds_of(child)


class Case:
    """A composition, where it is cut, and the run that was not."""

    def __init__(self, seed, folder):
        draw = random.Random(seed)
        self.seed, self.draw = seed, draw
        self.made = compositions.Draw(draw, MODERN, for_files=True).composition()
        self.steps = [step for step in self.made["steps"] if step[0] != "resume"]
        self.cut = draw.randint(0, len(self.steps))
        self.ours, self.theirs = (os.path.join(folder, f"{name}_{seed}.pt") for name in ("ours", "theirs"))
        try:
            run = Learner(self.made)
            self.rows, self.losses = run.go(self.steps[:self.cut])
            self.content = run.content()
            torch.save(self.content, self.theirs)
            rows, losses = run.go(self.steps[self.cut:])
        except (ValueError, ZeroDivisionError):
            self.rows = None  # what PyTorch refuses is no run to be resumed
            return
        self.trained = len(self.losses)
        self.rows += rows[1:]
        self.losses += losses

    def first_half(self):
        return {**self.made, "steps": self.steps[:self.cut] + [["save", self.ours]]}

    def second_half(self):
        return {**self.made, "steps": [["load", self.theirs, *self.parts()]] + self.steps[self.cut:]}

    def parts(self):
        """All in a random order. Where neither the warmup nor a scheduler alone knows the rates, the optimizer is last:
        several schedulers without a warmup, and pytorch_warmup's dampen, which leaves the rates of its first step."""
        parts = [part for part in self.content if part != "optimizer"]
        self.draw.shuffle(parts)
        warmup = self.made["warmup"]
        dampened = any(step[0] == "at_dampen" for step in self.steps)
        last = len(self.made["schedulers"]) > 1 if not warmup else dampened
        parts.insert(len(parts) if last else self.draw.randint(0, len(parts)), "optimizer")
        if warmup and self.draw.random() < 0.5:
            parts.insert(self.draw.randint(0, parts.index("warmup")), "make_warmup")
        return parts


class Resume(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.cases = [Case(seed, folder.name) for seed in range(options.seed, options.seed + options.count)]
        cls.cases = [case for case in cls.cases if case.rows]
        cls.firsts = run_ours([case.first_half() for case in cls.cases])
        cls.seconds = run_ours([case.second_half() for case in cls.cases])

    def check_each(self, results, check):
        for case, result in zip(self.cases, results):
            with self.subTest(seed=case.seed, cut=case.cut, composition=compositions.lines(case.made)):
                self.assertIsNone(result["error"])
                check(case, result)

    def assert_rows(self, rows, wanted):
        self.assertEqual([numbers(row) for row in rows], [numbers(row) for row in wanted])

    def assert_losses(self, losses, wanted):
        self.assertEqual(len(losses), len(wanted))
        for loss, other in zip(losses, wanted):
            self.assertTrue(math.isclose(loss, other, rel_tol=2e-4), (losses, wanted))

    def test_every_kind_is_among_them(self):
        found = {kind for case in self.cases for tree in case.made["schedulers"] for kind in kinds_of(tree)}
        self.assertEqual(found, set(reference.LEAVES) | {"chained", "sequential"})
        warmups = {case.made["warmup"][0] for case in self.cases if case.made["warmup"]}
        self.assertEqual(len(warmups), 5)

    def test_c_goes_on_from_python(self):
        def check(case, result):
            self.assert_rows(result["rows"][1:], case.rows[case.cut:])  # the first row is before the load
            self.assert_losses(result["losses"], case.losses[case.trained:])

        self.check_each(self.seconds, check)

    def test_python_goes_on_from_c(self):
        def check(case, result):
            self.assert_rows(result["rows"][:-1], case.rows[:case.cut + 1])  # the last row is after the save
            self.assert_losses(result["losses"], case.losses[:case.trained])
            run = Learner(case.made)
            run.load(load(case.ours))
            rows, losses = run.go(case.steps[case.cut:])
            self.assert_rows(rows, case.rows[case.cut:])
            self.assert_losses(losses, case.losses[case.trained:])

        self.check_each(self.firsts, check)

    def assert_state(self, ours, theirs, within_sequential=False):
        """The same entries in value, and none too many or too few."""
        if "_schedulers" in theirs:  # PyTorch leaves these in a composite that a sequence begins with, unused
            theirs = {key: value for key, value in theirs.items() if key not in ("_step_count", "_is_initial")}
        self.assertLessEqual(set(theirs) - set(ours), NOT_OURS)
        self.assertLessEqual(set(ours) - set(theirs), NOT_THEIRS)
        if MODERN:
            self.assertEqual(list(ours), list(theirs))
        for key in set(ours) & set(theirs):
            if key == "_schedulers":
                self.assertEqual(len(ours[key]), len(theirs[key]))
                for one, other in zip(ours[key], theirs[key]):
                    self.assert_state(one, other, within_sequential or "_milestones" in ours)
            elif key == "_step_count" and within_sequential and not MODERN:
                pass  # 1.13 counts the step to a milestone twice
            else:
                self.assertEqual(ours[key], theirs[key], key)
                self.assertIs(isinstance(ours[key], (bool, dict, list)), isinstance(theirs[key], (bool, dict, list)), key)

    def test_our_state_dicts_are_pytorchs(self):
        def check(case, _):
            ours = load(case.ours)
            self.assertEqual(list(ours), list(case.content))
            for key, theirs in case.content.items():
                if key.startswith("scheduler_"):
                    self.assert_state(ours[key], theirs)
            if case.made["warmup"]:
                dampened = any(step[0] == "at_dampen" for step in case.steps)  # whose rates pytorch_warmup does not keep
                self.assertEqual(list(ours["warmup"]), list(case.content["warmup"]))
                for key in ("warmup_params", "last_step") + (() if dampened else ("lrs",)):
                    self.assertEqual(ours["warmup"][key], case.content["warmup"][key])

        self.check_each(self.firsts, check)


    def test_their_entries_stand_in_the_order_of_the_newest_pytorch(self):
        saved = load(os.path.join(options.fixtures, "checkpoints", "python_torch_2.14.1.pt"))
        path = os.path.join(self.folder, "cosine.pt")
        made = {**with_one_group("cosine"), "steps": [["save", path]]}
        self.assertIsNone(run_ours([made])[0]["error"])
        self.assertEqual(list(load(path)["scheduler_0"]), list(saved["lr_scheduler"]))


# ---- damaged states


def damaged(state):
    """Of each entry that is read: the name of the entry, what is wrong, a state with that, and the statuses that it may
    be refused with."""
    for key, value in state.items():
        if key in NOT_READ:
            continue
        if key not in OPTIONAL and not (key == "_last_lr" and "best" in state):
            yield key, "is missing", {k: v for k, v in state.items() if k != key}, {"TW_ERROR_ARGUMENT"}
        yield key, "is a text", {**state, key: "text"}, {"TW_ERROR_TYPE", "TW_ERROR_ARGUMENT"}
        yield key, "is None", {**state, key: None}, {"TW_ERROR_TYPE"}
        if isinstance(value, float):
            yield key, "is not a number", {**state, key: math.nan}, {"TW_ERROR_RANGE"}
        if isinstance(value, list):
            yield key, "has one more", {**state, key: value + value[-1:]}, {"TW_ERROR_ARGUMENT"}
            yield key, "has one less", {**state, key: value[:-1]}, {"TW_ERROR_ARGUMENT"}
            yield from damaged_items(key, value, state)


def damaged_items(key, value, state):
    last = value[-1]
    if isinstance(last, dict):
        for inner, fault, broken, statuses in damaged(last):
            yield inner, f"in {key} {fault}", {**state, key: value[:-1] + [broken]}, statuses
    elif isinstance(last, float):
        yield key, "holds infinity", {**state, key: value[:-1] + [math.inf]}, {"TW_ERROR_RANGE"}
        yield key, "holds a text", {**state, key: value[:-1] + ["text"]}, {"TW_ERROR_TYPE"}


def with_one_group(kind):
    per_group = compositions.PerGroup
    optimizer, group = ("sgd", [0.1, 0.9, 0.0]) if kind == "cyclic" else ("adamw", [0.1, 0.9, 0.99])
    trees = {
        "step": [3, 0.5], "multi_step": [0.5, [2, 2, 5]], "constant": [0.5, 4], "linear": [0.5, 0.9, 4],
        "exponential": [0.9], "polynomial": [9, 2.0], "cosine": [9, 0.01], "warm_restarts": [3, 2, 0.01],
        "lambda": ["power", per_group([0.9])], "multiplicative": ["power", per_group([0.9])],
        "cyclic": [3, 4, 1, 0.9, 0, "power", [0.9], 1, per_group([0.1]), per_group([0.2]), per_group([0.5]),
                   per_group([0.6])],
        "one_cycle": [30, 0.3, 0, 1, 25.0, 100.0, 1, per_group([0.5]), per_group([0.5]), per_group([0.6])],
        "plateau": [0, 0, 0.5, 1, 0.1, 1, 0.0, per_group([0.001])],
        "chained": [[["exponential", 0.9], ["step", 3, 0.5]]],
        "sequential": [[["constant", 0.5, 4], ["cosine", 9, 0.0]], [4]],
    }
    return {"optimizer": optimizer, "groups": [group], "schedulers": [[kind, *trees[kind]]], "warmup": None, "steps": []}


class Damaged(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "damaged.pt")

    def check_refused(self, made, part, state):
        """Each damaged state is refused by the part, which does not change, in words that name the entry."""
        faults = list(damaged(state))
        self.assertGreater(len(faults), 5)
        torch.save({f"state_{i}": fault[2] for i, fault in enumerate(faults)}, self.path)
        steps = [["refuse", self.path, part, f"state_{i}"] for i in range(len(faults))]
        result, = run_ours([{**made, "steps": steps}])
        said = f"; it came after {result['refused'][-1:]}"
        taken = faults[len(result["refused"])][:2] if len(result["refused"]) < len(faults) else ""
        self.assertIsNone(result["error"], f"{taken}{said}")
        for (key, fault, _, statuses), refused in zip(faults, result["refused"]):
            with self.subTest(part=part, key=key, fault=fault, refused=refused):
                self.assertIn(refused.split()[0], statuses)
                self.assertIn(key, refused)

    def test_states_of_schedulers(self):
        for kind in set(reference.LEAVES) | {"chained", "sequential"}:
            with self.subTest(kind=kind):
                made = with_one_group(kind)
                run = Learner(made)
                run.perform(["metric", 0, 1.0] if kind == "plateau" else ["step", [0]])
                self.check_refused(made, "scheduler_0", portable(run.schedulers[0].state_dict()))

    def test_states_of_warmups(self):
        for warmup in (["linear", [9]], ["exponential", [9]], ["radam", []]):
            with self.subTest(warmup=warmup[0]):
                made = {**with_one_group("step"), "warmup": [warmup[0], compositions.PerGroup(warmup[1])]}
                self.check_refused(made, "warmup", Learner(made).warmup.state_dict())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
