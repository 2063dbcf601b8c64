"""sys.setprofile: calls and returns, those of built-in functions too. A function that sets a trace
function and calls another."""

import sys


def loop(n):
    total = 0
    for i in range(n):
        if i % 2:
            continue
        total += i
    else:
        total += 100
    return total


def nested():
    def inner(a, b=2):
        return a + b

    value = inner(
        1,
    )
    with Manager() as m:
        value += m
    while value < 8:
        value += 3
    return (lambda: value)()


class Manager:
    def __enter__(self):
        return 1

    def __exit__(self, *details):
        return False


def profile(function):
    events = []

    def profiler(frame, event, argument):
        if event.startswith("c_"):
            events.append(f"{event} {argument.__name__}")
        elif frame.f_code.co_filename == __file__:
            events.append(f"{event} {frame.f_code.co_name}")

    sys.setprofile(profiler)
    try:
        function()
    finally:
        sys.setprofile(None)
    print([e for e in events if "setprofile" not in e])


profile(lambda: len([loop(1), max(1, 2)]))
profile(nested)


def changes_trace_inside():
    seen = []

    def tracer(frame, event, argument):
        seen.append((frame.f_code.co_name, event))
        return None

    def traced():
        return 1

    sys.settrace(tracer)
    traced()
    sys.settrace(None)
    traced()
    return seen


print(changes_trace_inside())
