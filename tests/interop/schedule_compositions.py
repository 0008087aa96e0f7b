"""Draws compositions of LR schedulers, a warmup and a way of stepping, and makes them smaller.

A composition is a dict: optimizer, groups (lr and betas or momentum), schedulers (trees, what is stepped in turn),
warmup or None, steps. A tree is a list: a kind and its arguments; for chained and sequential the first is a list of
trees. What a list holds one number a group of is marked by PerGroup.
"""
import copy

WITH_BETAS = ("adam", "adamw")
WITH_MOMENTUM = ("sgd", "rmsprop")


class PerGroup(list):
    """One number for all groups, or one a group."""


class Draw:
    """What is drawn depends on random alone, on which classes of PyTorch's the reference has, and on whether state_dicts are
    exchanged: then no groups are added on the way, and no sequential one is in another, which Python has as one sequence.

    modern is False for 1.13, which lacks beta1 in CyclicLR, a milestone of 0, and
    multiplies no rate by MultiplicativeLR's number for epoch 0 when SequentialLR comes to it. Today's PyTorch is what
    the library follows, so that none of this is drawn for 1.13.
    """

    def __init__(self, random, modern, for_files=False):
        self.random, self.modern, self.for_files = random, modern, for_files
        # PyTorch keeps the bounds of OneCycleLR, and of momentum, in the optimizer's groups, where a second such schedule
        # writes over the first one's. Here each has its own, so that at most one of each is drawn.
        self.cycled = self.one_cycled = False

    def chance(self, share):
        return self.random.random() < share

    def lr(self):
        return 10.0 ** self.random.uniform(-4, 0)

    def per_group(self, number):
        count = self.group_count if self.chance(0.5) else 1
        return PerGroup(number() for _ in range(count))

    def composition(self):
        self.optimizer = self.random.choice(["adamw", "adam", "sgd", "rmsprop", "adagrad"])
        self.group_count = self.random.randint(1, 3)
        beta2 = lambda: self.random.choice([0.95, 0.99, 0.999, self.random.uniform(0.65, 0.9995)])
        groups = [[self.lr(), self.random.uniform(0.3, 0.95), beta2()] for _ in range(self.group_count)]
        schedulers = [self.tree(0) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        metrics = self.chance(0.15)
        if metrics:
            schedulers.append(self.plateau())
        warmup = self.warmup() if self.chance(0.8) else None
        made = {"optimizer": self.optimizer, "groups": groups, "schedulers": schedulers, "warmup": warmup}
        made["steps"] = self.steps(made)
        return made

    # ---- schedulers

    def tree(self, depth):
        if depth < 2 and self.chance(0.3):
            return self.chained(depth) if self.chance(0.5) else self.sequential(depth)
        return self.leaf()

    def chained(self, depth):
        return ["chained", [self.tree(depth + 1) for _ in range(self.random.randint(1, 3))]]

    def sequential(self, depth):
        children = [self.part(depth) for _ in range(self.random.randint(1, 4))]
        if not self.modern:
            children = [c for i, c in enumerate(children) if i == 0 or self.first_leaf(c)[0] != "multiplicative"]
        least = 0 if self.modern else 1
        milestones = sorted(self.random.randint(least, 16) for _ in children[1:])
        return ["sequential", children, milestones]

    def first_leaf(self, tree):
        return self.first_leaf(tree[1][0]) if tree[0] in ("chained", "sequential") else tree

    def part(self, depth):
        """Of a sequential one: no chained one, which PyTorch cannot start."""
        nested = not self.for_files and depth < 2 and self.chance(0.2)
        return self.sequential(depth + 1) if nested else self.leaf()

    def leaf(self):
        kinds = [self.step, self.multi_step, self.constant, self.linear, self.exponential, self.polynomial, self.cosine,
                 self.warm_restarts, self.function, self.cyclic, self.one_cycle]
        return self.random.choice(kinds)()

    def length(self, least, most):
        """Whole, mostly."""
        whole = self.random.randint(least, most)
        return whole + 0.5 if self.chance(0.1) else whole

    def step(self):
        return ["step", self.length(1, 9), self.random.uniform(0.1, 1.2)]

    def multi_step(self):
        return ["multi_step", self.random.uniform(0.1, 1.2),
                [self.random.randint(0, 25) for _ in range(self.random.randint(0, 5))]]

    def constant(self):
        return ["constant", self.random.choice([self.random.uniform(0.05, 1), 0.0, 1.0]), self.length(0, 12)]

    def linear(self):
        return ["linear", self.random.uniform(0.05, 1), self.random.choice([0.0, 1.0, self.random.uniform(0, 1)]),
                self.length(0, 20)]

    def exponential(self):
        return ["exponential", self.random.uniform(0.7, 1.1)]

    def polynomial(self):
        return ["polynomial", self.length(0, 30), self.random.choice([1.0, 2.0, self.random.uniform(0, 3)])]

    def eta_min(self):
        return self.random.choice([0.0, 1e-5, self.random.uniform(0, 0.1)])

    def cosine(self):
        return ["cosine", self.length(1, 25), self.eta_min()]

    def warm_restarts(self):
        return ["warm_restarts", self.random.randint(1, 8), self.random.randint(1, 3), self.eta_min()]

    def numbered_function(self):
        kind = self.random.choice(["power", "inverse", "line"])
        ranges = {"power": (0.8, 1.02), "inverse": (0.01, 1), "line": (0.001, 0.02)}
        return kind, lambda: self.random.uniform(*ranges[kind])

    def function(self):
        kind, number = self.numbered_function()
        return [self.random.choice(["lambda", "multiplicative"]), kind, self.per_group(number)]

    def momentum_cycles(self, kinds):
        if self.cycled or self.optimizer not in kinds or self.chance(0.2):
            return 0, PerGroup(), PerGroup()
        self.cycled = True
        if self.chance(0.3):
            return 1, PerGroup(), PerGroup()  # the defaults
        base = self.per_group(lambda: self.random.uniform(0.1, 0.8))
        return 1, base, PerGroup(number + self.random.choice([0.15, 5.0]) for number in base)

    def cyclic(self):
        base = self.per_group(self.lr)
        high = PerGroup(self.lr() for _ in base)
        kind, number = self.numbered_function()
        kinds = WITH_MOMENTUM + (WITH_BETAS if self.modern else ())
        return ["cyclic", self.length(1, 8), self.random.choice([-1, 0, self.length(1, 8)]),
                self.random.randint(0, 3), self.random.uniform(0.8, 1), self.random.randint(0, 1), kind, [number()],
                *self.with_bounds(kinds, base, high)]

    def with_bounds(self, kinds, *bounds):
        cycles, least, most = self.momentum_cycles(kinds)
        return [cycles, *bounds, least, most]

    def one_cycle(self):
        if self.one_cycled:
            return self.step()
        self.one_cycled = True
        high = self.per_group(self.lr)
        total = self.random.choice([self.random.randint(1, 12), self.random.randint(8, 60)])
        rise = self.random.choice([0.0, 1 / total, 0.1, 0.5, 0.9, 1.0, self.random.uniform(0.15, 0.45)])
        return ["one_cycle", total, rise, self.random.randint(0, 1),
                self.random.randint(0, 1), self.random.uniform(2, 30), 10.0 ** self.random.uniform(0, 4),
                *self.with_bounds(WITH_MOMENTUM + WITH_BETAS, high)]

    def plateau(self):
        least = self.per_group(lambda: self.random.uniform(0, 1e-3)) if self.chance(0.5) else PerGroup()
        return ["plateau", self.random.randint(0, 1), self.random.randint(0, 1), self.random.uniform(0, 0.9),
                self.random.randint(0, 3), self.random.uniform(0, 0.1), self.random.randint(0, 2),
                self.random.choice([0.0, 1e-8, 1e-3]), least]

    # ---- the warmup and the steps

    def takes_groups(self, tree):
        """Whether PyTorch multiplies the rates of groups that are added later as those of the others, at every epoch."""
        if tree[0] == "chained":
            return all(self.takes_groups(child) for child in tree[1])
        return tree[0] in ("step", "multi_step", "constant", "linear", "exponential", "polynomial")

    def warmup(self):
        kind = self.random.choice(["linear", "exponential", "untuned_linear", "untuned_exponential", "radam"])
        if kind in ("linear", "exponential"):
            return [kind, self.per_group(lambda: self.random.randint(1, 30))]
        if self.optimizer in WITH_BETAS and self.chance(0.7):
            return [kind, PerGroup()]
        return [kind, self.per_group(lambda: self.random.choice([0.9, 0.99, self.random.uniform(0.65, 0.999)]))]

    def epoch(self, before):
        return self.random.choice([before + 1, before + 0.125, float(self.random.randint(0, 30)),
                                   self.random.uniform(0, 30)])

    def steps(self, made):
        trees = made["schedulers"]
        plain = [i for i, tree in enumerate(trees) if tree[0] != "plateau"]
        jumps = [i for i in plain if trees[i][0] not in ("chained", "sequential", "multiplicative")]
        style = self.random.choice(["plain", "plain", "per_epoch", "delayed", "jumps", "dampened"])
        if style == "dampened" and not (made["warmup"] and jumps and len(plain) == len(trees)):
            style = "plain"
        delay, per_epoch, epoch, steps = self.random.randint(2, 10), self.random.randint(2, 5), 0.0, []
        for i in range(self.random.randint(8, 32)):
            if style == "dampened":
                epoch = self.epoch(epoch)
                steps.append(["at_dampen", self.random.choice(jumps), epoch])
            elif style == "jumps" and jumps and self.chance(0.6):
                epoch = self.epoch(epoch)
                steps.append(["at", self.random.choice(jumps), epoch])
            else:
                on = not (style == "delayed" and i < delay or style == "per_epoch" and i % per_epoch)
                steps.append([self.random.choice(["step", "begin_step"]), plain if on else []])
            if len(plain) < len(trees) and self.chance(0.5):
                steps.append(["metric", len(trees) - 1, self.random.choice([1.0, 0.5, self.random.uniform(-1, 1)])])
            if self.chance(0.1):
                steps.append(["skip"])
        if not self.for_files and style != "jumps" and not made["warmup"] and all(self.takes_groups(tree) for tree in trees):
            for _ in range(self.random.randint(1, 2)):
                steps.insert(self.random.randint(0, len(steps)), ["add_group", self.lr()])
            return steps
        for _ in range(self.random.choice([0, 1, 1, 1, 2])):
            order = self.random.choice(["warmup_last", "warmup_first", "warmup_made_last"])
            steps.insert(self.random.randint(0, len(steps)), ["resume", order])
        return steps


# ---- as lines for the runner


def text(value):
    if isinstance(value, list):
        return " ".join([str(len(value))] + [text(each) for each in value])
    return value.hex() if isinstance(value, float) else str(value)


def tree_lines(tree):
    if tree[0] not in ("chained", "sequential"):
        return ["scheduler " + " ".join(text(each) for each in without_repeated_counts(tree))]
    lines = [line for child in tree[1] for line in tree_lines(child)]
    return lines + [" ".join(["scheduler", tree[0], str(len(tree[1]))] + [str(m) for m in (tree[2:] or [[]])[0]])]


def without_repeated_counts(tree):
    """The second of two bounds has as many numbers as the first: the runner reads no count for it."""
    out = list(tree)
    bare = {"cyclic": (10, 12), "one_cycle": (10,)}.get(tree[0], ())
    return [word for i, each in enumerate(out) for word in (each if i in bare else [each])]


def lines(made):
    out = ["optimizer " + made["optimizer"]]
    out += ["group " + " ".join(text(number) for number in group) for group in made["groups"]]
    out += [line for tree in made["schedulers"] for line in tree_lines(tree)]
    if made["warmup"]:
        out.append("warmup " + " ".join(text(each) for each in made["warmup"]))
    for step in made["steps"]:
        if step[0] in ("step", "begin_step"):
            mask = "".join("1" if i in step[1] else "0" for i in range(len(made["schedulers"])))
            out.append(f"{step[0]} {mask or '-'}")
        else:
            out.append(" ".join(text(each) for each in step))
    return out + ["end"]


# ---- smaller ones


def map_per_group(value, change):
    if isinstance(value, PerGroup):
        return change(value)
    if isinstance(value, list):
        return type(value)(map_per_group(each, change) for each in value)
    return value


def without_group(made, group):
    count = len(made["groups"])
    drop = lambda numbers: PerGroup(n for i, n in enumerate(numbers) if len(numbers) < count or i != group)
    out = {key: map_per_group(value, drop) for key, value in made.items()}
    out["groups"] = [g for i, g in enumerate(made["groups"]) if i != group]
    return out


def without_scheduler(made, index):
    out = copy.deepcopy(made)
    del out["schedulers"][index]
    moved = lambda i: i - (i > index)
    out["steps"] = [s for s in out["steps"] if s[0] not in ("at", "at_dampen", "metric") or s[1] != index]
    for step in out["steps"]:
        if step[0] in ("step", "begin_step"):
            step[1] = [moved(i) for i in step[1] if i != index]
        elif step[0] in ("at", "at_dampen", "metric"):
            step[1] = moved(step[1])
    return out


def smaller_trees(tree):
    """The tree with one composite replaced by a child, or one child fewer."""
    if tree[0] not in ("chained", "sequential"):
        return
    yield from tree[1]
    for i, child in enumerate(tree[1]):
        if len(tree[1]) > 1:
            rest = tree[1][:i] + tree[1][i + 1:]
            yield [tree[0], rest] + [tree[2][:i] + tree[2][i + 1:] if i < len(tree[2]) else tree[2][:-1]
                                     for _ in tree[2:]]
        for smaller in smaller_trees(child):
            yield [tree[0], tree[1][:i] + [smaller] + tree[1][i + 1:]] + tree[2:]


def smaller(made, differing_row):
    """Every composition that is one piece smaller; first the one without the steps after the row that differs."""
    if differing_row < len(made["steps"]):
        yield {**made, "steps": made["steps"][:differing_row]}
    if made["warmup"] and not any(step[0] == "at_dampen" for step in made["steps"]):
        yield {**made, "warmup": None}
    for i in range(len(made["schedulers"])):
        yield without_scheduler(made, i)
        for tree in smaller_trees(made["schedulers"][i]):
            yield {**made, "schedulers": made["schedulers"][:i] + [tree] + made["schedulers"][i + 1:]}
    for i in range(len(made["groups"])):
        if len(made["groups"]) > 1:
            yield without_group(made, i)
    for i in range(len(made["steps"])):
        yield {**made, "steps": made["steps"][:i] + made["steps"][i + 1:]}
