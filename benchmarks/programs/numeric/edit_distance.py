"""Edit distance of two sequences of N integers by dynamic programming over two rows."""

import sys

SIZES = {"tiny": 60, "small": 2_650, "large": 7_500}


def sequence(length, seed):
    items = []
    state = seed
    for _ in range(length):
        state = (state * 16807) % 2147483647
        items.append(state % 20)
    return items


def distance(a, b):
    previous = list(range(len(b) + 1))
    current = [0] * (len(b) + 1)
    for i in range(1, len(a) + 1):
        current[0] = i
        item = a[i - 1]
        for j in range(1, len(b) + 1):
            best = previous[j - 1]
            if item != b[j - 1]:
                best += 1
            if previous[j] + 1 < best:
                best = previous[j] + 1
            if current[j - 1] + 1 < best:
                best = current[j - 1] + 1
            current[j] = best
        previous, current = current, previous
    return previous[len(b)]


def main(length):
    print(distance(sequence(length, 3), sequence(length, 5)))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
