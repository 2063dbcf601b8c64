"""Vectors with operators that are kept in lists: N steps of a chain of points.

Each operator gives a new vector; the results replace those in the lists.
"""

import sys

SIZES = {"tiny": 10, "small": 36_000, "large": 290_000}


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def main(steps):
    points = [Vector(float(n), 0.0) for n in range(30)]
    speeds = [Vector(0.0, 0.0) for _ in range(30)]
    speeds[15] = Vector(0.0, 1.0)
    for _ in range(steps):
        for k in range(1, 29):
            pull = points[k - 1] + points[k + 1] - points[k] * 2.0
            speeds[k] = (speeds[k] + pull * 0.05) * 0.9999
        for k in range(1, 29):
            points[k] = points[k] + speeds[k]
    energy = sum(speed.dot(speed) for speed in speeds)
    middle = points[15]
    print(f"energy {energy:.9f}, middle {middle.x:.6f} {middle.y:.6f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
