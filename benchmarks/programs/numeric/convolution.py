"""A 5 x 5 blur of a square picture, several times: four nested loops over lists of float lists."""

import sys

SIZES = {"tiny": (24, 1), "small": (128, 38), "large": (128, 310)}

KERNEL = [
    [1.0, 4.0, 6.0, 4.0, 1.0],
    [4.0, 16.0, 24.0, 16.0, 4.0],
    [6.0, 24.0, 36.0, 24.0, 6.0],
    [4.0, 16.0, 24.0, 16.0, 4.0],
    [1.0, 4.0, 6.0, 4.0, 1.0],
]


def picture(side):
    return [[float((x * x + 3 * y) % 256) for x in range(side)] for y in range(side)]


def blur(image, side):
    result = [row[:] for row in image]
    for y in range(2, side - 2):
        for x in range(2, side - 2):
            total = 0.0
            for j in range(5):
                weights = KERNEL[j]
                row = image[y + j - 2]
                for i in range(5):
                    total += weights[i] * row[x + i - 2]
            result[y][x] = total / 256.0
    return result


def main(side, times):
    image = picture(side)
    for _ in range(times):
        image = blur(image, side)
    checksum = 0.0
    for y, row in enumerate(image):
        for x, value in enumerate(row):
            checksum += value * ((x ^ y) & 15)
    print(repr(checksum))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
