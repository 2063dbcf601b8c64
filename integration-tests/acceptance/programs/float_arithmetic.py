"""Floats: every operator, to the last bit."""

from checking import check, finish


def addition(n):
    total = 0.0
    for i in range(n):
        total += i + 0.1
    return total


def subtraction(n):
    total = 0.0
    for i in range(n):
        total += 0.1 - i
    return total


def multiplication(n):
    total = 0.0
    x = 1.0
    for _ in range(n):
        x *= 1.001
        total += x * 0.3
    return total


def division(n):
    total = 0.0
    for i in range(n):
        total += 1.0 / (i + 1)
    return total


def floor_and_modulo(n):
    total = 0.0
    for i in range(-n, n):
        x = i * 0.37
        total += x // 0.7 + x % 0.7 + x % -0.7
    return total


def power(n):
    total = 0.0
    for i in range(n):
        total += (i * 0.01) ** 2.5
    return total


def mixed_with_integers(n):
    total = 0.0
    for i in range(n):
        total += i * 0.25 + (i % 3) / 3 - 2 * i
    return total


def newton(n):
    root = 0.0
    for i in range(n):
        root = 1.0
        for _ in range(6):
            root = 0.5 * (root + (i + 2.0) / root)
    return root


check("addition", addition(1000), 499599.99999999546)
check("subtraction", subtraction(1000), -499400.00000000454)
check("multiplication", multiplication(1000), 515.5922568504055)
check("division", division(1000), 7.485470860550343)
check("floor and modulo", floor_and_modulo(1000), -1528.099999999985)
check("power", power(1000), 90192.74228838565)
check("mixed with integers", mixed_with_integers(1000), -873792.0)
check("newton", newton(1000), 32.76395413513453)
finish()
