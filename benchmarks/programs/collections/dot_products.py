"""Dot products, norms and distances of vectors of floats, with `zip` and `enumerate`."""

import sys

SIZES = {"tiny": (10, 16), "small": (320, 200), "large": (640, 400)}


def dot(left, right):
    total = 0.0
    for x, y in zip(left, right):
        total += x * y
    return total


def distance(left, right):
    total = 0.0
    for x, y in zip(left, right):
        difference = x - y
        total += difference * difference
    return total**0.5


def main(count, size):
    vectors = [[(i * i + j * j * 13) % 1009 / 1009.0 for j in range(size)] for i in range(count)]
    nearest = 0.0
    similar = 0.0
    for i, one in enumerate(vectors):
        best = 1e300
        for j, other in enumerate(vectors):
            if i != j:
                best = min(best, distance(one, other))
        nearest += best
        similar += dot(one, vectors[i - 1])
    print(f"{nearest:.9f} {similar:.9f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
