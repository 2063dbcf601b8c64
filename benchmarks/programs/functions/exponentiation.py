"""Powers by squaring, modular and of floats, by recursion."""

import sys

SIZES = {"tiny": 200, "small": 200_000, "large": 1_500_000}
MODULUS = 1_000_003


def power_mod(base, exponent):
    if exponent == 0:
        return 1
    half = power_mod(base, exponent // 2)
    square = half * half % MODULUS
    return square * base % MODULUS if exponent % 2 else square


def power(base, exponent):
    if exponent == 0:
        return 1.0
    half = power(base, exponent // 2)
    return half * half * base if exponent % 2 else half * half


def main(count):
    checksum = 0
    total = 0.0
    for n in range(1, count):
        checksum ^= power_mod(n, n + 17)
        total += power(1.0 + 1.0 / n, n % 64)
    print(f"checksum {checksum}, total {total:.6f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
