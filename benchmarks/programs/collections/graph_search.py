"""Breadth-first search of a grid of walls: a queue that is iterated over while it grows, lists of
neighbours, rows made anew."""

import sys

SIZES = {"tiny": (20, 2), "small": (500, 8), "large": (1000, 18)}


def neighbours_of(size, walls):
    neighbours = []
    for cell in range(size * size):
        found = []
        x = cell % size
        y = cell // size
        if x > 0 and not walls[cell - 1]:
            found.append(cell - 1)
        if x < size - 1 and not walls[cell + 1]:
            found.append(cell + 1)
        if y > 0 and not walls[cell - size]:
            found.append(cell - size)
        if y < size - 1 and not walls[cell + size]:
            found.append(cell + size)
        neighbours.append(found)
    return neighbours


def search(neighbours, start):
    distances = [-1] * len(neighbours)
    distances[start] = 0
    queue = [start]
    for cell in queue:
        distance = distances[cell] + 1
        for other in neighbours[cell]:
            if distances[other] < 0:
                distances[other] = distance
                queue.append(other)
    return distances, len(queue)


def main(size, rounds):
    walls = [i * i % 7 == 3 and i % size != 0 for i in range(size * size)]
    neighbours = neighbours_of(size, walls)
    check = 0
    for number in range(rounds):
        distances, reached = search(neighbours, number * size)
        check = (check * 31 + sum(distances) + reached) % 1_000_000_007
    print(check)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
