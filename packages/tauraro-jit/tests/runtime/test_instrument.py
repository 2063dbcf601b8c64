"""The test in each loop: there, invisible, and identified again."""

from __future__ import annotations

import ast
import dis
import marshal
import sys
import types
import warnings
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import CodeType, FrameType
from typing import Any

import pytest
from region_kit import Program, codes_of

from tauraro_jit.native.region import Exit, Resume
from tauraro_jit.runtime.hostcode import HostCode, parse_exception_table
from tauraro_jit.runtime.instrument import PAD, is_hot_test, loop_mark
from tauraro_jit.runtime.marks import LoopMark, find_marks, marks_of
from tauraro_jit.runtime.site import LoopSite
from tauraro_jit.runtime.switch import NoSite
from tauraro_jit.runtime.twin import Twin
from tauraro_vm.host.translate import translate_module

LOOPS = dedent('''
    import asyncio
    def f(n):
        """Has loops of all shapes."""
        x = 0
        for i in range(n): x += i
        for i in range(n):
            x += i
        else:
            x += 1
        for a, (b, *c) in [(1, (2, 3)), (4, (5, 6, 7))]:
            x += a + b + len(c)
        for i in (
            1,
            2
        ):
            (
                x
            ) = x + i
        while x < 100: x += 50
        while (
            x < 300 and
            x != 7
        ):
            x += 50
            if x == 150: continue
            if x == 200:
                pass
            elif x == 250:
                x += (
                    1
                )
        while True:
            x += 1
            if x > 400:
                break
        for i in range(2):
            for j in range(2):
                while j < 3:
                    j += 1
                    for k in "ab":
                        x += 1
            try:
                for i in range(2):
                    x //= i
            except ZeroDivisionError:
                for i in range(2):
                    x += i
            finally:
                for i in range(2):
                    x += i
        for i in range(2):
            @staticmethod
            def g():
                return 1
        for i in range(2):
            with open("/dev/null") as file, open("/dev/null") as other:
                x += 1
        for i in range(3):
            match i:
                case 1:
                    x += 1
                case 2 if x > (
                    5
                ):
                    x += 2
        for i in range(2): pass
        for i in range(2):
            "a string"
            x += 1
        for i in range(2): x += 1; x += 2
        return x
    def g(n):
        for i in range(n):
            try:
                yield i
            finally:
                n += 1
    for i in range(2):
        total = f(4) + sum(g(3))
    while i < 5:
        i += 1
    class K:
        for j in range(3):
            x = j
        while j < 5:
            j += 1
        def m(self):
            for j in range(3):
                pass
    async def ag():
        async for x in y:
            for z in x:
                pass
    K().m()
''')


