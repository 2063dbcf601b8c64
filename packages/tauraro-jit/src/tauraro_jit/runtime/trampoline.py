"""LLVM IR of the trampoline: the native code between host frames and regions.

One function for all regions; a `Table` tells it what to do:

    enter(self):  the frame of the caller's caller  ->  slots  ->  region  ->  the same frame

It is made once per process, for the offsets of the running host. It checks everything it relies on
before it changes anything: where something does not fit, the call has no effect (`Refusal`) and
tier 1 runs the iteration. What it replaces in a frame is released last, when the frame is whole
again, because that may run any code.
"""

from __future__ import annotations

from functools import cache

from ..layout import offsets as at
from ..layout.host import host_layout
from ..layout.offsets import Offsets
from ..native.compile import NativeFunction, compile_ir
from ..native.region import Place, SlotType
from . import silence
from .table import (
    NO_ITERATOR,
    PLACES,
    TYPES,
    CopyWord,
    ExitWord,
    IteratorWord,
    Refusal,
    VariableWord,
    Word,
)
from .trampoline_iterators import NAMED, iterator_functions
from .trampoline_values import DECLARATIONS, load, store, value_functions

NAME = "tauraro_enter"

NOTES = 2
"""Words before the references that a region owns."""


@cache
def trampoline() -> NativeFunction:
    """The trampoline, compiled on first use. Raises RuntimeError if the host's frames are not
    known.

    Not optimized: that takes 6 ms instead of 45 or 90, while entering and leaving takes 0.12 us
    instead of 0.1 or 0.07. Processes after the first find it made.
    """
    symbols = {name: id(found) for name, found in NAMED.items()}
    if silence.IS_NEEDED:
        silence.probe()
        symbols[silence.NAME] = silence.silence().address
    text = trampoline_ir(host_layout().require())
    return compile_ir(text, NAME, optimize=0, symbols=symbols, keep=True)


def trampoline_ir(offsets: Offsets) -> str:
    """The module's text."""
    parts = [DECLARATIONS, *value_functions(offsets), *iterator_functions(offsets), _refuse()]
    parts += [_find_frame(offsets), _find_copy(offsets), _check_namespace(offsets)]
    parts += [_read_inputs(), _write_outputs(), _make_iterators()]
    parts += [_resume(offsets), _enter(offsets)]
    return "\n".join(parts)


def _refuse() -> str:
    """Count a refusal and return None, or on 3.11 what keeps it from tools: see `silence`."""
    silenced = f"""
  %is_silent = icmp eq i64 %reason, {Refusal.TRACED.value}
  br i1 %is_silent, label %silent, label %plain
silent:
  %silencer = call ptr @{silence.NAME}(ptr null)
  ret ptr %silencer
plain:"""
    return f"""{f"declare ptr @{silence.NAME}(ptr)" if silence.IS_NEEDED else ""}
define internal ptr @refuse(ptr %table, i64 %reason) noinline {{
  %index = add i64 %reason, {Word.REFUSED.value}
  %counter = getelementptr i64, ptr %table, i64 %index
  %old = load i64, ptr %counter
  %new = add i64 %old, 1
  store i64 %new, ptr %counter{silenced if silence.IS_NEEDED else ""}
  call void @Py_IncRef(ptr @_Py_NoneStruct)
  ret ptr @_Py_NoneStruct
}}"""


