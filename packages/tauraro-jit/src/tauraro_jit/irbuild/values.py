"""Regions that yield a value, and `if`: where the flow of control splits and joins."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode
from tauraro_frontend.bytecode.module import Instruction

from ..ir.graph import Value
from .arithmetic import is_true, truth
from .builder import RegionBuilder, builds
from .comparisons import comparison
from .state import Kind, State, Typed
from .variables import read, write


def split(b: RegionBuilder, condition: Value, then_pc: int, else_pc: int) -> None:
    """End the block: two ways on with the same state."""
    b.branch(condition, then_pc, b.state, else_pc, b.state)


def join_with(b: RegionBuilder, end: int, value: Typed) -> State:
    """The state behind the region that ends at `end`, whose result is `value`."""
    state = b.state
    b.state = state.copy()
    write(b, b.code.instructions[end], value)
    b.state, joined = state, b.state
    return joined


@builds(Bytecode.BOOL, Bytecode.CHAIN)
def build_open(b: RegionBuilder, pc: int, i: Instruction) -> int:
    return pc + 1


@builds(Bytecode.ARM)
def build_arm(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """An operand of `and` / `or`: if it decides, it is the result."""
    region = b.flow.region_of[pc]
    is_or = b.code.instructions[region.start].imm[0] == "Or"
    value = read(b, i.src[0])
    condition = is_true(b, value)
    if value.kind is Kind.BOOL:  # the result is known where it decides
        value = truth(b.const_bool(is_or))
    decided = join_with(b, region.end, value)
    if is_or:
        b.branch(condition, region.end + 1, decided, pc + 1, b.state)
    else:
        b.branch(condition, pc + 1, b.state, region.end + 1, decided)


@builds(Bytecode.BOOL_END, Bytecode.COND_END)
def build_value_end(b: RegionBuilder, pc: int, i: Instruction) -> None:
    write(b, i, read(b, i.src[0]))
    b.go(pc + 1)


@builds(Bytecode.COND)
def build_cond(b: RegionBuilder, pc: int, i: Instruction) -> None:
    condition = is_true(b, read(b, i.src[0]))
    split(b, condition, pc + 1, b.flow.regions[pc].otherwise + 1)


@builds(Bytecode.COND_ELSE)
def build_cond_else(b: RegionBuilder, pc: int, i: Instruction) -> None:
    region = b.flow.region_of[pc]
    b.state = join_with(b, region.end, read(b, i.src[0]))
    b.go(region.end + 1)


@builds(Bytecode.CHAIN_COMPARE)
def build_chain_compare(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """A link of a chained comparison; a false one is the result, and the kept operand is
    dropped."""
    region = b.flow.region_of[pc]
    left, right = read(b, i.src[0]), read(b, i.src[1])
    result = comparison(b, i.imm[0], left, right)
    state = b.state
    b.state = state.copy()
    del b.state.temps[i.src[1] >> 2]
    failed = join_with(b, region.end, truth(b.const_bool(False)))
    b.state = state
    b.branch(result.values[0], pc + 1, b.state, region.end + 1, failed)


@builds(Bytecode.CHAIN_END)
def build_chain_end(b: RegionBuilder, pc: int, i: Instruction) -> None:
    left, right = read(b, i.src[0]), read(b, i.src[1])
    write(b, i, comparison(b, i.imm[0], left, right))
    b.go(pc + 1)


@builds(Bytecode.IF)
def build_if(b: RegionBuilder, pc: int, i: Instruction) -> None:
    region = b.flow.regions[pc]
    condition = is_true(b, read(b, i.src[0]))
    split(b, condition, pc + 1, (region.end if region.otherwise < 0 else region.otherwise) + 1)


@builds(Bytecode.ASSERT)
def build_assert(b: RegionBuilder, pc: int, i: Instruction) -> None:
    """A failing assertion leaves the region before the statement."""
    condition = is_true(b, read(b, i.src[0]))
    b.guard(condition)
    b.go(b.flow.regions[pc].end + 1)
