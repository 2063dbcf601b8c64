"""Prefix sums of pseudo-random numbers, and sums of ranges by means of them."""

import sys

SIZES = {"tiny": (1_000, 2), "small": (250_000, 22), "large": (500_000, 88)}


def prefix_sums(values):
    total = 0
    sums = [0]
    for value in values:
        total += value
        sums.append(total)
    return sums


def main(size, rounds):
    state = 12345
    check = 0
    for _ in range(rounds):
        values = []
        for _ in range(size):
            state = (state * 1103515245 + 12345) % 2147483648
            values.append(state % 1000)
        sums = prefix_sums(values)
        for i in range(0, size - 64, 3):
            check += sums[i + 64] - sums[i]
        check %= 1_000_000_007
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
