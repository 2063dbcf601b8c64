"""Closures in hot loops: a generator of random numbers, a moving average, a counter."""

import sys

SIZES = {"tiny": 500, "small": 3_600_000, "large": 29_000_000}


def make_random(seed):
    state = seed

    def draw(limit):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2147483648
        return state % limit

    return draw


def make_average(weight):
    mean = 0.0

    def add(value):
        nonlocal mean
        mean += (value - mean) * weight
        return mean

    return add


def make_counter(limit):
    hits = 0

    def check(value):
        nonlocal hits
        if value > limit:
            hits += 1
        return hits

    return check


def main(rounds):
    draw = make_random(42)
    average = make_average(0.05)
    check = make_counter(60)
    mean = 0.0
    hits = 0
    for _ in range(rounds):
        mean = average(draw(100))
        hits = check(mean)
    print(f"mean {mean:.6f}, {hits} hits")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
