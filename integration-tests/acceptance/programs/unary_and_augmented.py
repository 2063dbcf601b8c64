"""Unary operators and augmented assignments."""

from checking import check, finish


def minus(n):
    total = 0
    for i in range(n):
        total += -i
    return total


def plus(n):
    total = 0
    for i in range(-n, n // 2):
        total += +i
    return total


def invert(n):
    total = 0
    for i in range(n):
        total -= ~i
    return total


def not_(n):
    count = 0
    for i in range(n):
        if not i % 3:
            count += 1
    return count


def add_and_subtract(n):
    up = down = 0
    for i in range(n):
        up += i
        down -= i * 2
    return up * 10 - down


def multiply_and_divide(n):
    x = 1.0
    y = 12345678
    for i in range(n):
        x *= 1.5
        x /= 1.25
        if i % 100 == 99:
            y //= 2
            x *= 1e-9
    return x + y


def modulo_and_power(n):
    x = 7
    total = 0
    for _ in range(n):
        x **= 2
        x %= 1_000_003
        total += x
    return total


def bits(n):
    x = 1
    for i in range(n):
        x <<= 3
        x ^= i
        x |= 5
        x &= 0xFFFFFFF
        x >>= 1
    return x


check("minus", minus(1000), -499500)
check("plus", plus(1000), -375750)
check("invert", invert(1000), 500500)
check("not", not_(1000), 334)
check("add and subtract", add_and_subtract(1000), 5994000)
check("multiply and divide", multiply_and_divide(1000), 12056.000000000015)
check("modulo and power", modulo_and_power(1000), 507209202)
check("bits", bits(1000), 5700255)
finish()
