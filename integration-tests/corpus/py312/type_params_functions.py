"""PEP 695 on functions: scopes, bounds, constraints, laziness, names, and errors."""

import inspect
import typing


def first[T](items: list[T]) -> T:
    return items[0]


def bounded[T: int, S: (str, bytes), *Ts, **P](a: T, b: S, *args: *Ts) -> typing.Callable[P, T]:
    return a


print(first([1, 2]), first.__type_params__, first.__annotations__, first.__name__, first.__qualname__)
T, S, Ts, P = bounded.__type_params__
print(T, T.__bound__, S.__constraints__, Ts, P, type(Ts).__name__, type(P).__name__, T.__infer_variance__)
print(bounded.__annotations__, inspect.signature(first))


def lazy_bound[T: undefined_until_asked](x: T) -> T:
    return x


print(lazy_bound(1))
try:
    lazy_bound.__type_params__[0].__bound__
except NameError as error:
    print(error)
undefined_until_asked = str
print(lazy_bound.__type_params__[0].__bound__)


def refers[T: list[S], S](x: T) -> S:
    return T, S


print(refers(1)[0].__bound__, refers.__type_params__ == refers(0))


def outer[T](x: T):
    y = "outer local"

    def inner[U](z: U, t: T) -> tuple[T, U]:
        return T, U, y, x

    class Inner[V]:
        attribute = (T, V)

        def method[W](self):
            return T, V, W, __class__.__name__

    return inner, Inner


inner, Inner = outer("x")
print(inner(1, 2), inner.__qualname__, inner.__type_params__)
print(Inner.attribute, Inner().method(), Inner.__qualname__, Inner.method.__type_params__)

log = []


def note(value):
    log.append(value)
    return value


@note(lambda f: f)
def order[T: note("bound")](a: note("annotation") = note("default"), *, k=note("kwdefault")) -> note("return"):
    pass


print([x if isinstance(x, str) else "decorator" for x in log], order.__defaults__, order.__kwdefaults__)


class Methods:
    T = "class attribute"

    def method[T](self, x: T) -> T:
        return T

    def reads(self) -> "T":
        return self.T

    @classmethod
    def make[C](cls, x: C) -> C:
        return cls.__name__, C

    @staticmethod
    def static[X]() -> X:
        return X

    def uses_super[T](self):
        return super().__hash__() is not None, T


print(Methods().method(1), Methods().reads(), Methods.make(1), Methods.static(), Methods().uses_super())


def generator[T](x: T):
    yield T
    yield x


async def coroutine[T](x: T) -> T:
    return T


print(list(generator(5)))
try:
    coroutine(1).send(None)
except StopIteration as stop:
    print(stop.value)


def shadows[print](x: print):
    return print


print(shadows(1), shadows.__type_params__[0].__name__)


def nested_comprehension[T]():
    return [T for _ in range(1)], (lambda: T)(), {k: T for k in "a"}


print(nested_comprehension())


def assigned[T](x):
    T = "rebound locally"
    return T


print(assigned(1), assigned.__type_params__)


class Mangled:
    def method[__T](self, x: __T) -> __T:
        return __T


print(Mangled().method(1), Mangled.method.__type_params__)
for source in (
    "def f[T, T](): pass",
    "def f[T: (yield)](): pass",
    "def f[T: (x := 1)](): pass",
    "def f[T](x: (y := 1)): pass",
    "def f[](): pass",
    "class C[T: await x]: pass",
    "def f[T]():\n    nonlocal T",
    "def f[T]():\n    global T\n    return T",
    "def f[*Ts: int](): pass",
    "async def f[T: [x async for x in y]](): pass",
):
    try:
        exec(source, {})
        print(repr(source), "works")
    except SyntaxError as error:
        print(repr(source), error.msg)
f = first
print(f.__type_params__[0] is not bounded.__type_params__[0], typing.get_type_hints(first))
exec("def made[T: (int, str)](x: T): return T")
print(made(1).__constraints__, made.__module__, T.__module__)
