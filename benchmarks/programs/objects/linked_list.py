"""A queue of nodes that refer to each other: N values pass through it.

Nodes are made at the tail and dropped at the head; now and then the list is walked and turned.
"""

import sys

SIZES = {"tiny": 400, "small": 2_000_000, "large": 16_000_000}


class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


class Queue:
    def __init__(self):
        self.head = None
        self.tail = None
        self.size = 0

    def push(self, value):
        node = Node(value)
        if self.tail is None:
            self.head = node
        else:
            self.tail.next = node
        self.tail = node
        self.size += 1

    def pop(self):
        node = self.head
        self.head = node.next
        if self.head is None:
            self.tail = None
        self.size -= 1
        return node.value


def total(node):
    found = 0
    while node is not None:
        found += node.value
        node = node.next
    return found


def turned(node):
    before = None
    while node is not None:
        following = node.next
        node.next = before
        before = node
        node = following
    return before


def main(values):
    queue = Queue()
    checksum = 0
    for value in range(values):
        queue.push(value * 7 % 1000)
        if queue.size > 50:
            checksum += queue.pop() * (value % 3)
        if value % 5000 == 4999:
            checksum += total(queue.head)
            queue.tail = queue.head
            queue.head = turned(queue.head)
    print(f"{queue.size} left, {total(queue.head)}, checksum {checksum}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
