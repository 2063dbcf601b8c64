"""Values on their way into slots and back: exact types, limits, refusals, reference counts."""

from __future__ import annotations

import gc
import math
import sys
from textwrap import dedent
from typing import Any

import pytest
from region_kit import BOOL, FLOAT, INT, NUMBER, OBJECT, Program, RegionMaker, Slots

from tauraro_jit.native.region import IteratorKind, SlotType
from tauraro_jit.runtime.install import InstalledRegion
from tauraro_jit.runtime.table import Refusal

RANGE = IteratorKind.RANGE
BIG = 2**63

SOURCE = dedent("""
def f(v):
    for i in range(2):  # L
        native = False  # N
        w = v  # T
    return v
""")


class Echo:
    """A region that notes what it finds in `v` and writes it back."""

    def __init__(self, kind: SlotType | type, source: str = SOURCE, writes: bool = True) -> None:
        self.seen: list[Any] = []
        self.program = Program(source)
        maker = RegionMaker(self.program, self.program.line("# L"), RANGE, v=kind)
        outputs = ["v"] if writes else []
        exit_ = maker.exit(outputs, statement=self.program.line("# T"))

        def body(slots: Slots) -> int:
            self.seen.append(slots["v"])
            return exit_

        self.installed: InstalledRegion = maker.install(body)
        self.f = self.program.run()["f"]


INTS = [0, 1, -1, 5, 256, 257, 2**30 - 1, 2**30, -(2**30), 2**60 - 1, 2**60, -(2**60), 2**61 + 7]
INTS += [BIG - 1, -BIG + 1, -BIG, 3 * 2**59, -(2**62)]


@pytest.mark.parametrize("kind", [INT, NUMBER])
@pytest.mark.parametrize("value", INTS)
def test_ints(kind: SlotType, value: int) -> None:
    """Every int that fits in 64 bits arrives and comes back."""
    echo = Echo(kind)
    assert echo.f(value) == value
    assert echo.seen == [value, value]
    assert type(echo.f(value)) is int


@pytest.mark.parametrize("kind", [INT, NUMBER])
@pytest.mark.parametrize("value", [BIG, -BIG - 1, 2**64, 2**63 + 2**60, -(2**90), 10**100])
def test_big_ints(kind: SlotType, value: int) -> None:
    """Others are refused."""
    echo = Echo(kind)
    assert echo.f(value) is value
    assert echo.seen == []
    assert echo.installed.refused == {Refusal.BIG_INT: 2}


@pytest.mark.parametrize("kind", [FLOAT, NUMBER])
@pytest.mark.parametrize("value", [0.0, -0.0, 1.5, -1e308, math.inf, -math.inf, math.nan, 5e-324])
def test_floats(kind: SlotType, value: float) -> None:
    """Floats keep their bits."""
    echo = Echo(kind)
    result = echo.f(value)
    assert math.copysign(1, result) == math.copysign(1, value)
    assert result == value or (math.isnan(result) and math.isnan(value))
    assert len(echo.seen) == 2


@pytest.mark.parametrize("value", [True, False])
def test_bools(value: bool) -> None:
    """Bools come back as themselves."""
    echo = Echo(BOOL)
    assert echo.f(value) is value
    assert echo.seen == [value, value]


class Whole(int):
    """Not exactly an int."""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (INT, True),
        (INT, 1.0),
        (INT, Whole(3)),
        (INT, None),
        (FLOAT, 1),
        (FLOAT, None),
        (BOOL, 1),
        (NUMBER, True),
        (NUMBER, "1"),
        (list, (1, 2)),
        (list, type("Items", (list,), {})()),
        (tuple, [1]),
    ],
)
def test_other_types(kind: SlotType | type, value: object) -> None:
    """Only exact types enter; the program goes on with its own object."""
    echo = Echo(kind)
    assert echo.f(value) is value
    assert echo.seen == []
    assert echo.installed.refused == {Refusal.TYPE: 2}


@pytest.mark.parametrize("kind", [INT, FLOAT, BOOL, NUMBER, list])
def test_unbound(kind: SlotType | type) -> None:
    """An input without a value is refused, wherever it lives."""
    for source in (
        SOURCE.replace("for i", "del v\n    for i").replace("w = v", "w = 1"),
        SOURCE.replace("for i", "del v\n    g = lambda: v\n    for i").replace("w = v", "w = 1"),
        SOURCE.replace("def f(v)", "def f(_)").replace("for i", "global v\n    for i"),
    ):
        echo = Echo(kind, source)
        with pytest.raises(NameError):
            echo.f([])
        assert echo.seen == []
        assert echo.installed.refused == {Refusal.UNBOUND: 2 if "w = 1" in source else 1}


