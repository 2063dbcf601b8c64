"""The contract between a compiled region and the runtime that enters and leaves it.

A region is one loop of a code object, or a call of a whole function. Its native code is a plain C
function over an array of 8-byte slots,

    int64_t region(int64_t *slots)

which knows nothing of frames: the runtime fills the input slots from the running host frame
(checking types), calls the function, and gets back the number of the exit that was taken; the exit
says which slots hold what the frame must look like and where it goes on. So a region can be tested
with nothing but an array.

The loop's body has begun when native code is entered: the current item is stored in its variables
already, and native code starts with the body. All object pointers in slots are borrowed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import builtins
    from enum import Enum
    from types import CodeType
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import Enum, NamedTuple


class SlotType(Enum):
    """How a value lies in its slot. INT, FLOAT, BOOL are unboxed values of exactly that type; WORD
    is an int from 0 to 2**64 - 1, CHAR the code point of a string of one character. SCALAR is the 8
    bytes behind the head of an object of `Value.exact_type`, which has as many or less.

    NUMBER takes two slots: 0 for an int or 1 for a float, then the value. OBJECT is a pointer to an
    object whose exact type is that of `Value.exact_type` (None: any object).
    """

    INT = 1
    FLOAT = 2
    BOOL = 3
    NUMBER = 4
    OBJECT = 5
    WORD = 6
    CHAR = 7
    SCALAR = 8


class Place(Enum):
    """Where a variable of the host frame lives."""

    LOCAL = 1  # key: index in the bytecode's locals
    CELL = 2  # key: index in the bytecode's cells; the value is the cell's content
    GLOBAL = 3  # key: name in the module namespace
    CALLEE = 4  # key: a local of an inlined call; never crosses the contract
    RESULT = 5  # key: 0; what a function returns (see Resume.RETURN)
    BOX = 6  # key: as of CELL; the cell itself, as an input


class Value(NamedTuple):
    """A variable and the slot that holds it. `key` is an index or a name (see Place). An input that
    is a Python function may have to have this `code`."""

    place: Place
    key: int | str
    type: SlotType
    slot: int
    exact_type: builtins.type | None = None
    code: CodeType | None = None


class IteratorKind(Enum):
    """Iterators that native code advances itself, with their slots.

    RANGE: next value, step, number of items left. LIST, TUPLE, STR, and those of buffers (BYTES and
    what follows): the sequence (borrowed pointer), next index; REVERSED counts it down, and has
    ended below 0. ZIP: the slots of its parts, one after the other. ENUMERATED: the next number,
    then the slots of the iterator that is enumerated. DICT, SET: the dict or set (borrowed
    pointer), the position in its table, its size when the iterator was made, the number of items
    left.
    """

    RANGE = 1
    LIST = 2
    TUPLE = 3
    REVERSED_LIST = 4
    REVERSED_TUPLE = 5
    ZIP = 6
    ENUMERATED_RANGE = 7
    ENUMERATED_LIST = 8
    ENUMERATED_TUPLE = 9
    ENUMERATED_REVERSED_LIST = 10
    ENUMERATED_REVERSED_TUPLE = 11
    ENUMERATED_ZIP = 12
    STR = 13
    ENUMERATED_STR = 14
    DICT_KEYS = 15
    DICT_VALUES = 16
    DICT_ITEMS = 17
    SET = 18
    ENUMERATED_DICT_KEYS = 19
    ENUMERATED_DICT_VALUES = 20
    ENUMERATED_DICT_ITEMS = 21
    ENUMERATED_SET = 22
    BYTES = 23
    BYTEARRAY = 24
    ARRAY = 25
    MEMORYVIEW = 26
    NDARRAY = 27
    ENUMERATED_BYTES = 28
    ENUMERATED_BYTEARRAY = 29
    ENUMERATED_ARRAY = 30
    ENUMERATED_MEMORYVIEW = 31
    ENUMERATED_NDARRAY = 32


class IteratorState(NamedTuple):
    """The iterator of a `for` loop at a given moment: its kind and first slot. `parts` are those
    that `zip` goes through: ranges, lists, tuples, reversed or not."""

    kind: IteratorKind
    slot: int
    parts: tuple[IteratorKind, ...] = ()


class LoopState(NamedTuple):
    """A loop inside the region that is running when the region is left: the bytecode pc of its FOR
    or LOOP, and the iterator that must be made for it (None for `while`)."""

    pc: int
    iterator: IteratorState | None


FUNCTION = -1
"""In place of a loop's pc: the region is a call of the whole function."""


class Resume(Enum):
    """Where the host frame goes on.

    NEXT: at the head of the innermost running loop, where the next item is fetched or the test is
    evaluated (this is also how a finished loop is left: its iterator is exhausted, or its test is
    false). STATEMENT: at the start of the statement whose first instruction is at the exit's pc;
    nothing of it has been executed. RETURN: at the return of the function, whose result is the
    exit's only output.
    """

    NEXT = 1
    STATEMENT = 2
    RETURN = 3


ASKED = "the interpreter is asked for"
"""The reason of exits for signals, other threads and the like."""


class Exit(NamedTuple):
    """One way out of a region.

    `pc` is a bytecode pc: of the loop's FOR or LOOP for NEXT, of a statement's first instruction
    for STATEMENT. `loops` are the running loops inside the region, outermost first; the region's
    own loop is not among them. `outputs` are the variables to write; all others are unchanged.
    `reason` and `line` are for people.
    """

    resume: Resume
    pc: int
    outputs: tuple[Value, ...]
    loops: tuple[LoopState, ...]
    reason: str
    line: int


class CompiledRegion(NamedTuple):
    """Native code and what is needed to enter and leave it.

    `address` of the C function; `slots` its number of slots; `inputs` the variables it reads:
    entering fails (and tier 1 goes on) if one is unbound or of another type; `iterator` is the
    state of the region's own `for` loop, at entry and, updated in the same slots, at each exit
    (None for `while`). `exits[i]` describes the return value i. `keep` holds whatever must live as
    long as the code. From slot `owned` on (if that is not -1; never the first) the region notes
    what it owns: the number of references, which is 0 when it is entered, a word of its own, also
    0, and the references; they are dropped when all that an exit says has been done.
    """

    address: int
    slots: int
    inputs: tuple[Value, ...]
    iterator: IteratorState | None
    exits: tuple[Exit, ...]
    keep: tuple[object, ...] = ()
    owned: int = -1
