"""Counters in a linked list: N walks that find, count and add up.

`while node is not None` over objects that refer to each other.
"""

import sys

SIZES = {"tiny": 20, "small": 110_000, "large": 880_000}


class Node:
    def __init__(self, key, next):
        self.key = key
        self.next = next
        self.seen = 0
        self.weight = 1.0


def count(head, key):
    steps = 0
    node = head
    while node is not None:
        steps += 1
        if node.key == key:
            node.seen += 1
            return steps
        node.weight *= 0.999
        node = node.next
    return -steps


def total(head):
    result = 0.0
    node = head
    while node:
        result += node.weight * node.seen
        node = node.next
    return result


def main(walks):
    head = None
    for key in range(400):
        head = Node(key * 7 % 401, head)
    steps = 0
    for n in range(walks):
        steps += count(head, n * 31 % 420)
        if n % 1000 == 0:
            steps += int(total(head))
    print(f"{steps} steps, {total(head):.9f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
