"""A compiled region as words in memory: what the trampoline reads when a loop enters it.

In: a `LoopSite` and a `CompiledRegion`. Out: a `Table`, whose memory the trampoline interprets.
The words of each kind of record are named by an enum, for both sides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from ..layout.buffers import iterator_of
from ..layout.offsets import Offsets
from ..native.region import (
    CompiledRegion,
    Exit,
    IteratorKind,
    IteratorState,
    Place,
    Resume,
    SlotType,
    Value,
)
from .quiet import inside_address, new_number
from .site import LoopSite
from .variables import HostVariables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum

    from tauraro_frontend.bytecode.module import CodeObject
else:
    from tauraro_frontend.bytecode.records import IntEnum


class _Words(IntEnum):
    """Word numbers from 0."""

    @property
    def offset(self) -> int:
        """The byte offset of the word in its record."""
        return 8 * self


class Refusal(_Words):
    """Why the trampoline did not enter a region; the loop went on in tier 1."""

    NOT_INLINED = 0  # the eval loop did not make the call itself
    OTHER_CODE = 1  # another code object shares the constants
    TRACED = 2  # a debugger or profiler is at work
    OTHER_PLACE = 3  # the frame is not at a known copy of the loop
    NAMESPACE = 4  # globals are no plain dict, or not the module's own scope
    UNBOUND = 5  # an input has no value
    TYPE = 6  # an input is of another type
    BIG_INT = 7  # an input does not fit in 64 bits
    ITERATOR = 8  # the iterator is of another kind, exhausted, or shared


class Word(_Words):
    """The header of a table. Counters come last: `REFUSED` is the first of one word per
    `Refusal`."""

    CODE = 0  # address of the code object, 0 when it is gone
    ENTRY_CODE = 1  # address of the code object of the entry function
    REGION = 2
    SLOTS = 3
    COPIES = 4  # address of one CopyWord record per copy of the loop
    COPY_COUNT = 5
    INPUTS = 6  # address of VariableWord records
    INPUT_COUNT = 7
    ITERATOR_KIND = 8
    ITERATOR_SLOT = 9
    EXITS = 10  # address of ExitWord records
    MOST_OUTPUTS = 11
    MOST_LOOPS = 12
    NAMESPACE = 13  # 0: no globals, 1: the frame's globals, 2: they must be its locals, too
    NOTHING = 14  # the object that stands for "an empty slot" on the way back
    INSIDE = 15  # address of the number of threads in regions, and the region entered last
    NUMBER = 16  # which region this is, for whoever looks there
    NEXT = 17  # address of the table to try when this one refuses, or 0
    OWNED = 18  # byte offset in the slots of what the region owns, or 0
    ENTERED = 19
    REFUSED = 20


class CopyWord(_Words):
    """A place in the code, and the stack there."""

    IP = 0  # what the frame's ip is when it goes on there, but for the length of a call
    TOP = 1  # variables and stack items at that point


class VariableWord(_Words):
    """A variable that is read or written."""

    PLACE = 0
    KEY = 1  # byte offset in the frame, or address of the name
    TYPE = 2
    SLOT = 3  # byte offset in the slots
    EXACT_TYPE = 4  # for objects
    CODE = 5  # for functions: address of their code object, or 0


class ExitWord(_Words):
    """An exit."""

    COUNT = 0
    RESUME = 1  # address of one CopyWord record per copy: where to go on
    OUTPUTS = 2
    OUTPUT_COUNT = 3
    LOOPS = 4  # address of IteratorWord records: iterators to make
    LOOP_COUNT = 5


class IteratorWord(_Words):
    """An iterator to make for an inner loop."""

    KIND = 0
    SLOT = 1


TABLE_WORDS = Word.REFUSED + len(Refusal)

PLACES = {Place.LOCAL: 0, Place.CELL: 1, Place.GLOBAL: 2, Place.RESULT: 3}
TYPES = {
    SlotType.INT: 0,
    SlotType.FLOAT: 1,
    SlotType.BOOL: 2,
    SlotType.NUMBER: 3,
    SlotType.OBJECT: 4,
    SlotType.WORD: 5,
    SlotType.CHAR: 6,
    SlotType.SCALAR: 7,
}
NO_ITERATOR = 0
ENUMERATED = 16
"""From the number of an iterator's kind to that of its enumeration."""
PART_BITS = 4
"""Bits of a part's number in the word of a `zip`, from bit KIND_BITS on, the first part lowest."""
KIND_BITS = 8
LEAVES = {
    IteratorKind.RANGE: 1,
    IteratorKind.LIST: 2,
    IteratorKind.TUPLE: 3,
    IteratorKind.REVERSED_LIST: 4,
    IteratorKind.REVERSED_TUPLE: 5,
    IteratorKind.STR: 6,
    IteratorKind.DICT_KEYS: 7,
    IteratorKind.DICT_VALUES: 8,
    IteratorKind.DICT_ITEMS: 9,
    IteratorKind.SET: 10,
}
BUFFERS = {
    IteratorKind.BYTES: 12,
    IteratorKind.BYTEARRAY: 13,
    IteratorKind.ARRAY: 14,
    IteratorKind.MEMORYVIEW: 15,
    IteratorKind.NDARRAY: 16,
}
"""The word of these has the address of the iterator's type, from bit KIND_BITS on."""
ITERATORS = LEAVES | {IteratorKind.ZIP: 11} | BUFFERS
ITERATORS |= {
    IteratorKind[f"ENUMERATED_{kind.name}"]: number + ENUMERATED
    for kind, number in ITERATORS.items()
}


