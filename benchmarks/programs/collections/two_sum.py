"""Pairs of numbers with a given sum, found by a dict of the numbers before."""

import sys

SIZES = {"tiny": (300, 4), "small": (20_000, 160), "large": (20_000, 1_500)}


def pairs(numbers, target):
    seen = {}
    found = 0
    for position in range(len(numbers)):
        other = target - numbers[position]
        if other in seen:
            found += position - seen[other]
        seen[numbers[position]] = position
    return found


def main(size, rounds):
    state = 3
    check = 0
    for number in range(rounds):
        values = []
        for _ in range(size):
            state = (state * 16807) % 2147483647
            values.append(state % 50_000)
        check = (check * 31 + pairs(values, 40_000 + number)) % 1_000_000_007
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
