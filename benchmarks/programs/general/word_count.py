"""Count words and pairs of words of a text, several times: dictionaries, `Counter`, sets."""

import sys
from collections import Counter, defaultdict

SIZES = {"tiny": (400, 1), "small": (20_000, 175), "large": (20_000, 1_450)}

SYLLABLES = ["ka", "lo", "mi", "ren", "su", "ta", "vo", "zi"]


def text(words):
    state = 11
    result = []
    for _ in range(words):
        state = (state * 48271) % 2147483647
        word = ""
        for shift in range(state % 3 + 1):
            word += SYLLABLES[(state >> (3 * shift)) % 8]
        result.append(word.capitalize() if state % 13 == 0 else word)
    return " ".join(result)


def main(words, times):
    content = text(words)
    checksum = 0
    for _ in range(times):
        counts = Counter(word.lower() for word in content.split())
        followers = defaultdict(set)
        previous = ""
        for word in content.split():
            followers[previous].add(word)
            previous = word
        for rank, (word, count) in enumerate(counts.most_common(50), 1):
            checksum += rank * count + len(followers[word])
        initials = {}
        for word in counts:
            initials.setdefault(word[0], []).append(word)
        checksum += sum(len(found) * ord(initial) for initial, found in initials.items())
    print(checksum, len(counts))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
