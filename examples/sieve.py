"""Primes below N by the sieve of Eratosthenes: `sieve.py [N]` (default 3,000,000)."""

import sys
from collections import Counter
from itertools import pairwise


def sieve(limit: int) -> list[bool]:
    """`result[n]` tells whether n is prime, for every n below `limit` (at least 2)."""
    is_prime = [True] * limit
    is_prime[0] = is_prime[1] = False
    candidate = 2
    while candidate * candidate < limit:
        if is_prime[candidate]:
            for multiple in range(candidate * candidate, limit, candidate):
                is_prime[multiple] = False
        candidate += 1
    return is_prime


def twins(primes: list[int]) -> int:
    """How many neighbours differ by two."""
    return sum(1 for a, b in pairwise(primes) if b - a == 2)


def widest_gap(primes: list[int]) -> tuple[int, int]:
    """The first pair of neighbours with the widest gap between them."""
    best = (primes[0], primes[1])
    for a, b in pairwise(primes):
        if b - a > best[1] - best[0]:
            best = (a, b)
    return best


def main() -> None:
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
    primes = [number for number, prime in enumerate(sieve(max(limit, 10))) if prime]
    endings = Counter(prime % 10 for prime in primes)
    low, high = widest_gap(primes)
    print(f"primes below {limit}: {len(primes)}")
    print("the last five:", *primes[-5:])
    print(f"twin pairs: {twins(primes)}")
    print(f"widest gap: {high - low} (from {low} to {high})")
    for digit, count in sorted(endings.items()):
        print(f"ending in {digit}: {count}")


if __name__ == "__main__":
    main()
