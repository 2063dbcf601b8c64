"""All permutations in lexicographic order, in place: swaps and reversed tails."""

import sys

SIZES = {"tiny": 6, "small": 10, "large": 11}


def advance(items):
    i = len(items) - 2
    while i >= 0 and items[i] >= items[i + 1]:
        i -= 1
    if i < 0:
        return False
    j = len(items) - 1
    while items[j] <= items[i]:
        j -= 1
    items[i], items[j] = items[j], items[i]
    left = i + 1
    right = len(items) - 1
    while left < right:
        items[left], items[right] = items[right], items[left]
        left += 1
        right -= 1
    return True


def main(size):
    items = list(range(size))
    count = 1
    check = 0
    while advance(items):
        count += 1
        if items[0] < items[-1]:
            check = (check * 3 + items[size // 2]) % 1_000_000_007
    print(count, check)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
