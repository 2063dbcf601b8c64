"""What a running frame holds when a loop's iteration begins: samples to build a region for."""

from __future__ import annotations

import ctypes
from types import CodeType, FrameType

from ..layout.buffers import iterator_of
from ..layout.host import host_layout
from ..layout.offsets import FRAME_OBJECT_FRAME
from ..native.region import CompiledRegion, IteratorKind, Place, SlotType
from .hostcode import HostCode
from .marks import LoopMark, marks_of
from .switch import NoSite
from .variables import HostVariables

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from typing import Any, NamedTuple

    from tauraro_frontend.bytecode.module import CodeObject
else:
    import _weakref as weakref

    from tauraro_frontend.bytecode.records import NamedTuple


class Observation(NamedTuple):
    """The values of the local variables and cells that are bound, by place and index in the
    bytecode, and the iterator of the loop (None for `while`)."""

    values: dict[tuple[Place, int | str], object]
    iterator: object | None


class Stop(NamedTuple):
    """Where the frames of a code object wait in a loop: the depths of the stack at its tests. Does
    not keep the code object."""

    code: weakref.ref[CodeType]
    depths: frozenset[int]


def stop_of(code: CodeType, mark: LoopMark) -> Stop:
    """Where the frames of a code object wait in a loop. Raises NoSite."""
    if mark not in marks_of(code):
        raise NoSite("the loop is not in this code")
    depths = HostCode(code).depths
    tests = marks_of(code)[mark].tests
    found = frozenset(depths[test.offset] for test in tests if test.offset in depths)
    return Stop(weakref.ref(code), found)


def observe(frame: FrameType, stop: Stop, code: CodeObject, is_for: bool) -> Observation:
    """Read a frame that is waiting for the Python function its loop called (see `Watch`).

    `code` is the bytecode of the frame's code object; `is_for` tells whether the loop has an
    iterator. Raises NoSite if the frame is anywhere else.
    """
    offsets = host_layout().require()
    part = offsets.frame
    if frame.f_code is not stop.code():
        raise NoSite("the frame runs other code")
    address = ctypes.c_int64.from_address(id(frame) + FRAME_OBJECT_FRAME).value
    variables = HostVariables(frame.f_code, code, offsets)
    top = ctypes.c_int32.from_address(address + part.stacktop).value
    if top - variables.count not in stop.depths:
        raise NoSite("the frame is not at the loop")
    values: dict[tuple[Place, int | str], object] = {}
    for place, count in ((Place.LOCAL, len(code.locals)), (Place.CELL, len(code.cells))):
        for key in range(count):
            try:
                host_place, offset = variables.frame_place(place, key)
            except NoSite:
                continue
            value = _object(address + offset)
            if host_place is Place.CELL:
                value = _contents(value)
            if value is not _MISSING:
                values[place, key] = value
    iterator = _object(address + part.localsplus + 8 * (top - 1)) if is_for else _MISSING
    return Observation(values, None if iterator is _MISSING else iterator)


def accepts(region: CompiledRegion, seen: Observation) -> bool:
    """Whether a region would be entered with the values of a frame."""
    if region.iterator is not None:
        kind = STRINGS.get(type(seen.iterator), type(seen.iterator))
        if kind is not type_of_iterator(region.iterator.kind):
            return False
    for variable in region.inputs:
        if variable.place in (Place.GLOBAL, Place.BOX):
            continue
        value = seen.values.get((variable.place, variable.key), _MISSING)
        if variable.type is SlotType.OBJECT and variable.exact_type is None:
            if value is _MISSING:
                return False
            continue
        if type(value) not in (variable.exact_type, *TYPES.get(variable.type, ())):
            return False
        if variable.code is not None and getattr(value, "__code__", None) is not variable.code:
            return False
        if type(value) is int:
            least = 0 if variable.type is SlotType.WORD else -(2**63)
            if not least <= value < least + 2**64:
                return False
        if variable.type is SlotType.CHAR and type(value) is str and len(value) != 1:
            return False
    return True


def type_of_iterator(kind: IteratorKind) -> type:
    """The type of an iterator of the program."""
    if kind.name.startswith("ENUMERATED_"):
        return enumerate
    found = ITERATORS.get(kind)
    return iterator_of(kind.name.lower()) if found is None else found


TYPES: dict[SlotType, tuple[type, ...]] = {
    SlotType.INT: (int,),
    SlotType.FLOAT: (float,),
    SlotType.BOOL: (bool,),
    SlotType.NUMBER: (int, float),
    SlotType.WORD: (int,),
    SlotType.CHAR: (str,),
}
ITERATORS: dict[IteratorKind, type] = {
    IteratorKind.RANGE: type(iter(range(0))),
    IteratorKind.LIST: type(iter([])),
    IteratorKind.TUPLE: type(iter(())),
    IteratorKind.REVERSED_LIST: type(reversed([])),
    IteratorKind.REVERSED_TUPLE: reversed,
    IteratorKind.ZIP: zip,
    IteratorKind.STR: type(iter("a")),
    IteratorKind.DICT_KEYS: type(iter({})),
    IteratorKind.DICT_VALUES: type(iter({}.values())),
    IteratorKind.DICT_ITEMS: type(iter({}.items())),
    IteratorKind.SET: type(iter(set())),
}
STRINGS: dict[type, type] = {type(iter("\xe4")): type(iter("a"))}
"""Strings have iterators of two types."""

_MISSING = object()


def _object(address: int) -> object:
    """The object that a slot points to."""
    slot = ctypes.py_object.from_address(address)
    try:
        return slot.value
    except ValueError:  # a null pointer
        return _MISSING


def _contents(cell: Any) -> object:
    try:
        return cell.cell_contents
    except (AttributeError, ValueError):  # no cell, or an empty one
        return _MISSING
