"""IR function in, LLVM IR text out: `i64 @name(ptr %slots)`, SSA values as they are, blocks with
phis."""

from __future__ import annotations

from ..ir.graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation, Value
from ..ir.ops import Op
from ..native.calls import Control
from ..native.poll import PollWord
from . import bodies, journal
from .exits import write_exits
from .host import api
from .operations import CONSTANTS, EMITTERS
from .tables import DECLARATIONS, LLVM_TYPES, LOADS, OVERFLOW, SIMPLE, SLOTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NamedTuple
else:
    from tauraro_frontend.bytecode.records import NamedTuple


class Emitted(NamedTuple):
    """An LLVM module. `symbols` are the addresses of the names that `text` leaves undefined: text
    that says the same in another process is the same there."""

    text: str
    symbols: dict[str, int]


def emit_function(
    function: Function,
    name: str,
    poll: PollWord,
    countdowns: int | None = None,
    control: Control | None = None,
    guarded: bool = False,
) -> Emitted:
    """The LLVM module of one function, with its bodies; these need a `control`. A `guarded` one
    backs off where it keeps failing, see `bodies`.

    `countdowns` is the address of an array of int64, one for each of `function.leaving()`: each
    time that such an operation is reached its number goes down by one, and it leaves when that
    makes zero. So any guard can be made to fail at any time; numbers below one never do.
    """
    emitter = Emitter(function, poll, countdowns)
    emitter.control = control
    return emitter.module(name, guarded)


