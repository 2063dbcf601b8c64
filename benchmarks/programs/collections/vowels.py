"""Vowels, capitals, digits and words of a text, character by character."""

import sys

SIZES = {"tiny": (100, 2), "small": (5_000, 28), "large": (5_000, 280)}

LINE = "The quick brown fox jumps over the lazy dog; then 42 (or 43) wizards vex it. "


def main(lines, times):
    text = LINE * lines
    vowels = capitals = digits = words = 0
    for _ in range(times):
        inside = False
        for ch in text:
            if ch in "aeiouAEIOU":
                vowels += 1
            if ch.isupper():
                capitals += 1
            if "0" <= ch <= "9":
                digits += int(ch)
            if ch == " ":
                inside = False
            elif not inside:
                inside = True
                words += 1
    print(vowels, capitals, digits, words)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
