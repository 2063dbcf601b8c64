"""`send`, `throw` and `close`: where they arrive, what they return, and what they must not do."""


def echo():
    received = None
    while True:
        try:
            received = yield received
            print("received", received)
        except ValueError as error:
            print("handled", error)
            received = "after ValueError"
        except GeneratorExit:
            print("closing")
            raise
        finally:
            print("finally", received)


e = echo()
print(e.send(None))
print(e.send("one"))
print(e.throw(ValueError("thrown")))
print(e.send("two"))
print(e.close())
try:
    e.send("late")
except StopIteration as stop:
    print("stopped", stop.value)

fresh = echo()
try:
    fresh.send("too early")
except TypeError as error:
    print(error)
try:
    fresh.throw(KeyError("before the start"))
except KeyError as error:
    print("not handled:", error)
print(next(fresh, "finished by the throw"))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)


def returns_on_close():
    try:
        yield 1
    except GeneratorExit:
        return "closed value"


r = returns_on_close()
next(r)
print("close gives", r.close() in (None, "closed value"))


def raises_on_close():
    try:
        yield
    finally:
        raise LookupError("in finally")


r = raises_on_close()
next(r)
try:
    r.close()
except LookupError as error:
    print(error, "| context:", type(error.__context__).__name__)


def converts():
    try:
        yield
    except ValueError as error:
        raise TypeError("converted") from error


c = converts()
next(c)
try:
    c.throw(ValueError("original"))
except TypeError as error:
    print(error, "| cause:", error.__cause__)

c = converts()
next(c)
try:
    c.throw(ValueError)
except TypeError as error:
    print(repr(error.__cause__))

for bad in (5, int, "text"):
    c = converts()
    next(c)
    try:
        c.throw(bad)
    except TypeError as error:
        print(error)


def catches_and_returns():
    try:
        yield
    except KeyError:
        return "done"


c = catches_and_returns()
next(c)
try:
    c.throw(KeyError())
except StopIteration as stop:
    print("value", stop.value)


def stop_thrown():
    yield 1
    yield 2


c = stop_thrown()
next(c)
try:
    c.throw(StopIteration("x"))
except RuntimeError as error:
    print(error)


def nested_handlers(log):
    try:
        try:
            yield "inner"
        except KeyError:
            log.append("inner except")
            yield "from the handler"
        else:
            log.append("else")
        finally:
            log.append("inner finally")
            yield "from finally"
        log.append("after")
    except Exception as error:
        log.append(f"outer {type(error).__name__}")
        yield "from outer handler"
    finally:
        log.append("outer finally")


for actions in (
    [None],
    [None, None, None],
    [KeyError, None, None],
    [KeyError, ValueError, None, None],
    [ValueError, None, None],
    [None, ValueError, ValueError],
):
    log = []
    n = nested_handlers(log)
    trail = [next(n)]
    for action in actions:
        try:
            trail.append(n.throw(action()) if action else next(n))
        except (StopIteration, ValueError) as error:
            trail.append(type(error).__name__)
    n.close()
    print(trail, log)


def with_in_generator():
    class Guard:
        def __enter__(self):
            print("enter")
            return self

        def __exit__(self, kind, value, traceback):
            print("exit", kind.__name__ if kind else None)
            return kind is KeyError

    with Guard() as guard:
        yield 1
        print("not skipped")
    yield 2


w = with_in_generator()
next(w)
print(w.throw(KeyError("suppressed by with")))
w.close()
w = with_in_generator()
next(w)
w.close()
w = with_in_generator()
next(w)
del w
print("deleted")


def running_average():
    total = count = 0
    average = None
    while True:
        value = yield average
        if value is None:
            return count, total
        total += value
        count += 1
        average = total / count


averager = running_average()
next(averager)
print([averager.send(n) for n in (10, 20, 30)])
try:
    next(averager)
except StopIteration as stop:
    print(stop.value)


def handler_state():
    """The exception being handled belongs to the frame that handles it."""
    import sys

    try:
        raise ValueError("inside the generator")
    except ValueError:
        yield repr(sys.exc_info()[1])
        yield repr(sys.exc_info()[1])
    yield repr(sys.exc_info()[1])


h = handler_state()
try:
    raise OSError("outside")
except OSError:
    print(next(h))
    import sys

    print(repr(sys.exc_info()[1]))
print(next(h), sys.exc_info()[1])
try:
    raise KeyError("again outside")
except KeyError:
    print(next(h))
