"""Where frames go on: into inner loops, at every kind of statement, at the end of loops."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest
from region_kit import INT, Program, RegionMaker, Slots

from tauraro_jit.native.region import Exit, IteratorKind, LoopState, Resume
from tauraro_jit.runtime.site import LoopSite
from tauraro_jit.runtime.switch import NoSite

RANGE, LIST, TUPLE = IteratorKind.RANGE, IteratorKind.LIST, IteratorKind.TUPLE

INNER = """
def f():
    x = 0
    for i in range(4):  # L
        x += i
        for j in <>:  # J
            x += 10 * j  # B
            log.append((i, j, x))  # T
        else:
            log.append("else")
    return x
"""


def outcome(program: Program) -> tuple[Any, list[object]]:
    log: list[object] = []
    return program.run(log=log)["f"](), log


def compare(source: str, install: Callable[[Program], Any], calls: int = 40) -> Any:
    """The program does the same with and without the region, again and again."""
    plain = outcome(Program(source))
    program = Program(source)
    installed = install(program)
    for _ in range(calls):
        assert outcome(program) == plain
    assert not installed.refused
    assert installed.entered >= calls
    return installed


@pytest.mark.parametrize(
    ("iterable", "kind", "first", "rest"),
    [
        ("range(1, 9, 2)", RANGE, 1, lambda made: [3, 2, 3]),
        ("range(5, -3, -2)", RANGE, 5, lambda made: [3, -2, 3]),
        ("list((7, 8, 9))", LIST, 7, lambda made: [id(made), 1, 0]),
        ("(7, 8, 9)", TUPLE, 7, lambda made: [id(made), 1, 0]),
    ],
)
@pytest.mark.parametrize("at", ["# B", "# T"])
def test_into_inner_for(
    iterable: str, kind: IteratorKind, first: int, rest: Callable[[Any], list[int]], at: str
) -> None:
    """Left inside an inner loop, in its first round: its iterator is made."""
    made: Any = [7, 8, 9] if kind is LIST else (7, 8, 9)

    def install(program: Program) -> Any:
        maker = RegionMaker(program, program.line("# L"), RANGE, x=INT, i=INT, j=INT)
        inner = maker.add_iterator(kind)
        loops = [(program.line("# J"), inner)]
        exit_ = maker.exit(["x", "j"], statement=program.line(at), loops=loops)

        def body(slots: Slots) -> int:
            slots["x"] = slots["x"] + slots["i"] + (10 * first if at == "# T" else 0)
            slots["j"] = first
            slots.set_iterator(rest(made), 1)
            return exit_

        return maker.install(body, ["x", "i"])

    compare(INNER.replace("<>", iterable), install)


@pytest.mark.parametrize("left", [3, 1, 0])
def test_to_the_head_of_an_inner_for(left: int) -> None:
    """Left between two rounds of an inner loop, or at its end: `else` runs."""

    def install(program: Program) -> Any:
        log_line = program.line("# T")
        maker = RegionMaker(program, program.line("# L"), RANGE, x=INT, i=INT, j=INT)
        inner = maker.add_iterator(RANGE)
        exit_ = maker.exit(["x", "j"], loops=[(program.line("# J"), inner)])
        again = maker.exit([], statement=log_line - 3)

        def body(slots: Slots) -> int:
            if slots["i"] != 3:
                return again
            log = program.run_log  # type: ignore[attr-defined]
            x = slots["x"] + slots["i"]
            for j in range(4 - left):
                x += 10 * j
                log.append((slots["i"], j, x))
                slots["j"] = j
            slots["x"] = x
            slots.set_iterator([4 - left, 1, left], 1)
            return exit_

        return maker.install(body, ["x", "i"])

    source = INNER.replace("<>", "range(4)")
    plain = outcome(Program(source))
    program = Program(source)
    installed = install(program)
    for _ in range(20):
        program.run_log = []  # type: ignore[attr-defined]
        result = program.run(log=program.run_log)["f"]()  # type: ignore[attr-defined]
        assert (result, program.run_log) == plain  # type: ignore[attr-defined]
    assert [e.times for e in installed.exits] == [20, 60]


def test_two_inner_loops() -> None:
    """Two iterators are made at once, around a `while` that needs none."""
    source = """
    def f():
        x = 0
        for i in range(3):  # L
            for j in range(2):  # J
                k = 0
                while k < 2:  # K
                    for m in (5, 6):  # M
                        x += m  # B
                        log.append((i, j, k, m, x))
                    k += 1
        return x
    """

    def install(program: Program) -> Any:
        maker = RegionMaker(program, program.line("# L"), RANGE, x=INT, i=INT, j=INT, k=INT, m=INT)
        outer, inner = maker.add_iterator(RANGE), maker.add_iterator(TUPLE)
        loops = [
            (program.line("# J"), outer),
            (program.line("# K"), None),
            (program.line("# M"), inner),
        ]
        exit_ = maker.exit(["j", "k", "m"], statement=program.line("# B"), loops=loops)

        def body(slots: Slots) -> int:
            slots["j"], slots["k"], slots["m"] = 0, 0, 5
            slots.set_iterator([1, 1, 1], 1)
            slots.set_iterator([id(pair), 1, 0], 2)
            return exit_

        return maker.install(body, ["i", "x"])

    pair = (5, 6)
    compare(dedent(source), install)


STATEMENTS = """
def f():
    x = 0
    for i in range(9):  # L
        x += i
        if x > 3:  # if
            <>  # T
        x += 100
        pass  # pass
    else:
        log.append("else")
    return x, i
