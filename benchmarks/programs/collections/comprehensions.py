"""Lists made by comprehensions, filtered and summed, again and again."""

import sys

SIZES = {"tiny": (100, 40), "small": (3_000, 5_000), "large": (3_000, 40_000)}


def main(size, rounds):
    base = [i * 37 % 1009 for i in range(size)]
    total = 0
    for number in range(rounds):
        shifted = [(value + number) % 1009 for value in base]
        squares = [value * value for value in shifted if value % 3]
        total = (total + sum(squares) + len(shifted)) % 1_000_000_007
    print(total)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
