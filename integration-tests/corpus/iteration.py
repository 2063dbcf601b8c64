"""for and while: else, break, continue, iterator protocol, changing what is iterated, targets."""


def search(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            break
    else:
        return "not found"
    return i


print(search("abc", "b"), search("abc", "z"), search("", "z"))


def while_else(n):
    out = []
    while n:
        n -= 1
        if n == 5:
            break
        if n % 2:
            continue
        out.append(n)
    else:
        out.append("else")
    return out


print(while_else(4), while_else(8), while_else(0))


def nested_breaks():
    out = []
    for i in range(3):
        for j in range(3):
            if j == 2:
                break
            if i == j:
                continue
            out.append((i, j))
        else:
            out.append("inner else")
            continue
        out.append("inner broke")
        if i == 1:
            break
    else:
        out.append("outer else")
    return out


print(nested_breaks())


class It:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        print("iter", end=" ")
        return self

    def __next__(self):
        print("next", end=" ")
        if not self.n:
            raise StopIteration("done")
        self.n -= 1
        return self.n


for x in It(2):
    print(x, end=" ")
else:
    print("else")
print(list(It(1)), next(It(0), "default"))


class BadIter:
    def __iter__(self):
        return 5


class Raising:
    def __iter__(self):
        raise ValueError("no iteration")


class RaisingNext:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("in next")


class NoneIter:
    __iter__ = None


for thing in (5, None, BadIter(), Raising(), RaisingNext(), NoneIter(), object):
    try:
        for _ in thing:
            print("never")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def modify_list():
    items = [1, 2, 3, 4]
    out = []
    for x in items:
        out.append(x)
        if x == 2:
            items.remove(3)
            items.append(9)
    return out, items


def modify_dict():
    table = {1: 1, 2: 2}
    try:
        for k in table:
            table[k + 10] = 0
    except RuntimeError as error:
        return str(error)


def rebinding_the_iterable():
    items = [1, 2, 3]
    out = []
    for x in items:
        items = "other"
        out.append(x)
    return out, items


def changing_the_variable():
    out = []
    for i in range(3):
        i += 10
        out.append(i)
    return out, i


def after_the_loop():
    for i in range(3):
        pass
    for j in []:
        pass
    return i, "j" in locals()


print(modify_list(), modify_dict(), rebinding_the_iterable(), changing_the_variable(), after_the_loop())


def targets():
    class Box:
        pass

    box, table, items = Box(), {}, [0, 0]
    for box.x, table["k"], items[0], (a, *b) in [(1, 2, 3, "xyz")]:
        pass
    for (c) in [1]:
        pass
    for [d, e], f in [("ab", 1)]:
        pass
    for *g, h in ["abc"]:
        pass
    return box.x, table, items, a, b, c, d, e, f, g, h


print(targets())


def loop_with_try():
    out = []
    for x in ("1", "a", "2", "stop", "3"):
        try:
            if x == "stop":
                break
            out.append(int(x))
        except ValueError:
            out.append("bad")
            continue
        finally:
            out.append(".")
    return out


print(loop_with_try())


def return_in_loops():
    for i in range(5):
        for j in range(5):
            while True:
                if i * j == 6:
                    return i, j
                break


print(return_in_loops())


def stop_iteration_in_body():
    try:
        for _ in [1]:
            raise StopIteration("from the body")
    except StopIteration as stop:
        return str(stop)


print(stop_iteration_in_body())


def shared_iterator():
    it = iter(range(6))
    out = []
    for x in it:
        out.append((x, next(it)))
    return out


print(shared_iterator(), [*iter([3, 2, 1, 0, 5].pop, 0)])
for i in range(10, 0, -3):
    print(i, end=" ")
for i in reversed([1, 2]):
    print(i, end=" ")
for pair in {"a": 1}.items():
    print(pair, end=" ")
for c in b"ab":
    print(c, end=" ")
for i, (a, b) in enumerate(zip("xy", [1, 2]), start=5):
    print(i, a, b, end=" ")
for x in 1, 2, *[3]:
    print(x, end=" ")
for x in (yield_ for yield_ in "ab"):
    print(x, end=" ")
print()
total = 0
for i in range(1000):
    for j in range(3):
        if (i + j) % 7 == 0:
            continue
        total += i ^ j
print(total)
n = 27
steps = 0
while n != 1:
    n = 3 * n + 1 if n % 2 else n // 2
    steps += 1
print(steps)
while True:
    try:
        break
    finally:
        print("finally on break")
while (lambda: False)():
    pass
else:
    print("else of while")
for _ in ():
    pass
else:
    print("else of empty for")
while 0:
    print("never")
while 1:
    break
while not []:
    print("once")
    break
