"""Sieve of Eratosthenes, done anew several times: primes below a limit, and their sum.

Stores into a flat list with a step, then a scan of it.
"""

import sys

SIZES = {"tiny": (20_000, 1), "small": (2_000_000, 4), "large": (2_000_000, 45)}


def sieve(limit):
    composite = [0] * limit
    composite[0] = composite[1] = 1
    number = 2
    while number * number < limit:
        if composite[number] == 0:
            multiple = number * number
            while multiple < limit:
                composite[multiple] = 1
                multiple += number
        number += 1
    return composite


def main(limit, times):
    count = 0
    total = 0
    for _ in range(times):
        composite = sieve(limit)
        for number in range(limit):
            if not composite[number]:
                count += 1
                total += number
    print(f"{count} primes, sum {total}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
