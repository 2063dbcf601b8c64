"""All permutations of a list by a recursive generator, and the cheapest tour among them."""

import sys

SIZES = {"tiny": 4, "small": 9, "large": 10}


def permutations(items, start):
    if start == len(items) - 1:
        yield items
        return
    for i in range(start, len(items)):
        items[start], items[i] = items[i], items[start]
        yield from permutations(items, start + 1)
        items[start], items[i] = items[i], items[start]


def length(tour, size):
    total = 0
    previous = 0
    for stop in tour:
        total += (previous * 7 + stop * 13) % size
        previous = stop
    return total


def main(count):
    best = worst = -1
    seen = 0
    for shift in range(2):
        for tour in permutations(list(range(count)), 0):
            seen += 1
            cost = length(tour, 31 + shift)
            if best < 0 or cost < best:
                best = cost
            worst = max(worst, cost)
    print(f"{seen} tours: from {best} to {worst}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
