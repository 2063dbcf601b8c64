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
from opcode import EXTENDED_ARG, opname

from ..layout.families import is_scalar, known_types
from ..runtime.hostcode import HostCode, HostInstruction
from ..runtime.marks import marks_of
from . import containers
from .attributes import BAD, BUILT_IN, GOOD, ClassNames, is_class, is_instance
from .codes import OfCode
from .containers import KNOWN, Uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from collections.abc import Iterable, Iterator, Mapping
    from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
else:  # as `types` has them, which takes longer to import
    import _weakref as weakref

    BuiltinFunctionType, FunctionType, ModuleType = type(len), type(lambda: 0), type(sys)
    CodeType = type((lambda: 0).__code__)

NAMES = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
ATTRIBUTES = frozenset({"LOAD_ATTR", "LOAD_METHOD", "STORE_ATTR"})

PLAIN = frozenset(
    [
        "BINARY_OP",
        "BINARY_SLICE",
        "BINARY_SUBSCR",
        "BUILD_LIST",
        "BUILD_MAP",
        "BUILD_SET",
        "BUILD_SLICE",
        "BUILD_STRING",
        "BUILD_TUPLE",
        "CACHE",
        "CALL",
        "CALL_FUNCTION_EX",
        "CALL_INTRINSIC_1",
        "CHECK_EXC_MATCH",
        "COMPARE_OP",
        "COPY",
        "COPY_FREE_VARS",
        "DELETE_FAST",
        "DELETE_SUBSCR",
        "DICT_MERGE",
        "END_FOR",
        "EXTENDED_ARG",
        "FORMAT_SIMPLE",
        "FORMAT_VALUE",
        "FORMAT_WITH_SPEC",
        "FOR_ITER",
        "GET_ITER",
        "IS_OP",
        "JUMP_BACKWARD",
        "JUMP_FORWARD",
        "KW_NAMES",
        "LIST_APPEND",
        "LIST_EXTEND",
        "LOAD_ASSERTION_ERROR",
        "LOAD_CLOSURE",
        "LOAD_CONST",
        "LOAD_DEREF",
        "LOAD_FAST",
        "LOAD_FAST_AND_CLEAR",
        "LOAD_FAST_CHECK",
        "LOAD_FAST_LOAD_FAST",
        "LOAD_SUPER_ATTR",
        "MAKE_CELL",
        "MAP_ADD",
        "NOP",
        "POP_EXCEPT",
        "POP_TOP",
        "PRECALL",
        "PUSH_EXC_INFO",
        "PUSH_NULL",
        "RAISE_VARARGS",
        "RERAISE",
        "RESUME",
        "RETURN_CONST",
        "RETURN_GENERATOR",
        "RETURN_VALUE",
        "SET_ADD",
        "SET_FUNCTION_ATTRIBUTE",
        "STORE_DEREF",
        "STORE_FAST",
        "STORE_FAST_LOAD_FAST",
        "STORE_FAST_STORE_FAST",
        "STORE_GLOBAL",
        "STORE_NAME",
        "STORE_SUBSCR",
        "SWAP",
        "TO_BOOL",
        "UNARY_INVERT",
        "UNARY_NEGATIVE",
        "UNARY_NOT",
        "UNARY_POSITIVE",
        "UNPACK_SEQUENCE",
        "YIELD_VALUE",
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

CALCULATING = frozenset({"BINARY_OP", "UNARY_INVERT", "UNARY_NEGATIVE"})
"""Instructions whose operands have to be numbers."""

COMPARING = frozenset({"COMPARE_OP"})
"""These know strings as well."""

TYPES = frozenset(
    {int, float, bool, bytearray, dict, set, str, list, range, enumerate, zip, reversed, super}
)
BUILTINS = frozenset(
    [
        "abs",
        "all",
        "any",
        "chr",
        "divmod",
        "heappop",
        "heappush",
        "isinstance",
        "len",
        "max",
        "min",
        "ord",
        "pow",
        "random",
        "round",
        "sorted",
        "sum",
    ]
)
FUNCTIONS = frozenset({("random", "random"), ("heapq", "heappop"), ("heapq", "heappush")})
DATA = (int, float, str, list, tuple, ModuleType)
METHODS = frozenset(
    {"append", "appendleft", "popleft", "extend", "insert", "pop", "reverse", "sort"}
)
COLLECTING = frozenset({"<dictcomp>", "<genexpr>", "<listcomp>", "<setcomp>"})
"""The names of the code objects of generator expressions, and of comprehensions, where these are
functions (3.11)."""

NOT_PLAIN = 0x20 | 0x80 | 0x200
"""Flags of generators and coroutines of all kinds."""

DEEPEST = 3
"""Calls of functions that are looked into."""


class Screen(OfCode):
    """The loops of one code object, which it does not keep; `globals` and `builtins` are what its
    names mean."""

    def __init__(
        self,
        code: CodeType,
        globals: Mapping[str, object],
        builtins: Mapping[str, object],
        depth: int = 0,
        classes: ClassNames | None = None,
    ) -> None:
        super().__init__(code)
        self._depth = depth
        self._instructions = HostCode(code).instructions
        self._special = _specialized(code)
        self.use(globals, builtins, classes)
        ends: dict[int, int] = {}
        for each in self._instructions:
            if each.target is not None and each.target <= each.offset:
                ends[each.target] = max(each.offset, ends.get(each.target, 0))
        self._loops = sorted(ends.items(), key=lambda loop: loop[1] - loop[0])
        self._prefixed = _prefixed(code.co_code, self._instructions)
        is_entered = any(mark.is_function for mark in marks_of(code))
        self.whole = (0, self._instructions[-1].offset) if is_entered else None
        self._found: dict[tuple[int, int], str] = {}
        self._judged: dict[int, str | None] = {}

    def use(
        self,
        globals: Mapping[str, object],
        builtins: Mapping[str, object],
        classes: ClassNames | None = None,
    ) -> None:
        """Say what the names mean, until they are let go."""
        self._globals = globals
        self._builtins = builtins
        shared = classes is not None and classes.globals is globals
        self._classes = classes if classes is not None and shared else ClassNames(globals)
        self.is_used = True

    def let_go(self) -> None:
        """Hold nothing of the program. What was judged stays."""
        self.use({}, {})
        self.is_used = False

    def loop_at(self, offset: int) -> tuple[int, int] | None:
        """The innermost loop around an instruction: its first and last offset. Where there is none,
        the whole function, if it is entered where it begins."""
        offset = self._prefixed.get(offset, offset)
        for start, end in self._loops:
            if start <= offset <= end:
                return start, end
        return self.whole

    def is_in_loop(self, offset: int) -> bool:
        """Whether there is a loop around an instruction, and not only a function that is entered
        where it begins."""
        return self.loop_at(offset) not in (None, self.whole)

    def judge(self, offset: int) -> str | None:
        """What is not compiled of what each iteration of the innermost loop around an instruction
        does, or in the instruction's line; None if it is in no loop."""
        if offset not in self._judged:
            loop = self.loop_at(offset)
            self._judged[offset] = loop and (self.problem(*loop) or self.problem_here(offset))
        return self._judged[offset]

    def is_passed(self, offset: int) -> bool:
        """Whether an instruction was judged before, and native code cannot help its loop."""
        return bool(self._judged.get(offset))

    def pass_over(self, loop: tuple[int, int], problem: str) -> None:
        """Native code cannot help a loop after all."""
        self._found[loop] = problem
        self._judged.clear()

    def problem(self, start: int, end: int) -> str:
        """What each iteration of a loop, or each call of the function, does and is not compiled."""
        found = self._found.get((start, end))
        if found is None and self.is_used:
            found = self._found[start, end] = self._search(start, end)
        return found or ""

    def problem_here(self, offset: int) -> str:
        """What is not compiled in the line of an instruction."""
        parts = list(self.code.co_lines())  # a line may have many
        here = next((line for start, end, line in parts if start <= offset < end), None)
        problems = (self._problems(start, end) for start, end, line in parts if line == here)
        return next((p for each in problems for p in each), "")

    def operands(self, start: int, end: int, names: frozenset[str] = CALCULATING) -> set[int]:
        """The local variables, by number, whose values from the loop's head are calculated with or
        compared in each iteration."""
        stored: set[int] = set()
        found: set[int] = set()
        always = {index for index, _ in self._always(start, end)}
        loaded: list[int | None] = []  # what the last instructions pushed, in order
        for index, each in enumerate(self._instructions):
            if not start <= each.offset <= end:
                continue
            loads, stores = locals_of(each)
            stored.update(stores)
            if each.name in names:
                taken = loaded[-1 if each.name.startswith("UNARY") else -2 :]
                if index in always:
                    found.update(number for number in taken if number is not None)
                loaded = []
            elif loads:
                known = index in always
                loaded += [n if known and n not in stored else None for n in loads]
            elif each.name == "LOAD_CONST":
                loaded.append(None)
            else:
                loaded = []
        return found

    def _search(self, start: int, end: int) -> str:
        for index, each in self._always(start, end):
            problem = self._problem_of(index, each)
            if problem:
                return problem
        inside = [pair for pair in enumerate(self._instructions) if start <= pair[1].offset <= end]
        if any(self._is_careful(index, each) for index, each in inside):
            return next(self._problems(start, end + 1), "")
        return ""

    def _always(self, start: int, end: int) -> Iterator[tuple[int, HostInstruction]]:
        """The instructions that each iteration of a loop meets."""
        skipped = 0  # what is before this offset may be jumped over
        inner = {s: e for s, e in self._loops if start < s and e <= end}
        for index, each in enumerate(self._instructions):
            if not start <= each.offset <= end:
                continue
            if each.offset in inner:  # may run no iteration at all
                skipped = max(skipped, inner[each.offset] + 2)
            if each.offset >= skipped:
                yield index, each
            if each.target is not None and each.offset < each.target <= end:
                skipped = max(skipped, each.target)
            if each.target == start and each.offset < end:
                return  # the iteration may be over

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
            return self._problem_of_name(index, each)
        if name == "MAKE_FUNCTION" and index:
            return self._problem_of_comprehension(self._instructions[index - 1])
        if name == "CONTAINS_OP" and index:
            return self._problem_of_search(index, each)
        if name == "YIELD_VALUE" and self.code.co_name not in COLLECTING:
            return "YIELD_VALUE is not compiled"
        if name not in PLAIN and "JUMP" not in name:
            return f"{name} is not compiled"
        special = self._special.get(each.offset, "")
        own = special.endswith("_GETITEM") and self._classes.functions("__getitem__")
        if special not in KNOWN and not own and any(part in special for part in STRANGE):
            return f"{special} is not compiled"
        return ""

    def _problem_of_comprehension(self, before: HostInstruction) -> str:
        code = self._constant(before)
        if not isinstance(code, CodeType) or code.co_name not in COLLECTING:
            return "MAKE_FUNCTION is not compiled"
        if self._depth >= DEEPEST:
            return ""
        screen = Screen(code, self._globals, self._builtins, self._depth + 1, self._classes)
        return screen.problem(0, len(code.co_code))

    def _problem_of_search(self, index: int, each: HostInstruction) -> str:
        """Among constants, or in a variable: what that holds is looked at when the loop comes
        round."""
        before = self._instructions[index - 1]
        is_known = type(self._constant(before)) in (tuple, str) or bool(locals_of(before)[0])
        if before.name in NAMES:
            found = self._value(self._name(before, "LOAD_GLOBAL"))
            is_known = type(found) in (list, tuple, str, dict, set)
        return "" if is_known else "CONTAINS_OP is not compiled"

    def _constant(self, each: HostInstruction) -> object:
        return self.code.co_consts[each.arg or 0] if each.name == "LOAD_CONST" else None

    def _problem_of_attribute(self, index: int, each: HostInstruction) -> str:
        attribute = self._name(each, "LOAD_ATTR")
        before = self._instructions[index - 1] if index else None
        if before is not None and before.name in NAMES:
            owner = self._value(self._name(before, "LOAD_GLOBAL"))
            if isinstance(owner, ModuleType):
                is_known = owner.__name__ == "math" or (owner.__name__, attribute) in FUNCTIONS
                return "" if is_known else f"attribute {attribute}"
        if attribute in METHODS or self._is_method(attribute, before):
            return ""
        if attribute in containers.OF_TEXTS and not self._classes.functions(attribute):
            return f"attribute {attribute}"
        special = self._special.get(each.offset, "")
        mentioned = self._classes.mentions(attribute)
        good = special.endswith(GOOD) and (mentioned or special not in BUILT_IN)
        good = good and attribute != "__class__"
        if not good and (special.endswith(BAD) or not mentioned):
            return f"attribute {attribute}"
        functions = self._classes.functions(attribute)
        return min((self._problem_of_function(each) for each in functions), default="")

    def _is_method(self, attribute: str, before: HostInstruction | None) -> bool:
        """Whether this may be a method of a dict or of a character."""
        if attribute not in containers.METHODS or before is None:
            return False
        if before.name in NAMES:
            kind = type(self._value(self._name(before, "LOAD_GLOBAL")))
            of_dict = kind is dict and attribute in containers.OF_DICTS
            of_text = kind is str and attribute in containers.OF_TEXTS
            return of_dict or of_text or (kind is set and attribute in containers.OF_SETS)
        return attribute in containers.OF_TEXTS or bool(locals_of(before)[0])

    def is_for(self, loop: tuple[int, int]) -> bool:
        """Whether a loop has an iterator."""
        return any(
            each.offset == loop[0] and each.name == "FOR_ITER" for each in self._instructions
        )

    def uses(self, start: int, end: int) -> dict[int, set[str]]:
        """The local variables, by number, that each iteration uses as containers or characters."""
        found = Uses()
        targets = {each.target for each in self._instructions}
        for _, each in self._always(start, end):
            if each.offset in targets:
                found.join()
            attribute = self._name(each, "LOAD_ATTR") if each.name in ATTRIBUTES else ""
            found.step(each, locals_of(each)[0], attribute)
        return found.found

    def _is_careful(self, index: int, each: HostInstruction) -> bool:
        """Whether an instruction works on dicts or strings: then all of the loop must be compiled,
        since much that programs do with them is not."""
        if each.name in ATTRIBUTES:
            return self._name(each, "LOAD_ATTR") in containers.METHODS
        if each.name == "CONTAINS_OP":
            return type(self._constant(self._instructions[index - 1])) is not tuple
        return self._special.get(each.offset, "") in KNOWN

    def _problem_of_name(self, index: int, each: HostInstruction) -> str:
        name = self._name(each, "LOAD_GLOBAL")
        value = self._value(name)
        if type(value) in (dict, set):
            problem = containers.problem_of_use(value, set())
            return f"{name} is {problem}" if problem else ""
        if value is None or isinstance(value, DATA) or is_instance(value):
            return ""
        if type(value) in known_types() or is_scalar(type(value)):
            return ""
        if isinstance(value, type) and issubclass(value, BaseException):
            return ""  # raised, or caught
        if isinstance(value, type):
            is_owner = self._instructions[index + 1].name in ATTRIBUTES
            before = self._instructions[max(0, index - 4) : index]
            is_asked_for = any(
                earlier.name in NAMES and self._name(earlier, "LOAD_GLOBAL") == "isinstance"
                for earlier in before
            )
            is_made = is_class(value)
            known = value in TYPES or is_owner or is_asked_for or is_made
            return "" if known else f"a call of {name}"
        if isinstance(value, BuiltinFunctionType):
            is_known = value.__module__ == "math" or value.__name__ in BUILTINS
            is_known = is_known or self._is_first(index, name)
            return "" if is_known else f"a call of {name}"
        if isinstance(value, FunctionType):
            return self._problem_of_function(value)
        return f"{name}, a {type(value).__name__}"

    def _is_first(self, index: int, name: str) -> bool:
        """Whether a name is one of next(iter(...))."""
        other = self._instructions[index + 1 if name == "next" else max(0, index - 1)]
        pair = {name, self._name(other, "LOAD_GLOBAL")} if other.name in NAMES else set()
        return pair == {"next", "iter"}

    def _problem_of_function(self, function: FunctionType) -> str:
        code = function.__code__
        if code.co_flags & NOT_PLAIN:
            return f"a call of {function.__name__}"
        if self._depth >= DEEPEST or code is self.code:
            return ""
        screen = Screen(code, function.__globals__, self._builtins, self._depth + 1, self._classes)
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
    """The screens of the code that was seen. `let_go` belongs behind each look: a namespace would
    else live as long as the process."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[weakref.ref[CodeType], Screen]] = {}
        self._used: list[Screen] = []
        self._classes: dict[int, ClassNames] = {}

    def of(
        self, code: CodeType, globals: Mapping[str, object], builtins: Mapping[str, object]
    ) -> Screen:
        """The screen of a code object; always the same one."""
        screen = self._known(code)
        if screen is not None and screen.is_used:
            return screen
        classes = self._classes.setdefault(id(globals), ClassNames(globals))
        if screen is None:
            key = id(code)
            screen = Screen(code, globals, builtins, classes=classes)
            self._of[key] = weakref.ref(code, lambda _: self._of.pop(key, None)), screen
        else:
            screen.use(globals, builtins, classes)
        self._used.append(screen)
        return screen

    def let_go(self) -> None:
        """Hold no namespace of the program."""
        used, self._used = self._used, []
        self._classes = {}
        for screen in used:
            screen.let_go()

    def is_passed(self, code: CodeType, offset: int) -> bool:
        """Whether it is known that native code cannot help the innermost loop around an
        instruction."""
        screen = self._known(code)
        return screen is not None and screen.is_passed(offset)

    def problem(self, code: CodeType, offset: int) -> str:
        """What each iteration of the innermost loop around an instruction does and is not
        compiled. Nothing if the code was not seen."""
        screen = self._known(code)
        loop = None if screen is None else screen.loop_at(offset)
        return "" if screen is None or loop is None else screen.problem(*loop)

    def _known(self, code: CodeType) -> Screen | None:
        found = self._of.get(id(code))
        return found[1] if found is not None and found[0]() is code else None


def locals_of(each: HostInstruction) -> tuple[list[int], list[int]]:
    """The local variables that an instruction pushes, in order, and those that it stores to, by
    number."""
    loads: list[int] = []
    stores: list[int] = []
    name, argument = each.name, each.arg or 0
    if name in ("LOAD_FAST", "LOAD_FAST_CHECK"):
        loads = [argument]
    elif name in ("STORE_FAST", "DELETE_FAST"):
        stores = [argument]
    elif name == "LOAD_FAST_LOAD_FAST":
        loads = [argument >> 4, argument & 15]
    elif name == "STORE_FAST_STORE_FAST":
        stores = [argument >> 4, argument & 15]
    elif name == "STORE_FAST_LOAD_FAST":
        stores, loads = [argument >> 4], [argument & 15]
    return loads, stores


def _prefixed(code: bytes, instructions: Iterable[HostInstruction]) -> dict[int, int]:
    """Where instructions with a prefix begin, by where they are: frames name that place."""
    found = {}
    for each in instructions:
        at = each.offset
        while code[at] == EXTENDED_ARG:
            at += 2
        if at != each.offset:
            found[at] = each.offset
    return found


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
