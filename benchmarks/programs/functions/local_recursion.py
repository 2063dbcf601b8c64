"""Recursive functions inside a function: they count, and read what surrounds them."""

import sys

SIZES = {"tiny": (4, 10), "small": (9, 24), "large": (10, 33)}


def count_queens(size):
    full = (1 << size) - 1
    solutions = 0

    def place(columns, rising, falling):
        nonlocal solutions
        if columns == full:
            solutions += 1
            return
        free = full & ~(columns | rising | falling)
        while free:
            bit = free & -free
            free ^= bit
            place(columns | bit, (rising | bit) << 1, (falling | bit) >> 1)

    place(0, 0, 0)
    return solutions


def count_sums(parts, target):
    def ways(position, left):
        if left == 0:
            return 1
        if left < 0 or position == len(parts):
            return 0
        return ways(position, left - parts[position]) + ways(position + 1, left)

    return ways(0, target)


def main(size, target):
    for n in range(4, size + 3):
        print(f"{n} queens: {count_queens(n)}")
    print(count_sums([1, 2, 3, 5, 8, 13], target * 6))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
