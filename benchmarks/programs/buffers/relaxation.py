"""Successive over-relaxation on a grid of rows that are arrays of doubles."""

import sys
from array import array

SIZES = {"tiny": (20, 2), "small": (150, 170), "large": (150, 1200)}


def relax(rows, omega, rounds):
    quarter = omega * 0.25
    rest = 1.0 - omega
    size = len(rows)
    for _ in range(rounds):
        for y in range(1, size - 1):
            row = rows[y]
            above = rows[y - 1]
            below = rows[y + 1]
            for x in range(1, size - 1):
                around = above[x] + below[x] + row[x - 1] + row[x + 1]
                row[x] = quarter * around + rest * row[x]


def main(size, rounds):
    rows = [array("d", [float((x * y) % 17) for x in range(size)]) for y in range(size)]
    relax(rows, 1.25, rounds)
    total = 0.0
    for row in rows:
        for value in row:
            total += value
    print(f"{total:.9f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
