"""Functions of ints in LLVM IR that go round a loop: each is a function of the module, which says
beside its result whether it has one."""

from __future__ import annotations

from collections.abc import Callable

from ..ir.graph import Operation
from ..ir.ops import Op

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emit import Emitter

    Emit = Callable[[Emitter, Operation, list[str], str], None]

POWER = """
start:
  %is_whole = icmp sge i64 %exponent, 0
  br i1 %is_whole, label %look, label %none
look:
  %base_now = phi i64 [ %base, %start ], [ %squared, %square ]
  %left = phi i64 [ %exponent, %start ], [ %halved, %square ]
  %made = phi i64 [ 1, %start ], [ %made_now, %square ]
  %bit = and i64 %left, 1
  %is_odd = icmp ne i64 %bit, 0
  %product = call {i64, i1} @llvm.smul.with.overflow.i64(i64 %made, i64 %base_now)
  %multiplied = extractvalue {i64, i1} %product, 0
  %too_large = extractvalue {i64, i1} %product, 1
  %made_now = select i1 %is_odd, i64 %multiplied, i64 %made
  %fails = and i1 %is_odd, %too_large
  br i1 %fails, label %none, label %halve
halve:
  %halved = lshr i64 %left, 1
  %is_last = icmp eq i64 %halved, 0
  br i1 %is_last, label %done, label %square
square:
  %square_of = call {i64, i1} @llvm.smul.with.overflow.i64(i64 %base_now, i64 %base_now)
  %squared = extractvalue {i64, i1} %square_of, 0
  %overflows = extractvalue {i64, i1} %square_of, 1
  br i1 %overflows, label %none, label %look
done:
  %value = insertvalue {i64, i1} {i64 0, i1 true}, i64 %made_now, 0
  ret {i64, i1} %value
none:
  ret {i64, i1} zeroinitializer"""

POWER_MOD = """
start:
  %is_whole = icmp sge i64 %exponent, 0
  %below = sub i64 %modulus, 1
  %is_small = icmp ult i64 %below, 4294967296
  %goes = and i1 %is_whole, %is_small
  br i1 %goes, label %begin, label %none
begin:
  %rest = srem i64 %base, %modulus
  %is_below_zero = icmp slt i64 %rest, 0
  %raised = add i64 %rest, %modulus
  %first = select i1 %is_below_zero, i64 %raised, i64 %rest
  %one = urem i64 1, %modulus
  br label %look
look:
  %base_now = phi i64 [ %first, %begin ], [ %squared, %more ]
  %left = phi i64 [ %exponent, %begin ], [ %halved, %more ]
  %made = phi i64 [ %one, %begin ], [ %made_now, %more ]
  %is_over = icmp eq i64 %left, 0
  br i1 %is_over, label %done, label %more
more:
  %bit = and i64 %left, 1
  %is_odd = icmp ne i64 %bit, 0
  %factor = select i1 %is_odd, i64 %base_now, i64 1
  %product = mul i64 %made, %factor
  %made_now = urem i64 %product, %modulus
  %square = mul i64 %base_now, %base_now
  %squared = urem i64 %square, %modulus
  %halved = lshr i64 %left, 1
  br label %look
done:
  %value = insertvalue {i64, i1} {i64 0, i1 true}, i64 %made, 0
  ret {i64, i1} %value
none:
  ret {i64, i1} zeroinitializer"""

GCD = """
start:
  %a_opposite = sub i64 0, %a
  %b_opposite = sub i64 0, %b
  %a_is_below = icmp slt i64 %a, 0
  %b_is_below = icmp slt i64 %b, 0
  %a_size = select i1 %a_is_below, i64 %a_opposite, i64 %a
  %b_size = select i1 %b_is_below, i64 %b_opposite, i64 %b
  br label %look
look:
  %first = phi i64 [ %a_size, %start ], [ %second, %more ]
  %second = phi i64 [ %b_size, %start ], [ %rest, %more ]
  %is_over = icmp eq i64 %second, 0
  br i1 %is_over, label %done, label %more
more:
  %rest = urem i64 %first, %second
  br label %look
done:
  %fits = icmp sge i64 %first, 0
  %value = insertvalue {i64, i1} zeroinitializer, i64 %first, 0
  %result = insertvalue {i64, i1} %value, i1 %fits, 1
  ret {i64, i1} %result"""

ROOT = """
start:
  %is_positive = icmp sge i64 %a, 0
  br i1 %is_positive, label %begin, label %none
begin:
  %real = sitofp i64 %a to double
  %root = call double @llvm.sqrt.f64(double %real)
  %near = fptosi double %root to i64
  %square = mul i64 %near, %near
  %is_high = icmp ugt i64 %square, %a
  %lower = sub i64 %near, 1
  %low = select i1 %is_high, i64 %lower, i64 %near
  %next = add i64 %low, 1
  %next_square = mul i64 %next, %next
  %is_low = icmp ule i64 %next_square, %a
  %found = select i1 %is_low, i64 %next, i64 %low
  %value = insertvalue {i64, i1} {i64 0, i1 true}, i64 %found, 0
  ret {i64, i1} %value
none:
  ret {i64, i1} zeroinitializer"""


def calls(name: str, parameters: str, body: str) -> Emit:
    """Call one of the functions, and leave if it has no result."""
    names = parameters.split()

    def emit(e: Emitter, o: Operation, a: list[str], r: str) -> None:
        given = ", ".join(f"i64 {each}" for each in names)
        head = f"define internal {{i64, i1}} @{name}({given}) noinline nounwind memory(none)"
        e.helper(name, head, lambda: e.lines.extend(body.strip("\n").split("\n")))
        passed = ", ".join(f"i64 {each}" for each in a)
        found = e.emit(f"call {{i64, i1}} @{name}({passed})")
        assert o.exit is not None
        e.leave_unless(e.emit(f"extractvalue {{i64, i1}} {found}, 1"), o.exit)
        e.line(f"{r} = extractvalue {{i64, i1}} {found}, 0")

    return emit


EMITTERS: dict[Op, Emit] = {
    Op.POWER_CHECKED: calls("int_power", "%base %exponent", POWER),
    Op.POWER_MOD_CHECKED: calls("int_power_mod", "%base %exponent %modulus", POWER_MOD),
    Op.GCD_CHECKED: calls("int_gcd", "%a %b", GCD),
    Op.ROOT_CHECKED: calls("int_root", "%a", ROOT),
}