def events_of(code: CodeType) -> list[tuple[str, str, int | None]]:
    """All trace events of executing a module."""
    events: list[tuple[str, str, int | None]] = []

    def follow(frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename != "program.py":
            return None
        events.append((frame.f_code.co_name, event, frame.f_lineno))
        return follow

    names: dict[str, Any] = {"__name__": "program"}
    exec(compile("import asyncio", "first.py", "exec"), names)
    old = sys.gettrace()
    sys.settrace(follow)
    try:
        exec(code, names)
    finally:
        sys.settrace(old)
    return events


def test_trace_events_are_unchanged() -> None:
    """A debugger or coverage tool sees the same lines in the same order."""
    expected = events_of(compile(LOOPS, "program.py", "exec"))
    assert len(expected) > 300
    assert events_of(Program(LOOPS).code) == expected


def test_no_warnings() -> None:
    """The compiler has nothing to say about the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Program(LOOPS)


def test_which_loops() -> None:
    """All `for` and `while` but those in class bodies; not `async for`."""
    program = Program(LOOPS)
    marked = {code.co_name: len(find_marks(code)) for code in codes_of(program.code)}
    counts = {"<module>": 2, "f": 20, "g": 1, "K": 0, "m": 1, "ag": 1}
    assert {name: marked[name] for name in counts} == counts


def test_marks_survive_marshal() -> None:
    """Code from a cache is as good as fresh code."""
    program = Program(LOOPS)
    again = marshal.loads(marshal.dumps(program.code))
    pairs = zip(codes_of(program.code), codes_of(again), strict=True)
    assert all(marks_of(one) == marks_of(other) for one, other in pairs)
    assert any(marks_of(code) for code in codes_of(again))


def test_constants_are_not_shared() -> None:
    """Equal functions have constants of their own."""
    source = "def f():\n for i in range(3): pass\n" * 2
    first, second = (c for c in codes_of(Program(source).code) if c.co_name == "f")
    assert first.co_consts is not second.co_consts
    assert set(find_marks(first)).isdisjoint(find_marks(second))


@pytest.mark.parametrize(
    ("source", "padded"),
    [
        ("while x: pass", True),
        ("if x:\n while x: pass", True),
        ("for i in x: pass", False),
        ("def f():\n while x: pass", False),
        ("class K:\n while x: pass", False),
    ],
)
def test_modules_with_while_get_a_slot(source: str, padded: bool) -> None:
    """A module's frame gets a variable where the stack may be empty; nobody can see it."""
    program = Program(source)
    assert (program.code.co_varnames == (PAD,)) is padded
    names: dict[str, Any] = {"x": [], "locals": locals, "__name__": "program"}
    exec(program.code, names)
    assert PAD not in names
    seen: list[set[str]] = []
    again = Program(source + "\nseen.append(set(locals()))").code
    exec(again, {"x": [], "seen": seen})
    assert PAD not in seen[0]


def test_without_tests_the_tree_is_the_hosts() -> None:
    """`origin` does not change what tier 1 compiles."""
    program = Program(LOOPS)
    tree = translate_module(program.module)
    assert same_code(compile(tree, "program.py", "exec"), compile(LOOPS, "program.py", "exec"))


def same_code(one: CodeType, other: CodeType) -> bool:
    """Whether two code objects are equal down to positions."""
    return marshal.dumps(one) == marshal.dumps(other) or (
        one.co_code == other.co_code
        and one.co_linetable == other.co_linetable
        and one.co_exceptiontable == other.co_exceptiontable
        and all(
            same_code(a, b) if isinstance(a, CodeType) and isinstance(b, CodeType) else a == b
            for a, b in zip(one.co_consts, other.co_consts, strict=True)
        )
    )


# --- the twin


def test_twin_equals_tier_1() -> None:
    """Statement numbers as columns change no instruction."""
    program = Program(LOOPS)
    found = 0
    for code in codes_of(program.code):
        for mark in find_marks(code):
            twin = program.twin.code_of(mark)
            assert twin is not None
            assert twin.equals(code)
            found += 1
    assert found == len(program.twin.loops) - 2  # two are in a class body


def test_statements_cover_the_bytecode() -> None:
    """Each instruction belongs to one statement at most, and each statement is found by its own."""
    program = Program(LOOPS)
    for statement in program.twin.statements.values():
        code_index, first, last = statement.origin
        assert program.twin.statement_at(code_index, first) is statement
        assert program.twin.statement_at(code_index, last) is statement
    assert program.twin.statement_at(99, 0) is None
    assert program.twin.statement_at(0, 10**6) is None


def test_every_statement_in_a_loop_has_a_start() -> None:
    """Where a statement of a loop's own body begins is known, for all but copies of `finally`."""
    program = Program(LOOPS)
    known = 0
    missing: list[str] = []
    for loop in ast.walk(program.tree):
        if not isinstance(loop, (ast.For, ast.While)) or not is_hot_test(loop.body[0]):
            continue
        mark = loop_mark(loop)
        site = program.site(mark)
        site.resume_point(site.copies[0], Exit(Resume.NEXT, mark.loop_pc, (), (), "", 0))
        for statement in loop.body[1:]:
            _, pc, _ = statement.origin  # type: ignore[attr-defined]
            try:
                point = site.resume_point(site.copies[0], Exit(Resume.STATEMENT, pc, (), (), "", 0))
                assert point.depth == site.copies[0].depth
                known += 1
            except NoSite:
                missing.append(ast.unparse(statement))
    assert known > 30
    # A string has no code. 3.13 fuses the store before a semicolon with the load after it.
    fused = ["x += 2"] if sys.version_info >= (3, 13) else []
    assert missing in (fused, ["'a string'", *fused])


# --- facts of host code


def functions_of(module: types.ModuleType) -> Iterator[CodeType]:
    """The code objects of a module of the standard library."""
    path = module.__file__
    assert path is not None
    with open(path, encoding="utf-8") as file:
        yield from codes_of(compile(file.read(), path, "exec"))


def test_exception_tables() -> None:
    """Entries as the host itself prints them."""
    found = 0
    for code in functions_of(dis):
        entries = dis.Bytecode(code).exception_entries  # type: ignore[attr-defined]
        expected = [(e.start, e.end, e.target, e.depth, e.lasti) for e in entries]
        assert [tuple(p) for p in parse_exception_table(code.co_exceptiontable)] == expected
        found += len(expected)
    assert found > 10


def test_depths_are_within_the_stack() -> None:
    """Depths are known where code is reachable, and never more than the host reserves."""
    import argparse
    import contextlib

    for module in (argparse, contextlib, dis):
        for code in functions_of(module):
            host = HostCode(code)
            assert host.depths[0] == 0
            assert all(0 <= depth <= code.co_stacksize for depth in host.depths.values())
            assert len(host.depths) > 0.9 * len(host.instructions)


def test_twin_of_another_tree() -> None:
    """Columns of a twin start at 1 and name statements of that tree."""
    program = Program("for i in range(3):\n    x = (i,\n         2)\n")
    twin = Twin(translate_module(program.module), "program.py")
    assert [s.kind.__name__ for s in twin.statements.values()] == ["For", "Assign"]
    assert twin.loops == {LoopMark(0, twin.statements[1].origin[2]): 1}


@pytest.mark.parametrize("name", ["argparse.py", "shlex.py", "_pydecimal.py", "tarfile.py"])
def test_parts_of_a_twin(name: str) -> None:
    """The statement that contains a code object is compiled by itself to the same code; the twin
    of the whole module can be made afterwards."""
    program = Program((Path(ast.__file__).parent / name).read_text(), name)
    checked = 0
    for code in codes_of(program.code):
        for mark in marks_of(code):
            part = program.twin.part(mark.code_index)
            found = part.code_of(mark)
            assert found is not None
            assert found.equals(code)
            assert program.twin.part(mark.code_index) is part
            site = LoopSite(code, mark, program.twin)
            assert site.twin is part
            checked += 1
    assert checked > 3
    for code in codes_of(program.code):
        for mark in marks_of(code):
            whole = program.twin.code_of(mark)
            assert whole is not None
            assert whole.equals(code)


def test_part_of_the_module_itself() -> None:
    """Loops of the module's own code need all of it; so does what `__future__` changes."""
    source = """from __future__ import annotations
def f(x: int = 0) -> Later:
    for i in x:
        def g(y: Later): return y
for j in []:
    pass
"""
    program = Program(source)
    twin = program.twin
    for code in codes_of(program.code):
        for mark in marks_of(code):
            found = twin.part(mark.code_index).code_of(mark)
            assert found is not None
            assert found.equals(code)
    assert twin.part(0) is twin
    assert twin.part(1) is not twin
