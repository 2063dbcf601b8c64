"""The edit distances between all pairs of a list of words."""

import sys

SIZES = {"tiny": (6, 1), "small": (60, 18), "large": (60, 144)}

SYLLABLES = ["ka", "lo", "mi", "ren", "su", "ta", "vo", "zi"]


def distance(a, b):
    before = list(range(len(b) + 1))
    for i, ca in enumerate(a):
        current = [i + 1]
        for j, cb in enumerate(b):
            cost = 0 if ca == cb else 1
            current.append(min(before[j + 1] + 1, current[j] + 1, before[j] + cost))
        before = current
    return before[-1]


def main(count, times):
    words = []
    state = 5
    for _ in range(count):
        state = state * 48271 % 2147483647
        words.append("".join(SYLLABLES[state >> 3 * k & 7] for k in range(3 + state % 3)))
    total = 0
    for _ in range(times):
        for one in words:
            for other in words:
                total += distance(one, other)
    print(total)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
