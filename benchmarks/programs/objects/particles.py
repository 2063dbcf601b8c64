"""Particles in a box for N steps: positions, speeds and hits are attributes.

Loads and stores of floats and ints in the instances of a plain class.
"""

import sys

SIZES = {"tiny": 20, "small": 200_000, "large": 1_600_000}

WIDTH = 100.0
HEIGHT = 60.0


class Particle:
    def __init__(self, x, y, vx, vy, mass):
        self.x = x
        self.y = y
        self.vx = vx
        self.vy = vy
        self.mass = mass
        self.hits = 0


def step(particles, dt):
    for p in particles:
        p.x += p.vx * dt
        p.y += p.vy * dt
        if p.x < 0.0 or p.x > WIDTH:
            p.vx = -p.vx
            p.hits += 1
        if p.y < 0.0 or p.y > HEIGHT:
            p.vy = -p.vy
            p.hits += 1


def energy(particles):
    total = 0.0
    for p in particles:
        total += 0.5 * p.mass * (p.vx * p.vx + p.vy * p.vy)
    return total


def main(steps):
    particles = [
        Particle(i * 7.3 % WIDTH, i * 3.1 % HEIGHT, i % 9 - 4.5, 3.5 - i % 8, 1.0 + i * 0.125)
        for i in range(40)
    ]
    total = 0.0
    for n in range(steps):
        step(particles, 0.05)
        if n % 10 == 0:
            total += energy(particles)
    hits = sum(p.hits for p in particles)
    print(f"{hits} hits, energy {total:.3f}, first at {particles[0].x:.6f}, {particles[0].y:.6f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
