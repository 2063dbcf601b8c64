"""Assignment expressions: in conditions, calls, comparisons, subscripts, f-strings, defaults."""

import io

if (n := len("hello")) > 3:
    print("long", n)
while chunk := io.StringIO("abcdef").read(4):
    print(chunk)
    break
stream = io.StringIO("one\ntwo\n\nthree\n")
while (line := stream.readline()) != "\n":
    print(line.rstrip())
print((a := 1), (b := a + 1), a, b)
print(x := 5, (y := 6, 7), [z := 8, z + 1], {(w := "k"): (v := "value")}, {u := 1})
print(f"{(q := 10)} {q:=+5} {(r := q)!r:>4}", r)


def default(value=(made := [1, 2])):
    return value is made


print(default(), made)
print((lambda: (inner := 3) + inner)())
items = [1, 2, 3, 4]
print(items[(i := 1) : (j := i + 2)], items[k := 0], i, j, k)
print(0 < (m := 5) < 10, m, (o := 0) or (o := "second"), o)
print([first, *rest] if (first := 1) and (rest := [2]) else None)
print((p := 1, 2), p, (s := t) if (t := "t") else None)
try:
    (u := 1 / 0)
except ZeroDivisionError:
    print("u" in globals())
assert (ok := True), "never"
print(ok)


def function():
    if (match := "x" in "xyz") and (count := 3):
        pass
    result = [count := count + 1 for _ in range(3)]
    del match
    try:
        match
    except UnboundLocalError as error:
        print(error)
    return result, count


print(function())


def closure():
    def inner():
        return value

    return (value := 1), inner(), (value := 2), inner()


print(closure())


def nonlocal_walrus():
    total = 0

    def add(n):
        nonlocal total
        return (total := total + n)

    return add(1), add(2), total


print(nonlocal_walrus())


class Body:
    a = (b := 3) + 1
    print((c := a), b)
    (d := [b for _ in range(1)] if False else "d")


print(Body.a, Body.b, Body.c, Body.d)


def with_and_match():
    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, *details):
            return (closed := True) and False

    with (manager := Manager()):
        pass
    match (subject := [1, 2]):
        case [one, two] if (total := one + two) == 3:
            return type(manager).__name__, subject, total


print(with_and_match())


def order():
    log = []

    def note(value):
        log.append(value)
        return value

    data = {}
    data[(key := note("key"))] = (value := note("value"))
    (c := note([1]))[0] += (d := note(2))
    return log, data, key, value, c, d


print(order())


def loop_in_condition(values):
    values = iter(values)
    while (value := next(values, None)) is not None and (doubled := value * 2) < 10:
        yield doubled
    else:
        yield "else", value


print(list(loop_in_condition([1, 2, 9])))


@(decorate := lambda f: f)
def decorated():
    return "decorated"


print(decorated(), decorate(1))
raise_it = None
try:
    raise (raise_it := ValueError("made inline"))
except ValueError as error:
    print(error is raise_it)
lst = [0, 0]
lst[(idx := 0)], lst[(idx := idx + 1)] = "ab"
print(lst, idx)
