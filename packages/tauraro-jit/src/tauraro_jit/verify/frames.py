"""What a frame of the host holds: its variables, and the iterators on its stack.

In: the code object of a frame, the bytecode it was made from, and the address of the frame. Out:
the objects, by the places that the bytecode knows.
"""

from __future__ import annotations

import ctypes

from ..layout.host import host_layout
from ..layout.offsets import FRAME_OBJECT_FRAME
from ..native.region import Place
from ..runtime.switch import NoSite
from ..runtime.variables import HostVariables
from .describing import UNBOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

    from tauraro_frontend.bytecode.module import CodeObject

    Key = tuple[Place, int]


def address_of(frame: FrameType) -> int:
    """Where the host keeps a frame."""
    return ctypes.c_int64.from_address(id(frame) + FRAME_OBJECT_FRAME).value


class FrameView:
    """Reads the frames of one code object. `names` are those of the variables."""

    def __init__(self, host: CodeType, code: CodeObject) -> None:
        offsets = host_layout().require()
        self._part = offsets.frame
        variables = HostVariables(host, code, offsets)
        self.count = variables.count
        self.names: dict[Key, str] = {}
        self._places: dict[Key, tuple[Place, int]] = {}
        for place, names in (
            (Place.LOCAL, code.locals),
            (Place.CELL, [cell.name for cell in code.cells]),
        ):
            for key, name in enumerate(names):
                try:
                    self._places[place, key] = variables.frame_place(place, key)
                except NoSite:
                    continue
                self.names[place, key] = name

    def top(self, address: int) -> int:
        """How many variables and stack items a frame has."""
        return ctypes.c_int32.from_address(address + self._part.stacktop).value

    def item(self, address: int, number: int) -> Any:
        """A variable or stack item."""
        return object_at(address + self._part.localsplus + 8 * number)

    def held(self, address: int, top: int) -> list[Any]:
        """All that a frame refers to, as often as it does."""
        items = [self.item(address, number) for number in range(top)]
        return [item for item in items if item is not UNBOUND]

    def variables(self, address: int) -> dict[Key, Any]:
        """What the variables are, those that have a value."""
        found: dict[Key, Any] = {}
        for key, (place, offset) in self._places.items():
            value = object_at(address + offset)
            if place is Place.CELL:
                value = contents(value)
            if value is not UNBOUND:
                found[key] = value
        return found

    def cells(self, address: int) -> dict[int, Any]:
        """The cells of the bytecode's cells."""
        return {
            key: object_at(address + offset)
            for (place, key), (_, offset) in self._places.items()
            if place is Place.CELL
        }


def object_at(address: int) -> Any:
    """The object that a place refers to."""
    try:
        return ctypes.py_object.from_address(address).value
    except ValueError:  # a null pointer
        return UNBOUND


def contents(cell: Any) -> Any:
    """What is in a cell."""
    try:
        return cell.cell_contents
    except (AttributeError, ValueError):  # no cell, or an empty one
        return UNBOUND
