"""What each operation of the native tier costs, and the page that tells.

    python benchmarks/operations.py --measure      # writes benchmarks/operations.json; minutes
    python benchmarks/operations.py --more         # measures only what is new
    python benchmarks/operations.py --document > docs/runtime.md

In: the operation table of the IR, and statements that use the operations. Out: nanoseconds of each
statement in native code and in CPython; a row for each operation on objects, with the cheapest
statement that was compiled to it.
"""

from __future__ import annotations

import argparse
import array
import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from tauraro_jit.ir import ops
from tauraro_jit.ir.graph import ExitPoint, Function, Leave, Operation, Value
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.types import F64, I1, I64, PTR
from tauraro_jit.layout.buffers import shape_of_buffer
from tauraro_jit.llvm.emit import Emitter
from tauraro_jit.native.poll import PollWord
from tauraro_jit.native.region import Exit, Resume

FIGURES = Path(__file__).with_name("operations.json")
ROUNDS = 400_000
REPEATS = 5

EMPTY = ("", "x = i & 7")
"""The loop that all figures are without."""

STATEMENTS = (
    ("xs = [1.5] * 8", "x = xs[i & 7]"),
    ("xs = [3] * 8", "x = xs[i & 7]"),
    ("xs = [True] * 8", "x = xs[i & 7]"),
    ("xs = [1.5] * 8", "xs[i & 7] = i * 0.5"),
    ("xs = [3] * 8", "xs[i & 7] = i"),
    ("xs = [True] * 8", "xs[i & 7] = i > 3"),
    ("xs = [[1], [2], [3], [4], [5], [6], [7], [8]]", "x = xs[i & 7][0]"),
    ("xs = [[1], [2], [3], [4]]", "xs[i & 3] = xs[(i + 1) & 3]"),
    ("xs = (1, 2, 3, 4)", "x = xs[i & 3]"),
    ("xs = [4, 2, 3]", "x = len(xs)"),
    ("xs = []", "xs.append(i)"),
    ("xs = []", "xs.append(i * 0.5)"),
    ("xs = []", "xs.append(i > 3)"),
    ("xs, y = [], 'ab'", "xs.append(y)"),
    ("xs, ys = [], [1, 2]", "xs.extend(ys)"),
    ("xs = [1, 2, 3]", "xs.append(i); x = xs.pop()"),
    ("xs, y = ['a', 'b'], 'ab'", "xs.append(y); x = xs.pop()"),
    ("xs = [1, 2, 3]", "xs.insert(1, i); del xs[1]"),
    ("xs = [1.5, 2.5, 3.5]", "xs.insert(1, i * 0.5); del xs[1]"),
    ("xs = [True, False]", "xs.insert(1, i > 3); del xs[1]"),
    ("xs = [3, 1, 2]", "xs.reverse()"),
    ("xs = [3, 1, 2]", "xs.sort()"),
    ("xs = [1, 2]", "xs.append(i); xs.clear()"),
    ("xs = [1, 2, 3, 4]", "x = xs[1:3]"),
    ("xs = (1, 2, 3, 4)", "x = xs[1:3]"),
    ("xs = [1, 2, 3, 4]", "x = xs[::2]"),
    ("xs, ys = [1, 2, 3, 4], [7, 8]", "xs[1:3] = ys"),
    ("xs, ys = [1, 2], [3]", "x = xs + ys"),
    ("", "x = [i] * 4"),
    ("", "x = [i * 0.5] * 4"),
    ("", "x = [i > 3] * 4"),
    ("", "x = [i, i]"),
    ("", "x = [i * 0.5, 1.5]"),
    ("", "x = [i > 3, True]"),
    ("y = 'ab'", "x = [y, y]"),
    ("", "x = [j for j in range(4)]"),
    ("xs = (1, 2, 3)", "x = list(xs)"),
    ("xs = [1, 2, 3]", "x = tuple(xs)"),
    ("xs = []", "xs.append((i, i * 0.5, i > 3))"),
    ("xs, y = [], 'ab'", "xs.append((y, i))"),
    ("xs = [1, 2, 3]", "x = 3 in xs"),
    ("xs = [1, 2, 3]", "x = sum(xs)"),
    ("d = dict.fromkeys(range(8), 1)", "x = d[i & 7]"),
    ("d = dict.fromkeys('abcd', 1); k = 'c'", "x = d[k]"),
    ("d = {(1, 2): 3}; k = (1, 2)", "x = d[k]"),
    ("d = dict.fromkeys(range(8), 1)", "d[i & 7] = i"),
    ("d = dict.fromkeys(range(8), 1.5)", "d[i & 7] = i * 0.5"),
    ("d = dict.fromkeys(range(8), True)", "d[i & 7] = i > 3"),
    ("d = dict.fromkeys(range(8), 'x'); y = 'ab'", "d[i & 7] = y"),
    ("d = {'a': 1}; k = 'a'", "d[k] = i"),
    ("d = {'a': 1.5}; k = 'a'", "d[k] = i * 0.5"),
    ("d = {'a': True}; k = 'a'", "d[k] = i > 3"),
    ("d = {'a': 'b'}; k = 'a'; y = 'ab'", "d[k] = y"),
    ("d = {1: 2}", "d[5] = i; del d[5]"),
    ("d = {'b': 2}; k = 'a'", "d[k] = i; del d[k]"),
    ("d = {1: 2, 3: 4}", "x = len(d)"),
    ("d = {1: 2, 3: 4}", "for k, v in d.items(): x = v"),
    ("d = {1: 2, 3: 4}", "x = d.copy()"),
    ("", "x = {}"),
    ("", "x = set()"),
    ("s = {1, 2, 3}", "x = (i & 7) in s"),
    ("s = {'a', 'b'}; k = 'a'", "x = k in s"),
    ("s = {1, 2, 3}", "s.add(i & 7)"),
    ("s = {'a', 'b'}; k = 'a'", "s.add(k)"),
    ("s = {1, 2, 3}", "s.add(9); s.discard(9)"),
    ("s = {1, 2, 3}", "x = len(s)"),
    ("s = {1, 2, 3}", "for e in s: x = e"),
    ("s, t = {1, 2, 3}, {3, 4}", "x = s & t"),
    ("xs = [1, 2, 3]", "x = set(xs)"),
    ("q = collections.deque([1, 2, 3])", "q.append(q.popleft())"),
    ("q = collections.deque([1, 2, 3])", "q.appendleft(q.pop())"),
    ("q = collections.deque([1, 2, 3])", "x = q[0] + q[-1] + len(q)"),
    ("h = [(j, j) for j in range(64)]", "heapq.heappush(h, (i & 63, i)); x = heapq.heappop(h)"),
    ("h = list(range(64))", "heapq.heappush(h, i & 63); x = heapq.heappop(h)"),
    ("t = 'abcdefgh'", "x = t[i & 7]"),
    ("t = 'abcdefgh'", "x = ord(t[i & 7])"),
    ("t = 'abcdefgh'", "x = len(t)"),
    ("t, u = 'abcdefgh', 'abcdefgi'", "x = t == u"),
    ("t, u = 'abcdefgh', 'abcdefgi'", "x = t < u"),
    ("t, u = 'abcdefgh', 'fg'", "x = u in t"),
    ("t, u = 'abcdefgh', 'ab'", "x = t.startswith(u)"),
    ("t, u = 'abcd', 'ef'", "x = t + u"),
    ("t = ''", "t += 'a'"),
    ("t = 'ab'", "x = t * 3"),
    ("t = 'abcdefgh'", "x = t[1:5]"),
    ("xs = ['ab', 'cd', 'ef']", "x = ','.join(xs)"),
    ("", "x = str(i)"),
    ("", "x = f'{i:5d}'"),
    ("", "x = f'{i * 0.5:.2f}'"),
    ("t = 'ab'", "x = f'{t:>5}'"),
    ("t = 'abc'", "x = t.upper()"),
    ("t = 'a,b,c'", "x = t.split(',')"),
    ("t = 'abc'", "x = t.replace('b', 'x')"),
    ("t = '123'", "x = int(t)"),
    ("t = '1.25'", "x = float(t)"),
    ("b = bytearray(8)", "b[i & 7] = i & 255"),
    ("b = b'abcdefgh'", "x = b[i & 7]"),
    ("b = bytearray()", "b.append(i & 255)"),
    ("b = array.array('d', [1.5] * 8)", "b[i & 7] = b[(i + 1) & 7]"),
    ("b = array.array('d')", "b.append(i * 0.5)"),
    ("b = array.array('f', [1.5] * 8)", "b[i & 7] = i * 0.5"),
    ("b = memoryview(array.array('q', [1] * 8))", "x = b[i & 7]"),
    ("", "x = bytearray(8)"),
    ("p = Point(1, 2.5)", "x = p.x"),
    ("p = Point(1, 2.5)", "p.x = i"),
    ("p = Point(1, 2.5)", "p.y = i * 0.5"),
    ("p = Point(True, 2.5)", "p.x = i > 3"),
    ("p = Point('a', 2.5); y = 'ab'", "p.x = y"),
    ("xs = []", "xs.append(Point(i, i * 0.5))"),
    ("", "x = scale(i)"),
    ("", "x = fib(i & 3)"),
    ("", "x = random.random()"),
    ("x = 0", "x = math.sqrt(i)"),
    ("xs = [1, 1.5] * 4", "xs[i & 7] = i * 0.5"),
    ("xs = [1, 1.5] * 4", "xs[i & 7] = i"),
    ("s, k = {(1, 2), (3, 4)}, (1, 2)", "x = k in s"),
    ("d, j = {(1, 2): 3}, 1", "x = d[j, 2]"),
    ("t = 'abcdefgh'", "x = t[i & 7] + 'x'"),
    ("xs = []", "xs.append(Flag(i > 3, 'ab'))"),
    ("", "x = half(i & 3)"),
    ("xs = [3, 1, 2, 5]", "fill(xs, 0, 3)"),
    ("ys = [1.5, 2.5, 3.5, 4.5]", "halve(ys, 0, 3)"),
    ("zs = [True, False, True, False]", "flip(zs, 0, 3)"),
    ("y = 4", "x = shifted(i)"),
)

