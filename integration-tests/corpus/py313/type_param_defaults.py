"""PEP 696: defaults of type parameters, for functions, classes and aliases; laziness and errors."""

import typing
from typing import NoDefault


def function[T = int, *Ts = *tuple[int, str], **P = [bool]](x: T) -> T:
    return x


T, Ts, P = function.__type_params__
print(T.__default__, Ts.__default__, P.__default__, T.has_default(), function(1))


class Box[A, B: str = "forward", C = list[A]]:
    pass


print([p.__default__ for p in Box.__type_params__], Box.__type_params__[0].__default__ is NoDefault)
print(Box[int], Box[int, str], Box[int, str, bytes], Box.__type_params__[1].__bound__)

type Alias[K = str, V = dict[K, int]] = tuple[K, V]
print(Alias.__type_params__[1].__default__, Alias[int], Alias.__value__)

log = []


def note(value):
    log.append(value)
    return value


class Lazy[T: note("bound") = note("default")]:
    pass


print(log, Lazy.__type_params__[0].__default__, log, Lazy.__type_params__[0].__bound__, log)


class Missing[T = undefined]:
    pass


try:
    Missing.__type_params__[0].__default__
except NameError as error:
    print(error)
undefined = 5
print(Missing.__type_params__[0].__default__)


def scope():
    local = "local"

    class Inner[T = local, U = T]:
        def m(self):
            return T.__default__, U.__default__

    return Inner


print(scope()().m())


class ClassScope:
    x = "class variable"

    def method[T = x](self):
        return T.__default__


print(ClassScope().method())
for source in (
    "def f[T = int, U](): pass",
    "class C[T = (yield)]: pass",
    "type A[T = (x := 1)] = T",
    "def f[T: int = ](): pass",
    "def f[T = *a](): pass",
    "def f[*Ts = *a](): pass",
    "def f[**P = *a](): pass",
):
    try:
        exec(source, {"a": (int,)})
        print(repr(source), "works")
    except SyntaxError as error:
        print(repr(source), error.msg)
V = typing.TypeVar("V", default=int)
print(V.__default__, typing.ParamSpec("Q", default=[int]).__default__)
