"""What programs often do around calculations: classes with `super()`, arguments of all kinds,
decorators, methods in variables, dicts with defaults, comprehensions, assignment expressions.

In: a generator that knows its variables. Out: expressions and statements for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .kinds import ADDING, BOOL, FLOAT, INT, INTS, TALLY, TEXT

if TYPE_CHECKING:
    from .generate import Generator

PRELUDE = """\
from collections import Counter, defaultdict


class Star(Point):
    base = 3

    def __init__(self, x, y, *, shine=1):
        super().__init__(x, y)
        self.y = self.y * shine

    def move(self, dx, dy):
        return super().move(dx, dy) + self.base

    def norm(self):
        return super().norm() - super().base

    @property
    def total(self):
        return super().total * 2

    def __getitem__(self, key):
        if isinstance(key, tuple):
            one, two = key
            return self.x * one + two
        return self.x + key


def doubled(function):
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs) * 2
    return wrapper


def spread(first, *rest, scale=1, **names):
    total = first * scale + len(names)
    for each in rest:
        total += each
    return total


@doubled
def traced(one, two=2, *, three=3):
    return one + two * three


def passed(*args, **kwargs):
    return spread(*args, **kwargs) + len(args)


def kind_of(value):
    if isinstance(value, bool):
        return 1
    if isinstance(value, (int, float)):
        return 2 if isinstance(value, int) else 3
    return 4 if isinstance(value, (str, list, Point)) else 5


STAR = Star(3, 0.5, shine=2)
"""


def start(g: Generator) -> None:
    """The first variables: some only."""
    if g.chance(0.4):
        name = g.fresh("ta")
        kind = g.random.choice(["Counter", "defaultdict(int, ", "defaultdict(float, "])
        content = {g.random.randint(0, 9): g.random.randint(0, 9) for _ in range(4)}
        g.write(f"{name} = {kind}{'(' if kind == 'Counter' else ''}{content})")
        g.variables[name] = TALLY
    owner = g.pick(INTS)
    if owner is not None and g.chance(0.4):
        name = g.fresh("view")  # it is not shown: it has an address
        g.write(f"{name} = {owner}.append")
        g.variables[name] = ADDING
        g.fixed.add(owner)


def integers(g: Generator) -> list[str]:
    """Expressions that give ints, mostly."""
    a, b = g.atom(INT), g.atom(INT)
    any_ = g.atom(g.random.choice([INT, FLOAT, BOOL, TEXT, INTS]))
    forms = [
        f"spread({a}, {b}, scale={g.random.randint(1, 3)})",
        f"spread({a}, *({b}, 1), one={a}, two=2)",
        f"passed({a}, {b}, 3, scale=2)",
        f"passed({a}, other={b})",
        f"traced({a})",
        f"traced({a}, two={b})",
        f"traced(two={a}, one={b}, three=1)",
        f"kind_of({any_})",
        f"isinstance({any_}, (int, str))",
        f"STAR[{a}, {b}]",
        f"STAR[{a}]",
        "int(STAR.move(1, 0.5)) % 1000",
        f"len({{each % 5 for each in ({a}, {b}, 3)}})",
        f"sum({{each: each * 2 for each in ({a}, {b}, 7)}}.values())",
    ]
    ints, tally = g.pick(INTS), g.pick(TALLY)
    if ints is not None:
        forms += [
            f"len({{each % 7 for each in {ints} if each > {b}}})",
            f"len({{each: [each, {a}] for each in {ints}}})",
            f"spread(*{ints}[:3], 1)",
            f"max({{place: each for place, each in enumerate({ints})}})",
        ]
    if tally is not None:
        forms += [f"len({tally})", f"int({tally}.get({a}, 3))", f"({a} in {tally})"]
        forms += [f"int({tally}[{a} % 12]) % 1009"]
    return forms


def statement(g: Generator) -> None:
    """One of these statements."""
    choices: list[Callable[[Generator], bool]] = [count, add, name_and_test]
    if not g.random.choice(choices)(g):
        g.assign()


def count(g: Generator) -> bool:
    """Into a dict with defaults."""
    owner = g.pick(TALLY)
    if owner is None:
        return False
    key = f"{g.atom(INT)} % {g.random.randint(2, 15)}"
    operator = g.random.choice(["+=", "+=", "="])
    g.write(f"{owner}[{key}] {operator} {g.atom(INT)} % 100")
    return True


def add(g: Generator) -> bool:
    """By a method in a variable."""
    name = g.pick(ADDING)
    owner = g.pick(INTS)
    if name is None or owner is None:
        return False
    g.block(f"if len({owner}) < 30:", lambda: g.write(f"{name}({g.expression(INT)} % 1000)"))
    return True


def name_and_test(g: Generator) -> bool:
    """An assignment expression."""
    name = g.pick(INT)
    if name is None or name in g.fixed:
        return False
    value = g.expression(INT, 2)
    g.block(f"if ({name} := {value}) > {g.random.randint(-5, 50)}:", lambda: g.suite(1, 1))
    g.contain(name, INT)
    return True
