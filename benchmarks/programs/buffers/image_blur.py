"""Box blur of a grey image in an array of bytes, with clamped borders."""

import sys
from array import array

SIZES = {"tiny": (24, 16, 1), "small": (320, 200, 14), "large": (320, 200, 60)}


def blur(source, target, width, height):
    for y in range(height):
        above = y - 1 if y else 0
        below = y + 1 if y + 1 < height else y
        for x in range(width):
            left = x - 1 if x else 0
            right = x + 1 if x + 1 < width else x
            total = 0
            for row in (above, y, below):
                base = row * width
                total += source[base + left] + source[base + x] + source[base + right]
            target[y * width + x] = total // 9


def main(width, height, times):
    source = array("B", [(x * x + y * 7) & 0xFF for y in range(height) for x in range(width)])
    target = array("B", bytes(width * height))
    for _ in range(times):
        blur(source, target, width, height)
        source, target = target, source
    check = 0
    for value in source:
        check = (check * 131 + value) & 0xFFFFFFFF
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
