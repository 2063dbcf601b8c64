"""Pi from N random points, with a linear congruential generator of its own.

Integer products of up to 62 bits, masked, and floats made from them.
"""

import sys

SIZES = {"tiny": 5_000, "small": 4_450_000, "large": 36_000_000}


def estimate(samples, seed):
    state = seed
    inside = 0
    for _ in range(samples):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        x = state / 2147483648.0
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        y = state / 2147483648.0
        if x * x + y * y <= 1.0:
            inside += 1
    return 4.0 * inside / samples, state


def main(samples):
    pi, state = estimate(samples, 42)
    print(f"pi is about {pi!r}, generator at {state}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
