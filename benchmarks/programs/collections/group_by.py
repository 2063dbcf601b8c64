"""Records by groups: a dict of lists, then sums over each."""

import sys

SIZES = {"tiny": (200, 2), "small": (60_000, 240), "large": (60_000, 1_920)}


def grouped(records):
    groups = {}
    for city, amount in records:
        if city not in groups:
            groups[city] = []
        groups[city].append(amount)
    return groups


def main(size, times):
    names = ["Harare", "Bulawayo", "Mutare", "Gweru", "Kwekwe", "Kadoma"]
    records = [(names[k * k % 11 % 6], k % 1000) for k in range(size)]
    check = 0
    for _ in range(times):
        groups = grouped(records)
        for city, amounts in groups.items():
            best = 0
            for amount in amounts:
                if amount > best:
                    best = amount
            check = (check + len(city) * sum(amounts) + best) % 1_000_000_007
    print(check, len(groups))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
