"""The VM's own frames show nowhere: not in tracebacks, not on the stack of the program."""

from __future__ import annotations

import traceback

import pytest
from interp.interp_running import FILENAME, assert_same, namespace_of

FAILURES = [
    "[*Failing()]",
    "{**Failing()}",
    "f(*Failing())",
    "f(**Failing())",
    "a, b = Failing()",
    "Failing().attribute",
    "Failing()[0]",
    "Failing() + 1",
    "not Failing()",
    "1 in Failing()",
    "Failing() < 1 < 2",
    "x = Failing() and 1",
    "f'{Failing()}'",
    "{Failing()}",
    "{Failing(): 1}",
    "[x for x in Failing()]",
    "with Failing(): pass",
    "super(Failing, Failing()).attribute",
    "del Failing().x",
    "exec('Failing()[0]')",
]

FAILING = """
class Failing:
    def fail(self, *args): raise LookupError("fails")
    __iter__ = keys = __getitem__ = __add__ = __bool__ = __contains__ = __lt__ = fail
    __format__ = __hash__ = __enter__ = __exit__ = __delattr__ = fail
    def __getattr__(self, name): self.fail()
def f(*args, **kwargs): pass
def run():
    STATEMENT
"""


@pytest.mark.parametrize("statement", FAILURES)
def test_no_entry_of_the_vm(statement: str) -> None:
    run = namespace_of(FAILING.replace("STATEMENT", statement))["run"]
    with pytest.raises((LookupError, AttributeError)) as caught:
        run()
    entries = traceback.extract_tb(caught.tb)[1:]
    assert {entry.filename for entry in entries} <= {FILENAME, "<string>"}
    assert entries[0].name == "run"


def test_the_stack_is_the_programs() -> None:
    assert_same("""
        import sys
        def stack():
            frame, names = sys._getframe(1), []
            while frame is not None and frame.f_code.co_filename == "<program>":
                names.append((frame.f_code.co_name, frame.f_lineno))
                frame = frame.f_back
            return names
        class C:
            print(stack())
            def __init__(self): print(stack())
            def __add__(self, other): return stack()
            def __enter__(self): print(stack())
            def __exit__(self, *details): print(stack())
            @property
            def p(self): return stack()
        def generator():
            yield stack()
        with C() as c: print(C() + 1)
        print(list(generator()), [stack() for _ in generator()][0][-1])
        print((lambda: stack())(), C().p, *map(lambda x: stack(), [1]))
    """)


def test_too_deep_a_recursion_shows_the_program_only() -> None:
    assert_same("""
        import sys
        def f(n):
            return f(n + 1)
        def g(n):
            try: return g(n + 1)
            finally: n = None
        sys.setrecursionlimit(150)
        for function in f, g:
            try: function(0)
            except RecursionError as error: caught = error
            entry, names = caught.__traceback__, set()
            while entry is not None:
                names.add((entry.tb_frame.f_code.co_name, entry.tb_lineno))
                entry = entry.tb_next
            print(sorted(names))
    """)


def test_a_method_called_on_another_line_is_shown_there() -> None:
    assert_same("""
        def f(x):
            return (x
                    .strip()
                    .missing(
                        1))
        f("text")
    """)


def test_variables_stay_in_frames_that_a_traceback_keeps() -> None:
    assert_same("""
        def f():
            z, y, x = 1, 2, 3
            try: 1 / 0
            except ZeroDivisionError as error: return error
        names = f().__traceback__.tb_frame.f_locals
        print([(name, names[name]) for name in names if name in "xyz"])
    """)
