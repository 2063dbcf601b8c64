"""Rules for displays, calls, chains and comprehensions."""

from __future__ import annotations

import sys

from ..formats import TempKind
from ..isa import Op
from ..module import CodeKind, Instruction
from .code import CodeVerifier, rule

VALUE = TempKind.VALUE
LIST = TempKind.LIST

COMPREHENSION_LIMIT = 20 if sys.version_info >= (3, 12) else 200
"""How deep comprehensions may lie in each other. Source text has at most 200 open brackets; the
compilers that inline comprehensions crash on 21 (3.12.1) or 23 (3.13.0) of them, whether from
source or AST."""


@rule(Op.BUILD)
def check_build(v: CodeVerifier, i: Instruction) -> None:
    """A list or set is a value that may grow, a tuple does not grow, a growing tuple is no value
    yet."""
    v.result = {"tuple": VALUE, "growing_tuple": LIST}.get(i.imm[0], VALUE | LIST)


@rule(Op.TO_TUPLE)
def check_tuple(v: CodeVerifier, i: Instruction) -> None:
    if v.held[0] != LIST:
        v.fail("only a growing tuple becomes a tuple")


@rule(Op.DICT, Op.DICT_ADD)
def check_pairs(v: CodeVerifier, i: Instruction) -> None:
    if (len(i.src) - (i.op is Op.DICT_ADD)) % 2:
        v.fail("a key has no value")


@rule(Op.FORMAT)
def check_format(v: CodeVerifier, i: Instruction) -> None:
    if len(i.src) == 2 and writer_of(v, i.src[1]) is not Op.CONCAT:
        v.fail("the format is no string that is joined")


@rule(Op.CONCAT)
def check_joined(v: CodeVerifier, i: Instruction) -> None:
    for operand in i.src:
        if operand & 3 == 3:
            joined = type(v.module.constants[operand >> 2].value) is str
        else:
            joined = writer_of(v, operand) is Op.FORMAT
        if not joined:
            v.fail("only strings and formatted values are joined")


def writer_of(v: CodeVerifier, operand: int) -> Op | None:
    """The instruction that made a temporary; None for a local or constant."""
    return None if operand & 2 else v.code.instructions[v.writers[operand >> 2]].op


@rule(Op.SLICE)
def check_slice(v: CodeVerifier, i: Instruction) -> None:
    mask = i.imm[0]
    if mask > 7 or mask.bit_count() != len(i.src):
        v.fail("mask and parts do not fit")


@rule(Op.CALL, Op.KWARGS_ADD)
def check_keywords(v: CodeVerifier, i: Instruction) -> None:
    values, names = len(i.src) - 1, len(i.imm[0])
    if names > values or (i.op is Op.KWARGS_ADD and names != values):
        v.fail("there is not a value for each keyword")


@rule(Op.CALL_EX)
def check_call(v: CodeVerifier, i: Instruction) -> None:
    check_single(v, v.held[1], i.imm[0])


def check_single(v: CodeVerifier, args: int, single: bool) -> None:
    """The positional arguments of a call are built by ARGS, or are one value."""
    if (args & VALUE != 0) is not single:
        v.fail("the flag `single` does not fit the arguments")


@rule(Op.YIELD, Op.YIELD_FROM)
def check_yield(v: CodeVerifier, i: Instruction) -> None:
    if v.region.comprehends:
        v.fail("cannot stand in a comprehension")
    v.yields = True


@rule(Op.CHAIN)
def check_chain(v: CodeVerifier, i: Instruction) -> None:
    """The first two operands have been computed before."""
    region, outer = v.region, v.regions[-2]
    region.floor = region.guard = region.floor - 2
    if region.floor < outer.base:
        v.fail("the first two values are missing")


@rule(Op.CHAIN_COMPARE)
def check_link(v: CodeVerifier, i: Instruction) -> None:
    """The right operand is carried to the next link."""
    v.region.base = v.region.guard = v.region.floor + 1


@rule(Op.COMP)
def check_comprehension(v: CodeVerifier, i: Instruction) -> None:
    kind, is_async = i.imm
    v.region.comprehends = True
    v.region.inlined += kind != "generator"
    if v.region.inlined > COMPREHENSION_LIMIT:
        v.fail("comprehensions are nested too deeply")
    generator = v.code.kind is CodeKind.GENERATOR_EXPRESSION and v.pc == 0
    if (kind == "generator") is not generator:
        v.fail(f"a comprehension of kind {kind} cannot stand here")
    if generator and i.src != (PASSED,):
        v.fail("a generator expression iterates over the value passed")
    check_async(v, is_async)


PASSED = 2
"""The operand that reads local 0."""


@rule(Op.COMP_FOR)
def check_inner_loop(v: CodeVerifier, i: Instruction) -> None:
    check_async(v, i.imm[0])


def check_async(v: CodeVerifier, is_async: bool) -> None:
    """A generator expression may be asynchronous anywhere."""
    if is_async and v.code.kind not in (CodeKind.ASYNC, CodeKind.GENERATOR_EXPRESSION):
        v.fail("is asynchronous outside of an asynchronous function")


@rule(Op.COMP_YIELD)
def check_element(v: CodeVerifier, i: Instruction) -> None:
    opener = v.region.opener
    assert opener is not None
    if len(i.src) != 1 + (opener.imm[0] == "dict"):
        v.fail("key and value belong to a dict")


@rule(Op.COMP_END)
def check_comprehension_end(v: CodeVerifier, i: Instruction) -> None:
    generator = v.code.kind is CodeKind.GENERATOR_EXPRESSION and len(v.regions) == 1
    if (i.dst is None) is not generator or (generator and not v.is_last):
        v.fail("only a generator expression, and that at its end, makes no collection")
