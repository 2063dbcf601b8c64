"""Primes by trial division by those found so far: a list that grows while it is read."""

import sys

SIZES = {"tiny": 2_000, "small": 1_000_000, "large": 4_200_000}


def primes_below(limit):
    primes = [2]
    for number in range(3, limit, 2):
        for prime in primes:
            if prime * prime > number:
                primes.append(number)
                break
            if number % prime == 0:
                break
    return primes


def main(limit):
    primes = primes_below(limit)
    gaps = 0
    for i in range(1, len(primes)):
        gaps = max(gaps, primes[i] - primes[i - 1])
    print(f"{len(primes)} primes, sum {sum(primes)}, widest gap {gaps}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
