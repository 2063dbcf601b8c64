"""Quicksort in place with a stack of bounds, no recursion."""

import sys

SIZES = {"tiny": 1_000, "small": 350_000, "large": 2_500_000}


def quicksort(values):
    stack = [0, len(values) - 1]
    while stack:
        high = stack.pop()
        low = stack.pop()
        while low < high:
            pivot = values[(low + high) // 2]
            i = low
            j = high
            while i <= j:
                while values[i] < pivot:
                    i += 1
                while values[j] > pivot:
                    j -= 1
                if i <= j:
                    values[i], values[j] = values[j], values[i]
                    i += 1
                    j -= 1
            if j - low < high - i:
                stack.append(i)
                stack.append(high)
                high = j
            else:
                stack.append(low)
                stack.append(j)
                low = i


def main(size):
    state = 42
    values = []
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2147483648
        values.append(state // 65536 * 7 % 1_000_003)
    quicksort(values)
    check = 0
    for i, value in enumerate(values):
        check = (check * 31 + value * i) % 1_000_000_007
    print(values[0], values[-1], check)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
