"""Planets under gravity for N steps; a body has two vectors, which are objects, too.

Methods that store into the attributes of other objects' attributes.
"""

import math
import sys

SIZES = {"tiny": 200, "small": 180_000, "large": 1_440_000}

SUN = 39.47841760435743
DAYS = 365.24


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def add_scaled(self, other, factor):
        self.x += other.x * factor
        self.y += other.y * factor
        self.z += other.z * factor

    def squared(self):
        return self.x * self.x + self.y * self.y + self.z * self.z


class Body:
    def __init__(self, position, speed, mass):
        self.position = position
        self.speed = speed
        self.mass = mass

    def attract(self, other, dt):
        here, there = self.position, other.position
        dx = here.x - there.x
        dy = here.y - there.y
        dz = here.z - there.z
        distance = math.sqrt(dx * dx + dy * dy + dz * dz)
        force = dt / (distance * distance * distance)
        mine, theirs = self.speed, other.speed
        mine.x -= dx * other.mass * force
        mine.y -= dy * other.mass * force
        mine.z -= dz * other.mass * force
        theirs.x += dx * self.mass * force
        theirs.y += dy * self.mass * force
        theirs.z += dz * self.mass * force

    def move(self, dt):
        self.position.add_scaled(self.speed, dt)

    def energy(self):
        return 0.5 * self.mass * self.speed.squared()


def bodies():
    return [
        Body(Vector(0.0, 0.0, 0.0), Vector(0.0, 0.0, 0.0), SUN),
        Body(
            Vector(4.84, -1.16, -0.104),
            Vector(0.00166 * DAYS, 0.0077 * DAYS, -0.000069 * DAYS),
            0.000955 * SUN,
        ),
        Body(
            Vector(8.34, 4.12, -0.404),
            Vector(-0.00277 * DAYS, 0.005 * DAYS, 0.000023 * DAYS),
            0.000286 * SUN,
        ),
        Body(
            Vector(12.9, -15.1, -0.223),
            Vector(0.00296 * DAYS, 0.00238 * DAYS, -0.00003 * DAYS),
            0.0000437 * SUN,
        ),
        Body(
            Vector(15.4, -25.9, 0.179),
            Vector(0.00268 * DAYS, 0.00163 * DAYS, -0.000095 * DAYS),
            0.0000515 * SUN,
        ),
    ]


def advance(system, dt):
    for i, body in enumerate(system):
        for j in range(i + 1, len(system)):
            body.attract(system[j], dt)
    for body in system:
        body.move(dt)


def main(steps):
    system = bodies()
    before = sum(body.energy() for body in system)
    for _ in range(steps):
        advance(system, 0.01)
    after = sum(body.energy() for body in system)
    print(f"energy {before:.9f} -> {after:.9f}, sun at {system[0].position.x:.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
