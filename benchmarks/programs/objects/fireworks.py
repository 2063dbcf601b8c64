"""Particles that are born, fly and die: N steps.

Objects are made in the loop, moved, and those that are left are put into a new list.
"""

import sys

SIZES = {"tiny": 50, "small": 100_000, "large": 800_000}


class Particle:
    def __init__(self, x, y, vx, vy, life):
        self.x = x
        self.y = y
        self.vx = vx
        self.vy = vy
        self.life = life

    def step(self, dt):
        self.vy -= 9.81 * dt
        self.x += self.vx * dt
        self.y += self.vy * dt
        self.life -= 1

    @property
    def is_alive(self):
        return self.life > 0 and self.y > -50.0


def main(steps):
    particles = []
    seed = 99
    born = died = 0
    highest = 0.0
    for _ in range(steps):
        for _ in range(2):
            seed = (seed * 16807) % 2147483647
            vx = seed % 200 / 10.0 - 10.0
            vy = seed // 256 % 300 / 10.0
            particles.append(Particle(0.0, 0.0, vx, vy, 10 + seed % 30))
            born += 1
        alive = []
        for particle in particles:
            particle.step(0.05)
            if particle.is_alive:
                alive.append(particle)
                if particle.y > highest:
                    highest = particle.y
            else:
                died += 1
        particles = alive
    print(f"{born} born, {died} died, {len(particles)} in the air, highest {highest:.3f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
