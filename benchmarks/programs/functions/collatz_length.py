"""Lengths of Collatz sequences by recursion, one call a step."""

import sys

SIZES = {"tiny": 300, "small": 55_000, "large": 400_000}


def length(n):
    if n == 1:
        return 1
    if n % 2 == 0:
        return 1 + length(n // 2)
    return 1 + length(3 * n + 1)


def main(limit):
    best = start = 0
    for n in range(1, limit):
        found = length(n)
        if found > best:
            best, start = found, n
    print(f"from {start}: {best} numbers")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
