"""Lengths of Collatz sequences, with the lengths known so far in a dict."""

import sys

SIZES = {"tiny": 2_000, "small": 1_500_000, "large": 12_000_000}


def main(limit):
    known = {1: 1}
    longest = best = 0
    for start in range(2, limit):
        n = start
        steps = 0
        while n >= start:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        steps += known[n]
        known[start] = steps
        if steps > longest:
            longest = steps
            best = start
    print(best, longest, len(known))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
