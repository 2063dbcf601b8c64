"""What is no program is rejected, with its place; what the builder makes is accepted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tauraro_frontend.bytecode.assemble import assemble
from tauraro_frontend.bytecode.isa import OPS
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, Constant, Instruction, Span
from tauraro_frontend.bytecode.operands import to_temp
from tauraro_frontend.bytecode.spans import span_count
from tauraro_frontend.bytecode.verify import verify_module
from tauraro_frontend.errors import BytecodeError
from tauraro_frontend.pipeline import build_module

SPAN = Span(1, 0, 1, 1)


def hostile_modules() -> list[tuple[str, str]]:
    """The cases of hostile.txt: what the verifier says, and the text."""
    text = (Path(__file__).parent / "data" / "hostile.txt").read_text("utf-8")
    blocks = text.replace("\n#", "\n;").split("\n== ")[1:]
    return [(problem, body) for problem, _, body in (block.partition("\n") for block in blocks)]


def module_from(text: str) -> BytecodeModule:
    """Assemble a case, with spans, and temporaries where the text does not count them."""
    if "code 0" not in text:
        text = f"code 0 module '<module>'\n{text}"
    module = assemble(text)
    for code in module.codes:
        code.instructions = [
            i._replace(spans=(SPAN,) * span_count(i.op, i.dst, i.src, i.imm))
            for i in code.instructions
        ]
        if not code.temps:
            code.temps = max(map(temporaries_of, code.instructions), default=0)
    return module


def temporaries_of(i: Instruction) -> int:
    """The number of temporaries up to the last one an instruction writes."""
    if i.dst is None or i.dst & 7:
        return 0
    names = [immediate.name for immediate in i.op.format.immediates]
    count = i.imm[names.index("count")] if i.op.format.dst == "dsts" else 1
    return (i.dst >> 3) + int(count)


@pytest.mark.parametrize(("problem", "text"), hostile_modules(), ids=lambda text: text[:60])
def test_hostile_module(problem: str, text: str) -> None:
    with pytest.raises(BytecodeError) as caught:
        verify_module(module_from(text))
    assert problem in str(caught.value)


def test_program(module: BytecodeModule) -> None:
    verify_module(module)


def test_library(library_module: BytecodeModule) -> None:
    verify_module(library_module)


def one_statement() -> BytecodeModule:
    return build_module("f(x)\n", "f")


@pytest.mark.parametrize(
    "span",
    [
        Span(0, 0, 1, 1), Span(-1, 0, 1, 1), Span(2, 0, 1, 5), Span(1, 5, 1, 4), Span(1, -1, 1, 4),
        Span(1, 0, 2, -1), Span(1, 0, 2**31, 0), Span(1, 2**31, 2, 0), Span(1, 0, 2, 2**31),
    ],
)  # fmt: skip
def test_span(span: Span) -> None:
    module = one_statement()
    first = module.codes[0].instructions[0]
    module.codes[0].instructions[0] = first._replace(spans=(span,))
    with pytest.raises(BytecodeError, match="code 0 instruction 0: LOAD_NAME: span"):
        verify_module(module)


@pytest.mark.parametrize("count", [0, 2])
def test_number_of_spans(count: int) -> None:
    module = one_statement()
    first = module.codes[0].instructions[0]
    module.codes[0].instructions[0] = first._replace(spans=(SPAN,) * count)
    with pytest.raises(BytecodeError, match=f"has {count} spans, not 1"):
        verify_module(module)


@pytest.mark.parametrize(
    ("constant", "problem"),
    [
        (Constant((1, 2), None), "tuple"),
        (Constant(Path(), None), "no literal"),
        (Constant(1, "u"), "kind 'u'"),
        (Constant("x", "r"), "kind 'r'"),
    ],
)
def test_constant(constant: Constant, problem: str) -> None:
    module = one_statement()
    module.constants.append(constant)
    with pytest.raises(BytecodeError, match=problem):
        verify_module(module)


def test_header() -> None:
    changes: list[tuple[str, object, str]] = [
        ("filename", "a\0b", "filename: contains a null character"),
        ("source_hash", b"short", "source hash: has 5 bytes"),
        ("codes", [], "codes: there is no module body"),
    ]
    for name, value, problem in changes:
        module = one_statement()
        setattr(module, name, value)
        with pytest.raises(BytecodeError, match=problem):
            verify_module(module)


def test_immediates_of_another_type() -> None:
    """No value of any immediate makes the verifier fail in another way."""
    values: list[object] = [
        None,
        True,
        0,
        -1,
        2**40,
        1.5,
        "",
        "x",
        (),
        ("x",),
        (1,),
        [],
        CodeKind.CLASS,
        SPAN,
    ]
    tried = 0
    for op in OPS:
        for position in range(len(op.format.immediates)):
            for value in values:
                imm: list[object] = [0] * len(op.format.immediates)
                imm[position] = value
                module = one_statement()
                module.codes[0].instructions = [Instruction(op, to_temp(0), (), tuple(imm), ())]
                with pytest.raises(BytecodeError, match="code 0"):
                    verify_module(module)
                tried += 1
    assert tried > 1000


def test_deepest_programs_of_the_host() -> None:
    """As deep as the host's own compiler takes them, the verifier takes them too."""
    for source in (
        "x = " + "-" * 900 + "y",
        "x = " + " + ".join(["y"] * 900),
        "if x: pass\n" + "elif x: pass\n" * 900,
        "x = " + "lambda: " * 300 + "y",
    ):
        compile(source, "deep", "exec")
        verify_module(build_module(source, "deep"))


def nested_regions(depth: int) -> BytecodeModule:
    module = one_statement()
    opening, filling, closing = build_module("if x:\n pass\n", "f").codes[0].instructions[-3:]
    load = build_module("x\n", "f").codes[0].instructions[0]
    code = module.codes[0]
    code.instructions = [*[load, opening] * depth, filling, *[closing] * depth]
    code.temps = 1
    return module


def test_nesting_limit() -> None:
    verify_module(nested_regions(9_000))
    with pytest.raises(BytecodeError, match="is nested too deeply"):
        verify_module(nested_regions(11_000))


def test_nested_expression_limit() -> None:
    load, unary, discard = build_module("-x\n", "f").codes[0].instructions
    module = one_statement()
    module.codes[0].instructions = [load, *[unary] * 11_000, discard]
    module.codes[0].temps = 1
    with pytest.raises(BytecodeError, match="is nested too deeply"):
        verify_module(module)


def test_verifier_does_not_recurse() -> None:
    limit = sys.getrecursionlimit()
    module = build_module("x = " + "lambda: " * 800 + "y", "deep")
    sys.setrecursionlimit(200)
    try:
        verify_module(module)
    finally:
        sys.setrecursionlimit(limit)


def test_nested_comprehensions() -> None:
    """As deep as the host's compiler takes them without crashing."""
    for depth, good in ((20, True), (201, False)):
        text = "x:target = COMP.list 1\n" * depth + "COMP_YIELD 1\n%0 = COMP_END\n"
        text += "COMP_YIELD %0\n%0 = COMP_END\n" * (depth - 1) + "DISCARD %0\n"
        module = module_from(f"locals x\n{text}")
        if good:
            verify_module(module)
        else:
            with pytest.raises(BytecodeError, match="comprehensions are nested too deeply"):
                verify_module(module)
