"""Strings made piece by piece: `+=`, f-strings, join, a Caesar cipher."""

import sys

SIZES = {"tiny": (200, 2), "small": (40_000, 195), "large": (40_000, 1_570)}


def cipher(text, shift):
    out = ""
    for ch in text:
        code = ord(ch)
        if 97 <= code <= 122:
            out += chr((code - 97 + shift) % 26 + 97)
        else:
            out += ch
    return out


def fields(count):
    parts = []
    for k in range(count):
        parts.append(f"{k % 100}:{k * k % 1000}")
    return ",".join(parts)


def main(size, times):
    text = "the quick brown fox jumps over the lazy dog. " * (size // 45)
    check = 0
    for number in range(times):
        text = cipher(text, number % 25 + 1)
        line = fields(size // 10)
        check = (check + len(text) + len(line) + ord(text[number]) + ord(line[-1])) % 1_000_003
    print(check, text[:44])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
