"""Takeuchi's function: three recursive calls as arguments of a fourth."""

import sys

SIZES = {"tiny": (8, 4, 0), "small": (27, 18, 9), "large": (31, 20, 10)}


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def main(x, y, z):
    print(f"tak({x}, {y}, {z}) = {tak(x, y, z)}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