def _find_frame(offsets: Offsets) -> str:
    """The frame that called the entry function; or null, and the reason in `why`."""
    frame, code = offsets.frame, offsets.code
    path = []
    base = "%thread"
    for number, offset in enumerate(offsets.current_frame):
        path.append(load(f"%p{number}", base, offset, "ptr"))
        base = f"%p{number}"
    traced = _tracing_311(offsets) if offsets.tracing is not None else "  br label %inlined"
    if offsets.call_counts:
        inlined = "  br label %known"  # a call from C has a frame of its own in between
    else:
        inlined = f"""{load("%is_entry", base, frame.call_state, "i8")}
  %direct = icmp eq i8 %is_entry, 0
  br i1 %direct, label %known, label %not_inlined"""
    if code.monitoring is not None:
        width = 8 * (code.active_monitors + code.monitor_bytes)
        watched = f"""{load("%monitors", "%own", code.monitoring, "ptr")}
  %watchable = icmp ne ptr %monitors, null
  br i1 %watchable, label %look, label %found
look:
  %tools = load i{width}, ptr %monitors, align 1
  %watched = icmp ne i{width} %tools, 0
  br i1 %watched, label %is_traced, label %found"""
    else:
        watched = "  br label %found"
    return f"""
define internal ptr @find_frame(ptr %table, ptr %why) {{
  %thread = call ptr @PyThreadState_Get()
{chr(10).join(path)}
{traced}
inlined:
{load("%entry", base, frame.code, "ptr")}
{load("%expected_entry", "%table", Word.ENTRY_CODE.offset, "ptr")}
  %is_ours = icmp eq ptr %entry, %expected_entry
  br i1 %is_ours, label %ours, label %not_inlined
ours:
{inlined}
known:
{load("%frame", base, frame.previous, "ptr")}
{load("%own", "%frame", frame.code, "ptr")}
{load("%expected", "%table", Word.CODE.offset, "ptr")}
  %is_same = icmp eq ptr %own, %expected
  br i1 %is_same, label %same, label %other
same:
{watched}
found:
  ret ptr %frame
not_inlined:
  store i64 {Refusal.NOT_INLINED.value}, ptr %why
  ret ptr null
other:
  store i64 {Refusal.OTHER_CODE.value}, ptr %why
  ret ptr null
is_traced:
  store i64 {Refusal.TRACED.value}, ptr %why
  ret ptr null
}}"""


def _tracing_311(offsets: Offsets) -> str:
    """3.11: a byte of the C frame tells whether a trace or profile function is called."""
    assert offsets.tracing is not None
    first, second = offsets.tracing
    return f"""{load("%cframe", "%thread", first, "ptr")}
{load("%use_tracing", "%cframe", second, "i8")}
  %quiet = icmp eq i8 %use_tracing, 0
  br i1 %quiet, label %inlined, label %is_traced"""


def _call_length(offsets: Offsets) -> str:
    """%length: the bytes by which the ip in %frame is short because of the call."""
    if not offsets.call_counts:
        return "  %length = add i64 0, 0"
    return f"""{load("%units", "%frame", offsets.frame.call_state, "i16")}
  %wide = zext i16 %units to i64
  %length = shl i64 %wide, 1"""


def _find_copy(offsets: Offsets) -> str:
    """The number of the loop's copy that the frame is in, or -1."""
    frame = offsets.frame
    return f"""
define internal i64 @find_copy(ptr %table, ptr %frame) {{
entry:
{load("%top", "%frame", frame.stacktop, "i32")}
{_call_length(offsets)}
{load("%ip", "%frame", frame.ip)}
  %after = add i64 %ip, %length
{load("%copies", "%table", Word.COPIES.offset, "ptr")}
{load("%count", "%table", Word.COPY_COUNT.offset)}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp slt i64 %k, %count
  br i1 %more, label %body, label %none
body:
  %start = mul i64 %k, {8 * len(CopyWord)}
  %copy = getelementptr i8, ptr %copies, i64 %start
{load("%expected", "%copy", CopyWord.IP.offset)}
{load("%expected_top", "%copy", CopyWord.TOP.offset, "i32")}
  %next = add i64 %k, 1
  %is_ip = icmp eq i64 %expected, %after
  %is_top = icmp eq i32 %top, %expected_top
  %is_here = and i1 %is_ip, %is_top
  br i1 %is_here, label %found, label %head
found:
  ret i64 %k
none:
  ret i64 -1
}}"""


