"""Look up numbers in a sorted list: by hand, and with bisect."""

import bisect
import sys

SIZES = {"tiny": (100, 200), "small": (100_000, 546_000), "large": (100_000, 4_290_000)}


def search(values, wanted):
    low = 0
    high = len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def main(size, count):
    values = [k * 3 + k % 2 for k in range(size)]
    state = 17
    check = 0
    for _ in range(count):
        state = state * 48271 % 2147483647
        wanted = state % (3 * size)
        check += search(values, wanted) + bisect.bisect_right(values, wanted)
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
