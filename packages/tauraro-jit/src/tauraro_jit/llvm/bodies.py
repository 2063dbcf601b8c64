"""Bodies in LLVM IR: functions that a region calls, and that call each other.

    define internal { i64, i1 } @"fib:3(int)"(ptr %slots, i64 %depth, i64 %a0)

gives a result and whether there is one. A body leaves by returning false, and so does its caller:
what was changed is put back (see journal.py), and the host executes the whole call again. `%slots`
are the region's; `%depth` is how many more calls the interpreter would allow. Two slots, `control`,
hold the end of the thread's stack and the address of the poll word.

A function that is entered from the interpreter (`guarded`) backs off where it keeps failing: it
skips 1, 2, 4, ... entries, then it switches itself off in the code that enters it.
"""

from __future__ import annotations

from ..ir.graph import ExitPoint, Function, Operation
from ..ir.ops import Op
from ..ir.types import F64
from ..native.calls import Control
from ..native.region import ASKED, Resume
from .host import api
from .stack_end import stack_end
from .tables import LLVM_TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .emit import Emitter

DECLARATIONS = ["declare i64 @llvm.read_register.i64(metadata)", '!9 = !{!"rsp"}']
STACK_POINTER = "call i64 @llvm.read_register.i64(metadata !9)"


def symbol(name: str) -> str:
    """The name of a body in LLVM IR."""
    return (
        '@"' + "".join(c if c.isascii() and c not in '"\\' else f"${ord(c):x}" for c in name) + '"'
    )


MIXED = "{ i64, i8 }"
"""What a body returns that may give an int or a float: its bits; and 1 for an int, 2 for a float, 0
if it has left."""


def result_type(function: Function) -> str:
    """What a body returns: a value, and whether there is one."""
    if len(function.results) > 1:
        return MIXED
    return "{ double, i1 }" if F64 in function.results else "{ i64, i1 }"


def head(function: Function) -> str:
    """The first line of a body."""
    own = (f", {LLVM_TYPES[type_]} %a{n}" for n, type_ in enumerate(function.parameters))
    parameters = f"ptr %slots, i64 %depth{''.join(own)}"
    return (
        f"define internal {result_type(function)} {symbol(function.name)}({parameters}) nounwind {{"
    )


def body_prologue(e: Emitter) -> None:
    """Where the poll word is; the depth of what is called."""
    control = e.function.control
    if e.poll.address is None:
        place = e.emit(f"getelementptr i64, ptr %slots, i64 {control + 1}")
        e.line(f"%poll = load ptr, ptr {place}")
    else:
        e.line(f"%poll = getelementptr i8, ptr {e.static(e.poll.address)}, i64 0")
    e.line("%deeper = sub i64 %depth, 1")


def region_prologue(e: Emitter) -> None:
    """Fill the control slots of a region that calls bodies."""
    if not e.function.bodies:
        return
    assert e.control is not None
    state = e.emit(f"call ptr {e.static(api('PyThreadState_Get'))}()")
    remaining = e.field(state, e.control.recursion_remaining, "i32")
    e.line(f"%deeper = sext i32 {remaining} to i64")
    end = e.emit(f"call i64 {e.pointer(stack_end().address)}(ptr {state})")
    control = e.function.control
    for number, value in enumerate((f"i64 {end}", "ptr %poll")):
        place = e.emit(f"getelementptr i64, ptr %slots, i64 {control + number}")
        e.line(f"store {value}, ptr {place}")


# --- operations


