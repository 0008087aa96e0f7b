"""Optimizers' states across the border: the run goes on there as it would have here.

usage: optimizer_state.py PROGRAM      PROGRAM is built of optimizer_state.c
"""

import copy
import subprocess
import sys
import unittest

import torch

sys.dont_write_bytecode = True

from run_program import PROGRAM, WithFolder, load, network, run

# What optimizer_state.c has too: the class, and the options of the two groups.
KINDS = {
    "adam": (torch.optim.Adam, dict(lr=0.02, betas=(0.8, 0.999), eps=1e-7, weight_decay=0.05),
             dict(lr=0.01, betas=(0.8, 0.95))),
    "amsgrad": (torch.optim.Adam, dict(lr=0.02, betas=(0.8, 0.999), eps=1e-7, weight_decay=0.05, amsgrad=True),
                dict(lr=0.01, betas=(0.8, 0.95))),
    "adamw": (torch.optim.AdamW, dict(lr=0.02, betas=(0.8, 0.999), weight_decay=0.05),
              dict(lr=0.01, betas=(0.8, 0.95))),
    "sgd": (torch.optim.SGD, dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05),
            dict(lr=0.2, momentum=0.7, nesterov=False, dampening=0.25)),
    "plain_sgd": (torch.optim.SGD, dict(lr=0.1, weight_decay=0.05), dict(lr=0.2)),
    "rmsprop": (torch.optim.RMSprop, dict(lr=0.01, alpha=0.9, momentum=0.5, centered=True),
                dict(lr=0.02, momentum=0, weight_decay=0.05)),
    "adagrad": (torch.optim.Adagrad, dict(lr=0.1, lr_decay=0.1, initial_accumulator_value=0.5),
                dict(lr=0.2, weight_decay=0.05, eps=1e-8)),
}

# What PyTorch 2 has in each group beyond the options that decide the steps.
NEWEST = {
    "adam": dict(maximize=False, foreach=None, capturable=False, differentiable=False, fused=None,
                 decoupled_weight_decay=False),
    "adamw": dict(maximize=False, foreach=None, capturable=False, differentiable=False, fused=None,
                  decoupled_weight_decay=True),
    "sgd": dict(maximize=False, foreach=None, differentiable=False, fused=None),
    "rmsprop": dict(capturable=False, foreach=None, maximize=False, differentiable=False),
    "adagrad": dict(foreach=None, maximize=False, differentiable=False, fused=None),
}
NEWEST["amsgrad"] = NEWEST["adam"]
NEWEST["plain_sgd"] = NEWEST["sgd"]


class Run:
    """The network, its optimizer, and the parameter that no loss depends on."""

    def __init__(self, kind, tuned=True):
        torch.manual_seed(5)
        self.model = network()
        unused = torch.nn.Parameter(torch.ones(3))
        make, options, second = KINDS[kind]
        first = {} if tuned else {"lr": 1e-3}
        groups = [{"params": self.model[0].parameters()}, {"params": [*self.model[2].parameters(), unused]}]
        if tuned:
            groups[1].update(second)
            first = options
        elif kind == "amsgrad":
            first = {"amsgrad": True}
        self.optimizer = make(groups, **first)

    def load(self, path):
        saved = load(path)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        return self

    def train(self, steps):
        inputs = torch.tensor([-1 + 2 * i / 23 for i in range(24)]).reshape(6, 4)
        for _ in range(steps):
            self.optimizer.zero_grad(set_to_none=True)
            (self.model(inputs) ** 2).mean().backward()
            self.optimizer.step()
        return self

    def save(self, path):
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}, path)


def same(a, b):
    """Equal to the last bit, and of one type; a step may be an int, or a tensor of none or one dimension."""
    if torch.is_tensor(a) and torch.is_tensor(b):
        return a.dtype == b.dtype and a.shape == b.shape and torch.equal(a, b)
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return type(a) is type(b) and a == b


def for_each_kind(test):
    def test_all(self):
        for kind in KINDS:
            with self.subTest(kind):
                test(self, kind)

    return test_all


