"""Paths through a grid and a knapsack, with tables that are dicts under pairs."""

import sys

SIZES = {"tiny": (8, 1), "small": (120, 220), "large": (200, 630)}


def paths(size):
    table = {(0, 0): 1}
    for x in range(size):
        for y in range(size):
            if x or y:
                above = table.get((x - 1, y), 0)
                left = table.get((x, y - 1), 0)
                table[(x, y)] = (above + left) % 1_000_003
    return table[(size - 1, size - 1)]


def knapsack(weights, values, capacity):
    best = {0: 0}
    for weight, value in zip(weights, values, strict=True):
        following = dict(best)
        for used, worth in best.items():
            total = used + weight
            if total <= capacity and following.get(total, -1) < worth + value:
                following[total] = worth + value
        best = following
    return max(best.values())


def main(size, times):
    weights = [k * 7 % 23 + 3 for k in range(30)]
    values = [k * 11 % 31 + 1 for k in range(30)]
    check = 0
    for number in range(times):
        check = (check + paths(size) + knapsack(weights, values, size + number)) % 1_000_003
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