def iterator_word(iterator: IteratorState) -> int:
    """The number of an iterator's kind, with those of its parts."""
    word = ITERATORS[iterator.kind]
    family = iterator.kind.name.removeprefix("ENUMERATED_")
    if IteratorKind[family] in BUFFERS:
        return word | id(iterator_of(family.lower())) << KIND_BITS
    for number, part in enumerate(iterator.parts):
        word |= LEAVES[part] << KIND_BITS + PART_BITS * number
    return word


class Table:
    """The words of one region at one site, and everything they point to.

    `words` is what an entry holds. Raises NoSite where an exit has no place to go on at or a
    variable none to live in.
    """

    def __init__(
        self,
        site: LoopSite,
        region: CompiledRegion,
        code: CodeObject,
        offsets: Offsets,
        nothing: object,
    ) -> None:
        self.region = region
        self.number = new_number()
        self._offsets = offsets
        self._site = site
        self._variables = HostVariables(site.code, code, offsets)
        self._keep: list[object] = [nothing]
        self._instructions = id(site.code) + offsets.code.instructions
        self._exits = self._array(
            [word for exit_ in region.exits for word in self._exit_words(exit_)]
        )
        self.words = (ctypes.c_int64 * TABLE_WORDS)()
        self._fill(nothing)
        del self._site  # a table is kept alive by its code object, and must not keep it in turn

    # --- what the counters say

    @property
    def entered(self) -> int:
        """How often the region was entered."""
        return self.words[Word.ENTERED]

    @property
    def refused(self) -> dict[Refusal, int]:
        """How often it was not, by reason."""
        counts = {reason: self.words[Word.REFUSED + reason] for reason in Refusal}
        return {reason: count for reason, count in counts.items() if count}

    @property
    def exits(self) -> list[int]:
        """How often each exit was taken."""
        size = len(ExitWord)
        return [self._exits[size * k + ExitWord.COUNT] for k in range(len(self.region.exits))]

    def try_next(self, other: Table) -> None:
        """Where this region is refused, try another one of the same loop."""
        self._keep.append(other)
        self.words[Word.NEXT] = ctypes.addressof(other.words)

    def detach(self) -> None:
        """The code object is gone: its address means nothing any more."""
        self.words[Word.CODE] = 0

    def set_entry_code(self, address: int) -> None:
        """Set the code object that may call."""
        self.words[Word.ENTRY_CODE] = address

    # --- building

    def _fill(self, nothing: object) -> None:
        region, site = self.region, self._site
        variables = [*region.inputs, *(v for e in region.exits for v in e.outputs)]
        values = {
            Word.CODE: id(site.code),
            Word.REGION: region.address,
            Word.SLOTS: region.slots,
            Word.COPIES: self._points([(c.after_call, c.depth) for c in site.copies]),
            Word.COPY_COUNT: len(site.copies),
            Word.INPUTS: self._records(region.inputs),
            Word.INPUT_COUNT: len(region.inputs),
            Word.EXITS: ctypes.addressof(self._exits),
            Word.MOST_OUTPUTS: max((len(e.outputs) for e in region.exits), default=0),
            Word.MOST_LOOPS: max((len(e.loops) for e in region.exits), default=0),
            Word.NAMESPACE: self._namespace(variables),
            Word.NOTHING: id(nothing),
            Word.INSIDE: inside_address(),
            Word.NUMBER: self.number,
            Word.ITERATOR_KIND: NO_ITERATOR,
            Word.OWNED: 8 * max(0, region.owned),
        }
        if region.iterator is not None:
            kind, slot = self._iterator_words(region.iterator)
            values[Word.ITERATOR_KIND], values[Word.ITERATOR_SLOT] = kind, slot
        for word, value in values.items():
            self.words[word] = value

    def _namespace(self, variables: Sequence[Value]) -> int:
        if all(variable.place is not Place.GLOBAL for variable in variables):
            return 0
        return 1 if self._variables.is_function else 2

    def _points(self, points: Sequence[tuple[int, int]]) -> int:
        """CopyWord records of byte offsets and depths."""
        ip = self._instructions - self._offsets.resume_bias
        top = self._variables.count
        return self._address([w for offset, depth in points for w in (ip + offset, top + depth)])

    def _exit_words(self, exit_: Exit) -> list[int]:
        points = [self._site.resume_point(copy, exit_) for copy in self._site.copies]
        iterators = [loop.iterator for loop in exit_.loops if loop.iterator is not None]
        # a return of a constant takes nothing from the stack
        is_constant = exit_.resume is Resume.RETURN and not points[0].depth
        outputs = () if is_constant else exit_.outputs
        made = [word for iterator in iterators for word in self._iterator_words(iterator)]
        words = {
            ExitWord.COUNT: 0,
            ExitWord.RESUME: self._points([(p.offset, p.depth) for p in points]),
            ExitWord.OUTPUTS: self._records(outputs),
            ExitWord.OUTPUT_COUNT: len(outputs),
            ExitWord.LOOPS: self._address(made),
            ExitWord.LOOP_COUNT: len(iterators),
        }
        return [words[word] for word in ExitWord]

    def _iterator_words(self, iterator: IteratorState) -> list[int]:
        return [iterator_word(iterator), 8 * iterator.slot]

    def _records(self, variables: Sequence[Value]) -> int:
        return self._address([word for v in variables for word in self._variable_words(v)])

    def _variable_words(self, variable: Value) -> list[int]:
        exact = variable.exact_type
        place = variable.place
        if place is Place.GLOBAL:
            name = self._variables.global_name(variable.key)
            self._keep.append(name)
            key = id(name)
        else:
            place, key = self._variables.frame_place(place, variable.key)
        self._keep += (exact, variable.code)
        words = {
            VariableWord.PLACE: PLACES[place],
            VariableWord.KEY: key,
            VariableWord.TYPE: TYPES[variable.type],
            VariableWord.SLOT: 8 * variable.slot,
            VariableWord.EXACT_TYPE: 0 if exact is None else id(exact),
            VariableWord.CODE: 0 if variable.code is None else id(variable.code),
        }
        return [words[word] for word in VariableWord]

    def _array(self, words: Sequence[int]) -> ctypes.Array[ctypes.c_int64]:
        array = (ctypes.c_int64 * len(words))(*words)
        self._keep.append(array)
        return array

    def _address(self, words: Sequence[int]) -> int:
        return ctypes.addressof(self._array(words))
