"""Mandelbrot set on an N x N grid: how many points stay, and a checksum of all escape times.

Float arithmetic in a loop of unknown length; nothing is stored.
"""

import sys

SIZES = {"tiny": 24, "small": 680, "large": 1_950}

LIMIT = 100


def escape_time(c_re, c_im):
    re = 0.0
    im = 0.0
    for iteration in range(LIMIT):
        re2 = re * re
        im2 = im * im
        if re2 + im2 > 4.0:
            return iteration
        im = 2.0 * re * im + c_im
        re = re2 - im2 + c_re
    return LIMIT


def main(side):
    inside = 0
    checksum = 0
    for row in range(side):
        c_im = 2.4 * row / side - 1.2
        for column in range(side):
            c_re = 3.0 * column / side - 2.1
            time = escape_time(c_re, c_im)
            if time == LIMIT:
                inside += 1
            checksum = (checksum * 31 + time) % 1_000_000_007
    print(f"{inside} inside, checksum {checksum}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
