"""CRC-32 by a table and Adler-32, byte by byte, checked against zlib."""

import sys
import zlib
from array import array

SIZES = {"tiny": (2_000, 1), "small": (500_000, 10), "large": (500_000, 130)}


def make_table():
    table = array("L", [0]) * 256
    for value in range(256):
        entry = value
        for _ in range(8):
            entry = entry >> 1 ^ 0xEDB88320 if entry & 1 else entry >> 1
        table[value] = entry
    return table


TABLE = make_table()


def crc(data):
    result = 0xFFFFFFFF
    for byte in data:
        result = TABLE[(result ^ byte) & 0xFF] ^ result >> 8
    return result ^ 0xFFFFFFFF


def adler(data):
    low, high = 1, 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def main(size, times):
    data = bytes((index * index + (index >> 3)) & 0xFF for index in range(size))
    for _ in range(times):
        first, second = crc(data), adler(data)
    print(first, second, first == zlib.crc32(data), second == zlib.adler32(data))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
