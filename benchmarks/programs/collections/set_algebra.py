"""Sets of ints: unions, intersections and differences, as a whole and element by element."""

import sys

SIZES = {"tiny": (50, 3), "small": (2_000, 3_240), "large": (2_000, 26_100)}


def multiples(step, limit):
    found = set()
    for k in range(step, limit, step):
        found.add(k)
    return found


def common(a, b):
    count = 0
    for x in a:
        if x in b:
            count += 1
    return count


def main(size, times):
    check = 0
    for number in range(times):
        a = multiples(2 + number % 3, size * 3)
        b = multiples(3 + number % 5, size * 3)
        both = a & b
        either = a | b
        only = a - b
        total = 0
        for x in only:
            total += x
        check = (check + len(both) * 3 + len(either) + total + common(a, b)) % 1_000_003
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
