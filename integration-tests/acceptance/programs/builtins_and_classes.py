"""Built-in functions, methods, nested loops and simple classes in hot loops."""

from checking import check, finish


class Counter:
    def __init__(self, step):
        self.step = step
        self.value = 0

    def advance(self, by=1):
        self.value += self.step * by
        return self.value


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def norm(self):
        return abs(self.x) + abs(self.y)


def numbers(n):
    total = 0
    for i in range(n):
        total += abs(5 - i) + min(i, 100) - max(i % 7, 3) + pow(i % 5, 2) + divmod(i, 7)[1]
    return total


def sequences(n):
    values = [3, 1, 2]
    total = 0
    for _ in range(n):
        total += len(values) + sum(values) + min(values) * max(values) + sorted(values)[1]
    return total


def types(n):
    values = [1, 2.0, "three", None, [4]]
    found = 0
    for i in range(n):
        value = values[i % 5]
        if isinstance(value, int):
            found += 1
        elif isinstance(value, (str, list)):
            found += len(value)
        elif value is None:
            found += 1000
    return found


def list_methods(n):
    values = [5, 3, 8, 1]
    total = 0
    for i in range(n):
        values.insert(0, i)
        values.reverse()
        total += values.index(8) + values.count(3)
        values.remove(i)
        values.extend([i, i + 1])
        values.pop()
        values.pop()
    return total, values


def dict_methods(n):
    table = {"a": 1, "b": 2}
    total = 0
    for i in range(n):
        table.update({"c": i})
        total += len(table.keys()) + sum(table.values())
        total += table.setdefault("d", 4) + table.pop("c")
    return total, table


def nested_loops(n):
    grid = [[x * y for x in range(n // 16)] for y in range(n // 16)]
    total = 0
    for y in range(1, n // 16):
        for x in range(1, n // 16):
            total += grid[y][x] * 4 - grid[y - 1][x] - grid[y][x - 1]
    return total


def counters(n):
    counter = Counter(3)
    total = 0
    for i in range(n):
        total += counter.advance()
        if i % 10 == 0:
            counter.step = i % 4
    return total, counter.value


def points(n):
    position = Point(0, 0)
    step = Point(1, -2)
    total = 0
    for _ in range(n):
        position = position + step
        total += position.norm()
    return total, position.x, position.y


check("numbers", numbers(2000), 2194264)
check("sequences", sequences(2000), 28000)
check("types", types(2000), 402800)
check("list methods", list_methods(2000), (5001, [8, 1, 3, 5]))
check("dict methods", dict_methods(2000), (4027995, {"a": 1, "b": 2, "d": 4}))
check("nested loops", nested_loops(2000), 122047000)
check("counters", counters(2000), (1995000, 2001))
check("points", points(2000), (6003000, 2000, -4000))
finish()
