"""Rules for stores and imports: what is stored fits the role, an augmented target is the one that
was loaded, an import binds what it imports.
"""

from __future__ import annotations

from ..formats import TempKind
from ..grammar import STATEMENT
from ..isa import Op
from ..module import Instruction
from ..operands import Role, destination_role
from .code import CodeVerifier, rule
from .rows import OLD, OWNER, STORES, TARGETED

VALUE = TempKind.VALUE

STORED: dict[Role, tuple[bool, int]] = {
    Role.TARGET: (False, TempKind.ITEM),
    Role.ASSIGN: (False, VALUE | TARGETED),
    Role.WALRUS: (True, VALUE),
    Role.AUGMENT: (False, TempKind.INPLACE),
    Role.DEFINE: (False, TempKind.DEFINITION | TempKind.TYPEPARAM),
    Role.IMPORT: (False, TempKind.MODULE),
}
"""By role: whether the temporary that is stored stays, and what it holds. The first of several
targets is the exception: it keeps a value."""

VARIABLE_STORES = frozenset({Op.STORE, Op.STORE_NAME, Op.STORE_GLOBAL, Op.STORE_CELL})
"""Stores into variables; only these may be walruses, definitions and imports."""


def variable_of(i: Instruction) -> tuple[str, object] | None:
    """The variable that an instruction loads or stores, as kind and key; None if it is no
    variable."""
    if i.op is Op.LOAD:
        return "local", i.src[0] >> 2
    if i.dst is not None and i.dst & 7:
        return "local", i.dst >> 3
    if i.op in (Op.LOAD_CELL, Op.LOAD_CLASS_CELL, Op.LOAD_OUTER_CELL, Op.STORE_CELL):
        return "cell", i.imm[0]
    if i.op in (Op.LOAD_GLOBAL, Op.LOAD_OUTER_GLOBAL, Op.STORE_GLOBAL):
        return "global", i.imm[0]
    return ("name", i.imm[0]) if i.op in (Op.LOAD_NAME, Op.STORE_NAME) else None


def name_of(v: CodeVerifier, i: Instruction) -> str | None:
    """The name of the variable that an instruction stores into."""
    variable = variable_of(i)
    if variable is None:
        return None
    kind, key = variable
    if isinstance(key, int):
        return v.code.locals[key] if kind == "local" else v.code.cells[key].name
    return str(key)


def role_of(i: Instruction) -> Role | None:
    """The role in which an instruction stores."""
    if i.dst is not None and i.dst & 7:
        return destination_role(i.dst)
    return i.imm[-1] if i.op in STORES and i.op is not Op.STORE else None


@rule(*STORES)
def check_store(v: CodeVerifier, i: Instruction) -> None:
    role = role_of(i)
    if role is None:
        v.fail("stores into a local, not into a temporary")
    if i.op not in VARIABLE_STORES and role in (Role.WALRUS, Role.DEFINE, Role.IMPORT):
        v.fail(f"only a variable is stored in the role {role.name}")
    if i.op is Op.UNPACK:
        check_unpack(v, i)
    check_stored_value(v, i, role)
    if role is Role.AUGMENT:
        check_augmented(v, i, v.writers[i.src[0] >> 2])
    elif any(state & OWNER for state in v.held[1:]):
        v.fail("only the result of the operation is stored into an augmented target")
    if role is Role.IMPORT:
        check_bound_import(v, i, *v.imports.pop(i.src[0] >> 2))
    elif role is Role.DEFINE and v.defined.pop(i.src[0] >> 2) != name_of(v, i):
        v.fail("the definition has another name")


def check_unpack(v: CodeVerifier, i: Instruction) -> None:
    count, star, role = i.imm
    if star is not None and star >= count:
        v.fail("the starred element is not there")
    if role not in (Role.TARGET, Role.ASSIGN):
        v.fail(f"does not unpack in the role {role.name}")


def check_stored_value(v: CodeVerifier, i: Instruction, role: Role) -> None:
    """What is stored fits the role. In several targets, all but the last keep the value."""
    operand, held = i.src[0], v.held[0]
    kept = operand & 3 == 1
    if operand & 2:
        if role is not Role.ASSIGN:
            v.fail(f"a local or constant is not stored in the role {role.name}")
    elif role is Role.TARGET and kept:
        if not held & (VALUE | TARGETED) or not v.region.holds & STATEMENT:
            v.fail("no assignment begins here")
        v.states[operand >> 2] = TARGETED
    else:
        keeps, holds = STORED[role]
        if kept is not keeps or not held & holds:
            v.fail(f"this is not stored in the role {role.name}")
        if keeps:
            v.states[operand >> 2] = VALUE


