"""Product of two N x N matrices as lists of lists of floats, by the textbook's three loops."""

import sys

SIZES = {"tiny": 20, "small": 280, "large": 520}


def matrix(size, scale):
    return [[scale * ((i * 7 + j * 3) % 11 - 5) for j in range(size)] for i in range(size)]


def product(a, b, size):
    result = [[0.0] * size for _ in range(size)]
    for i in range(size):
        row = a[i]
        result_row = result[i]
        for j in range(size):
            total = 0.0
            for k in range(size):
                total += row[k] * b[k][j]
            result_row[j] = total
    return result


def main(size):
    c = product(matrix(size, 0.25), matrix(size, 0.125), size)
    trace = 0.0
    checksum = 0.0
    for i in range(size):
        trace += c[i][i]
        for j in range(size):
            checksum += c[i][j] * (i - j)
    print(f"trace {trace!r}, checksum {checksum!r}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