PROGRAM = """\
import array, collections, heapq, math, random
from time import process_time

class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

def scale(n):
    return n * 3

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

class Flag:
    def __init__(self, on, name):
        self.on = on
        self.name = name

def half(n):
    return 0.5 if n < 2 else half(n - 1) + half(n - 2)

def fill(xs, first, last):
    if first < last:
        xs[first] = last
        fill(xs, first + 1, last)

def halve(xs, first, last):
    if first < last:
        xs[first] = xs[first] * 0.5
        halve(xs, first + 1, last)

def flip(xs, first, last):
    if first < last:
        xs[first] = not xs[first]
        flip(xs, first + 1, last)

def shifted(n, by=3):
    return n + by

def measured(n):
    {setup}
    for i in range(n):
        {statement}

measured(2000)
times = []
for _ in range({repeats}):
    begin = process_time()
    measured({rounds})
    times.append(process_time() - begin)
print(min(times))
"""


class Figure(NamedTuple):
    """A statement, with what it was set up by; nanoseconds of a round, without the loop; the
    operations that it was compiled to (none: it stayed in tier 1)."""

    setup: str
    statement: str
    native: float
    python: float
    operations: list[str]


def measure(known: list[Figure]) -> list[Figure]:
    """Run all statements but those whose figures are known."""
    kept = {(figure.setup, figure.statement): figure for figure in known if figure.operations}
    names = {op.text for op in Op}
    with tempfile.TemporaryDirectory() as folder:
        base, base_python, _ = run(EMPTY, Path(folder), names)
        figures = []
        for setup, statement in STATEMENTS:
            if (setup, statement) in kept:
                figures.append(kept[setup, statement])
                continue
            native, python, used = run((setup, statement), Path(folder), names)
            scale = 1e9 / ROUNDS
            figures.append(
                Figure(
                    setup,
                    statement,
                    round(max(0.0, native - base) * scale, 1),
                    round(max(0.0, python - base_python) * scale, 1),
                    sorted(used),
                )
            )
            print(*figures[-1][1:4], file=sys.stderr)
    return figures


