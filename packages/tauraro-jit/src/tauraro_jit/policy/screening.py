"""Loops that native code cannot help, told from the host's bytecode alone.

In: a code object with the names it sees, and where it was seen. Out: what in the innermost loop
there is not compiled, or nothing. Importing and running the compiler takes a twentieth of a second,
too much to find out that a loop works on strings. So a loop is passed over if each of its
iterations meets an instruction that is not compiled, or if it was seen at a line that has one. The
compiler judges what gets through.

The sampler's thread runs this; it imports little.
"""

from __future__ import annotations

import sys
from opcode import opname
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

from ..runtime.hostcode import HostCode, HostInstruction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
ATTRIBUTES = frozenset({"LOAD_ATTR", "LOAD_METHOD"})

PLAIN = frozenset(
    [
        "BINARY_OP", "BINARY_SUBSCR", "BUILD_LIST", "BUILD_TUPLE", "CACHE", "CALL",
        "CALL_INTRINSIC_1", "COMPARE_OP", "COPY", "COPY_FREE_VARS", "DELETE_FAST", "END_FOR",
        "EXTENDED_ARG", "FOR_ITER", "GET_ITER", "IS_OP", "JUMP_BACKWARD", "JUMP_FORWARD",
        "KW_NAMES", "LIST_EXTEND", "LOAD_ASSERTION_ERROR", "LOAD_CLOSURE", "LOAD_CONST",
        "LOAD_DEREF", "LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_LOAD_FAST", "MAKE_CELL", "NOP",
        "POP_EXCEPT", "POP_TOP", "PRECALL", "PUSH_EXC_INFO", "PUSH_NULL", "RAISE_VARARGS",
        "RERAISE", "RESUME", "RETURN_CONST", "RETURN_VALUE", "STORE_DEREF", "STORE_FAST",
        "STORE_FAST_LOAD_FAST", "STORE_FAST_STORE_FAST", "STORE_GLOBAL", "STORE_NAME",
        "STORE_SUBSCR", "SWAP", "TO_BOOL", "UNARY_INVERT", "UNARY_NEGATIVE", "UNARY_NOT",
        "UNARY_POSITIVE", "UNPACK_SEQUENCE",
    ]
)
"""The host's instructions that the compiler knows, but for names and attributes."""

STRANGE = (
    "UNICODE",
    "_STR",
    "_DICT",
    "_GETITEM",
    "_GEN",
    "_SET",
)
"""Parts of the names of specialized instructions: they have met types that are not compiled."""

TYPES = frozenset({int, float, bool, range, enumerate, zip, reversed})
BUILTINS = frozenset({"abs", "divmod", "len", "max", "min", "pow", "random", "round"})
FUNCTIONS = frozenset({("random", "random")})
DATA = (int, float, list, tuple, ModuleType)
METHODS = frozenset({"append"})

NOT_PLAIN = 0x4 | 0x8 | 0x20 | 0x80 | 0x200
"""Flags of code with *args, **kwargs, of generators and coroutines of all kinds."""

DEEPEST = 3
"""Calls of functions that are looked into."""


