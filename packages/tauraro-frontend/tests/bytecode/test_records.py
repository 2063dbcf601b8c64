"""Our named tuples and enumerations behave as the standard ones."""

from __future__ import annotations

import copy
import enum
import pickle
import subprocess
import sys
import typing
from typing import Any

import pytest

from tauraro_frontend.bytecode import records


class Point(records.NamedTuple):
    """A point."""

    x: int
    y: int = 7

    @property
    def sum(self) -> int:
        return self.x + self.y


class StandardPoint(typing.NamedTuple):
    x: int
    y: int = 7


class Level(records.IntEnum):
    """A level."""

    LOW = 1
    HIGH = 4

    def twice(self) -> int:
        return self.value * 2


class StandardLevel(enum.IntEnum):
    LOW = 1
    HIGH = 4


class Word(records.Enum):
    YES = "yes"
    NO = "no"


class Row(records.IntEnum):
    """Numbered in order; the values are arguments."""

    label: str

    def __new__(cls, label: str, weight: int) -> Any:
        member = int.__new__(cls, len(cls.__members__))
        member.label = label * weight
        return member

    FIRST = "a", 2
    SECOND = "b", 3


POINT: Any = Point
LEVEL: Any = Level


def test_named_tuple() -> None:
    point = POINT(1)
    assert point == (1, 7) == POINT(y=7, x=1) == POINT(1, y=7)
    assert (point.x, point.y, point.sum, *point) == (1, 7, 8, 1, 7)
    assert repr(point) == repr(StandardPoint(1)).replace("Standard", "")
    assert point._replace(y=2) == (1, 2)
    assert type(point._replace(y=2)) is Point
    assert Point._fields == StandardPoint._fields
    assert not hasattr(point, "__dict__")
    assert tuple.__new__(Point, (3, 4)).sum == 7


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1}), ((1, 2), {"y": 3})],
)
def test_wrong_fields(values: tuple[int, ...], named: dict[str, int]) -> None:
    for point in (Point, StandardPoint):
        with pytest.raises(TypeError):
            point(*values, **named)


def test_named_tuple_matches() -> None:
    match POINT(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
        case _:
            pytest.fail("no match")


def test_int_enum() -> None:
    for level, standard in ((LEVEL, "Level"), (StandardLevel, "StandardLevel")):
        high = level.HIGH
        assert repr(high) == f"<{standard}.HIGH: 4>"
        assert (str(high), f"{high}", f"{high:>3}", high.name, high.value) == (
            "4", "4", "  4", "HIGH", 4,
        )  # fmt: skip
        assert high == 4
        assert {4: "found"}[high] == "found"
        assert isinstance(high, level)
        assert level(4) is level["HIGH"] is high
        assert list(level) == [1, 4]
        assert len(level) == 2
        assert list(level.__members__) == ["LOW", "HIGH"]
        with pytest.raises(ValueError, match=f"2 is not a valid {standard}"):
            level(2)
        with pytest.raises(KeyError):
            level["NONE"]
    assert LEVEL.HIGH.twice() == 8


def test_enum() -> None:
    word: Any = Word
    assert (str(word.YES), repr(word.YES)) == ("Word.YES", "<Word.YES: 'yes'>")
    assert word("no") is word.NO
    assert word.NO != "no"
    assert {word.YES: 1}[word("yes")] == 1


def test_members_made_of_rows() -> None:
    row: Any = Row
    assert [(int(each), each.name, each.value, each.label) for each in row] == [
        (0, "FIRST", 0, "aa"),
        (1, "SECOND", 1, "bbb"),
    ]


COPIED: list[object] = [POINT(1, 2), LEVEL.HIGH, Word.YES, Row.FIRST]


@pytest.mark.parametrize("value", COPIED)
def test_copies(value: object) -> None:
    for made in (copy.copy(value), copy.deepcopy([value])[0], pickle.loads(pickle.dumps(value))):
        assert made == value
        assert type(made) is type(value)
        if not isinstance(value, tuple):
            assert made is value


def test_a_program_that_has_no_builtins_left() -> None:
    """Tier 0 makes instructions while a program runs that may have changed the host's names."""
    program = (
        "import builtins\n"
        "from tauraro_frontend.bytecode.module import Cell\n"
        "for name in ('len', 'tuple', 'zip', 'type'): delattr(builtins, name)\n"
        "print(Cell('x', 1, outer=2) if 0 else Cell(name='x', outer=2, param=3)._replace(param=4))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("Cell(name='x', outer=2, param=4)\n", "")


def test_compiling_loads_no_library() -> None:
    """What the standard library's own conveniences cost is why there are others here."""
    program = (
        "import sys; from tauraro_frontend import pipeline\n"
        "from tauraro_frontend.bytecode.decode import decode_module\n"
        "decode_module(pipeline.compile_source('x = [i for i in f(1)]', 'f'), verify=False)\n"
        "print({'typing', 'enum', 'dataclasses', 'inspect', 'ast', 're', 'hashlib',"
        " 'contextlib', 'functools', 'collections'} & {*sys.modules})"
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    path = [entry for entry in sys.path if entry]
    done = subprocess.run(
        [*command[:-1], f"import sys; sys.path += {path!r}\n{program}"],
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
