"""contextlib: generator managers, ExitStack, suppress, redirect, decorators, closing."""

import contextlib
import io
import os
import traceback
from contextlib import ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print(f"</{name}>")


with tag("p") as value:
    print(value)
with tag("q"):
    raise ValueError("inside")
try:
    with tag("r"):
        raise KeyError("passes")
except KeyError as error:
    print("outside", error)


@contextmanager
def never_yields():
    return
    yield


@contextmanager
def yields_twice():
    yield 1
    yield 2


@contextmanager
def raises_other():
    try:
        yield
    except ValueError as error:
        raise TypeError("other") from error


@contextmanager
def swallows_and_returns():
    try:
        yield
    except BaseException:
        return


for manager in (never_yields, yields_twice):
    try:
        with manager():
            pass
    except RuntimeError as error:
        print(error)
try:
    with raises_other():
        raise ValueError("v")
except TypeError as error:
    print(error, "<-", error.__cause__)
with swallows_and_returns():
    raise StopIteration("swallowed")
try:
    with tag("stop"):
        raise StopIteration("through")
except StopIteration as error:
    print("StopIteration", error)


@tag("decorated")
def function(x):
    return x * 2


print(function(4), function.__name__)

with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "ab"]
    stack.callback(print, "callback", sep="")
    stack.push(lambda *details: print("pushed", details[0]))
    print(names)

with ExitStack() as stack:
    stack.push(lambda kind, value, tb: kind is ZeroDivisionError)
    stack.callback(lambda: print("still runs"))
    1 / 0
print("suppressed")

with ExitStack() as stack:
    stack.callback(print, "kept for later")
    kept = stack.pop_all()
print("before")
kept.close()

with suppress(KeyError, IndexError):
    {}["x"]
with suppress():
    print("nothing suppressed")
out = io.StringIO()
with redirect_stdout(out):
    print("captured")
print(repr(out.getvalue()))
with nullcontext(5) as n, closing(io.StringIO("text")) as stream:
    print(n, stream.read())
print(stream.closed)


class Reusable(contextlib.ContextDecorator):
    def __enter__(self):
        print("in")
        return self

    def __exit__(self, *details):
        print("out", details[0] and details[0].__name__)
        return True


@Reusable()
def failing():
    raise OSError("x")


print(failing())


@contextmanager
def noted():
    try:
        yield
    except Exception as error:
        error.add_note("a note from the manager")
        raise


def through_frames():
    with noted():
        inner()


def inner():
    raise LookupError("deep")


try:
    through_frames()
except LookupError:
    print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))


@contextmanager
def nested():
    with tag("outer") as outer:
        with tag("inner") as inside:
            yield outer, inside


with nested() as pair:
    print(pair)


@contextmanager
def loop_manager(items):
    for item in items:
        with suppress(ValueError):
            yield item
            break


with loop_manager([1, 2]) as item:
    print(item)
