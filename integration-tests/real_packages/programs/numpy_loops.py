"""NumPy beside hot loops: scalars out of arrays, arrays as arguments, conversions both ways."""

import numpy as np


def total_of_items(values: np.ndarray) -> float:
    total = 0.0
    for i in range(len(values)):
        total += values[i] * (i % 3)
    return float(total)


def total_of_elements(values: np.ndarray) -> np.float64:
    total = np.float64(0)
    for value in values:
        if value > 0.25:
            total += value
    return total


def life(cells: np.ndarray, steps: int) -> int:
    """Cell by cell, with a wrapped edge."""
    height, width = cells.shape
    for _ in range(steps):
        new = cells.copy()
        for y in range(height):
            for x in range(width):
                count = 0
                for dy in (-1, 0, 1):
                    for dx in (-1, 0, 1):
                        count += cells[(y + dy) % height, (x + dx) % width]
                count -= cells[y, x]
                new[y, x] = count == 3 or (count == 2 and cells[y, x] == 1)
        cells = new
    return int(cells.sum())


def histogram(values: np.ndarray) -> dict[int, int]:
    counts: dict[int, int] = {}
    for value in values.tolist():
        counts[value] = counts.get(value, 0) + 1
    return counts


def newton(start: float) -> float:
    x = start
    for _ in range(50):
        x = x - (np.cos(x) - x) / (-np.sin(x) - 1)
    return x


def overflow(dtype: type) -> tuple[object, str]:
    """Fixed-width arithmetic wraps, and must not turn into the host's integers."""
    with np.errstate(over="ignore"):
        x = dtype(1)
        for n in range(200):
            x = x * dtype(5) + dtype(n % 100)
    return x, type(x).__name__


def smooth(rows: np.ndarray, times: int) -> np.ndarray:
    for _ in range(times):
        rows[1:-1, 1:-1] = (rows[:-2, 1:-1] + rows[2:, 1:-1] + rows[1:-1, :-2] + rows[1:-1, 2:]) / 4
    return rows


def dot(a: list[list[float]], b: np.ndarray) -> list[float]:
    result = []
    for row in a:
        total = 0.0
        for x, y in zip(row, b, strict=True):
            total += x * y
        result.append(round(float(total), 9))
    return result


def errors(values: np.ndarray) -> list[str]:
    found = []
    for i in (0, 5, 10**6, -7):
        try:
            found.append(str(int(values[i])))
        except IndexError as error:
            found.append(str(error))
    return found


def mixed(values: list[object]) -> list[tuple[str, object]]:
    """The same statement for many types."""
    found = []
    for value in values:
        result = value + 1
        found.append((type(result).__name__, result))
    return found


def main() -> None:
    rng = np.random.default_rng(5)
    values = rng.random(20_000)
    print(total_of_items(values), repr(total_of_elements(values)))
    print(total_of_items(values.astype(np.float32)), total_of_items(np.arange(9000)))
    print(life(rng.integers(0, 2, (24, 24)), 6))
    print(sorted(histogram(rng.integers(0, 20, 5000)).items())[:4])
    print(repr(newton(1.0)), type(newton(np.float64(2.0))).__name__)
    for dtype in (np.int8, np.uint16, np.int32, np.int64, np.uint64):
        print(overflow(dtype))
    print(round(float(smooth(rng.random((40, 40)), 200).sum()), 9))
    print(dot([[n * k / 7 for k in range(50)] for n in range(20)], rng.random(50)))
    print(errors(np.arange(6)))
    many = [1, 2.5, np.int32(3), np.float32(0.5), True, np.bool_(True), np.arange(2), 2**70]
    print([(name, repr(value)) for name, value in mixed(many * 3)][-8:])
    total = 0
    for i in np.arange(3000):
        total += i * i
    print(total, type(total).__name__)
    flags = values > 0.5
    print(sum(1 for flag in flags if flag), int(np.count_nonzero(flags)))


if __name__ == "__main__":
    main()
