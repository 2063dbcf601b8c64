"""Number literals: huge integers, floats at the edges, complex, bases, folding, identity of sign."""

import math
import struct

print(0, 00, 0b1011, 0o777, 0xDEAD_BEEF, 1_000_000, 0b1111_0000, 0XfF, 0B1, 0O7)
print(2**31, -(2**31), 2**63, -(2**63), 2**64, 10**30, -(10**30))
print(123456789012345678901234567890, -123456789012345678901234567890)
HUGE = 0x1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF
print(HUGE, HUGE.bit_length(), HUGE % 997, -HUGE == ~HUGE + 1)
print(1 << 200, (1 << 200) - 1, hash(1 << 200), 7**77 % 10**9)
print(0.0, -0.0, 1.0, 1e0, 1.5e-10, 1E5, .5, 5., 1_0.0_1, 1e308, 1e309, -1e309, 1e-324, 5e-324)
print(0.1 + 0.2, 1e16 + 1, 2.5e-8, 123456789.123456789, 1.7976931348623157e308, 2.2250738585072014e-308)
print(1j, 0j, -0j, 1.5j, 1e5J, 3 + 4j, 3 - 4j, -3 + 4j, (-0.0 + 0j), complex(0, -0.0), -1j, 10j**2)


def sign(x):
    return math.copysign(1, x)


def zeros():
    return [sign(z) for z in (0.0, -0.0, 0 * -1.0, -0.0 + 0.0, -0.0 - 0.0, abs(-0.0))]


def zero_tuples():
    return (0.0, 1), (-0.0, 1), (0, 1), (False, True), (0.0, -0.0)


print(zeros(), [[sign(x) if isinstance(x, float) else type(x).__name__ for x in t] for t in zero_tuples()])
print([struct.pack("d", x).hex() for x in (0.0, -0.0)], str(-0.0), repr((0.0, -0.0)), -0.0 == 0.0)


def same_value_different_type():
    return 1, 1.0, True, 1 + 0j, (1,), (1.0,), (True,), frozenset([1])


print(same_value_different_type(), [type(x).__name__ for x in same_value_different_type()[:4]])
print({1: "int", 1.0: "float", True: "bool"}, 1 in (1.0,), 1.0 in {True})


def folded():
    return (
        60 * 60 * 24, 2**10, -5, +5, ~5, not 0, 7 // 2, -7 // 2, 7 % -3, -7 % 3, 7 / 2, 1 << 4, 0xF0 >> 4,
        5 & 3, 5 | 3, 5 ^ 3, "a" * 3, "a" + "b", (1, 2) + (3,), (1,) * 3, [1, 2][1], "abc"[1], (1, 2, 3)[-1],
        b"x" * 2, "%s" % 5, 1 < 2, -(-5), --5, not not 1, 2**-1, (-2) ** 2, -2**2, 1 if 1 else 2,
    )  # fmt: skip


print(folded())


def errors_at_run_time():
    results = []
    for make in (
        lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 0.0**-1, lambda: 1 << -1, lambda: "a" + 1,
        lambda: (1,)[3], lambda: "a"["b" != ""] + "", lambda: -"a", lambda: ~1.5, lambda: 10.0**400,
        lambda: "a" * 10**30, lambda: 1 / 0.0, lambda: (-8) ** (1 / 3),
    ):  # fmt: skip
        try:
            results.append(make())
        except Exception as error:
            results.append(f"{type(error).__name__}: {error}")
    return results


for result in errors_at_run_time():
    print(result)
inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, inf - inf, 1e309 == inf, 1e309 - 1e309, 1e309 * 0, [nan] == [nan])
print(math.pi, math.e, math.inf, math.nan, 22 / 7, 1 / 3, 2**0.5, 1e22, 1e21, 123e-7, 0.00001, 1e15 / 3)
print(0.1.hex(), float.fromhex("0x1.8p3"), (0.5).as_integer_ratio(), (5).bit_count(), 1.0.is_integer())
print(5 .real, 5..imag, 1.0.real, 1_0.5.real, 1j.imag)
print(7 // 2, -7 // 2, 7 // -2, 7.0 // 2, 7 % 3, -7 % 3, 7 % -3, -7.5 % 2, divmod(-7, 2), divmod(7.5, -2))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), int(-3.9), math.floor(-3.1))
print(True + True, True * 5, -True, sum([True, False, True]), True == 1, True & 5, True ^ True)
print(10**100 == 1e100, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, int(1e100) == 10**100, hash(2**61 - 1))
print((1 + 2j) * (3 - 1j), (1 + 2j) / (1 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), 1j**2, (1 + 1j) ** 3)
