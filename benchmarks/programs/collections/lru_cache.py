"""A cache that drops what was not used for longest: a dict in the order of use."""

import sys

SIZES = {"tiny": (10, 500), "small": (300, 2_500_000), "large": (300, 20_000_000)}


def run(capacity, count):
    cache = {}
    state = 3
    hits = misses = 0
    for _ in range(count):
        state = state * 16807 % 2147483647
        key = (state >> 8) % (state % 700 + 1)
        if key in cache:
            value = cache.pop(key)
            hits += 1
        else:
            value = key * key % 1000
            misses += 1
            if len(cache) == capacity:
                oldest = next(iter(cache))
                del cache[oldest]
        cache[key] = value
    return hits, misses, sum(cache.values())


def main(capacity, count):
    print(*run(capacity, count))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
