"""Comprehensions have frames of their own where the host makes functions of them."""

from __future__ import annotations

from interp.interp_running import assert_same


def test_they_show_in_tracebacks_and_on_the_stack() -> None:
    printed = assert_same("""
        import sys
        def name(depth): return sys._getframe(depth).f_code.co_qualname
        def f(a):
            return [name(1) for _ in [a]], {name(2) for _ in [a]}, {name(1): 0 for _ in [a]}
        print(f(1), [name(1) for _ in [1]], [[name(1) for _ in [1]] for _ in [1]])
        class C:
            names = [name(1) for _ in [1]]
            def method(self): return [lambda: self for _ in [1]]
        print(C.names, C().method()[0].__qualname__)
        def fails(n):
            return [
                [1 / x for x in range(n)]
                for n in [n]
            ]
        fails(3)
    """)
    assert "ZeroDivisionError" in printed


def test_their_variables() -> None:
    assert_same("""
        import sys
        def f(b):
            w = 5
            return [(sorted(locals()), (y := x), w, b, dir()) for x in range(2)], y
        print([sorted(set(names) - {".0"}) for names, *_ in f(3)[0]])
        def g(n):
            try: [1 / x for x in range(n)]
            except ZeroDivisionError as error:
                entry = error.__traceback__
                while entry.tb_next is not None: entry = entry.tb_next
                frame = entry.tb_frame
                print({**frame.f_locals, ".0": 0, "error": 0, "entry": 0, "frame": 0})
                print(frame.f_code.co_freevars)
        g(3)
        def h(): return [lambda: (x, y) for x in range(3) for y in [x * 2]]
        print([each() for each in h()])
        def u():
            try: print([later for _ in [1]])
            except NameError as error: print(type(error).__name__, error)
            later = 1
        u()
        print([eval("x") for x in range(2)], [n for n in [m for m in "ab"]])
        i = 7
        print([i for i in range(3)], i)
    """)


def test_super_and_the_class_cell() -> None:
    assert_same("""
        class A:
            def f(self): return 1
        class B(A):
            def f(self):
                print([__class__ for _ in [1]])
                try: return [super().f() for _ in [1]]
                except Exception as error: print(type(error).__name__, error)
        print(B().f())
    """)


def test_asynchronous_ones() -> None:
    assert_same("""
        import asyncio
        async def items(n):
            for item in range(n): yield item
        async def value(x): return x
        async def main():
            k = 7
            print([x async for x in items(3)], {await value(x) + k for x in range(3)})
            print({x: [y async for y in items(x)] for x in await value(range(3))})
            print([x for x in [await value(1)] if await value(x)])
            for wrong in (5, items):
                try: print([x async for x in wrong])
                except TypeError as error: print(error)
        asyncio.run(main())
    """)


def test_an_exception_drops_what_they_made() -> None:
    assert_same("""
        import weakref
        class Thing: pass
        def f():
            made = []
            def make():
                thing = Thing()
                made.append(weakref.ref(thing))
                return thing
            def fail(): raise ValueError
            try: [[make(), fail()] for _ in range(2)]
            except ValueError: pass
            return [each() for each in made]
        print(f())
        def g(xs):
            for x in xs:
                try: return [y for y in x]
                except TypeError: continue
        print(g([1, "ab"]))
    """)


def test_the_line_where_an_exception_left_a_with_statement() -> None:
    assert_same("""
        import contextlib
        class Plain:
            def __enter__(self): return self
            def __exit__(self, *details): pass
        class Failing(Plain):
            def __exit__(self, *details): raise OSError
        @contextlib.contextmanager
        def managed(): yield
        def simple():
            with Plain():
                1 / 0
                pass
        def nested():
            with Plain():
                with Plain() as x, managed():
                    y = [
                        1 / x for x in [0]
                    ]
        def statements():
            try:
                with Plain():
                    for i in [1]:
                        with managed():
                            if i:
                                raise ValueError
            finally: x = 1
        def handled():
            with Plain():
                try: 1 / 0
                except ZeroDivisionError as error:
                    raise KeyError from error
        def replaced():
            with Plain():
                with Failing():
                    1 / 0
        def swallowed():
            with contextlib.suppress(ZeroDivisionError):
                1 / 0
            with Plain():
                1 + ""
        for function in (simple, nested, statements, handled, replaced, swallowed):
            try: function()
            except Exception as error:
                frame = error.__traceback__.tb_next.tb_frame
                print(function.__name__, frame.f_lineno - frame.f_code.co_firstlineno)
    """)
