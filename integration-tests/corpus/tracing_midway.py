"""A trace function that is set and taken away in the middle of loops, here and in frames around."""

import sys

lines = []


def tracer(frame, event, argument):
    if frame.f_code.co_filename != __file__:
        return None
    lines.append(
        (event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
    )
    return tracer


def switches(n):
    total = 0
    for i in range(n):
        if i == n - 4:
            sys.settrace(tracer)
            sys._getframe().f_trace = tracer
        if i == n - 2:
            sys.settrace(None)
        total += i
    return total


def called(i):
    if i == 60:
        sys.settrace(tracer)
        sys._getframe(1).f_trace = tracer
    if i == 62:
        sys.settrace(None)
    return i


def calls(n):
    total = 0
    for i in range(n):
        total += called(i)
    return total


def show():
    for line in lines:
        print(*line)
    lines.clear()
    print("--")


print(switches(100))
show()
print(calls(100))
show()


def jumps(n):
    """A trace function moves the line."""
    log = []
    for i in range(n):
        log.append(i)
        if i == 40:
            sys.settrace(jumper)
            sys._getframe().f_trace = jumper
        log.append("a")
        log.append("b")
    sys.settrace(None)
    return log


def jumper(frame, event, argument):
    offset = frame.f_lineno - frame.f_code.co_firstlineno
    if (
        event == "line"
        and frame.f_code.co_name == "jumps"
        and offset == 8
        and len(lines) == 0
    ):
        lines.append("jumped")
        frame.f_lineno += 1
    return jumper


found = jumps(45)
print(found[118:130], lines)
lines.clear()


def opcodes():
    """Opcode events come for each line, and end."""
    seen = set()

    def local(frame, event, argument):
        frame.f_trace_opcodes = True
        if event == "opcode":
            seen.add(frame.f_lineno - frame.f_code.co_firstlineno)
        return local

    def body(n):
        total = 0
        for i in range(n):
            total += i
        return total

    body(60)
    sys.settrace(local)
    body(3)
    sys.settrace(None)
    return sorted(seen), body(10)


print(opcodes())
profiled = []


def profiler(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        name = argument.__name__ if event.startswith("c_") else frame.f_code.co_name
        profiled.append((event, name))


def profiles(n):
    total = 0
    for i in range(n):
        if i == n - 3:
            sys.setprofile(profiler)
        total += abs(called(i))
    sys.setprofile(None)
    return total


print(profiles(50), profiled)
