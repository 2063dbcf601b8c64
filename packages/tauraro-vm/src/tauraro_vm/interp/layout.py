"""Where the variables of a code object are in a frame's register list.

In: a code object's locals and cells, by mangled name. Out: registers for them: locals first, then
the cells that the shim of a function provides, in the order in which it provides them, then other
cells; temporaries follow.

The shim of a function has one cell for each free variable, each cell of its own, and each other
local variable: into the latter goes a copy of every value stored in the local, so that the host
shows it in `f_locals`. Variables of list, set and dict comprehensions are not shown.

The host sorts cells by name. So that the variables have the order that they have in the program's
code object, the shim is compiled with numbered aliases for those that are neither parameters nor
free.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from tauraro_frontend.bytecode.isa import Op
from tauraro_frontend.bytecode.module import CodeObject
from tauraro_frontend.bytecode.operands import Role

from .own_names import use_own_names

use_own_names(globals())


class Layout:
    """The registers of one code object's variables.

    `cells` by cell index. `shown`: local -> the cell that shows it. `aliases`: what the shim calls
    the variables whose cells it provides, in registers `closure_start` to `closure_end`; the names
    of those that are not called so are in `renamed`, by alias. `made`: registers
    of cells that the frame makes itself.
    """

    __slots__ = (
        "aliases",
        "cells",
        "closure_end",
        "closure_start",
        "first_temporary",
        "made",
        "renamed",
        "shown",
    )

    def __init__(
        self,
        source: CodeObject,
        local_names: Sequence[str],
        cell_names: Sequence[str],
        variables: Sequence[str] | None,
        parameters: int,
    ) -> None:
        """`variables` are the local variables that the host lists; None for a namespace."""
        own = [position for position, cell in enumerate(source.cells) if cell.outer < 0]
        self.closure_start = len(local_names)
        self.shown: dict[int, int] = {}
        provided: dict[str, int | None] = {}  # name -> cell, or -1 - local
        if variables is not None:
            listed = dict.fromkeys(variables)
            found = provided_cells(source, local_names, cell_names)
            provided = {**listed, **{name: found[name] for name in sorted(found)}}
        kept = set(local_names[:parameters])
        kept.update(name for name, cell in provided.items() if is_free(source, cell))
        self.renamed = {
            f".{number:05}": name for number, name in enumerate(provided) if name not in kept
        }
        aliases = {name: alias for alias, name in self.renamed.items()}
        called = {aliases.get(name, name): cell for name, cell in provided.items()}
        self.aliases = tuple(sorted(called))
        self.closure_end = self.closure_start + len(called)
        registers: dict[int, int] = {}
        for register, alias in enumerate(self.aliases, self.closure_start):
            cell = called[alias]
            if cell is None:
                continue  # a variable of a comprehension, which is not shown
            if cell >= 0:
                registers[cell] = register
            else:
                self.shown[-1 - cell] = register
        following = self.closure_end
        for position in range(len(source.cells)):
            if position not in registers:
                registers[position] = following
                following += 1
        self.first_temporary = following
        self.cells = tuple(registers[position] for position in range(len(source.cells)))
        self.made = tuple(
            self.cells[position] for position in own if self.cells[position] >= self.closure_end
        )


def moved_parameters(source: CodeObject) -> tuple[int, ...]:
    """The parameters that are in a cell only."""
    return tuple(cell.param for cell in source.cells if cell.outer < 0 <= cell.param)


def is_free(source: CodeObject, cell: int | None) -> bool:
    """Whether a variable that the shim provides (see `provided_cells`) is a free one."""
    return cell is not None and cell >= 0 and source.cells[cell].outer >= 0


def provided_cells(
    source: CodeObject, local_names: Sequence[str], cell_names: Sequence[str]
) -> dict[str, int]:
    """The variables that the shim of a function has: name -> index of the cell, or -1 - index of
    the local."""
    hidden_locals, hidden_cells = comprehension_variables(source)
    provided: dict[str, int] = {}
    for position, name in enumerate(cell_names):
        if position not in hidden_cells:
            provided.setdefault(name, position)
    for local, name in enumerate(local_names):
        if local not in hidden_locals:
            provided.setdefault(name, -1 - local)
    return provided


def comprehension_variables(source: CodeObject) -> tuple[set[int], set[int]]:
    """The locals and cells that belong to list, set and dict comprehensions."""
    found_locals: set[int] = set()
    found_cells: set[int] = set()
    depth = 0
    for raw in source.instructions:
        if raw.op is Op.COMP and (depth or raw.imm[0] != "generator"):
            depth += 1
        elif raw.op is Op.COMP_END and depth:
            depth -= 1
        if depth and raw.dst is not None and raw.dst & 7 == Role.TARGET + 1:
            found_locals.add(raw.dst >> 3)
        elif depth and raw.op is Op.STORE_CELL and raw.imm[1] is Role.TARGET:
            found_cells.add(raw.imm[0])
    return found_locals, found_cells


def getter(indices: tuple[int, ...]) -> Callable[[list[Any]], tuple[Any, ...]]:
    """A function of a list: the items at some indices."""
    if not indices:
        return nothing
    if len(indices) == 1:
        only = indices[0]
        return lambda items: (items[only],)
    return itemgetter(*indices)


def nothing(items: list[Any]) -> tuple[Any, ...]:
    """No item of a list."""
    return ()
