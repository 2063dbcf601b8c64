"""Deep copies and pickles of trees of objects, lists and dictionaries, several times."""

import copy
import pickle
import sys

SIZES = {"tiny": (2, 1), "small": (5, 125), "large": (5, 1_000)}


class Node:
    def __init__(self, name, children, attributes):
        self.name = name
        self.children = children
        self.attributes = attributes
        self.parent = None
        for child in children:
            child.parent = self

    def count(self):
        return 1 + sum(child.count() for child in self.children)


def tree(depth, width):
    children = [tree(depth - 1, width) for _ in range(width)] if depth else []
    attributes = {"depth": depth, "labels": ["a", "b", (depth, width)], "extra": {depth, width}}
    return Node(f"node-{depth}", children, attributes)


def main(depth, times):
    root = tree(depth, 3)
    total = 0
    for number in range(times):
        twin = copy.deepcopy(root)
        twin.attributes["labels"].append(number)
        restored = pickle.loads(pickle.dumps(twin))
        assert restored.children[0].parent is restored
        total += restored.count() + len(restored.attributes["labels"])
        shallow = copy.copy(twin)
        total += shallow.children is twin.children
    print(total, len(root.attributes["labels"]))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
