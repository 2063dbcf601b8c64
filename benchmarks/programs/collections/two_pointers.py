"""Pairs and triples with a given sum, in sorted lists, by two indexes that move towards each
other."""

import sys

SIZES = {"tiny": (60, 3), "small": (2_700, 5), "large": (7_500, 5)}


def triples(values, target):
    found = []
    size = len(values)
    for i in range(size - 2):
        left = i + 1
        right = size - 1
        wanted = target - values[i]
        while left < right:
            total = values[left] + values[right]
            if total == wanted:
                found.append(values[i] * values[left] % 1000 + values[right])
                left += 1
                right -= 1
            elif total < wanted:
                left += 1
            else:
                right -= 1
    return found


def main(size, rounds):
    state = 7
    check = 0
    count = 0
    for number in range(rounds):
        values = []
        for _ in range(size):
            state = (state * 16807) % 2147483647
            values.append(state % 100_000)
        values.sort()
        found = triples(values, 90_000 + number)
        count += len(found)
        for value in found:
            check = (check * 31 + value) % 1_000_000_007
    print(count, check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
