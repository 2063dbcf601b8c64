"""Reads of this process's own memory at addresses that may be wrong.

A probe follows pointers that it cannot trust yet: if an offset is not what it should be, the
"pointer" is anything. So it reads through the kernel, which answers with an error where a plain
load would end the process.
"""

from __future__ import annotations

import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Unreadable(Exception):
    """There is no memory at an address, or memory cannot be read in this way at all."""


class Memory:
    """This process's memory; a context manager."""

    def __init__(self) -> None:
        try:
            self._file = os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise Unreadable(f"the process cannot inspect itself: {error.strerror}") from None

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def read(self, address: int, size: int) -> bytes:
        """The bytes at `address`. Raises Unreadable."""
        try:
            data = os.pread(self._file, size, address)
        except (OSError, OverflowError):
            data = b""
        if len(data) != size:
            raise Unreadable(f"no memory at {address:#x}")
        return data

    def _number(self, layout: str, address: int) -> int:
        value: int
        (value,) = struct.unpack(layout, self.read(address, struct.calcsize(layout)))
        return value

    def pointer(self, address: int) -> int:
        """The unsigned 8-byte word at `address`."""
        return self._number("<Q", address)

    def signed(self, address: int) -> int:
        """The signed 8-byte word at `address`."""
        return self._number("<q", address)

    def int32(self, address: int) -> int:
        """The signed 4-byte word at `address`."""
        return self._number("<i", address)

    def uint32(self, address: int) -> int:
        """The unsigned 4-byte word at `address`."""
        return self._number("<I", address)

    def uint16(self, address: int) -> int:
        """The unsigned 2-byte word at `address`."""
        return self._number("<H", address)

    def byte(self, address: int) -> int:
        """The byte at `address`."""
        return self.read(address, 1)[0]

    def double(self, address: int) -> float:
        """The double at `address`."""
        value: float
        (value,) = struct.unpack("<d", self.read(address, 8))
        return value


def mismatch(name: str, probe: Callable[[Memory], str]) -> str:
    """What a probe finds that does not hold, with the name of what it looks at, or nothing."""
    try:
        with Memory() as memory:
            wrong = probe(memory)
    except Unreadable as error:
        wrong = str(error)
    return f"{name}: {wrong}" if wrong else ""
