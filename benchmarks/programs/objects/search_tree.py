"""Look-ups in a binary search tree that stands: N of them.

Two references in each object, either of which may be None.
"""

import sys

SIZES = {"tiny": 200, "small": 1_600_000, "large": 12_800_000}


class Tree:
    __slots__ = ("count", "key", "left", "right")

    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None
        self.count = 0


def insert(root, key):
    node = root
    while True:
        if key == node.key:
            return
        if key < node.key:
            if node.left is None:
                node.left = Tree(key)
                return
            node = node.left
        else:
            if node.right is None:
                node.right = Tree(key)
                return
            node = node.right


def look_up(root, key):
    node = root
    depth = 0
    while node is not None:
        depth += 1
        if key == node.key:
            node.count += 1
            return depth
        node = node.left if key < node.key else node.right
    return 0


def main(look_ups):
    root = Tree(5000)
    for n in range(1000):
        insert(root, n * 6151 % 10007)
    found = depth = 0
    for n in range(look_ups):
        steps = look_up(root, n * 7919 % 10007)
        if steps:
            found += 1
            depth += steps
    print(f"{found} found at depth {depth}, root {root.count}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
