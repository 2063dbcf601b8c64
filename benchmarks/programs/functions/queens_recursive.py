"""The n queens problem by a recursive function that marks rows and diagonals in lists."""

import sys

SIZES = {"tiny": 5, "small": 12, "large": 13}


def place(column, size, rows, rising, falling):
    """Number of ways to place queens from `column` on."""
    if column == size:
        return 1
    found = 0
    for row in range(size):
        if rows[row] or rising[row + column] or falling[row - column + size - 1]:
            continue
        rows[row] = rising[row + column] = falling[row - column + size - 1] = True
        found += place(column + 1, size, rows, rising, falling)
        rows[row] = rising[row + column] = falling[row - column + size - 1] = False
    return found


def main(size):
    free = [False] * size
    diagonals = 2 * size - 1
    for board in range(4, size + 1):
        count = place(0, board, free, [False] * diagonals, [False] * diagonals)
        print(f"{board} queens: {count} solutions")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
