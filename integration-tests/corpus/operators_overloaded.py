"""Overloaded operators: reflected forms, subclasses first, NotImplemented, unary and conversions."""

import math
import operator


class Num:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"{type(self).__name__}({self.value})"


def binary(symbol):
    def method(self, other):
        return f"{self!r} {symbol} {other!r}"

    def reflected(self, other):
        return f"{other!r} {symbol}r {self!r}"

    return method, reflected


for name, symbol in {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**",
    "lshift": "<<", "rshift": ">>", "and": "&", "or": "|", "xor": "^", "matmul": "@", "divmod": "divmod",
}.items():  # fmt: skip
    method, reflected = binary(symbol)
    setattr(Num, f"__{name}__", method)
    setattr(Num, f"__r{name}__", reflected)
for name in ("neg", "pos", "invert", "abs"):
    setattr(Num, f"__{name}__", lambda self, name=name: f"{name} {self!r}")

a, b = Num(1), Num(2)
print(a + b, a - b, a * b, a / b, a // b, a % b, a**b, sep="; ")
print(a << b, a >> b, a & b, a | b, a ^ b, a @ b, divmod(a, b), sep="; ")
print(5 + a, "s" * a, [] @ a, 2**a, divmod(3, a), None | a, sep="; ")
print(-a, +a, ~a, abs(a), -(-5), sep="; ")


class Sub(Num):
    def __radd__(self, other):
        return "subclass goes first"


class SameSub(Num):
    pass


print(a + Sub(3), Sub(3) + a, a + SameSub(3), sep="; ")


class Declines:
    def __add__(self, other):
        print("add declines")
        return NotImplemented

    def __radd__(self, other):
        print("radd declines")
        return NotImplemented

    def __eq__(self, other):
        print("eq declines")
        return NotImplemented

    def __lt__(self, other):
        return NotImplemented

    __hash__ = None


class OtherDeclines(Declines):
    pass


for operation in (
    lambda: Declines() + Declines(), lambda: Declines() + OtherDeclines(), lambda: Declines() + 1,
    lambda: 1 + Declines(), lambda: Declines() < Declines(), lambda: Declines() == Declines(),
    lambda: Declines() - 1, lambda: -Declines(), lambda: hash(Declines()), lambda: Declines()[0],
    lambda: Declines() @ 1, lambda: divmod(Declines(), 2), lambda: pow(Declines(), 2), lambda: ~Declines(),
):  # fmt: skip
    try:
        print(operation())
    except TypeError as error:
        print(error)


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __int__(self):
        return self.cents // 100

    def __float__(self):
        return self.cents / 100

    def __complex__(self):
        return complex(self.cents, 1)

    def __index__(self):
        return self.cents

    def __round__(self, digits=None):
        return f"rounded {digits}"

    def __trunc__(self):
        return "truncated"

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __bool__(self):
        return self.cents != 0

    def __hash__(self):
        return hash(self.cents)

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __pow__(self, exponent, modulo=None):
        return ("pow", exponent, modulo)

    def __str__(self):
        return f"${self.cents / 100:.2f}"

    def __bytes__(self):
        return b"money"

    def __format__(self, spec):
        return f"{self!s}:{spec}"


m = Money(3)
print(int(m), float(m), complex(m), round(m), round(m, 2), math.trunc(m), math.floor(m), math.ceil(m))
print(hex(m), bin(m), [10, 20, 30, 40][m], "abcdef"[m:], range(10)[m], b"x" * m, bool(Money(0)))
print(pow(m, 2), pow(m, 2, 5), m**4, hash(m), str(m), bytes(m), f"{m:x}", "%s" % m, chr(Money(65)))


class Bad:
    def __int__(self):
        return "text"

    def __str__(self):
        return 5

    def __bool__(self):
        return 1

    def __index__(self):
        return 1.5

    def __len__(self):
        return -1

    def __hash__(self):
        return "x"

    def __repr__(self):
        return b"bytes"

    def __getitem__(self, i):
        return i

    def __float__(self):
        return 1

    def __iter__(self):
        return 5


for function in (int, str, bool, operator.index, len, hash, repr, float, iter, list, lambda x: [1][x], lambda x: not x):
    try:
        print(function(Bad()))
    except (TypeError, ValueError) as error:
        print(error)


class Vector(tuple):
    def __add__(self, other):
        return Vector(x + y for x, y in zip(self, other))

    def __mul__(self, factor):
        return Vector(x * factor for x in self) if isinstance(factor, int) else NotImplemented

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(x * y for x, y in zip(self, other))

    def __neg__(self):
        return self * -1

    def __eq__(self, other):
        return isinstance(other, Vector) and tuple(self) == tuple(other)

    def __hash__(self):
        return hash(tuple(self))


v, w = Vector((1, 2)), Vector((3, 4))
print(v + w, 2 * v, v * 3, -v, v @ w, v == (1, 2), v == Vector((1, 2)), sum([v, w], Vector((0, 0))))
print({v: "key"}[Vector((1, 2))], v < w, len(v), v[0], [*v], v != w)
