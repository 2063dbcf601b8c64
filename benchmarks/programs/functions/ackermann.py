"""Ackermann's function: deep recursion whose arguments are results of recursion."""

import sys

SIZES = {"tiny": (2, 20, 2), "small": (3, 6, 95), "large": (3, 7, 190)}


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def main(m, n, rounds):
    total = 0
    for _ in range(rounds):
        total += ackermann(m, n)
    print(f"{rounds} times ackermann({m}, {n}): {total}")


if __name__ == "__main__":
    sys.setrecursionlimit(5_000)
    main(*SIZES[sys.argv[1]])
