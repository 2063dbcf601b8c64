"""Matrices transposed, and multiplied by rows and columns with `zip`."""

import sys

SIZES = {"tiny": (8, 2), "small": (120, 14), "large": (240, 14)}


def transpose(matrix):
    rows = len(matrix)
    columns = len(matrix[0])
    result = []
    for j in range(columns):
        column = []
        for i in range(rows):
            column.append(matrix[i][j])
        result.append(column)
    return result


def multiply(left, right):
    columns = transpose(right)
    product = []
    for row in left:
        values = []
        for column in columns:
            total = 0
            for a, b in zip(row, column):
                total += a * b
            values.append(total % 97)
        product.append(values)
    return product


def main(size, times):
    matrix = [[(i * j + i) % 17 for j in range(size)] for i in range(size)]
    power = matrix
    for _ in range(times):
        power = multiply(power, matrix)
    trace = 0
    for i in range(size):
        trace += power[i][i]
    print(trace, sum(power[0]), sum(power[-1]))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
