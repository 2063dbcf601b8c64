"""Bits set in all numbers below N, counted twice: by clearing the lowest bit, and in parallel."""

import sys

SIZES = {"tiny": 2_000, "small": 1_650_000, "large": 11_500_000}


def by_clearing(number):
    bits = 0
    while number:
        number &= number - 1
        bits += 1
    return bits


def in_parallel(number):
    number -= (number >> 1) & 0x55555555
    number = (number & 0x33333333) + ((number >> 2) & 0x33333333)
    number = (number + (number >> 4)) & 0x0F0F0F0F
    return (number * 0x01010101 >> 24) & 0xFF


def main(limit):
    cleared = 0
    parallel = 0
    for number in range(limit):
        cleared += by_clearing(number)
        parallel += in_parallel(number ^ 0xFFFF)
    print(f"{cleared} {parallel}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
