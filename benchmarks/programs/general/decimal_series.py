"""Interest tables and a series for pi with `decimal` and `fractions`, N times."""

import sys
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

SIZES = {"tiny": 1, "small": 3_200, "large": 26_000}

CENT = Decimal("0.01")


def interest(capital, years):
    rate = Decimal("0.0325") / 12
    paid = Decimal(0)
    for month in range(12 * years):
        gain = (capital * rate).quantize(CENT, rounding=ROUND_HALF_EVEN)
        capital += gain - Decimal("12.50")
        if month % 12 == 0:
            paid += gain
    return capital, paid


def pi(digits):
    with localcontext() as context:
        context.prec = digits + 5
        last, term, result = Decimal(0), Decimal(3), Decimal(3)
        n, na, d, da = 1, 0, 0, 24
        while result != last:
            last = result
            n, na = n + na, na + 8
            d, da = d + da, da + 32
            term = term * n / d
            result += term
        context.prec = digits
        return +result


def harmonic(count):
    total = Fraction(0)
    for k in range(1, count):
        total += Fraction(1, k)
    return total


def main(times):
    capital = Decimal(0)
    for number in range(times):
        balance, paid = interest(Decimal(10_000 + number), 30)
        capital += balance + paid
        value = pi(40 + number % 20)
        exact = harmonic(60)
    print(capital, value, exact.numerator % 1_000_003)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
