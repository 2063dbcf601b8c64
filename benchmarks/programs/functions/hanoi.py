"""Moves of the towers of Hanoi, counted by recursion, with the discs on the last peg."""

import sys

SIZES = {"tiny": 8, "small": 22, "large": 25}


def moves(discs, source, target):
    """Number of moves, and a checksum of them."""
    if discs == 0:
        return 0
    spare = 6 - source - target
    before = moves(discs - 1, source, spare)
    after = moves(discs - 1, spare, target)
    return (before * 3 + discs * source + target + after) % 1_000_003


def main(discs):
    print(f"{discs} discs: checksum {moves(discs, 1, 3)}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
