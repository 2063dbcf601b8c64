"""Spectral norm of the infinite matrix 1, 1/2, 1/3, ...: `spectral_norm.py [N]` (default 200).

The matrix is cut to its first N rows and columns; entry (i, j) counts along the diagonals:

    1/1  1/2  1/4  1/7
    1/3  1/5  1/8
    1/6  1/9
    1/10

The norm is found by power iteration on A^T A.
"""

import math
import sys

ROUNDS = 10


def entry(i: int, j: int) -> float:
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def multiply(vector: list[float]) -> list[float]:
    """A v."""
    return [sum(entry(i, j) * value for j, value in enumerate(vector)) for i in range(len(vector))]


def multiply_transposed(vector: list[float]) -> list[float]:
    """A^T v."""
    return [sum(entry(j, i) * value for j, value in enumerate(vector)) for i in range(len(vector))]


def spectral_norm(size: int) -> float:
    vector = [1.0] * size
    image = vector
    for _ in range(ROUNDS):
        image = multiply_transposed(multiply(vector))
        vector = multiply_transposed(multiply(image))
    numerator = sum(a * b for a, b in zip(image, vector, strict=True))
    denominator = sum(a * a for a in image)
    return math.sqrt(numerator / denominator)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"spectral norm of the first {size} rows: {spectral_norm(size):.9f}")


if __name__ == "__main__":
    main()
