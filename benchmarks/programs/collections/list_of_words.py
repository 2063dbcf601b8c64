"""How often each word of a list occurs, and how long the words are."""

import sys

SIZES = {"tiny": (300, 3), "small": (30_000, 270), "large": (30_000, 2_500)}

SYLLABLES = ["ka", "lo", "mi", "ren", "su", "ta", "vo", "zi"]


def words(count):
    state = 11
    found = []
    for _ in range(count):
        state = (state * 48271) % 2147483647
        word = ""
        for shift in range(state % 3 + 1):
            word += SYLLABLES[(state >> (3 * shift)) % 8]
        found.append(word)
    return found


def main(count, times):
    text = words(count)
    counts = {}
    length = 0
    for _ in range(times):
        for word in text:
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
            length += len(word)
    print(len(counts), counts["kalo"], length)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
