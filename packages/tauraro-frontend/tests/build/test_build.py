"""The builder: instructions of small programs, and what must hold for all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind
from tauraro_frontend.bytecode.operands import Role, destination_role
from tauraro_frontend.pipeline import build_module, compile_source, source_hash


def ops(module: BytecodeModule, index: int = 0) -> list[str]:
    """The names of a code object's instructions."""
    return [instruction.op.name for instruction in module.codes[index].instructions]


def function(body: str) -> BytecodeModule:
    """A module with one function, code object 1."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return build_module(f"def f(a, b, c):\n{lines}", "f.py")


def test_results_go_straight_into_locals() -> None:
    module = function("s = a + b\ns += c")
    assert ops(module, 1) == ["BINARY", "INPLACE"]
    roles = [destination_role(i.dst or 0) for i in module.codes[1].instructions]
    assert roles == [Role.ASSIGN, Role.AUGMENT]


def test_a_local_before_a_call_is_loaded_first() -> None:
    """`a + f()` raises for an unbound `a` before `f` runs, and sees `a` as it was."""
    assert ops(function("a + b()"), 1) == ["LOAD", "CALL", "BINARY", "DISCARD"]
    assert ops(function("b() + a"), 1) == ["CALL", "BINARY", "DISCARD"]


def test_value_regions_nest_without_jumps() -> None:
    assert ops(function("return a and b or c"), 1) == [
        "BOOL", "BOOL", "ARM", "BOOL_END", "ARM", "BOOL_END", "RETURN",
    ]  # fmt: skip


def test_chained_comparison_keeps_the_middle_operand() -> None:
    assert ops(function("return a < b < c"), 1) == [
        "LOAD", "LOAD", "CHAIN", "CHAIN_COMPARE", "LOAD", "CHAIN_END", "RETURN",
    ]  # fmt: skip


def test_children_follow_their_parents_and_are_referred_to_once() -> None:
    module = build_module(
        "class A:\n  def f(self): return [lambda: x for x in (y for y in z)]\n", "m"
    )
    kinds = [code.kind for code in module.codes]
    assert kinds == [
        CodeKind.MODULE,
        CodeKind.CLASS,
        CodeKind.FUNCTION,
        CodeKind.GENERATOR_EXPRESSION,
        CodeKind.LAMBDA,
    ]
    assert module.codes[2].private == "A"


def test_constants_that_can_be_told_apart_differ() -> None:
    module = build_module("0.0; -0.0; 0; False; 0j; ''; b''; u''; 1e400; None; ...", "m")
    assert len(module.constants) == 10
    assert [constant.kind for constant in module.constants].count("u") == 1


def test_the_same_source_gives_the_same_bytes() -> None:
    source = Path(ast.__file__).read_bytes()
    assert compile_source(source, "ast.py") == compile_source(source, "ast.py")
    assert source_hash(source) == source_hash(source.decode())


@pytest.mark.parametrize("source", ["x = = 1", "def f(:\n", "(", "'", "x\n  y\n", "f(**a, *b)"])
def test_syntax_errors_are_the_hosts(source: str) -> None:
    with pytest.raises(SyntaxError) as host:
        compile(source, "bad.py", "exec")
    with pytest.raises(SyntaxError) as found:
        build_module(source, "bad.py")
    assert found.value.args == host.value.args


def test_deep_nesting_needs_no_recursion_limit_of_the_caller() -> None:
    module = build_module("x = " + "-" * 1500 + "1\n", "deep.py")
    assert ops(module).count(Op.UNARY.name) == 1500
