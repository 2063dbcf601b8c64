"""The logistic map x -> r x (1 - x), N steps for each of 40 values of r; its mean and variance.

A float recurrence: each step waits for the one before.
"""

import sys

SIZES = {"tiny": 60, "small": 310_000, "large": 2_500_000}


def orbit(r, steps):
    x = 0.4
    mean = 0.0
    squares = 0.0
    for n in range(1, steps + 1):
        x = r * x * (1.0 - x)
        delta = x - mean
        mean += delta / n
        squares += delta * (x - mean)
    return x, mean, squares / steps


def main(steps):
    checksum = 0.0
    for k in range(40):
        last, mean, variance = orbit(2.8 + 0.03 * k, steps)
        checksum += (k + 1) * (last + mean + variance)
    print(repr(checksum))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