class Screen:
    """The loops of one code object; `globals` and `builtins` are what its names mean."""

    def __init__(
        self,
        code: CodeType,
        globals: Mapping[str, object],
        builtins: Mapping[str, object],
        depth: int = 0,
    ) -> None:
        self.code = code
        self._globals = globals
        self._builtins = builtins
        self._depth = depth
        self._instructions = HostCode(code).instructions
        self._special = _specialized(code)
        ends: dict[int, int] = {}
        for each in self._instructions:
            if each.target is not None and each.target <= each.offset:
                ends[each.target] = max(each.offset, ends.get(each.target, 0))
        self._loops = sorted(ends.items(), key=lambda loop: loop[1] - loop[0])
        self._found: dict[tuple[int, int], str] = {}
        self._here: dict[int, str] = {}

    def loop_at(self, offset: int) -> tuple[int, int] | None:
        """The innermost loop around an instruction: its first and last offset."""
        for start, end in self._loops:
            if start <= offset <= end:
                return start, end
        return None

    def problem(self, start: int, end: int) -> str:
        """What each iteration of a loop, or each call of the function, does and is not compiled."""
        found = self._found.get((start, end))
        if found is None:
            found = self._found[start, end] = self._search(start, end)
        return found

    def problem_here(self, offset: int) -> str:
        """What is not compiled in the line of an instruction."""
        found = self._here.get(offset)
        if found is None:
            parts = list(self.code.co_lines())  # a line may have many
            here = next((line for start, end, line in parts if start <= offset < end), None)
            problems = (self._problems(start, end) for start, end, line in parts if line == here)
            found = self._here[offset] = next((p for each in problems for p in each), "")
        return found

    def _search(self, start: int, end: int) -> str:
        skipped = 0  # what is before this offset may be jumped over
        inner = {s: e for s, e in self._loops if start < s and e <= end}
        for index, each in enumerate(self._instructions):
            if not start <= each.offset <= end:
                continue
            if each.offset in inner:  # may run no iteration at all
                skipped = max(skipped, inner[each.offset] + 2)
            if each.offset >= skipped:
                problem = self._problem_of(index, each)
                if problem:
                    return problem
            if each.target is not None and each.offset < each.target <= end:
                skipped = max(skipped, each.target)
        return ""

    def _problems(self, start: int, end: int) -> Iterator[str]:
        for index, each in enumerate(self._instructions):
            if start <= each.offset < end:
                problem = self._problem_of(index, each)
                if problem:
                    yield problem

    def _problem_of(self, index: int, each: HostInstruction) -> str:
        name = each.name
        if name in ATTRIBUTES:
            return self._problem_of_attribute(index, each)
        if name in NAMES:
            return self._problem_of_name(each)
        if name not in PLAIN and "JUMP" not in name:
            return f"{name} is not compiled"
        special = self._special.get(each.offset, "")
        if special and any(part in special for part in STRANGE):
            return f"{special} is not compiled"
        return ""

    def _problem_of_attribute(self, index: int, each: HostInstruction) -> str:
        attribute = self._name(each, "LOAD_ATTR")
        before = self._instructions[index - 1] if index else None
        if before is not None and before.name in NAMES:
            owner = self._value(self._name(before, "LOAD_GLOBAL"))
            if isinstance(owner, ModuleType):
                is_known = owner.__name__ == "math" or (owner.__name__, attribute) in FUNCTIONS
                return "" if is_known else f"attribute {attribute}"
        return "" if attribute in METHODS else f"attribute {attribute}"

    def _problem_of_name(self, each: HostInstruction) -> str:
        name = self._name(each, "LOAD_GLOBAL")
        value = self._value(name)
        if value is None or isinstance(value, DATA):
            return ""
        if isinstance(value, type):
            return "" if value in TYPES else f"a call of {name}"
        if isinstance(value, BuiltinFunctionType):
            is_known = value.__module__ == "math" or value.__name__ in BUILTINS
            return "" if is_known else f"a call of {name}"
        if isinstance(value, FunctionType):
            return self._problem_of_function(value)
        return f"{name}, a {type(value).__name__}"

    def _problem_of_function(self, function: FunctionType) -> str:
        code = function.__code__
        if code.co_flags & NOT_PLAIN:
            return f"a call of {function.__name__}"
        if self._depth >= DEEPEST or code is self.code:
            return ""
        screen = Screen(code, function.__globals__, self._builtins, self._depth + 1)
        problem = screen.problem(0, len(code.co_code))
        return f"a call of {function.__name__}: {problem}" if problem else ""

    def _name(self, each: HostInstruction, shifted: str) -> str:
        argument = each.arg or 0
        if each.name == "LOAD_GLOBAL" or (each.name == shifted and sys.version_info >= (3, 12)):
            argument >>= 1
        return self.code.co_names[argument]

    def _value(self, name: str) -> object:
        found = self._globals.get(name)
        return self._builtins.get(name) if found is None else found


class Screens:
    """The screens of the code that was seen."""

    def __init__(self) -> None:
        self._of: dict[int, Screen] = {}

    def of(
        self, code: CodeType, globals: Mapping[str, object], builtins: Mapping[str, object]
    ) -> Screen:
        """The screen of a code object; always the same one."""
        screen = self._of.get(id(code))
        if screen is None or screen.code is not code:
            screen = self._of[id(code)] = Screen(code, globals, builtins)
        return screen

    def problem(self, code: CodeType, offset: int) -> str:
        """What each iteration of the innermost loop around an instruction does and is not
        compiled. Nothing if the code was not seen."""
        screen = self._of.get(id(code))
        loop = None if screen is None or screen.code is not code else screen.loop_at(offset)
        return "" if screen is None or loop is None else screen.problem(*loop)


def _specialized(code: CodeType) -> dict[int, str]:
    """The names of specialized instructions, by offset."""
    names = _specialized_names()
    data: bytes = getattr(code, "_co_code_adaptive", code.co_code)
    return {
        offset: names[data[offset]] for offset in range(0, len(data), 2) if data[offset] in names
    }


_names: dict[int, str] = {}


def _specialized_names() -> dict[int, str]:
    """The numbers of specialized instructions are those that no other instruction has, in order."""
    if not _names:
        if sys.version_info >= (3, 13):
            opmap: dict[str, int] = vars(__import__("_opcode_metadata"))["_specialized_opmap"]
            _names.update((number, name) for name, number in opmap.items())
        else:
            import opcode

            names: list[str] = vars(opcode)["_specialized_instructions"]
            free = [number for number, name in enumerate(opname) if name.startswith("<")]
            _names.update(zip(free, names, strict=False))
    return _names
