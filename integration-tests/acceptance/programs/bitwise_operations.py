"""Bitwise operators, on negative numbers, too."""

from checking import check, finish


def and_(n):
    total = 0
    for i in range(-n, n):
        total += i & 0xF5
    return total


def or_(n):
    total = 0
    for i in range(-n, n):
        total += i | 0x35
    return total


def exclusive_or(n):
    total = 0
    for i in range(-n, n):
        total += (i * 31) ^ (i + 5)
    return total


def invert(n):
    total = 0
    for i in range(-n, n):
        total += ~i * 3
    return total


def shift_left(n):
    total = 0
    for i in range(-n, n):
        total += i + 11 << (i & 7)
    return total


def shift_right(n):
    total = 0
    for i in range(-n, n):
        total += i * 1001 >> (i & 15)
    return total


def count_of_bits(n):
    total = 0
    for i in range(n):
        bits = i
        while bits:
            bits &= bits - 1
            total += 1
    return total


def random_numbers(n):
    state = 12345
    for _ in range(n):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
    return state


check("and", and_(1000), 245000)
check("or", or_(1000), 52000)
check("exclusive or", exclusive_or(1000), 31022640)
check("invert", invert(1000), -3000)
check("shift left", shift_left(1000), 830750)
check("shift right", shift_right(1000), 233693)
check("count of bits", count_of_bits(1000), 4932)
check("random numbers", random_numbers(1000), 1925422056)
finish()
