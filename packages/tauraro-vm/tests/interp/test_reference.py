"""Running a part of a frame in tier 0, up to a moment that is told by rounds of loops."""

from __future__ import annotations

from types import CellType
from typing import Any

import pytest
from interp.interp_running import linked

from tauraro_frontend.bytecode.isa import Op
from tauraro_vm.interp.reference import CodeReference, reference_code
from tauraro_vm.tier.protocol import FrameState, Moment, Reached

NESTED = """
def f(n, total):
    for i in range(n):
        j = 0
        while j < 3:
            j += 1
            if j == 2: continue
            total += 10 * i + j
        total += 1000
    return total
"""

SHARED = """
def f(n):
    total = 0
    def add(x):
        nonlocal total
        total += x
    for i in range(n):
        add(i)
    return total
"""


def loops(code: Any) -> list[int]:
    """The pcs of the loops."""
    raw = code.source.instructions
    return [pc for pc, i in enumerate(raw) if i.op in (Op.FOR, Op.LOOP)]


def run(code: Any, start: int, values: dict[str, Any], moment: Moment, iterators: Any) -> Reached:
    """Run a function of plain locals."""
    found = {code.local_names.index(name): value for name, value in values.items()}
    state = FrameState(found, {}, {}, None, iterators)
    return CodeReference(code).run(start, state, moment, range(len(code.instructions)))


@pytest.mark.parametrize(
    ("outer_rounds", "inner_rounds", "total"), [(0, 1, 1), (0, 2, 1), (0, 3, 4), (1, 4, 1015)]
)
def test_a_moment_is_found_by_rounds(outer_rounds: int, inner_rounds: int, total: int) -> None:
    code = linked(NESTED, "f")
    outer, inner = loops(code)
    iterator = iter(range(5))
    next(iterator)
    moment = Moment(inner, True, {outer: outer_rounds, inner: inner_rounds}, ())
    start = outer + 1
    reached = run(code, start, {"n": 5, "i": 0, "total": 0}, moment, {outer: iterator})
    assert not reached.left
    assert not reached.returned
    state = {code.local_names[local]: value for local, value in reached.state.locals.items()}
    assert state["total"] == total
    assert reached.state.iterators[outer] is iterator


def test_a_frame_that_misses_its_moment_returns() -> None:
    code = linked(NESTED, "f")
    outer, inner = loops(code)
    moment = Moment(inner, True, {outer: 99}, ())
    reached = run(code, 0, {"n": 2, "total": 0}, moment, {})
    assert (reached.returned, reached.result) == (True, 2000 + 4 + 24)


def test_a_frame_stays_inside_what_it_is_given() -> None:
    code = linked(NESTED, "f")
    last = max(pc for pc, i in enumerate(code.source.instructions) if i.op is Op.RETURN) - 1
    found = {code.local_names.index("n"): 2, code.local_names.index("total"): 0}
    state = FrameState(found, {}, {}, None, {})
    reached = CodeReference(code).run(0, state, Moment(-1, False, {}, ()), range(last))
    assert reached.left


def test_cells_are_the_hosts() -> None:
    code = linked(SHARED, "f")
    total = CellType(5)

    def add(x: int) -> None:
        total.cell_contents += x

    (loop,) = loops(code)
    names = {"n": 3, "i": 2, "add": add}
    found = {code.local_names.index(name): value for name, value in names.items()}
    state = FrameState(found, {0: total}, {}, None, {loop: iter([7])})
    moment = Moment(loop, True, {loop: 2}, ())
    reached = CodeReference(code).run(loop + 1, state, moment, range(len(code.instructions)))
    assert total.cell_contents == 5 + 2 + 7
    assert reached.state.cells[0] is total


def test_code_objects_are_found_by_their_number() -> None:
    module = linked(SHARED, "f").module.source
    for index in range(len(module.codes)):
        assert isinstance(reference_code(module, None, -1, index), CodeReference)
    with pytest.raises(LookupError):
        reference_code(module, None, -1, len(module.codes))
