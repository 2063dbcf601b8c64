"""Functions as arguments and results: integration, root finding and composition."""

import sys

SIZES = {"tiny": (20, 2), "small": (30_000, 140), "large": (30_000, 1_100)}


def integrate(function, low, high, steps):
    """The integral by the midpoint rule."""
    width = (high - low) / steps
    total = 0.0
    for i in range(steps):
        total += function(low + (i + 0.5) * width)
    return total * width


def bisect(function, low, high):
    """A root between two points of different signs."""
    while high - low > 1e-12:
        middle = (low + high) / 2
        if function(low) * function(middle) <= 0:
            high = middle
        else:
            low = middle
    return low


def compose(first, second):
    return lambda x: second(first(x))


def square(x):
    return x * x


def polynomial(a, b, c):
    def value(x):
        return (a * x + b) * x + c

    return value


def cube_minus(number):
    return lambda x: x * x * x - number


def main(steps, times):
    total = 0.0
    for k in range(times):
        curve = polynomial(1.0 + k / 10, -2.0, 0.5)
        total += integrate(curve, 0.0, 2.0, steps)
        total += integrate(compose(square, curve), 0.0, 1.0, steps)
        total += bisect(cube_minus(k + 1), 0.0, 10.0)
    print(f"total {total:.9f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
