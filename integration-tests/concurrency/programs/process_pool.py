"""A pool of processes: results, errors, a worker that dies; started beside threads that compute."""

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


class Matrix:
    def __init__(self, rows: list[list[int]]) -> None:
        self.rows = rows

    def __matmul__(self, other: "Matrix") -> "Matrix":
        columns = list(zip(*other.rows, strict=True))
        return Matrix(
            [
                [sum(a * b for a, b in zip(row, c, strict=True)) % 1009 for c in columns]
                for row in self.rows
            ]
        )


def power(matrix: Matrix, n: int) -> Matrix:
    result = matrix
    for _ in range(n):
        result = result @ matrix
    return result


def broken(n: int) -> int:
    if n == 2:
        os._exit(3)
    return n


def spin(until: threading.Event, totals: list[int]) -> None:
    total = 0
    while not until.is_set():
        for n in range(1000):
            total += n % 3
    totals.append(total % 999)


def main() -> None:
    done, totals = threading.Event(), []
    beside = threading.Thread(target=spin, args=(done, totals))
    beside.start()
    matrix = Matrix([[i * j + 1 for j in range(12)] for i in range(12)])
    with ProcessPoolExecutor(2) as pool:
        for result in pool.map(power, [matrix] * 6, range(6)):
            print(sum(map(sum, result.rows)), result.rows[3][:3])
        future = pool.submit(power, matrix, "x")
        print(repr(future.exception()))
    done.set()
    beside.join()
    print(totals)
    with ProcessPoolExecutor(1) as pool:
        try:
            print(pool.submit(broken, 1).result())
            print(pool.submit(broken, 2).result())
        except BrokenProcessPool as error:
            print(type(error).__name__)


if __name__ == "__main__":
    main()
