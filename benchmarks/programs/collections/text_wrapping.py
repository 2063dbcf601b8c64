"""Text broken into lines of a width, words counted by length."""

import sys

SIZES = {"tiny": (5, 2), "small": (1_000, 470), "large": (1_000, 3_780)}

TEXT = "It was the best of times, it was the worst of times, it was the age of wisdom, it was "


def wrap(words, width):
    lines = []
    line = ""
    for word in words:
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    if line:
        lines.append(line)
    return lines


def main(count, times):
    words = (TEXT * count).split()
    total = 0
    for number in range(times):
        lines = wrap(words, 40 + number % 40)
        longest = 0
        for line in lines:
            if len(line) > longest:
                longest = len(line)
        total += len(lines) * 100 + longest
    print(total, lines[1])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
