"""Functions that share variables with the one around them, built in place.

    def make(rate):                          the function enters with its cells: each is an object
        total = 0.0                          whose word number 2 is the variable
        def add(x):
            nonlocal total         ->        field_checked cell, 2    what `rate` and `total` are
            total += x * rate                store_float cell, 2      waits as all stores do
            return total
        return add

Functions of one `def` differ in their cells only: a region takes any that has the same code.
"""

from __future__ import annotations

from types import FunctionType

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import Value
from ..ir.ops import Op
from ..layout.offsets import CELL_CONTENTS, FUNCTION_CLOSURE, FUNCTION_GLOBALS, TUPLE_ITEMS
from ..native.region import Place
from .builder import RegionBuilder, Unsupported
from .effects import STORES, load, store
from .frames import ENTER_FUNCTION, has_no_defaults, is_lasting
from .instances import described
from .sequences import NUMBERS, check_number, unboxed
from .state import Kind, Typed, shape_of
from .variables import LOAD_CELL, STORE_CELL
from .words import exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CellType

WORD = 8
CONTENTS = CELL_CONTENTS // WORD
FIELD = (-2, CONTENTS)
"""The content of a cell, as the waiting stores know it: no class has this attribute."""

DESCRIBED = {"none", "instance", "any", "list", "tuple", "str", "dict", "set"}
"""Shapes of contents that native code reads, besides numbers."""

MAKERS = {Bytecode.FUNCTION, Bytecode.GENERATOR, Bytecode.LAZY, Bytecode.TYPE_PARAMETERS}
MAKERS |= {Bytecode.CLASS, Bytecode.CLASS_EX}
"""Instructions that name the code object of an inner scope."""

NOTHING = object()
"""In place of what an empty cell holds: native code does not touch it."""

STORED = {Bytecode.STORE_CELL, Bytecode.DEL_CELL}


# --- functions and their cells


