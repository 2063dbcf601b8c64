"""IR function in, LLVM IR text out: `i64 @name(ptr %slots)`, SSA values as they are, blocks with
phis."""

from __future__ import annotations

import struct
from collections.abc import Callable

from ..ir.graph import Block, Branch, ExitPoint, Function, Jump, Leave, Operation
from ..ir.ops import Op
from ..ir.types import F64, I1, I64, PTR
from ..native.poll import PollWord
from .host import (
    FLOAT_VALUE,
    FUNCTION_CODE,
    HAS_TAGGED_INTS,
    IMMORTAL,
    INT_DIGITS,
    INT_SIZE,
    LIST_ITEMS,
    SIZE,
    SMALL_INT_SIZE,
    SMALL_INTS,
    TUPLE_ITEMS,
    TYPE,
    api,
    libm,
    small_ints,
)

LLVM_TYPES = {I64: "i64", F64: "double", I1: "i1", PTR: "ptr"}

SIMPLE = {
    Op.ADD: "add i64",
    Op.SUB: "sub i64",
    Op.MUL: "mul i64",
    Op.AND: "and i64",
    Op.OR: "or i64",
    Op.XOR: "xor i64",
    Op.SHIFT_LEFT: "shl i64",
    Op.SHIFT_RIGHT: "ashr i64",
    Op.INT_EQ: "icmp eq i64",
    Op.INT_NE: "icmp ne i64",
    Op.INT_LT: "icmp slt i64",
    Op.INT_LE: "icmp sle i64",
    Op.INT_GT: "icmp sgt i64",
    Op.INT_GE: "icmp sge i64",
    Op.UINT_LT: "icmp ult i64",
    Op.FADD: "fadd double",
    Op.FSUB: "fsub double",
    Op.FMUL: "fmul double",
    Op.FDIV: "fdiv double",
    Op.FREM: "frem double",
    Op.FLOAT_EQ: "fcmp oeq double",
    Op.FLOAT_NE: "fcmp une double",
    Op.FLOAT_LT: "fcmp olt double",
    Op.FLOAT_LE: "fcmp ole double",
    Op.FLOAT_GT: "fcmp ogt double",
    Op.FLOAT_GE: "fcmp oge double",
    Op.BOTH: "and i1",
    Op.EITHER: "or i1",
    Op.DIFFER: "xor i1",
    Op.IS_OBJECT: "icmp eq ptr",
}
OVERFLOW = {Op.ADD_CHECKED: "sadd", Op.SUB_CHECKED: "ssub", Op.MUL_CHECKED: "smul"}
SLOTS = {Op.SLOT_INT: "i64", Op.SLOT_FLOAT: "double", Op.SLOT_OBJECT: "ptr"}
LOADS = {
    Op.LIST_SIZE: (SIZE, "i64"),
    Op.LIST_ITEMS: (LIST_ITEMS, "ptr"),
    Op.UNBOX_FLOAT: (FLOAT_VALUE, "double"),
    Op.FUNCTION_CODE: (FUNCTION_CODE, "ptr"),
}
INTRINSICS = {"floor", "ceil", "trunc", "fabs", "sqrt", "copysign", "roundeven"}


def emit_function(
    function: Function, name: str, poll: PollWord, countdowns: int | None = None
) -> str:
    """The LLVM module of one function.

    `countdowns` is the address of an array of int64, one for each of `function.leaving()`: each
    time that such an operation is reached its number goes down by one, and it leaves when that
    makes zero. So any guard can be made to fail at any time; numbers below one never do.
    """
    return Emitter(function, poll, countdowns).module(name)


