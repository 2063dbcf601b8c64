"""cProfile and profile: how often each function was called, and by whom; hot loops among them."""

import cProfile
import io
import pstats


def leaf(x):
    return x + 1


def loop(n):
    total = 0
    for i in range(n):
        total += i
    for i in range(3):
        total += leaf(i)
    return total


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Shape:
    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side * self.side


def numbers(n):
    while n:
        yield n
        n -= 1


def work():
    shapes = [Shape(i) for i in range(5)]
    total = sum(shape.area for shape in shapes)
    for number in numbers(4):
        total += loop(number)
    try:
        {}["missing"]
    except KeyError:
        total += fib(8)
    return total, sorted([3, 1, 2], key=lambda x: -x), len(shapes)


def counts(stats, builtin=False):
    """Calls, primitive calls and callers of the program's functions, and of built-in ones."""
    for (filename, line, name), (primitive, calls, _, _, callers) in sorted(
        stats.stats.items()
    ):
        if filename == __file__:
            by = sorted((caller[2], count[0]) for caller, count in callers.items())
            print(line, name, calls, primitive, by)
        elif builtin and filename == "~" and "disable" not in name:
            print(name, calls, primitive)


print(work())
profiler = cProfile.Profile()
print(profiler.runcall(work))
counts(pstats.Stats(profiler, stream=io.StringIO()), builtin=True)
with cProfile.Profile() as profiler:
    print(loop(1000))
    work()
counts(pstats.Stats(profiler, stream=io.StringIO()))
print(work())