"""


@pytest.mark.parametrize("statement", ["break", "return x", "continue", "x += 1", "raise OSError"])
@pytest.mark.parametrize("loop", ["for i in range(9)", "while i < 8"])
def test_statements_that_leave(statement: str, loop: str) -> None:
    """Left before a statement that ends the iteration or the loop."""
    source = STATEMENTS.replace("<>", statement)
    if loop.startswith("while"):
        source = source.replace("x = 0", "x = i = 0").replace("for i in range(9)", loop)
        source = source.replace("x += i\n", "i += 1; x += i\n")
    if "raise" in statement:
        source = source.replace("def f():", "def g():") + (
            "def f():\n    try: return g()\n    except OSError as e: return e.__traceback__.tb_next"
            ".tb_lineno\n"
        )

    def install(program: Program) -> Any:
        kind = None if loop.startswith("while") else RANGE
        maker = RegionMaker(program, program.line("# L"), kind, x=INT, i=INT)
        step = int(kind is None)
        cut = maker.exit(["x", "i"], statement=program.line("# T"))
        on = maker.exit(["x", "i"], statement=program.line("# pass"))

        def body(slots: Slots) -> int:
            slots["i"] = slots["i"] + step
            slots["x"] = slots["x"] + slots["i"]
            if slots["x"] > 3:
                return cut
            slots["x"] = slots["x"] + 100
            return on

        return maker.install(body)

    compare(source, install)


@pytest.mark.parametrize("kind", [RANGE, LIST, TUPLE, None])
def test_the_loop_ends(kind: IteratorKind | None) -> None:
    """All rounds were native: the host finds the iterator exhausted (or the test false), and runs
    `else`."""
    sources = {
        RANGE: "for i in range(3, 30, 3)",
        LIST: "for i in list(range(3, 30, 3))",
        TUPLE: "for i in tuple(range(3, 30, 3))",
        None: "while i < 27",
    }
    source = f"""
    def f():
        x = i = 0
        {sources[kind]}:  # L
            i += {0 if kind else 3}
            x += i
        else:
            x += 1000
        return x, i
    """

    def install(program: Program) -> Any:
        maker = RegionMaker(program, program.line("# L"), kind, x=INT, i=INT)
        end = maker.exit(["x", "i"])

        def body(slots: Slots) -> int:
            slots["x"] = slots["x"] + sum(range(slots["i"] + (3 if kind is None else 0), 30, 3))
            if kind is RANGE:
                _, step, left = slots.iterator()
                slots.set_iterator([slots["i"] + (left + 1) * step, step, 0])
            elif kind is not None:
                sequence, _, _ = slots.iterator()
                slots.set_iterator([sequence, 9, 0])
            slots["i"] = 27
            return end

        return maker.install(body)

    compare(dedent(source), install)


def test_list_that_grows_after_the_exit() -> None:
    """A list iterator left at the list's end is not exhausted: more items may come."""
    source = """
    def f():
        x = 0
        items = [1, 2]
        for i in items:  # L
            x += i
            if x < 20:  # T
                items.append(i + 1)
        return x
    """

    def install(program: Program) -> Any:
        maker = RegionMaker(program, program.line("# L"), LIST, x=INT, i=INT, items=list)
        exit_ = maker.exit(["x"], statement=program.line("# T"))

        def body(slots: Slots) -> int:
            assert slots.iterator()[0] == id(slots["items"])
            slots["x"] = slots["x"] + slots["i"]
            return exit_

        return maker.install(body)

    compare(dedent(source), install)


def test_traceback_after_an_exit() -> None:
    """An error after the exit shows the line and the columns where it was raised."""
    source = dedent("""
    def f():
        x = 0
        for i in range(5):  # L
            x += i
            y = (x, 1 // (3 - i))  # T
        return x
    """)
    plain, program = Program(source), Program(source)
    maker = RegionMaker(program, program.line("# L"), RANGE, x=INT, i=INT)
    exit_ = maker.exit(["x"], statement=program.line("# T"))

    def body(slots: Slots) -> int:
        slots["x"] = slots["x"] + slots["i"]
        return exit_

    maker.install(body)
    seen = []
    for each in (plain, program):
        with pytest.raises(ZeroDivisionError) as caught:
            each.run()["f"]()
        frames = traceback.extract_tb(caught.tb)
        places = [(f.name, f.lineno, f.colno, f.end_colno) for f in frames[-1:]]
        seen.append((places, dict(caught.traceback[-1].frame.f_locals)))
    assert seen[0] == seen[1]


def test_no_site() -> None:
    """Exits that have no place to go on at are refused with a reason, before anything runs."""
    source = dedent("""
    def f():
        x = 0
        for i in range(5):  # L
            with open(str(i)) as file:
                for j in range(3):  # J
                    x += j
            x += 1
        return x
    """)
    program = Program(source)
    maker = RegionMaker(program, program.line("# L"), RANGE, x=INT)
    site = program.site(maker.mark)
    state = maker.add_iterator(RANGE)
    loop = LoopState(program.mark(program.line("# J")).loop_pc, state)
    copy = site.copies[0]
    for exit_, reason in [
        (Exit(Resume.NEXT, loop.pc, (), (loop,), "", 0), "more than iterators"),
        (Exit(Resume.NEXT, 99, (), (), "", 0), "not at the loop"),
        (Exit(Resume.STATEMENT, 9999, (), (), "", 0), "no statement"),
        (Exit(Resume.NEXT, 9999, (), (LoopState(9999, None),), "", 0), "no loop"),
    ]:
        with pytest.raises(NoSite, match=reason):
            site.resume_point(copy, exit_)
    other = Program(source.replace("x += 1", "x -= 1"))
    with pytest.raises(NoSite, match="not made from"):
        LoopSite(other.host_code(maker.mark), maker.mark, program.twin)