def _check_namespace(offsets: Offsets) -> str:
    """Whether the frame's globals are what the region needs."""
    frame = offsets.frame
    return f"""
define internal zeroext i1 @check_namespace(ptr %table, ptr %frame) {{
{load("%needed", "%table", Word.NAMESPACE.offset)}
  %is_needed = icmp ne i64 %needed, 0
  br i1 %is_needed, label %look, label %fits
look:
{load("%globals", "%frame", frame.globals, "ptr")}
{load("%type", "%globals", at.TYPE, "ptr")}
  %is_dict = icmp eq ptr %type, @PyDict_Type
{load("%locals", "%frame", frame.locals, "ptr")}
  %is_same = icmp eq ptr %locals, %globals
  %in_function = icmp eq i64 %needed, 1
  %is_right = or i1 %is_same, %in_function
  %good = and i1 %is_dict, %is_right
  ret i1 %good
fits:
  ret i1 true
}}"""


def _read_inputs() -> str:
    """Fill the slots of the inputs. Objects are held; the reason of a failure, or -1."""
    return f"""
define internal i64 @read_inputs(ptr %table, ptr %frame, ptr %slots, ptr %held) {{
entry:
{load("%records", "%table", Word.INPUTS.offset, "ptr")}
{load("%count", "%table", Word.INPUT_COUNT.offset)}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %keep ]
  %more = icmp slt i64 %k, %count
  br i1 %more, label %body, label %good
body:
  %start = mul i64 %k, {8 * len(VariableWord)}
  %record = getelementptr i8, ptr %records, i64 %start
  %object = call ptr @load_variable(ptr %frame, ptr %record)
  %is_unbound = icmp eq ptr %object, null
  br i1 %is_unbound, label %bad, label %bound
bound:
{load("%slot_offset", "%record", VariableWord.SLOT.offset)}
  %slot = getelementptr i8, ptr %slots, i64 %slot_offset
  %problem = call i64 @unbox(ptr %object, ptr %record, ptr %slot)
  %fits = icmp slt i64 %problem, 0
  br i1 %fits, label %keep, label %bad
keep:
{load("%kind", "%record", VariableWord.TYPE.offset)}
  %is_object = icmp eq i64 %kind, {TYPES[SlotType.OBJECT]}
  %kept = select i1 %is_object, ptr %object, ptr null
  call void @Py_IncRef(ptr %kept)
  %place = getelementptr ptr, ptr %held, i64 %k
  store ptr %kept, ptr %place
  %next = add i64 %k, 1
  br label %head
bad:
  %reason = phi i64 [ {Refusal.UNBOUND.value}, %body ], [ %problem, %bound ]
  call void @release(ptr %held, i64 %k)
  ret i64 %reason
good:
  ret i64 -1
}}"""


