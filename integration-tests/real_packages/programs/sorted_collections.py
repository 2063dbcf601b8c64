"""sortedcontainers against sorted lists, sets and dicts of the host, in loops."""

import operator
import random
from bisect import bisect_left

from sortedcontainers import SortedDict, SortedKeyList, SortedList, SortedSet


def lists(rng: random.Random) -> None:
    """Random additions and removals; the small load makes the lists split and join."""
    ours: SortedList = SortedList()
    ours._reset(16)
    plain: list[int] = []
    for step in range(4000):
        value = rng.randrange(500)
        if rng.random() < 0.6 or not plain:
            ours.add(value)
            plain.insert(bisect_left(plain, value), value)
        elif value in ours:
            ours.remove(value)
            plain.remove(value)
        else:
            index = rng.randrange(len(plain))
            assert ours.pop(index) == plain.pop(index)
        if step % 500 == 0:
            ours._check()
            assert list(ours) == plain
            assert ours[5:50:3] == plain[5:50:3]
            assert list(ours.irange(100, 200)) == [x for x in plain if 100 <= x <= 200]
            assert [ours.bisect(x) for x in range(0, 500, 50)] == [
                sum(y <= x for y in plain) for x in range(0, 500, 50)
            ]
    print(len(ours), sum(ours), ours[0], ours[-1], ours.count(plain[3]))
    try:
        ours.remove(-1)
    except ValueError as error:
        print(error)
    try:
        ours[0] = 3
    except NotImplementedError as error:
        print(type(error).__name__, error)


def keys(rng: random.Random) -> None:
    words = ["".join(rng.choices("abcdef", k=rng.randrange(1, 6))) for _ in range(600)]
    ours = SortedKeyList(words, key=lambda word: (len(word), word[::-1]))
    ours._reset(8)
    ours.update(words[:100])
    ours._check()
    assert list(ours) == sorted(words + words[:100], key=lambda word: (len(word), word[::-1]))
    print(ours[:5], ours.bisect_key((3, "")), list(ours.irange_key((2, "b"), (2, "c")))[:6])
    print(repr(ours)[:40], ours == list(ours), operator.add(ours, ["zz"]) > ours)


def sets(rng: random.Random) -> None:
    one = SortedSet(rng.randrange(300) for _ in range(200))
    two = SortedSet(rng.randrange(300) for _ in range(200))
    for name in ("union", "intersection", "difference", "symmetric_difference"):
        result = getattr(one, name)(two)
        assert set(result) == getattr(set(one), name)(set(two))
        assert list(result) == sorted(result)
        print(name, len(result), result[0], result[-1])
    one |= two
    one -= SortedSet(range(0, 300, 2))
    print(len(one), one[::40], one.isdisjoint(two), one.index(one[7]))


def dicts(rng: random.Random) -> None:
    ours: SortedDict = SortedDict()
    plain: dict[int, int] = {}
    for _ in range(3000):
        key = rng.randrange(400)
        if rng.random() < 0.7:
            ours[key] = plain[key] = ours.get(key, 0) + 1
        elif plain:
            assert ours.pop(key, None) == plain.pop(key, None)
    assert list(ours.items()) == sorted(plain.items())
    print(len(ours), ours.peekitem(0), ours.peekitem(-1), ours.bisect(200))
    print(list(ours.irange(10, 40)), ours.keys()[3], ours.values()[3])
    print(ours.setdefault(-1, 7), ours.popitem(0), repr(ours)[:50])
    copy = ours.copy()
    del copy[copy.keys()[0]]
    print(len(copy), len(ours), copy == ours)


def main() -> None:
    rng = random.Random(12)
    lists(rng)
    keys(rng)
    sets(rng)
    dicts(rng)


if __name__ == "__main__":
    main()
