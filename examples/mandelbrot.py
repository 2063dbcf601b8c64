"""Draw the Mandelbrot set with characters: `mandelbrot.py [WIDTH]` (default 110)."""

import sys

SHADES = " .:-=+*#%@"
MAX_STEPS = 2000


def escape_time(real: float, imaginary: float, limit: int) -> int:
    """The number of steps until |z| exceeds 2 under z -> z*z + c, or `limit` if it never does."""
    x = y = 0.0
    for step in range(limit):
        xx = x * x
        yy = y * y
        if xx + yy > 4.0:
            return step
        y = 2.0 * x * y + imaginary
        x = xx - yy + real
    return limit


def shade(steps: int) -> str:
    """One character for an escape time; points inside the set are the darkest."""
    if steps == MAX_STEPS:
        return SHADES[-1]
    return SHADES[min(steps // 3, len(SHADES) - 2)]


def picture(width: int) -> list[str]:
    """The rows of the picture; characters are twice as high as they are wide."""
    height = width * 2 // 5
    rows = []
    for y in range(height):
        imaginary = 1.2 - 2.4 * y / (height - 1)
        row = [
            shade(escape_time(-2.2 + 3.0 * x / (width - 1), imaginary, MAX_STEPS))
            for x in range(width)
        ]
        rows.append("".join(row).rstrip())
    return rows


def main() -> None:
    width = int(sys.argv[1]) if len(sys.argv) > 1 else 110
    rows = picture(max(width, 10))
    for row in rows:
        print(row)
    print("inside:", sum(row.count(SHADES[-1]) for row in rows))


if __name__ == "__main__":
    main()
