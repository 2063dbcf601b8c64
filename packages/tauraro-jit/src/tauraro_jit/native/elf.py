"""Object file in, code that runs out: the linker.

It knows what LLVM makes of our modules for x86-64, position-independent and with the small code
model: sections that hold code or constants, and relative addresses in them. What a module does not
define may be anywhere, out of their reach: each such symbol gets an entry behind the sections, with
its address and a jump there. LLVM's own linker would have to be loaded for it, takes 0.2 ms an
object instead of 0.05, and 13 KB. Tables for unwinding are left out: no exceptions of C++ pass
through this code.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache

from .generator import CompileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_RELOCATION = struct.Struct("<QQq")

_RELOCATABLE, _X86_64 = 1, 62
_SYMBOL_TABLE, _RELOCATIONS, _NO_DATA, _PLAIN_RELOCATIONS = 2, 4, 8, 9
_ALLOCATED, _WRITABLE = 2, 1
_UNDEFINED, _ABSOLUTE, _RESERVED = 0, 0xFFF1, 0xFF00
_ADDRESS, _RELATIVE, _CALL = 1, 2, 4
_INDIRECT = (9, 41, 42)
"""Relocations that ask for the relative address of an entry: GOTPCREL and its two variants."""

_ENTRY = struct.Struct("<Q2sixx")
_JUMP = b"\xff\x25", -14
"""An entry: an address, and the instruction that jumps there: `jmp *-14(%rip)`."""

_JUMP_PLACE = 8
_PAGE = 4096


class _Section:
    """A section header; `place` is the section's offset in memory, -1 if it is not loaded."""

    def __init__(self, code: bytes, at: int) -> None:
        found = _SECTION.unpack_from(code, at)
        _, self.kind, self.flags, _, self.start, self.size, self.link, self.info, align, _ = found
        self.align = max(1, align)
        self.place = -1

    def is_loaded(self) -> bool:
        """Whether the code needs it."""
        return bool(self.flags & _ALLOCATED) and self.kind in (1, _NO_DATA) and self.size > 0


def link(code: bytes, name: str, find: Callable[[str], int | None]) -> int:
    """Load an object file; the address of its function `name`. `find` gives the addresses of the
    symbols that it does not define. Raises CompileError."""
    try:
        return _Linker(code, find).load(name)
    except (struct.error, IndexError, ValueError) as error:
        raise CompileError(f"a damaged object file: {error}") from None


