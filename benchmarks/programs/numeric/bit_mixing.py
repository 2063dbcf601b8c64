"""32-bit mixing: each of N counters is mixed with shifts, xors and masked products."""

import sys

SIZES = {"tiny": 3_000, "small": 3_200_000, "large": 26_000_000}


def mix_all(count):
    accumulator = 0x9E3779B9
    for i in range(count):
        h = i ^ (accumulator >> 3)
        h ^= h >> 16
        h = (h * 0x045D9F3B) & 0xFFFFFFFF
        h ^= h >> 15
        h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
        h ^= (h << 7) & 0xFFFFFFFF
        accumulator = (accumulator + h) & 0xFFFFFFFF
    return accumulator


def main(count):
    print(f"{mix_all(count):08x}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
