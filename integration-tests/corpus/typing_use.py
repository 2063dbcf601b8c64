"""typing at run time: generics, protocols, hints, overloads, TypedDict, NamedTuple, casts."""

import typing
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, Literal, NamedTuple, Optional, Protocol, TypeVar, Union

T = TypeVar("T")
K = TypeVar("K", str, int)
V = TypeVar("V", covariant=True)


class Stack(Generic[T]):
    def __init__(self, *items: T) -> None:
        self.items: list[T] = list(items)

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self

    def pop(self) -> T:
        return self.items.pop()


class Pair(Generic[K, V]):
    pass


class IntStack(Stack[int]):
    pass


stack = Stack[int](1).push(2)
print(stack.pop(), stack.__orig_class__, IntStack.__orig_bases__, IntStack.__mro__[1].__name__)
print(Pair[str, int], Pair.__parameters__, Pair[str, T].__parameters__, Stack[T][int], T, V)
for bad in (lambda: Pair[int], lambda: Stack[int][str], lambda: IntStack[int], lambda: Generic[int]):
    try:
        print(bad())
    except TypeError as error:
        print(type(error).__name__)


@typing.runtime_checkable
class Closeable(Protocol):
    name: str

    def close(self) -> None: ...


class File:
    name = "file"

    def close(self):
        pass


print(isinstance(File(), Closeable), isinstance(5, Closeable))
try:
    Closeable()
except TypeError as error:
    print(error)


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 0

    def norm(self) -> float:
        return (self.x**2 + self.y**2) ** 0.5

    @classmethod
    def origin(cls):
        return cls(0)


print(Point(3, 4).norm(), Point.origin(), Point._fields, Point.__doc__, Point.__annotations__, Point(1)._asdict())
x, y = Point(5, 6)
print(x, y, Point(1) == (1, 0), Point(*"ab")[1])


class Options(typing.TypedDict, total=False):
    name: typing.Required[str]
    size: int


options: Options = {"name": "n"}
print(options, Options.__required_keys__, Options.__optional_keys__, Options(name="x", size=1))


@typing.overload
def convert(value: int) -> str: ...
@typing.overload
def convert(value: str) -> int: ...
def convert(value):
    return str(value) if isinstance(value, int) else int(value)


print(convert(5), convert("6"), len(typing.get_overloads(convert)))


def hinted(
    a: int, b: Optional[str] = None, *c: Any, d: "Union[int, str]", **e: list[T]
) -> Callable[[int], str]:
    return str


for name, hint in typing.get_type_hints(hinted).items():
    print(name, hint, typing.get_origin(hint), typing.get_args(hint))
print(Literal["a", 1], Annotated[int, "meta"].__metadata__, int | None, list[int], tuple[int, ...], dict[str, "X"])
print(Union[int, str] == Union[str, int], Optional[int] == int | None, isinstance(5, int | str), Union[int])
print(typing.cast(int, "not checked"), typing.Final, typing.ClassVar[int], Callable[..., int], Iterable[int])
UserId = typing.NewType("UserId", int)
print(UserId(5) + 1, UserId.__supertype__, typing.NoReturn, typing.Self, typing.assert_type(5, int))


class Builder:
    steps: typing.ClassVar[list[str]] = []

    def add(self, step: str) -> typing.Self:
        self.steps.append(step)
        return self


print(Builder().add("a").add("b").steps, typing.get_type_hints(Builder.add))
if typing.TYPE_CHECKING:
    import never_imported


def reveal(x: "never_imported.Thing") -> None: ...


print(reveal.__annotations__)
try:
    typing.get_type_hints(reveal)
except NameError as error:
    print(error)
try:
    typing.assert_never("reached")
except AssertionError as error:
    print(error)


@typing.final
class Final:
    @typing.no_type_check
    def f(self, x: "not a type !"): ...


print(Final.__final__, Final.f.__no_type_check__)
P = typing.ParamSpec("P")
Ts = typing.TypeVarTuple("Ts")


def logged(f: Callable[P, T]) -> Callable[P, T]:
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        return f(*args, **kwargs)

    return inner


class Array(Generic[*Ts]):
    pass


print(logged(max)(1, 2), Array[int, str], Array.__parameters__, P.args)
