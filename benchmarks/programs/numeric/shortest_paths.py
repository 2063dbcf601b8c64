"""Shortest paths between all pairs of N nodes (Floyd-Warshall) over lists of lists of integers."""

import sys

SIZES = {"tiny": 20, "small": 340, "large": 680}

FAR = 1_000_000_000


def graph(size):
    state = 99
    distance = [[FAR] * size for _ in range(size)]
    for i in range(size):
        distance[i][i] = 0
        for _ in range(5):
            state = (state * 48271) % 2147483647
            distance[i][state % size] = 1 + state % 97
    return distance


def floyd_warshall(distance, size):
    for k in range(size):
        through = distance[k]
        for i in range(size):
            row = distance[i]
            first = row[k]
            if first == FAR:
                continue
            for j in range(size):
                length = first + through[j]
                if length < row[j]:
                    row[j] = length


def main(size):
    distance = graph(size)
    floyd_warshall(distance, size)
    total = 0
    longest = 0
    for row in distance:
        for length in row:
            if length < FAR:
                total += length
                longest = max(longest, length)
    print(f"sum {total}, longest {longest}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
