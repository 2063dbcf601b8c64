"""Match: class patterns, positional and keyword, `__match_args__`, built-in types, errors."""

from collections import namedtuple
from dataclasses import dataclass, field


@dataclass
class Point:
    x: int
    y: int


@dataclass
class Circle:
    centre: Point
    radius: float
    label: str = field(default="", kw_only=True)


class Manual:
    __match_args__ = ("first", "second")

    def __init__(self, first, second, third):
        self.first = first
        self.second = second
        self.third = third


class NoArgs:
    attribute = "class attribute"


Pair = namedtuple("Pair", "left right")


def describe(value):
    match value:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return f"on an axis at {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "some point"
        case Circle(Point(x, _), radius=r, label="big") if r > 1:
            return f"big circle at x={x}"
        case Circle(centre=Point() as c):
            return f"circle around {c}"
        case Manual(1, second=s, third=[t, *_]):
            return f"manual {s} {t}"
        case Manual(_, 2):
            return "second is 2"
        case Pair(left=Pair(l, r), right=_):
            return f"nested pair {l} {r}"
        case Pair(a, b):
            return f"pair {a} {b}"
        case NoArgs(attribute=a):
            return a
        case _:
            return "nothing"


for value in (
    Point(0, 0), Point(0, 5), Point(5, 0), Point(3, 3), Point(1, 2),
    Circle(Point(1, 2), 3.0, label="big"), Circle(Point(1, 2), 0.5, label="big"),
    Manual(1, "s", "text"), Manual(1, "s", ["t"]), Manual(5, 2, 0), Manual(5, 3, 0),
    Pair(1, 2), Pair(Pair(1, 2), 3), NoArgs(), (1, 2), Point,
):  # fmt: skip
    print(describe(value))


def builtin_types(value):
    match value:
        case bool(b):
            return "bool", b
        case int(i):
            return "int", i
        case float(f):
            return "float", f
        case str(s):
            return "str", s
        case bytes(b) | bytearray(b):
            return "bytes", b
        case list([a, b]):
            return "list of two", a, b
        case list(whole):
            return "list", whole
        case tuple((a, *rest)):
            return "tuple", a, rest
        case dict({"k": v}):
            return "dict with k", v
        case dict(d):
            return "dict", d
        case set(s) | frozenset(s):
            return "set", sorted(s)
        case complex(real=r, imag=i):
            return "complex", r, i
        case type():
            return "type", value.__name__
        case object(__class__=c):
            return "object", c.__name__


for value in (
    True, 3, 1.5, "s", b"b", bytearray(b"c"), [1, 2], [1], (1, 2, 3), (), {"k": 1}, {}, {3, 1},
    frozenset(), 1 + 2j, int, None,
):  # fmt: skip
    print(builtin_types(value))


class IntChild(int):
    pass


class OwnArgs(int):
    __match_args__ = ("real",)


match IntChild(5):
    case int(n):
        print(type(n).__name__, n)
match OwnArgs(6):
    case OwnArgs(r):
        print(type(r).__name__, r)


def error_of(value, cls):
    try:
        match value:
            case cls(1, 2, 3):
                return "matched"
    except TypeError as error:
        return str(error)
    return "no match"


class BadType:
    __match_args__ = ["x"]
    x = 1


class BadName:
    __match_args__ = (1, 2, 3)


print(error_of(Point(1, 2), Point))
print(error_of(NoArgs(), NoArgs), "|", error_of(3, int))
print(error_of(BadType(), BadType), "|", error_of(BadName(), BadName))
print(error_of("not an instance", Point), "|", error_of(1, "not a class"))


class Twice:
    __match_args__ = ("x", "y")
    x = y = 1


try:
    match Twice():
        case Twice(1, x=1):
            print("matched")
except TypeError as error:
    print(error)


class Logged:
    __match_args__ = ("a", "b")

    def __getattr__(self, name):
        print("getattr", name)
        if name == "missing":
            raise AttributeError(name)
        if name == "broken":
            raise RuntimeError("broken attribute")
        return name

    def __eq__(self, other):
        print("eq")
        return NotImplemented


match Logged():
    case Logged("a", c="x"):
        print("no")
    case Logged(missing=_):
        print("no")
    case Logged(a, "b", c=c):
        print(a, c)
try:
    match Logged():
        case Logged(broken=_):
            pass
except RuntimeError as error:
    print(error)


class Meta(type):
    def __instancecheck__(cls, instance):
        print("instancecheck", instance)
        return instance == 5


class Checked(metaclass=Meta):
    pass


match 5:
    case Checked():
        print("five is Checked")
match 6:
    case Checked():
        print("never")
    case _:
        print("six is not")


class Derived(Point):
    pass


match Derived(1, 2):
    case Point(a, b):
        print("derived", a, b)


class Expr:
    pass


@dataclass
class Num(Expr):
    value: int


@dataclass
class Op(Expr):
    symbol: str
    left: Expr
    right: Expr


def simplify(e):
    match e:
        case Op("+", Num(0), x) | Op("+", x, Num(0)) | Op("*", Num(1), x) | Op("*", x, Num(1)):
            return simplify(x)
        case Op("*", Num(0), _) | Op("*", _, Num(0)):
            return Num(0)
        case Op(symbol, Num(a), Num(b)):
            return Num(a + b if symbol == "+" else a * b)
        case Op(symbol, left, right):
            new = Op(symbol, simplify(left), simplify(right))
            return new if new == e else simplify(new)
    return e


print(simplify(Op("+", Op("*", Num(0), Num(5)), Op("*", Num(1), Op("+", Num(2), Num(3))))))