def test_outputs_bind_unbound_variables() -> None:
    """A variable that is written need not be bound before."""
    source = dedent("""
    def f(n):
        for i in range(n):  # L
            a = i + 0.5
            b = c = a  # B
            d = 1  # T
        return a, b, c, (lambda: c)()
    """)
    program = Program(source)
    maker = RegionMaker(program, program.line("# L"), RANGE, i=INT, a=FLOAT, b=FLOAT, c=FLOAT)
    exit_ = maker.exit(["a", "b", "c"], statement=program.line("# T"))

    def body(slots: Slots) -> int:
        slots["a"] = slots["b"] = slots["c"] = slots["i"] + 0.5
        return exit_

    maker.install(body, ["i"])
    assert program.run()["f"](3) == (2.5, 2.5, 2.5, 2.5)


def test_objects_keep_their_identity_and_count() -> None:
    """Objects go in and out as themselves; afterwards nobody holds one more."""
    for writes in (True, False):
        echo = Echo(list, writes=writes)
        value = [1, 2]
        before = sys.getrefcount(value)
        for _ in range(100):
            assert echo.f(value) is value
        echo.seen.clear()
        assert sys.getrefcount(value) == before


def test_an_object_replaces_another() -> None:
    """An exit may bind a variable to another object: the old one is released, the new one owned."""
    program = Program(SOURCE)
    maker = RegionMaker(program, program.line("# L"), RANGE, v=list)
    exit_ = maker.exit(["v"], statement=program.line("# T"))
    new: list[object] = [3]

    def body(slots: Slots) -> int:
        slots["v"] = new
        return exit_

    maker.install(body)
    old: list[object] = [1]
    f = program.run()["f"]
    counts = sys.getrefcount(old), sys.getrefcount(new)
    for _ in range(50):
        assert f(old) is new
    maker.kept.clear()
    assert (sys.getrefcount(old), sys.getrefcount(new)) == counts


def test_numbers_change_their_type() -> None:
    """NUMBER may go in as an int and come out as a float."""
    program = Program(SOURCE)
    maker = RegionMaker(program, program.line("# L"), RANGE, v=NUMBER)
    exit_ = maker.exit(["v"], statement=program.line("# T"))

    def body(slots: Slots) -> int:
        value = slots["v"]
        slots["v"] = value + 0.5 if isinstance(value, int) else int(value)
        return exit_

    maker.install(body)
    f = program.run()["f"]
    assert repr(f(3)) == "3"
    assert repr(f(2.75)) == "2.5"


@pytest.mark.parametrize("scope", ["local", "cell", "global"])
def test_old_values_are_released_last(scope: str) -> None:
    """A destructor that runs when a variable is overwritten sees the frame as it will go on, and
    may even look at its variables."""
    source = dedent("""
    import sys
    class Noisy:
        def __init__(self, name): self.name = name
        def __del__(self): seen.append((self.name, look()))
    def look():
        frame = sys._getframe(2)
        where = {**frame.f_globals, **frame.f_locals}
        return frame.f_code.co_name, where["a"], where["b"], where["i"]
    def f():
        <>
        a = Noisy("a")
        b = Noisy("b")
        for i in range(3):  # L
            a = i * 10
            b = i * 20
            c = a + b  # T
        return a, b, c
    """)
    lines = {"local": "pass", "cell": "peek = lambda: (a, b)", "global": "global a, b"}
    program = Program(source.replace("<>", lines[scope]))
    maker = RegionMaker(program, program.line("# L"), RANGE, i=INT, a=INT, b=INT)
    exit_ = maker.exit(["a", "b"], statement=program.line("# T"))

    def body(slots: Slots) -> int:
        slots["a"], slots["b"] = slots["i"] * 10, slots["i"] * 20
        return exit_

    installed = maker.install(body, ["i"])
    for _ in range(10):
        seen: list[object] = []
        assert program.run(seen=seen)["f"]() == (20, 40, 60)
        assert seen == [("a", ("f", 0, 0, 0)), ("b", ("f", 0, 0, 0))]
    assert installed.entered == 30


def test_nothing_leaks() -> None:
    """Thousands of entries and exits, of every kind, leave no object behind."""
    source = dedent("""
    def f(v, l):
        x = 0
        for i in l:  # L
            x += i
            for j in range(100, 103):  # J
                x += j  # B
        return x
    """)
    program = Program(source)
    line = program.line("# L")
    maker = RegionMaker(program, line, IteratorKind.LIST, x=NUMBER, i=INT, v=OBJECT_TYPE, j=INT)
    inner = maker.add_iterator(RANGE)
    into = maker.exit(["x", "j"], program.line("# B"), [(program.line("# J"), inner)])

    def body(slots: Slots) -> int:
        slots["x"] = slots["x"] + slots["i"]
        slots["j"] = 100
        slots.set_iterator([101, 1, 2], 1)
        return into

    installed = maker.install(body, ["x", "i", "v"])
    f = program.run()["f"]
    items = [10**6 + k for k in range(5)]
    want = sum(items) + 5 * 303
    for _ in range(20):
        assert f({}, items) == want
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(1000):
        assert f({}, items) == want
    gc.collect()
    assert sys.getallocatedblocks() - before < 50
    assert installed.entered == 5100


OBJECT_TYPE = dict
assert OBJECT is SlotType.OBJECT