def run(case: tuple[str, str], folder: Path, names: set[str]) -> tuple[float, float, set[str]]:
    """Seconds in native code and in CPython, and the operations of the loop's region."""
    setup, statement = case
    path = folder / "measured.py"
    path.write_text(
        PROGRAM.format(setup=setup or "pass", statement=statement, repeats=REPEATS, rounds=ROUNDS)
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "tauraro_vm", "--jit-threshold=500", "--jit-only=measured"]
    python = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    native = subprocess.run(
        [*command, path], capture_output=True, text=True, check=True, env=environment
    )
    dumped = subprocess.run(
        [*command, "--dump=ir", path], capture_output=True, text=True, check=True, env=environment
    )
    used = set(re.findall(r"\b[a-z]+[a-z0-9_]*\b", dumped.stderr)) & names
    return float(native.stdout), float(python.stdout), used


# --- the page


def sections() -> dict[str, list[Op]]:
    """The operations by the headings of the table."""
    source = Path(ops.__file__).read_text("utf-8")
    found: dict[str, list[Op]] = {}
    for line in source.splitlines():
        heading = re.match(r"    # --- (.*)", line)
        row = re.match(r"    ([A-Z0-9_]+) = \"", line)
        if heading:
            title = heading[1].partition(" (")[0]
            found[title] = []
        elif row and row[1] in Op.__members__:
            found[title].append(Op[row[1]])
    return found


