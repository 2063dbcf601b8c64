"""A vector class with methods that return numbers, or change the vector: N rounds of steering.

Small methods in the expressions of other methods.
"""

import math
import sys

SIZES = {"tiny": 20, "small": 85_000, "large": 680_000}


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def cross(self, other):
        return self.x * other.y - self.y * other.x

    def length(self):
        return math.sqrt(self.dot(self))

    def distance(self, other):
        dx = self.x - other.x
        dy = self.y - other.y
        return math.sqrt(dx * dx + dy * dy)

    def scale(self, factor):
        self.x *= factor
        self.y *= factor

    def add(self, other, factor=1.0):
        self.x += other.x * factor
        self.y += other.y * factor


def steer(places, headings, target, dt):
    turns = 0
    for place, heading in zip(places, headings):
        distance = place.distance(target)
        if distance > 1.0:
            heading.add(target, 0.01 / distance)
            heading.add(place, -0.01 / distance)
        if heading.cross(target) < 0.0:
            turns += 1
        speed = heading.length()
        if speed > 2.0:
            heading.scale(2.0 / speed)
        place.add(heading, dt)
    return turns


def main(rounds):
    places = [Vector(i * 1.5, 10.0 - i) for i in range(20)]
    headings = [Vector(0.1 * i, 0.2) for i in range(20)]
    target = Vector(5.0, 3.0)
    turns = 0
    for n in range(rounds):
        turns += steer(places, headings, target, 0.1)
        if n % 100 == 0:
            target.x = n % 700 * 0.01
    x = sum(place.x for place in places)
    print(f"{turns} turns, {x:.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
