"""Conway's life on an unbounded plane of sets, and the glider's way."""

from collections import Counter
from itertools import product


def neighbours(cell):
    x, y = cell
    return {(x + dx, y + dy) for dx, dy in product((-1, 0, 1), repeat=2) if (dx, dy) != (0, 0)}


def step(alive):
    counts = Counter(near for cell in alive for near in neighbours(cell))
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in alive}


def parse(picture):
    return {(x, y) for y, row in enumerate(picture.split()) for x, c in enumerate(row) if c == "#"}


def render(alive, width, height):
    return "\n".join("".join(".#"[(x, y) in alive] for x in range(width)) for y in range(height))


glider = parse(".#. ..# ###")
for generation in range(5):
    print(f"generation {generation}, {len(glider)} alive")
    print(render(glider, 5, 5))
    glider = step(glider)
pentomino = parse(".## ##. .#.")
sizes = []
for _ in range(40):
    sizes.append(len(pentomino))
    pentomino = step(pentomino)
print(sizes, min(pentomino), max(pentomino))
