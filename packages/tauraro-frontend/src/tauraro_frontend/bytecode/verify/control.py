"""Rules for statement regions and patterns."""

from __future__ import annotations

from ..formats import TempKind
from ..grammar import NOTHING
from ..isa import Op
from ..module import CodeKind, Instruction
from ..operands import local
from .code import CodeVerifier, rule
from .declarations import passed_values
from .expressions import check_async
from .literals import is_class_name, is_pattern_value
from .rows import STAR, TESTED

STARRED = TempKind.STARRED
SUBJECT = TempKind.SUBJECT
DEFINITION = TempKind.DEFINITION


@rule(Op.FOR)
def check_for(v: CodeVerifier, i: Instruction) -> None:
    check_async(v, i.imm[0])
    v.region.breaks = True


@rule(Op.LOOP)
def check_loop(v: CodeVerifier, i: Instruction) -> None:
    v.region.breaks = True


@rule(Op.ELSE, Op.HANDLER, Op.FINALLY)
def check_other_part(v: CodeVerifier, i: Instruction) -> None:
    region, outer = v.region, v.regions[-2]
    region.breaks, region.returns = outer.breaks, outer.returns
    if i.op is Op.HANDLER and region.bare:
        v.fail("an `except` without type is the last one")


@rule(Op.EXCEPT)
def check_except(v: CodeVerifier, i: Instruction) -> None:
    """Of `except*`, each has a type, and none can be left by a jump."""
    region = v.region
    assert region.opener is not None
    star = region.opener.imm[0]
    if not i.src:
        region.bare = True
        if star or i.imm[0] is not None:
            v.fail("the type is missing")
    if star:
        region.breaks = region.returns = False


@rule(Op.BREAK, Op.CONTINUE)
def check_jump(v: CodeVerifier, i: Instruction) -> None:
    if not v.region.breaks:
        v.fail("there is no loop to leave from here")


@rule(Op.RETURN)
def check_return(v: CodeVerifier, i: Instruction) -> None:
    defines = bool(v.held) and v.held[0] & DEFINITION != 0
    if v.code.kind is CodeKind.TYPE_PARAMETERS:
        if not defines or not v.is_last:
            v.fail("a type parameter scope returns a definition, at its end")
        index = i.src[0] >> 2
        definition = v.code.instructions[v.writers[index]]
        if v.defined.pop(index) != v.code.name:
            v.fail("the definition has another name")
        passed = passed_values(v.code)
        if passed and (definition.op is not Op.FUNCTION or not passes_on(definition, passed)):
            v.fail("the values passed are not the definition's defaults")
    elif defines:
        v.fail("a definition is no value")
    if not v.region.returns:
        v.fail("cannot stand in an `except*` block")
    v.gives = v.gives or bool(i.src)


def passes_on(function: Instruction, count: int) -> bool:
    """Whether the first sources of a function are the first locals in order."""
    return function.src[:count] == tuple(map(local, range(count)))


@rule(Op.RESULT)
def check_result(v: CodeVerifier, i: Instruction) -> None:
    v.check_settled()
    if not v.is_last:
        v.fail("is not the last instruction")
    if v.held[0] & STARRED and v.code.kind is not CodeKind.LAZY:
        v.fail("a starred value is no result")


@rule(Op.WITH)
def check_with(v: CodeVerifier, i: Instruction) -> None:
    """One more item of a statement nests directly in the one before; nothing follows its end but
    that one's."""
    is_async, more = i.imm
    if is_async and v.code.kind is not CodeKind.ASYNC:
        v.fail("is asynchronous outside of an asynchronous function")
    if not more:
        return
    outer = v.regions[-2]
    opener = outer.opener
    if outer.kind != "with" or outer.statements or opener is None or opener.imm[0] is not is_async:
        v.fail("is not the next item of a statement")
    outer.holds = NOTHING


# --- match


@rule(Op.MATCH)
def check_match(v: CodeVerifier, i: Instruction) -> None:
    """The subject lies at the bottom of the region, which takes it away at its end."""
    v.region.base = v.region.floor + 1


@rule(Op.CASE)
def check_case(v: CodeVerifier, i: Instruction) -> None:
    v.states[v.stack[v.region.floor]] = SUBJECT


@rule(Op.GUARD, Op.CASE_BODY)
def check_matched(v: CodeVerifier, i: Instruction) -> None:
    if v.states[v.stack[v.region.floor]] != TESTED:
        v.fail("the pattern is missing")


@rule(
    Op.PATTERN_VALUE,
    Op.PATTERN_SINGLETON,
    Op.PATTERN_BIND,
    Op.PATTERN_SEQUENCE,
    Op.PATTERN_MAPPING,
    Op.PATTERN_CLASS,
)
def check_pattern(v: CodeVerifier, i: Instruction) -> None:
    if i.src[0] & 1:
        v.states[i.src[0] >> 2] = TESTED
    if i.op is Op.PATTERN_BIND:
        check_capture(v, i)
    elif i.op is Op.PATTERN_VALUE:
        if not is_pattern_value(v, i.src[1], singletons=False):
            v.fail("a pattern compares with literals and attributes")
    elif i.op is Op.PATTERN_SINGLETON:
        value = v.module.constants[i.imm[0]].value
        if not (value is None or value is True or value is False):
            v.fail("only None, True and False are singletons")
    elif i.op is Op.PATTERN_SEQUENCE:
        if i.imm[1] is not None and i.imm[1] >= i.imm[0]:
            v.fail("the starred element is not there")
    elif i.op is Op.PATTERN_MAPPING:
        if i.imm[0] != len(i.src) - 1:
            v.fail("there is not a value for each key")
        if not all(is_pattern_value(v, key, singletons=True) for key in i.src[1:]):
            v.fail("a pattern compares with literals and attributes")
    elif i.op is Op.PATTERN_CLASS:
        if len(i.imm[1]) > i.imm[0]:
            v.fail("there are more keywords than attributes")
        if not is_class_name(v, i.src[1]):
            v.fail("the class is no name or attribute")


def check_capture(v: CodeVerifier, i: Instruction) -> None:
    """`as` follows a pattern of the same subject, a star takes the rest of a sequence."""
    name, kind = i.imm
    needed = {"as": TESTED, "star": STAR}.get(kind, SUBJECT)
    if v.held[0] != needed or (kind == "star" and i.src[0] & 1):
        v.fail(f"a capture of kind {kind} does not fit this subject")
    if kind == "as" and name is None:
        v.fail("the name is missing")


@rule(Op.PATTERN_OR)
def check_or(v: CodeVerifier, i: Instruction) -> None:
    """The subject lies at the bottom of the region; each alternative tests it anew."""
    region = v.region
    region.floor = region.guard = region.floor - 1


@rule(Op.PATTERN_ARM)
def check_arm(v: CodeVerifier, i: Instruction) -> None:
    subject = v.stack[v.region.floor]
    if v.states[subject] != TESTED:
        v.fail("the pattern is missing")
    v.states[subject] = SUBJECT


@rule(Op.PATTERN_OR_END)
def check_or_end(v: CodeVerifier, i: Instruction) -> None:
    if v.held[0] != TESTED:
        v.fail("the pattern is missing")
