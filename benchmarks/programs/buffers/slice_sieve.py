"""Sieve of Eratosthenes by slices of a bytearray: C code does most of it, and a loop counts."""

import sys

SIZES = {"tiny": (20_000, 1), "small": (4_000_000, 4), "large": (4_000_000, 40)}


def sieve(limit):
    prime = bytearray([1]) * limit
    prime[0] = prime[1] = 0
    for number in range(2, int(limit**0.5) + 1):
        if prime[number]:
            prime[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return prime


def main(limit, times):
    count = 0
    total = 0
    for _ in range(times):
        prime = sieve(limit)
        for number in range(limit):
            if prime[number]:
                count += 1
                total += number
    print(f"{count} primes, sum {total}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
