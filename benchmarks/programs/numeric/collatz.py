"""Collatz: the start below N whose chain to 1 is longest, and the length of all chains.

A `while` loop over a few integers, inside a `for` over `range`.
"""

import sys

SIZES = {"tiny": 600, "small": 175_000, "large": 1_250_000}


def steps(start):
    length = 0
    while start != 1:
        if start % 2 == 0:
            start //= 2
        else:
            start = 3 * start + 1
        length += 1
    return length


def main(limit):
    total = 0
    longest = 0
    longest_start = 1
    for start in range(1, limit):
        length = steps(start)
        total += length
        if length > longest:
            longest = length
            longest_start = start
    print(f"start {longest_start}, {longest} steps, {total} in all")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