def _write_outputs() -> str:
    """Box the outputs, then store them; `olds` gets what they replace. False if memory ran out
    before any local was changed."""
    return f"""
define internal zeroext i1 @write_outputs(
    ptr %exit, ptr %frame, ptr %slots, ptr %news, ptr %olds) {{
entry:
{load("%records", "%exit", ExitWord.OUTPUTS.offset, "ptr")}
{load("%count", "%exit", ExitWord.OUTPUT_COUNT.offset)}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %boxed ]
  %more = icmp slt i64 %k, %count
  br i1 %more, label %body, label %store
body:
  %start = mul i64 %k, {8 * len(VariableWord)}
  %record = getelementptr i8, ptr %records, i64 %start
  %new = call ptr @box(ptr %record, ptr %slots)
  %new_place = getelementptr ptr, ptr %news, i64 %k
  store ptr %new, ptr %new_place
  %next = add i64 %k, 1
  %failed = icmp eq ptr %new, null
  br i1 %failed, label %bad, label %check
check:
{load("%place", "%record", VariableWord.PLACE.offset)}
  %is_global = icmp eq i64 %place, {PLACES[Place.GLOBAL]}
  br i1 %is_global, label %global, label %boxed
global:
  %global_old = call ptr @store_global(ptr %frame, ptr %record, ptr %new)
  %global_old_place = getelementptr ptr, ptr %olds, i64 %k
  store ptr %global_old, ptr %global_old_place
  %error = call ptr @PyErr_Occurred()
  %is_error = icmp ne ptr %error, null
  br i1 %is_error, label %bad, label %boxed
boxed:
  br label %head
bad:
  call void @release(ptr %news, i64 %next)
  ret i1 false
store:
  %j = phi i64 [ 0, %head ], [ %following, %stored ]
  %rest = icmp slt i64 %j, %count
  br i1 %rest, label %take, label %good
take:
  %begin = mul i64 %j, {8 * len(VariableWord)}
  %target = getelementptr i8, ptr %records, i64 %begin
  %value_place = getelementptr ptr, ptr %news, i64 %j
  %value = load ptr, ptr %value_place
  %old_place = getelementptr ptr, ptr %olds, i64 %j
  %following = add i64 %j, 1
{load("%kind", "%target", VariableWord.PLACE.offset)}
  %is_stored = icmp eq i64 %kind, {PLACES[Place.GLOBAL]}
  br i1 %is_stored, label %counted, label %write
counted:
  call void @Py_DecRef(ptr %value)
  br label %stored
write:
  %address = call ptr @variable_address(ptr %frame, ptr %target)
  %old = load ptr, ptr %address
  %is_result = icmp eq i64 %kind, {PLACES[Place.RESULT]}
  %replaced = select i1 %is_result, ptr null, ptr %old
  store ptr %replaced, ptr %old_place
  store ptr %value, ptr %address
  br label %stored
stored:
  br label %store
good:
  ret i1 true
}}"""


def _make_iterators() -> str:
    """Make the iterators of inner loops; false if memory ran out."""
    return f"""
define internal zeroext i1 @make_iterators(ptr %exit, ptr %slots, ptr %made) {{
entry:
{load("%records", "%exit", ExitWord.LOOPS.offset, "ptr")}
{load("%count", "%exit", ExitWord.LOOP_COUNT.offset)}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %ready ]
  %more = icmp slt i64 %k, %count
  br i1 %more, label %body, label %good
body:
  %start = mul i64 %k, {8 * len(IteratorWord)}
  %record = getelementptr i8, ptr %records, i64 %start
{load("%kind", "%record", IteratorWord.KIND.offset)}
{load("%slot_offset", "%record", IteratorWord.SLOT.offset)}
  %slot = getelementptr i8, ptr %slots, i64 %slot_offset
  %iterator = call ptr @make_iterator(i64 %kind, ptr %slot)
  %place = getelementptr ptr, ptr %made, i64 %k
  store ptr %iterator, ptr %place
  %failed = icmp eq ptr %iterator, null
  br i1 %failed, label %bad, label %ready
ready:
  %next = add i64 %k, 1
  br label %head
bad:
  call void @release(ptr %made, i64 %k)
  ret i1 false
good:
  ret i1 true
}}"""


def _resume(offsets: Offsets) -> str:
    """Set stack and ip of the frame: all that the eval loop reads when the entry returns. The
    result is where the returned value will be pushed."""
    frame = offsets.frame
    return f"""
define internal ptr @resume(ptr %exit, ptr %frame, i64 %old_top, i64 %copy, ptr %made) {{
entry:
{load("%loops", "%exit", ExitWord.LOOP_COUNT.offset)}
  %stack = getelementptr i8, ptr %frame, i64 {frame.localsplus}
  br label %head
head:
  %k = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp slt i64 %k, %loops
  br i1 %more, label %body, label %done
body:
  %from = getelementptr ptr, ptr %made, i64 %k
  %iterator = load ptr, ptr %from
  %index = add i64 %old_top, %k
  %to = getelementptr ptr, ptr %stack, i64 %index
  store ptr %iterator, ptr %to
  %next = add i64 %k, 1
  br label %head
done:
{load("%points", "%exit", ExitWord.RESUME.offset, "ptr")}
  %start = mul i64 %copy, {8 * len(CopyWord)}
  %point = getelementptr i8, ptr %points, i64 %start
{load("%top", "%point", CopyWord.TOP.offset)}
  %last = sub i64 %top, 1
  %less = trunc i64 %last to i32
{store("%frame", frame.stacktop, "i32 %less")}
{load("%target", "%point", CopyWord.IP.offset)}
{_call_length(offsets)}
  %ip = sub i64 %target, %length
{store("%frame", frame.ip, "i64 %ip")}
  %pushed = getelementptr ptr, ptr %stack, i64 %last
  ret ptr %pushed
}}"""