class States(WithFolder):
    def assert_close(self, one, other):
        self.assertEqual(list(one), list(other))
        for name in one:
            torch.testing.assert_close(one[name], other[name], rtol=1e-6, atol=1e-7)

    def assert_same_states(self, ours, pythons):
        kept = [number for number, state in pythons.items() if any(value is not None for value in state.values())]
        self.assertEqual(list(ours), kept)
        for number, state in ours.items():
            self.assertEqual(list(state), list(pythons[number]))
            for name, value in state.items():
                wanted = pythons[number][name]
                if name == "step":
                    wanted = torch.as_tensor(wanted, dtype=torch.float32)
                self.assertTrue(same(value, wanted), f"{number} {name}: {value} for {wanted}")

    def assert_same_groups(self, kind, ours, pythons):
        self.assertEqual(len(ours), len(pythons))
        for group, wanted in zip(ours, pythons):
            self.assertEqual(set(group), set(wanted) | set(NEWEST[kind]))
            self.assertEqual({key: group[key] for key in NEWEST[kind]}, NEWEST[kind])
            for key in set(wanted) - {"fused"}:  # whose default is False in PyTorch 1.13
                self.assertEqual(group[key], wanted[key], key)
            self.assertEqual([type(group["params"]), type(group["lr"])], [list, float])
            self.assertIs(type(group.get("betas", ())), tuple)

    @for_each_kind
    def test_python_goes_on_from_the_librarys_state(self, kind):
        run("train", kind, "-", self.path("5.pt"), "5")
        run("train", kind, self.path("5.pt"), self.path("10.pt"), "5")
        there = Run(kind, tuned=False).load(self.path("5.pt")).train(5)
        wanted = load(self.path("10.pt"))["model"]
        self.assert_close(there.model.state_dict(), wanted)
        # Without the state the steps are others, by far more than that.
        fresh = Run(kind)
        fresh.model.load_state_dict(load(self.path("5.pt"))["model"])
        moved = max((fresh.train(5).model.state_dict()[name] - wanted[name]).abs().max() for name in wanted)
        self.assertTrue(moved > 1e-3 or kind == "plain_sgd", moved)

    @for_each_kind
    def test_the_library_goes_on_from_pythons_state(self, kind):
        here = Run(kind).train(5)
        here.save(self.path("5.pt"))
        run("train", kind, self.path("5.pt"), self.path("10.pt"), "5")
        self.assert_close(here.train(5).model.state_dict(), load(self.path("10.pt"))["model"])

    @for_each_kind
    def test_the_library_keeps_pythons_state_to_the_bit(self, kind):
        here = Run(kind).train(3)
        here.save(self.path("3.pt"))
        run("train", kind, self.path("3.pt"), self.path("again.pt"), "0")
        ours, pythons = load(self.path("again.pt"))["optimizer"], here.optimizer.state_dict()
        self.assertEqual(list(ours), ["state", "param_groups"])
        self.assert_same_states(ours["state"], pythons["state"])
        self.assert_same_groups(kind, ours["param_groups"], pythons["param_groups"])

    @for_each_kind
    def test_python_keeps_the_librarys_state_to_the_bit(self, kind):
        run("train", kind, "-", self.path("3.pt"), "3")
        ours = load(self.path("3.pt"))["optimizer"]
        pythons = Run(kind, tuned=False).load(self.path("3.pt")).optimizer.state_dict()
        self.assertTrue(same(ours["state"], pythons["state"]))
        self.assert_same_groups(kind, ours["param_groups"], pythons["param_groups"])
        self.assertEqual(list(Run(kind).train(1).optimizer.state_dict()["param_groups"][0]["params"]), [0, 1])

    @for_each_kind
    def test_both_sides_give_one_state_for_the_same_steps(self, kind):
        run("train", kind, "-", self.path("5.pt"), "5")
        ours, pythons = load(self.path("5.pt")), Run(kind).train(5)
        self.assert_close(ours["model"], pythons.model.state_dict())
        states = pythons.optimizer.state_dict()["state"]
        for number, state in ours["optimizer"]["state"].items():
            for name, value in state.items():
                wanted = torch.as_tensor(states[number][name], dtype=torch.float32)
                torch.testing.assert_close(value, wanted, rtol=1e-5, atol=1e-8)
        self.assert_same_groups(kind, ours["optimizer"]["param_groups"],
                                pythons.optimizer.state_dict()["param_groups"])

    @for_each_kind
    def test_a_parameter_without_steps_has_no_state(self, kind):
        run("train", kind, "-", self.path("0.pt"), "0")
        run("train", kind, "-", self.path("2.pt"), "2")
        with_sums = [0, 1, 2, 3, 4] if kind == "adagrad" else []
        self.assertEqual(list(load(self.path("0.pt"))["optimizer"]["state"]), with_sums)
        stepped = [] if kind == "plain_sgd" else [0, 1, 2, 3]
        self.assertEqual(list(load(self.path("2.pt"))["optimizer"]["state"]), with_sums or stepped)
        run("train", kind, self.path("0.pt"), self.path("again.pt"), "2")
        self.assert_close(load(self.path("again.pt"))["model"], load(self.path("2.pt"))["model"])

    def test_the_initial_rates_of_schedules_go_along(self):
        run("train-scheduled", self.path("c.pt"))
        optimizer = Run("adamw", tuned=False).load(self.path("c.pt")).optimizer
        self.assertEqual([group["initial_lr"] for group in optimizer.param_groups], [0.02, 0.01])
        self.assertEqual([group["lr"] for group in optimizer.param_groups], [0.02 / 8, 0.01 / 8])
        scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5, last_epoch=2)
        self.assertEqual(scheduler.base_lrs, [0.02, 0.01])


