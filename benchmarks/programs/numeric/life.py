"""Game of Life for N generations on a torus of 64 x 64 cells, kept in one flat list of integers."""

import sys

SIZES = {"tiny": 2, "small": 1_150, "large": 9_300}

WIDTH = 64
HEIGHT = 64


def seed():
    state = 12345
    cells = [0] * (WIDTH * HEIGHT)
    for i in range(WIDTH * HEIGHT):
        state = (state * 1103515245 + 12345) % 2147483648
        if state % 100 < 37:
            cells[i] = 1
    return cells


def step(cells, following):
    for y in range(HEIGHT):
        row = y * WIDTH
        above = (y - 1) % HEIGHT * WIDTH
        below = (y + 1) % HEIGHT * WIDTH
        for x in range(WIDTH):
            left = (x - 1) % WIDTH
            right = (x + 1) % WIDTH
            neighbours = (
                cells[above + left]
                + cells[above + x]
                + cells[above + right]
                + cells[row + left]
                + cells[row + right]
                + cells[below + left]
                + cells[below + x]
                + cells[below + right]
            )
            if neighbours == 3 or (neighbours == 2 and cells[row + x]):
                following[row + x] = 1
            else:
                following[row + x] = 0


def main(generations):
    cells = seed()
    following = [0] * len(cells)
    for _ in range(generations):
        step(cells, following)
        cells, following = following, cells
    alive = 0
    checksum = 0
    for i, cell in enumerate(cells):
        alive += cell
        checksum = (checksum + i * cell) % 1_000_003
    print(f"{alive} alive, checksum {checksum}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
