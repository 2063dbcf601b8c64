"""Quicksort of a list in place, by recursion."""

import sys

SIZES = {"tiny": (40, 1), "small": (60_000, 12), "large": (60_000, 100)}


def sort(items, low, high):
    if low >= high:
        return
    pivot = items[(low + high) // 2]
    i, j = low, high
    while i <= j:
        while items[i] < pivot:
            i += 1
        while items[j] > pivot:
            j -= 1
        if i <= j:
            items[i], items[j] = items[j], items[i]
            i += 1
            j -= 1
    sort(items, low, j)
    sort(items, i, high)


def main(count, times):
    state = 5
    checksum = 0
    for _ in range(times):
        items = []
        for _ in range(count):
            state = (state * 48271) % 2147483647
            items.append(state)
        sort(items, 0, len(items) - 1)
        checksum = (checksum * 31 + items[count // 3] + items[-1]) % 1_000_000_007
    print(checksum)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
