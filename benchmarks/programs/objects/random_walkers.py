"""Walkers that a generator object of random numbers drives: N steps of each.

A method with state that is called in the arguments of others.
"""

import sys

SIZES = {"tiny": 20, "small": 220_000, "large": 1_760_000}


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 8) % limit


class Walker:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.steps = 0
        self.best = 0

    def go(self, direction):
        if direction == 0:
            self.x += 1
        elif direction == 1:
            self.x -= 1
        elif direction == 2:
            self.y += 1
        else:
            self.y -= 1
        self.steps += 1

    def distance(self):
        return abs(self.x) + abs(self.y)


def main(steps):
    generator = Generator(42)
    walkers = [Walker(0, 0) for _ in range(16)]
    for _ in range(steps):
        for walker in walkers:
            walker.go(generator.below(4))
            distance = walker.distance()
            if distance > walker.best:
                walker.best = distance
    best = max(walker.best for walker in walkers)
    x = sum(walker.x for walker in walkers)
    y = sum(walker.y for walker in walkers)
    print(f"farthest {best}, all at {x}, {y}, state {generator.state}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