def invoke(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """Call a body; leave if it has left."""
    body = e.function.bodies[o.attr]
    own = (
        f", {LLVM_TYPES[type_]} {value}" for type_, value in zip(body.parameters, a, strict=True)
    )
    kind = result_type(body)
    call = f"call {kind} {symbol(body.name)}(ptr %slots, i64 %deeper{''.join(own)})"
    both = e.emit(call)
    e.line(f"{r} = extractvalue {kind} {both}, 0")
    given = e.emit(f"extractvalue {kind} {both}, 1")
    if kind == MIXED:
        e.line(f"{r}.is_float = icmp eq i8 {given}, 2")
        given = e.emit(f"icmp ne i8 {given}, 0")
    assert o.exit is not None
    e.leave_unless(given, o.exit)


def gave_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """What the call has told besides its result."""
    e.line(f"{r} = or i1 {a[0]}.is_float, false")


def bits_to_float(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """A result that is a float."""
    e.line(f"{r} = bitcast i64 {a[0]} to double")


def room(e: Emitter, o: Operation, a: list[str], r: str) -> None:
    """The interpreter would allow the call, and the stack has room for it."""
    allowed = e.emit("icmp sgt i64 %depth, 0")
    place = e.emit(f"getelementptr i64, ptr %slots, i64 {e.function.control}")
    end = e.emit(f"load i64, ptr {place}")
    fits = e.emit(f"icmp ugt i64 {e.emit(STACK_POINTER)}, {end}")
    assert o.exit is not None
    e.leave_unless(e.emit(f"and i1 {allowed}, {fits}"), o.exit)


def parameter(number: int, kind: str, result: str) -> str:
    """A parameter of a body: it has the slots -1, -2, ..."""
    return f"{result} = bitcast {kind} %a{-1 - number} to {kind}"


def write_body_exits(e: Emitter, points: Sequence[ExitPoint]) -> list[str]:
    """The blocks x0, x1, ... of a body's exits."""
    kind = result_type(e.function)
    lines: list[str] = []
    for point in points:
        n = point.number
        lines.append(f"x{n}:")
        if point.exit.resume is Resume.RETURN:
            value = point.stores[0][1]
            typed, given = f"{LLVM_TYPES[value.type]} %v{value.number}", "i1 true"
            if kind == MIXED:
                given = "i8 2" if value.type is F64 else "i8 1"
            if kind == MIXED and value.type is F64:
                lines.append(f"  %bits{n} = bitcast {typed} to i64")
                typed = f"i64 %bits{n}"
            lines += [
                f"  %r{n} = insertvalue {kind} poison, {typed}, 0",
                f"  %s{n} = insertvalue {kind} %r{n}, {given}, 1",
                f"  ret {kind} %s{n}",
            ]
            continue
        if point.exit.reason == ASKED and e.control is not None:
            place = e.pointer(e.control.place("asked"))
            lines += [
                f"  %old{n} = load i64, ptr {place}",
                f"  %new{n} = add i64 %old{n}, 1",
                f"  store i64 %new{n}, ptr {place}",
            ]
        lines.append(f"  ret {kind} zeroinitializer")
    return lines


# --- entered from the interpreter


def guarded(e: Emitter, name: str, inner: str) -> list[str]:
    """A function that is entered from the interpreter, around the region `inner`."""
    assert e.control is not None
    exits = e.function.exits
    returns = [p.number for p in exits if p.exit.resume is Resume.RETURN]
    (failed,) = (p.number for p in exits if p.exit.resume is not Resume.RETURN)
    skip, failures, asked, skipped, switch, cold, off = (
        e.pointer(e.control.place(name)) for name in e.control.OF_FUNCTIONS
    )
    cases = " ".join(f"i64 {number}, label %good" for number in returns)
    return f"""
define i64 @{name}(ptr noalias %slots) nounwind {{
  %skip = load i64, ptr {skip}
  %is_skipped = icmp sgt i64 %skip, 0
  br i1 %is_skipped, label %pass, label %run
pass:
  %fewer = sub i64 %skip, 1
  store i64 %fewer, ptr {skip}
  %skipped = load i64, ptr {skipped}
  %skipped_now = add i64 %skipped, 1
  store i64 %skipped_now, ptr {skipped}
  ret i64 {failed}
run:
  %before = load i64, ptr {asked}
  %number = call i64 @{inner}(ptr %slots)
  switch i64 %number, label %bad [ {cases} ]
good:
  store i64 0, ptr {failures}
  ret i64 %number
bad:
  %after = load i64, ptr {asked}
  %is_asked = icmp ne i64 %after, %before
  br i1 %is_asked, label %leave, label %failed
failed:
  %failures = load i64, ptr {failures}
  %more = add i64 %failures, 1
  store i64 %more, ptr {failures}
  %next = shl i64 1, %failures
  store i64 %next, ptr {skip}
  %place = load ptr, ptr {switch}
  %is_often = icmp sge i64 %more, {Control.PATIENCE}
  %is_known = icmp ne ptr %place, null
  %is_enough = and i1 %is_often, %is_known
  br i1 %is_enough, label %off, label %leave
off:
  %cold = load i64, ptr {cold}
  %jump = trunc i64 %cold to i8
  store i8 %jump, ptr %place
  store i64 1, ptr {off}
  store i64 0, ptr {skip}
  store i64 0, ptr {failures}
  br label %leave
leave:
  ret i64 %number
}}""".split("\n")


EMITTERS = {
    Op.INVOKE_INT_CHECKED: invoke,
    Op.INVOKE_FLOAT_CHECKED: invoke,
    Op.GAVE_FLOAT: gave_float,
    Op.BITS_TO_FLOAT: bits_to_float,
    Op.ROOM_CHECKED: room,
}
