"""Sums of parts of one buffer through views of other types and with steps."""

import sys

SIZES = {"tiny": (4_000, 1), "small": (400_000, 11), "large": (400_000, 80)}


def total_of(view):
    total = 0
    for index in range(len(view)):
        total += view[index]
    return total


def mix(view):
    state = 1
    for value in view:
        state = (state * 33 ^ value) & 0xFFFFFFFF
    return state


def main(size, times):
    data = bytearray((index * 7 + (index >> 4)) & 0xFF for index in range(size))
    whole = memoryview(data)
    words = whole.cast("I")
    odd = whole[1::2]
    results = []
    for _ in range(times):
        words[0] = (words[0] + 1) & 0xFFFFFFFF
        results.append(total_of(whole) + total_of(words) + total_of(odd) + mix(whole))
    print(results[-1], sum(results) % 1_000_003)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
