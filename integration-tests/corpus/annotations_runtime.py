"""Annotations evaluated at run time: functions, modules, classes, and what is not evaluated."""

import inspect
import typing

log = []


def n(value, label=None):
    log.append(label or getattr(value, "__name__", str(value)))
    return value


def function(
    a: n(int), b: n(str) = n("default b"), /, c: n(float) = 1.0, *args: n(bytes),
    d: n(list), e: n(dict) = None, **kwargs: n(set),
) -> n(bool):  # fmt: skip
    local: n(undefined_but_never_evaluated)
    other: n("also not evaluated") = n("value of other")
    (parenthesized): int = 5
    attribute_target.x: n("not evaluated in a function") = 3
    return other


print(*log)
log.clear()


class Box:
    pass


attribute_target = Box()
print(function(1, d=[]), log, attribute_target.x)
print(function.__annotations__)
print(inspect.signature(function))
log.clear()

x: int
y: str = "y"
(z): float = 1.0
attribute_target.q: n(complex) = n(3)
table = {}
table[n("key")]: n("annotation") = n("value")
table["unset"]: n("annotation only")
print(__annotations__, log, table, "x" in globals(), "z" in __annotations__)
log.clear()
for i in range(2):
    loop_variable: n(int, f"loop {i}") = i
print(log, loop_variable, sorted(__annotations__))
if False:
    never: n("never evaluated")
print("never" in __annotations__)


class Annotated:
    a: int
    b: "forward" = 2
    c: n(list) = n([])
    (d): int = 4
    __private: int = 5

    def method(self: "Annotated", x: int = b) -> "Annotated":
        pass

    if True:
        conditional: str
    del b
    for e in range(1):
        in_loop: int = e


print(Annotated.__annotations__)
print(Annotated.method.__annotations__, hasattr(Annotated, "a"), Annotated.d)


class Child(Annotated):
    own: int


class NoAnnotations(Annotated):
    pass


print(Child.__annotations__, NoAnnotations.__dict__.get("__annotations__", "none of its own"))
print(sorted(typing.get_type_hints(Child, {"forward": bytes})))


def uses_locals_in_annotation():
    T = int

    def inner(v: T) -> "T":
        pass

    class Local:
        field: T

    return inner.__annotations__, Local.__annotations__


print(uses_locals_in_annotation())
lambda_annotations = (lambda v: v).__annotations__
print(lambda_annotations, len.__class__.__name__)


def no_annotations(a, b):
    pass


print(no_annotations.__annotations__)
no_annotations.__annotations__["a"] = "added"
print(no_annotations.__annotations__)
no_annotations.__annotations__ = {"b": 1}
print(no_annotations.__annotations__)

for source in (
    "a: undefined_name = 1",
    "def f(a: undefined_name): pass",
    "class C:\n    a: undefined_name",
    "def f():\n    a: undefined_name\nf()",
    "undefined_name.attribute: int = 1",
    "def f():\n    undefined_name.attribute: int\nf()",
):
    try:
        exec(source, {})
        print(repr(source), "works")
    except NameError as error:
        print(repr(source), error)


def local_annotation_makes_local():
    global_looking: int
    try:
        return global_looking
    except UnboundLocalError as error:
        return str(error)


global_looking = "global"
print(local_annotation_makes_local())


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return {"__annotations__": {"prepared": "by the metaclass"}}


class Prepared(metaclass=Meta):
    added: int


print(Prepared.__annotations__)
exec("p: int = 1\nq: str", namespace := {})
print(namespace["__annotations__"], namespace["p"], "q" in namespace)


async def coroutine(a: int, *, b: str = "b") -> None:
    pass


def generator() -> typing.Iterator[int]:
    yield 1


print(coroutine.__annotations__, generator.__annotations__)
print(inspect.get_annotations(Annotated.method, eval_str=False))
point: tuple[int, int] = 1, 2
star: list = [*point, 3]
print(point, star, __annotations__["point"])


def star_annotation(*args: *tuple[int, ...]) -> None:
    pass


print(star_annotation.__annotations__)