def enter_function(b: RegionBuilder, pointer: Value, sample: FunctionType) -> Typed:
    """A function, which must have the same code and see the same globals. The region does not keep
    the one that it was built for: what that closes over is the program's to drop."""
    if sample.__code__.co_kwonlyargcount:  # they may have several defaults
        raise Unsupported("a closure with parameters that only keywords give")
    b.guard(
        b.emit(Op.IS_OBJECT, b.emit(Op.FUNCTION_CODE, pointer), b.const_object(sample.__code__))
    )
    names = b.emit(Op.FIELD_CHECKED, pointer, b.const_int(FUNCTION_GLOBALS // WORD))
    b.guard(b.emit(Op.IS_OBJECT, names, b.const_object(sample.__globals__)))
    none_given = b.emit(Op.CONST_OBJECT, attr=0)
    b.guard(b.emit(Op.IS_OBJECT, b.emit(Op.FUNCTION_DEFAULTS, pointer), none_given))
    cells: list[Value] = []
    if sample.__closure__:
        closure = b.emit(Op.FIELD_CHECKED, pointer, b.const_int(FUNCTION_CLOSURE // WORD))
        first = TUPLE_ITEMS // WORD
        cells = [
            b.emit(Op.FIELD_CHECKED, closure, b.const_int(first + number))
            for number in range(len(sample.__closure__))
        ]
    return Typed(Kind.FUNCTION, (pointer, *cells), known=sample)


def cells_of(
    b: RegionBuilder, index: int, function: FunctionType, values: Sequence[Value] | None
) -> list[Typed]:
    """The cells of a function in the order in which the bytecode numbers them. `values` are those
    of one that has come in; None: it is always the same one."""
    names, samples = function.__code__.co_freevars, function.__closure__ or ()
    if values is None:
        values = [b.const_object(cell) for cell in samples]
    found = []
    for cell in b.request.module.codes[index].cells:
        if cell.name not in names:
            raise Unsupported(f"a call of {function.__name__}")
        number = names.index(cell.name)
        found.append(cell_value(b, values[number], content_of(samples[number])))
    return found


def cell_value(b: RegionBuilder, pointer: Value, content: object) -> Typed:
    """A cell, which will hold what it holds now."""
    if isinstance(content, (FunctionType, type)):
        return Typed(Kind.CELL, (pointer,), known=content)
    return Typed(Kind.CELL, (pointer,), shape_of(content, b.request.classes))


def content_of(cell: CellType) -> object:
    """What a cell holds; something that native code does not touch if that is nothing."""
    try:
        return cell.cell_contents
    except ValueError:
        return NOTHING


# --- what cells hold


def load_cell(b: RegionBuilder, cell: Typed) -> Typed:
    """The variable that a cell is."""
    (pointer,) = cell.values
    kind = str(cell.shape[0])

    def field() -> Value:
        return b.emit(Op.FIELD_CHECKED, pointer, b.const_int(CONTENTS))

    def number() -> Typed:
        found = unboxed(b, kind, field())
        b.facts.add(("field", pointer, CONTENTS))
        return found

    if kind in NUMBERS:
        return load(b, pointer, None, number, FIELD)
    if isinstance(cell.known, FunctionType):
        found = field()
        if not has_no_defaults(cell.known) and is_lasting(cell.known):
            b.guard(b.emit(Op.IS_OBJECT, found, b.const_object(cell.known)))
            return Typed(Kind.KNOWN, known=cell.known)
        b.guard(b.emit(Op.IS_TYPE, found, attr=FunctionType))
        return enter_function(b, found, cell.known)
    if isinstance(cell.known, type):  # `__class__`, most likely
        b.guard(b.emit(Op.IS_OBJECT, field(), b.const_object(cell.known)))
        return Typed(Kind.KNOWN, known=cell.known)
    if kind not in DESCRIBED:
        raise Unsupported("a closure's variable that holds something else")
    return described(b, cell.shape, field())


def store_cell(b: RegionBuilder, cell: Typed, value: Typed) -> None:
    """A number over a number, or None."""
    (pointer,) = cell.values
    value = exact(b, value)
    if value.kind not in STORES:
        raise Unsupported(f"a closure's variable that is assigned {value.kind.name.lower()}")
    fact = ("field", pointer, CONTENTS)
    if fact not in b.facts:
        old = b.emit(Op.FIELD_CHECKED, pointer, b.const_int(CONTENTS))
        check_number(b, str(cell.shape[0]), old)
        b.facts.add(fact)
    store(b, pointer, None, value, FIELD)


# --- whose cells they are


def check_cells(b: RegionBuilder, index: int) -> None:
    """The region keeps the variables of its own frame in registers. A function that it calls must
    not change one of these, nor see one that the region changes."""
    module, own = b.request.module, b.request.code_index
    kept = {
        definition(b, own, number): (Place.CELL, number)
        for number in range(len(module.codes[own].cells))
    }
    stored = {i.imm[0] for i in module.codes[index].instructions if i.op in STORED}
    for number in range(len(module.codes[index].cells) if kept else 0):
        key = kept.get(definition(b, index, number))
        if key is not None and (key in b.assigned or (number in stored and b.keeps(key))):
            raise Unsupported("a variable that a closure shares with the loop")


def definition(b: RegionBuilder, index: int, number: int) -> tuple[int, int]:
    """The code object that a cell belongs to, and its number there."""
    codes = b.request.module.codes
    while codes[index].cells[number].outer >= 0:
        number, index = codes[index].cells[number].outer, parent_of(b, index)
    return index, number


def parent_of(b: RegionBuilder, index: int) -> int:
    """The code object around another one."""
    for number, code in enumerate(b.request.module.codes):
        if any(i.op in MAKERS and i.imm[0] == index for i in code.instructions):
            return number
    raise Unsupported("a closure")


LOAD_CELL.append(load_cell)
STORE_CELL.append(store_cell)
ENTER_FUNCTION.append(enter_function)
