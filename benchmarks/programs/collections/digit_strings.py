"""Numbers read from a long string of digits, checked as card numbers are, by index."""

import sys

SIZES = {"tiny": (500, 2), "small": (40_000, 16), "large": (40_000, 160)}


def luhn(text, start):
    total = 0
    for k in range(16):
        digit = ord(text[start + k]) - 48
        if k % 2 == 0:
            digit *= 2
            if digit > 9:
                digit -= 9
        total += digit
    return total


def main(size, times):
    state = 5
    parts = []
    for _ in range(size // 8):
        state = (state * 16807) % 2147483647
        parts.append(str(10**8 + state % 10**8)[1:])
    text = "".join(parts)
    good = 0
    value = 0
    for _ in range(times):
        for start in range(len(text) - 16):
            if luhn(text, start) % 10 == 0:
                good += 1
                value = (value * 10 + int(text[start])) % 1_000_003
    print(good, value)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
