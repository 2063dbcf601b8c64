"""Hofstadter's female and male sequences: two functions that call each other, with results as
arguments; and parity by turns."""

import sys

SIZES = {"tiny": 20, "small": 155, "large": 230}


def female(n):
    return 1 if n == 0 else n - male(female(n - 1))


def male(n):
    return 0 if n == 0 else n - female(male(n - 1))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def main(n):
    differences = 0
    for k in range(n // 2):
        if female(k) != male(k):
            differences += 1
    even = 0
    for k in range(n * 4):
        if is_even(k % 700):
            even += 1
    print(f"female({n // 2}) = {female(n // 2)}, {differences} differences, {even} even")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
