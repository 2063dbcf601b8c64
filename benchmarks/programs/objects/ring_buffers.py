"""Moving averages with a class for ring buffers: N samples through a few of them.

A list in an object, with the positions and the sum beside it.
"""

import sys

SIZES = {"tiny": 200, "small": 1_500_000, "large": 12_000_000}


class RingBuffer:
    def __init__(self, size):
        self.items = [0.0] * size
        self.size = size
        self.position = 0
        self.filled = 0
        self.total = 0.0

    def push(self, value):
        self.total += value - self.items[self.position]
        self.items[self.position] = value
        self.position += 1
        if self.position == self.size:
            self.position = 0
        if self.filled < self.size:
            self.filled += 1

    def average(self):
        return self.total / self.filled


def main(samples):
    short, middle, long = RingBuffer(5), RingBuffer(20), RingBuffer(100)
    value = 50.0
    above = 0
    largest = 0.0
    for n in range(samples):
        value += (n * 7919 % 101 - 50) * 0.01
        short.push(value)
        middle.push(value)
        long.push(short.average())
        if short.average() > long.average():
            above += 1
        gap = middle.average() - long.average()
        if gap > largest:
            largest = gap
    print(f"{above} above, largest gap {largest:.9f}, {long.average():.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
