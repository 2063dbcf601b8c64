"""Fibonacci numbers by double recursion, called once: nothing but calls."""

import sys

SIZES = {"tiny": 18, "small": 34, "large": 38}


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def main(n):
    print(f"fib({n}) = {fib(n)}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
