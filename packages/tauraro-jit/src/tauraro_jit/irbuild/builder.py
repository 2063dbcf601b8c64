"""Builds the IR of a region: request in, function and frame contract out.

Blocks are made lazily, one for each pair of bytecode pc and kinds of all variables that reaches it
(basic block versioning), so every value has one static type: `s = 0` followed by `s += 0.5` becomes
a first round with an int and a loop with a double.

Exits go to the last *anchor*: the start of a statement, or the head of a loop, with the values that
all variables had there. A statement has no effect on memory before its last guard; where that
cannot be kept the region is declined.
"""

from __future__ import annotations

import math
import time

from tauraro_frontend.bytecode.isa import Op as Bytecode

from ..ir.graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from ..ir.ops import Op
from ..ir.types import I1
from ..native.region import (
    FUNCTION,
    Exit,
    IteratorState,
    LoopState,
    Place,
    Resume,
)
from ..native.region import Value as FrameValue
from .classes import Classes
from .effects import settle, size_now
from .flow import Flow, find_flow
from .frames import enter, iterator_state, output
from .instances import widened
from .state import Call, Key, Kind, Shape, State, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NamedTuple, TypeVar

    from tauraro_frontend.bytecode.module import BytecodeModule, Instruction

    from .bodies import Bodies

    Handler = Callable[["RegionBuilder", int, Instruction], int | None]
    AnyHandler = TypeVar("AnyHandler", bound=Handler)
else:
    from tauraro_frontend.bytecode.records import NamedTuple

VERSIONS = 8
"""Versions of one block at most: each is a combination of types that was really reached."""

OPERATIONS = 3000
"""Operations of a region at most."""


class Unsupported(Exception):
    """An instruction that native code cannot do here; the region is left before its statement."""


class Decline(Exception):
    """A region that is not compiled at all; `statement` is the pc of the one that is in the way, if
    the region can do without."""

    def __init__(self, reason: str, statement: int | None = None) -> None:
        super().__init__(reason)
        self.statement = statement


class TooEarly(Exception):
    """Building a region takes longer than a loop is worth that has run so shortly; no Decline: with
    more time, it may be built."""


class Growth(Decline):
    """A list grows or shrinks in a region that was built for lists that do not; or, `owning`, is
    made in one that was built to make none."""

    def __init__(self, reason: str, owning: bool = False) -> None:
        super().__init__(reason)
        self.owning = owning


class RegionRequest:
    """A loop to compile, and what its variables held when it was found hot; or a function, whose
    `loop_pc` is FUNCTION.

    `seconds` limits what building it takes, in all attempts, by the clock of the thread.
    `samples` maps variables to their values, `iterator` is the loop's own (None for `while`). Both
    are the program's objects: `forget` them when the region is built.
    """

    __slots__ = (
        "builders",
        "builtins",
        "classes",
        "code_index",
        "globals",
        "iterator",
        "loop_pc",
        "module",
        "samples",
        "until",
    )

    def __init__(
        self,
        module: BytecodeModule,
        code_index: int,
        loop_pc: int,
        samples: dict[Key, object],
        iterator: object | None,
        globals: dict[str, Any],
        builtins: dict[str, Any],
        seconds: float = math.inf,
    ) -> None:
        self.until = time.thread_time() + seconds
        self.module = module
        self.code_index = code_index
        self.loop_pc = loop_pc
        self.samples = samples
        self.iterator = iterator
        self.globals = globals
        self.builtins = builtins
        self.classes = Classes()
        self.builders: list[RegionBuilder] = []

    def forget(self) -> None:
        """Let the program's objects go, and empty the builders. What these are made of is cyclic:
        it would live until the collector finds it, and the program's functions with it."""
        for builder in self.builders:
            vars(builder).clear()
        self.builders.clear()
        self.samples.clear()
        self.iterator = None
        self.globals = {}
        self.classes.forget()


