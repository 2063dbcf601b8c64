"""Spectral norm of the infinite matrix A[i,j] = 1/((i+j)(i+j+1)/2+i+1), cut off at N x N.

A small function called in the innermost loop; true division of integers; lists of floats.
"""

import math
import sys

SIZES = {"tiny": 20, "small": 435, "large": 1_230}

POWER_STEPS = 10


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector, result, size):
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(i, j) * vector[j]
        result[i] = total


def times_transposed(vector, result, size):
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(j, i) * vector[j]
        result[i] = total


def main(size):
    u = [1.0] * size
    v = [0.0] * size
    between = [0.0] * size
    for _ in range(POWER_STEPS):
        times(u, between, size)
        times_transposed(between, v, size)
        times(v, between, size)
        times_transposed(between, u, size)
    uv = 0.0
    vv = 0.0
    for i in range(size):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    print(f"{math.sqrt(uv / vv):.12f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
