"""Heat on a plate of 100 x 100 points for N steps: a float stencil between two grids."""

import sys

SIZES = {"tiny": 1, "small": 1_100, "large": 8_000}

SIDE = 100


def step(grid, following, side):
    change = 0.0
    for y in range(1, side - 1):
        above = grid[y - 1]
        row = grid[y]
        below = grid[y + 1]
        target = following[y]
        for x in range(1, side - 1):
            value = 0.25 * (above[x] + below[x] + row[x - 1] + row[x + 1])
            change += abs(value - row[x])
            target[x] = value
    return change


def main(steps):
    grid = [[0.0] * SIDE for _ in range(SIDE)]
    grid[0] = [100.0] * SIDE
    following = [row[:] for row in grid]
    change = 0.0
    for _ in range(steps):
        change = step(grid, following, SIDE)
        grid, following = following, grid
    total = 0.0
    for row in grid:
        for value in row:
            total += value
    print(f"change {change!r}, heat {total!r}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
