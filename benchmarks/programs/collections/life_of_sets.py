"""The game of life on an unbounded board: a set of pairs, neighbours counted in a dict."""

import sys

SIZES = {"tiny": 3, "small": 5_000, "large": 40_000}


def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    place = (x + dx, y + dy)
                    counts[place] = counts.get(place, 0) + 1
    following = set()
    for place, n in counts.items():
        if n == 3 or (n == 2 and place in cells):
            following.add(place)
    return following


def main(rounds):
    cells = {(x, y) for x in range(40) for y in range(40) if (x * x + y * 3) % 5 < 2}
    for _ in range(rounds):
        cells = step(cells)
    print(len(cells), sum(x * 3 + y for x, y in cells))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
