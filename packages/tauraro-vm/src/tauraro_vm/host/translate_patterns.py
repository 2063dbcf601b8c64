"""match statements. A subject's place (`Incoming`) takes the finished pattern."""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import Instruction, Span

from .translate import Incoming, Translator, at, translates

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from typing import Any

    Spans = Iterator[Span]
else:
    import _ast as ast


@translates(Op.MATCH)
def match(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    node = at(ast.Match(t.operand(i.src[0], spans), []), span)
    t.out.append(node)
    t.open_region("match", node).subject = dst
    t.temps[dst] = None


@translates(Op.CASE)
def case(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions[-1]
    if region.node.cases:
        t.close_suite()
    node: Any = ast.match_case(ast.MatchAs(), None, [])
    region.node.cases.append(node)
    t.temps[region.subject] = Incoming(lambda pattern: setattr(node, "pattern", pattern))


@translates(Op.GUARD)
def guard(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].node.cases[-1].guard = t.operand(i.src[0], spans)


@translates(Op.CASE_BODY)
def case_body(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    t.regions[-1].node.cases[-1].body = t.open_suite()


def fill(t: Translator, subject: int, pattern: ast.pattern) -> None:
    """The pattern that tests the subject."""
    place = t.temps[subject >> 2]
    place.fill(pattern)
    if subject & 3 == 0:
        del t.temps[subject >> 2]


def add_part(t: Translator, register: int, patterns: list[ast.pattern]) -> None:
    """A subject whose pattern goes to the end of `patterns`."""
    position = len(patterns)
    patterns.append(ast.MatchAs())

    def put(pattern: ast.pattern) -> None:
        patterns[position] = pattern

    t.temps[register] = Incoming(put)


@translates(Op.PATTERN_VALUE)
def pattern_value(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    span = next(spans)
    value = t.operand(i.src[1], spans)
    fill(t, i.src[0], at(ast.MatchValue(value), span))


@translates(Op.PATTERN_SINGLETON)
def pattern_singleton(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    value: Any = t.constants[i.imm[0]].value
    fill(t, i.src[0], at(ast.MatchSingleton(value), next(spans)))


@translates(Op.PATTERN_BIND)
def pattern_bind(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    variable, kind = i.imm
    name = t.variable_name(variable)
    span = next(spans)
    subject = i.src[0]
    if kind == "star":
        fill(t, subject, at(ast.MatchStar(name), span))
    elif kind == "as":
        inner = t.temps[subject >> 2].filled
        fill(t, subject, at(ast.MatchAs(inner, name), span))
    else:
        fill(t, subject, at(ast.MatchAs(None, name), span))


@translates(Op.PATTERN_OR)
def pattern_or(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    node = at(ast.MatchOr([]), next(spans))
    subject = i.src[0]
    place = t.temps[subject >> 2]
    place.fill(node)
    region = t.open_region("or", node)
    region.subject = subject
    region.parts.append(place)
    add_part(t, subject >> 2, node.patterns)


@translates(Op.PATTERN_ARM)
def pattern_arm(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions[-1]
    add_part(t, region.subject >> 2, region.node.patterns)


@translates(Op.PATTERN_OR_END)
def pattern_or_end(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    region = t.regions.pop()
    subject = i.src[0]
    if subject & 3 == 0:
        del t.temps[subject >> 2]
    else:
        t.temps[subject >> 2] = region.parts[0]


@translates(Op.PATTERN_SEQUENCE)
def pattern_sequence(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    node = at(ast.MatchSequence([]), next(spans))
    fill(t, i.src[0], node)
    for position in range(i.imm[0]):
        add_part(t, dst + position, node.patterns)


@translates(Op.PATTERN_MAPPING)
def pattern_mapping(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    count, rest = i.imm
    keys = t.operands(i.src[1:], iter(()))
    node = at(ast.MatchMapping(keys, [], t.variable_name(rest)), next(spans))
    fill(t, i.src[0], node)
    for position in range(count):
        add_part(t, dst + position, node.patterns)


@translates(Op.PATTERN_CLASS)
def pattern_class(t: Translator, dst: int, i: Instruction, spans: Spans) -> None:
    count, names = i.imm
    cls = t.operand(i.src[1], iter(()))
    node = at(ast.MatchClass(cls, [], list(names), []), next(spans))
    fill(t, i.src[0], node)
    positional = count - len(names)
    for position in range(count):
        parts = node.patterns if position < positional else node.kwd_patterns
        add_part(t, dst + position, parts)
