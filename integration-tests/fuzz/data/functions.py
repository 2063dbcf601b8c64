"""Functions, closures, generators, exceptions."""
def outer(a, b=2, /, *args, c=3, **kw):
    def inner(d=a):
        nonlocal b
        b += d
        return b, [a for d in args], lambda: (a, b, c)
    return inner, kw
inner, kw = outer(1, 2, 3, 4, c=5, e=6)
print(inner(), inner(7)[2](), kw)
def generate(n):
    try:
        for i in range(n):
            got = yield i
            if got: yield got * 2
    except ValueError as error:
        yield str(error)
    finally:
        print("closed")
    return "done"
def delegate():
    result = yield from generate(3)
    yield result
g = delegate()
print(next(g), g.send(5), next(g), g.throw(ValueError("thrown")), list(g))
def recurse(n): return 0 if n == 0 else 1 + recurse(n - 1)
print(recurse(20))
total = 0
def add(n):
    global total
    total += n
add(3); add(4)
print(total)
class Failure(Exception):
    def __init__(self, code): super().__init__(code); self.code = code
def fail(how):
    try:
        if how == 0: raise Failure(1)
        if how == 1: raise KeyError from Failure(2)
        if how == 2: [][1]
        if how == 3: missing
    except Failure as error:
        try: raise
        except Failure: return error.code
    except (KeyError, IndexError) as error:
        return type(error.__cause__), str(error)
    except: return "bare"
    else: return "else"
    finally: total
print([fail(how) for how in range(5)])
try:
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
    except* (ValueError, KeyError) as group: print(group.exceptions)
    except* OSError: pass
except ExceptionGroup as rest: print(rest.exceptions)
import math, math as m
from itertools import chain, count as numbers
print(math.floor(2.5), m is math, list(chain("a", "b")), next(numbers(3)))
def annotated(x: int, *y: str, z: "t" = 1) -> None: v: int = 2; return v
w: float = 1.5
print(annotated(1), sorted(annotated.__annotations__), w)
def unbound():
    if total < 0: value = 1
    return value
try: unbound()
except UnboundLocalError as error: print(error)
