"""Multiply two N x N matrices in three ways and compare: `matrix_product.py [N]` (default 120)."""

import sys

Matrix = list[list[float]]


def make_matrix(size: int, seed: int) -> Matrix:
    """A matrix of small, reproducible numbers (a linear congruential generator)."""
    state = seed
    rows = []
    for _ in range(size):
        row = []
        for _ in range(size):
            state = (state * 1_103_515_245 + 12_345) % 2**31
            row.append((state >> 16) % 200 / 8.0 - 12.5)
        rows.append(row)
    return rows


def by_index(a: Matrix, b: Matrix) -> Matrix:
    """The textbook's three loops."""
    size = len(a)
    product = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            total = 0.0
            for k in range(size):
                total += a[i][k] * b[k][j]
            product[i][j] = total
    return product


def by_rows(a: Matrix, b: Matrix) -> Matrix:
    """Add up scaled rows of b: no column is ever walked."""
    product = []
    for row in a:
        sums = [0.0] * len(b)
        for factor, other in zip(row, b, strict=True):
            for j, value in enumerate(other):
                sums[j] += factor * value
        product.append(sums)
    return product


def by_columns(a: Matrix, b: Matrix) -> Matrix:
    """Transpose b once, then take dot products."""
    columns = list(zip(*b, strict=True))
    return [
        [sum(x * y for x, y in zip(row, column, strict=True)) for column in columns] for row in a
    ]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    a = make_matrix(size, 1)
    b = make_matrix(size, 2)
    products = {method.__name__: method(a, b) for method in (by_index, by_rows, by_columns)}
    for name, product in products.items():
        trace = sum(product[i][i] for i in range(size))
        print(f"{name:10} trace {trace:14.4f}   corner {product[-1][-1]:12.4f}")
    first, *others = products.values()
    print("all equal:", all(other == first for other in others))


if __name__ == "__main__":
    main()
