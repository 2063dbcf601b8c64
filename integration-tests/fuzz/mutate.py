"""Mutations of `.tbc` files whose length and digest are repaired: hostile files that look whole.

In: a file and a source of randomness. Out: another file. Three layers are mutated: the bytes of
the payload, its numbers, and the module that it holds. The last keeps most of the structure, so
that some mutants pass the verifier.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import msgspec

from tauraro_frontend.bytecode.container import Container, pack, unpack
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.bytecode.encode import encode_module
from tauraro_frontend.bytecode.formats import CHOICES
from tauraro_frontend.bytecode.isa import OPS, Op
from tauraro_frontend.bytecode.module import (
    BytecodeModule,
    Cell,
    CodeKind,
    CodeObject,
    Instruction,
    Span,
)
from tauraro_frontend.bytecode.operands import Role, Variable
from tauraro_frontend.bytecode.operands import Scope as Storage
from tauraro_frontend.bytecode.spans import span_count
from tauraro_frontend.errors import BytecodeError

Random = random.Random
NUMBERS = (0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 255, 10**6, 2**31 - 1)


def mutant(data: bytes, source: Random) -> bytes:
    """A mutation of a file, digest repaired. It may come out as it was."""
    layer = source.choices((mutate_bytes, mutate_numbers, mutate_module), (1, 2, 7))[0]
    return layer(data, source)


def mutate_bytes(data: bytes, source: Random) -> bytes:
    """Change, insert or remove some bytes of the payload."""
    source_hash, payload = unpack(data)
    changed = bytearray(payload)
    for _ in range(source.randint(1, 4)):
        position = source.randrange(len(changed))
        kind = source.randrange(4)
        if kind == 0:
            changed[position] = source.randrange(256)
        elif kind == 1:
            changed[position] ^= 1 << source.randrange(8)
        elif kind == 2:
            changed.insert(position, source.randrange(256))
        else:
            del changed[position]
    return pack(Container(source_hash, bytes(changed)))


def mutate_numbers(data: bytes, source: Random) -> bytes:
    """Change some numbers of a payload that stays well formed."""
    source_hash, payload = unpack(data)
    wire: list[Any] = msgspec.msgpack.decode(payload)
    for _ in range(source.randint(1, 3)):
        code = source.choice(wire[3])
        field = source.choice([0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 8, 9, 10])
        if not isinstance(code[field], list):
            code[field] = number_near(code[field], source)
        elif code[field]:
            change_list(code[field], source)
    return pack(Container(source_hash, msgspec.msgpack.encode(wire)))


def number_near(value: Any, source: Random) -> int:
    """Another number, often one close by."""
    if isinstance(value, int) and source.random() < 0.6:
        return max(0, value + source.choice((-8, -4, -1, 1, 4, 8)))
    return source.choice(NUMBERS)


def change_list(words: list[Any], source: Random) -> None:
    """Change one element of a list, at times its length."""
    position = source.randrange(len(words))
    chance = source.random()
    if chance < 0.8:
        words[position] = number_near(words[position], source)
    elif chance < 0.9:
        del words[position]
    else:
        words.insert(position, source.choice(words))


# --- the module


def mutate_module(data: bytes, source: Random) -> bytes:
    """Mutate the module; the spans are repaired in number most of the time."""
    for _ in range(20):
        module = copy.deepcopy(decode_module(data, verify=False))
        for _ in range(source.choice((1, 1, 1, 2, 3))):
            source.choice(MODULE_MUTATIONS)(module, source)
        if source.random() < 0.95:
            repair_spans(module)
        try:
            return encode_module(module)
        except BytecodeError:
            continue  # a module that no file can hold
    return data


def repair_spans(module: BytecodeModule) -> None:
    """Give every instruction as many spans as it needs."""
    for code in module.codes:
        for position, i in enumerate(code.instructions):
            try:
                count = span_count(i.op, i.dst, i.src, i.imm)
            except (LookupError, TypeError):
                continue
            spans = (*i.spans, *[Span(1, 0, 1, 1)] * count)[:count]
            code.instructions[position] = i._replace(spans=spans)


def pick(module: BytecodeModule, source: Random) -> tuple[CodeObject, int]:
    """A code object that has instructions, and the position of one."""
    codes = [code for code in module.codes if code.instructions]
    code = source.choice(codes)
    return code, source.randrange(len(code.instructions))


def any_instruction(module: BytecodeModule, source: Random) -> Instruction:
    """Some instruction of the module."""
    code, position = pick(module, source)
    return code.instructions[position]


def change_source(module: BytecodeModule, source: Random) -> None:
    """Another operand: a neighbour, another kind, or one of the same code object."""
    code, position = pick(module, source)
    i = code.instructions[position]
    if not i.src:
        return
    at = source.randrange(len(i.src))
    operand = source.choice(
        (
            i.src[at] ^ 1,
            i.src[at] ^ 2,
            max(0, i.src[at] + source.choice((-4, 4))),
            source.randrange(8) << 2 | source.randrange(4),
            source.randrange(max(1, len(code.locals))) << 2 | 2,
            source.randrange(max(1, len(module.constants))) << 2 | 3,
        )
    )
    src = (*i.src[:at], operand, *i.src[at + 1 :])
    code.instructions[position] = i._replace(src=src)


def change_sources(module: BytecodeModule, source: Random) -> None:
    """Fewer, more or exchanged operands."""
    code, position = pick(module, source)
    i = code.instructions[position]
    src = list(i.src)
    kind = source.randrange(3)
    if kind == 0 and src:
        del src[source.randrange(len(src))]
    elif kind == 1 and len(src) > 1:
        source.shuffle(src)
    else:
        src.append(source.randrange(max(1, len(module.constants))) << 2 | 3)
    code.instructions[position] = i._replace(src=tuple(src))


def change_destination(module: BytecodeModule, source: Random) -> None:
    """Another register, another role, none."""
    code, position = pick(module, source)
    i = code.instructions[position]
    local = source.randrange(max(1, len(code.locals))) << 3 | source.randrange(8)
    dst = source.choice((None, source.randrange(6) << 3, local, (i.dst or 0) ^ 1, (i.dst or 0) + 8))
    code.instructions[position] = i._replace(dst=dst)


def change_immediate(module: BytecodeModule, source: Random) -> None:
    """Another value of the same kind."""
    code, position = pick(module, source)
    i = code.instructions[position]
    if not i.imm:
        return
    at = source.randrange(len(i.imm))
    row = i.op.format.immediates[at]
    value = another_value(row.kind, i.imm[at], module, code, source)
    if row.optional and source.random() < 0.3:
        value = None
    code.instructions[position] = i._replace(imm=(*i.imm[:at], value, *i.imm[at + 1 :]))


def another_value(
    kind: str, value: Any, module: BytecodeModule, code: CodeObject, source: Random
) -> Any:
    """Another immediate of a kind."""
    if kind in CHOICES:
        return source.choice(CHOICES[kind])
    if kind == "flag":
        return not value
    if kind == "role":
        return source.choice(tuple(Role))
    if kind == "conversion":
        return source.choice((-1, 97, 114, 115))
    if kind in ("count", "code", "cell", "const"):
        return number_near(value, source)
    if kind == "names":
        names = list(value or ())
        if names and source.random() < 0.5:
            del names[source.randrange(len(names))]
        else:
            names.insert(0, any_name(module, source))
        return tuple(names)
    if kind == "variable":
        scope = source.choice(tuple(Storage))
        named = code.locals if scope is Storage.LOCAL else [cell.name for cell in code.cells]
        if scope in (Storage.LOCAL, Storage.CELL):
            slot = source.randrange(len(named)) if named else 0
            return Variable(scope, slot, named[slot] if named else "x")
        return Variable(scope, 0, any_name(module, source))
    return any_name(module, source)


def any_name(module: BytecodeModule, source: Random) -> str:
    """A name, mostly one that occurs."""
    names = [name for code in module.codes for name in (*code.locals, code.name)]
    names += ["__class__", "None", "__debug__", "super", "print", "", "a.b", ".0", "*", "if", "é"]
    return source.choice(names)


def same_shape(one: Op, other: Op) -> bool:
    """Whether two instructions have the same numbers of operands and kinds of immediates."""
    a, b = one.format, other.format
    return (
        a.dst == b.dst
        and len(a.sources) == len(b.sources)
        and [row.kind for row in a.immediates] == [row.kind for row in b.immediates]
    )


def change_opcode(module: BytecodeModule, source: Random) -> None:
    """Another instruction of the same shape."""
    code, position = pick(module, source)
    i = code.instructions[position]
    op = source.choice([op for op in OPS if same_shape(op, i.op)])
    code.instructions[position] = i._replace(op=op)


def delete_instruction(module: BytecodeModule, source: Random) -> None:
    code, position = pick(module, source)
    del code.instructions[position]


def repeat_instruction(module: BytecodeModule, source: Random) -> None:
    code, position = pick(module, source)
    code.instructions.insert(position, any_instruction(module, source))


def exchange_instructions(module: BytecodeModule, source: Random) -> None:
    code, position = pick(module, source)
    other = max(0, position - source.choice((1, 1, 1, 2, 5)))
    row = code.instructions
    row[position], row[other] = row[other], row[position]


def depth_change(i: Instruction) -> int:
    """How an instruction changes the nesting of regions."""
    return {"+": 1, "-": -1}.get(i.op.region[:1], 0)


def statement(code: CodeObject, source: Random) -> tuple[int, int]:
    """Bounds of instructions that begin and end outside of the same region, often whole
    statements."""
    row = code.instructions
    ends = [at + 1 for at, i in enumerate(row) if i.dst is None or i.dst & 7] or [len(row)]
    start = source.choice([0, *ends[:-1]])
    depth = 0
    for at in range(start, len(row)):
        depth += depth_change(row[at])
        if depth < 0:
            break
        if depth == 0 and at + 1 in ends and source.random() < 0.6:
            return start, at + 1
    return start, start


def copy_statement(module: BytecodeModule, source: Random) -> None:
    """A piece of one code object, copied into the same or another."""
    code, _ = pick(module, source)
    start, end = statement(code, source)
    other = code if source.random() < 0.6 else pick(module, source)[0]
    at, _ = statement(other, source)
    other.instructions[at:at] = code.instructions[start:end]
    other.temps = max(other.temps, code.temps)


def delete_statement(module: BytecodeModule, source: Random) -> None:
    code, _ = pick(module, source)
    start, end = statement(code, source)
    del code.instructions[start:end]


def move_statement(module: BytecodeModule, source: Random) -> None:
    code, _ = pick(module, source)
    start, end = statement(code, source)
    piece = code.instructions[start:end]
    del code.instructions[start:end]
    at, _ = statement(code, source) if code.instructions else (0, 0)
    code.instructions[at:at] = piece


def change_code(module: BytecodeModule, source: Random) -> None:
    """Something a code object declares."""
    code = source.choice(module.codes)
    kind = source.randrange(8)
    if kind == 0:
        code.kind = source.choice(tuple(CodeKind))
    elif kind == 1:
        code.temps = number_near(code.temps, source)
    elif kind == 2 and code.locals:
        code.locals[source.randrange(len(code.locals))] = any_name(module, source)
    elif kind == 3:
        code.locals.append(any_name(module, source))
    elif kind == 4:
        code.cells.insert(
            0, Cell(any_name(module, source), source.randint(-1, 2), source.randint(-1, 2))
        )
    elif kind == 5 and code.cells:
        at = source.randrange(len(code.cells))
        code.cells[at] = code.cells[at]._replace(
            outer=source.randint(-1, 2), param=source.randint(-1, 2)
        )
    elif kind == 6:
        code.name = code.private = any_name(module, source)
    elif code.signature is not None:
        code.signature = source.choice(
            (
                None,
                code.signature._replace(defaults=source.randint(0, 3)),
                code.signature._replace(args=(*code.signature.args, any_name(module, source))),
                code.signature._replace(kwdefaults=(True, *code.signature.kwdefaults)),
            )
        )


def change_tables(module: BytecodeModule, source: Random) -> None:
    """Exchange constants, or code objects."""
    table: list[Any] = source.choice((module.constants, module.constants, module.codes))
    if len(table) > 1:
        one, other = source.sample(range(len(table)), 2)
        table[one], table[other] = table[other], table[one]


def change_span(module: BytecodeModule, source: Random) -> None:
    """Another position."""
    code, position = pick(module, source)
    i = code.instructions[position]
    if i.spans:
        at = source.randrange(len(i.spans))
        numbers = list(i.spans[at])
        field = source.randrange(4)
        numbers[field] = number_near(numbers[field], source)
        spans = (*i.spans[:at], Span(*numbers), *i.spans[at + 1 :])
        code.instructions[position] = i._replace(spans=spans)


Mutation = Callable[[BytecodeModule, Random], None]

MODULE_MUTATIONS: tuple[Mutation, ...] = (
    change_source,
    change_source,
    change_sources,
    change_destination,
    change_immediate,
    change_immediate,
    change_opcode,
    change_opcode,
    delete_instruction,
    repeat_instruction,
    exchange_instructions,
    copy_statement,
    copy_statement,
    copy_statement,
    delete_statement,
    move_statement,
    change_code,
    change_tables,
    change_span,
)
