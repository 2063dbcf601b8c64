"""Conway's game of life on lists of rows: each generation is a new list of new rows."""

import sys

SIZES = {"tiny": (12, 4), "small": (160, 230), "large": (320, 460)}


def step(grid, size):
    result = []
    for y in range(size):
        above = grid[y - 1]
        here = grid[y]
        below = grid[(y + 1) % size]
        row = []
        for x in range(size):
            left = x - 1
            right = (x + 1) % size
            count = above[left] + above[x] + above[right] + here[left] + here[right]
            count += below[left] + below[x] + below[right]
            row.append(1 if count == 3 or (count == 2 and here[x]) else 0)
        result.append(row)
    return result


def main(size, generations):
    grid = [[1 if (x * 7 + y * y + x * y) % 5 < 2 else 0 for x in range(size)] for y in range(size)]
    for _ in range(generations):
        grid = step(grid, size)
    alive = 0
    check = 0
    for row in grid:
        alive += sum(row)
        for cell in row:
            check = (check * 2 + cell) % 1_000_000_007
    print(alive, check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