NUMERIC = ("constants", "integers", "floats", "truth values", "conversions")
"""The headings of operations in which no object takes part."""

ELEMENTS = {Op.STORE_FLOAT, Op.STORE_INT, Op.REPLACE_FLOAT, Op.REPLACE_INT, Op.STORE_BOOL}
CLOBBERED = (
    (ops.GROWING, "sizes and items of lists, sizes of buffers"),
    (ops.DICT_SETS, "dicts, sets, deques"),
    (ops.POKES, "elements of buffers"),
    (ops.FRESH, "what is being made"),
    (ELEMENTS | ops.JOURNALLED, "elements of lists"),
    (ops.OWNING, "what is owned"),
)


def clobbers(op: Op) -> str:
    """What has to be read again after an operation."""
    parts = [words for group, words in CLOBBERED if op in group]
    return "; ".join(parts) or "nothing"


BOOKKEEPING = re.compile(r"PyErr_.*|Py_Exit|Py_IncRef|Py_DecRef|_Py_Dealloc|PyGC_.*")
"""Calls for references, and for what goes wrong."""

SLOTS = {I64: Op.SLOT_INT, I1: Op.SLOT_INT, F64: Op.SLOT_FLOAT, PTR: Op.SLOT_OBJECT}
CALLED = re.compile(r"call [^\n@(]*?(?:inttoptr \(i64 (\d+) to ptr\)|(@a\d+))\(")


class Symbol(ctypes.Structure):
    """What the linker knows of an address."""

    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


def helpers_of(op: Op) -> list[str]:
    """The functions of the host that the code of an operation may call."""
    function = Function("measured")
    function.slots, function.owned = 20, 8
    block = function.block()
    arguments: list[Value] = []
    for number, kind in enumerate(op.arguments):
        value = function.value(I64 if kind is I1 else kind)
        block.operations.append(Operation(SLOTS[kind], (), value, number))
        if kind is I1:
            found = function.value(I1)
            block.operations.append(Operation(Op.INT_LT, (value, value), found))
            value = found
        arguments.append(value)
    point = ExitPoint(0, Exit(Resume.STATEMENT, 0, (), (), "", 1), ())
    function.exits.append(point)
    result = None if op.result is None else function.value(op.result)
    exit_ = point if op.checked else None
    block.operations.append(Operation(op, tuple(arguments), result, attribute_of(op), exit_))
    block.terminator = Leave(point)
    emitter = Emitter(function, PollWord(4096, 0, 32, -1), None)
    text = emitter.module("measured", False).text
    symbols = {symbol: address for address, symbol in emitter.symbols.items()}
    called = {
        name_at(int(number) if number else symbols[symbol])
        for number, symbol in CALLED.findall(text)
    }
    return sorted(name for name in called if name and not BOOKKEEPING.fullmatch(name))


def attribute_of(op: Op) -> object:
    """An attribute that an operation may have."""
    if op is Op.SET_COMBINE_CHECKED:
        return "PyNumber_And"
    if op in ops.PEEKS | ops.POKES:
        return "d" if "float" in op.text else "q"
    if op.text.startswith(("is_buffer", "buffer_add", "buffer_room")):
        code = "d" if "float" in op.text else "q"
        shape = shape_of_buffer(array.array(code, [0]))
        assert shape is not None
        return shape.text
    if op in ops.PARTS:
        return "memoryview"
    return {int: 1, type: list}.get(ops.ATTRIBUTES.get(op, str))


