"""Calls that do not fit: the messages, and what has been evaluated by then."""

import functools


def f(a, b, /, c, *, d, e=1):
    pass


def g(a, b=1):
    pass


def h():
    pass


def kw(**kwargs):
    return kwargs


class C:
    def method(self, x):
        pass

    @classmethod
    def cm(cls, x):
        pass

    @staticmethod
    def sm(x):
        pass

    def __call__(self, only):
        pass


class WithInit:
    def __init__(self, a, *, key):
        pass


CALLS = """
f()
f(1)
f(1, 2)
f(1, 2, 3)
f(1, 2, 3, 4, d=5)
f(1, 2, 3, d=4, x=5)
f(1, b=2, c=3, d=4)
f(a=1, b=2, c=3, d=4)
f(1, 2, 3, c=3, d=4)
g()
g(1, 2, 3)
g(1, a=2)
g(b=2)
g(c=1)
g(*[1, 2], b=3)
g(*[1, 2, 3])
g(**{'a': 1, 'z': 2})
h(1)
h(1, 2, x=3)
h(**{1: 2})
h(*5)
h(*None)
h(**5)
h(**[1])
kw(a=1, **{'a': 2})
kw(**{'a': 1}, **{'a': 2})
kw(**{1: 2})
kw(1)
C().method()
C().method(1, 2)
C.method()
C.method(1)
C.cm()
C().cm(1, 2)
C.sm()
C()()
C()(1, 2)
C(1)
C(x=1)
WithInit()
WithInit(1)
WithInit(1, 2, key=3)
(lambda x: x)()
(lambda *, k: k)(1)
(lambda x, /: x)(x=1)
functools.partial(g, 1, 2)(3)
functools.partial(f, d=1)(1)
len()
len(1, 2)
len(x=1)
print(1, nothing=2)
int('1', base=10, other=1)
dict(1, 2)
sorted()
sorted([1], 5)
isinstance(1)
range()
type(1, 2)
object(1)
[].append()
[].append(1, 2)
''.join(1)
''.join([1])
max()
max(1)
sum(['a'])
(1)()
None()
'text'()
C.missing()
"""
environment = dict(globals())
for line in CALLS.strip().splitlines():
    name = line.replace("(1)()", "one()").replace("None()", "none()").replace("'text'()", "text()")
    try:
        eval(name, environment | {"one": 1, "none": None, "text": "text"})
        print(line, "-> no error")
    except (TypeError, AttributeError) as error:
        print(line, "->", error)

log = []


def note(value):
    log.append(value)
    return value


for call in (
    lambda: note(h)(note(1), note(2)),
    lambda: note(kw)(a=note(1), **{"a": note(2)}),
    lambda: note(kw)(*note(5), **note({})),
    lambda: note(kw)(*note([]), **note(5)),
    lambda: note(5)(note(1), *note([2]), k=note(3)),
    lambda: note(kw)(note(1), **{"x": note(2)}, **{"x": note(3)}, y=note(4)),
):
    log.clear()
    try:
        call()
    except TypeError as error:
        print([getattr(x, "__name__", x) for x in log], "|", error)


def nested():
    def inner(a, b):
        pass

    class Local:
        def method(self, a):
            pass

    for call in (lambda: inner(), lambda: Local().method(), lambda: Local(1)):
        try:
            call()
        except TypeError as error:
            print(error)


nested()
renamed = g
renamed.__qualname__ = "renamed.qualname"
try:
    renamed()
except TypeError as error:
    print(error)


class Raises:
    def keys(self):
        raise ValueError("in keys")

    def __iter__(self):
        raise ValueError("in iter")


for call in (lambda: kw(**Raises()), lambda: h(*Raises())):
    try:
        call()
    except ValueError as error:
        print(error)
