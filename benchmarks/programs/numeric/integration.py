"""Integrals of three functions by Simpson's rule with 2N steps.

A function that is passed in is called in the loop; `math` functions on floats.
"""

import math
import sys

SIZES = {"tiny": 1_000, "small": 1_400_000, "large": 11_500_000}


def wave(x):
    return math.sin(x) * math.exp(-0.1 * x)


def rational(x):
    return 1.0 / (1.0 + x * x)


def polynomial(x):
    return ((2.0 * x - 3.0) * x + 0.5) * x - 1.0


def simpson(function, low, high, pairs):
    step = (high - low) / (2 * pairs)
    total = function(low) + function(high)
    for i in range(1, 2 * pairs):
        weight = 4.0 if i % 2 else 2.0
        total += weight * function(low + i * step)
    return total * step / 3.0


def main(pairs):
    print(f"{simpson(wave, 0.0, 10.0, pairs):.9f}")
    print(f"{simpson(rational, 0.0, 1.0, pairs):.9f}")
    print(f"{simpson(polynomial, -1.0, 2.0, pairs):.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
