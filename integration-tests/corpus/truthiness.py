"""How often, and in which order, conditions ask for the truth of their operands."""

log = []


class T:
    """An object that logs each time it is asked for its truth."""

    def __init__(self, name, value):
        self.name, self.value = name, value

    def __bool__(self):
        log.append(self.name)
        return self.value

    def __repr__(self):
        return self.name


def show(label, result=""):
    print(f"{label}: {result} [{' '.join(log)}]")
    log.clear()


def combos():
    for pattern in range(8):
        yield (
            T("a" if pattern & 4 else "a-", bool(pattern & 4)),
            T("b" if pattern & 2 else "b-", bool(pattern & 2)),
            T("c" if pattern & 1 else "c-", bool(pattern & 1)),
        )


for a, b, c in combos():
    show("and", a and b and c)
    show("or", a or b or c)
    show("and-or", a and b or c)
    show("or-and", (a or b) and c)
    show("not", not a and not (b or c))
    show("nested", (a and b) or (b and c))
    show("not-and", not (a and b))
    show("ternary", a if b else c)
    show("ternary of and", b if a and b else c)
    show("ternary nested", a if (b if c else a) else b)
    if a and b or c:
        show("if")
    elif not a:
        show("elif not a")
    elif a or b:
        show("elif")
    else:
        show("else")
    if not (a or not b) and c:
        show("if not")
    else:
        show("else not")
    n = 0
    while a and (b or c):
        n += 1
        if n == 2:
            break
    else:
        n = "else"
    show("while", n)
    show("comprehension", [x for x in (1,) if a and b if c or a])
    try:
        assert a and b or c, "message"
        show("assert passed")
    except AssertionError as error:
        show("assert", error)
    x = a and b
    y = x or c
    show("assigned", (x, y))
    show("lambda", (lambda: a and not b or c)())
    show("all any", (all((a, b, c)), any((a, b, c))))
    show("bool", bool(a and b))
    show("in call", str(a or b) + str(not a))
    show("walrus", (w := a and b) and w)
    if (v := a or b) and v:
        pass
    show("walrus if")
    if a if b else c:
        pass
    show("if of ternary")
    if (a and b) == (b and c):
        pass
    show("compared")
    show("f-string", f"{a and b} {a or c}")
    show("in return", (lambda p, q: (p and q, p or q))(a, b))
    print("--")


class BadBool:
    def __bool__(self):
        return 5


class BadLen:
    def __len__(self):
        return -1


class NoBool:
    __bool__ = None


class Raises:
    def __bool__(self):
        raise ValueError("undecided")


for thing in (BadBool(), BadLen(), NoBool(), Raises()):
    for test in (
        lambda: not thing,
        lambda: thing and 1,
        lambda: 1 if thing else 2,
        lambda: [1 for _ in "a" if thing],
    ):
        try:
            test()
        except (TypeError, ValueError) as error:
            print(type(thing).__name__, error)
            break
falsy = [0, 0.0, 0j, "", b"", (), [], {}, set(), frozenset(), range(0), None, False, ...]
print([bool(x) for x in falsy], [not x for x in falsy[-3:]])
print(0 or "" or [] or None, 1 and "a" and [0], None and 1 / 0, 1 or 1 / 0)
