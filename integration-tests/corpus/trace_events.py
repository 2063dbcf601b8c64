"""sys.settrace: calls, lines, returns and exceptions of a program's functions."""

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


def raising():
    try:
        raise ValueError("v")
    except ValueError:
        handled = True
    finally:
        done = True
    return handled


def generator():
    yield 1
    x = yield 2
    return x


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


def matching(x):
    match x:
        case [a, b]:
            return a
        case int() if x > 3:
            return "big"
        case _:
            return None


def comprehension():
    values = [x * 2 for x in range(2)]
    return values


def run(label, function, *args):
    events = []

    def tracer(frame, event, argument):
        if frame.f_code.co_filename != __file__:
            return None
        offset = frame.f_lineno - frame.f_code.co_firstlineno
        name = frame.f_code.co_name
        shown = ""
        if event == "return":
            shown = f"={argument!r}" if isinstance(argument, (int, str, list)) else "=..."
        elif event == "exception":
            shown = f"={argument[0].__name__}"
        events.append(f"{name}:{event}+{offset}{shown}")
        return tracer

    sys.settrace(tracer)
    try:
        function(*args)
    finally:
        sys.settrace(None)
    kept = [e for e in events if not e.startswith(("run:", "tracer:"))]
    print(label)
    for event in kept:
        print("  ", event)


run("loop", loop, 3)
run("raising", raising)
run("generator", lambda: list(generator()))
run("nested", nested)
run("matching", lambda: (matching([1, 2]), matching(5), matching("s")))
run("comprehension", comprehension)


def local_values():
    seen = []

    def tracer(frame, event, argument):
        if event == "line" and frame.f_code.co_name == "work":
            seen.append(dict(frame.f_locals))
        return tracer

    def work(a):
        b = a + 1
        a = b * 2
        return a

    sys.settrace(tracer)
    work(1)
    sys.settrace(None)
    return seen


print(local_values())
