"""Fast Fourier transform, there and back, of interleaved complex numbers in an array of doubles."""

import math
import sys
from array import array

SIZES = {"tiny": (64, 1), "small": (8192, 12), "large": (8192, 75)}


def reverse_bits(data, count):
    other = 0
    for index in range(count - 1):
        if index < other:
            one, two = 2 * index, 2 * other
            data[one], data[two] = data[two], data[one]
            data[one + 1], data[two + 1] = data[two + 1], data[one + 1]
        bit = count >> 1
        while bit <= other:
            other -= bit
            bit >>= 1
        other += bit


def transform(data, direction):
    count = len(data) // 2
    reverse_bits(data, count)
    dual = 1
    while dual < count:
        angle = direction * math.pi / dual
        sine, half = math.sin(angle), math.sin(angle / 2.0)
        twice = 2.0 * half * half
        real, imaginary = 1.0, 0.0
        for a in range(dual):
            if a:
                real, imaginary = (
                    real - sine * imaginary - twice * real,
                    imaginary + sine * real - twice * imaginary,
                )
            for b in range(0, count, 2 * dual):
                i = 2 * (b + a)
                j = 2 * (b + a + dual)
                x, y = data[j], data[j + 1]
                re = real * x - imaginary * y
                im = real * y + imaginary * x
                data[j] = data[i] - re
                data[j + 1] = data[i + 1] - im
                data[i] += re
                data[i + 1] += im
        dual *= 2


def main(count, times):
    data = array("d", [float(k * 7919 % 1000) for k in range(2 * count)])
    start = data[:]
    for _ in range(times):
        transform(data, -1.0)
        transform(data, 1.0)
        for k in range(2 * count):
            data[k] /= count
    error = max(abs(a - b) for a, b in zip(data, start))
    print(error < 1e-6)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