class Variants(WithFolder):
    """State dicts as other versions write them, and damaged ones."""

    def setUp(self):
        super().setUp()
        self.good = {}
        self.programs = {}

    def saved(self, kind):
        if kind not in self.good:
            Run(kind).train(3).save(self.path(f"{kind}.pt"))
            self.good[kind] = load(self.path(f"{kind}.pt"))
        return copy.deepcopy(self.good[kind])

    def program(self, kind):
        """A process that tries files one after the other."""
        if kind not in self.programs:
            self.saved(kind)
            process = subprocess.Popen([PROGRAM, "try", kind, self.path(f"{kind}.pt")], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
            self.addCleanup(process.communicate)
            self.programs[kind] = process
        return self.programs[kind]

    def attempt(self, kind, saved):
        """What the program prints, and the optimizer's state_dict afterwards."""
        torch.save(saved, self.path("bad.pt"))
        process = self.program(kind)
        process.stdin.write(self.path("bad.pt") + " " + self.path("after.pt") + "\n")
        process.stdin.flush()
        printed, end = process.stdout.readline(), process.stdout.readline()
        self.assertEqual(end, "saved\n", "the program has died")
        return printed, load(self.path("after.pt"))["optimizer"]

    def refused(self, kind, change, status, *texts):
        saved = self.saved(kind)
        change(saved["optimizer"])
        printed, after = self.attempt(kind, saved)
        self.assertTrue(printed.startswith(status + ": "), printed)
        for text in texts:
            self.assertIn(text, printed)
        _, untouched = self.attempt(kind, self.saved(kind))
        self.assertTrue(same(after, untouched))

    def taken(self, kind, change):
        saved = self.saved(kind)
        change(saved["optimizer"])
        printed, after = self.attempt(kind, saved)
        self.assertTrue(printed.startswith("TW_OK"), printed)
        return after

    def test_an_entry_of_a_group_that_nothing_here_knows_is_taken_only_where_it_asks_for_nothing(self):
        def with_entry(value, group=0):
            return lambda saved: saved["param_groups"][group].update(cautious=value)

        for value in (None, False, "decay"):
            self.taken("adam", with_entry(value))
        for value in (True, 0.5, 1, [1], {}):
            self.refused("adam", with_entry(value), "TW_ERROR_UNSUPPORTED", "param_groups[0]", '"cautious"')
        self.taken("adam", lambda saved: saved["param_groups"][0].update(param_names=["a", "b"]))

    def test_what_other_versions_write_is_taken(self):
        def steps(value):
            return lambda saved: [state.update(step=value) for state in saved["state"].values()]

        for value in (7, 7.0, torch.tensor(7.0), torch.tensor([7.0]), torch.tensor(7), torch.tensor(7.0).double()):
            after = self.taken("adam", steps(value))
            self.assertTrue(same(after["state"][2]["step"], torch.tensor(7.0)), value)
        after = self.taken("adam", steps(torch.tensor(2**24 + 1)))
        self.assertTrue(same(after["state"][2]["step"], torch.tensor(2.0**24 + 1, dtype=torch.float64)))

        def ids(saved):  # before PyTorch 1.5 a parameter's number was its address
            saved["state"] = {number + 10**15: state for number, state in saved["state"].items()}
            for group in saved["param_groups"]:
                group["params"] = [number + 10**15 for number in group["params"]]

        wanted = self.taken("adam", lambda saved: None)
        self.assertTrue(same(self.taken("adam", ids)["state"], wanted["state"]))

        def harmless(saved):
            for group in saved["param_groups"]:
                group.update(fused=True, capturable=True, foreach=True, differentiable=True, other="x")
                group.update(lr=torch.tensor(0.5))

        self.assertEqual(self.taken("adam", harmless)["param_groups"][1]["lr"], 0.5)
        after = self.taken("adagrad", lambda saved: saved["state"].clear())
        # Of the value that the optimizer was made with, not that of the group's, as PyTorch 2 makes what is missing.
        self.assertTrue(same(after["state"][4], {"step": torch.tensor(0.0), "sum": torch.zeros(3)}))
        self.assertEqual(self.taken("adam", lambda saved: saved["state"].clear())["state"], {})
        self.assertEqual(list(self.taken("adam", lambda saved: saved["state"].update({1: {}}))["state"]), [0, 2, 3])

    @for_each_kind
    def test_an_option_that_python_fills_in_is_filled_in_alike(self, kind):
        """Each key of the groups taken out in turn: as an older class left it out, whose file PyTorch goes on with."""
        filled = []
        for key in [key for key in self.saved(kind)["optimizer"]["param_groups"][0] if key != "params"]:
            def without(saved):
                for group in saved["param_groups"]:
                    group.pop(key, None)

            saved = self.saved(kind)
            without(saved["optimizer"])
            python = Run(kind, tuned=False)
            python.optimizer.load_state_dict(saved["optimizer"])
            found = python.optimizer.param_groups
            if all(key in group for group in found):
                filled.append(key)
                for group, wanted in zip(self.taken(kind, without)["param_groups"], found):
                    if key != "fused":  # whose default is False in PyTorch 1.13
                        self.assertEqual(group[key], wanted[key], key)
            elif key not in NEWEST[kind]:
                self.refused(kind, without, "TW_ERROR_ARGUMENT", "param_groups[0]", f'"{key}"')
        self.assertTrue(set(filled) >= {"adam": {"amsgrad"}, "adamw": {"amsgrad"}, "sgd": {"nesterov"},
                                        "rmsprop": {"momentum", "centered"}}.get(kind, set()), filled)

    def test_a_rate_is_any_finite_number(self):
        """Also one that tw_optimizer_set_lr does not take: schedules may have led to it, and PyTorch goes on with it."""
        for lr in (-1.0, -0.0, 1e308, -1e308):
            after = self.taken("adam", lambda saved: [group.update(lr=lr, initial_lr=lr) for group in saved["param_groups"]])
            self.assertEqual([group[key] for group in after["param_groups"] for key in ("lr", "initial_lr")], 4 * [lr])
            python = Run("adam", tuned=False)
            saved = self.saved("adam")["optimizer"]
            saved["param_groups"][1]["lr"] = lr
            python.optimizer.load_state_dict(saved)
            self.assertEqual(python.optimizer.param_groups[1]["lr"], lr)
        for lr in (float("nan"), float("inf"), -float("inf")):
            for key in ("lr", "initial_lr"):
                self.refused("adam", lambda saved: saved["param_groups"][1].update({key: lr}), "TW_ERROR_RANGE",
                             f"param_groups[1].{key}", "must be finite")

    def test_state_takes_its_parameters_dtype_and_layout(self):
        def change(saved):
            wide = saved["state"][0]["exp_avg"].double()
            saved["state"][0]["exp_avg"] = wide.t().contiguous().t()
            saved["state"][1]["exp_avg"] = torch.tensor(0.25).expand(5)

        after = self.taken("adam", change)["state"]
        self.assertTrue(same(after[0]["exp_avg"], self.saved("adam")["optimizer"]["state"][0]["exp_avg"]))
        self.assertTrue(same(after[1]["exp_avg"], torch.full((5,), 0.25)))
        self.assertTrue(after[0]["exp_avg"].is_contiguous() and after[1]["exp_avg"].is_contiguous())

    def test_groups_that_do_not_fit_are_refused(self):
        self.refused("adam", lambda saved: saved["param_groups"].pop(), "TW_ERROR_ARGUMENT",
                     '"optimizer" has 1 parameter groups; this Adam has 2')
        self.refused("adam", lambda saved: saved["param_groups"][1]["params"].pop(), "TW_ERROR_ARGUMENT",
                     'param_groups[1] of "optimizer" has 2 parameters; the group of this Adam has 3')
        self.refused("adam", lambda saved: saved["param_groups"][1].update(params=[2, 3, 0]), "TW_ERROR_ARGUMENT",
                     "param_groups[1].params", "has 0, which another parameter has")
        self.refused("adam", lambda saved: saved["param_groups"][1].pop("betas"), "TW_ERROR_ARGUMENT",
                     "param_groups[1]", '"betas"')
        self.refused("adam", lambda saved: saved["param_groups"][1].update(betas=(0.9,)), "TW_ERROR_TYPE",
                     "param_groups[1].betas", "has 1 numbers")
        self.refused("adam", lambda saved: saved["param_groups"][1].update(betas=(0.9, 1.0)), "TW_ERROR_RANGE",
                     "param_groups[1]", "betas[1] is 1")
        self.refused("adam", lambda saved: saved["param_groups"][1].update(lr=float("nan")), "TW_ERROR_RANGE",
                     "param_groups[1].lr", "is nan")
        self.refused("adam", lambda saved: saved["param_groups"][1].update(lr="x"), "TW_ERROR_TYPE",
                     "param_groups[1].lr", "is a str")
        self.refused("adam", lambda saved: saved["param_groups"][1].update(lr=torch.ones(2)), "TW_ERROR_TYPE",
                     "param_groups[1].lr", "[2]", "one number")
        self.refused("sgd", lambda saved: saved["param_groups"][0].update(momentum=0.0), "TW_ERROR_RANGE",
                     "param_groups[0]", "nesterov")
        self.refused("adam", lambda saved: saved["param_groups"][0].update(initial_lr=float("inf")), "TW_ERROR_RANGE",
                     "param_groups[0].initial_lr", "inf")

    @for_each_kind
    def test_options_that_ask_for_other_steps_are_refused(self, kind):
        self.refused(kind, lambda saved: saved["param_groups"][1].update(maximize=True), "TW_ERROR_TYPE",
                     "param_groups[1].maximize", "is True")

    def test_adam_and_adamw_are_told_apart(self):
        self.refused("adam", lambda saved: saved["param_groups"][0].update(decoupled_weight_decay=True),
                     "TW_ERROR_TYPE", "param_groups[0].decoupled_weight_decay", "Adam")
        self.refused("adamw", lambda saved: saved["param_groups"][0].update(decoupled_weight_decay=False),
                     "TW_ERROR_TYPE", "param_groups[0].decoupled_weight_decay", "AdamW")

    def test_states_that_do_not_fit_are_refused(self):
        self.refused("adam", lambda saved: saved["state"][3].pop("exp_avg"), "TW_ERROR_ARGUMENT",
                     'state[3].exp_avg of "optimizer"', "is missing")
        self.refused("adam", lambda saved: saved["state"][3].pop("step"), "TW_ERROR_ARGUMENT", "state[3]", '"step"')
        self.refused("adam", lambda saved: saved["state"][3].update(exp_avg=torch.ones(4)), "TW_ERROR_ARGUMENT",
                     "state[3].exp_avg", "[4]", "[3]")
        self.refused("adam", lambda saved: saved["state"][3].update(exp_avg=1), "TW_ERROR_TYPE",
                     "state[3].exp_avg", "not a tensor")
        self.refused("adam", lambda saved: saved["state"].update({5: saved["state"][3]}), "TW_ERROR_ARGUMENT",
                     'state[5] of "optimizer"', "no group has")
        self.refused("adam", lambda saved: saved["state"].update({3: 1}), "TW_ERROR_TYPE", "state[3]", "not a dict")
        self.refused("adam", lambda saved: saved["state"].update(x={}), "TW_ERROR_TYPE", "a key in state", "is a str")
        self.refused("adam", lambda saved: saved.pop("state"), "TW_ERROR_ARGUMENT", 'no key "state"')
        self.refused("amsgrad", lambda saved: saved["state"][0].pop("max_exp_avg_sq"), "TW_ERROR_ARGUMENT",
                     "state[0].max_exp_avg_sq", "amsgrad")
        self.refused("rmsprop", lambda saved: saved["state"][0].pop("momentum_buffer"), "TW_ERROR_ARGUMENT",
                     "state[0].momentum_buffer", "momentum")
        self.refused("rmsprop", lambda saved: saved["state"][1].pop("grad_avg"), "TW_ERROR_ARGUMENT",
                     "state[1].grad_avg", "centered")
        for step in (2.5, -1, float("nan"), torch.tensor(2.5), 2.0**60):
            self.refused("adam", lambda saved: saved["state"][3].update(step=step), "TW_ERROR_ARGUMENT",
                         "state[3].step", "whole number")
        self.refused("adam", lambda saved: saved["state"][3].update(step=torch.ones(2)), "TW_ERROR_TYPE",
                     "state[3].step", "[2]")

    def test_another_class_of_optimizer_is_refused(self):
        for kind in ("sgd", "rmsprop", "adagrad"):
            printed, _ = self.attempt("adam", self.saved(kind))
            self.assertTrue(printed.startswith("TW_ERROR_ARGUMENT") and "has no key" in printed, printed)
        self.refused("sgd", lambda saved: saved.update(state=self.saved("adam")["optimizer"]["state"]),
                     "TW_ERROR_TYPE", "state[0].step", "SGD")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
