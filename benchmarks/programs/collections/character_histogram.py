"""How often each character of a text occurs, and which follow each other."""

import sys

SIZES = {"tiny": (100, 2), "small": (5_000, 45), "large": (5_000, 420)}

LINE = "The quick brown fox jumps over the lazy dog; then 42 (or 43) wizards vex it. "


def main(lines, times):
    text = LINE * lines
    counts = {}
    doubles = 0
    for _ in range(times):
        last = ""
        for ch in text:
            counts[ch] = counts.get(ch, 0) + 1
            if ch == last:
                doubles += 1
            last = ch
    print(len(counts), counts["e"], counts["z"], doubles)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
