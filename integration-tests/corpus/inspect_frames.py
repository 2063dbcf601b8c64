"""inspect.stack, currentframe, getframeinfo, getargvalues, getsource; frames in the middle of loops."""

import inspect
import sys
import types


def innermost():
    return [
        (
            each.function,
            each.lineno,
            (each.code_context or ["?"])[0].strip(),
            each.index,
        )
        for each in inspect.stack()
        if each.filename == __file__
    ]


def looping(n, *rest, key=None, **options):
    total = 0
    for i in range(n):
        total += i
        if i == n - 2:
            print(innermost())
            print(inspect.getargvalues(inspect.currentframe()))
            print(inspect.getframeinfo(inspect.currentframe())[1:3])
    return total


looping(50, 1, 2, key=3, more=4)


def caller_locals(name):
    frame = sys._getframe(1)
    return (
        frame.f_locals.get(name),
        frame.f_lineno - frame.f_code.co_firstlineno,
        frame.f_back.f_code.co_name,
    )


def watched(n):
    seen = []
    total = 0
    for i in range(n):
        total = total * 3 % 1000 + i
        if not i % 20:
            seen.append((caller_locals("total"), caller_locals("i")))
    return seen


print(watched(61))


def generator(n):
    total = 0
    for i in range(n):
        total += i
        if i % 25 == 24:
            received = yield total
            print("received", received, sorted(inspect.getgeneratorlocals(g).items()))


g = generator(100)
print(
    inspect.getgeneratorstate(g),
    next(g),
    inspect.getgeneratorstate(g),
    g.gi_frame.f_lineno,
)
print(g.send("x"), g.gi_frame.f_locals["i"], g.gi_running, g.gi_yieldfrom)
g.close()
print(inspect.getgeneratorstate(g), g.gi_frame)


class Base:
    """A class."""

    attribute: int = 1

    def method(self, a, /, b=2, *, c: int = 3) -> str:
        """A method."""
        return "m"

    @classmethod
    def made(cls):
        return cls()

    @staticmethod
    def static(x):
        return x

    @property
    def prop(self):
        return 1

    async def coroutine(self):
        return 1

    def gen(self):
        yield


print(inspect.getsource(Base.method))
print(
    inspect.getsourcelines(generator)[1],
    inspect.getdoc(Base.method),
    inspect.getcomments(Base),
)
print(inspect.signature(Base.method), inspect.getfullargspec(Base.method))
print(
    inspect.iscoroutinefunction(Base.coroutine), inspect.isgeneratorfunction(Base.gen)
)
print(
    [
        (a.name, a.kind, a.defining_class.__name__)
        for a in inspect.classify_class_attrs(Base)
        if not a.name.startswith("__")
    ]
)
print([name for name, _ in inspect.getmembers(Base(), inspect.ismethod)])
print(
    inspect.getclosurevars(caller_locals).globals,
    inspect.getclosurevars(watched).globals.keys(),
)
print(inspect.getmodule(Base).__name__, inspect.unwrap(Base.made).__name__)
print(Base.method.__code__.co_qualname, isinstance(Base.method, types.FunctionType))
print(
    inspect.cleandoc("  a\n    b"), inspect.getattr_static(Base, "prop").fget.__name__
)
traceback = None
try:
    for k in range(40):
        if k == 30:
            [][k]
except IndexError as error:
    traceback = error.__traceback__
print([(f.function, f.lineno, f.positions) for f in inspect.getinnerframes(traceback)])