class BuiltRegion(NamedTuple):
    """The IR of a region and how it meets the frame."""

    function: Function
    inputs: tuple[FrameValue, ...]
    iterator: IteratorState | None
    keep: tuple[object, ...]
    unsupported: tuple[tuple[int, str], ...]

    @property
    def exits(self) -> tuple[Exit, ...]:
        """The function's exits by number, as they are now: passes drop and add some."""
        return tuple(point.exit for point in self.function.exits)


class Anchor:
    """Where an exit goes to: the state at that point, and whether memory has changed since."""

    __slots__ = ("dirty", "pc", "resume", "state")

    def __init__(self, resume: Resume, pc: int, state: State, dirty: bool = False) -> None:
        self.resume = resume
        self.pc = pc
        self.state = state
        self.dirty = dirty

    @property
    def statement(self) -> int | None:
        """The pc of the statement at whose start the anchor is."""
        return self.pc if self.resume is Resume.STATEMENT else None


HANDLERS: dict[Bytecode, Handler] = {}


def builds(*ops: Bytecode) -> Callable[[AnyHandler], AnyHandler]:
    """Register the decorated function as the builder of these instructions. It returns the pc to go
    on at, or None if it has ended the block."""

    def register(handler: AnyHandler) -> AnyHandler:
        for op in ops:
            if op in HANDLERS:
                raise TypeError(f"{op.name} is built twice")
            HANDLERS[op] = handler
        return handler

    return register


