"""Tracebacks through several frames: names, lines, re-raising, chaining, locals, recursion."""

import functools
import os
import sys
import traceback


def text(error=None):
    return "".join(traceback.format_exception(error or sys.exception())).replace(__file__, os.path.basename(__file__))


def show(function, *args):
    try:
        function(*args)
    except BaseException:
        print(text())


class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("too much")
        self.balance -= amount

    @property
    def broken(self):
        return self.withdraw(10**6)

    @staticmethod
    def static(account):
        return account.broken

    @classmethod
    def make(cls):
        return cls.static(cls(5))

    def __add__(self, other):
        return self.broken

    def __getitem__(self, key):
        return self + key

    def __bool__(self):
        return self[0]

    def __enter__(self):
        if self:
            return 1

    def __exit__(self, *details):
        pass

    class Inner:
        def method(self):
            with Account(1):
                pass


show(Account.make)
show(Account.Inner().method)


def decorate(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)

    return wrapper


@decorate
@decorate
def decorated(x):
    return [y for y in map(lambda v: 1 // v, [x])]


show(decorated, 0)


def recursive(n):
    if n == 0:
        raise KeyError("bottom")
    return recursive(n - 1)


show(recursive, 2)
show(recursive, 12)


def mutual_a(n):
    return mutual_b(n - 1)


def mutual_b(n):
    return mutual_a(n - 1) if n > 0 else undefined


show(mutual_a, 4)


def reraise():
    try:
        recursive(0)
    except KeyError:
        raise


def reraise_later():
    try:
        recursive(0)
    except KeyError as error:
        saved = error
    raise saved


def replace():
    try:
        recursive(0)
    except KeyError as error:
        raise RuntimeError("replaced") from error


def context():
    try:
        recursive(0)
    except KeyError:
        recursive(1)


def finally_raises():
    try:
        return recursive(0)
    finally:
        [][0]


def from_none():
    try:
        recursive(0)
    except KeyError:
        raise RuntimeError("alone") from None


def added_notes():
    try:
        recursive(0)
    except KeyError as error:
        error.add_note("note one\nwith two lines")
        error.add_note("note two")
        raise


for function in (reraise, reraise_later, replace, context, finally_raises, from_none, added_notes):
    show(function)


def extracted():
    try:
        reraise_later()
    except KeyError as error:
        summary = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno - extracted.__code__.co_firstlineno for frame in summary]
        return [frame.name for frame in summary], lines[0], [frame.line for frame in summary]


print(extracted())


def walk(error):
    tb = error.__traceback__
    while tb is not None:
        frame = tb.tb_frame
        yield frame.f_code.co_name, tb.tb_lineno - frame.f_code.co_firstlineno, sorted(frame.f_locals)
        tb = tb.tb_next


def with_locals(a):
    b = a * 2
    for c in range(3):
        with_more(b, c)


def with_more(x, y):
    z = [x, y]
    return z[x // (2 - y)]


try:
    with_locals(1)
except (IndexError, ZeroDivisionError) as error:
    print(repr(error))
    for name, offset, names in walk(error):
        print(name, offset if name != "<module>" else "-", [n for n in names if len(n) == 1])


def lines_in_loop():
    for i in range(3):
        try:
            if i == 1:
                continue
            raise ValueError(i)
        except ValueError as error:
            yield error.__traceback__.tb_lineno - lines_in_loop.__code__.co_firstlineno


print(list(lines_in_loop()))


def stack():
    names = [frame.name for frame in traceback.extract_stack()]
    return names[len(names) - names[::-1].index("<module>") - 1 :]


def outer_stack():
    return (lambda: [stack() for _ in range(1)][0])()


print([name for name in outer_stack() if name != "<listcomp>"])


class Failing:
    def __repr__(self):
        raise RuntimeError("repr fails")

    def __str__(self):
        raise RuntimeError("str fails")


def bad_argument():
    raise ValueError(Failing())


show(bad_argument)


def multi_line_call():
    recursive(
        int(
            "0"
        )
    )


show(multi_line_call)
show(lambda: exec("def f():\n    1 / 0\nf()"))
show(lambda: eval("1 +\\\n (2 / 0)"))
show(lambda: compile("a b", "<bad>", "exec"))
show(sorted, [1, "a"])
show(sorted, [3, 1], )
show(functools.partial(recursive, 0))
show(functools.reduce, lambda a, b: a / b, [1, 0])
