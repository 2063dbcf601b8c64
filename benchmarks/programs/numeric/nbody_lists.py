"""Planets under gravity for N steps; each body is a list [x, y, z, vx, vy, vz, mass].

Loads and stores of floats in short lists, and a power.
"""

import sys

SIZES = {"tiny": 200, "small": 195_000, "large": 1_600_000}

SUN = 39.47841760435743
DAYS = 365.24


def bodies():
    return [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SUN],
        [4.84, -1.16, -0.104, 0.00166 * DAYS, 0.0077 * DAYS, -0.000069 * DAYS, 0.000955 * SUN],
        [8.34, 4.12, -0.404, -0.00277 * DAYS, 0.005 * DAYS, 0.000023 * DAYS, 0.000286 * SUN],
        [12.9, -15.1, -0.223, 0.00296 * DAYS, 0.00238 * DAYS, -0.00003 * DAYS, 0.0000437 * SUN],
        [15.4, -25.9, 0.179, 0.00268 * DAYS, 0.00163 * DAYS, -0.000095 * DAYS, 0.0000515 * SUN],
    ]


def advance(system, dt):
    count = len(system)
    for i in range(count):
        a = system[i]
        for j in range(i + 1, count):
            b = system[j]
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            force = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            a_force = a[6] * force
            b_force = b[6] * force
            a[3] -= dx * b_force
            a[4] -= dy * b_force
            a[5] -= dz * b_force
            b[3] += dx * a_force
            b[4] += dy * a_force
            b[5] += dz * a_force
    for body in system:
        body[0] += dt * body[3]
        body[1] += dt * body[4]
        body[2] += dt * body[5]


def energy(system):
    total = 0.0
    for i, a in enumerate(system):
        total += 0.5 * a[6] * (a[3] * a[3] + a[4] * a[4] + a[5] * a[5])
        for b in system[i + 1 :]:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            total -= a[6] * b[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


def main(steps):
    system = bodies()
    before = energy(system)
    for _ in range(steps):
        advance(system, 0.01)
    print(f"energy {before:.12f} -> {energy(system):.12f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
