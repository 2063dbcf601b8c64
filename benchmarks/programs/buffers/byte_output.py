"""Bytes appended to growing buffers: variable-length numbers, there and back."""

import sys
from array import array

SIZES = {"tiny": (800, 1), "small": (120_000, 9), "large": (120_000, 110)}


def encode(numbers):
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return out


def decode(data):
    numbers = array("l")
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number = shift = 0
    return numbers


def main(size, times):
    numbers = array("l", [0]) * size
    state = 7
    for index in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        numbers[index] = state >> (state >> 8 & 15)
    for _ in range(times):
        data = encode(numbers)
        found = decode(data)
    print(len(data), found == numbers, sum(found) % 1_000_003)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
