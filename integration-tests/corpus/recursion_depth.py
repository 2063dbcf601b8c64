"""How deep calls of many kinds get before RecursionError, in steps of 5 % of the limit; threads."""

import sys
import threading

reached = 0


def plain():
    global reached
    reached += 1
    plain()


def loops():
    global reached
    for _ in range(3):
        reached += 1
        loops()


def hot_loops(n=0):
    global reached
    total = 0
    for i in range(5):
        total += i
    reached = n
    return hot_loops(n + 1) + total


def mapped(x=1):
    global reached
    reached += 1
    list(map(mapped, [1]))


def sorts(x=1):
    global reached
    reached += 1
    return sorted([1], key=sorts)


def generates():
    global reached
    reached += 1
    yield from generates()


class Deep:
    def __getattr__(self, name):
        global reached
        reached += 1
        return getattr(self, name + "x")

    def __repr__(self):
        global reached
        reached += 1
        return repr([self])

    def __eq__(self, other):
        global reached
        reached += 1
        return [self] == [other]

    def __call__(self):
        global reached
        reached += 1
        return self()

    __hash__ = None


def numeric(n):
    return 0 if n <= 0 else 1 + numeric(n - 1)


def deepest():
    """The deepest call of a function that native code may be entered in."""
    global reached
    low, high = 1, 2 * sys.getrecursionlimit()
    while low < high:
        middle = (low + high + 1) // 2
        try:
            numeric(middle)
            low = middle
        except RecursionError:
            high = middle - 1
    reached = low


KINDS = {
    "plain": plain,
    "loops": loops,
    "hot loops": hot_loops,
    "map": mapped,
    "sorted": sorts,
    "generators": lambda: list(generates()),
    "getattr": lambda: Deep().x,
    "repr": lambda: repr(Deep()),
    "comparison": lambda: Deep() == Deep(),
    "call": lambda: Deep()(),
    "numeric": deepest,
}


def measure():
    global reached
    for kind, function in KINDS.items():
        steps = []
        for _ in range(3):
            reached = 0
            try:
                function()
            except RecursionError:
                pass
            steps.append(round(20 * reached / sys.getrecursionlimit()))
        print(kind, steps)


measure()
thread = threading.Thread(target=measure)
thread.start()
thread.join()
sys.setrecursionlimit(100_000)
print(numeric(30_000), numeric(30_000))
