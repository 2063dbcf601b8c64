"""Random programs: loops over numbers, lists, objects and calls, with surprises.

    source = program(seed)

The same seed gives the same program on each host. A program is a series of cases: functions that
run a few loops. Each prints its variables, or its exception with the lines of the traceback. Types
are kept track of, so that most operations succeed; now and then a variable gets a value of another
type in the middle of a loop, a number grows beyond 64 bits, an index is out of range.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from . import idioms
from .kinds import (
    BOOL,
    DATA,
    FLOAT,
    FLOATS,
    INT,
    INTS,
    NAMES,
    OBJECT,
    OBJECTS,
    REALS,
    ROWS,
    TABLE,
    TEXT,
    WORDS,
)

NUMBERS = (INT, FLOAT)
CASES = 4
WORDS_USED = ["a", "b", "the", "fox", "caf\u00e9", "\u03b1\u03b2", "long word", ""]
TIMES = 3
"""How often each case runs: from the second time on it enters what was compiled for the first."""


PRELUDE = """\
import math
from array import array


class Point:
    count = 0

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.seen = []
        self.peer = None

    def move(self, dx, dy):
        self.x += dx
        self.y = self.y + dy
        return self.x

    def norm(self):
        return self.x * self.x + self.y * self.y

    @property
    def total(self):
        return self.x + self.y

    def note(self, value):
        if len(self.seen) < 20:
            self.seen.append(value)

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r}, {self.seen!r}, {far(self)})"


class Cell:
    __slots__ = ("x", "y", "seen", "peer")

    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.seen = []
        self.peer = None

    def move(self, dx, dy):
        self.y += dy
        self.x += dx
        return self.y

    def norm(self):
        return abs(self.x) + abs(self.y)

    @property
    def total(self):
        return self.x - self.y

    def note(self, value):
        if len(self.seen) < 10:
            self.seen.append(value)

    def __repr__(self):
        return f"Cell({self.x!r}, {self.y!r}, {self.seen!r}, {far(self)})"


def far(node):
    found = []
    while node is not None and len(found) < 5:
        found.append(node.x)
        node = node.peer
    return found


def tame(value):
    if value > 1000000000000 or value < -1000000000000:
        return value % 1009
    return value


def halve(value):
    return value // 2 if value % 2 == 0 else 3 * value + 1


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def depth(n, step=1):
    if not n > 0:  # nan, too
        return 0
    return 1 + depth(n - step)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def grow(n):
    return 1 if n < 1 else n * grow(n - 1)


def clip(value, low, high):
    if value < low:
        return low
    return high if value > high else value


def first(values, default):
    for value in values:
        if value > default:
            return value
    return default


def report(name, function):
    try:
        print(name, function())
    except RecursionError:
        print(name, "RecursionError")
    except Exception as error:
        lines = []
        entry = error.__traceback__
        while entry is not None:
            lines.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
            entry = entry.tb_next
        print(name, type(error).__name__, error, lines)


