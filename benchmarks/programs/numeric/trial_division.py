"""Primes below N by trial division: a loop that returns early, called for each odd number."""

import sys

SIZES = {"tiny": 2_000, "small": 725_000, "large": 3_150_000}


def is_prime(number):
    if number < 2:
        return False
    if number % 2 == 0:
        return number == 2
    divisor = 3
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 2
    return True


def main(limit):
    count = 0
    last = 0
    for number in range(limit):
        if is_prime(number):
            count += 1
            last = number
    print(f"{count} primes, the last is {last}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
