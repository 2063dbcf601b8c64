"""A reaction on a ring of cells: a function that fills a list, called in a loop."""

import sys

SIZES = {"tiny": (10, 3), "small": (400, 12_000), "large": (400, 100_000)}


def step(cells, following, rate):
    size = len(cells)
    for i in range(size):
        left, right = cells[i - 1], cells[(i + 1) % size]
        following[i] = cells[i] + rate * (left - 2.0 * cells[i] + right)


def react(cells, limit):
    count = 0
    for i in range(len(cells)):
        if cells[i] > limit:
            cells[i] *= 0.999
            count += 1
    return count


def main(size, steps):
    cells = [float(i * 7 % 13) for i in range(size)]
    following = [0.0] * size
    reactions = 0
    for _ in range(steps):
        step(cells, following, 0.2)
        cells, following = following, cells
        reactions += react(cells, 6.5)
    print(f"{sum(cells):.6f} {reactions}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
