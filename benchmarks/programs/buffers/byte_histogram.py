"""How often each byte occurs, and each pair of neighbours by their low bits."""

import sys

SIZES = {"tiny": (2_000, 1), "small": (400_000, 17), "large": (400_000, 140)}


def make(size):
    state = 12345
    data = bytearray(size)
    for index in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        data[index] = state >> 16 & 0xFF
    return bytes(data)


def count(data):
    single = [0] * 256
    pairs = [0] * 256
    before = 0
    for byte in data:
        single[byte] += 1
        pairs[(before & 15) << 4 | byte & 15] += 1
        before = byte
    return single, pairs


def main(size, times):
    data = make(size)
    result = 0
    for _ in range(times):
        single, pairs = count(data)
        for value in range(256):
            result = (result * 31 + single[value] + pairs[value]) % 1_000_003
    print(result)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