counter = 0
scale = 1.5
table = [3, 1, 4, 1, 5, 9, 2, 6]
LIMIT = 7
"""


class Generator:
    """Writes one program."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.indent = 0
        self.variables: dict[str, str] = {}
        self.loops = 0
        self.names = 0
        self.budget = 0
        self.fixed: set[str] = set()
        self.iterated: list[str] = []

    def program(self) -> str:
        """The source."""
        for number in range(CASES):
            self.case(number)
        for number in range(CASES):
            self.write(f"for _ in range({TIMES}):")
            self.write(f'    report("case {number}", case_{number})')
        if self.random.random() < 0.5:
            self.module_loop()
        return PRELUDE + "\n" + idioms.PRELUDE + "\n\n" + "\n".join(self.lines) + "\n"

    # --- text

    def write(self, text: str) -> None:
        self.lines.append("    " * self.indent + text)

    def block(self, head: str, body: Callable[[], None]) -> None:
        """A compound statement. What its body defines is not known behind it."""
        self.write(head)
        self.indent += 1
        before = dict(self.variables)
        size = len(self.lines)
        body()
        if len(self.lines) == size:
            self.write("pass")
        self.variables = before
        self.indent -= 1

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, *kinds: str) -> str | None:
        """A variable of one of these kinds."""
        names = [name for name, kind in self.variables.items() if kind in kinds]
        return self.random.choice(names) if names else None

    def fresh(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    # --- programs

    def case(self, number: int) -> None:
        self.variables = {}
        self.fixed = set()
        self.write("")
        self.write(f"def case_{number}():")
        self.indent += 1
        if self.chance(0.3):
            self.write("global counter")
            self.variables["counter"] = INT
        self.start()
        self.budget = 26
        for _ in range(self.random.randint(2, 4)):
            self.loop()
            if self.chance(0.5):
                self.statement()
        names = sorted(
            name for name in self.variables if name != "counter" and not name.startswith("view")
        )
        self.write(f"return {', '.join(names)}, counter")
        self.indent -= 1
        self.write("")

    def module_loop(self) -> None:
        """A loop in the module's own scope."""
        self.variables = {"counter": INT, "scale": FLOAT, "table": INTS}
        self.fixed = set()
        self.budget = 12
        self.start()
        self.loop()
        names = sorted(name for name in self.variables if not name.startswith("view"))
        self.write(f"print({', '.join(names)})")

    def start(self) -> None:
        """The first variables."""
        choose = self.random
        kinds = (INT, INT, FLOAT, BOOL, INTS, FLOATS, ROWS, OBJECT, OBJECTS)
        for kind in (*kinds, TABLE, NAMES, TEXT, WORDS):
            if kind in (INT, FLOAT) or self.chance(0.5):
                name = self.fresh(kind[0] if kind in kinds[:7] else kind[:2])
                self.write(f"{name} = {self.new(kind, choose)}")
                self.variables[name] = kind
        if self.chance(0.4):
            self.buffers()
        idioms.start(self)

    def buffers(self) -> None:
        """Buffers, and views of them, which are not shown: they have addresses."""
        choose = self.random
        numbers = [choose.randint(0, 255) for _ in range(choose.randint(1, 12))]
        data, reals = self.fresh("da"), self.fresh("re")
        code = choose.choice("BhiqQ")
        made = [f"bytearray({numbers})", f'array("{code}", {numbers})', f"bytes({numbers})"]
        self.write(f"{data} = {choose.choice(made)}")
        code = choose.choice("dddf")
        self.write(f'{reals} = array("{code}", {[number / 4 for number in numbers]})')
        self.variables |= {data: DATA, reals: REALS}
        for name, kind in ((data, DATA), (reals, REALS)):
            if self.chance(0.4):
                view = self.fresh("view")
                part = choose.choice(["", "[::-1]", "[1:]", "[::2]"])
                self.write(f"{view} = memoryview({name}){part}")
                self.variables[view] = kind

    def poke(self) -> None:
        """Store into a buffer, or append to one."""
        name = self.pick(DATA, REALS)
        if name is None:
            return self.assign()
        is_real = self.variables[name] == REALS
        value = self.expression(FLOAT if is_real else INT)
        if not is_real and self.chance(0.9):
            value = f"({value}) % {self.random.choice([256, 128, 100])}"
        if self.chance(0.2) and not name.startswith("view"):
            head = f"if len({name}) < {self.random.randint(5, 40)}:"
            self.block(head, lambda: self.write(f"{name}.append({value})"))
        else:
            operator = self.random.choice(["=", "=", "+=", "^="][: 3 if is_real else 4])
            self.write(f"{self.index(name)} {operator} {value}")
        return None

    def buffer_loop(self) -> None:
        owner = self.pick(DATA, REALS)
        if owner is None:
            return self.list_loop()
        element = INT if self.variables[owner] == DATA else FLOAT
        name = self.fresh("e")
        if self.chance(0.3):
            count = self.fresh("n")
            self.over(f"{count}, {name}", element, f"enumerate({owner})", name)
        else:
            self.over(name, element, owner)
        return None

    def new(self, kind: str, choose: random.Random) -> str:
        maker = choose.choice(["Point", "Cell", "Star"])
        if kind == INT:
            big = [2**31, -(2**31), 2**62, 2**63 - 1, -(2**63), 2**64 + 3]
            return str(choose.choice(big) if self.chance(0.1) else choose.randint(-9, 40))
        if kind == FLOAT:
            return choose.choice(["0.0", "-0.0", "1.5", "0.1", "-3.25", "1e10", "1e300", "2.0"])
        if kind == BOOL:
            return choose.choice(["True", "False"])
        if kind == INTS:
            return repr([choose.randint(-5, 300) for _ in range(choose.randint(1, 9))])
        if kind == FLOATS:
            return repr([choose.randint(-50, 50) / 4 for _ in range(choose.randint(1, 9))])
        if kind == ROWS:
            return "[[i * j for j in range(4)] for i in range(5)]"
        if kind == TABLE:
            return repr({choose.randint(-3, 20): choose.randint(0, 9) for _ in range(4)})
        if kind == NAMES:
            return repr({choose.choice(WORDS_USED): choose.randint(0, 9) for _ in range(3)})
        if kind == TEXT:
            return repr("".join(choose.choice("abcxyz 019") for _ in range(choose.randint(0, 12))))
        if kind == WORDS:
            return repr([choose.choice(WORDS_USED) for _ in range(choose.randint(1, 9))])
        if kind == OBJECT:
            return f"{maker}({self.new(INT, choose)}, {self.new(FLOAT, choose)})"
        return f"[{maker}(i, i * 0.5) for i in range({choose.randint(1, 6)})]"

    # --- statements

    def suite(self, least: int = 1, most: int = 3) -> None:
        for _ in range(self.random.randint(least, most)):
            self.statement()

    def statement(self) -> None:
        self.budget -= 1
        choices: list[tuple[float, Callable[[], None]]] = [
            (6, self.assign),
            (5, self.augment),
            (3, self.store),
            (2, self.append),
            (1, self.pop),
            (1.5, self.attribute),
            (1.5, self.call_method),
            (1.5, self.keep),
            (1, self.swap),
            (0.4, self.surprise),
            (0.5, self.unpack),
            (0.4, self.new_list),
            (1.5, self.count),
            (1.5, self.poke),
            (1.5, lambda: idioms.statement(self)),
        ]
        if self.budget > 0:
            choices += [(3, self.branch), (0.6, self.guarded)]
            if self.loops < 3:
                choices.append((1.5, self.loop))
        if self.loops:
            choices.append((0.6, self.jump))
        weights = [weight for weight, _ in choices]
        self.random.choices([make for _, make in choices], weights)[0]()

    def assign(self) -> None:
        kind = self.random.choice([INT, INT, INT, FLOAT, FLOAT, BOOL])
        name = self.pick(kind) if self.chance(0.7) else self.fresh(kind[0])
        if name is None or name in self.fixed:
            name = self.fresh(kind[0])
        self.write(f"{name} = {self.expression(kind)}")
        self.variables[name] = kind
        self.contain(name, kind)

    def contain(self, name: str, kind: str) -> None:
        """Numbers grow, but not for ever."""
        if kind == INT and self.chance(0.8):
            form = self.random.randrange(3)
            if form == 0:
                self.write(f"{name} = tame({name})")
            elif form == 1:
                self.write(f"{name} %= {self.random.choice([97, 1009, 2**31, 2**64])}")
            else:
                self.block(f"if {name} > 2**70 or {name} < -(2**70):", lambda: self.reset(name))
        elif kind == INT:
            self.block(f"if not -(2**200) < {name} < 2**200:", lambda: self.reset(name))

    def reset(self, name: str) -> None:
        self.write(f"{name} = {self.random.randint(-20, 20)}")

    def augment(self) -> None:
        name = self.pick(INT, FLOAT)
        if name is None or name in self.fixed:
            return self.assign()
        kind = self.variables[name]
        operators = ["+=", "-=", "*="] if kind == FLOAT else ["+=", "-=", "*=", "^=", "|=", "&="]
        self.write(f"{name} {self.random.choice(operators)} {self.expression(kind)}")
        self.contain(name, kind)
        return None

    def store(self) -> None:
        name = self.pick(INTS, FLOATS, ROWS)
        if name is None:
            return self.assign()
        kind = self.variables[name]
        operator = self.random.choice(["=", "=", "+="])
        if kind == ROWS:
            self.write(
                f"{self.index(name)}[{self.random.randint(-4, 3)}] {operator} "
                f"{self.atom(INT)} % 1000"
            )
            return None
        element = INT if kind == INTS else FLOAT
        value = self.expression(element)
        if element == INT:
            value = f"({value}) % 100003"
        self.write(f"{self.index(name)} {operator} {value}")
        return None

    def append(self) -> None:
        name = self.pick(INTS, FLOATS)
        if name is None:
            return self.assign()
        element = INT if self.variables[name] == INTS else FLOAT

        def body() -> None:
            value = self.expression(element)
            self.write(f"{name}.append({value})")

        self.block(f"if len({name}) < {self.random.randint(3, 40)}:", body)
        return None

    def pop(self) -> None:
        name = self.pick(INTS, FLOATS)
        if name is None or name in self.iterated:  # it might never end
            return self.assign()
        target = self.pick(INT if self.variables[name] == INTS else FLOAT)
        if target is None or target in self.fixed:
            return self.assign()
        head = self.random.choice([f"if {name}:", f"if len({name}) > 2:"])
        self.block(head, lambda: self.write(f"{target} = {name}.pop()"))
        return None

    def swap(self) -> None:
        name = self.pick(INTS, FLOATS, OBJECTS)
        if name is None:
            return self.assign()
        one, two = self.index(name), self.index(name)
        self.write(f"{one}, {two} = {two}, {one}")
        return None

    def unpack(self) -> None:
        one, two = self.pick(INT), self.pick(FLOAT)
        if one is None or two is None or {one, two} & self.fixed:
            return self.assign()
        self.write(f"{one}, {two} = {self.atom(INT)}, {self.expression(FLOAT)}")
        return None

    def new_list(self) -> None:
        name = self.pick(INTS, FLOATS)
        if name is None or name in self.fixed:
            return self.assign()
        element = INT if self.variables[name] == INTS else FLOAT
        form = self.random.randrange(5)
        if form == 0:
            text = f"[{self.atom(element)}] * {self.random.randint(1, 6)}"
        elif form == 1:
            text = f"[{self.atom(element)}, {self.atom(element)}]"
        elif form == 2:
            text = f"[each * 2 for each in {name}]"
        elif form == 3:
            text = f"{name}[{self.random.randint(0, 2)}:]"
        else:
            text = f"{name}[:12] + [{self.atom(element)}]"
        self.write(f"{name} = {text}")
        return None

    def count(self) -> None:
        """Something with a dictionary or a string."""
        table, names = self.pick(TABLE), self.pick(NAMES)
        target = self.pick(INT)
        if self.chance(0.6) and table is not None:
            owner, key = table, self.random.choice([self.atom(INT), f"{self.atom(INT)} % 12"])
        elif names is not None:
            owner, key = names, self.atom(TEXT)
        else:
            return self.assign()
        form = self.random.randrange(6)
        if form == 0:
            self.write(f"{owner}[{key}] = {owner}.get({key}, 0) + 1")
        elif form == 1:
            self.block(f"if {key} in {owner}:", lambda: self.write(f"{owner}[{key}] += 1"))
        elif form == 2:
            self.write(f"{owner}[{key}] = {self.atom(INT)} % 1000")
        elif target is None or target in self.fixed:
            self.write(f"{owner}[{key}] += 2")
        elif form == 3:
            self.write(f"{target} = {owner}.get({key}, {self.atom(INT)})")
        elif form == 4:
            self.block(f"if {key} not in {owner}:", lambda: self.write(f"{owner}[{key}] = 3"))
            self.write(f"{target} = {owner}[{key}] + len({owner})")
        else:
            self.write(f"{target} = {owner}[{key}]")
        return None

    def text_loop(self) -> None:
        owner = self.pick(TEXT, WORDS)
        if owner is None:
            return self.range_loop()
        return self.over(self.fresh("s"), TEXT, owner)

    def attribute(self) -> None:
        owner = self.object()
        if owner is None:
            return self.assign()
        field, element = self.random.choice([("x", INT), ("y", FLOAT)])
        operator = self.random.choice(["=", "+=", "-="])
        value = self.expression(element)
        self.write(f"{owner}.{field} {operator} {value}")
        if element == INT:
            self.write(f"{owner}.{field} %= 2**66")
        return None

    def call_method(self) -> None:
        owner = self.object()
        if owner is None:
            return self.assign()
        form = self.random.randrange(3)
        if form == 0:
            self.write(f"{owner}.move({self.atom(INT)}, {self.atom(FLOAT)})")
        elif form == 1:
            self.write(f"{owner}.note({self.atom(INT)})")
        else:
            self.write(f"{owner}.x = tame({owner}.move(1, 0.5))")
        return None

    def keep(self) -> None:
        """Objects that are made, kept in attributes and lists, and dropped."""
        owner, items = self.object(), self.pick(OBJECTS)
        if owner is None:
            return self.assign()
        maker = self.random.choice(["Point", "Cell", "Star"])
        made = f"{maker}({self.atom(INT)}, {self.atom(FLOAT)})"
        form = self.random.randrange(6)
        if form == 0:
            self.write(f"{owner}.peer = {made}")
        elif form == 1:
            self.write(f"{owner}.peer = {self.object()}")
        elif form == 2:
            self.write(f"{owner}.peer = {self.random.choice(['None', f'{owner}.peer'])}")
        elif form == 3 and owner not in self.iterated:
            self.write(f"{owner} = {made}")
        elif items is not None and items not in self.iterated:
            grown = f"if len({items}) < 30:"
            self.block(grown, lambda: self.write(f"{items}.append({made})"))
            if self.chance(0.5):
                shrunk = f"if len({items}) > 2:"
                self.block(shrunk, lambda: self.write(f"{owner}.peer = {items}.pop()"))
        else:
            name = self.fresh("n")
            self.write(f"{name} = {owner}.peer")
            test = f"if {name} is not None:"
            self.block(test, lambda: self.write(f"{owner}.y += {name}.y * 0.5"))
        return None

    def object(self) -> str | None:
        name = self.pick(OBJECT, OBJECTS)
        if name is None or self.variables[name] == OBJECT:
            return name
        return self.index(name)

    def surprise(self) -> None:
        """A value of another type, once."""
        name = self.pick(INT, FLOAT, INTS)
        if name is None or name in self.fixed:
            return self.assign()
        value = self.random.choice(["0.5", "2**80", "True", "-1", "'text'", "None", "1e400", "[]"])
        if self.variables[name] == INTS:
            name = self.index(name)
        condition = f"{self.atom(INT)} == {self.random.randint(0, 9)}"
        self.block(f"if {condition}:", lambda: self.write(f"{name} = {value}"))
        return None

    def branch(self) -> None:
        self.block(f"if {self.condition()}:", lambda: self.suite(1, 2))
        if self.chance(0.3):
            self.block(f"elif {self.condition()}:", lambda: self.suite(1, 2))
        if self.chance(0.4):
            self.block("else:", lambda: self.suite(1, 2))

    def guarded(self) -> None:
        """try: most exceptions of a case come from here."""
        self.block("try:", lambda: self.suite(1, 2))
        if self.chance(0.7):
            self.block("except (ArithmeticError, LookupError):", lambda: self.suite(1, 1))
            if self.chance(0.3):
                self.block("finally:", lambda: self.suite(1, 1))
        else:
            self.block("finally:", lambda: self.suite(1, 1))

    def jump(self) -> None:
        word = self.random.choice(["break", "continue", "continue"])
        self.block(f"if {self.condition()}:", lambda: self.write(word))

    def loop(self) -> None:
        if self.loops >= 3:
            return self.assign()
        self.loops += 1
        self.random.choice(
            [
                self.range_loop,
                self.range_loop,
                self.while_loop,
                self.list_loop,
                self.zip_loop,
                self.object_loop,
                self.text_loop,
                self.buffer_loop,
            ]
        )()
        self.loops -= 1
        if self.chance(0.15):
            self.block("else:", lambda: self.suite(1, 1))
        return None

    def rounds(self) -> int:
        return self.random.randint(1, 60) if self.loops == 1 else self.random.randint(0, 7)

    def range_loop(self) -> None:
        name = self.fresh("k")
        rounds = self.rounds()
        form = self.random.choice(
            [
                f"range({rounds})",
                f"range({self.random.randint(-5, 5)}, {rounds})",
                f"range({rounds}, 0, -{self.random.randint(1, 3)})",
                f"reversed(range({rounds}))",
                f"range(0, {rounds * 3}, {self.random.randint(1, 4)})",
            ]
        )
        self.over(name, INT, form)

    def list_loop(self) -> None:
        owner = self.pick(INTS, FLOATS)
        if owner is None:
            return self.range_loop()
        element = INT if self.variables[owner] == INTS else FLOAT
        name = self.fresh("e")
        form = self.random.randrange(5)
        if form == 0:
            count = self.fresh("n")
            self.variables[count] = INT
            self.fixed.add(count)
            self.over(f"{count}, {name}", element, f"enumerate({owner})", name)
            self.variables.pop(count)
        elif form == 1:
            self.over(name, element, f"reversed({owner})")
        elif form == 2:
            self.over(name, element, f"{owner}[{self.random.randint(0, 2)}:]")
        elif form == 3:
            self.over(name, element, f"tuple({owner})")
        else:
            self.over(name, element, owner)
        return None

    def zip_loop(self) -> None:
        one, two = self.pick(INTS), self.pick(FLOATS)
        if one is None or two is None:
            return self.range_loop()
        left, right = self.fresh("e"), self.fresh("e")
        self.variables[left] = INT
        self.fixed.add(left)
        self.over(f"{left}, {right}", FLOAT, f"zip({one}, {two})", right)
        self.variables.pop(left)
        return None

    def object_loop(self) -> None:
        owner = self.pick(OBJECTS)
        if owner is None:
            return self.while_loop()
        return self.over(self.fresh("p"), OBJECT, owner)

    def over(self, target: str, kind: str, iterable: str, name: str = "") -> None:
        """`for`; the loop's variables are known inside."""
        name = name or target
        before = dict(self.variables)
        self.variables[name] = kind
        if kind == INT:
            self.fixed.add(name)
        count = len(self.iterated)
        self.iterated += [each for each in before if each in iterable]
        self.block(f"for {target} in {iterable}:", lambda: self.suite(2, 4))
        del self.iterated[count:]
        self.variables = before

    def while_loop(self) -> None:
        name = self.fresh("w")
        self.write(f"{name} = {self.rounds()}")
        self.fixed.add(name)

        def body() -> None:
            self.variables[name] = INT
            self.write(f"{name} -= 1")
            self.suite(2, 4)

        extra = f" and ({self.condition()})" if self.chance(0.2) else ""
        self.block(f"while {name} > 0{extra}:", body)

    # --- expressions

    def condition(self) -> str:
        form = self.random.randrange(9)
        kind = self.random.choice(NUMBERS)
        relation = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        plain = f"{self.simple(kind)} {relation} {self.simple(kind)}"
        if form == 0:
            return f"not {self.atom(BOOL)}"
        if form == 1:
            return f"{plain} and {self.atom(BOOL)}"
        if form == 2:
            return f"{plain} or {self.atom(INT)} % 3 == 0"
        if form == 3:
            return f"{self.atom(INT)} < {self.atom(INT)} <= {self.atom(INT)}"
        if form == 4:
            return self.atom(INT)
        text = self.pick(TEXT)
        if form == 8 and text is not None:
            letter = self.random.choice("abcx ")
            return self.random.choice([f'{text} == "{letter}"', f'{text} in "xyz abc"', text])
        return plain

    def comparison(self) -> str:
        """A condition without operands of its own."""
        kind = self.random.choice(NUMBERS)
        relation = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        return f"{self.atom(kind)} {relation} {self.atom(kind)}"

    def index(self, name: str) -> str:
        """An element, mostly one that exists."""
        form = self.random.randrange(8)
        if form == 0:
            return f"{name}[0]"
        if form == 1:
            return f"{name}[-1]"
        if form == 2:
            return f"{name}[{self.atom(INT)} % 4]"
        return f"{name}[{self.atom(INT)} % len({name})]"

    def atom(self, kind: str) -> str:
        name = self.pick(kind)
        if name is not None and self.chance(0.75):
            return name
        if kind == INT and self.chance(0.1):
            return self.random.choice(["LIMIT", "counter", "len(table)"])
        if kind == FLOAT and self.chance(0.15):
            return "scale"
        value = self.new(kind, self.random)
        return f"({value})" if value.startswith("-") else value

    def simple(self, kind: str) -> str:
        return self.expression(kind, 1)

    def expression(self, kind: str, depth: int = 3) -> str:
        if depth <= 0 or self.chance(0.2):
            return self.atom(kind)
        if kind == BOOL:
            return f"({self.comparison()})"
        return self.integer(depth) if kind == INT else self.real(depth)

    def integer(self, depth: int) -> str:
        choose = self.random
        a, b = self.expression(INT, depth - 1), self.expression(INT, depth - 2)
        small = choose.randint(1, 12)
        ints, floats, owner = self.pick(INTS), self.pick(FLOATS), self.object()
        rows = self.pick(ROWS)
        forms = [
            f"({a} + {b})",
            f"({a} - {b})",
            f"({a} * {b})",
            f"({a} // {small})",
            f"({a} % {small})",
            f"({a} // ({b} or 7))",
            f"({a} % {b})",
            f"({a} & {b})",
            f"({a} ^ {small})",
            f"({a} << {choose.randint(0, 9)})",
            f"({a} >> ({b} & 15))",
            f"-{self.atom(INT)}",
            f"~{self.atom(INT)}",
            f"abs({a})",
            f"min({a}, {b})",
            f"max({a}, {b}, {small})",
            f"({a} if {self.comparison()} else {b})",
            f"int({self.atom(FLOAT)})",
            f"{self.atom(INT)} ** {choose.randint(0, 3)}",
            f"divmod({a}, {small})[{choose.randint(0, 1)}]",
            f"halve({a})",
            f"tame({a})",
            f"clip({a}, -{small}, {small})",
            f"fib({self.atom(INT)} % 9)",
            f"depth({self.atom(INT)} % 30)",
            f"grow({self.atom(INT)} % 25)",
            f"(even({self.atom(INT)} % 20) + {a})",
            f"({a} and {b})",
            f"round({self.atom(FLOAT)})",
        ]
        if ints is not None:
            forms += [self.index(ints)] * 4
            forms += [f"len({ints})", f"sum({ints})", f"max({ints})", f"first({ints}, {a})"]
        if floats is not None:
            forms.append(f"len({floats})")
        data = self.pick(DATA)
        if data is not None:
            forms += [self.index(data)] * 4 + [f"len({data})"]
        text = self.pick(TEXT)
        if text is not None:
            forms += [f"len({text})", f"(ord({text}) if len({text}) == 1 else 3)"]
            forms += [f"({text} == {self.atom(TEXT)}) + 1", f"ord({text}[{self.atom(INT)} % 3])"]
        if rows is not None:
            forms += [f"{self.index(rows)}[{choose.randint(-4, 3)}]"] * 2
        if owner is not None:
            forms += [f"{owner}.x"] * 4
        if self.chance(0.2):
            forms = idioms.integers(self)
        return choose.choice(forms)

    def real(self, depth: int) -> str:
        choose = self.random
        a, b = self.expression(FLOAT, depth - 1), self.expression(FLOAT, depth - 2)
        floats, owner = self.pick(FLOATS), self.object()
        forms = [
            f"({a} + {b})",
            f"({a} - {b})",
            f"({a} * {b})",
            f"({a} / {b})",
            f"({a} / {choose.randint(1, 9)})",
            f"({a} + {self.atom(INT)})",
            f"({self.atom(INT)} * {b})",
            f"({self.atom(INT)} / {choose.randint(1, 9)})",
            f"({a} // 1.5)",
            f"({a} % 7.25)",
            f"-{self.atom(FLOAT)}",
            f"abs({a})",
            f"min({a}, {b})",
            f"float({self.atom(INT)} % 1000)",
            f"({a} if {self.comparison()} else {b})",
            f"math.sqrt(abs({self.atom(FLOAT)}))",
            f"math.sin({self.atom(FLOAT)})",
            f"{self.atom(FLOAT)} ** 2",
            f"clip({a}, -1.5, 99.0)",
            f"depth({self.atom(FLOAT)} % 9.5) * 0.5",
        ]
        if floats is not None:
            forms += [self.index(floats)] * 4
        reals = self.pick(REALS)
        if reals is not None:
            forms += [self.index(reals)] * 4
        if owner is not None:
            forms += [f"{owner}.y"] * 4 + [f"{owner}.norm() * 1.0", f"{owner}.total * 0.5"]
        return choose.choice(forms)


def program(seed: int) -> str:
    """The program of a seed."""
    return Generator(seed).program()
