"""The first N digits of pi by a spigot: integers of thousands of bits."""

import sys

SIZES = {"tiny": 100, "small": 4_500, "large": 12_000}


def digits():
    q, r, t, k, n, x = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), (10 * (3 * q + r)) // t - 10 * n
        else:
            q, r, t, k, n, x = (
                q * k,
                (2 * q + r) * x,
                t * x,
                k + 1,
                (q * (7 * k + 2) + r * x) // (t * x),
                x + 2,
            )


def main(count):
    checksum = 0
    last = []
    for number, digit in enumerate(digits(), 1):
        checksum = (checksum * 10 + digit) % 1_000_000_007
        last = [*last[-9:], digit]
        if number == count:
            break
    print("".join(str(digit) for digit in last), checksum)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
