"""Lists cut and joined: slices, insert, del, reverse, rotate."""

import sys

SIZES = {"tiny": (20, 60), "small": (64, 1_020_000), "large": (64, 8_160_000)}


def main(size, times):
    values = list(range(size))
    state = 7
    check = 0
    for _ in range(times):
        state = state * 48271 % 2147483647
        i = state % size
        j = (state >> 8) % size
        if i > j:
            i, j = j, i
        part = values[i:j]
        part.reverse()
        values = values[:i] + part + values[j:]
        last = values.pop()
        values.insert(i, last)
        values[j], values[i] = values[i], values[j]
        check = (check * 31 + values[state % 11] + len(part)) % 1_000_003
    print(check, values[:8])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
