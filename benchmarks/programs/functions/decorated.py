"""Decorated functions: a wrapper that counts calls, one that checks arguments, one that caches."""

import functools
import sys

SIZES = {"tiny": 100, "small": 3_000_000, "large": 25_000_000}

calls = 0


def counted(function):
    @functools.wraps(function)
    def wrapper(*args):
        global calls
        calls += 1
        return function(*args)

    return wrapper


def checked(function):
    @functools.wraps(function)
    def wrapper(x, y):
        if x < 0 or y < 0:
            raise ValueError("negative")
        return function(x, y)

    return wrapper


@counted
def add(a, b):
    return a * 3 + b


@checked
def mix(x, y):
    return (x ^ (y << 1)) & 0xFFFF


@functools.cache
def weight(n):
    return n * n % 17 + 1


def main(count):
    total = 0
    for i in range(count):
        total = (add(total, i) + mix(i, total) * weight(i % 100)) % 1_000_003
    print(f"{total} after {calls} calls")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
