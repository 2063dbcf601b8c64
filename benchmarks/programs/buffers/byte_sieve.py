"""Sieve of Eratosthenes over a bytearray, done anew several times."""

import sys

SIZES = {"tiny": (20_000, 1), "small": (2_000_000, 4), "large": (2_000_000, 45)}


def sieve(limit):
    composite = bytearray(limit)
    composite[0] = composite[1] = 1
    for number in range(2, limit):
        if number * number >= limit:
            break
        if not composite[number]:
            for multiple in range(number * number, limit, number):
                composite[multiple] = 1
    return composite


def main(limit, times):
    count = 0
    total = 0
    for _ in range(times):
        for number, mark in enumerate(sieve(limit)):
            if not mark:
                count += 1
                total += number
    print(f"{count} primes, sum {total}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
