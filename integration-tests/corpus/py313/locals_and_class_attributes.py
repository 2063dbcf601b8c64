"""3.13's own: locals() snapshots, frame.f_locals write-through, __static_attributes__, docstrings."""

import sys


def snapshots():
    x = 1
    first = locals()
    x = 2
    second = locals()
    first["x"] = 99
    return first["x"], second["x"], x, first is second


print(snapshots())


def write_through():
    x = 1
    frame = sys._getframe()
    frame.f_locals["x"] = 5
    frame.f_locals["new"] = 6
    return x, "new" in frame.f_locals, type(frame.f_locals).__name__


print(write_through())


def changes_the_caller():
    sys._getframe(1).f_locals["value"] = "changed by the callee"


def caller():
    value = "original"
    changes_the_caller()
    return value


print(caller())


def cells():
    captured = 1

    def inner():
        return captured

    sys._getframe().f_locals["captured"] = 10
    return inner()


print(cells())


def exec_does_not_write():
    x = 1
    exec("x = 2; y = 3")
    namespace = locals()
    exec("x = 4; z = 5", globals(), namespace)
    return x, namespace["x"], namespace["z"]


print(exec_does_not_write())


class Attributes:
    """A docstring,
        indented,
    is stripped of its indent."""

    def __init__(self):
        self.first = 1
        self.second: int = 2
        self.third, self.fourth = 3, 4
        self.first += 1
        del self.fourth

    def method(self, other):
        other.not_mine = 1
        self.in_method = [self.loop for self.loop in range(2)]

        def nested():
            self.nested = 1

    @classmethod
    def make(cls):
        cls.on_class = 1

    class Inner:
        def m(self):
            self.inner = 1


print(sorted(Attributes.__static_attributes__), sorted(Attributes.Inner.__static_attributes__))
print(repr(Attributes.__doc__), Attributes.__firstlineno__ > 50)


def documented():
    """First.

        Indented more.
    Back.
    """


print(repr(documented.__doc__))
[items := locals()]
print(items is globals())


def generator():
    x = 0
    while True:
        x += (yield locals()) or 1


g = generator()
print(next(g), next(g), g.gi_frame.f_locals["x"])
g.gi_frame.f_locals["x"] = 100
print(next(g))
