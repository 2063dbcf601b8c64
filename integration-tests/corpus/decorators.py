"""Decorators: order, expressions, classes, methods, arguments, and the lines they report."""

import functools

log = []


def deco(label):
    log.append(f"evaluate {label}")

    def apply(thing):
        log.append(f"apply {label} to {getattr(thing, '__name__', thing)}")
        return thing

    return apply


@deco("outer")
@deco("middle")
@deco("inner")
def function(x=log.append("default")):
    """Docstring kept."""


print(*log, sep="; ")
log.clear()


@deco("class outer")
@deco("class inner")
class Class:
    log.append("class body")

    @deco("method")
    def method(self):
        pass

    @staticmethod
    @deco("static")
    def static():
        return "static"

    @property
    @deco("getter")
    def value(self):
        return self._value

    @value.setter
    @deco("setter")
    def value(self, new):
        self._value = new * 2

    @functools.cached_property
    def cached(self):
        log.append("computed")
        return 42


print(*log, sep="; ")
log.clear()
c = Class()
c.value = 5
print(c.value, Class.static(), c.cached, c.cached, log)


def repeat(times, *, separator=" "):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            return separator.join(f(*args, **kwargs) for _ in range(times))

        wrapper.times = times
        return wrapper

    return decorate


@repeat(3, separator="-")
def greet(name: str) -> str:
    """Greets."""
    return f"hi {name}"


print(greet("Ann"), greet.__name__, greet.__doc__, greet.times, greet.__wrapped__("Bob"))
print(greet.__annotations__, greet.__qualname__)


@lambda f: [f, f.__name__]
def replaced():
    return "called"


print(replaced[0](), replaced[1])
decorators = {"key": [deco("subscript")]}


@decorators["key"][0]
def from_subscript():
    pass


@(deco("one") if decorators else deco("two"))
def from_conditional():
    pass


@(chosen := deco("walrus"))
def from_walrus():
    pass


@print
@str
class Printed:
    __slots__ = ()


print(Printed)


class Counting:
    def __init__(self, f):
        functools.update_wrapper(self, f)
        self.f, self.calls = f, 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)

    def __get__(self, instance, owner):
        return functools.partial(self, instance)


@Counting
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class HasCounted:
    @Counting
    def method(self, x):
        return type(self).__name__, x


print(fib(10), fib.calls, HasCounted().method(3), fib.__name__)


@functools.lru_cache(maxsize=None)
def memo(n):
    return n if n < 2 else memo(n - 1) + memo(n - 2)


print(memo(60), memo.cache_info().misses)


def raises(f):
    raise ValueError(f"refuses {f.__name__}")


original = "still bound"
try:

    @raises
    def original():
        pass

except ValueError as error:
    print(error, original)


def register(registry):
    def decorate(f):
        registry[f.__name__] = f
        return f

    return decorate


registry = {}


@register(registry)
def first():
    return 1


@register(registry)
async def second():
    pass


@register(registry)
class third:
    pass


print(list(registry), registry["first"]())


def outer():
    prefix = "closure"

    @deco(prefix)
    def inner():
        return prefix

    @(lambda f: lambda: f() + "!")
    def bang():
        return inner()

    return bang()


print(outer())


# A decorated function's first line is its first decorator's.
@deco("line")
# a comment between
@deco("line 2")

def spread_out():
    pass


print(spread_out.__code__.co_firstlineno - outer.__code__.co_firstlineno)


@functools.singledispatch
def describe(x):
    return "object"


@describe.register
def _(x: int):
    return "int"


@describe.register(list)
def _(x):
    return "list of " + ", ".join(map(describe, x))


print(describe([1, "s", [2]]))


@functools.total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


print(Version(1) <= Version(2), Version(1) > Version(2), Version(2) >= Version(2))