def _enter(offsets: Offsets) -> str:
    """The function that an entry calls."""
    frame = offsets.frame
    return f"""
define ptr @{NAME}(ptr %self) {{
entry:
  %why = alloca i64
  store i64 0, ptr %why
{load("%buffer", "%self", at.FIRST_SLOT, "ptr")}
{load("%newest", "%buffer", at.CTYPES_BUFFER, "ptr")}
  br label %attempt
attempt:
  %table = phi ptr [ %newest, %entry ], [ %next_table, %refused ]
  %frame = call ptr @find_frame(ptr %table, ptr %why)
  %why_not = load i64, ptr %why
  %is_known = icmp ne ptr %frame, null
  br i1 %is_known, label %known, label %refused
known:
  %copy = call i64 @find_copy(ptr %table, ptr %frame)
  %is_here = icmp sge i64 %copy, 0
  br i1 %is_here, label %here, label %refused
here:
  %is_plain = call zeroext i1 @check_namespace(ptr %table, ptr %frame)
  br i1 %is_plain, label %read, label %refused
read:
{load("%slot_count", "%table", Word.SLOTS.offset)}
  %slots = alloca i64, i64 %slot_count, align 16
{load("%input_count", "%table", Word.INPUT_COUNT.offset)}
  %held = alloca ptr, i64 %input_count, align 16
{load("%short_top", "%frame", frame.stacktop, "i32")}
  %top = sext i32 %short_top to i64
  %stack = getelementptr i8, ptr %frame, i64 {frame.localsplus}
  %last = sub i64 %top, 1
  %iterator_place = getelementptr ptr, ptr %stack, i64 %last
{load("%kind", "%table", Word.ITERATOR_KIND.offset)}
{load("%iterator_offset", "%table", Word.ITERATOR_SLOT.offset)}
  %iterator_slot = getelementptr i8, ptr %slots, i64 %iterator_offset
  %is_loop = icmp ne i64 %kind, {NO_ITERATOR}
  br i1 %is_loop, label %read_iterator, label %read_inputs
read_iterator:
  %iterator = load ptr, ptr %iterator_place
  %usable = call zeroext i1 @read_iterator(ptr %iterator, i64 %kind, ptr %iterator_slot)
  br i1 %usable, label %read_inputs, label %refused
read_inputs:
  %problem = call i64 @read_inputs(ptr %table, ptr %frame, ptr %slots, ptr %held)
  %is_ready = icmp slt i64 %problem, 0
  br i1 %is_ready, label %run, label %refused
run:
{load("%entered", "%table", Word.ENTERED.offset)}
  %entered_now = add i64 %entered, 1
{store("%table", Word.ENTERED.offset, "i64 %entered_now")}
{load("%owned_offset", "%table", Word.OWNED.offset)}
  %owned = getelementptr i8, ptr %slots, i64 %owned_offset
  %owned_items = getelementptr i8, ptr %owned, i64 {8 * NOTES}
  %owns = icmp ne i64 %owned_offset, 0
  br i1 %owns, label %clear, label %call
clear:
  %owned_weight = getelementptr i8, ptr %owned, i64 8
  store i64 0, ptr %owned
  store i64 0, ptr %owned_weight
  br label %call
call:
{load("%region", "%table", Word.REGION.offset, "ptr")}
{load("%inside", "%table", Word.INSIDE.offset, "ptr")}
  %threads_before = load i64, ptr %inside
  %threads_inside = add i64 %threads_before, 1
  store i64 %threads_inside, ptr %inside
{load("%own_number", "%table", Word.NUMBER.offset)}
{store("%inside", 8, "i64 %own_number")}
  %number = call i64 %region(ptr %slots)
  %threads_after = load i64, ptr %inside
  %threads_left = sub i64 %threads_after, 1
  store i64 %threads_left, ptr %inside
{load("%exits", "%table", Word.EXITS.offset, "ptr")}
  %exit_offset = mul i64 %number, {8 * len(ExitWord)}
  %exit = getelementptr i8, ptr %exits, i64 %exit_offset
{load("%taken", "%exit", ExitWord.COUNT.offset)}
  %taken_now = add i64 %taken, 1
{store("%exit", ExitWord.COUNT.offset, "i64 %taken_now")}
{load("%output_count", "%exit", ExitWord.OUTPUT_COUNT.offset)}
  %news = alloca ptr, i64 %output_count, align 16
  %olds = alloca ptr, i64 %output_count, align 16
{load("%loop_count", "%exit", ExitWord.LOOP_COUNT.offset)}
  %made = alloca ptr, i64 %loop_count, align 16
  %has_iterators = call zeroext i1 @make_iterators(ptr %exit, ptr %slots, ptr %made)
  br i1 %has_iterators, label %write, label %no_memory
write:
  %written = call zeroext i1 @write_outputs(ptr %exit, ptr %frame, ptr %slots, ptr %news, ptr %olds)
  br i1 %written, label %leave, label %no_memory_for_outputs
leave:
  br i1 %is_loop, label %write_iterator, label %resume
write_iterator:
  %own = load ptr, ptr %iterator_place
  call void @write_iterator(ptr %own, i64 %kind, ptr %iterator_slot)
  br label %resume
resume:
  %result_place = call ptr @resume(ptr %exit, ptr %frame, i64 %top, i64 %copy, ptr %made)
  call void @release(ptr %olds, i64 %output_count)
  call void @release(ptr %held, i64 %input_count)
  br i1 %owns, label %drop, label %dropped
drop:
  %owned_count = load i64, ptr %owned
  call void @release(ptr %owned_items, i64 %owned_count)
  br label %dropped
dropped:
  %result = load ptr, ptr %result_place
  %is_empty = icmp eq ptr %result, null
  br i1 %is_empty, label %nothing, label %return
return:
  ret ptr %result
nothing:
{load("%empty", "%table", Word.NOTHING.offset, "ptr")}
  call void @Py_IncRef(ptr %empty)
  ret ptr %empty
no_memory_for_outputs:
  call void @release(ptr %made, i64 %loop_count)
  br label %no_memory
no_memory:
  call void @release(ptr %held, i64 %input_count)
  br i1 %owns, label %give_back, label %raise
give_back:
  %left_count = load i64, ptr %owned
  call void @release(ptr %owned_items, i64 %left_count)
  br label %raise
raise:
  ret ptr null
refused:
  %reason = phi i64 [ %why_not, %attempt ], [ {Refusal.OTHER_PLACE.value}, %known ],
    [ {Refusal.NAMESPACE.value}, %here ], [ {Refusal.ITERATOR.value}, %read_iterator ],
    [ %problem, %read_inputs ]
{load("%next_table", "%table", Word.NEXT.offset, "ptr")}
  %is_last = icmp eq ptr %next_table, null
  br i1 %is_last, label %give_up, label %attempt
give_up:
  %none = call ptr @refuse(ptr %newest, i64 %reason)
  ret ptr %none
}}"""
