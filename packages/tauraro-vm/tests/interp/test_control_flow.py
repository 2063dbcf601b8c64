"""Loops, try, with and match: where control goes when parts are left in every possible way."""

from __future__ import annotations

from interp.interp_running import assert_same

LEAVING = """
def leave(how, where):
    log = []
    for i in range(3):
        try:
            log.append(("body", i))
            if where == "body":
                if how == "break": break
                if how == "continue": continue
                if how == "return": return log
                if how == "raise": raise KeyError(i)
        except KeyError as error:
            log.append(repr(error))
            if i: raise
        else:
            log.append("else")
            if where == "else":
                if how == "break": break
                if how == "return": return log
                if how == "raise": raise ValueError(i)
        finally:
            log.append("finally")
            if where == "finally":
                if how == "break": break
                if how == "continue": continue
                if how == "return": return log
    else:
        log.append("loop else")
    return log

for where in ("body", "else", "finally", ""):
    for how in ("break", "continue", "return", "raise"):
        try:
            print(how, where, leave(how, where))
        except Exception as error:
            print(how, where, repr(error), repr(error.__context__))
"""


def test_every_way_to_leave_a_try_statement() -> None:
    assert "loop else" in assert_same(LEAVING)


def test_finally_discards_what_was_pending() -> None:
    assert_same("""
        def loop():
            while True:
                try: return 1
                finally: break
            return 2
        def swallow():
            for i in [1]:
                try: 1 / 0
                finally: continue
            return i
        def override():
            try: return "body"
            finally: return "finally"
        print(loop(), swallow(), override())
    """)


def test_with_calls_exit_for_every_way_out() -> None:
    assert_same("""
        class Manager:
            def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
            def __enter__(self): print("enter", self.name); return self.name
            def __exit__(self, kind, value, tb):
                print("exit", self.name, kind, value, tb is not None)
                return self.swallow
        def f(how):
            for i in range(2):
                with Manager("a") as a, Manager("b", how == "swallow") as b:
                    if how == "return": return a + b
                    if how == "break": break
                    if how == "continue": continue
                    if how in ("raise", "swallow"): raise ValueError(how)
            return "end"
        for how in ("", "return", "break", "continue", "raise", "swallow"):
            try: print(f(how))
            except ValueError as error: print(repr(error), error.__context__)
    """)


def test_handlers_see_the_right_exception() -> None:
    assert_same("""
        import sys
        def show(where): print(where, repr(sys.exc_info()[1]))
        def inner():
            show("called")
            try: raise
            except Exception as error: print("raised again", repr(error))
        def f():
            show("start")
            try: 1 / 0
            except ZeroDivisionError:
                show("handler"); inner()
                try: {}["x"]
                except KeyError as error:
                    show("nested"); print(repr(error.__context__)); inner()
                show("after nested")
            finally: show("finally")
            show("end")
        f()
        try: raise ValueError("outside")
        except ValueError: f()
        try: raise TypeError
        except TypeError:
            try: inner_error = None; f(); raise OSError from None
            except OSError as error: print(error.__cause__, error.__suppress_context__)
    """)


def test_star_handlers_split_groups() -> None:
    assert_same("""
        def group(): return ExceptionGroup("g", [
            ValueError(1), TypeError(2), ExceptionGroup("inner", [KeyError(3), ValueError(4)])])
        def f(error, fail=None):
            try:
                try: raise error
                except* ValueError as part:
                    print("values", repr(part))
                    if fail == "new": raise OSError("new")
                    if fail == "again": raise
                except* (TypeError, KeyError) as part: print("others", repr(part))
                else: print("else")
                finally: print("finally")
            except BaseException as left: print("left", repr(left), repr(left.__context__))
        for fail in (None, "new", "again"):
            f(group(), fail); f(ValueError("bare"), fail); f(OSError("other"), fail)
        try:
            try: 1 / 0
            except* ExceptionGroup: pass
        except TypeError as error: print(error)
    """)


def test_exceptions_leave_tracebacks_as_in_the_host() -> None:
    assert_same("""
        def divide(a, b):
            return [a,
                    a / b]
        def middle(x):
            try:
                return divide(x, 0)
            finally:
                x = None
        def outer():
            try: middle(1)
            except ZeroDivisionError as error:
                raise KeyError(
                    "again") from error
        outer()
    """)
    assert_same("undefined + 1")
    assert_same("def f():\n    x = y\n    y = 1\nf()")
    assert_same("def f(a):\n    def g(): return a\n    del a\n    g()\nf(1)")
    assert_same("a, b = [1, 2, 3]")
    assert_same("for x in 5: pass")
    assert_same("with 5: pass")
    assert_same("from os import no_such_name")
    assert_same("assert 1 > 2, f'message'")
    assert_same("raise 'text'")
    assert_same("x = [1, *2]")
    assert_same("print(**{'a': 1}, **{'a': 2})")


def test_recursion_runs_handlers_and_ends() -> None:
    assert_same("""
        import sys
        sys.setrecursionlimit(200)
        closed = []
        def f(n):
            try: return f(n + 1)
            finally: closed.append(n)
        try: f(0)
        except RecursionError as error: print(str(error)[:33], closed == sorted(closed)[::-1])
        print(sys.getrecursionlimit())
    """)


def test_match_binds_nothing_before_the_whole_pattern_matches() -> None:
    assert_same("""
        class P:
            __match_args__ = ("x", "y")
            def __init__(self, x, y): self.x, self.y = x, y
        def m(value):
            a = b = "unbound"
            match value:
                case [a, 1] | {"k": a}: how = "first"
                case P(a, P(y=b)) if a != 3: how = "point"
                case P(x=a): how = "other point"
                case [_, *b, a]: how = "star"
                case str() as a: how = "text"
                case None | True | -1.5 as b: how = "constant"
                case _: how = "none"
            return how, a, b
        for value in ([5, 1], [5, 2], {"k": 7, "z": 0}, P(1, P(2, 3)), P(3, P(2, 3)), P(1, 2),
                      "text", b"text", None, True, False, -1.5, (1, 2, 3, 4), [], {}):
            print(m(value))
    """)