class RegionBuilder:
    """Builds one region. `block` is being filled, `state` holds at its end."""

    def __init__(self, request: RegionRequest) -> None:
        self.request = request
        request.builders.append(self)
        self.code = request.module.codes[request.code_index]
        self.constants = request.module.constants
        whole = request.loop_pc == FUNCTION
        self.flow: Flow = find_flow(self.code, None if whole else request.loop_pc)
        self.own = (self.code, self.flow)
        self.flows: dict[int, Flow] = {}
        self.function = Function(f"{self.code.name}:{request.loop_pc}")
        self.entry = self.function.block()
        self.block = self.entry
        self.state = State({}, {})
        self.anchor = Anchor(Resume.STATEMENT, 0, self.state)
        self.invariants: dict[Key, Typed] = {}
        self.assigned: set[Key] = set()
        self.inputs: list[FrameValue] = []
        self.keep: list[object] = []
        self.versions: dict[tuple[object, ...], tuple[Block, State]] = {}
        self.counts: dict[tuple[object, ...], int] = {}
        self.work: list[tuple[Block, int, State]] = []
        self.raising: list[tuple[Block, int, State, Anchor]] = []
        self.pc = 0
        self.journals = False
        self.slots: dict[tuple[object, ...], int] = {}
        self.slot_count = 0
        self.exits: dict[tuple[object, ...], ExitPoint] = {}
        self.known: dict[str, Typed] = {}
        self.constant_objects: dict[int, Value] = {}
        self.facts: set[tuple[object, ...]] = set()
        self.sizes: dict[tuple[Op, Value], Value] = {}
        self.grows = False
        self.owns = False
        self.own_function = self.function
        self.shapes: dict[Key, Shape] = {}
        self.reducers: dict[tuple[Call, ...], object] = {}
        self.collecting: dict[int, frozenset[int]] = {}
        self.collected: dict[tuple[object, ...], Shape] = {}
        self.unsupported: list[tuple[int, str]] = []
        self.iterated = False
        self.has_first_round = False
        self.words: set[Key] = set()
        self.rejected: dict[int, str] = {}
        self.start = self.anchor
        self.own_iterator: IteratorState | None = None
        self.operations = 0
        self.bodies: Bodies | None = None

    # --- emission

    def emit(self, op: Op, *args: Value, attr: Any = None) -> Value:
        """Append an operation with a result."""
        assert op.result is not None
        result = self.function.value(op.result)
        exit_ = self.exit_point() if op.checked else None
        self.block.operations.append(Operation(op, args, result, attr, exit_))
        self.operations += 1
        return result

    def check_size(self) -> None:
        """Raise Decline if the region is too large, TooEarly if it is for now."""
        if self.operations > OPERATIONS:
            raise Decline("too large")
        if time.thread_time() > self.request.until:
            raise TooEarly("it has not taken enough time for such a region")

    def effect(self, op: Op, *args: Value) -> Value | None:
        """Append an operation that changes memory, behind the stores that wait. Nothing may leave
        from here to the end of the statement."""
        settle(self)
        return self.append_effect(op, *args)

    def append_effect(self, op: Op, *args: Value) -> Value | None:
        """Append a store or call. Nothing may leave before the statement ends; the first effect of
        a statement still has an exit, for the case that memory runs out."""
        exit_ = None if self.anchor.dirty else self.exit_point()
        result = None if op.result is None else self.function.value(op.result)
        self.block.operations.append(Operation(op, args, result, None, exit_))
        self.anchor.dirty = True
        return result

    def guard(self, condition: Value) -> None:
        """Leave unless `condition`."""
        fact = ("true", condition)
        if fact not in self.facts:
            self.facts.add(fact)
            operation = Operation(Op.GUARD, (condition,), None, None, self.exit_point())
            self.block.operations.append(operation)

    def new_guard(self, condition: Value) -> Operation:
        """A guard of its own, which `drop_guard` may drop again."""
        operation = Operation(Op.GUARD, (condition,), None, None, self.exit_point())
        self.block.operations.append(operation)
        return operation

    def drop_guard(self, operation: Operation) -> None:
        """A guard that was not needed: it becomes a constant that nobody uses."""
        operation.op, operation.args, operation.exit = Op.CONST_BOOL, (), None
        operation.result, operation.attr = self.function.value(I1), True

    def last(self) -> Operation:
        """The operation emitted last."""
        return self.block.operations[-1]

    def const_int(self, value: int) -> Value:
        """An integer constant."""
        return self.emit(Op.CONST_INT, attr=value)

    def const_float(self, value: float) -> Value:
        """A float constant."""
        return self.emit(Op.CONST_FLOAT, attr=value)

    def const_bool(self, value: bool) -> Value:
        """A truth value."""
        return self.emit(Op.CONST_BOOL, attr=value)

    def const_object(self, value: object) -> Value:
        """The address of an object, which is kept alive."""
        self.keep.append(value)
        return self.emit(Op.CONST_OBJECT, attr=id(value))

    def lasting(self, value: object) -> Value:
        """The address of an object, emitted once where the function begins."""
        found = self.constant_objects.get(id(value))
        if found is None:
            block, self.block = self.block, self.entry
            found = self.constant_objects[id(value)] = self.const_object(value)
            self.block = block
        return found

    def in_entry(self, build: Callable[[], Typed]) -> Typed:
        """Emit something once, where the region begins; its guards fail to the body's start."""
        block, self.block = self.block, self.entry
        anchor, self.anchor = self.anchor, self.start
        facts, self.facts = self.facts, set()
        sizes, self.sizes = self.sizes, {}
        try:
            return build()
        finally:
            self.block, self.anchor, self.facts, self.sizes = block, anchor, facts, sizes

    def returned(self, result: Typed) -> bool:
        """Whether the return of the innermost call is that of the function which is built: then its
        block is ended. A loop's region has no such."""
        return False

    # --- exits

    def exit_point(self, reason: str = "guard") -> ExitPoint:
        """The way out to the current anchor."""
        anchor = self.anchor
        if anchor.dirty:
            raise Decline("a statement changes memory before its last guard", anchor.statement)
        return self.leave_to(anchor.resume, anchor.pc, anchor.state, reason)

    def leave_to(self, resume: Resume, pc: int, state: State, reason: str = "guard") -> ExitPoint:
        """A way out with the variables of `state`."""
        outputs: list[FrameValue] = []
        stores: list[tuple[int, Value]] = []
        unchanged = state is self.start.state
        for key, typed in () if unchanged else state.outermost().variables.items():
            written = output(self, key, typed, stores)
            if written is None:
                raise Decline(f"a variable holds {typed.kind.name.lower()}")
            outputs.append(written)
        loops: list[LoopState] = []
        for position, loop in enumerate(state.loops):
            iterator = iterator_state(self, loop, position, stores)
            if position:
                loops.append(LoopState(loop.pc, iterator))
        found = Exit(resume, pc, tuple(outputs), tuple(loops), reason, self.line(pc))
        key_ = (found, tuple((slot, value.number) for slot, value in stores))
        point = self.exits.get(key_)
        if point is None:
            point = self.exits[key_] = ExitPoint(len(self.exits), found, tuple(stores))
            self.function.exits.append(point)
        return point

    def slot(self, key: tuple[object, ...], count: int) -> int:
        """The first of `count` slots for something."""
        found = self.slots.get(key)
        if found is None:
            found = self.slots[key] = self.slot_count
            self.slot_count += count
        return found

    def line(self, pc: int) -> int:
        """The source line of an instruction."""
        spans = self.own[0].instructions[pc].spans
        return spans[0].line if spans else 0

    # --- what is known of variables

    def enter(self, key: Key, sample: object) -> Typed:
        """Read an input variable into SSA values of the sample's type."""
        return enter(self, key, sample)

    def opened(self, kind: Kind, pointer: Value, shape: Shape) -> Typed:
        """A list or tuple with its items and size, which stay as they are while native code
        runs; where lists grow (`grows`) those of a list are read when they are needed."""
        if kind is Kind.LIST and self.grows:
            return Typed(kind, (pointer,), shape)
        items = self.emit(Op.LIST_ITEMS if kind is Kind.LIST else Op.TUPLE_ITEMS, pointer)
        return Typed(kind, (pointer, items, self.emit(Op.LIST_SIZE, pointer)), shape)

    def items(self, sequence: Typed) -> Value:
        """The item array of a list or tuple, or of an iterator's."""
        if sequence.kind is Kind.LIST and self.grows:
            return self.current(Op.LIST_ITEMS, sequence.values[0])
        return sequence.values[1]

    def size(self, sequence: Typed) -> Value:
        """The size of a list or tuple, or of an iterator's."""
        if sequence.kind is Kind.LIST and self.grows:
            return self.current(Op.LIST_SIZE, sequence.values[0])
        return sequence.values[2]

    def current(self, op: Op, pointer: Value) -> Value:
        """What has been read from a list since one has grown."""
        found = self.sizes.get((op, pointer))
        if found is None:
            found = self.emit(op, pointer)
            if op is Op.LIST_SIZE:
                found = size_now(self, pointer, found)
            self.sizes[op, pointer] = found
        return found

    # --- the work list

    def version(self, pc: int, state: State) -> tuple[Block, tuple[Value, ...]]:
        """The block for `pc` with variables of these kinds, and the arguments to enter it with. A
        negative pc is the head of the loop at ~pc."""
        if pc < 0 and self.request.classes.are_mixed:
            state = widened(state, self.request.classes)
        self.check_split(pc, state)
        key = (pc, state.key)
        values = state.flat()
        found = self.versions.get(key)
        if found is None:
            place = (pc, state.calls)
            self.counts[place] = self.counts.get(place, 0) + 1
            if self.counts[place] > VERSIONS:
                statement = self.anchor.statement if state.waiting else None
                raise Decline("too many combinations of types", statement)
            params = tuple(self.function.value(value.type) for value in values)
            block = self.function.block(params)
            inner = state.rebuilt(params)
            found = self.versions[key] = block, inner
            self.work.append((block, pc, inner))
        return found[0], values

    def check_split(self, pc: int, state: State) -> None:
        """A block that begins in the middle of a statement leaves to the statement's start, with
        the variables that it finds: nothing may have been assigned or stored so far, and no item
        taken."""
        if self.is_handled(pc, state):
            raise Unsupported("a choice in an except clause")
        if self.is_start(pc, state):
            return
        anchor = self.anchor
        before = anchor.state.variables
        assigned = any(
            key[0] is not Place.CALLEE and not typed.same(before.get(key))
            for key, typed in state.variables.items()
        )
        taken = anchor.resume is Resume.NEXT and self.own[1].regions[anchor.pc].op is Bytecode.FOR
        if anchor.dirty or assigned or taken:
            raise Unsupported("an assignment to several targets with a choice between them")

    def keeps(self, key: Key) -> bool:
        """Whether the region has a variable of its own frame in registers."""
        return key in self.assigned or key in self.invariants

    def forget_memory(self) -> None:
        """What was read of lists and instances may have changed."""
        self.facts, self.sizes = set(), {}

    def is_handled(self, pc: int, state: State) -> bool:
        """Whether `pc` is in a handler of the region's own frame: part of the statement that
        raised."""
        return not state.calls and (pc if pc >= 0 else ~pc) in self.own[1].handled

    def is_start(self, pc: int, state: State) -> bool:
        """Whether a statement of the region's own frame begins at `pc`, or a round of a loop."""
        if state.calls or (state.loops and state.loops[-1].collects):
            return False
        return pc < 0 or self.flow.statements.get(pc) in (pc, None)

    def jump(self, pc: int, state: State) -> Jump:
        """The way on to `pc`. If that ends the statement the stores that wait are made there."""
        if not state.waiting or not self.is_start(pc, state):
            return Jump(*self.version(pc, state))
        block, before, dirty = self.block, self.state, self.anchor.dirty
        edge = self.block = self.function.block()
        self.state = state.copy()
        settle(self)
        edge.terminator = Jump(*self.version(pc, self.state))
        self.block, self.state, self.anchor.dirty = block, before, dirty
        return Jump(edge, ())

    def go(self, pc: int) -> None:
        """End the block: go on at `pc` with the current state."""
        self.block.terminator = self.jump(pc, self.state)

    def branch(
        self, condition: Value, then_pc: int, then: State, else_pc: int, other: State
    ) -> None:
        """End the block with a branch; there is but one way on if the condition is known."""
        known = self.decided(condition)
        if known is not None:
            self.block.terminator = self.jump(then_pc, then) if known else self.jump(else_pc, other)
            return
        first = self.jump(then_pc, then)
        second = self.jump(else_pc, other)
        self.block.terminator = Branch(condition, first, second)

    def decided(self, condition: Value) -> bool | None:
        """What a condition is, if that is a constant of this block."""
        for operation in reversed(self.block.operations):
            if operation.result is condition:
                if operation.op is Op.NOT:
                    inner = self.decided(operation.args[0])
                    return None if inner is None else not inner
                return operation.attr if operation.op is Op.CONST_BOOL else None
        return None

    def leave(self, resume: Resume, pc: int, state: State, reason: str) -> None:
        """End the block by leaving the region."""
        self.block.terminator = Leave(self.leave_to(resume, pc, state, reason))

    def set_anchor(self, pc: int) -> None:
        """Exits go to the start of the statement at `pc`. In the middle of a statement (a block
        that starts inside one) to its start: nothing but temporaries has changed since. Calls
        that are built in place belong to the caller's statement, which is executed again."""
        calls = self.state.calls
        flow = self.own[1]
        pc = calls[0].pc if calls else pc
        first = flow.statements[pc]
        region = flow.regions.get(first)
        state = self.state.outermost()
        if region is not None and region.op is Bytecode.LOOP and pc > first:
            self.anchor = Anchor(Resume.NEXT, first, state)
        else:
            self.anchor = Anchor(Resume.STATEMENT, first, state)

    def forget_call(self) -> None:
        """The innermost call is over: back to its caller, with the temporaries that this had."""
        state = self.state
        prefix = f"{state.calls[-1].depth}:"
        for key in list(state.variables):
            if key[0] is Place.CALLEE and str(key[1]).startswith(prefix):
                del state.variables[key]
        state.calls = state.calls[:-1]
        state.loops = tuple(loop for loop in state.loops if loop.depth <= len(state.calls))
        state.temps, *rest = state.saved
        state.saved = tuple(rest)
        self.enter_code()

    def enter_code(self) -> None:
        """Switch to the code object of the innermost call, or back to the region's own."""
        calls = self.state.calls
        if not calls:
            self.code, self.flow = self.own
            return
        index = calls[-1].code_index
        self.code = self.request.module.codes[index]
        if index not in self.flows:
            self.flows[index] = find_flow(self.code, None)
        self.flow = self.flows[index]
