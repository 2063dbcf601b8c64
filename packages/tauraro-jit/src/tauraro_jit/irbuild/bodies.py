"""Functions that a region calls instead of taking them in: recursive ones, and large ones.

    def fib(n):                                    body fib(int) -> int
        return n if n < 2 else fib(n - 1) + fib(n - 2)

A body is built once for the kinds of its arguments, in the region's module. Wherever it cannot go
on it just leaves, its callers do the same, and the region is left before the statement that has
called: the host executes the whole call again. What bodies store (numbers over numbers) is put back
then: it is noted until the statement is finished (see llvm/journal.py).

What a body returns is found by trying: where a call's result is not known yet its way ends; what
the other ways return tells, and the body is built anew, until nothing changes.
"""

from __future__ import annotations

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import CONTROL, Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from ..ir.ops import INVOKES, Op
from ..ir.types import F64, I64, PTR
from ..native.region import ASKED, FUNCTION, Exit, Place, Resume, SlotType
from ..native.region import Value as FrameValue
from .builder import Anchor, Decline, RegionBuilder, Unsupported
from .callees import Callees
from .effects import note_stores, pending
from .flow import LOOPS, find_flow
from .state import Call, Key, Kind, Loop, State, Typed
from .variables import write
from .words import exact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tauraro_frontend.bytecode.module import CodeObject, Instruction

    from ..ir.types import Type

MOST = 16
"""Bodies of one region at most."""

ROUNDS = 8
"""How often a body is built at most until its result is known."""

LARGE = 250
"""Instructions from which on a function is called rather than taken in."""

PARAMETERS: dict[Kind, Type] = {
    Kind.INT: I64,
    Kind.WORD: I64,
    Kind.BOOL: I64,
    Kind.FLOAT: F64,
    Kind.LIST: PTR,
    Kind.TUPLE: PTR,
    Kind.INSTANCE: PTR,
    Kind.STR: PTR,
    Kind.CHAR: I64,
    Kind.DICT: PTR,
    Kind.SET: PTR,
    Kind.CELL: PTR,
}
UNSEEN = {Kind.NONE, Kind.KNOWN, Kind.OPAQUE}
"""What is not handed over: all is known of it, or nothing is done with it."""

LOADS = {I64: Op.SLOT_INT, F64: Op.SLOT_FLOAT, PTR: Op.SLOT_OBJECT}
RESULTS = {
    Kind.INT: SlotType.INT,
    Kind.WORD: SlotType.WORD,
    Kind.BOOL: SlotType.BOOL,
    Kind.FLOAT: SlotType.FLOAT,
    Kind.NONE: SlotType.OBJECT,
}
"""What can be returned, and how it is handed to the host."""

JOURNALS = {
    Op.STORE_INT: Op.JOURNAL_INT_CHECKED,
    Op.STORE_FLOAT: Op.JOURNAL_FLOAT_CHECKED,
    Op.STORE_BOOL: Op.JOURNAL_BOOL_CHECKED,
}
"""The stores that bodies can do."""

STORES = {Bytecode.SETITEM, Bytecode.SETATTR}
"""Instructions that change an object."""

ROOM = ("room",)
"""The fact that there is room for calls."""

UNKNOWN = "a call whose result is not known"

BodyKey = tuple[object, ...]
Result = tuple[Kind, ...]
"""What a function returns: one kind, or MIXED."""

MIXED: Result = (Kind.INT, Kind.FLOAT)


class Body:
    """A function for arguments like `values`. `result` is what it returns, None as long as that is
    not known; `used` are the results of others that it was built with; `problem` says why it is
    not built; `stores`: it changes elements or attributes, or calls what does."""

    def __init__(self, index: int, name: str, values: Sequence[Typed]) -> None:
        self.index = index
        self.name = name
        self.values = tuple(values)
        self.function: Function | None = None
        self.result: Result | None = None
        self.returned: set[Kind] = set()
        self.used: dict[BodyKey, tuple[Result | None, bool]] = {}
        self.stores = False
        self.problem = ""
        self.unsupported: list[tuple[int, str]] = []


