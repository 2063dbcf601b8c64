"""Sorting and choosing with functions as keys: distances, digit sums, several criteria."""

import sys

SIZES = {"tiny": (30, 1), "small": (20_000, 20), "large": (20_000, 170)}


def digit_sum(number):
    total = 0
    while number:
        total += number % 10
        number //= 10
    return total


def distance(a, b):
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def main(count, times):
    state = 7
    checksum = 0
    for k in range(times):
        numbers = []
        points = []
        for _ in range(count):
            state = (state * 48271) % 2147483647
            numbers.append(state % 1_000_000)
            points.append((state % 1009, state % 911))
        by_digits = sorted(numbers, key=digit_sum)
        center = (500 + k, 450)
        near = sorted(points, key=lambda point: distance(point, center))
        numbers.sort(key=lambda n: (n % 1000, n))
        far = max(points, key=lambda point: distance(point, center))
        odd = sum(map(digit_sum, filter(lambda n: n % 2, numbers)))
        checksum = (checksum * 31 + by_digits[count // 2] + near[3][0] + far[1]) % 1_000_000_007
        checksum = (checksum + odd + numbers[5]) % 1_000_000_007
    print(checksum)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
