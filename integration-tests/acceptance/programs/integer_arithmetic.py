"""Integers: every operator, negative operands, and results beyond 64 bits."""

from checking import check, finish


def addition(n):
    total = 0
    for i in range(n):
        total += i + 7
    return total


def subtraction(n):
    total = 0
    for i in range(n):
        total += 7 - i
    return total


def multiplication(n):
    total = 0
    for i in range(n):
        total += i * (i + 1)
    return total


def floor_division(n):
    total = 0
    for i in range(-n, n):
        total += i // 7 + i // -3
    return total


def modulo(n):
    total = 0
    for i in range(-n, n):
        total += i % 7 * 100 + i % -3
    return total


def power(n):
    total = 0
    for i in range(-n, n):
        total += i**2 - i**3
    return total


def true_division(n):
    total = 0.0
    for i in range(-n, n):
        total += i / 7
    return total


def beyond_64_bits(n):
    total = 2**63 - 250_000
    for i in range(n):
        total += i
    return total


def greatest_common_divisor(n):
    total = 0
    a = 0
    while a < n:
        x, y = a, 360
        while y:
            x, y = y, x % y
        total += x
        a += 1
    return total


def collatz(n):
    longest = 0
    for start in range(1, n):
        steps = 0
        value = start
        while value != 1:
            if value % 2:
                value = 3 * value + 1
            else:
                value //= 2
            steps += 1
        if steps > longest:
            longest = steps
    return longest


check("addition", addition(1000), 506500)
check("subtraction", subtraction(1000), -492500)
check("multiplication", multiplication(1000), 333333000)
check("floor division", floor_division(1000), -1333)
check("modulo", modulo(1000), 598001)
check("power", power(1000), 1666667000)
check("true division", true_division(1000), -142.8571428571418)
check("beyond 64 bits", beyond_64_bits(1000), 9223372036855025308)
check("greatest common divisor", greatest_common_divisor(1000), 10638)
check("collatz", collatz(1000), 178)
finish()