class _Linker:
    def __init__(self, code: bytes, find: Callable[[str], int | None]) -> None:
        self.code = code
        self.find = find
        header = _HEADER.unpack_from(code)
        if header[0][:6] != b"\x7fELF\x02\x01" or header[1:3] != (_RELOCATABLE, _X86_64):
            raise CompileError("not an object file for this processor")
        first, size, count = header[6], header[11], header[12]
        self.sections = [_Section(code, first + size * k) for k in range(count)]
        self.entries: dict[tuple[int, int], int] = {}

    def load(self, name: str) -> int:
        """Lay the sections out, fix addresses, make the memory executable."""
        size = 0
        for section in self.sections:
            if section.is_loaded():
                if section.flags & _WRITABLE:
                    raise CompileError("the code has variables of its own")
                section.place = -(-size // section.align) * section.align
                size = section.place + section.size
        size = self._lay_out_entries(-(-size // _ENTRY.size) * _ENTRY.size)
        # Sections apart from each other by whole pages would only waste memory: constants may be
        # executable.
        memory = bytearray(size)
        for section in self.sections:
            if section.place >= 0 and section.kind != _NO_DATA:
                part = self.code[section.start : section.start + section.size]
                memory[section.place : section.place + section.size] = part
        base = _reserve(size)
        for (table, symbol), place in self.entries.items():
            address = self._symbol(self.sections[table], symbol, base)
            _ENTRY.pack_into(memory, place, address, *_JUMP)
        for section in self._relocations():
            self._relocate(section, memory, base)
        entry = self._defined(name, base)
        if not entry:
            raise CompileError(f"no function {name}")
        _fill(base, memory)
        return entry

    def _relocations(self) -> Iterator[_Section]:
        """The tables of relocations for what is loaded."""
        for section in self.sections:
            if section.kind == _PLAIN_RELOCATIONS:
                raise CompileError("relocations of an unknown kind")
            if section.kind == _RELOCATIONS and self.sections[section.info].place >= 0:
                yield section

    def _in_table(self, table: _Section) -> Iterator[tuple[int, int, int, int]]:
        """The relocations of a table: offset in the section, kind, symbol, addend."""
        end = table.start + table.size // _RELOCATION.size * _RELOCATION.size
        for at in range(table.start, end, _RELOCATION.size):
            offset, info, addend = _RELOCATION.unpack_from(self.code, at)
            yield offset, info & 0xFFFFFFFF, info >> 32, addend

    def _lay_out_entries(self, start: int) -> int:
        """Give each symbol that needs one an entry; where they end."""
        for table in self._relocations():
            symbols = self.sections[table.link]
            for _, kind, symbol, _ in self._in_table(table):
                far = kind in _INDIRECT or (kind == _CALL and self._is_undefined(symbols, symbol))
                if far and (table.link, symbol) not in self.entries:
                    self.entries[table.link, symbol] = start
                    start += _ENTRY.size
        return start

    def _relocate(self, table: _Section, memory: bytearray, base: int) -> None:
        start = self.sections[table.info].place
        symbols = self.sections[table.link]
        for offset, kind, symbol, addend in self._in_table(table):
            place = start + offset
            entry = self.entries.get((table.link, symbol))
            if kind in _INDIRECT and entry is not None:
                struct.pack_into("<i", memory, place, entry + addend - place)
            elif kind == _CALL and entry is not None:
                struct.pack_into("<i", memory, place, entry + _JUMP_PLACE + addend - place)
            elif kind in (_RELATIVE, _CALL):
                target = self._symbol(symbols, symbol, base) + addend
                struct.pack_into("<i", memory, place, target - base - place)
            elif kind == _ADDRESS:
                target = self._symbol(symbols, symbol, base) + addend
                struct.pack_into("<Q", memory, place, target)
            else:
                raise CompileError(f"relocation {kind} is not known")

    def _is_undefined(self, table: _Section, number: int) -> bool:
        """Whether the module does not define a symbol."""
        at = table.start + number * _SYMBOL.size
        return bool(_SYMBOL.unpack_from(self.code, at)[3] == _UNDEFINED)

    def _symbol(self, table: _Section, number: int, base: int) -> int:
        """The address of a symbol."""
        at = table.start + number * _SYMBOL.size
        name, _, _, section, value, _ = _SYMBOL.unpack_from(self.code, at)
        if section == _UNDEFINED:
            text = self._name(table, name)
            address = self.find(text)
            if address is None:
                raise CompileError(f"unknown symbol {text}")
            return address
        if section == _ABSOLUTE:
            return int(value)
        if section >= _RESERVED or self.sections[section].place < 0:
            raise CompileError(f"symbol {self._name(table, name)} is in no section that is loaded")
        place: int = base + self.sections[section].place + value
        return place

    def _name(self, table: _Section, at: int) -> str:
        start = self.sections[table.link].start + at
        return self.code[start : self.code.index(b"\0", start)].decode()

    def _defined(self, wanted: str, base: int) -> int:
        """The address of a function of the file, 0 if it has none of this name."""
        for table in self.sections:
            if table.kind != _SYMBOL_TABLE:
                continue
            for number in range(table.size // _SYMBOL.size):
                at = table.start + number * _SYMBOL.size
                name, _, _, section, _, _ = _SYMBOL.unpack_from(self.code, at)
                if section != _UNDEFINED and name and self._name(table, name) == wanted:
                    return self._symbol(table, number, base)
        return 0


# --- memory

_READ, _WRITE, _EXECUTE = 1, 2, 4
_PRIVATE, _ANONYMOUS = 2, 0x20


@cache
def _memory_functions() -> tuple[Callable[..., int | None], Callable[..., int]]:
    """The C library's `mmap` and `mprotect`."""
    library = ctypes.CDLL(None)
    reserve, protect = library.mmap, library.mprotect
    reserve.restype = address = ctypes.c_void_p
    size, number = ctypes.c_size_t, ctypes.c_int
    reserve.argtypes = (address, size, number, number, number, ctypes.c_int64)
    protect.argtypes = (address, size, number)
    return reserve, protect


def _reserve(size: int) -> int:
    """Memory of whole pages that can be written. It is never given back: an error in what follows
    means a defect of the compiler."""
    reserve, _ = _memory_functions()
    address = reserve(None, _pages(size), _READ | _WRITE, _PRIVATE | _ANONYMOUS, -1, 0)
    if address is None or address == 2**64 - 1:
        raise CompileError("no memory for code")
    return address


def _fill(address: int, content: bytearray) -> None:
    """Store the code, and make it executable and read-only."""
    _, protect = _memory_functions()
    size = len(content)
    ctypes.memmove(address, (ctypes.c_char * size).from_buffer(content), size)
    if protect(address, _pages(size), _READ | _EXECUTE) != 0:
        raise CompileError("the system allows no code that is made at run time")


def _pages(size: int) -> int:
    return max(1, -(-size // _PAGE)) * _PAGE
