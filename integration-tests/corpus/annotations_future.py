"""`from __future__ import annotations`: annotations become strings, as the parser unparses them."""

from __future__ import annotations

import dataclasses
import typing


def function(
    a: int, b: list[str] = [], *args: dict[str, int], c: "already a string", d: x + y * 2 = 1,
    **kw: undefined.attribute
) -> tuple[int, ...] | None:  # fmt: skip
    local: undefined_local = 1
    return local


for name, annotation in function.__annotations__.items():
    print(name, repr(annotation))


def expressions(
    a: (1, 2), b: -x ** 2, c: (walrus, 1), d: lambda v, *w, k=1: v, e: [i for i in z if i],
    f: {**a, 'k': 1}, g: f"{x!r:>{w}} {{}}", h: a if b else c, i: not (a or b) and c, j: a[1:2, ::3],
    k: 'it\'s', l: b"\x00", m: 1e100, n: 10**20, o: 1j, p: ..., q: a < b <= c is not d, r: (a, ),
    s: call(x, *y, k=1, **z), t: (a.b)[c].d(), u: {1, 2}, v: {}, w: (), x: ~a @ b // c, y: "a" "b",
    z: (a for b in c), aa: 0xFF, bb: -1, cc: 1_000, dd: u'u', ee: (await_), ff: "",
) -> None:  # fmt: skip
    pass


for name, annotation in expressions.__annotations__.items():
    print(name, annotation)


class Node:
    value: int
    next: Node | None = None
    __private: typing.List[Node]

    def method(self, other: Node) -> Node.Inner:
        pass

    class Inner:
        up: Node


print(Node.__annotations__, Node.method.__annotations__, Node.Inner.__annotations__)
print(typing.get_type_hints(Node.Inner)["up"] is Node)

x: undefined_at_module_level
y: int = 5
print(__annotations__)


@dataclasses.dataclass
class Data:
    a: int
    b: typing.ClassVar[int] = 3
    c: dataclasses.InitVar[str] = "c"
    d: list[Data] = dataclasses.field(default_factory=list)

    def __post_init__(self, c):
        self.from_init = c


d = Data(1, "given")
print([f.name for f in dataclasses.fields(Data)], d.from_init, d)


class Record(typing.NamedTuple):
    a: int
    b: str = "b"


class Movie(typing.TypedDict, total=False):
    title: str
    year: int


print(Record(1), Record.__annotations__["a"], sorted(Movie.__annotations__), Movie.__total__)


def closure():
    T = int

    def inner(v: T):
        pass

    return inner.__annotations__, inner.__code__.co_freevars


print(closure())
