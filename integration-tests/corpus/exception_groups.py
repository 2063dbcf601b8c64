"""Exception groups without `except*`: splitting, subgroup, deriving, nesting, tracebacks."""

import os
import traceback


def show(error, depth=0):
    if isinstance(error, BaseExceptionGroup):
        inner = ", ".join(show(child) for child in error.exceptions)
        return f"{type(error).__name__}({error.message!r}: {inner})"
    return repr(error)


eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("inner", [KeyError(2), ValueError(3)])])
print(show(eg), str(eg), repr(eg.exceptions[0]))
print(show(eg.subgroup(ValueError)), show(eg.subgroup(lambda e: isinstance(e, KeyError))))
match_, rest = eg.split(ValueError)
print(show(match_), "|", show(rest))
print(eg.subgroup(OSError), eg.split((ValueError, KeyError))[1])
print(show(eg.derive([OSError()])), isinstance(eg, Exception))
print(type(BaseExceptionGroup("all", [ValueError()])).__name__)
print(type(BaseExceptionGroup("all", [KeyboardInterrupt()])).__name__)
for bad in (("m", []), ("m", [5]), (1, [ValueError()]), ("m", [KeyboardInterrupt()]), ("m",)):
    try:
        ExceptionGroup(*bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def fail(n):
    raise ValueError(f"task {n}")


def collect():
    errors = []
    for n in range(3):
        try:
            fail(n)
        except ValueError as error:
            errors.append(error)
    raise ExceptionGroup("collected", errors)


def text():
    return traceback.format_exc().replace(__file__, os.path.basename(__file__))


try:
    collect()
except ExceptionGroup as error:
    print(text())

try:
    try:
        collect()
    except ExceptionGroup as error:
        raise RuntimeError("wrapped") from error
except RuntimeError:
    print(text())

try:
    try:
        collect()
    except* KeyError:
        pass
    except* ValueError as group:
        group.add_note("seen by the handler")
        raise
except ExceptionGroup:
    print(text())

try:
    try:
        collect()
    except* ValueError:
        1 / 0
except (ExceptionGroup, ZeroDivisionError):
    print(text())


class Errors(ExceptionGroup):
    def __new__(cls, message, errors, code):
        self = super().__new__(cls, message, errors)
        self.code = code
        return self

    def derive(self, errors):
        return type(self)(self.message, errors, self.code)


errors = Errors("coded", [ValueError(1), KeyError(2)], 7)
first, second = errors.split(KeyError)
print(type(first).__name__, first.code, second.code, show(second))


def leaves(error):
    if isinstance(error, BaseExceptionGroup):
        for child in error.exceptions:
            yield from leaves(child)
    else:
        yield error


print([str(leaf) for leaf in leaves(eg)])
