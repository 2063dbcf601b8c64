"""Fannkuch: the most prefix reversals that any permutation of N numbers takes; done several times.

Swaps inside short lists of integers, with loops whose ends are data.
"""

import sys

SIZES = {"tiny": (6, 1), "small": (9, 2), "large": (10, 1)}


def fannkuch(size):
    permutation = list(range(size))
    count = [0] * size
    checksum = 0
    most = 0
    sign = 1
    level = size
    while True:
        while level > 1:
            count[level - 1] = level
            level -= 1
        if permutation[0] != 0:
            work = permutation[:]
            flips = 0
            first = work[0]
            while first != 0:
                low = 0
                high = first
                while low < high:
                    work[low], work[high] = work[high], work[low]
                    low += 1
                    high -= 1
                flips += 1
                first = work[0]
            if flips > most:
                most = flips
            checksum += sign * flips
        sign = -sign
        while True:
            if level == size:
                return checksum, most
            moved = permutation[0]
            for i in range(level):
                permutation[i] = permutation[i + 1]
            permutation[level] = moved
            count[level] -= 1
            if count[level] > 0:
                break
            level += 1


def main(size, times):
    for _ in range(times):
        checksum, most = fannkuch(size)
    print(f"checksum {checksum}, at most {most} flips")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
