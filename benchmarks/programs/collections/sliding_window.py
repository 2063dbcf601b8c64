"""Sliding windows: moving averages by slices, and maxima with a queue of indexes."""

import sys

SIZES = {"tiny": (500, 8), "small": (2_000_000, 24), "large": (16_000_000, 24)}


def averages(values, width):
    result = []
    for i in range(0, len(values) - width, 4):
        result.append(sum(values[i : i + width]) / width)
    return result


def maxima(values, width):
    result = []
    queue = []
    first = 0
    for i in range(len(values)):
        value = values[i]
        while len(queue) > first and values[queue[-1]] <= value:
            queue.pop()
        queue.append(i)
        if queue[first] <= i - width:
            first += 1
        if i >= width - 1:
            result.append(values[queue[first]])
    return result


def main(size, width):
    state = 2024
    values = []
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2147483648
        values.append(state // 65536 % 10_000)
    check = 0
    for value in maxima(values, width):
        check = (check * 3 + value) % 1_000_000_007
    total = 0.0
    for average in averages(values, width):
        total += average
    print(check, f"{total:.3f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
