"""Numbers below N that equal the sum of the cubes of their digits; a count of digits; `divmod`."""

import sys

SIZES = {"tiny": 1_000, "small": 1_700_000, "large": 13_000_000}


def main(limit):
    found = []
    digits = [0] * 10
    for number in range(limit):
        rest = number
        cubes = 0
        while rest:
            rest, digit = divmod(rest, 10)
            digits[digit] += 1
            cubes += digit * digit * digit
        if cubes == number:
            found.append(number)
    print(found, digits)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
