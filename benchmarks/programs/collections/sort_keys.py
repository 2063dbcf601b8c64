"""Sorting with keys: by length, by a dict's values, by several columns."""

import sys

SIZES = {"tiny": (50, 2), "small": (6_000, 580), "large": (6_000, 4_650)}


def main(size, times):
    words = []
    state = 9
    for _ in range(size):
        state = state * 48271 % 2147483647
        words.append("abcdefghij"[state % 5 : state % 5 + 1 + state % 6] + chr(97 + state % 26))
    counts = {}
    check = 0
    for number in range(times):
        for word in words:
            counts[word] = counts.get(word, 0) + number % 3
        by_length = sorted(words, key=len)
        by_count = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ranks = {}
        for rank, pair in enumerate(by_count):
            ranks[pair[0]] = rank
        for word in by_length:
            check = (check * 3 + ranks[word] + len(word)) % 1_000_003
    print(check, by_count[0], by_length[0])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
