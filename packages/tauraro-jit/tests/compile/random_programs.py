"""Random programs whose last statement is a loop: a source of randomness in, source text out.

Variables keep to one kind each (`a`, `b`, `c` ints, `x`, `y` floats, `p`, `q` bools), except `u`
and `v`, which change, and `h`, which has 64 bits. Lists have elements of one kind, except `mixed`. All loops end: `while` loops
count, and numbers that grow are cut down at the end of each round.

The grammar below is text with `<symbols>`; each is replaced by one of its alternatives, at random.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

SYMBOL = re.compile(r"<(\w+)>")
DEPTH = 3
"""Nested expressions below a statement; further down only LEAVES."""

GRAMMAR: dict[str, list[str]] = {
    "small": ["0", "1", "2", "3", "7", "10", "63", "64", "255", "256", "257"],
    "large": [
        "1000003",
        "1073741823",
        "1073741824",
        "2147483648",
        "1152921504606846975",
        "1152921504606846976",
        "4611686018427387904",
        "9007199254740992",
        "9007199254740993",
        "9007199254740991",
        "9223372036854775807",
        "(-9223372036854775807)",
        "9223372036854775808",
    ],
    "real": [
        "0.0",
        "(-0.0)",
        "0.5",
        "1.0",
        "(-1.5)",
        "2.5",
        "3.5",
        "(-2.5)",
        "0.1",
        "7.25",
        "1e16",
        "1e308",
        "5e-324",
        "9007199254740992.0",
        "9.3e18",
        "9223372036854775808.0",
        "0.49999999999999994",
    ],
    "truth": ["True", "False"],
    "integer": ["<small>", "<small>", "(-<small>)", "<large>"],
    "number": ["<integer>", "<real>"],
    "any": ["<int>", "<float>", "<bool>", "<changing>"],
    # an int, now and then a bool
    "int": [
        "(<int> <arithmetic> <int>)",
        "(<int> <arithmetic> <int>)",
        "(<int> <bitwise> <int>)",
        "((<int> <arithmetic> <int>) & <mask>)",
        "((<int> <arithmetic> <int>) % <mask>)",
        "(<int> <divide> <divisor>)",
        "(<int> <shift> <distance>)",
        "(<int> <shift> (<int> & 63))",
        "(<int> ** <exponent>)",
        "(-<int>)",
        "(~<int>)",
        "(+<int>)",
        "abs(<int>)",
        "min(<int>, <int>)",
        "max(<int>, <int>, <int>)",
        "int(<int>)",
        "int(<bool>)",
        "int(<smallreal>)",
        "(<int> if <bool> else <int>)",
        "(<int> and <int>)",
        "(<int> or <int>)",
        "round(<smallreal>)",
        "math.floor(<smallreal>)",
        "math.ceil(<smallreal>)",
        "math.trunc(<smallreal>)",
        "twice(<int>, <int>)",
        "pick(<bool>, <int>)",
        "digits(<int>)",
        "inside(<list>, <small>)",
        "(<word> >> 40)",
        "(<word> % <divisor>)",
        "(<word> & <mask>)",
        "<leaf_int>",
        "<leaf_int>",
        "<leaf_int>",
        "<leaf_int>",
    ],
    "leaf_int": [
        "<integer>",
        "<integer>",
        "<intname>",
        "<intname>",
        "<intname>",
        "ints[<index_ints>]",
        "rows[<index_rows>][0]",
        "len(<list>)",
        "p",
    ],
    "arithmetic": ["+", "-", "*"],
    "bitwise": ["&", "|", "^"],
    "divide": ["//", "%"],
    "shift": ["<<", ">>"],
    "distance": ["0", "1", "3", "40", "61", "62", "63", "64", "100"],
    "exponent": ["0", "1", "2", "3", "5"],
    "word": [
        "((<word> * <wordsize>) & 0xFFFFFFFFFFFFFFFF)",
        "((<int> <arithmetic> <word>) & 0xFFFFFFFFFFFFFFFF)",
        "((<word> <bitwise> <int>) % 2 ** 64)",
        "(<word> ^ (<word> >> <distance>))",
        "((<word> << 13 | <word> >> 51) & 0xFFFFFFFFFFFFFFFF)",
        "(<word> if <bool> else <word>)",
        "h",
        "h",
        "<wordsize>",
    ],
    "wordsize": ["0xCBF29CE484222325", "0x100000001B3", "0xFFFFFFFFFFFFFFFF", "(1 << 63)", "5"],
    "mask": ["255", "0xFFFFFFFF", "1", "4096", "0x7FFFFFFFFFFFFFFF"],
    "leaf_word": ["h", "h", "<wordsize>"],
    "divisor": ["3", "(-7)", "2", "8", "(<int> | 1)", "(<int> | 1)", "<int>"],
    "list": ["ints", "floats", "bools", "rows", "pair"],
    "smallreal": ["2.5", "3.5", "(-0.5)", "0.1", "(<int> * 0.25)", "(<int> / 3)", "<float>"],
    "float": [
        "(<float> <arithmetic> <float>)",
        "(<float> <arithmetic> <float>)",
        "(<float> <arithmetic> <int>)",
        "(<int> <arithmetic> <float>)",
        "(<float> <quotient> <divisorreal>)",
        "(<int> / <divisor>)",
        "(abs(<float>) ** <power>)",
        "(-<float>)",
        "abs(<float>)",
        "min(<float>, <float>)",
        "max(<float>, <float>)",
        "float(<float>)",
        "float(<int>)",
        "(<float> if <bool> else <float>)",
        "(<float> and <float>)",
        "(<float> or <float>)",
        "math.sqrt(abs(<float>))",
        "math.<libm>(<mathreal>)",
        "(math.pi * <float>)",
        "twice(<float>, <float>)",
        "<leaf_float>",
        "<leaf_float>",
        "<leaf_float>",
    ],
    "leaf_float": ["x", "y", "x", "y", "INF", "NAN", "<real>", "<real>", "floats[<index_floats>]"],
    "quotient": ["/", "//", "%"],
    "divisorreal": ["3.0", "(-0.5)", "7", "INF", "y", "<float>"],
    "power": ["0.5", "2", "(-1)", "1.5"],
    "libm": ["sin", "cos", "tan", "atan", "exp", "sinh", "cosh", "tanh", "fabs"],
    "mathreal": ["0.5", "(-1.25)", "(a % 7)", "x"],
    "bool": [
        "(<int> <compare> <int>)",
        "(<int> <compare> <int>)",
        "(<float> <compare> <float>)",
        "(<float> <compare> <int>)",
        "(<int> <compare> <float>)",
        "(<int> <compare> <small>)",
        "(<word> <compare> <word>)",
        "(<word> <compare> <int>)",
        "(0 <= <int> <compare> <int>)",
        "(<float> <compare> <int> <compare> <float>)",
        "(<bool> and <bool>)",
        "(<bool> or <bool>)",
        "(<bool> <bitwise> <bool>)",
        "(<bool> == <bool>)",
        "(not <any>)",
        "bool(<any>)",
        "<leaf_bool>",
        "<leaf_bool>",
    ],
    "leaf_bool": ["p", "q", "<truth>", "bools[<index_bools>]"],
    "compare": ["<", "<=", ">", ">=", "==", "!="],
    # a value whose kind is not known
    "changing": ["(<int> if <bool> else <float>)", "(u <arithmetic> <int>)", "<leaf_changing>"],
    "leaf_changing": ["u", "v", "mixed[<index_mixed>]", "pair[0]", "pair[1]"],
    # mostly in range
    "index": ["0", "-1", "<intname> % len(LIST)", "-1 - <intname> % len(LIST)", "<index_wild>"],
    "index_wild": ["<intname>", "2", "-3", "True", "p", "0"],
    # statements; some have several lines
    "simple": [
        "<intvar> = <int>",
        "<intvar> = <int>",
        "<floatvar> = <float>",
        "<floatvar> = <float>",
        "<boolvar> = <bool>",
        "<anyvar> = <any>",
        "<intvar> <arithmetic>= <int>",
        "<intvar> <bitwise>= <int>",
        "<floatvar> <arithmetic>= <float>",
        "<anyvar> <arithmetic>= <number>",
        "ints[<index_ints>] = <int>",
        "ints[<index_ints>] <arithmetic>= <int>",
        "floats[<index_floats>] = <float>",
        "floats[<index_floats>] <arithmetic>= <float>",
        "bools[<index_bools>] = <bool>",
        "rows[<index_rows>][0] = <int>",
        "rows[<index_rows>][-1] <arithmetic>= <int>",
        "h = <word>",
        "h = <word>",
        "<several>",
        "<several>",
        "<foreign>",
    ],
    "intvar": ["a", "b", "c"],
    "floatvar": ["x", "y"],
    "boolvar": ["p", "q"],
    "anyvar": ["u", "v"],
    # where the order of evaluation shows
    "several": [
        "a, b = b, a",
        "x, y = y, x",
        "a, b, c = c, <int>, a",
        "u, v = <any>, u",
        "u, v = pair",
        "u, v = rows[<index_rows>]",
        "(u, x), a = duo",
        "a = c = <int>",
        "a = ints[<index_ints>] = <int>",
        "a = ints[0 if <bool> else -1] = a + <int>",
        "ints[<index_ints>], ints[0] = ints[0], ints[<index_ints>]",
        "a, floats[<index_floats>] = <int>, <float>",
        "b, ints[<int> and 0] = b + <int>, <int>",
        "ints[0], ints[<int> and 0] = ints[0] + 1, <int>",
        "a, b = divmod(<int>, <divisor>)",
        "x, y = divmod(<float>, <divisorreal>)",
    ],
    # what native code leaves to the host
    "foreign": [
        "pass",
        "names['k'] = <int>",
        "ints.append(<int>)\nif len(ints) > 9: ints.pop()",
        "mixed[<index_mixed>] = <any>",
        "floats[<index_floats>] = <any>",
        "try:\n    a = <int> // <int>\nexcept ArithmeticError:\n    a = 1",
        "assert <bool> or True",
        "<any>",
        "w = (b, <int>)",
        "row = rows[<index_rows>]\na = row[0]",
        "a = (z := <int>) + 1",
        "row = ints\nrow[0] = <int>",
        "del w\nw = 0",
    ],
    "range": [
        "range(<trips>)",
        "range(<trips>)",
        "range(-2, <trips>)",
        "range(<trips>, -2, -1)",
        "range(<trips>, -3, -2)",
        "range(-3, <trips>, 3)",
        "range(0, <trips>, <step>)",
        "range(9223372036854775807 - <trips>, 9223372036854775807)",
        "range(-9223372036854775807 + <trips>, -9223372036854775808, -1)",
        "range(len(ints))",
        "reversed(range(<trips>))",
        "reversed(range(<trips>, -3, -2))",
        "range(<int> % 5)",
        "ints",
        "rows[<index_rows>]",
    ],
    "step": ["1", "2", "a", "(b & 3)"],
    "many": ["6", "8", "11", "15"],  # rounds of the outermost loop
    "trips": ["0", "1", "2", "3", "4", "5", "7", "11"],
}
LEAVES = {"int", "float", "bool", "changing", "word"}

SETUP = """\
import math
INF = float("inf")
NAN = INF - INF
a, b, c = <integer>, <integer>, <integer>
x, y = <real>, <real>
p, q = <truth>, <truth>
u, v = <number>, <number>
w = z = 0
h = <wordsize>
ints = [<integer>, <integer>, <small>, <large>]
floats = [<real>, <real>, <real>]
bools = [<truth>, <truth>]
rows = [[<integer>], [<integer>, <small>], [<number>, <real>]]
mixed = [<integer>, <real>, <truth>, <number>]
pair = (<number>, <number>)
duo = ((<number>, <real>), <integer>)
names = {}
def twice(value, other):
    return value + value - other
