"""Breadth-first search of a graph: a dict of lists, a deque, a set of what was seen."""

import sys
from collections import deque

SIZES = {"tiny": (30, 3), "small": (5_000, 510), "large": (5_000, 4_050)}


def search(graph, start):
    seen = {start}
    queue = deque([start])
    total = 0
    while queue:
        node = queue.popleft()
        total += node
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return len(seen), total


def main(size, times):
    graph = {}
    for node in range(size):
        graph[node] = [(node * 7 + 1) % size, (node * 3 + 2) % size, (node + 13) % size]
    check = 0
    for number in range(times):
        reached, total = search(graph, number * 17 % size)
        check = (check * 31 + reached + total) % 1_000_000_007
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
