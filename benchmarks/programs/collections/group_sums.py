"""Sums and counts of amounts by region and by article: dicts with strings and ints as keys."""

import sys

SIZES = {"tiny": (500, 3), "small": (20_000, 340), "large": (20_000, 3_200)}

REGIONS = ["north", "south", "east", "west"]


def main(rows, times):
    state = 17
    regions = []
    articles = []
    amounts = []
    for _ in range(rows):
        state = (state * 48271) % 2147483647
        regions.append(REGIONS[state % 4])
        articles.append(state % 40)
        amounts.append(state % 5_000 / 4)
    sums = {}
    numbers = {}
    largest = {}
    for _ in range(times):
        for region, article, amount in zip(regions, articles, amounts):
            sums[region] = sums.get(region, 0.0) + amount
            numbers[article] = numbers.get(article, 0) + 1
            if amount > largest.get(region, -1.0):
                largest[region] = amount
    for region in REGIONS:
        print(region, sums[region], largest[region])
    print(sum(article * n for article, n in numbers.items()))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
