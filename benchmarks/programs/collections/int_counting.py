"""How often each number occurs: a dict with ints as keys."""

import sys

SIZES = {"tiny": 5_000, "small": 5_000_000, "large": 40_000_000}


def main(count):
    state = 7
    counts = {}
    for _ in range(count):
        state = (state * 16807) % 2147483647
        key = state % 1009
        counts[key] = counts.get(key, 0) + 1
    most = max(counts.values())
    print(len(counts), most, sum(key * n for key, n in counts.items()))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
