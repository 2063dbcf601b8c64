"""Draw the Mandelbrot set with characters: `mandelbrot.py [WIDTH]` (default 110)."""

import sys

SHADES = " .:-=+*#%@"
MAX_STEPS = 2000


def escape_time(c: complex, limit: int) -> int:
    """The number of steps until |z| exceeds 2 under z -> z*z + c, or `limit` if it never does."""
    z = 0j
    for step in range(limit):
        if z.real * z.real + z.imag * z.imag > 4.0:
            return step
        z = z * z + c
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
            shade(escape_time(complex(-2.2 + 3.0 * x / (width - 1), imaginary), MAX_STEPS))
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
