"""sys.monitoring: lines, functions and exceptions, switched on and off in the middle of loops."""

import sys

mon = sys.monitoring
E = mon.events
TOOL = 3
mon.use_tool_id(TOOL, "corpus")
seen = []


def loop(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += i
    return total


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def gen(n):
    while n:
        yield n
        n -= 1


def raising(n):
    for i in range(n):
        try:
            if i == 45:
                raise ValueError(i)
        except ValueError:
            i = 0
    return i


def ours(code):
    return code.co_filename == __file__


def on_line(code, line):
    if ours(code):
        seen.append((code.co_name, line - code.co_firstlineno))


def on_start(code, offset):
    if ours(code):
        seen.append(("start", code.co_name))


def on_return(code, offset, value):
    if ours(code):
        seen.append(("return", code.co_name, repr(value)[:20]))


def on_raise(code, offset, error):
    if ours(code):
        seen.append(("raise", code.co_name, type(error).__name__))


mon.register_callback(TOOL, E.LINE, on_line)
mon.register_callback(TOOL, E.PY_START, on_start)
mon.register_callback(TOOL, E.PY_RETURN, on_return)
mon.register_callback(TOOL, E.PY_YIELD, on_return)
mon.register_callback(TOOL, E.RAISE, on_raise)


def monitored(events, function, *arguments):
    for _ in range(2):
        function(*arguments)
    mon.set_events(TOOL, events)
    try:
        result = function(*arguments)
    finally:
        mon.set_events(TOOL, 0)
    kept = [
        each for each in seen if "monitored" not in each and "set_events" not in each
    ]
    print(function.__name__, result, len(kept), kept[:30])
    seen.clear()


monitored(E.LINE, loop, 50)
monitored(E.PY_START | E.PY_RETURN, fib, 6)
monitored(E.LINE | E.PY_YIELD, lambda: sum(gen(5)))
monitored(E.RAISE, raising, 60)


def switches(n):
    total = 0
    for i in range(n):
        if i == 50:
            mon.set_events(TOOL, E.LINE)
        if i == 52:
            mon.set_events(TOOL, 0)
        total += i
    return total


print(switches(100), seen)
seen.clear()


def disabled(code, line):
    seen.append(line - code.co_firstlineno) if ours(code) else None
    return mon.DISABLE


def local(n):
    total = 0
    for i in range(n):
        total += i
    return total


local(50)
mon.register_callback(TOOL, E.LINE, disabled)
mon.set_local_events(TOOL, local.__code__, E.LINE)
local(50)
print(seen)
mon.set_local_events(TOOL, local.__code__, 0)
seen.clear()
mon.restart_events()


def called_in_loop(i):
    if i == 50:
        mon.set_local_events(TOOL, outer.__code__, E.LINE)


def outer(n):
    total = 0
    for i in range(n):
        called_in_loop(i)
        total += i
    return total


print(outer(60), seen)
mon.set_local_events(TOOL, outer.__code__, 0)
mon.free_tool_id(TOOL)
