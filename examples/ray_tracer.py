"""Ray-trace three spheres over a chequered floor: `ray_tracer.py [WIDTH [FILE.ppm]]`.

Prints a small picture made of characters and a checksum of the full one (default width 160);
with a file name, also writes the picture as a binary PPM.
"""

from __future__ import annotations

import math
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

SHADES = " .,:;i1tfLG08@"
MAX_BOUNCES = 3


class Vec(NamedTuple):
    """A point, a direction, or a colour (components from 0 to 1)."""

    x: float
    y: float
    z: float

    def plus(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def minus(self, other: Vec) -> Vec:
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor: float) -> Vec:
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vec) -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self) -> Vec:
        return self.times(1.0 / math.sqrt(self.dot(self)))

    def mix(self, other: Vec, share: float) -> Vec:
        return self.times(1.0 - share).plus(other.times(share))


class Sphere:
    """A ball with a colour and a mirror: `shine` is the share of light it reflects."""

    def __init__(self, centre: Vec, radius: float, colour: Vec, shine: float) -> None:
        self.centre = centre
        self.radius = radius
        self.colour = colour
        self.shine = shine

    def distance(self, origin: Vec, direction: Vec) -> float | None:
        """How far along the ray the surface is first met, None if the ray misses."""
        offset = origin.minus(self.centre)
        half = offset.dot(direction)
        under_root = half * half - offset.dot(offset) + self.radius * self.radius
        if under_root < 0.0:
            return None
        root = math.sqrt(under_root)
        for distance in (-half - root, -half + root):
            if distance > 1e-6:
                return distance
        return None

    def normal(self, point: Vec) -> Vec:
        return point.minus(self.centre).times(1.0 / self.radius)

    def colour_at(self, point: Vec) -> Vec:
        return self.colour


class Floor:
    """The plane y = 0, in squares of two colours."""

    shine = 0.15

    def distance(self, origin: Vec, direction: Vec) -> float | None:
        if abs(direction.y) < 1e-9:
            return None
        distance = -origin.y / direction.y
        return distance if distance > 1e-6 else None

    def normal(self, point: Vec) -> Vec:
        return Vec(0.0, 1.0, 0.0)

    def colour_at(self, point: Vec) -> Vec:
        even = (math.floor(point.x) + math.floor(point.z)) % 2 == 0
        return Vec(0.9, 0.9, 0.85) if even else Vec(0.15, 0.2, 0.25)


Shape = Sphere | Floor


class Scene:
    """Shapes under a sky with one lamp."""

    def __init__(self, shapes: list[Shape], lamp: Vec) -> None:
        self.shapes = shapes
        self.lamp = lamp

    def nearest(self, origin: Vec, direction: Vec) -> tuple[float, Shape] | None:
        best: tuple[float, Shape] | None = None
        for shape in self.shapes:
            distance = shape.distance(origin, direction)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, shape)
        return best

    def sky(self, direction: Vec) -> Vec:
        return Vec(0.95, 0.95, 1.0).mix(Vec(0.3, 0.5, 0.9), max(direction.y, 0.0))

    def light(self, point: Vec, normal: Vec) -> float:
        """The share of the lamp's light that reaches a point, from 0.15 (shadow) to 1."""
        to_lamp = self.lamp.minus(point).unit()
        slant = normal.dot(to_lamp)
        if slant <= 0.0 or self.nearest(point, to_lamp) is not None:
            return 0.15
        return 0.15 + 0.85 * slant

    def colour(self, origin: Vec, direction: Vec, bounces: int = MAX_BOUNCES) -> Vec:
        """What is seen from `origin` in a direction (a unit vector)."""
        hit = self.nearest(origin, direction)
        if hit is None:
            return self.sky(direction)
        distance, shape = hit
        point = origin.plus(direction.times(distance))
        normal = shape.normal(point)
        own = shape.colour_at(point).times(self.light(point, normal))
        if bounces == 0 or shape.shine == 0.0:
            return own
        mirrored = direction.minus(normal.times(2.0 * direction.dot(normal)))
        return own.mix(self.colour(point, mirrored, bounces - 1), shape.shine)


def default_scene() -> Scene:
    return Scene(
        [
            Floor(),
            Sphere(Vec(-1.4, 1.0, 4.2), 1.0, Vec(0.9, 0.2, 0.2), 0.25),
            Sphere(Vec(0.9, 0.8, 3.4), 0.8, Vec(0.2, 0.8, 0.3), 0.1),
            Sphere(Vec(0.3, 1.6, 6.5), 1.6, Vec(0.8, 0.8, 0.9), 0.7),
        ],
        lamp=Vec(-5.0, 8.0, -3.0),
    )


def render(scene: Scene, width: int) -> list[list[Vec]]:
    """Rows of colours, top row first."""
    height = width * 5 // 8
    eye = Vec(0.0, 1.4, -1.5)
    rows = []
    for row in range(height):
        y = 0.55 - 1.25 * row / height
        rows.append(
            [scene.colour(eye, Vec(2.0 * x / width - 1.0, y, 1.6).unit()) for x in range(width)]
        )
    return rows


def to_ppm(rows: list[list[Vec]]) -> bytes:
    pixels = bytes(int(255.0 * min(part, 1.0) + 0.5) for row in rows for c in row for part in c)
    return b"P6\n%d %d\n255\n" % (len(rows[0]), len(rows)) + pixels


def to_characters(rows: list[list[Vec]], columns: int) -> list[str]:
    """The picture at a glance: one character for each block of pixels."""
    step = max(len(rows[0]) // columns, 1)
    lines = []
    for row in rows[:: 2 * step]:
        grey = [0.3 * c.x + 0.6 * c.y + 0.1 * c.z for c in row[::step]]
        lines.append("".join(SHADES[int((len(SHADES) - 1) * min(g, 1.0))] for g in grey).rstrip())
    return lines


def main() -> None:
    width = int(sys.argv[1]) if len(sys.argv) > 1 else 160
    rows = render(default_scene(), max(width, 8))
    picture = to_ppm(rows)
    for line in to_characters(rows, 60):
        print(line)
    print(f"{len(rows[0])} x {len(rows)} pixels, CRC-32 {zlib.crc32(picture):08x}")
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_bytes(picture)


if __name__ == "__main__":
    main()
