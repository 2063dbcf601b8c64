"""Run-length encoding and decoding of bytes, in buffers that are there before."""

import sys

SIZES = {"tiny": (2_000, 1), "small": (300_000, 10), "large": (300_000, 130)}


def make(size):
    state = 99
    data = bytearray(size)
    value = 0
    for index in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        if state >> 20 & 3 == 0:
            value = state >> 12 & 0xFF
        data[index] = value
    return bytes(data)


def encode(data, out):
    size = 0
    index = 0
    end = len(data)
    while index < end:
        byte = data[index]
        length = 1
        while index + length < end and length < 255 and data[index + length] == byte:
            length += 1
        out[size] = length
        out[size + 1] = byte
        size += 2
        index += length
    return size


def decode(coded, size, out):
    place = 0
    for index in range(0, size, 2):
        byte = coded[index + 1]
        for _ in range(coded[index]):
            out[place] = byte
            place += 1
    return place


def main(size, times):
    data = make(size)
    coded = bytearray(2 * size)
    decoded = bytearray(size)
    for _ in range(times):
        length = encode(data, coded)
        assert decode(coded, length, decoded) == size
    print(length, decoded == data, sum(coded[:length]))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
