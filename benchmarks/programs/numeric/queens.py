"""N queens that do not attack each other: a recursion over bit masks, without any list."""

import sys

SIZES = {"tiny": 5, "small": 13, "large": 14}


def place(full, columns, left, right):
    if columns == full:
        return 1
    solutions = 0
    free = full & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        solutions += place(full, columns | bit, ((left | bit) << 1) & full, (right | bit) >> 1)
    return solutions


def main(size):
    print(f"{size} queens: {place((1 << size) - 1, 0, 0, 0)} solutions")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
