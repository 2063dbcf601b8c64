"""Raise and catch N exceptions: across frames, by class, chained, with `finally` and `else`."""

import sys

SIZES = {"tiny": 1_000, "small": 1_250_000, "large": 9_900_000}


class ParseError(ValueError):
    def __init__(self, position, message):
        super().__init__(position, message)
        self.position = position


class Overflow(ParseError):
    pass


def check(value):
    if value % 7 == 0:
        raise ParseError(value, "divisible")
    if value % 11 == 0:
        raise Overflow(value, "too large")
    return value


def parse(value, log):
    try:
        return check(value)
    except Overflow as error:
        return error.position // 11
    finally:
        log[0] += 1


def translate(value, log):
    try:
        result = parse(value, log)
    except ParseError as error:
        try:
            raise KeyError(error.position) from error
        except LookupError as wrapped:
            log[1] += wrapped.__cause__ is error
            return 0
    else:
        log[2] += 1
        return result


def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        if len(table) > 20_000:
            table.clear()
        table[key] = len(table)
        return -1


def main(count):
    log = [0, 0, 0]
    table = {}
    total = 0
    for value in range(count):
        total += translate(value, log)
        total += lookup(table, value % 5_000 if value % 3 else value)
        try:
            total += int("x" if value % 10 == 0 else "12")
        except ValueError:
            total -= 1
    print(total, log, len(table))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
