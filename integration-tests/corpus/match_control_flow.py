"""Match with loops, returns, try/finally, nesting, missing cases, closures, and unbound names."""


def in_loop(values):
    out = []
    for value in values:
        match value:
            case "stop":
                break
            case "skip":
                continue
            case int() if value > 100:
                return "returned", out
            case str(text) | [text, *_]:
                out.append(text)
            case _:
                pass
        out.append("|")
    else:
        out.append("else")
    return out


print(in_loop(["a", "skip", ["b"], 5, "stop", "c"]), in_loop(["x"]), in_loop(["a", 101]))


def in_while(state):
    trail = []
    while True:
        match state:
            case 0:
                return trail
            case n if n % 2:
                state = 3 * n + 1 if n > 1 else 0
            case n:
                state = n // 2
        trail.append(state)


print(in_while(6))


def with_finally(value):
    log = []
    try:
        match value:
            case "raise":
                raise ValueError("v")
            case "return":
                return log
            case _:
                log.append("fell through")
    except ValueError:
        log.append("except")
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


print(with_finally("raise"), with_finally("return"), with_finally("x"))


def nested(a, b):
    match a:
        case [x]:
            match b:
                case [y] if x == y:
                    return "equal"
                case [y]:
                    match x, y:
                        case (1, _) | (_, 1):
                            return "one is one"
                case _:
                    return "b is strange"
            return "after inner"
        case _:
            return "a is strange"


print(nested([5], [5]), nested([1], [2]), nested([3], [2]), nested([3], 3), nested(3, 3))


def guard_effects():
    log = []

    def guard(label, result):
        log.append(label)
        return result

    match 5:
        case x if guard("first", False):
            pass
        case int() if guard("second", False):
            pass
        case str() if guard("never", True):
            pass
        case y if guard("third", True) and guard("fourth", []):
            pass
        case 5 | 6 if guard("last", "truthy"):
            log.append("body")
        case _ if guard("too late", True):
            pass
    return log


print(guard_effects())


class Truth:
    def __init__(self, value):
        self.value = value
        self.calls = 0

    def __bool__(self):
        self.calls += 1
        return self.value


no, yes = Truth(False), Truth(True)
match 1:
    case _ if no:
        pass
    case _ if no and yes:
        pass
    case _ if no or yes:
        print("calls", no.calls, yes.calls)


def guard_raises():
    try:
        match 1:
            case x if 1 / 0:
                pass
    except ZeroDivisionError as error:
        return str(error), x


print(guard_raises())


def closures():
    match [1, [2, 3]]:
        case [a, [b, *c]]:
            return lambda: (a, b, c)


print(closures()())


def generator(values):
    for value in values:
        match value:
            case [*items]:
                yield from items
            case {"repeat": n, "what": what}:
                for _ in range(n):
                    yield what
            case None:
                return "end"
            case x if (yield "asked") == "yes":
                yield x


g = generator([[1, 2], {"repeat": 2, "what": "w"}, "maybe", 5, None, 6])
print([next(g) for _ in range(4)], next(g), g.send("yes"), next(g), next(g, "done"))


def no_case(value):
    match value:
        case 1:
            result = "one"
    return result


try:
    no_case(2)
except UnboundLocalError as error:
    print(error)


def delete_subject():
    subject = [1, 2]
    match subject:
        case [a, b]:
            del subject
            return a, b


print(delete_subject())


class Body:
    match "class body":
        case str() as text:
            pass
    match 5:
        case text2:
            pass


print(Body.text, Body.text2)


def globals_captured():
    global captured_globally
    match 7:
        case captured_globally:
            pass


globals_captured()
print(captured_globally)


def nonlocal_captured():
    value = None

    def inner():
        nonlocal value
        match [1]:
            case [value]:
                pass

    inner()
    return value


print(nonlocal_captured())


async def with_await(value):
    match await value:
        case [x] if await value:
            return x
        case other:
            return other


class Ready:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return self.value
        yield


for ready in (Ready([1]), Ready([]), Ready(5)):
    try:
        with_await(ready).send(None)
    except StopIteration as stop:
        print(stop.value)

import os
import traceback


def traced(value):
    match value:
        case {"a": [int(x), *_]} if x / 0:
            pass


for value in ({"a": [1]},):
    try:
        traced(value)
    except ZeroDivisionError:
        print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))
