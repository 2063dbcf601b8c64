"""Shortest ways from one corner of a weighted grid: a heap of pairs (Dijkstra)."""

import heapq
import sys

SIZES = {"tiny": (8, 1), "small": (150, 36), "large": (250, 108)}


def shortest(size, weights):
    best = [10**9] * (size * size)
    best[0] = 0
    heap = [(0, 0)]
    pops = 0
    while heap:
        distance, cell = heapq.heappop(heap)
        pops += 1
        if distance > best[cell]:
            continue
        x = cell % size
        y = cell // size
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            nx = x + dx
            ny = y + dy
            if 0 <= nx < size and 0 <= ny < size:
                other = ny * size + nx
                longer = distance + weights[other]
                if longer < best[other]:
                    best[other] = longer
                    heapq.heappush(heap, (longer, other))
    return best[-1], pops


def main(size, times):
    check = 0
    for number in range(times):
        weights = [(i * 7919 + number * 31) % 97 + 1 for i in range(size * size)]
        far, pops = shortest(size, weights)
        check = (check * 31 + far + pops) % 1_000_000_007
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
