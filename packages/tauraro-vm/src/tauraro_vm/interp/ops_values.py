"""Regions that yield a value: and/or, conditional expressions, chained comparisons,
comprehensions, quoted annotations."""

from __future__ import annotations

from operator import truth
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw

from .comprehension_frames import comprehension_function
from .instruction import UNBOUND, Instruction, Registers, executes
from .leaves import AWAIT, CALL1, CALL2, YIELD
from .ops_control import ITERABLES, begin_async_loop, begin_loop
from .ops_displays import PLAIN_KEYS
from .ops_operators import COMPARE, SCALARS
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import Reason, unwind

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())

DECIDED = SCALARS | {list, tuple, dict, set, frozenset, range}
"""Exact types whose truth is found without running code of the program."""


@executes(Op.BOOL, Op.CHAIN)
def begin(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    return ins.next


# --- and, or


@prepares(Op.ARM)
def prepare_arm(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = linker.source.instructions[ins.x.pc].imm[0] == "Or"


@executes(Op.ARM)
def arm(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in DECIDED:
        if (not value) is not ins.x:
            if ins.move >= 0:
                registers[ins.move] = value
            return ins.jump
        return ins.next
    frame.stash = value
    frame.arguments += (value, truth)
    frame.resume = after_arm
    return None


def after_arm(frame: Frame, registers: Registers, ins: Instruction, decided: Any) -> Instruction:
    """The operand's truth is known."""
    value, frame.stash = frame.stash, None
    if decided is ins.x:
        if ins.move >= 0:
            registers[ins.move] = value
        return ins.jump
    return ins.next


@executes(Op.BOOL_END, Op.COND_END)
def last_operand(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = value
    return ins.next


@executes(Op.COND_ELSE)
def end_of_body(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = value
    return ins.jump


# --- tests


@executes(Op.IF, Op.COND, Op.LOOP_TEST, Op.COMP_IF, Op.GUARD)
def test(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in DECIDED:
        return ins.next if value else ins.jump
    frame.arguments += (value, truth)
    frame.resume = branch
    return None


def branch(frame: Frame, registers: Registers, ins: Instruction, decided: Any) -> Instruction:
    """The tested value's truth is known."""
    return ins.next if decided else ins.jump


@executes(Op.ASSERT)
def test_assertion(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in DECIDED:
        return ins.jump if value else ins.next
    frame.arguments += (value, truth)
    frame.resume = branch_to_message
    return None


def branch_to_message(
    frame: Frame, registers: Registers, ins: Instruction, decided: Any
) -> Instruction:
    """The assertion's truth is known."""
    return ins.jump if decided else ins.next


# --- chained comparisons

asks_for(CALL2, Op.CHAIN_COMPARE, Op.CHAIN_END)


@prepares(Op.CHAIN_COMPARE, Op.CHAIN_END)
def prepare_chain(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    word = imm["operator"]
    ins.x = COMPARE[word], word in ("In", "NotIn"), word == "NotIn"
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])


@executes(Op.CHAIN_COMPARE, Op.CHAIN_END)
def compare_in_chain(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    left, right = registers[ins.a], registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    operation, swapped, _ = ins.x
    if type(left) in SCALARS and type(right) in SCALARS and not swapped:
        try:
            result = operation(left, right)
        except Exception:
            pass  # the host raises it again at the right place
        else:
            return after_comparison(frame, registers, ins, result)
    if swapped:
        left, right = right, left
    frame.arguments += (right, left, operation)
    frame.resume = after_comparison
    return None


def after_comparison(
    frame: Frame, registers: Registers, ins: Instruction, result: Any
) -> Instruction | None:
    """One link is compared."""
    if ins.x[2]:
        result = not result
    if ins.op is Op.CHAIN_END:
        registers[ins.dst] = result
        return ins.next
    if type(result) in DECIDED:
        return ins.next if result else broken_chain(registers, ins, result)
    frame.stash = result
    frame.request(ins.test_leaf, after_link, result, truth)
    return None


def after_link(frame: Frame, registers: Registers, ins: Instruction, decided: Any) -> Instruction:
    """The truth of one link is known."""
    result, frame.stash = frame.stash, None
    return ins.next if decided else broken_chain(registers, ins, result)


def broken_chain(registers: Registers, ins: Instruction, result: Any) -> Instruction:
    """The link is false: it is the result."""
    registers[ins.b] = None
    if ins.move >= 0:
        registers[ins.move] = result
    return ins.jump


# --- comprehensions

COLLECTIONS: dict[str, Any] = {"list": list, "set": set, "dict": dict}

asks_for(CALL1, Op.COMP, Op.COMP_FOR)


@prepares(Op.COMP)
def prepare_comprehension(
    linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]
) -> None:
    ins.x = COLLECTIONS.get(imm["kind"])
    function = linker.comprehensions.get(ins.pc)
    if function is not None:
        ins.inner = begin_function_async if imm["is_async"] else begin_function
        ins.x = COLLECTIONS[imm["kind"]], function
        if function.is_async:
            ins.test_leaf = linker.leaf(AWAIT, linker.places[ins.pc])
        if not ins.unsure:
            ins.execute = ins.inner
    elif imm["is_async"] or imm["kind"] == "generator":
        ins.inner = begin_async_comprehension if imm["is_async"] else begin_generator
        if ins.x is None:
            ins.inner = begin_generator
        if not ins.unsure:
            ins.execute = ins.inner


@executes(Op.COMP)
def begin_comprehension(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    registers[ins.slot] = ins.x()
    return begin_loop(frame, registers, ins)


def begin_generator(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    """A generator expression is given its first iterator."""
    registers[ins.jump.slot] = registers[ins.a]
    registers[ins.a] = UNBOUND
    return ins.jump


def begin_async_comprehension(
    frame: Frame, registers: Registers, ins: Instruction
) -> Instruction | None:
    registers[ins.slot] = ins.x()
    return begin_async_loop(frame, registers, ins)


def begin_function(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """Get the iterator for a comprehension that the host makes a function of."""
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in ITERABLES:
        call_comprehension(frame, registers, ins, iter(value))
    else:
        frame.arguments += (value, iter)
        frame.resume = call_comprehension


def begin_function_async(frame: Frame, registers: Registers, ins: Instruction) -> None:
    begin_async_loop(frame, registers, ins)
    if frame.resume is not None:
        frame.resume = call_comprehension


def call_comprehension(frame: Frame, registers: Registers, ins: Instruction, iterator: Any) -> None:
    """The iterator is there: call the comprehension's function."""
    collection, code = ins.x
    registers[code.iterator] = iterator
    registers[code.collection] = collection()
    frame.arguments += (frame, comprehension_function(frame, code))
    if code.is_async:
        frame.resume = await_comprehension


def await_comprehension(
    frame: Frame, registers: Registers, ins: Instruction, coroutine: Any
) -> None:
    """An asynchronous comprehension's function gives a coroutine."""
    frame.request(ins.test_leaf, None, coroutine)


@prepares(Op.COMP_FOR)
def prepare_inner_loop(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if imm["is_async"]:
        ins.inner = begin_async_loop
        if not ins.unsure:
            ins.execute = ins.inner


# --- elements


asks_for(CALL1, Op.COMP_YIELD)


@prepares(Op.COMP_YIELD)
def prepare_element(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    kind = "generator"
    depth = 0
    for earlier in reversed(linker.source.instructions[: ins.pc]):
        if earlier.op is Op.COMP_END:
            depth += 1
        elif earlier.op is Op.COMP:
            if depth == 0:
                kind = earlier.imm[0]
                break
            depth -= 1
    ins.inner = {"list": add_to_list, "set": add_to_set, "dict": add_to_dict}.get(kind, give)
    if kind == "generator":
        ins.leaf = linker.leaf(YIELD, linker.places[ins.pc])
    elif kind == "dict":
        ins.leaf = linker.leaf(CALL2, linker.places[ins.pc])
    if not ins.unsure:
        ins.execute = ins.inner


@executes(Op.COMP_YIELD)
def add_to_list(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.slot].append(value)
    return ins.jump


def add_to_set(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    if type(value) in PLAIN_KEYS:
        registers[ins.slot].add(value)
        return ins.jump
    frame.arguments += (value, registers[ins.slot].add)
    frame.resume = next_round
    return None


def add_to_dict(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    key, value = registers[ins.a], registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(key) in PLAIN_KEYS:
        registers[ins.slot][key] = value
        return ins.jump
    frame.arguments += (value, key, registers[ins.slot].__setitem__)
    frame.resume = next_round
    return None


def give(frame: Frame, registers: Registers, ins: Instruction) -> None:
    """An element of a generator expression."""
    frame.arguments.append(registers[ins.a])
    for register in ins.dead:
        registers[register] = None
    frame.resume = next_round


def next_round(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """A continuation: the next item of the innermost loop."""
    return ins.jump


@prepares(Op.COMP_END)
def prepare_end(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    if linker.is_end_of_comprehension(ins.pc):
        ins.inner = ins.execute = leave_comprehension


def leave_comprehension(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """The end of a comprehension that the host makes a function of."""
    return unwind(frame, ins.part, Reason.RETURN, registers[ins.slot])


@executes(Op.COMP_END)
def end_comprehension(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    collection = registers[ins.slot]
    assert ins.ends is not None
    ins.ends.leave(frame, Reason.BREAK, None)
    registers[ins.dst] = collection
    return ins.next


# --- quoted annotations


@executes(Op.QUOTE)
def skip_quoted(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.dst] = None if ins.x is None else ins.x()
    return ins.jump


@executes(Op.QUOTE_END)
def never_reached(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    registers[ins.dst] = None
    return ins.next
