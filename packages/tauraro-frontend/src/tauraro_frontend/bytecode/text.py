"""The words of the text form: constants, spans, names. Each `format_` has its `parse_`, and the
two are inverse.

-0.0  u'x'  float:7ff8000000000001      12:4-17  12:4-13:5
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from .constants import COMPLEX128, FLOAT64, encode_constant
from .module import Constant, Signature, Span

LONGEST_DECIMAL = 10**600
"""Longer integers are written in base 16, which has no limit on the number of digits."""

TOKEN = re.compile(r"""(?:[^\s'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")+""")
SPAN = re.compile(r"(\d+):(\d+)-(?:(\d+):)?(\d+)")


def tokens(line: str) -> list[str]:
    """The words of a line, without a comment (`;` and what follows). Raises ValueError for an open
    quote."""
    words = []
    position = 0
    while position < len(line):
        if line[position].isspace():
            position += 1
            continue
        if line[position] == ";":
            break
        match = TOKEN.match(line, position)
        if match is None:
            raise ValueError("a quote is not closed")
        words.append(match.group())
        position = match.end()
    return words


def constant_key(constant: Constant) -> tuple[int, bytes]:
    """What makes two constants the same: type, kind and every bit."""
    return encode_constant(constant)


def format_constant(constant: Constant) -> str:
    """A constant as a literal if that is exact, else as its bits."""
    value, kind = constant
    if value is ...:
        return "..."
    if isinstance(value, str):
        return f"{kind or ''}{value!r}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < LONGEST_DECIMAL else hex(value)
    if isinstance(value, float):
        return exact_literal(constant, repr(value), f"float:{FLOAT64.pack(value)[::-1].hex()}")
    if isinstance(value, complex):
        bits = COMPLEX128.pack(value.real, value.imag)
        return exact_literal(
            constant, repr(value), f"complex:{bits[7::-1].hex()}:{bits[:7:-1].hex()}"
        )
    return repr(value)


def exact_literal(constant: Constant, literal: str, bits: str) -> str:
    """The literal if it stands for that very constant, else its bits."""
    if re.fullmatch(r"[-+.\dej]+", literal):
        try:
            if constant_key(parse_constant(literal)) == constant_key(constant):
                return literal
        except ValueError:
            pass
    return bits


def parse_constant(text: str) -> Constant:
    """The inverse of `format_constant`. Raises ValueError for a text that is no constant."""
    name, _, bits = text.partition(":")
    if name == "float":
        return Constant(FLOAT64.unpack(bytes.fromhex(bits)[::-1])[0], None)
    if name == "complex":
        parts = [FLOAT64.unpack(bytes.fromhex(part)[::-1])[0] for part in bits.split(":")]
        return Constant(complex(*parts), None)
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"{text!r:.80} is no constant") from error
    return Constant(value, "u" if text.startswith("u") else None)


def format_span(span: Span) -> str:
    """A span: `line:column-end`, where the end is a column of the same line unless it tells its
    own."""
    line, column, end_line, end_column = span
    end = str(end_column) if end_line == line else f"{end_line}:{end_column}"
    return f"{line}:{column}-{end}"


def parse_span(text: str) -> Span:
    """The inverse of `format_span`. Raises ValueError for a text that is no span."""
    match = SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r:.80} is no span")
    line, column, end_line, end_column = match.groups()
    return Span(int(line), int(column), int(end_line or line), int(end_column))


def format_names(names: Iterable[str]) -> str:
    """A tuple of names."""
    return f"({','.join(names)})"


def parse_names(text: str) -> tuple[str, ...]:
    """The inverse of `format_names`. Raises ValueError for a text without parentheses."""
    if not (text.startswith("(") and text.endswith(")")):
        raise ValueError(f"{text!r:.80} is no tuple of names")
    return tuple(text[1:-1].split(",")) if len(text) > 2 else ()


def format_signature(signature: Signature) -> str:
    """A signature as in a `def`, `=` for a default value: `(a, b=, /, *, c=, **d)`."""
    required = len(signature.posonly) + len(signature.args) - signature.defaults
    words = [
        name + "=" * (position >= required)
        for position, name in enumerate((*signature.posonly, *signature.args))
    ]
    if signature.posonly:
        words.insert(len(signature.posonly), "/")
    if signature.vararg is not None or signature.kwonly:
        words.append(f"*{signature.vararg or ''}")
    words += [
        name + "=" * default
        for name, default in zip(signature.kwonly, signature.kwdefaults, strict=True)
    ]
    if signature.kwarg is not None:
        words.append(f"**{signature.kwarg}")
    return f"({', '.join(words)})"


def parse_signature(text: str) -> Signature:
    """The inverse of `format_signature`. Raises ValueError for a text without parentheses."""
    if not (text.startswith("(") and text.endswith(")")):
        raise ValueError(f"{text!r:.80} is no signature")
    posonly: list[str] = []
    args: list[str] = []
    kwonly: list[str] = []
    kwdefaults: list[bool] = []
    vararg = kwarg = None
    starred = False
    defaults = 0
    for word in text[1:-1].split(", ") if len(text) > 2 else ():
        if word == "/":
            posonly, args = args, []
        elif word.startswith("**"):
            kwarg = word[2:]
        elif word.startswith("*"):
            starred = True
            vararg = word[1:] or None
        elif starred:
            kwonly.append(word.removesuffix("="))
            kwdefaults.append(word.endswith("="))
        else:
            args.append(word.removesuffix("="))
            defaults += word.endswith("=")
    return Signature(
        tuple(posonly), tuple(args), vararg, tuple(kwonly), kwarg, defaults, tuple(kwdefaults)
    )
