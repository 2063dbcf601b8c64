"""Match: sequence patterns, star captures, nesting, which types count, and protocol calls."""

import array
from collections import deque, namedtuple, UserList
from collections.abc import Sequence


def shape(value):
    match value:
        case []:
            return "empty"
        case [x]:
            return f"one: {x!r}"
        case [x, y]:
            return f"two: {x!r} {y!r}"
        case [first, *middle, last] if len(middle) > 3:
            return f"long: {first!r} ... {last!r}"
        case [1, *rest]:
            return f"starts with 1: {rest}"
        case [*start, 9]:
            return f"ends with 9: {start}"
        case [_, *_, _]:
            return "at least two"
        case _:
            return "not a sequence"


for value in (
    [], [1], (1, 2), [1, 2, 3], [2, 3, 9], [2, 3, 4], range(9), "ab", b"ab", bytearray(b"ab"),
    {1, 2}, {1: 2}, iter([1, 2]), deque([1, 2]), array.array("i", [1]), None, 5,
    memoryview(b"xy"), UserList([7]), namedtuple("P", "x y")(1, 2),
):  # fmt: skip
    name = type(value).__name__
    print(name, "->", shape(value))


def nested(value):
    match value:
        case [[a, [b, *c]], *d]:
            return a, b, c, d
        case (("x", inner) | ("y", inner)), outer:
            return "xy", inner, outer
        case [{"k": [k1, *_]}, str(s)]:
            return k1, s
        case [int() | float() as number, [*_] as sub]:
            return number, sub


print(nested([[1, [2, 3, 4]], 5]), nested([["y", 1], 2]), nested([{"k": "no"}, "s"]))
print(nested([{"k": (1, 2)}, "s"]), nested((1.5, [])), nested([]))


class Custom(Sequence):
    def __init__(self, *items):
        self.items = items

    def __len__(self):
        print("len")
        return len(self.items)

    def __getitem__(self, index):
        print("getitem", index)
        return self.items[index]


def protocol(value):
    match value:
        case [1, 2, 3]:
            return "123"
        case [a, *_, b]:
            return "ends", a, b
        case [*all_]:
            return "all", all_


print(protocol(Custom(1, 2, 3)))
print(protocol(Custom(4, 5, 6)))
print(protocol(Custom(1, 9)))
print(protocol(Custom(7)))


class NotRegistered:
    def __len__(self):
        return 2

    def __getitem__(self, index):
        if index >= self.limit:
            raise IndexError(index)
        return index

    limit = 2


print(shape(NotRegistered()))
Sequence.register(NotRegistered)


class Registered(NotRegistered):
    pass


print(shape(Registered()))
Registered.limit = 3
try:
    shape(Registered())
except ValueError as error:
    print("the length lied:", error)


class Failing(list):
    def __len__(self):
        raise RuntimeError("no length")


try:
    shape(Failing())
except RuntimeError as error:
    print(error)


def parenthesized(value):
    match value:
        case (x,):
            return "tuple of one", x
        case (x):
            return "just a capture", x


print(parenthesized([1]), parenthesized(1), parenthesized((1, 2)))


def open_sequence(command):
    match command.split():
        case "go", ("north" | "south" | "east" | "west") as direction:
            return f"going {direction}"
        case ["go", *_]:
            return "where?"
        case "drop", *objects:
            return f"dropping {', '.join(objects)}"
        case verb, thing:
            return f"cannot {verb} the {thing}"
        case (verb,):
            return f"{verb} what?"
        case []:
            return "silence"


for command in ("go north", "go up", "drop a b c", "eat cake", "look", "", "drop"):
    print(open_sequence(command))


def types_of_captures(value):
    match value:
        case [_, *rest]:
            return type(rest).__name__, rest


print(types_of_captures((1, 2, 3)), types_of_captures(range(3)), types_of_captures(deque("ab")))


def two_sequences_share(value):
    match value:
        case [x, *_] if x > 10:
            return "big", x
        case [x, y] | [x, _, y]:
            return x, y
        case [x]:
            return x


print([two_sequences_share(v) for v in ([11], [1, 2], [1, 2, 3], [4], [1, 2, 3, 4])])


def swap(pair):
    match pair:
        case a, b:
            pair = b, a
    return pair


print(swap((1, 2)))
