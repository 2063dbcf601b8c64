"""Five cases that show at a glance whether native code works at all."""

from checking import check, finish


def add(n):
    total = 0
    for i in range(n):
        total = total + i
    return total


def multiply(n):
    total = 0
    for i in range(n):
        total = total + i * 3
    return total


def subtract(n):
    total = 1_000_000
    for i in range(n):
        total = total - i
    return total


def compare(n):
    count = 0
    for i in range(n):
        if i < 500:
            count = count + 1
    return count


def mixed(n):
    total = 0.0
    for i in range(n):
        total = total + i * 0.5 - (i // 3) + (i & 1)
    return total


check("add", add(1000), 499500)
check("multiply", multiply(1000), 1498500)
check("subtract", subtract(1000), 500500)
check("compare", compare(1000), 500)
check("mixed", mixed(1000), 84083.0)
finish()