class Emitter:
    """Writes one function. `label` is the LLVM block being written: an IR block may take
    several."""

    def __init__(self, function: Function, poll: PollWord, countdowns: int | None) -> None:
        self.function = function
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

    def module(self, name: str) -> str:
        """The whole module's text."""
        self.lines = []
        bodies: list[list[str]] = []
        for block in self.function.blocks:
            self.lines = []
            self.block(block)
            bodies.append(self.lines)
        out = [f"define i64 @{name}(ptr noalias %slots) nounwind {{"]
        for block, body in zip(self.function.blocks, bodies, strict=True):
            out.append(f"b{block.number}:")
            out += self.phis(block)
            out += body
        for exit_ in self.function.exits:
            out += self.exit(exit_)
        out.append("}")
        return "\n".join([*out, *DECLARATIONS])

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
                self.line(f"br i1 %v{condition.number}, label %b{then}, label %b{other}")
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
            choice = f"i1 %v{branch.condition.number}, {kind} %v{yes.number}, {kind} %v{no.number}"
            selected.append(self.emit(f"select {choice}"))
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
                        f"%v{v.number}" for v in jump.args
                    ]
        lines = []
        for position, param in enumerate(block.params):
            pairs = ", ".join(f"[ {args[position]}, %{end} ]" for end, args in incoming.items())
            lines.append(f"  %v{param.number} = phi {LLVM_TYPES[param.type]} {pairs}")
        return lines

    def exit(self, exit_: ExitPoint) -> list[str]:
        """Fill the slots and return the exit's number."""
        self.lines = []
        self.lines.append(f"x{exit_.number}:")
        for slot, value in exit_.stores:
            place = self.name()
            self.line(f"{place} = getelementptr i64, ptr %slots, i64 {slot}")
            if value.type is I1:
                wide = self.name()
                self.line(f"{wide} = zext i1 %v{value.number} to i64")
                self.line(f"store i64 {wide}, ptr {place}")
            else:
                self.line(f"store {LLVM_TYPES[value.type]} %v{value.number}, ptr {place}")
        self.line(f"ret i64 {exit_.number}")
        return self.lines

    # --- lines

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

    def leave_unless(self, condition: str, exit_: ExitPoint) -> None:
        """Go on in a new block if the condition holds, else leave."""
        label = self.fresh_label()
        self.line(f"br i1 {condition}, label %{label}, label %x{exit_.number}, !prof !0")
        self.start(label)

    def prologue(self) -> None:
        """The address of the poll word."""
        poll = self.poll
        if poll.address is not None:
            self.line(f"%poll = inttoptr i64 {poll.address} to ptr")
        else:
            state = self.emit(f"call ptr {function_at(api('PyThreadState_Get'))}()")
            self.line(f"%poll = getelementptr i8, ptr {state}, i64 {poll.thread_offset}")

    # --- operations

    def operation(self, o: Operation) -> None:
        """One operation."""
        op = o.op
        if o.exit is not None and self.countdowns:
            self.leave_unless(self.emit(f"xor i1 {self.counted_down(o)}, true"), o.exit)
        a = [f"%v{arg.number}" for arg in o.args]
        r = "" if o.result is None else f"%v{o.result.number}"
        if op in SIMPLE:
            self.line(f"{r} = {SIMPLE[op]} {a[0]}, {a[1]}")
        elif op in OVERFLOW:
            self.overflow(o, a, r)
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
        place = pointer_to(self.countdowns[id(o)])
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
        self.leave_unless(self.emit(f"xor i1 {flag}, true"), o.exit)


def function_at(address: int) -> str:
    """A function pointer."""
    return f"inttoptr (i64 {address} to ptr)"


def pointer_to(address: int) -> str:
    """A data pointer."""
    return f"inttoptr (i64 {address} to ptr)"


Emit = Callable[[Emitter, Operation, list[str], str], None]


def constant_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = add i64 {o.attr}, 0")


def constant_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    (bits,) = struct.unpack("<q", struct.pack("<d", o.attr))
    e.line(f"{r} = bitcast i64 {bits} to double")


def constant_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = or i1 {'true' if o.attr else 'false'}, false")


