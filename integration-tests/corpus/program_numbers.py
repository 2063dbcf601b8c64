"""Number crunching in plain Python: primes, big integers, fractions, matrices, series, bits."""

import math
from fractions import Fraction
from functools import reduce


def primes(limit):
    flags = bytearray([1]) * limit
    for n in range(2, limit):
        if flags[n]:
            yield n
            flags[n * n :: n] = bytes(len(range(n * n, limit, n)))


def pi_digits(count):
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return "".join(map(str, digits))


def egcd(a, b):
    return (a, 1, 0) if b == 0 else (lambda g, x, y: (g, y, x - a // b * y))(*egcd(b, a % b))


def is_prime(n):
    if n < 4:
        return n > 1
    d, s = n - 1, 0
    while not d & 1:
        d >>= 1
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        if n % a == 0:
            return n == a
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def determinant(matrix):
    rows = [[Fraction(x) for x in row] for row in matrix]
    result = Fraction(1)
    for i in range(len(rows)):
        pivot = next((r for r in range(i, len(rows)) if rows[r][i]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != i:
            rows[i], rows[pivot] = rows[pivot], rows[i]
            result = -result
        result *= rows[i][i]
        for r in range(i + 1, len(rows)):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    return result


def integrate(f, a, b, n=200):
    h = (b - a) / n
    return h / 3 * sum((1 if i in (0, n) else 4 if i % 2 else 2) * f(a + i * h) for i in range(n + 1))


def newton(f, x, tolerance=1e-12):
    for i in range(50):
        slope = (f(x + 1e-7) - f(x - 1e-7)) / 2e-7
        step = f(x) / slope
        x -= step
        if abs(step) < tolerance:
            return x, i


def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        yield seed >> 33


def crc(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xEDB88320 & -(value & 1)
    return value ^ 0xFFFFFFFF


found = list(primes(2000))
print(len(found), found[-5:], sum(found), reduce(lambda a, b: a * b % 1_000_007, found))
print(pi_digits(60))
print(egcd(240, 46), [n for n in range(10**9, 10**9 + 60) if is_prime(n)], is_prime(2**61 - 1), is_prime(2**67 - 1))
print(math.factorial(50) % (10**9 + 7), len(str(2**2000)), str(3**500)[-20:], (2**200 // 3**100).bit_length())
print(determinant([[2, -1, 0], [1, 3, 2], [0, 5, -4]]), determinant([[1, 2], [2, 4]]), sum(Fraction(1, n) for n in range(1, 12)))
print(f"{integrate(math.sin, 0, math.pi):.10f} {integrate(lambda x: x**3, 0, 2):.10f}")
root, rounds = newton(lambda x: x * x - 2, 1.0)
print(f"{root:.10f}", rounds < 10)
g = lcg(42)
values = [next(g) % 100 for _ in range(20)]
print(values, hex(crc(b"123456789")), crc(bytes(values)))
overflow = 1
for i in range(1, 70):
    overflow = overflow * 3 + i
    if i in (10, 38, 39, 40, 41, 69):
        print(i, overflow, -overflow // 7, -overflow % 7, overflow & 0xFF, overflow ^ (1 << 62), ~overflow >> 3)
total = 0.0
for i in range(1, 2001):
    total += (-1) ** (i + 1) / i
print(repr(total), [round(x * 0.1, 1) for x in range(8)], 0.1 * 3, 1e308 * 10, -1e308 * 10)
mean = squares = 0.0
for count, value in enumerate(values, 1):
    delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
print(f"{mean:.6f} {math.sqrt(squares / len(values)):.6f}")
print([i for i in range(40) if i & (i - 1) == 0], bin(0b1010 ^ 0b0110), [x.bit_length() for x in (0, 1, 255, 256, -5)])
