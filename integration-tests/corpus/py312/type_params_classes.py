"""PEP 695 on classes: bases, keywords, scopes, methods, generics, and dataclasses."""

import typing
from dataclasses import dataclass


class Stack[T]:
    items: list[T]

    def __init__(self, *items: T) -> None:
        self.items = list(items)

    def pop(self) -> T:
        return self.items.pop()

    def param(self):
        return T

    @staticmethod
    def make[U](x: U) -> "Stack[U]":
        return Stack(x)

    T_seen = T


print(Stack(1, 2).pop(), Stack.__type_params__, Stack.__parameters__, Stack.__orig_bases__, Stack.__bases__)
print(Stack[int], Stack[int](5).items, Stack[int](5).__orig_class__, Stack().param(), Stack.T_seen)
print(Stack.__annotations__, Stack.__qualname__, Stack.__mro__[1], "T" in vars(Stack))


class Pair[K: str, V](dict[K, V]):
    pass


print(Pair.__bases__, Pair[str, int], Pair(a=1), Pair.__orig_bases__)


class Meta(type):
    def __new__(mcs, name, bases, namespace, **keywords):
        print("meta", name, [b.__name__ for b in bases], sorted(k for k in namespace if "type_params" in k), keywords)
        return super().__new__(mcs, name, bases, namespace)


class WithMeta[T](metaclass=Meta, option=T.__name__):
    pass


print(WithMeta.__type_params__)


class Variadic[*Ts, **P]:
    pass


print(Variadic[int, str, [int]], Variadic.__parameters__)


class Base[T]:
    def get(self) -> T:
        return "base get"


class Child[T](Base[T]):
    def get(self):
        return super().get(), __class__.__name__, T


class Concrete(Base[int]):
    pass


print(Child().get(), Child.__mro__[1].__name__, Concrete.__orig_bases__, Child[str].__args__)


class Node[T]:
    next: "Node[T] | None" = None

    class Inner[U]:
        def both(self):
            return T, U

    def local(self):
        class Local[W](Node[W]):
            x = T

        return Local


print(Node.Inner().both(), Node().local().x, Node().local().__qualname__)


@dataclass
class Box[T]:
    value: T
    count: int = 0

    def map[U](self, f: typing.Callable[[T], U]) -> "Box[U]":
        return Box(f(self.value), self.count + 1)


print(Box(3).map(lambda v: v * 2), Box[int](4), Box.__match_args__)


class Scope[T: object]:
    pass


print(Scope.__type_params__[0].__bound__)


class Decorated:
    pass


def decorate(cls):
    print("decorating", cls.__name__, cls.__type_params__)
    return cls


@decorate
class Late[T: Late]:
    me: T


print(Late.__type_params__[0].__bound__ is Late)


class Protocolled[T](typing.Protocol):
    def m(self) -> T: ...


print(Protocolled[int], Protocolled.__parameters__)
try:
    exec("import typing\nclass Bad[T](typing.Generic[T]): pass", {})
except TypeError as error:
    print(error)
T = "module T"


class Hides[T]:
    inside = T
    T = "class T"
    after = T

    def method(self):
        return T


print(Hides.inside, Hides.after, Hides().method(), T)


def function():
    x = "enclosing"

    class Local[T: x]:
        y = x

        def m(self):
            return x, T

    return Local


print(function()().m(), function().__type_params__[0].__bound__, function().y)


class Private:
    class Inner[__T]:
        def m(self):
            return __T


print(Private.Inner().m(), Private.Inner.__type_params__)


class Unpacked[T](*[dict], **{}):
    pass


print(Unpacked.__bases__)