def name_of(value: Typed) -> str:
    """The kind of an argument in a body's name."""
    shaped = value.kind in (Kind.LIST, Kind.TUPLE, Kind.INSTANCE)
    shape = str(value.shape) if shaped else ""
    return value.kind.name.lower() + shape.replace("'", "")


class Bodies:
    """The bodies of a region. `fill` builds the blocks of one."""

    def __init__(self, region: RegionBuilder, fill: Callable[[BodyBuilder], None]) -> None:
        self.region = region
        self._fill = fill
        self._found: dict[BodyKey, Body] = {}
        self._depth = 0
        self.callees = Callees(region)

    def body(self, index: int, values: Sequence[Typed]) -> tuple[BodyKey, Body]:
        """The body of a code object for such arguments. Raises Unsupported."""
        if any(value.kind not in PARAMETERS and value.kind not in UNSEEN for value in values):
            raise Unsupported("a call with arguments that are no numbers")
        key = (index, *(value.key for value in values))
        body = self._found.get(key)
        if body is None:
            if len(self._found) == MOST:
                raise Unsupported("a call with too many combinations of types")
            kinds = ", ".join(name_of(value) for value in values)
            name = f"{self.region.request.module.codes[index].name}:{index}({kinds})"
            if any(other.name == name for other in self._found.values()):
                name = f"{name}.{len(self._found)}"
            body = self._found[key] = Body(index, name, values)
            self._build(body)
        if not self._depth:
            self._settle()
        if body.problem:
            raise Unsupported(f"a call of {self._name(body)}: {body.problem}")
        return key, body

    def _name(self, body: Body) -> str:
        return self.region.request.module.codes[body.index].name

    def _build(self, body: Body) -> None:
        """Build a body with what is known of the others."""
        body.used = {}
        body.returned = set()
        builder = BodyBuilder(self.region, body)
        self._depth += 1
        try:
            self._fill(builder)
        except (Decline, Unsupported) as problem:
            body.problem = str(problem)
        finally:
            self._depth -= 1
        body.function = builder.function
        body.unsupported = builder.unsupported
        result = common(body.returned)
        if result is None and len(body.returned) > 1:
            names = " and ".join(sorted(kind.name.lower() for kind in body.returned))
            body.problem = f"it returns {names}"
        body.result = None if body.problem else result

    def _settle(self) -> None:
        """Build bodies anew until all results are what others were built with."""
        for _ in range(ROUNDS):
            stale = [body for body in self._found.values() if self._is_stale(body)]
            if not stale:
                break
            for body in stale:
                self._build(body)
        for body in self._found.values():
            if self._is_stale(body):
                body.problem = "the type of its result changes"
            elif body.result is None and not body.problem:
                reasons = [why for _, why in body.unsupported if why != UNKNOWN]
                body.problem = reasons[0] if reasons else "it never returns"

    def _is_stale(self, body: Body) -> bool:
        if body.problem:
            return False
        found = self._found
        return any((found[k].result, found[k].stores) != used for k, used in body.used.items())

    # --- the region is finished

    def attach(self) -> None:
        """Give the region the bodies that it calls, directly or not."""
        by_name = {body.name: body for body in self._found.values()}
        found: dict[str, Function] = {}
        work = [self.region.function]
        while work:
            for name in called(work.pop()):
                body = by_name[name]
                if name not in found and body.function is not None:
                    kinds = body.result or ()
                    body.function.results = tuple(F64 if k is Kind.FLOAT else I64 for k in kinds)
                    found[name] = body.function
                    work.append(body.function)
                    self.region.unsupported += body.unsupported
        rest_at_entry(self.region, found.values())
        if not found:
            return
        control = self.region.slot(("control",), CONTROL)
        for function in (self.region.function, *found.values()):
            function.bodies = found
            function.control = control


