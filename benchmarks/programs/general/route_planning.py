"""Shortest routes on a generated road map, several times: tuples, dictionaries, `heapq`."""

import heapq
import sys

SIZES = {"tiny": (12, 1), "small": (80, 160), "large": (80, 1_300)}


def road_map(side):
    roads = {}
    state = 3
    for y in range(side):
        for x in range(side):
            neighbours = []
            for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
                if 0 <= x + dx < side and 0 <= y + dy < side:
                    state = (state * 48271) % 2147483647
                    neighbours.append(((x + dx, y + dy), 1 + state % 20))
            roads[x, y] = neighbours
    return roads


def route(roads, start, goal):
    queue = [(0, start)]
    best = {start: 0}
    came_from = {}
    while queue:
        distance, place = heapq.heappop(queue)
        if place == goal:
            break
        if distance > best[place]:
            continue
        for neighbour, length in roads[place]:
            candidate = distance + length
            if candidate < best.get(neighbour, sys.maxsize):
                best[neighbour] = candidate
                came_from[neighbour] = place
                heapq.heappush(queue, (candidate, neighbour))
    path = [goal]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return best[goal], path[::-1]


def main(side, times):
    roads = road_map(side)
    total = 0
    for number in range(times):
        corner = (number * 7 % side, number * 3 % side)
        distance, path = route(roads, corner, (side - 1, side - 1 - number % side))
        total += distance * len(path)
    print(total)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
