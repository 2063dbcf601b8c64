"""match statements. A pattern reads its subject from a temporary and fails to the next
alternative."""

from __future__ import annotations

from ..bytecode.isa import Op
from ..bytecode.operands import Variable, keep, temp
from .function import CodeBuilder, lowers, span_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
else:
    import _ast as ast


@lowers(ast.Match)
def build_match(b: CodeBuilder, node: ast.Match) -> None:
    src, spans = b.operands([node.subject])
    subject = b.emit_value(Op.MATCH, src, (), [span_of(node), *spans])
    for case in node.cases:
        b.emit(Op.CASE)
        build_pattern(b, case.pattern, keep(subject))
        if case.guard is not None:
            src, spans = b.operands([case.guard])
            b.emit(Op.GUARD, src, (), spans)
        b.emit(Op.CASE_BODY)
        b.block(case.body)
    b.free(subject)
    b.emit(Op.END)


def variable_or_none(b: CodeBuilder, name: str | None) -> Variable | None:
    """The variable a capture binds; None for a wildcard."""
    return None if name is None else b.variable(name)


def build_pattern(b: CodeBuilder, pattern: ast.pattern, subject: int) -> None:
    """Test `subject` (read by this operand) against a pattern."""
    own = [span_of(pattern)]
    if isinstance(pattern, ast.MatchValue):
        src, spans = b.operands([pattern.value])
        b.emit(Op.PATTERN_VALUE, [subject, *src], (), [*own, *spans])
    elif isinstance(pattern, ast.MatchSingleton):
        constant = b.module.constant(pattern.value, None)
        b.emit(Op.PATTERN_SINGLETON, [subject], (constant,), own)
    elif isinstance(pattern, ast.MatchAs):
        kind = "capture"
        if pattern.pattern is not None:
            build_pattern(b, pattern.pattern, keep(subject))
            kind = "as"
        b.emit(Op.PATTERN_BIND, [subject], (variable_or_none(b, pattern.name), kind), own)
    elif isinstance(pattern, ast.MatchOr):
        b.emit(Op.PATTERN_OR, [keep(subject)], (), own)
        for position, alternative in enumerate(pattern.patterns):
            if position:
                b.emit(Op.PATTERN_ARM)
            build_pattern(b, alternative, keep(subject))
        b.emit(Op.PATTERN_OR_END, [subject])
    elif isinstance(pattern, ast.MatchSequence):
        build_sequence(b, pattern, subject)
    elif isinstance(pattern, ast.MatchMapping):
        build_mapping(b, pattern, subject)
    elif isinstance(pattern, ast.MatchClass):
        cls = b.value(pattern.cls)
        names = tuple(pattern.kwd_attrs)
        inner = [*pattern.patterns, *pattern.kwd_patterns]
        base = b.emit_row(Op.PATTERN_CLASS, len(inner), [subject, cls], (len(inner), names), own)
        build_parts(b, inner, base)
    else:
        raise TypeError(f"{type(pattern).__name__} is no pattern")


def build_sequence(b: CodeBuilder, pattern: ast.MatchSequence, subject: int) -> None:
    """`[a, *rest, b]`."""
    parts = pattern.patterns
    star = next((i for i, part in enumerate(parts) if isinstance(part, ast.MatchStar)), None)
    spans = [span_of(pattern)] if star is None else [span_of(pattern), span_of(parts[star])]
    base = b.emit_row(Op.PATTERN_SEQUENCE, len(parts), [subject], (len(parts), star), spans)
    build_parts(b, parts, base)


def build_mapping(b: CodeBuilder, pattern: ast.MatchMapping, subject: int) -> None:
    """`{key: pattern, **rest}`."""
    keys = [b.value(key) for key in pattern.keys]
    rest = variable_or_none(b, pattern.rest)
    count = len(pattern.patterns)
    imm = (count, rest)
    base = b.emit_row(Op.PATTERN_MAPPING, count, [subject, *keys], imm, [span_of(pattern)])
    build_parts(b, pattern.patterns, base)


def build_parts(b: CodeBuilder, patterns: Sequence[ast.pattern], base: int) -> None:
    """Test the parts that an instruction has taken out of its subject."""
    for position, part in enumerate(patterns):
        subject = temp(base + position)
        if isinstance(part, ast.MatchStar):
            variable = variable_or_none(b, part.name)
            b.emit(Op.PATTERN_BIND, [subject], (variable, "star"), [span_of(part)])
        else:
            build_pattern(b, part, subject)
            b.free(subject)