def pick(flag, value):
    if flag:
        return value
    return -value
def digits(value):
    total = 0
    value &= 0xFFFFFF
    while value:
        value, digit = divmod(value, 10)
        if digit == 9:
            return -total
        total += digit
    return total
def inside(items, limit):
    for index in range(len(items)):
        if index > limit:
            break
        for other in range(index):
            limit -= other
    else:
        return -limit
    return index
"""
CUT = """\
a = a if -4611686018427387904 < a < 4611686018427387904 else 5
b = b if -4611686018427387904 < b < 4611686018427387904 else -3
c = c if -4611686018427387904 < c < 4611686018427387904 else 1
ints[0] = ints[0] if -4611686018427387904 < ints[0] < 4611686018427387904 else 1
if not (-9007199254740992 < u < 9007199254740992): u = 2
if not (-9007199254740992 < v < 9007199254740992): v = 0.5
"""


class ProgramWriter:
    """Writes one program."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.loops = 0
        self.running = 0
        self.int_names = ["a", "b", "c"]

    def program(self) -> str:
        """The source of a program."""
        return self.expand(SETUP, DEPTH) + "\n".join(self.loop(2)) + "\n"

    def pick(self, choices: Sequence[str]) -> str:
        """One of several."""
        return choices[self.random.randrange(len(choices))]

    def chance(self, percent: int) -> bool:
        """True that often."""
        return self.random.randrange(100) < percent

    def expand(self, text: str, depth: int) -> str:
        """Text with its symbols replaced."""
        return SYMBOL.sub(lambda found: self.symbol(found[1], depth), text)

    def symbol(self, name: str, depth: int) -> str:
        """What a symbol stands for this time."""
        if name == "intname":
            return self.pick(self.int_names)
        if name.startswith("index_") and name != "index_wild":
            template = self.pick(GRAMMAR["index"]).replace("LIST", name.removeprefix("index_"))
        elif name in LEAVES and depth <= 0:
            template = self.pick(GRAMMAR[f"leaf_{name}"])
        else:
            template = self.pick(GRAMMAR[name])
        return self.expand(template, depth - (name in LEAVES))

    # --- statements

    def block(self, depth: int, size: int) -> list[str]:
        """Some statements."""
        lines: list[str] = []
        for _ in range(self.random.randint(1, size)):
            lines += self.statement(depth)
        return lines

    def statement(self, depth: int) -> list[str]:
        """One statement."""
        if depth and self.chance(18):
            return self.conditional(depth)
        if depth and self.chance(16):
            return self.loop(depth)
        if self.running and self.chance(5):
            word = self.pick(["break", "continue", "continue"])
            return [self.expand("if <bool>:", DEPTH - 1), f"    {word}"]
        return self.expand("<simple>", DEPTH).splitlines()

    def conditional(self, depth: int) -> list[str]:
        """if, elif, else."""
        lines = [self.expand("if <bool>:", DEPTH), *indent(self.block(depth - 1, 3))]
        if self.chance(30):
            lines += [self.expand("elif <bool>:", DEPTH - 1), *indent(self.block(depth - 1, 2))]
        if self.chance(50):
            lines += ["else:", *indent(self.block(depth - 1, 2))]
        return lines

    def loop(self, depth: int) -> list[str]:
        """A loop, with everything that keeps it and its numbers small."""
        number = self.loops
        self.loops += 1
        before: list[str] = []
        first: list[str] = []
        name = f"i{number}"
        counts = True
        outermost = not self.running
        trips = "<many>" if outermost else "<trips>"
        if self.chance(25):
            before, first = [f"{name} = 0"], [f"{name} += 1"]
            test = self.pick([trips, f"{trips} and <bool>", f"{trips} or <bool> and {name} < 9"])
            head = self.expand(f"while {name} < {test}:", 2)
        elif self.chance(25):
            head = f"for {name} in {self.pick(['floats', 'bools', 'mixed', 'pair'])}:"
            counts = False
        elif self.chance(25):
            counted = self.pick(["floats", "ints", "pair", "range(<trips>)", "ints, <integer>"])
            head = self.expand(f"for {name}, e{number} in enumerate({counted}):", 1)
        else:
            iterable = self.pick(GRAMMAR["range"]).replace("<trips>", trips)
            head = self.expand(f"for {name} in {iterable}:", 1)
        self.running += 1
        if counts:
            self.int_names.append(name)
        body = first + self.block(depth - 1, 5 if outermost else 3)
        if counts:
            self.int_names.remove(name)
        self.running -= 1
        if outermost or self.chance(20):
            body += CUT.splitlines()
        lines = [*before, head, *indent(body)]
        if self.chance(15):
            lines += ["else:", *indent(self.block(0, 2))]
        return lines


def indent(lines: list[str]) -> list[str]:
    """Lines as the body of a statement."""
    return [f"    {line}" for line in lines]


def random_program(random: Random) -> str:
    """The source of a random program."""
    return ProgramWriter(random).program()
