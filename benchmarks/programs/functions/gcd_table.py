"""Greatest common divisors and Bezout-like sums by recursion, from a nested loop."""

import sys

SIZES = {"tiny": 40, "small": 2_000, "large": 5_400}


def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)


def steps(a, b, count=0):
    """Division steps that Euclid's algorithm takes."""
    if b == 0:
        return count
    return steps(b, a % b, count=count + 1)


def main(limit):
    total = longest = 0
    for a in range(1, limit):
        for b in range(1, a, 3):
            total += gcd(a, b)
            longest = max(longest, steps(a, b))
    print(f"sum {total}, at most {longest} steps")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
