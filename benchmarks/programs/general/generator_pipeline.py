"""Log lines through a chain of six generators, several times: `yield from`, `send`, `itertools`."""

import sys
from itertools import chain, islice, takewhile

SIZES = {"tiny": (300, 1), "small": (5_000, 210), "large": (5_000, 1_700)}


def lines(count):
    state = 5
    for number in range(count):
        state = (state * 48271) % 2147483647
        level = ("DEBUG", "INFO", "WARNING", "ERROR")[state % 4]
        yield f"{number} {level} module{state % 17} took {state % 997} ms"


def fields(source):
    for line in source:
        number, level, module, _, duration, _ = line.split()
        yield int(number), level, module, int(duration)


def without_debug(source):
    return (item for item in source if item[1] != "DEBUG")


def batches(source, size):
    iterator = iter(source)
    while True:
        batch = list(islice(iterator, size))
        if not batch:
            return
        yield batch


def flattened(source):
    for batch in source:
        yield from batch


def running_mean():
    total = 0
    count = 0
    mean = 0
    while True:
        value = yield mean
        total += value
        count += 1
        mean = total // count


def main(count, times):
    checksum = 0
    for number in range(times):
        first = lines(count)
        second = takewhile(lambda line: not line.startswith("100 "), lines(count))
        stream = flattened(batches(without_debug(fields(chain(first, second))), 64 + number))
        mean = running_mean()
        next(mean)
        for line, _, module, duration in stream:
            checksum = (checksum + mean.send(duration) + line + len(module)) % 1_000_000_007
        mean.close()
    print(checksum)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
