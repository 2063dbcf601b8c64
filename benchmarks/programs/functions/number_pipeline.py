"""Numbers through generators of the program: a source, a filter, a running sum, a window."""

import sys

SIZES = {"tiny": 100, "small": 4_500_000, "large": 36_000_000}


def source(count):
    state = 11
    for _ in range(count):
        state = (state * 48271) % 2147483647
        yield state % 1000


def only_odd(numbers):
    for number in numbers:
        if number % 2:
            yield number


def running_sum(numbers):
    total = 0
    for number in numbers:
        total += number
        yield total


def fibonacci(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


def main(count):
    checksum = 0
    for total in running_sum(only_odd(source(count))):
        checksum = (checksum * 3 + total) % 1_000_003
    small = 0
    for k in range(count // 40):
        for number in fibonacci(k):
            small += number
    print(f"checksum {checksum}, {small % 1_000_003}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