def has_loop(code: CodeObject) -> bool:
    """Whether a function has a loop."""
    return any(instruction.op in LOOPS for instruction in code.instructions)


def stores_in_loop(code: CodeObject) -> bool:
    """Whether a loop of a function changes elements or attributes: that cannot wait for the end of
    the caller's statement."""
    inside: list[bool] = []
    for instruction in code.instructions:
        effect = instruction.op.region
        if effect.startswith("+"):
            inside.append(instruction.op in LOOPS or (bool(inside) and inside[-1]))
        elif effect.startswith("-"):
            inside.pop()
        elif instruction.op in STORES and inside and inside[-1]:
            return True
    return False


def common(kinds: set[Kind]) -> Result | None:
    """What a function returns. Words beside ints must be small enough."""
    if kinds == {Kind.INT, Kind.WORD}:
        return (Kind.INT,)
    if kinds == set(MIXED):
        return MIXED
    return tuple(kinds) if len(kinds) == 1 else None


def called(function: Function) -> Iterator[str]:
    """The names of the bodies that a function calls."""
    for block in function.blocks:
        for operation in block.operations:
            if operation.op in INVOKES:
                yield operation.attr


def call_body(b: RegionBuilder, index: int, values: Sequence[Typed]) -> tuple[Typed, ...]:
    """A call of a function of the module as a body. The result: one value; or a condition, and what
    it is if that holds, and if not. Raises Unsupported."""
    if pending(b):
        raise Unsupported("a call behind a store of the same statement")
    bodies = b.bodies
    if bodies is None:
        raise Unsupported("a recursive call")
    key, body = bodies.body(index, values)
    if isinstance(b, BodyBuilder):
        b.body.used[key] = body.result, body.stores
        b.body.stores |= body.stores
    if body.result is None:
        raise Unsupported(UNKNOWN)
    if isinstance(b, BodyBuilder):
        b.check_room()
    is_float = body.result == (Kind.FLOAT,)
    op = Op.INVOKE_FLOAT_CHECKED if is_float else Op.INVOKE_INT_CHECKED
    seen = [argument(b, value) for value in values if value.kind not in UNSEEN]
    result = b.emit(op, *seen, attr=body.name)
    if not isinstance(b, BodyBuilder):
        note_finished(b)
    if body.stores:
        note_stores(b)
    if body.result == MIXED:
        condition = Typed(Kind.BOOL, (b.emit(Op.GAVE_FLOAT, result),))
        real = Typed(Kind.FLOAT, (b.emit(Op.BITS_TO_FLOAT, result),))
        return condition, real, Typed(Kind.INT, (result,))
    (kind,) = body.result
    if kind is Kind.NONE:
        return (Typed(kind),)
    if kind is Kind.BOOL:
        return (Typed(kind, (b.emit(Op.INT_NE, result, b.const_int(0)),)),)
    return (Typed(kind, (result,)),)


def deliver(b: RegionBuilder, pc: int, i: Instruction, found: tuple[Typed, ...]) -> int | None:
    """Go on behind a call with its result: in one way, or in two."""
    if len(found) == 1:
        write(b, i, found[0])
        return pc + 1
    condition, *results = found
    states = []
    before = b.state
    for result in results:
        b.state = before.copy()
        write(b, i, result)
        states.append(b.state)
    b.state = before
    b.branch(condition.values[0], pc + 1, states[0], pc + 1, states[1])
    return None


def note_finished(b: RegionBuilder) -> None:
    """A call that may take long has come to its end."""
    b.block.operations.append(Operation(Op.FINISHED, (), None))