class Emitter:
    """Writes one function. `label` is the LLVM block being written: an IR block may take several.
    `last_lines` follow the exits. `is_body`: the function is a body of a region."""

    def __init__(self, function: Function, poll: PollWord, countdowns: int | None) -> None:
        self.function = function
        self.is_body = False
        self.control: Control | None = None
        self.poll = poll
        self.countdowns: dict[int, int] = {}
        if countdowns is not None:
            leaving = enumerate(function.leaving())
            self.countdowns = {id(found): countdowns + 8 * n for n, found in leaving}
        self.lines: list[str] = []
        self.label = ""
        self.ends: dict[int, str] = {}
        self.selected: dict[int, list[str]] = {}
        self.names = 0
        self.constants: dict[int, str] = {}
        self.counts: dict[Op, int] = {}
        self.unchanged: set[tuple[int, Value]] = set()
        for block in function.blocks:
            for operation in block.operations:
                self.look_at(operation)
        self.symbols: dict[int, str] = {}
        self.helpers: dict[str, list[str]] = {}
        self.last_lines: list[str] = []

    def look_at(self, o: Operation) -> None:
        """Before anything is written: constants, what slots hold at the beginning, how often an
        operation occurs."""
        self.counts[o.op] = self.counts.get(o.op, 0) + 1
        if o.result is not None:
            if o.op in SLOTS:
                self.unchanged.add((o.attr, o.result))
            elif o.op in CONSTANTS:
                self.constants[o.result.number] = CONSTANTS[o.op](o.attr)

    def module(self, name: str, guarded: bool) -> Emitted:
        """The whole module."""
        inner = f"{name}_inside" if guarded else name
        kind = "define internal" if guarded else "define"
        out = self.definition(f"{kind} i64 @{inner}(ptr noalias %slots) nounwind {{")
        for body in self.function.bodies.values():
            out += self.body(body).definition(bodies.head(body))
        if guarded:
            out += bodies.guarded(self, name, inner)
        for helper in self.helpers.values():
            out += helper
        out += [f"{symbol} = external global %object" for symbol in self.symbols.values()]
        symbols = {symbol[1:]: address for address, symbol in self.symbols.items()}
        if self.function.bodies:
            out += bodies.DECLARATIONS
        return Emitted("\n".join([*out, *DECLARATIONS]), symbols)

    def body(self, function: Function) -> Emitter:
        """Writes a body into the same module."""
        emitter = Emitter(function, self.poll, None)
        emitter.is_body = True
        emitter.control = self.control
        emitter.countdowns = self.countdowns
        emitter.symbols, emitter.helpers = self.symbols, self.helpers
        return emitter

    def definition(self, head: str) -> list[str]:
        """The function itself."""
        self.lines = []
        parts: list[list[str]] = []
        for block in self.function.blocks:
            self.lines = []
            self.block(block)
            parts.append(self.lines)
        out = [head]
        for block, part in zip(self.function.blocks, parts, strict=True):
            out.append(f"b{block.number}:")
            out += self.phis(block)
            out += part
        if self.is_body:
            out += bodies.write_body_exits(self, self.function.exits)
        else:
            before = journal.before_exits(self)
            out += write_exits(self.function.exits, self.unchanged, before)
        return [*out, *self.last_lines, "}"]

    # --- blocks

    def block(self, block: Block) -> None:
        """The operations and the terminator; phis come later, when all ends are known."""
        self.label = f"b{block.number}"
        if block.number == 0:
            self.prologue()
        for operation in block.operations:
            self.operation(operation)
        terminator = block.terminator
        if isinstance(terminator, Jump):
            self.line(f"br label %b{terminator.target.number}")
        elif isinstance(terminator, Branch):
            then, other = terminator.then.target.number, terminator.otherwise.target.number
            condition = terminator.condition
            if then == other:
                self.same_target(block, terminator)
            else:
                self.line(f"br i1 {self.value(condition)}, label %b{then}, label %b{other}")
        elif isinstance(terminator, Leave):
            self.line(f"br label %x{terminator.exit.number}")
        else:
            self.line("unreachable")
        self.ends[block.number] = self.label

    def same_target(self, block: Block, branch: Branch) -> None:
        """Both ways lead to one block: the arguments are selected."""
        selected = self.selected[block.number] = []
        for yes, no in zip(branch.then.args, branch.otherwise.args, strict=True):
            kind = LLVM_TYPES[yes.type]
            choice = f"{kind} {self.value(yes)}, {kind} {self.value(no)}"
            selected.append(self.emit(f"select i1 {self.value(branch.condition)}, {choice}"))
        self.line(f"br label %b{branch.then.target.number}")

    def phis(self, block: Block) -> list[str]:
        """A phi for each parameter of a block."""
        if not block.params:
            return []
        incoming: dict[str, list[str]] = {}
        for before in self.function.blocks:
            for jump in before.successors():
                if jump.target is block:
                    args = self.selected.get(before.number)
                    incoming[self.ends[before.number]] = args or [
                        self.value(value) for value in jump.args
                    ]
        lines = []
        for position, param in enumerate(block.params):
            pairs = ", ".join(f"[ {args[position]}, %{end} ]" for end, args in incoming.items())
            lines.append(f"  %v{param.number} = phi {LLVM_TYPES[param.type]} {pairs}")
        return lines

    # --- lines

    def value(self, value: Value) -> str:
        """An SSA value as an operand; constants stand in the text themselves."""
        return self.constants.get(value.number) or f"%v{value.number}"

    def line(self, text: str) -> None:
        """One instruction."""
        self.lines.append(f"  {text}")

    def name(self) -> str:
        """A fresh name."""
        self.names += 1
        return f"%t{self.names}"

    def start(self, label: str) -> None:
        """Go on in a new LLVM block."""
        self.lines.append(f"{label}:")
        self.label = label

    def fresh_label(self) -> str:
        """A fresh label."""
        self.names += 1
        return f"l{self.names}"

    def emit(self, text: str) -> str:
        """An instruction with a fresh result."""
        name = self.name()
        self.line(f"{name} = {text}")
        return name

    def field(self, pointer: str, offset: int, kind: str) -> str:
        """Load a field of a structure."""
        return self.emit(f"load {kind}, ptr {self.address(pointer, offset)}")

    def address(self, pointer: str, offset: int) -> str:
        """The address of a field."""
        return self.emit(f"getelementptr i8, ptr {pointer}, i64 {offset}")

    def static(self, address: int) -> str:
        """A pointer to what is part of the host's executable, or of a library. The executable may
        be one that is always loaded at the same, low address: then the number is part of the
        text."""
        if 0 < address < 2**31:
            return f"inttoptr (i64 {address} to ptr)"
        return self.pointer(address)

    def pointer(self, address: int) -> str:
        """A pointer to something that lies elsewhere in each process."""
        if not address:
            return "null"
        symbol = self.symbols.get(address)
        if symbol is None:
            symbol = self.symbols[address] = f"@a{len(self.symbols)}"
        return symbol

    def helper(self, name: str, head: str, body: Callable[[], None]) -> None:
        """A function of the module's own, written when it is asked for first."""
        if name not in self.helpers:
            lines, label = self.lines, self.label
            self.lines = [f"{head} {{"]
            body()
            self.helpers[name] = [*self.lines, "}"]
            self.lines, self.label = lines, label

    def leave_unless(self, condition: str, exit_: ExitPoint) -> None:
        """Go on in a new block if the condition holds, else leave."""
        label = self.fresh_label()
        self.line(f"br i1 {condition}, label %{label}, label %x{exit_.number}, !prof !0")
        self.start(label)

    def prologue(self) -> None:
        """The address of the poll word; what calls need."""
        if self.is_body:
            bodies.body_prologue(self)
            return
        poll = self.poll
        if poll.address is not None:
            self.line(f"%poll = getelementptr i8, ptr {self.static(poll.address)}, i64 0")
        else:
            state = self.emit(f"call ptr {self.static(api('PyThreadState_Get'))}()")
            self.line(f"%poll = getelementptr i8, ptr {state}, i64 {poll.thread_offset}")
        bodies.region_prologue(self)

    # --- operations

    def operation(self, o: Operation) -> None:
        """One operation."""
        op = o.op
        if o.exit is not None and self.countdowns:
            self.leave_unless(self.emit(f"xor i1 {self.counted_down(o)}, true"), o.exit)
        a = [self.value(arg) for arg in o.args]
        r = "" if o.result is None else f"%v{o.result.number}"
        if op in SIMPLE:
            self.line(f"{r} = {SIMPLE[op]} {a[0]}, {a[1]}")
        elif op in OVERFLOW:
            self.overflow(o, a, r)
        elif op in SLOTS and o.attr < 0:
            self.line(bodies.parameter(o.attr, SLOTS[op], r))
        elif op in SLOTS:
            place = self.emit(f"getelementptr i64, ptr %slots, i64 {o.attr}")
            self.line(f"{r} = load {SLOTS[op]}, ptr {place}")
        elif op in LOADS:
            offset, kind = LOADS[op]
            self.line(f"{r} = load {kind}, ptr {self.address(a[0], offset)}")
        else:
            EMITTERS[op](self, o, a, r)

    def counted_down(self, o: Operation) -> str:
        """Count an operation down: whether its number has become zero."""
        place = self.pointer(self.countdowns[id(o)])
        fewer = self.emit(f"sub i64 {self.emit(f'load i64, ptr {place}')}, 1")
        self.line(f"store i64 {fewer}, ptr {place}")
        return self.emit(f"icmp eq i64 {fewer}, 0")

    def overflow(self, o: Operation, a: list[str], r: str) -> None:
        """Checked arithmetic."""
        kind = OVERFLOW[o.op]
        both = self.emit(
            f"call {{ i64, i1 }} @llvm.{kind}.with.overflow.i64(i64 {a[0]}, i64 {a[1]})"
        )
        flag = self.emit(f"extractvalue {{ i64, i1 }} {both}, 1")
        self.line(f"{r} = extractvalue {{ i64, i1 }} {both}, 0")
        assert o.exit is not None
        label = self.fresh_label()
        self.line(f"br i1 {flag}, label %x{o.exit.number}, label %{label}, !prof !1")
        self.start(label)
