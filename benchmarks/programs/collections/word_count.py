"""How often each word of a text occurs, and the most frequent ones: split, a dict, a sort."""

import sys

SIZES = {"tiny": (40, 3), "small": (3_000, 180), "large": (3_000, 1_450)}

LINE = "the quick brown fox jumps over the lazy dog and the dog sleeps on while fox number"


def count(lines):
    counts = {}
    for line in lines:
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1
    return counts


def main(number, times):
    lines = [f"{LINE} {k % 50} of {k % 7} runs" for k in range(number)]
    total = 0
    for _ in range(times):
        counts = count(lines)
        best = ""
        most = 0
        for word, n in counts.items():
            if n > most or (n == most and word == "fox"):
                best, most = word, n
        total += most
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    print(total, best, len(counts), ordered[:5])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
