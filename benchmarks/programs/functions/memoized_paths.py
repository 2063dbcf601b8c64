"""Counts of paths in a grid with obstacles, by recursion that keeps what it has found in a dict."""

import sys

SIZES = {"tiny": (8, 2), "small": (330, 18), "large": (330, 150)}
MODULUS = 1_000_000_007


def count(row, column, seed, known):
    """Number of ways from the corner to here."""
    if row < 0 or column < 0:
        return 0
    if row == 0 and column == 0:
        return 1
    if row and column and (row * row + column * 7 + seed) % 11 == 0:
        return 0
    key = row * 1000 + column
    if key in known:
        return known[key]
    result = count(row - 1, column, seed, known) + count(row, column - 1, seed, known)
    result %= MODULUS
    known[key] = result
    return result


def main(size, times):
    total = 0
    for seed in range(times):
        known = {}
        for corner in range(0, size, 5):
            total += count(corner, corner, seed, known)
    print(f"{times} grids: {total % MODULUS}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
