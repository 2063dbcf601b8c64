"""Product of square matrices in flat arrays of doubles."""

import sys
from array import array

SIZES = {"tiny": (10, 1), "small": (120, 4), "large": (120, 50)}


def multiply(a, b, c, size):
    for row in range(size):
        for column in range(size):
            total = 0.0
            for k in range(size):
                total += a[row * size + k] * b[k * size + column]
            c[row * size + column] = total


def main(size, times):
    a = array("d", [float((k * 13) % 10) for k in range(size * size)])
    b = array("d", [float((k * 7) % 10) for k in range(size * size)])
    c = array("d", bytes(8 * size * size))
    for _ in range(times):
        multiply(a, b, c, size)
        a, c = c, a
        for k in range(size * size):
            a[k] %= 1000.0
    print(f"{sum(a):.3f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
