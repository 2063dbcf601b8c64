"""itertools, functools, operator, heapq, bisect and friends calling back into program code."""

import bisect
import functools
import heapq
import itertools
import operator
import re
import string
import timeit
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

calls = []


def traced(f):
    @functools.wraps(f)
    def wrapper(*args):
        calls.append((f.__name__, *args))
        return f(*args)

    return wrapper


@traced
def key(x):
    return -x


print(sorted([3, 1, 2], key=key), max([1, 5, 2], key=key), min([1, 5], key=key), calls)
calls.clear()
print(list(map(traced(lambda a, b: a * b), [1, 2], [3, 4])), list(filter(lambda x: x % 2, range(6))), calls[0][1:])
print(functools.reduce(lambda a, b: a + [b], "abc", []), [*itertools.accumulate([1, 2, 3], lambda a, b: a * b)])
print([(k, list(g)) for k, g in itertools.groupby([1, 1, 2, 3, 3], key=lambda x: x % 2)])
print(list(itertools.takewhile(lambda x: x < 3, itertools.count())), list(itertools.dropwhile(str.isalpha, "ab1c")))
print([*itertools.starmap(pow, [(2, 3), (3, 2)])], [*itertools.chain.from_iterable(["ab", "c"])], [*itertools.islice("abcdef", 1, 5, 2)])
a, b = itertools.tee(x * x for x in range(4))
print(next(a), list(b), list(a), [*itertools.pairwise("abc")], [*itertools.zip_longest("ab", "c", fillvalue="-")])
print([*itertools.product("ab", repeat=2)], [*itertools.combinations("abc", 2)], [*itertools.compress("abc", [1, 0, 1])])


@functools.lru_cache(maxsize=2)
def cached(n):
    calls.append(n)
    return n * 2


calls.clear()
print([cached(n) for n in (1, 2, 1, 3, 2)], calls, cached.cache_info()[:2])


class Lazy:
    @functools.cached_property
    def value(self):
        calls.append("computed")
        return 42

    @functools.cache
    def method(self, n):
        calls.append(("method", n))
        return n

    multiply = functools.partialmethod(lambda self, a, b: (a, b), 10)

    @functools.singledispatchmethod
    def show(self, x):
        return "object"

    @show.register
    def _(self, x: int):
        return "int"


calls.clear()
lazy = Lazy()
print(lazy.value + lazy.value, lazy.method(1), lazy.method(1), lazy.multiply(b=2), lazy.show(1), lazy.show("s"), calls)
partial = functools.partial(lambda *a, **k: (a, k), 1, x=2)
print(partial(3, y=4), partial.args, partial.keywords, functools.partial(partial, 9)(10))
print(operator.itemgetter(1, 0)("ab"), operator.attrgetter("real")(5), operator.methodcaller("upper")("x"), operator.add(1, 2))


class Item:
    def __init__(self, priority, name):
        self.priority, self.name = priority, name

    def __lt__(self, other):
        calls.append("lt")
        return self.priority < other.priority

    def __eq__(self, other):
        return isinstance(other, Item) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


heap = []
calls.clear()
for p, n in ((3, "c"), (1, "a"), (2, "b")):
    heapq.heappush(heap, Item(p, n))
print([heapq.heappop(heap).name for _ in range(3)], "lt" in calls, heapq.nsmallest(2, [5, 1, 4], key=lambda x: -x))
print(bisect.bisect([1, 3, 5], 3), bisect.insort(items := [1, 5], 3) or items, bisect.bisect([3, 2, 1], -2, key=lambda x: -x))
print(sorted([1, 3, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
groups = defaultdict(lambda: calls.append("default") or [])
calls.clear()
for word in "apple ant bee".split():
    groups[word[0]].append(word)
print(dict(groups), calls, Counter("abracadabra").most_common(2), ChainMap({"a": 1}, {"a": 2, "b": 3})["b"])
d = deque([1, 2, 3], maxlen=3)
d.append(4), d.rotate(1)
print(d, OrderedDict(a=1, b=2).popitem(last=False), {Item(1, "x"): 1}[Item(2, "x")])
print(re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "a1b22"), re.split(r"(,)", "a,b"), string.Template("$x-$y").substitute(x=1, y=2))
print([*zip(*[iter("abcdef")] * 2)], dict(zip("ab", itertools.count(1))), list(iter(iter([1, 2, 0, 3]).__next__, 0)))
print(any(calls.append(x) or x > 1 for x in [1, 2, 3]), calls[-2:], all(x < 2 for x in [1, 2, 3]), sum((x for x in [[1], [2]]), []))
print(timeit.timeit(lambda: calls.append("timed"), number=3) >= 0, calls.count("timed"), [*reversed(range(3))], [*enumerate("ab", 1)])
