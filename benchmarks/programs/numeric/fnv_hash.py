"""FNV-1a over N integers, in 64 bits: products outgrow a machine word before they are masked.

The hard case beside `bit_mixing`: each step makes a big integer and cuts it down again.
"""

import sys

SIZES = {"tiny": 3_000, "small": 12_500_000, "large": 100_000_000}

MASK = 0xFFFFFFFFFFFFFFFF


def fnv(count):
    h = 0xCBF29CE484222325
    for i in range(count):
        h = ((h ^ (i & 0xFF)) * 0x100000001B3) & MASK
    return h


def main(count):
    print(f"{fnv(count):016x}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
