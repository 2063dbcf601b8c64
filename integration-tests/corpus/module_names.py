"""`__module__`, `__qualname__` and friends on what factories make: namedtuple, enum, typing."""

import collections
import dataclasses
import enum
import functools
import pickle
import types
import typing

Point = collections.namedtuple("Point", "x y", defaults=(0,))
Color = enum.Enum("Color", "RED GREEN")
Flag = enum.IntFlag("Flag", {"A": 1, "B": 2})
Record = typing.NamedTuple("Record", [("a", int), ("b", str)])
Movie = typing.TypedDict("Movie", {"title": str})
UserId = typing.NewType("UserId", int)
T = typing.TypeVar("T", bound=int)
P = typing.ParamSpec("P")
Made = dataclasses.make_dataclass("Made", [("a", int)])
Created = types.new_class("Created")
ByType = type("ByType", (), {})

for thing in (Point, Color, Flag, Record, Movie, UserId, T, P, Made, Created, ByType):
    print(getattr(thing, "__name__", thing), getattr(thing, "__module__", None), getattr(thing, "__qualname__", None))


def factory():
    Inner = collections.namedtuple("Inner", "a")
    InnerEnum = enum.Enum("InnerEnum", ["X"])

    class Local:
        class Deeper:
            def method(self):
                pass

    def nested():
        return lambda: None

    return Inner, InnerEnum, Local, Local.Deeper, Local.Deeper.method, nested, nested()


for thing in factory():
    print(thing.__name__, thing.__module__, thing.__qualname__)

print(Point(1), Color.RED, repr(Color.GREEN), Flag.A | Flag.B, Record(1, "b"), Made(3), UserId(5))
for value in (Point(1, 2), Color.RED, Flag.B, Record(1, "b"), Point, factory.__name__):
    print(pickle.loads(pickle.dumps(value)) == value, end=" ")
print()
try:
    pickle.dumps(factory()[0](1))
except Exception as error:
    print(type(error).__name__)


class Base:
    def method(self):
        pass

    @functools.wraps(len)
    def wrapped(self):
        pass

    partial = functools.partial(print, "p")
    attribute = lambda self: None


print(Base.method.__qualname__, Base.wrapped.__qualname__, Base.wrapped.__module__, Base.attribute.__name__)
print(Base().method.__func__.__module__, Base.__module__, Base.__dict__["__module__"])
print(__name__, __doc__[:5], __spec__, __package__, __builtins__.__name__, "__file__" in globals())
print(types.ModuleType("m").__name__, type(lambda: 0).__module__, (x for x in ()).__qualname__)


async def coroutine():
    pass


async def async_generator():
    yield


c = coroutine()
print(c.__qualname__, async_generator().__qualname__, type(c).__name__)
c.close()
print(typing.get_type_hints(Record), Movie.__required_keys__, typing.List[T], T.__bound__)


class Generic(typing.Generic[T]):
    pass


print(Generic[int], Generic.__parameters__, Generic[int].__origin__.__qualname__, Generic[int]().__class__.__name__)
print(Point.__doc__, Point._field_defaults, Point(3)._replace(y=9), Point._make([1, 2])._asdict())
protocol = types.SimpleNamespace(a=1)
print(protocol, types.MappingProxyType({"a": 1}), types.FunctionType.__name__)
exec("class InExec: pass\ndef f(): pass", namespace := {"__name__": "elsewhere"})
print(namespace["InExec"].__module__, namespace["f"].__module__, namespace["f"].__qualname__)
exec("class NoName: pass", namespace := {})
print(namespace["NoName"].__module__)
saved, __name__ = __name__, "renamed_module"


class AfterRename:
    pass


def after_rename():
    pass


print(AfterRename.__module__, after_rename.__module__, collections.namedtuple("N", "a").__module__)
__name__ = saved
