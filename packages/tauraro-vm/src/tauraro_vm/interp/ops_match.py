"""match statements: patterns test a subject, take it apart and note captures.

Captures wait in scratch registers and are bound, all together, when the whole pattern has matched.
"""

from __future__ import annotations

from operator import eq, getitem, truth
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction as Raw
from tauraro_frontend.bytecode.operands import Scope, Variable

from .instruction import Instruction, Registers, executes
from .leaves import CALL1, CALL2, Request, Shape
from .ops_operators import SCALARS
from .ops_values import DECIDED
from .own_names import use_own_names
from .preparation import asks_for, prepares
from .regions import HandlerVariable
from .templates import class_pattern, is_sequence, mapping_pattern

if TYPE_CHECKING:
    from .frame import Frame
    from .link import CodeLinker

use_own_names(globals())


@executes(Op.MATCH)
def begin_match(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    value = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    registers[ins.dst] = value
    return ins.next


@executes(Op.CASE, Op.PATTERN_ARM)
def next_alternative(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    return ins.jump


def fail(registers: Registers, ins: Instruction) -> Instruction:
    """The pattern does not match: go on with the next alternative."""
    for register in ins.clears:
        registers[register] = None
    return ins.jump


# --- captures


def capture_slots(linker: CodeLinker, pc: int) -> dict[Variable, int]:
    """The capture registers of the case whose pattern is at `pc`, in order of binding."""
    while pc > 0 and linker.source.instructions[pc].op is not Op.CASE:
        pc -= 1
    return linker.captures.setdefault(pc, {})


def note_capture(linker: CodeLinker, pc: int, variable: Variable) -> int:
    """The register in which a capture waits."""
    slots = capture_slots(linker, pc)
    if variable not in slots:
        slots[variable] = linker.new_register()
    return slots[variable]


@prepares(Op.PATTERN_BIND)
def prepare_bind(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    variable = imm["name"]
    ins.slot = linker.scratch if variable is None else note_capture(linker, ins.pc, variable)
    ins.x = variable is not None


@executes(Op.PATTERN_BIND)
def capture(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    if ins.x:
        registers[ins.slot] = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    return ins.next


@prepares(Op.CASE_BODY)
def prepare_binding(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    """Let the captures be bound after the last instruction of the pattern, before a guard."""
    pc = ins.pc
    while pc > 0 and not linker.source.instructions[pc].op.name.startswith("PATTERN_"):
        pc -= 1
    captures = []
    for variable, slot in capture_slots(linker, pc).items():
        register = variable.slot
        if variable.scope is Scope.CELL:
            register = linker.cell_register(register)
        name = linker.code.mangle(variable.name)
        shown = linker.shown.get(register, -1)
        captures.append((slot, HandlerVariable(variable.scope, register, name, shown)))
    if captures:
        last = linker.instructions[pc]
        binding = linker.extra(last, bind_captures)
        binding.next = last.next
        binding.x = tuple(captures)
        last.next = binding


def bind_captures(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    """Bind what the pattern has captured."""
    for slot, variable in ins.x:
        value = registers[slot]
        registers[slot] = None
        variable.bind(frame, value)
    return ins.next


@executes(Op.CASE_BODY)
def begin_body(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    for register in ins.clears:
        registers[register] = None
    return ins.next


# --- tests

asks_for(CALL2, Op.PATTERN_VALUE)


@prepares(Op.PATTERN_VALUE)
def prepare_value(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.test_leaf = linker.leaf(CALL1, linker.places[ins.pc])


@executes(Op.PATTERN_VALUE)
def match_value(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    subject, value = registers[ins.a], registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    if type(subject) in SCALARS and type(value) in SCALARS:
        return ins.next if subject == value else fail(registers, ins)
    frame.arguments += (value, subject, eq)
    frame.resume = compared
    return None


def compared(
    frame: Frame, registers: Registers, ins: Instruction, result: Any
) -> Instruction | None:
    """The subject is compared with the value."""
    if type(result) in DECIDED:
        return decided(frame, registers, ins, result)
    frame.request(ins.test_leaf, decided, result, truth)
    return None


def decided(frame: Frame, registers: Registers, ins: Instruction, matched: Any) -> Instruction:
    """Whether the pattern matches is known."""
    return ins.next if matched else fail(registers, ins)


@prepares(Op.PATTERN_SINGLETON)
def prepare_singleton(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.b = linker.constant_register(imm["value"])


@executes(Op.PATTERN_SINGLETON)
def match_singleton(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    matched = registers[ins.a] is registers[ins.b]
    for register in ins.dead:
        registers[register] = None
    return ins.next if matched else fail(registers, ins)


@executes(Op.PATTERN_OR)
def begin_alternatives(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    return ins.next


@executes(Op.PATTERN_OR_END)
def end_alternatives(frame: Frame, registers: Registers, ins: Instruction) -> Instruction:
    for register in ins.dead:
        registers[register] = None
    return ins.next


# --- taking apart


def take_apart(frame: Frame, registers: Registers, ins: Instruction, parts: Any) -> Instruction:
    """Write the parts of the subject, or fail if there are none."""
    for register in ins.dead:
        registers[register] = None
    if parts is None:
        return fail(registers, ins)
    first = ins.x
    if ins.slot >= 0:  # the rest of a mapping
        *parts, registers[ins.slot] = parts
    registers[first : first + len(parts)] = parts
    return ins.next


asks_for(CALL2, Op.PATTERN_CLASS)


@prepares(Op.PATTERN_CLASS)
def prepare_class(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = ins.dst
    ins.dst = linker.scratch
    keywords = imm["keywords"]
    ins.move = linker.new_register()
    linker.template[ins.move] = class_pattern(imm["count"] - len(keywords), keywords)


@executes(Op.PATTERN_CLASS)
def match_class(frame: Frame, registers: Registers, ins: Instruction) -> None:
    frame.arguments += (registers[ins.b], registers[ins.a], registers[ins.move])
    frame.resume = take_apart


def mapping_shape(linker: CodeLinker, raw: Raw) -> Shape:
    """The subject and the keys."""
    return Shape(Request.CALL, len(raw.src))


asks_for(mapping_shape, Op.PATTERN_MAPPING)


@prepares(Op.PATTERN_MAPPING)
def prepare_mapping(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = ins.dst
    ins.dst = linker.scratch
    rest = imm["rest"]
    ins.slot = -1 if rest is None else note_capture(linker, ins.pc, rest)
    ins.move = linker.new_register()
    linker.template[ins.move] = mapping_pattern(imm["count"], rest is not None)


@executes(Op.PATTERN_MAPPING)
def match_mapping(frame: Frame, registers: Registers, ins: Instruction) -> None:
    for source in reversed(ins.sources):
        frame.arguments.append(registers[source])
    frame.arguments.append(registers[ins.move])
    frame.resume = take_apart


asks_for(CALL1, Op.PATTERN_SEQUENCE)


@prepares(Op.PATTERN_SEQUENCE)
def prepare_sequence(linker: CodeLinker, ins: Instruction, raw: Raw, imm: dict[str, Any]) -> None:
    ins.x = ins.dst
    ins.b = ins.dst
    ins.dst = linker.scratch
    count, star = imm["count"], imm["star"]
    wanted = wanted_parts(linker, ins.pc, ins.b, count)
    place = linker.places[ins.pc]
    unpacking = Shape(Request.UNPACK, count, base=ins.b, star=star)
    ins.test_leaf = linker.leaf(unpacking, place)
    ins.move = linker.leaf(CALL2, place)
    ins.x = (count, star, wanted)


def wanted_parts(linker: CodeLinker, pc: int, base: int, count: int) -> tuple[int, ...]:
    """The positions of the parts that the patterns after the instruction look at."""
    first = linker.first_temporary
    pending = set(range(count))
    wanted = set(pending)
    for raw in linker.source.instructions[pc + 1 :]:
        if not pending or raw.op is Op.CASE_BODY:
            break
        for operand in raw.src:
            position = first + (operand >> 2) - base
            if operand & 3 == 0 and position in pending:
                pending.discard(position)
                if raw.op is Op.PATTERN_BIND and raw.imm[0] is None:
                    wanted.discard(position)
    return tuple(sorted(wanted))


@executes(Op.PATTERN_SEQUENCE)
def match_sequence(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    subject = registers[ins.a]
    if not is_sequence(subject):
        return no_sequence(registers, ins)
    count, star, _ = ins.x
    if star is not None and count == 1:
        return take_items(frame, registers, ins)
    frame.arguments += (subject, len)
    frame.resume = measured
    return None


def no_sequence(registers: Registers, ins: Instruction) -> Instruction:
    """The subject is no sequence of a fitting length."""
    for register in ins.dead:
        registers[register] = None
    return fail(registers, ins)


def measured(
    frame: Frame, registers: Registers, ins: Instruction, length: Any
) -> Instruction | None:
    """The subject's length is known."""
    count, star, _ = ins.x
    if length != count if star is None else length < count - 1:
        return no_sequence(registers, ins)
    return take_items(frame, registers, ins)


def take_items(frame: Frame, registers: Registers, ins: Instruction) -> Instruction | None:
    """Take the elements: all by unpacking, or those wanted, one by one, beside a wildcard star."""
    subject = registers[ins.a]
    for register in ins.dead:
        registers[register] = None
    _, star, wanted = ins.x
    if not wanted:
        return ins.next
    if star is None or star in wanted:
        frame.request(ins.test_leaf, taken, subject, registers)
        return None
    return next_element(frame, registers, ins, (subject, wanted))


def taken(frame: Frame, registers: Registers, ins: Instruction, value: Any) -> Instruction:
    """The elements are in their registers."""
    return ins.next


def next_element(
    frame: Frame, registers: Registers, ins: Instruction, state: Any
) -> Instruction | None:
    """Ask for the next element that is wanted; the host measures again for those after the star."""
    subject, wanted = state
    if not wanted:
        return ins.next
    frame.stash = state
    position = wanted[0]
    if position < ins.x[1]:
        frame.request(ins.move, store_element, position, subject, getitem)
    else:
        frame.request(ins.leaf, element_from_end, subject, len)
    return None


def element_from_end(frame: Frame, registers: Registers, ins: Instruction, length: Any) -> None:
    """Ask for an element after the star."""
    subject, wanted = frame.stash
    position = length - (ins.x[0] - wanted[0])
    frame.request(ins.move, store_element, position, subject, getitem)


def store_element(
    frame: Frame, registers: Registers, ins: Instruction, value: Any
) -> Instruction | None:
    """One element arrived."""
    (subject, wanted), frame.stash = frame.stash, None
    registers[ins.b + wanted[0]] = value
    return next_element(frame, registers, ins, (subject, wanted[1:]))
