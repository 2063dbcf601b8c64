"""enum: members, aliases, methods, flags, auto, class bodies, lookups, and iteration."""

import enum
from enum import Enum, Flag, IntEnum, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = RED
    _ignore_ = ["temporary"]
    temporary = [1, 2]
    for temporary in range(2):
        pass

    def describe(self):
        return f"{self.name.lower()} is {self.value}"

    @classmethod
    def default(cls):
        return cls.GREEN

    @property
    def loud(self):
        return self.name + "!"

    @staticmethod
    def static():
        return "static"


print(list(Color), Color.RED.describe(), Color.default(), Color.GREEN.loud, Color.static())
print(Color(1), Color["GREEN"], Color.CRIMSON is Color.RED, Color.CRIMSON.name, len(Color))
print(repr(Color.RED), str(Color.RED), f"{Color.RED}", Color.RED == 1, Color.RED in Color, isinstance(Color.RED, Color))
print(Color.__members__.keys(), hasattr(Color, "temporary"), Color.RED.__class__.__name__)
for bad in (lambda: Color(9), lambda: Color["BLUE"], lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED")):
    try:
        bad()
    except (ValueError, KeyError, AttributeError) as error:
        print(type(error).__name__, error)


class Planet(Enum):
    MERCURY = (3.3e23, 2.4e6)
    EARTH = (5.9e24, 6.3e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def density(self):
        return round(self.mass / self.radius**3)


print(Planet.EARTH.density, Planet.MERCURY.value)


class Auto(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return f"{name.lower()}-{count}"

    FIRST = auto()
    SECOND = auto()
    THIRD = "explicit"
    FOURTH = auto()


print([m.value for m in Auto])


class Number(IntEnum):
    ONE = 1
    TWO = auto()
    SEVEN = 7
    EIGHT = auto()


print(Number.TWO + 1, Number.EIGHT, sorted(Number, reverse=True)[0].name, [10, 20][Number.ONE], f"{Number.SEVEN:03}")


class Text(StrEnum):
    HELLO = auto()
    BYE = "good bye"


print(Text.HELLO, Text.BYE.upper(), Text("hello") is Text.HELLO, "-".join(Text))


class Permission(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


print(Permission.R | Permission.X, Permission.RW & Permission.W, Permission.R in Permission.RW, ~Permission.RW, Permission(0))
print([p.name for p in Permission], list(Permission.R | Permission.X), bool(Permission.R & Permission.W), Permission(5))

try:

    @unique
    class Duplicate(Enum):
        A = 1
        B = 1

except ValueError as error:
    print(error)
try:

    class Again(Enum):
        A = 1
        A = 2

except TypeError as error:
    print(error)
try:

    class Extend(Color):
        BLUE = 3

except TypeError as error:
    print(error)


class Base(Enum):
    def shared(self):
        return f"shared {self.value}"


class Concrete(Base):
    A = [1, 2]
    B = {"k": 1}


print(Concrete.A.shared(), Concrete([1, 2]), Concrete.B.value)


class WithNew(bytes, Enum):
    def __new__(cls, value, label):
        member = bytes.__new__(cls, [value])
        member._value_ = value
        member.label = label
        return member

    A = (65, "first")
    B = (66, "second")


print(WithNew.A.label, bytes(WithNew.B), WithNew(66).label)


class Missing(Enum):
    KNOWN = "known"

    @classmethod
    def _missing_(cls, value):
        return cls.KNOWN if str(value).lower() == "known" else None


print(Missing("KNOWN"), Missing.KNOWN.value)


class Temporaries(Enum):
    A = max(1, 2) + len("abc")
    B = [x for x in range(3)][-1] * 10
    C = (lambda: 7)()
    D = A + B + C
    E = -D if D > 0 else D
    F = {"k": (1, 2)}["k"][1]
    G = f"{A}{B}"
    H = 1 < A < 100


print([(m.name, m.value) for m in Temporaries])


def matching(value):
    match value:
        case Color.RED | Color.GREEN:
            return "color"
        case Number.ONE:
            return "one"
        case _:
            return "other"


print(matching(Color.CRIMSON), matching(1), matching(2))
print(enum.Enum("Functional", "A B", start=5).B.value, enum.nonmember.__name__)
