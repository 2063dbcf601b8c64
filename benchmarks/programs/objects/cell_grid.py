"""Heat that spreads over a grid of cells, each of which knows its neighbours, for N rounds.

Objects in lists in objects; two passes over all of them.
"""

import sys

SIZES = {"tiny": 2, "small": 5_000, "large": 40_000}

WIDTH = 32
HEIGHT = 24


class Cell:
    def __init__(self, heat):
        self.heat = heat
        self.coming = 0.0
        self.neighbours = []
        self.is_wall = False

    def gather(self):
        total = 0.0
        for neighbour in self.neighbours:
            total += neighbour.heat
        return total / len(self.neighbours)

    def settle(self):
        if not self.is_wall:
            self.heat += (self.coming - self.heat) * 0.5


def make_grid():
    rows = [[Cell((x * y) % 17 * 1.0) for x in range(WIDTH)] for y in range(HEIGHT)]
    for y in range(HEIGHT):
        for x in range(WIDTH):
            cell = rows[y][x]
            cell.is_wall = x in (0, WIDTH - 1)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                cell.neighbours.append(rows[(y + dy) % HEIGHT][(x + dx) % WIDTH])
    return rows


def main(rounds):
    rows = make_grid()
    for _ in range(rounds):
        for row in rows:
            for cell in row:
                cell.coming = cell.gather()
        for row in rows:
            for cell in row:
                cell.settle()
    total = sum(cell.heat for row in rows for cell in row)
    print(f"heat {total:.9f}, middle {rows[12][16].heat:.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