def name_at(address: int) -> str:
    """The name of a function of the host; nothing for one of the C library's."""
    symbol = Symbol()
    ctypes.CDLL(None).dladdr(ctypes.c_void_p(address), ctypes.byref(symbol))
    name: str = (symbol.name or b"").decode()
    return name if symbol.address == address and name.lstrip("_").startswith("Py") else ""


def helper_cell(op: Op) -> str:
    """How an operation is written."""
    if op in ops.INVOKES:
        return "a call of a body"
    if op.text.startswith("text_call"):
        return "the method's own function"
    return ", ".join(f"`{name}`" for name in helpers_of(op)) or "none: inline"


def row_of(op: Op, figures: list[Figure]) -> str:
    """The row of an operation."""
    using = [figure for figure in figures if op.text in figure.operations]
    cost = "not measured"
    if using:
        best = min(using, key=lambda figure: figure.native)
        cost = f"{best.native:g} ns in `{best.statement}`"
    exits = "yes" if op.checked else "no"
    owns = "yes" if op in ops.OWNED else "no"
    cells = (f"`{op.text}`", op.doc.replace("|", "or"), exits, owns, clobbers(op))
    cells = (*cells, helper_cell(op), cost)
    return f"| {' | '.join(cells)} |"


HEAD = """\
# What native code does with objects

*Generated by `python benchmarks/operations.py --document`; a test checks that each operation has
its row. The figures are those of `python benchmarks/operations.py --measure`.*

Native code is made of the operations of the IR (`tauraro_jit/ir/ops.py`). None runs Python: where
the host would call a method of the program, or where an object is not of the type that was
expected, the region is left before the statement. An operation that *leaves* checks that itself;
the others stand behind guards: the exact type of each object, the bounds of each index.

Each is written in place, but may call *helpers*, functions of the host's C-API, on one way at
least: memory is made by them, and what is rare is left to them. (Those named are CPython 3.11's;
what counts references and reports errors is not named.)

What an operation *clobbers* is read again behind it: the passes forget sizes, item arrays,
elements and guards that depend on it. What it *owns* is released when the region is left, or
handed over to a variable.

The cost is that of the cheapest statement that was compiled to the operation, in a loop, without
the loop: all of the statement, its guards too, so it is an upper limit. It is the time that
CPython 3.11.2 takes with native code on one core of a virtual machine, in which other programs
ran; the last table has CPython's own.
"""


def document(figures: list[Figure]) -> str:
    """The page."""
    lines = [HEAD]
    numbers: list[str] = []
    for title, operations in sections().items():
        if title in NUMERIC:
            numbers += [f"`{op.text}`" for op in operations]
        else:
            lines += [f"## {title[0].upper()}{title[1:]}", ""]
            lines += ["| operation | meaning | leaves | owns | clobbers | helpers | cost |"]
            lines += ["|---|---|---|---|---|---|---|"]
            lines += [row_of(op, figures) for op in operations]
            lines.append("")
    lines += [
        "## Numbers",
        "",
        "Inline, without memory; they clobber nothing, and cost a few instructions.",
        "",
    ]
    lines += [", ".join(numbers), "", "## Statements", ""]
    lines += ["| with | statement | native | CPython |", "|---|---|---|---|"]
    for figure in figures:
        native = f"{figure.native:g} ns" if figure.operations else "not native"
        setup = f"`{figure.setup}`" if figure.setup else ""
        lines.append(f"| {setup} | `{figure.statement}` | {native} | {figure.python:g} ns |")
    return "\n".join(lines) + "\n"


def figures_on_file() -> list[Figure]:
    """What was measured last."""
    found: list[Any] = json.loads(FIGURES.read_text("utf-8"))
    return [Figure(*each) for each in found]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--measure", action="store_true", help="measure all statements")
    parser.add_argument("--document", action="store_true", help="print the page")
    parser.add_argument("--more", action="store_true", help="measure what is new")
    options = parser.parse_args()
    if options.measure or options.more:
        known = figures_on_file() if options.more else []
        rows = ",\n".join(json.dumps(figure) for figure in measure(known))
        FIGURES.write_text(f"[\n{rows}\n]\n", "utf-8")
    if options.document:
        print(document(figures_on_file()), end="")


if __name__ == "__main__":
    main()
