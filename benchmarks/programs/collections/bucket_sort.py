"""Numbers counted, and dealt into buckets: lists of lists that grow."""

import sys

SIZES = {"tiny": (1_000, 2), "small": (200_000, 15), "large": (300_000, 80)}
BUCKETS = 64


def deal(values, buckets):
    for value in values:
        buckets[value % BUCKETS].append(value)


def main(size, rounds):
    state = 99
    check = 0
    counts = [0] * 1000
    for _ in range(rounds):
        values = []
        for _ in range(size):
            state = (state * 16807) % 2147483647
            values.append(state % 1000)
        for value in values:
            counts[value] += 1
        buckets = [[] for _ in range(BUCKETS)]
        deal(values, buckets)
        for k, bucket in enumerate(buckets):
            for value in bucket:
                check = (check * 7 + value + k) % 1_000_000_007
    print(check, max(counts), min(counts))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
