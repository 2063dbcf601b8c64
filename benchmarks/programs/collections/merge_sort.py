"""Merge sort: new lists by slices and appends, recursively."""

import sys

SIZES = {"tiny": 500, "small": 350_000, "large": 2_400_000}


def merge(left, right):
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    while i < len(left):
        merged.append(left[i])
        i += 1
    while j < len(right):
        merged.append(right[j])
        j += 1
    return merged


def merge_sort(values):
    if len(values) < 2:
        return values
    middle = len(values) // 2
    return merge(merge_sort(values[:middle]), merge_sort(values[middle:]))


def main(size):
    state = 42
    values = []
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2147483648
        values.append(state % 100_000)
    ordered = merge_sort(values)
    check = 0
    for i, value in enumerate(ordered):
        check = (check * 31 + value * i) % 1_000_000_007
    print(ordered[0], ordered[-1], check)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
