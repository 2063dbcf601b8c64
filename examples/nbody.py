"""The Sun and the four giant planets under gravity: `nbody.py [STEPS]` (default 20,000).

Units: astronomical units, years, and solar masses times 4 pi^2 (so that G is 1).
Prints the total energy before and after; a good integrator hardly changes it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

SOLAR_MASS = 4.0 * math.pi**2
DAYS_PER_YEAR = 365.24


@dataclass(slots=True)
class Vector:
    """A point or direction in space."""

    x: float
    y: float
    z: float

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other: Vector) -> Vector:
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor: float) -> Vector:
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vector) -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z


class Body:
    """A point mass that moves."""

    def __init__(self, name: str, mass: float, position: Vector, velocity: Vector) -> None:
        self.name = name
        self.mass = mass
        self.position = position
        self.velocity = velocity

    @classmethod
    def planet(cls, name: str, mass: float, position: Vector, velocity_per_day: Vector) -> Body:
        """A planet as almanacs give it: mass in Suns, velocity in units a day."""
        return cls(name, mass * SOLAR_MASS, position, velocity_per_day * DAYS_PER_YEAR)

    @property
    def momentum(self) -> Vector:
        return self.velocity * self.mass

    @property
    def kinetic_energy(self) -> float:
        return 0.5 * self.mass * self.velocity.dot(self.velocity)


class System:
    """Bodies that attract each other, seen from their common centre of mass."""

    def __init__(self, bodies: list[Body]) -> None:
        self.bodies = bodies
        drift = sum((body.momentum for body in bodies), Vector(0.0, 0.0, 0.0))
        sun = bodies[0]
        sun.velocity = sun.velocity - drift * (1.0 / sun.mass)

    def pairs(self) -> Iterator[tuple[Body, Body]]:
        return combinations(self.bodies, 2)

    def energy(self) -> float:
        kinetic = sum(body.kinetic_energy for body in self.bodies)
        potential = 0.0
        for a, b in self.pairs():
            gap = a.position - b.position
            potential -= a.mass * b.mass / math.sqrt(gap.dot(gap))
        return kinetic + potential

    def advance(self, years: float) -> None:
        """One step of symplectic Euler: first all velocities, then all positions."""
        for a, b in self.pairs():
            gap = a.position - b.position
            squared = gap.dot(gap)
            pull = years / (squared * math.sqrt(squared))
            a.velocity = a.velocity - gap * (b.mass * pull)
            b.velocity = b.velocity + gap * (a.mass * pull)
        for body in self.bodies:
            body.position = body.position + body.velocity * years


def giant_planets() -> System:
    """The Sun, Jupiter, Saturn, Uranus and Neptune, roughly as they stood on one day."""
    still = Vector(0.0, 0.0, 0.0)
    return System(
        [
            Body("Sun", SOLAR_MASS, still, still),
            Body.planet(
                "Jupiter",
                9.5479e-4,
                Vector(4.84143, -1.16032, -0.10362),
                Vector(0.00166008, 0.00769901, -0.0000690460),
            ),
            Body.planet(
                "Saturn",
                2.8588e-4,
                Vector(8.34337, 4.12480, -0.40352),
                Vector(-0.00276743, 0.00499853, 0.0000230417),
            ),
            Body.planet(
                "Uranus",
                4.3662e-5,
                Vector(12.89437, -15.11115, -0.22331),
                Vector(0.00296460, 0.00237847, -0.0000296590),
            ),
            Body.planet(
                "Neptune",
                5.1514e-5,
                Vector(15.37970, -25.91931, 0.17926),
                Vector(0.00268068, 0.00162824, -0.0000951592),
            ),
        ]
    )


def main() -> None:
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    system = giant_planets()
    before = system.energy()
    for _ in range(steps):
        system.advance(0.01)
    after = system.energy()
    for body in system.bodies:
        where = body.position
        print(f"{body.name:8} {where.x:12.6f} {where.y:12.6f} {where.z:12.6f}")
    print(f"energy before {before:.9f}")
    print(f"energy after  {after:.9f}")
    print(f"relative drift {abs((after - before) / before):.1e}")


if __name__ == "__main__":
    main()
