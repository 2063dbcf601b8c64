"""A simulation of N events: objects in a heap that is ordered by their time.

Events are made, compared by an attribute, moved within a list and dropped.
"""

import sys

SIZES = {"tiny": 200, "small": 800_000, "large": 6_400_000}


class Event:
    __slots__ = ("kind", "time")

    def __init__(self, time, kind):
        self.time = time
        self.kind = kind


def push(heap, event):
    heap.append(event)
    position = len(heap) - 1
    while position > 0:
        parent = (position - 1) >> 1
        if heap[parent].time <= event.time:
            break
        heap[position] = heap[parent]
        position = parent
    heap[position] = event


def pop(heap):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    size = len(heap)
    position = 0
    while True:
        child = 2 * position + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1].time < heap[child].time:
            child += 1
        if last.time <= heap[child].time:
            break
        heap[position] = heap[child]
        position = child
    heap[position] = last
    return first


def main(events):
    heap = []
    seed = 7
    for kind in range(200):
        seed = (seed * 16807) % 2147483647
        push(heap, Event(seed % 1000 / 10.0, kind % 4))
    counts = [0, 0, 0, 0]
    now = 0.0
    for _ in range(events):
        event = pop(heap)
        now = event.time
        counts[event.kind] += 1
        seed = (seed * 16807) % 2147483647
        push(heap, Event(now + seed % 1000 / 100.0 + 0.01, seed % 4))
    print(f"{events} events until {now:.2f}: {counts}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
