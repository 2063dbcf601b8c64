"""Dicts and strings that native code can help, told from the host's bytecode and from what the
local variables of a frame hold.

In: the instructions of a loop. Out: which local variables are used as what; and a word for the
first whose value is of no use to native code.
"""

from __future__ import annotations

from itertools import islice
from opcode import HAVE_ARGUMENT, stack_effect

from ..layout.dicts import is_defaulting
from ..layout.families import known_types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..runtime.hostcode import HostInstruction

KNOWN = frozenset(
    [
        "BINARY_OP_ADD_UNICODE",
        "BINARY_OP_INPLACE_ADD_UNICODE",
        "BINARY_SUBSCR_DICT",
        "BINARY_SUBSCR_STR_INT",
        "CALL_NO_KW_STR_1",
        "CALL_STR_1",
        "COMPARE_OP_STR",
        "COMPARE_OP_STR_JUMP",
        "CONTAINS_OP_DICT",
        "CONTAINS_OP_SET",
        "PRECALL_NO_KW_STR_1",
        "STORE_SUBSCR_DICT",
        "TO_BOOL_STR",
    ]
)
"""Specialized instructions that have met dicts or strings, and are compiled."""

OF_DICTS = frozenset({"copy", "get", "items", "keys", "setdefault", "values"})
OF_SETS = frozenset({"add", "difference", "discard", "intersection", "union"})
OF_CHARACTERS = frozenset(
    [
        "isalnum",
        "isalpha",
        "isdecimal",
        "isdigit",
        "islower",
        "isnumeric",
        "isspace",
        "isupper",
        "lower",
        "upper",
    ]
)
OF_TEXTS = OF_CHARACTERS | frozenset(
    [
        "capitalize",
        "casefold",
        "center",
        "endswith",
        "expandtabs",
        "find",
        "isascii",
        "isidentifier",
        "isprintable",
        "istitle",
        "join",
        "ljust",
        "lstrip",
        "partition",
        "removeprefix",
        "removesuffix",
        "replace",
        "rfind",
        "rindex",
        "rjust",
        "rpartition",
        "rsplit",
        "rstrip",
        "split",
        "splitlines",
        "startswith",
        "strip",
        "swapcase",
        "title",
        "zfill",
    ]
)
METHODS = OF_DICTS | OF_SETS | OF_TEXTS
"""Methods that are compiled."""

ITEM, STORE, SEARCH, GET = "item", "store", "search", "get"
ADD, CHARACTER = "add", "character"
"""What a variable is used for: owner[...], owner[...] = ..., ... in owner, owner.get, owner.add, a
method of a string."""

TAKING = ("POP_", "STORE_")
"""Beginnings of the names of instructions that push nothing."""

HEAP_TYPE = 1 << 9
STANDARD = ("collections", "enum")
"""Modules whose classes are no program's: `defaultdict` and the like."""

CONTAINERS = (list, tuple, str, dict)
FEW = 3
"""Items of a dict that are looked at."""

KEYS = (int, str, tuple)
VALUES = (int, float, bool, type(None), str, list, tuple, dict, set)


class Uses:
    """The local variables, by number, that straight code uses as containers or characters: `found`.
    What an instruction takes is known from a picture of the stack, without what lies below."""

    def __init__(self) -> None:
        self.found: dict[int, set[str]] = {}
        self._stack: list[int | None] = []

    def join(self) -> None:
        """Several ways lead here."""
        self._stack.clear()

    def step(self, each: HostInstruction, pushed: list[int], attribute: str) -> None:
        """The next instruction: the variables that it pushes, the attribute that it loads."""
        name, effect = each.name, effect_of(each)
        if name == "BINARY_SUBSCR":
            self._note(self._pop(2), ITEM)
            self._push(1)
        elif name == "STORE_SUBSCR":
            self._note(self._pop(2), STORE)
            self._pop(1)
        elif name == "CONTAINS_OP":
            self._note(self._pop(1), SEARCH)
            self._pop(1)
            self._push(1)
        elif name == "COPY":
            self._stack.append(self._at(each.arg or 1))
        elif name == "SWAP":
            self._swap(each.arg or 1)
        elif attribute:
            use = GET if attribute in OF_DICTS else ADD if attribute in OF_SETS else CHARACTER
            self._note(self._pop(1), use if attribute in METHODS else "")
            self._push(effect + 1)
        elif pushed:
            self._pop(len(pushed) - effect)
            self._stack += pushed
        elif name.startswith(TAKING) or "JUMP" in name:
            self._pop(-effect)
        else:
            self._pop(1 - effect)
            self._push(max(1, effect))

    def _at(self, depth: int) -> int | None:
        return self._stack[-depth] if depth <= len(self._stack) else None

    def _swap(self, depth: int) -> None:
        missing = depth - len(self._stack)
        self._stack[:0] = [None] * missing
        self._stack[-1], self._stack[-depth] = self._stack[-depth], self._stack[-1]

    def _pop(self, count: int) -> int | None:
        """Take some; the last one of them."""
        last = None
        for _ in range(count):
            last = self._stack.pop() if self._stack else None
        return last

    def _push(self, count: int) -> None:
        self._stack += [None] * count

    def _note(self, number: int | None, use: str) -> None:
        if number is not None and use:
            self.found.setdefault(number, set()).add(use)


def effect_of(each: HostInstruction) -> int:
    """How much higher the stack is behind an instruction."""
    argument = each.arg or 0 if each.opcode >= HAVE_ARGUMENT else None
    return stack_effect(each.opcode, argument, jump=False)


# --- values


def problem_of_use(value: object, uses: set[str]) -> str:
    """Why native code cannot use a value so, or nothing. It may be an instance of a class of the
    program, which has methods of its own."""
    kind = type(value)
    if kind.__flags__ & HEAP_TYPE and kind.__module__ not in STANDARD:
        return ""
    if isinstance(value, dict) and is_defaulting(kind):
        return f"of type {kind.__name__}" if ADD in uses else problem_of_dict(value)
    if CHARACTER in uses and kind is not str:
        return "no string"
    if type(value) is dict:
        return "of type dict" if ADD in uses else problem_of_dict(value)
    if type(value) is set:
        return problem_of_set(value) if uses <= {SEARCH, ADD} else "of type set"
    if kind in known_types():
        fixed = kind is bytes and STORE in uses
        return f"of type {kind.__name__}" if fixed or not uses <= {ITEM, STORE} else ""
    if uses & {GET, ADD} or kind not in CONTAINERS or (kind is str and STORE in uses):
        return f"of type {kind.__name__}"
    return ""


def problem_of_set(found: set[object]) -> str:
    """Why native code cannot use a set, or nothing."""
    kinds = [type(key) for key in list(islice(found, FEW))]
    return next((f"a set of {kind.__name__}" for kind in kinds if kind not in KEYS), "")


def problem_of_dict(found: dict[object, object]) -> str:
    """Why native code cannot use a dict, or nothing."""
    for key, value in list(islice(found.items(), FEW)):
        if type(key) not in KEYS:
            return f"a dict with keys of type {type(key).__name__}"
        is_instance = bool(type(value).__flags__ & HEAP_TYPE) and not isinstance(value, type)
        if type(value) not in VALUES and not is_instance:
            return f"a dict with values of type {type(value).__name__}"
    return ""
