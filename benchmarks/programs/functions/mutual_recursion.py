"""A grammar of functions that call each other: how many words it derives, and a parity game."""

import sys

SIZES = {"tiny": (6, 20), "small": (22, 1_700_000), "large": (27, 12_000_000)}


def sentences(depth):
    if depth <= 0:
        return 1
    return phrases(depth - 1) + clauses(depth - 2)


def phrases(depth):
    if depth <= 1:
        return 2
    return (sentences(depth - 2) + clauses(depth - 1)) % 1_000_003


def clauses(depth):
    if depth <= 0:
        return 1
    return (sentences(depth - 1) * 2 + phrases(depth - 2)) % 1_000_003


def first_wins(stones):
    return stones > 0 and not second_wins(stones - 1 - stones % 3)


def second_wins(stones):
    return stones > 1 and not first_wins(stones - 2 - stones % 2)


def main(depth, games):
    print(f"depth {depth}: {sentences(depth)}")
    print(sum(first_wins(stones % 40) for stones in range(games)))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
