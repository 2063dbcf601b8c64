"""Exceptions in a hot loop: calculations that are refused now and then, and caught where they are
called."""

import sys

SIZES = {"tiny": 200, "small": 2_800_000, "large": 22_000_000}


class Refused(Exception):
    """A value out of range."""


def convert(number):
    if number % 97 == 0:
        raise Refused(number)
    return number * 3 % 1000


def ratio(a, b):
    try:
        return a // b
    except ZeroDivisionError:
        return -1


def main(count):
    state = 3
    refused = total = finished = 0
    table = list(range(950))
    for _ in range(count):
        state = (state * 48271) % 2147483647
        try:
            value = convert(state)
            total += table[value]
        except Refused:
            refused += 1
        except IndexError:
            total -= 1
        else:
            total += ratio(value, state % 50)
        finally:
            finished += 1
    print(f"total {total}, refused {refused} of {finished}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
