"""Solve N linear equations by LU decomposition with pivoting; rows of floats are swapped."""

import sys

SIZES = {"tiny": 16, "small": 410, "large": 820}


def system(size):
    state = 7
    matrix = []
    for _ in range(size):
        row = []
        for _ in range(size):
            state = (state * 16807) % 2147483647
            row.append(state / 2147483647.0 - 0.5)
        matrix.append(row)
    return matrix, [1.0 + i % 3 for i in range(size)]


def solve(matrix, right, size):
    for k in range(size):
        pivot = k
        for i in range(k + 1, size):
            if abs(matrix[i][k]) > abs(matrix[pivot][k]):
                pivot = i
        matrix[k], matrix[pivot] = matrix[pivot], matrix[k]
        right[k], right[pivot] = right[pivot], right[k]
        pivot_row = matrix[k]
        for i in range(k + 1, size):
            row = matrix[i]
            factor = row[k] / pivot_row[k]
            row[k] = factor
            for j in range(k + 1, size):
                row[j] -= factor * pivot_row[j]
            right[i] -= factor * right[k]
    for i in range(size - 1, -1, -1):
        row = matrix[i]
        total = right[i]
        for j in range(i + 1, size):
            total -= row[j] * right[j]
        right[i] = total / row[i]
    return right


def main(size):
    matrix, right = system(size)
    solution = solve([row[:] for row in matrix], right[:], size)
    error = 0.0
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += matrix[i][j] * solution[j]
        error = max(error, abs(total - right[i]))
    print(f"x[0] {solution[0]!r}, residual below 1e-8: {error < 1e-8}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
