"""LU decomposition with partial pivoting, in one flat array of doubles."""

import sys
from array import array

SIZES = {"tiny": (12, 1), "small": (100, 14), "large": (100, 120)}


def make(size):
    state = 101
    matrix = array("d", [0.0]) * (size * size)
    for index in range(size * size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        matrix[index] = state / 0x7FFFFFFF - 0.5
    return matrix


def decompose(matrix, size, pivots):
    for column in range(size):
        best = column
        largest = abs(matrix[column * size + column])
        for row in range(column + 1, size):
            value = abs(matrix[row * size + column])
            if value > largest:
                best, largest = row, value
        pivots[column] = best
        if best != column:
            for k in range(size):
                one, other = best * size + k, column * size + k
                matrix[one], matrix[other] = matrix[other], matrix[one]
        scale = 1.0 / matrix[column * size + column]
        for row in range(column + 1, size):
            matrix[row * size + column] *= scale
        for row in range(column + 1, size):
            factor = matrix[row * size + column]
            for k in range(column + 1, size):
                matrix[row * size + k] -= factor * matrix[column * size + k]


def main(size, times):
    original = make(size)
    pivots = array("i", [0]) * size
    for _ in range(times):
        matrix = original[:]
        decompose(matrix, size, pivots)
    product = 1.0
    for k in range(size):
        product *= matrix[k * size + k]
    print(f"{product:.12e}", sum(pivots))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