def constant_object(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = inttoptr i64 {o.attr} to ptr")


def floor_div(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    quotient = e.emit(f"sdiv i64 {a[0]}, {a[1]}")
    product = e.emit(f"mul i64 {quotient}, {a[1]}")
    rest = e.emit(f"sub i64 {a[0]}, {product}")
    lower = adjusts(e, rest, a[1])
    e.line(f"{r} = sub i64 {quotient}, {e.emit(f'zext i1 {lower} to i64')}")


def floor_mod(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    rest = e.emit(f"srem i64 {a[0]}, {a[1]}")
    adjusted = e.emit(f"add i64 {rest}, {a[1]}")
    e.line(f"{r} = select i1 {adjusts(e, rest, a[1])}, i64 {adjusted}, i64 {rest}")


def adjusts(e: Emitter, rest: str, divisor: str) -> str:
    """Whether the truncated remainder has not the divisor's sign."""
    opposite = e.emit(f"icmp slt i64 {e.emit(f'xor i64 {rest}, {divisor}')}, 0")
    return e.emit(f"and i1 {e.emit(f'icmp ne i64 {rest}, 0')}, {opposite}")


def select(kind: str) -> Emit:
    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        e.line(f"{r} = select i1 {a[0]}, {kind} {a[1]}, {kind} {a[2]}")

    return emit


def convert(text: str, kind: str) -> Emit:
    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        e.line(f"{r} = {text} {a[0]} to {kind}")

    return emit


def negate(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = fneg double {a[0]}")


def not_(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = xor i1 {a[0]}, true")


def call(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """An LLVM intrinsic where it is exact by definition, else the C library's own function by
    address: by name LLVM would replace it with what it takes for equal."""
    args = ", ".join(f"double {arg}" for arg in a)
    if o.attr in INTRINSICS:
        e.line(f"{r} = call double @llvm.{o.attr}.f64({args})")
    else:
        e.line(f"{r} = call double {function_at(libm(o.attr))}({args})")


def tuple_items(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = getelementptr i8, ptr {a[0]}, i64 {TUPLE_ITEMS}")


def item(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    e.line(f"{r} = load ptr, ptr {place}")


def is_type(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    found = e.field(a[0], TYPE, "ptr")
    e.line(f"{r} = icmp eq ptr {found}, {pointer_to(id(o.attr))}")


def unbox_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Ints of up to two digits of 30 bits; most have one. An int's memory always has room for
    two."""
    head = e.field(a[0], INT_SIZE, "i64")
    one, more, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    if HAS_TAGGED_INTS:
        compact = e.emit(f"icmp ult i64 {head}, 16")
        sign = e.emit(f"sub i64 1, {e.emit(f'and i64 {head}, 3')}")
    else:
        compact = e.emit(f"icmp ult i64 {e.emit(f'add i64 {head}, 1')}, 3")
        sign = head
    e.line(f"br i1 {compact}, label %{one}, label %{more}, !prof !0")
    e.start(one)
    digit = e.emit(f"zext i32 {e.field(a[0], INT_DIGITS, 'i32')} to i64")
    short = e.emit(f"mul i64 {digit}, {sign}")
    e.line(f"br label %{done}")
    e.start(more)
    if HAS_TAGGED_INTS:
        size = e.emit(f"lshr i64 {head}, 3")
        negative = e.emit(f"icmp eq i64 {e.emit(f'and i64 {head}, 3')}, 2")
    else:
        negative = e.emit(f"icmp slt i64 {head}, 0")
        flipped = e.emit(f"sub i64 0, {head}")
        size = e.emit(f"select i1 {negative}, i64 {flipped}, i64 {head}")
    assert o.exit is not None
    e.leave_unless(e.emit(f"icmp eq i64 {size}, 2"), o.exit)
    digits = e.field(a[0], INT_DIGITS, "i64")
    low = e.emit(f"and i64 {digits}, 1073741823")
    high = e.emit(f"shl i64 {e.emit(f'lshr i64 {digits}, 32')}, 30")
    both = e.emit(f"or i64 {low}, {high}")
    minus = e.emit(f"sub i64 0, {both}")
    long = e.emit(f"select i1 {negative}, i64 {minus}, i64 {both}")
    end = e.label
    e.line(f"br label %{done}")
    e.start(done)
    e.line(f"{r} = phi i64 [ {short}, %{one} ], [ {long}, %{end} ]")


def lookup(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    e.line(f"{r} = call ptr {function_at(api('PyDict_GetItem'))}(ptr {a[0]}, ptr {a[1]})")


def guard(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    assert o.exit is not None
    e.leave_unless(a[0], o.exit)


def poll(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    bits = f"i{e.poll.bits}"
    word = e.emit(f"load volatile {bits}, ptr %poll")
    asked = e.emit(f"and {bits} {word}, {e.poll.mask}")
    if e.countdowns:
        asked = e.emit(f"select i1 {e.counted_down(o)}, {bits} 1, {bits} {asked}")
    e.line(f"{r} = icmp ne {bits} {asked}, 0")


# --- stores: a new box, unless the old one is nobody else's


def store_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    def reuse(old: str) -> None:
        e.line(f"store double {a[2]}, ptr {e.address(old, FLOAT_VALUE)}")

    def fits(old: str) -> str:
        found = e.field(old, TYPE, "ptr")
        return e.emit(f"icmp eq ptr {found}, {pointer_to(id(float))}")

    make = f"call ptr {function_at(api('PyFloat_FromDouble'))}(double {a[2]})"
    store_boxed(e, o, a, fits, reuse, make)


def store_int(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """In place: both values positive, of one digit, and no cached small int."""

    def reuse(old: str) -> None:
        digit = e.emit(f"trunc i64 {a[2]} to i32")
        e.line(f"store i32 {digit}, ptr {e.address(old, INT_DIGITS)}")

    def fits(old: str) -> str:
        found = e.field(old, TYPE, "ptr")
        is_int = e.emit(f"icmp eq ptr {found}, {pointer_to(id(int))}")
        one_digit = e.emit(
            f"icmp eq i64 {e.field(old, INT_SIZE, 'i64')}, {8 if HAS_TAGGED_INTS else 1}"
        )
        offset = e.emit(f"sub i64 {a[2]}, 257")
        room = e.emit(f"icmp ult i64 {offset}, {2**30 - 257}")
        return e.emit(f"and i1 {is_int}, {e.emit(f'and i1 {one_digit}, {room}')}")

    make = f"call ptr {function_at(api('PyLong_FromLongLong'))}(i64 {a[2]})"
    table = small_ints()
    if table is None:
        store_boxed(e, o, a, fits, reuse, make)
        return
    small, large, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    offset = e.emit(f"add i64 {a[2]}, {-SMALL_INTS.start}")
    is_small = e.emit(f"icmp ult i64 {offset}, {len(SMALL_INTS)}")
    e.line(f"br i1 {is_small}, label %{small}, label %{large}")
    e.start(small)
    box = e.emit(f"getelementptr [{SMALL_INT_SIZE} x i8], ptr {pointer_to(table)}, i64 {offset}")
    replace_by(e, a, box)
    e.line(f"br label %{done}")
    e.start(large)
    store_boxed(e, o, a, fits, reuse, make)
    e.line(f"br label %{done}")
    e.start(done)


def replace_by(e: Emitter, a: list[str], box: str) -> None:
    """items[i] = an object that already exists."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    if not IMMORTAL:
        count = e.emit(f"load i64, ptr {box}")
        e.line(f"store i64 {e.emit(f'add i64 {count}, 1')}, ptr {box}")
    e.line(f"store ptr {box}, ptr {place}")
    release(e, old)


def store_boxed(
    e: Emitter,
    o: Operation,
    a: list[str],
    fits: Callable[[str], str],
    reuse: Callable[[str], None],
    make: str,
) -> None:
    """items[i] = a number: in the old box if it is of that type and nobody else refers to it."""
    place = e.emit(f"getelementptr ptr, ptr {a[0]}, i64 {a[1]}")
    old = e.emit(f"load ptr, ptr {place}")
    alone = e.emit(f"icmp eq i64 {e.emit(f'load i64, ptr {old}')}, 1")
    in_place, fresh, done = e.fresh_label(), e.fresh_label(), e.fresh_label()
    ready = e.emit(f"and i1 {alone}, {fits(old)}")
    e.line(f"br i1 {ready}, label %{in_place}, label %{fresh}")
    e.start(in_place)
    reuse(old)
    e.line(f"br label %{done}")
    e.start(fresh)
    box = e.emit(make)
    check_memory(e, o, box)
    e.line(f"store ptr {box}, ptr {place}")
    release(e, old)
    e.line(f"br label %{done}")
    e.start(done)


def check_memory(e: Emitter, o: Operation, box: str) -> None:
    """Out of memory: leave before the statement, where the host will raise; in the middle of one,
    end as the host does when it cannot go on."""
    missing, made = e.fresh_label(), e.fresh_label()
    e.line(f"br i1 {e.emit(f'icmp eq ptr {box}, null')}, label %{missing}, label %{made}, !prof !1")
    e.start(missing)
    if o.exit is None:
        e.line(f"call void {function_at(api('PyErr_NoMemory'))}()")
        e.line(f"call void {function_at(api('PyErr_Print'))}()")
        e.line(f"call void {function_at(api('Py_Exit'))}(i32 1)")
        e.line("unreachable")
    else:
        e.line(f"call void {function_at(api('PyErr_Clear'))}()")
        e.line(f"br label %x{o.exit.number}")
    e.start(made)


def store_bool(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    true, false = pointer_to(id(True)), pointer_to(id(False))
    replace_by(e, a, e.emit(f"select i1 {a[2]}, ptr {true}, ptr {false}"))


def release(e: Emitter, old: str) -> None:
    """Drop a reference to a number."""
    done, counted, dead = e.fresh_label(), e.fresh_label(), e.fresh_label()
    width = "i32" if IMMORTAL else "i64"
    count = e.emit(f"load {width}, ptr {old}")
    if IMMORTAL:
        e.line(f"br i1 {e.emit(f'icmp slt i32 {count}, 0')}, label %{done}, label %{counted}")
    else:
        e.line(f"br label %{counted}")
    e.start(counted)
    fewer = e.emit(f"sub {width} {count}, 1")
    e.line(f"store {width} {fewer}, ptr {old}")
    e.line(f"br i1 {e.emit(f'icmp eq {width} {fewer}, 0')}, label %{dead}, label %{done}")
    e.start(dead)
    e.line(f"call void {function_at(api('_Py_Dealloc'))}(ptr {old})")
    e.line(f"br label %{done}")
    e.start(done)


EMITTERS: dict[Op, Emit] = {
    Op.CONST_INT: constant_int,
    Op.CONST_FLOAT: constant_float,
    Op.CONST_BOOL: constant_bool,
    Op.CONST_OBJECT: constant_object,
    Op.FLOOR_DIV: floor_div,
    Op.FLOOR_MOD: floor_mod,
    Op.SELECT_INT: select("i64"),
    Op.SELECT_FLOAT: select("double"),
    Op.FNEG: negate,
    Op.NOT: not_,
    Op.CALL1: call,
    Op.CALL2: call,
    Op.INT_TO_FLOAT: convert("sitofp i64", "double"),
    Op.FLOAT_TO_INT: convert("fptosi double", "i64"),
    Op.BOOL_TO_INT: convert("zext i1", "i64"),
    Op.TUPLE_ITEMS: tuple_items,
    Op.ITEM: item,
    Op.IS_TYPE: is_type,
    Op.UNBOX_INT_CHECKED: unbox_int,
    Op.LOOKUP: lookup,
    Op.GUARD: guard,
    Op.POLL: poll,
    Op.STORE_FLOAT: store_float,
    Op.STORE_INT: store_int,
    Op.STORE_BOOL: store_bool,
}

DECLARATIONS = [
    *(
        f"declare {{ i64, i1 }} @llvm.{kind}.with.overflow.i64(i64, i64)"
        for kind in OVERFLOW.values()
    ),
    *(
        f"declare double @llvm.{name}.f64({'double, double' if name == 'copysign' else 'double'})"
        for name in sorted(INTRINSICS)
    ),
    '!0 = !{!"branch_weights", i32 2000, i32 1}',
    '!1 = !{!"branch_weights", i32 1, i32 2000}',
]

UNSUPPORTED = (
    {op for op in Op if op not in EMITTERS and op not in SIMPLE and op not in OVERFLOW}
    - set(SLOTS)
    - set(LOADS)
)
if UNSUPPORTED:
    raise TypeError(f"no LLVM for {sorted(op.value for op in UNSUPPORTED)}")
