"""Binary search trees of N nodes in all, each grown from nothing, then walked.

Nodes are made in a loop and put into attributes that were None.
"""

import sys

SIZES = {"tiny": 300, "small": 1_000_000, "large": 8_000_000}
NODES = 2_000


class Tree:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None
        self.count = 1


def grow(start, nodes):
    root = Tree(start)
    key = start
    for _ in range(nodes - 1):
        key = (key * 1103515245 + 12345) % 2147483648
        node = root
        while True:
            if key == node.key:
                node.count += 1
                break
            if key < node.key:
                if node.left is None:
                    node.left = Tree(key)
                    break
                node = node.left
            else:
                if node.right is None:
                    node.right = Tree(key)
                    break
                node = node.right
    return root


def height(node):
    deepest = 0
    pending = [(node, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > deepest:
            deepest = depth
        if node.left is not None:
            pending.append((node.left, depth + 1))
        if node.right is not None:
            pending.append((node.right, depth + 1))
    return deepest


def leftmost(node):
    while node.left is not None:
        node = node.left
    return node.key


def main(nodes):
    size = min(nodes, NODES)
    heights = smallest = 0
    for number in range(nodes // size):
        root = grow(number * 7919 + 1, size)
        heights += height(root)
        smallest += leftmost(root)
    print(f"{nodes // size} trees, heights {heights}, smallest {smallest}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
