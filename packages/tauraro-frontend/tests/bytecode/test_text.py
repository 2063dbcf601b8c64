"""The text form: what it looks like, and how errors in it are told."""

from __future__ import annotations

import pytest

from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.disassemble import disassemble
from tauraro_frontend.bytecode.module import Signature, Span
from tauraro_frontend.bytecode.text import (
    format_signature,
    format_span,
    parse_signature,
    parse_span,
    tokens,
)
from tauraro_frontend.bytecode.verify import verify_module
from tauraro_frontend.errors import BytecodeError
from tauraro_frontend.pipeline import build_module

SOURCE = """\
def total(values, start=0):
    for item in values:
        if item > 3: start += item
    return f"{start!r}"
"""

TEXT = """\
module 'example.py'
source-hash 0000000000000000

constants
    $0 0
    $1 3

code 0 module '<module>'
    temps 1
    ;    1 | def total(values, start=0):
    %0 = FUNCTION 0 code=1 @1:0-4:23 @1:24-25
    STORE_NAME.define %0 .total

code 1 function 'total'
    signature (values, start=)
    temps 1
    locals values start item
    ;    2 |     for item in values:
    item:target = FOR values @2:4-3:34 @2:16-22 @2:8-12
    ;    3 |         if item > 3: start += item
      %0 = COMPARE.Gt item 3 @3:11-19 @3:11-15 @3:18-19
      IF %0 @3:8-34
        start:augment = INPLACE.Add start item @3:21-34 @3:21-26 @3:30-34
      END
    END
    ;    4 |     return f"{start!r}"
    %0 = FORMAT start !r @4:13-22 @4:14-19
    %0 = CONCAT %0 @4:11-23
    RETURN %0 @4:4-23
"""


def test_example() -> None:
    module = build_module(SOURCE, "example.py")
    module.source_hash = bytes(8)
    text = disassemble(module, SOURCE)
    if "@4:13-22" in text:  # 3.11 places the parts of an f-string elsewhere
        assert text == TEXT
    assert assemble(text) == module
    assert assemble(TEXT).codes[1].instructions[:6] == module.codes[1].instructions[:6]


def test_without_spans() -> None:
    module = build_module(SOURCE, "example.py")
    text = disassemble(module, spans=False)
    assert "@" not in text
    assert [len(code.instructions) for code in assemble(text).codes] == [2, 9]


def test_hand_written_text_needs_no_constant_table() -> None:
    first = "DISCARD 'a' @1:0-3 @1:0-3 ; a comment 'x"
    second = "DISCARD 'a' @2:0-3 @2:0-3"
    module = assemble(f"code 0 module '<module>'\n{first}\n{second}\n")
    verify_module(module)
    assert len(module.constants) == 1


def test_names_that_occur_twice() -> None:
    module = build_module("def f(a):\n    b = [a for a in a]\n    return [b for a in b]\n", "f")
    text = disassemble(module)
    assert "a#0" in text
    assert assemble(text) == module


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("LOAD_NONSENSE 1", "no such thing: 'LOAD_NONSENSE'"),
        ("DISCARD 'open", "a quote is not closed"),
        ("DISCARD x", "'x' is no constant"),
        ("DISCARD 1 @1-2", "'1-2' is no span"),
        ("DISCARD 1 .name", "DISCARD has no immediate name"),
        ("DISCARD 1 +more", "DISCARD has no immediate more"),
        ("%0 = BINARY 1 2", "zip() argument 2 is shorter"),
        ("%0 = BINARY.Plus 1 2", "no such thing: 'Plus'"),
        ("%0 = UNPACK.assign 1", "the immediate count is missing"),
        ("%0 = UNPACK.assign 1 count=x", "invalid literal"),
        ("x:assign = STORE 1", "'x' is not declared"),
        ("STORE_CELL.assign 1 cell=x", "'x' is not declared"),
        ("code 7 module '<module>'", "code objects are not in order"),
        ("code 1 nonsense 'f'", "no such thing: 'NONSENSE'"),
        ("code 1 function f", "'f' is no constant"),
        ("signature x", "'x' is no signature"),
        ("source-hash xyz", "non-hexadecimal number"),
        ("temps", "no such thing"),
        ("CALL 1 keywords=a", "'a' is no tuple of names"),
    ],
)
def test_errors_name_the_line(line: str, problem: str) -> None:
    with pytest.raises(BytecodeError) as caught:
        assemble(f"module 'm'\ncode 0 module '<module>'\n{line}\n")
    assert str(caught.value).startswith(f"line 3: {problem}")


def test_constants_are_in_order() -> None:
    with pytest.raises(BytecodeError, match="line 3: constants are not in order"):
        assemble("constants\n$0 1\n$2 1\n")


@pytest.mark.parametrize("span", [Span(1, 0, 1, 0), Span(3, 7, 3, 20), Span(3, 7, 5, 2)])
def test_span(span: Span) -> None:
    assert parse_span(format_span(span)) == span


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("()", Signature((), (), None, (), None, 0, ())),
        ("(a, b=, /, c=)", Signature(("a", "b"), ("c",), None, (), None, 2, ())),
        ("(a, /)", Signature(("a",), (), None, (), None, 0, ())),
        ("(*, a, b=)", Signature((), (), None, ("a", "b"), None, 0, (False, True))),
        ("(a, *b, c=, **d)", Signature((), ("a",), "b", ("c",), "d", 0, (True,))),
        ("(.0, .1)", Signature((), (".0", ".1"), None, (), None, 0, ())),
    ],
)
def test_signature(text: str, signature: Signature) -> None:
    assert format_signature(signature) == text
    assert parse_signature(text) == signature


def test_tokens() -> None:
    assert tokens("  a='b c' \"d;\" ; e ") == ["a='b c'", '"d;"']
    assert tokens(r"u'\'' b'\\'") == [r"u'\''", r"b'\\'"]
