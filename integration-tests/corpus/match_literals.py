"""Match: literals, singletons, dotted names, captures, wildcards, guards, or-patterns."""

import enum


class Color(enum.Enum):
    RED = 1
    GREEN = 2


class Constants:
    ANSWER = 42

    class Deep:
        NAME = "deep"


def describe(value):
    match value:
        case None:
            return "None"
        case True:
            return "True"
        case False:
            return "False"
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5 | 2.5:
            return "one and a half or two and a half"
        case 3 + 4j:
            return "three plus four j"
        case -2 - 1j:
            return "minus two minus j"
        case "text" "joined":
            return "joined text"
        case b"bytes":
            return "bytes"
        case Color.RED:
            return "red"
        case Constants.ANSWER:
            return "the answer"
        case Constants.Deep.NAME:
            return "deep name"
        case str() as s if len(s) > 8:
            return f"long string {s}"
        case "a" | "b" | "c" as letter:
            return f"letter {letter}"
        case int(n) | float(n):
            return f"number {n}"
        case Color():
            return "another color"
        case other:
            return f"other {other!r}"


for value in (
    None, True, False, 0, 0.0, -1, -1.0, 1, 1.5, 2.5, 3 + 4j, -2 - 1j, "textjoined", b"bytes",
    Color.RED, Color.GREEN, 42, 42.0, "deep", "a long string", "b", "z", 7, [], 10**30,
):  # fmt: skip
    print(repr(value), "->", describe(value))


class Loud:
    def __init__(self, equal_to):
        self.equal_to = equal_to

    def __eq__(self, other):
        print("compared with", repr(other))
        return other == self.equal_to

    def __repr__(self):
        return f"Loud({self.equal_to})"


def compare(value):
    match value:
        case 1:
            return "one"
        case None:
            return "none: identity only"
        case "x" | "y":
            return "x or y"
        case Constants.ANSWER:
            return "answer"
        case _:
            return "nothing"


for loud in (Loud(1), Loud("y"), Loud(42), Loud(None)):
    print(compare(loud))


def guards(x):
    match x:
        case n if n < 0:
            return "negative", n
        case n if (square := n * n) > 50:
            return "large square", square
        case n if n == 3 and n != 4 or n == 5:
            return "three or five", n
        case _ if x == 0:
            return "zero"
    return "fell through", n


print([guards(x) for x in (-1, 9, 3, 5, 0, 2)])


def captures_survive(x):
    try:
        match x:
            case [a, b, 99]:
                return "99"
            case [a, c]:
                return a, c
        return a, b
    except UnboundLocalError as error:
        return str(error)


print(captures_survive([1, 2, 3]), captures_survive([1, 2]), captures_survive([1, 2, 99]))


def subject_once():
    calls = []

    def subject():
        calls.append("subject")
        return 5

    match subject():
        case 1 | 2 | 3:
            pass
        case 4:
            pass
        case 5:
            return calls


print(subject_once())


def star_subject(*args):
    match *args, "end":
        case [x, "end"]:
            return x
        case x, y, "end":
            return x, y
        case _:
            return "many"


print(star_subject(1), star_subject(1, 2), star_subject(1, 2, 3))

match = case = _ = "soft keywords are names"
match match:
    case case:
        print(case)
print(match, case, _)
match, case = 1, 2
print(match * case, [match][0], {match: case})
match(_) if callable(match) else print("not called")
match x := 5, 6:
    case a, b:
        print(x, a, b)
match -1:
    case -1:
        print("minus")
match (1):
    case (1):
        print("parenthesized")
type = "also a name"
print(type)


class Attribute:
    pass


def attribute_capture(v):
    match v:
        case (Color.RED | Color.GREEN) as c:
            return c.name
        case {"k": Color.GREEN as g}:
            return g.value
        case [(1 | 2) as n, *_] | [_, (3 | 4) as n]:
            return n


print([attribute_capture(v) for v in (Color.GREEN, {"k": Color.GREEN}, [2, 9], [0, 4], [0, 5])])
try:
    match 1:
        case Constants.MISSING:
            pass
except AttributeError as error:
    print(error)