def rest_at_entry(b: RegionBuilder, bodies: Iterable[Function]) -> None:
    """Where calls that take long are given up time and again, for the interpreter is asked for, the
    region is not entered: the host executes some of them, and may take their loops for hot."""
    if b.request.loop_pc == FUNCTION:
        return
    blocks = [block for function in (b.function, *bodies) for block in function.blocks]
    if any(o.op is Op.INTERRUPTED for block in blocks for o in block.operations):
        anchor, b.anchor = b.anchor, b.start
        rest = Operation(Op.REST_CHECKED, (), None, None, b.exit_point())
        b.anchor = anchor
        b.entry.operations.append(rest)


def argument(b: RegionBuilder, value: Typed) -> Value:
    """An argument as it is handed over."""
    if value.kind is Kind.BOOL:
        return b.emit(Op.BOOL_TO_INT, value.values[0])
    return value.values[0]


class BodyBuilder(RegionBuilder):
    """Builds one body: as a call that is built in place into a frame that has nothing else.

    Tests of what names mean stand in the region's entry (`outside`); numbers and lists that global
    names mean are read from the region's slots again.
    """

    def __init__(self, region: RegionBuilder, body: Body) -> None:
        super().__init__(region.request)
        self.region = region
        self.body = body
        self.bodies = region.bodies
        self.outside = False
        self.journals = True
        self._entered: list[tuple[Key, Typed]] = []
        self.code: CodeObject = region.request.module.codes[body.index]
        self.flow = find_flow(self.code, None)
        self.own = (self.code, self.flow)
        self.flows = region.flows
        parameters = tuple(
            PARAMETERS[value.kind] for value in body.values if value.kind not in UNSEEN
        )
        self.function = Function(body.name, parameters)
        self.function.slots = 1
        self.entry = self.block = self.function.block()
        self.known, self.keep = region.known, region.keep
        self.inputs, self.assigned = region.inputs, region.assigned
        self.state.calls = (Call(body.index, -1, 0),)
        self.state.loops = (Loop(-1, None),)  # no loop of a body is the region's own
        self.start = self.anchor = Anchor(Resume.STATEMENT, 0, self.state)

    # --- beginning and end

    def begin(self) -> None:
        """Take the arguments, and the cells behind them."""
        slot = 0
        counts = {True: 0, False: 0}
        for value in self.body.values:
            is_cell = value.kind is Kind.CELL
            key: Key = (Place.CALLEE, f"0:{'cell' if is_cell else ''}{counts[is_cell]}")
            counts[is_cell] += 1
            if value.kind in UNSEEN:
                self.state.variables[key] = Typed(value.kind, known=value.known)
            else:
                slot -= 1
                self.state.variables[key] = self.loaded(value, slot)

    def keeps(self, key: Key) -> bool:
        """Whether the region has a variable of its own frame in registers."""
        return self.region.keeps(key)

    def check_room(self) -> None:
        """Before the first call: leave if calls are too deep, or if the interpreter is asked for.
        Most calls make none themselves; for these it would take half of the time."""
        if ROOM in self.facts:
            return
        self.facts.add(ROOM)
        room = Operation(Op.ROOM_CHECKED, (), None, None, self.exit_point())
        self.block.operations.append(room)
        leaving, going = self.function.block(), self.function.block()
        leaving.terminator = Leave(self.exit_point(ASKED))
        asked = self.emit(Op.POLL)
        self.block.terminator = Branch(asked, Jump(leaving, ()), Jump(going, ()))
        self.block = going

    def loaded(self, like: Typed, slot: int) -> Typed:
        """The value of a slot, or of a parameter."""
        value = self.emit(LOADS[PARAMETERS[like.kind]], attr=slot)
        if like.kind is Kind.BOOL:
            return Typed(Kind.BOOL, (self.emit(Op.INT_NE, value, self.const_int(0)),))
        if like.kind in (Kind.LIST, Kind.TUPLE):
            return self.opened(like.kind, value, like.shape)
        known = like.known if like.kind is Kind.CELL else None
        return Typed(like.kind, (value,), like.shape, known)

    def returned(self, result: Typed) -> bool:
        """The end of the function itself, or of one that was built in place."""
        if len(self.state.calls) > 1:
            return False
        kind = result.kind
        if self.state.waiting:
            raise Unsupported("a function that stores")
        if kind not in RESULTS:
            raise Unsupported(f"a function that returns {kind.name.lower()}")
        self.body.returned.add(kind)
        if kind is Kind.NONE:
            value = self.const_int(0)
        elif kind is Kind.WORD and self.body.result == (Kind.INT,):
            value = exact(self, result).values[0]
        else:
            value = argument(self, result)
        kind_of_slot = SlotType.FLOAT if kind is Kind.FLOAT else SlotType.INT
        output = FrameValue(Place.RESULT, 0, kind_of_slot, 0)
        found = Exit(Resume.RETURN, 0, (output,), (), "return", 0)
        self.block.terminator = Leave(self.new_exit(found, ((0, value),)))
        return True

    # --- exits

    def new_exit(self, found: Exit, stores: tuple[tuple[int, Value], ...]) -> ExitPoint:
        """One more exit."""
        point = ExitPoint(len(self.function.exits), found, stores)
        self.function.exits.append(point)
        return point

    def exit_point(self, reason: str = "guard") -> ExitPoint:
        """The way out: of the region's entry, or of the body."""
        if self.outside:
            return self.region.exit_point(reason)
        return self.leave_to(Resume.STATEMENT, 0, self.state, reason)

    def leave_to(self, resume: Resume, pc: int, state: State, reason: str = "guard") -> ExitPoint:
        """The body leaves, and its callers do."""
        point = self.exits.get((reason,))
        if point is None:
            found = Exit(Resume.STATEMENT, 0, (), (), reason, self.line(0))
            point = self.exits[(reason,)] = self.new_exit(found, ())
        return point

    def set_anchor(self, pc: int) -> None:
        """A body has one way out only."""

    def check_split(self, pc: int, state: State) -> None:
        """Blocks may begin anywhere: no statement is resumed."""

    def append_effect(self, op: Op, *args: Value) -> Value | None:
        """Numbers over numbers are stored at once: that can be put back."""
        if op not in JOURNALS:
            raise Unsupported("a function that stores")
        self.body.stores = True
        operation = Operation(JOURNALS[op], args, None, None, self.exit_point())
        self.block.operations.append(operation)
        return None

    def forget_memory(self) -> None:
        """There is still room for calls."""
        room = self.facts & {ROOM}
        super().forget_memory()
        self.facts = room

    # --- the region's entry

    def slot(self, key: tuple[object, ...], count: int) -> int:
        """Slots are the region's."""
        return self.region.slot(key, count)

    def in_entry(self, build: Callable[[], Typed]) -> Typed:
        """Emit something once, where the region begins. Values found there are read again where
        the body begins."""
        region = self.region
        entered: list[tuple[Key, Typed]] = []

        def outside() -> Typed:
            own = self.function, self.block, self.facts
            self.function, self.block, self.facts = region.function, region.block, region.facts
            self.outside, self._entered = True, entered
            try:
                return build()
            finally:
                self.outside = False
                self.function, self.block, self.facts = own

        typed = region.in_entry(outside)
        if not typed.values:
            return typed
        ((key, _),) = entered
        block, self.block = self.block, self.entry
        try:
            if isinstance(typed.known, int):
                bits = typed.known if typed.known < 2**63 else typed.known - 2**64
                return Typed(typed.kind, (self.const_int(bits),), known=typed.known)
            return self.loaded(typed, region.slot((key, typed.kind), 1))
        finally:
            self.block = block

    def enter(self, key: Key, sample: object) -> Typed:
        """Read a global variable, which the region must leave alone."""
        if key in self.region.assigned:
            raise Unsupported(f"a function that reads {key[1]}, which the loop assigns")
        typed = super().enter(key, sample)
        if self.inputs and self.inputs.count(self.inputs[-1]) > 1:
            self.inputs.pop()
        self._entered.append((key, typed))
        return typed
