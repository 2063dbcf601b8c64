"""Sum of gcd(i, j) over all 1 <= j < i <= N, by Euclid's loop; parallel assignment."""

import sys

SIZES = {"tiny": 60, "small": 3_100, "large": 8_450}


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def main(limit):
    total = 0
    coprime = 0
    for i in range(1, limit + 1):
        for j in range(1, i):
            divisor = gcd(i, j)
            total += divisor
            if divisor == 1:
                coprime += 1
    print(f"sum {total}, {coprime} coprime pairs")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
