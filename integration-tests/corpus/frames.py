"""Frames as programs see them: names, lines, callers, locals, and no frame that is not theirs."""

import inspect
import os
import sys


def here():
    frame = sys._getframe(1)
    return frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno


def caller():
    x = 1

    return here()


print(caller())


def chain():
    frame = sys._getframe()
    names = []
    while True:
        names.append(frame.f_code.co_name)
        if frame.f_code.co_filename == __file__ and names[-1] == "<module>":
            return names
        frame = frame.f_back


def through_lambda():
    return (lambda: chain())()


class Thing:
    def method(self):
        return through_lambda()

    body = chain()

    @property
    def value(self):
        return chain()

    def __repr__(self):
        return " ".join(chain())

    def __add__(self, other):
        return chain()


print(Thing().method())
print(Thing.body)
print(Thing().value, Thing() + 1)
print(repr(Thing()))
print(list(map(lambda _: chain(), [1])), sorted([1], key=lambda _: print(chain())))


def generator():
    yield chain()
    yield from inner_generator()


def inner_generator():
    yield chain()


def consume():
    return list(generator())


for names in consume():
    print(names)


def caller_locals():
    secret = "found"
    return peek()


def peek():
    return sys._getframe(1).f_locals["secret"]


print(caller_locals())
frame = sys._getframe()
print(frame.f_code.co_name, frame.f_globals is globals(), frame.f_locals is frame.f_globals or "copy")
print(os.path.basename(frame.f_code.co_filename), inspect.currentframe() is frame)


def lines():
    first = inspect.currentframe().f_lineno
    second = inspect.currentframe().f_lineno; third = (
        inspect.currentframe().f_lineno
    )
    start = lines.__code__.co_firstlineno
    return first - start, second - start, third - start


print(lines())


def stack_of_inspect():
    return [(info.function, os.path.basename(info.filename)) for info in inspect.stack(0)[:2]]


print(stack_of_inspect())


def module_of_caller():
    return sys._getframe(1).f_globals["__name__"]


print(module_of_caller(), (lambda: module_of_caller())())


def exception_frames():
    def inner():
        raise KeyError

    try:
        inner()
    except KeyError as error:
        tb = error.__traceback__
        return tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name, tb.tb_frame is sys._getframe()


print(exception_frames())


def source_of():
    return inspect.getsource(caller).count("\n"), inspect.getsourcelines(caller)[1] == caller.__code__.co_firstlineno


print(source_of())
print(inspect.signature(Thing.__add__), inspect.getfullargspec(peek).args, inspect.isfunction(peek))
suspended = generator()
next(suspended)
print(suspended.gi_frame.f_code.co_name, suspended.gi_frame.f_back, suspended.gi_frame.f_lineno - generator.__code__.co_firstlineno)


def argument_values(a, *b, c=3, **d):
    info = inspect.getargvalues(sys._getframe())
    return info.args, info.varargs, info.keywords, [info.locals[k] for k in ("a", "b", "c", "d")]


print(argument_values(1, 2, d=4, e=5))
print(eval("chain()"), end=" ")
exec("print(chain())")


async def coroutine():
    return chain()


try:
    coroutine().send(None)
except StopIteration as stop:
    print(stop.value)
print([chain() for _ in range(1)][0][-1], [*(chain() for _ in range(1))][0])