@rule(Op.GETATTR, Op.GETITEM)
def check_place(v: CodeVerifier, i: Instruction) -> None:
    """A kept object (and index) is that of an augmented target."""
    kept = [operand >> 2 for operand in i.src if operand & 3 == 1]
    if not kept:
        return
    if len(kept) < len(i.src) or not v.region.holds & STATEMENT:
        v.fail("no augmented assignment begins here")
    for index in kept:
        v.states[index] = OWNER
    v.result = OLD


@rule(Op.INPLACE)
def check_inplace(v: CodeVerifier, i: Instruction) -> None:
    """The left operand has been loaded from the target."""
    left = i.src[0]
    if left & 3 == 3:
        v.fail("a constant is no target")
    v.augmented[v.pc] = -1 - (left >> 2) if left & 2 else v.writers[left >> 2]
    if i.dst is not None and i.dst & 7:
        check_augmented(v, i, v.pc)


def check_augmented(v: CodeVerifier, store: Instruction, operation: int) -> None:
    """The target of an augmented assignment is what the left operand was loaded from."""
    writer = v.augmented[operation]
    if writer < 0:
        same = variable_of(store) == ("local", -1 - writer)
    else:
        load = v.code.instructions[writer]
        if store.op is Op.SETATTR:
            same = (
                load.op is Op.GETATTR and load.imm[0] == store.imm[0] and is_place(v, load, store)
            )
        elif store.op is Op.SETITEM:
            same = load.op is Op.GETITEM and is_place(v, load, store)
        else:
            variable = variable_of(load) if load.op.name.startswith("LOAD") else None
            same = variable is not None and variable == variable_of(store)
    if not same:
        v.fail("the target is another one than the left operand")


def is_place(v: CodeVerifier, load: Instruction, store: Instruction) -> bool:
    """Whether a store reads for the last time the temporaries that a load has kept."""
    return [operand & ~1 for operand in load.src] == [*store.src[1:]] and all(
        state & OWNER for state in v.held[1:]
    )


# --- imports


@rule(Op.IMPORT)
def check_import(v: CodeVerifier, i: Instruction) -> None:
    module, level, names, more = i.imm
    if names is None:
        if level or not module:
            v.fail("the module has no name")
        v.import_more = more
        note_import(v, i, "import", tuple(module.split(".")), 1)
        return
    if more or v.region.pending or not (module or level):
        v.fail("is no import of names")
    v.import_more = False
    note_import(v, i, "from", names, 0)


@rule(Op.IMPORT_SUB)
def check_submodule(v: CodeVerifier, i: Instruction) -> None:
    source, parts, taken = v.imports.pop(i.src[0] >> 2)
    if source != "import" or parts[taken : taken + 1] != (i.imm[0],):
        v.fail("is not the next part of the module's name")
    note_import(v, i, source, parts, taken + 1)


@rule(Op.IMPORT_FROM)
def check_imported_name(v: CodeVerifier, i: Instruction) -> None:
    """The names come in order; the last one takes the module along."""
    module = i.src[0] >> 2
    source, names, taken = v.imports.pop(module)
    if source != "from" or names[taken : taken + 1] != (i.imm[0],) or names == ("*",):
        v.fail("is not the next name")
    if (i.src[0] & 1 == 1) is not (taken + 1 < len(names)):
        v.fail("the module is kept until the last name")
    v.imports[module] = source, names, taken + 1
    note_import(v, i, "name", names, taken)


@rule(Op.IMPORT_STAR)
def check_star(v: CodeVerifier, i: Instruction) -> None:
    source, names, _ = v.imports.pop(i.src[0] >> 2)
    if source != "from" or names != ("*",):
        v.fail("is no star")


def note_import(
    v: CodeVerifier, i: Instruction, source: str, parts: tuple[str, ...], taken: int
) -> None:
    """Remember what the destination holds, or check the store if it is a local."""
    assert i.dst is not None
    if i.dst & 7:
        check_bound_import(v, i, source, parts, taken)
    else:
        v.imports[i.dst >> 3] = source, parts, taken


def check_bound_import(
    v: CodeVerifier, i: Instruction, source: str, parts: tuple[str, ...], taken: int
) -> None:
    """`import a.b` binds a; `import a.b as c` takes all parts first."""
    if source == "from":
        v.fail("a module whose names are wanted is not bound itself")
    if source == "import" and taken < len(parts) and (taken > 1 or name_of(v, i) != parts[0]):
        v.fail("the module is bound to a name that is not its own")
