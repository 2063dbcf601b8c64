"""What the code object of a function in tier 0 says of it: the same as the host's."""

from __future__ import annotations

import contextlib
import dis
import inspect
import io
import textwrap
from collections.abc import Iterator
from types import CodeType
from typing import Any

import pytest
from interp.interp_running import FILENAME, assert_same, host, namespace_of, tier0

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_vm.interp import LinkedModule
from tauraro_vm.interp.code_kinds import FUNCTION_KINDS
from tauraro_vm.interp.link import LinkedCode
from tauraro_vm.interp.shim import OWN, function_shim

ATTRIBUTES = (
    "co_varnames",
    "co_names",
    "co_nlocals",
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_freevars",
    "co_name",
    "co_qualname",
    "co_filename",
    "co_firstlineno",
)

FUNCTIONS = [
    "def f(a, b=1, /, *c, d, **e):\n    local = a.x\n    return local, later(b)\n",
    "def f():\n    try: a = b\n    except C as d: e.x\n    else: g = h\n    finally: i.y\n    j\n",
    "def f(x):\n    try:\n        if x: return p(x)\n        q = 1\n    finally:\n        r = s\n    t = 2\n",
    "def f(x):\n    for i in x:\n        try:\n            if i: break\n            a = 1\n"
    "        finally: b = c\n    else: d = 2\n    return e\n",
    "def f(xs):\n    y = 1\n    return [x + y + z for x in xs if w], {k: v for k, v in [xs]}, last\n",
    "def f(xs):\n    return [[(a, b, (c := a)) for a in range(b)] for b in xs], c\n",
    "def f(xs):\n    kept = 1\n    def g(): return kept, xs\n    h = lambda: kept\n    return g\n",
    "def f():\n    import a.b, c.d as e\n    from g import h as i, j\n    global k\n    k = a\n",
    "def f(x):\n    match x:\n        case {'a': b, **c}: return d.e\n"
    "        case G(h=i) | [G(), *i]: pass\n        case j: pass\n",
    "def f():\n    x: int = 1\n    y: unused\n    del x\n    with a as b, c: pass\n    assert d, e\n",
    "async def f(z):\n    async with z as w:\n        async for q in w: await q\n    yield 1\n",
    "def f():\n    global g\n    def g(): __debug__\n    class C(B, m=M): pass\n    x = y = 1\n    x.a += y\n",
    "class C:\n    def f(self): self.__x = __y = __z\n    g = lambda self: super().g(__class__)\n",
    "def f(n): yield from (a.b for a in n if c(a))\n",
    f"def f():\n    {' = '.join(f'v{number}' for number in range(300))} = 1\n    print(v299)\n",
]


def host_codes(code: CodeType) -> Iterator[CodeType]:
    """The code objects inside one of the host's."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from host_codes(constant)


def linked_codes(code: LinkedCode) -> Iterator[LinkedCode]:
    """The code objects inside one of tier 0, without comprehensions."""
    for child in code.link().children.values():
        yield child
        yield from linked_codes(child)


@pytest.mark.parametrize("source", FUNCTIONS)
def test_the_names_are_those_of_the_program(source: str) -> None:
    expected = {(each.co_qualname, each.co_firstlineno): each for each in host_codes(host(source))}
    module = LinkedModule(decode_module(compile_source(source, FILENAME)), None, 0)
    compared = 0
    for code in linked_codes(module.body):
        if code.kind in FUNCTION_KINDS:
            shim = function_shim(code)
            wanted = expected[shim.co_qualname, shim.co_firstlineno]
            assert {each: getattr(shim, each) for each in ATTRIBUTES} == {
                each: getattr(wanted, each) for each in ATTRIBUTES
            }
            assert set(wanted.co_cellvars) <= set(shim.co_cellvars)
            assert not set(OWN) & set(shim.co_cellvars)
            compared += 1
    assert compared


@pytest.mark.parametrize("source", FUNCTIONS)
def test_a_shim_can_be_disassembled(source: str) -> None:
    for code in filter(inspect.iscode, host_codes(tier0(source))):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            dis.dis(code)
        assert "RESUME" in printed.getvalue()


def test_variables_beyond_the_255th_keep_their_values() -> None:
    names = [f"v{number}" for number in range(300)]
    lines = [f"    {name} = {number}" for number, name in enumerate(names)]
    assert_same("\n".join(
        ["import sys", "def f(x):", *lines, "    def g(): return v299, v0",
         "    print(g(), sum(sys._getframe().f_locals[name] for name in NAMES))",
         "    try: 1 / x", "    except ZeroDivisionError as error: print(error, v255, v256)",
         f"NAMES = {names}", "f(0)"]
    ))  # fmt: skip


def test_only_the_programs_variables_are_shown() -> None:
    assert_same("""
        import sys
        def generator(a):
            b = 1
            yield sys._getframe().f_locals
            c = 2
            yield 3
        g = generator(0)
        print(next(g), g.gi_frame.f_locals)
        next(g)
        print(dict(g.gi_frame.f_locals))
        def fails(d):
            try:
                e = 1
                raise KeyError(d)
            finally:
                h = 2
        try: fails(5)
        except KeyError as error: print(dict(error.__traceback__.tb_next.tb_frame.f_locals))
    """)


def test_variables_can_be_changed_from_outside_where_the_host_allows_it() -> None:
    assert_same("""
        import sys
        def callee(): sys._getframe(1).f_locals["value"] = "changed"
        def caller():
            value, other = "original", 1
            callee()
            other += 1
            return value, other
        print(caller())
        def own():
            x = 1
            sys._getframe().f_locals.update(x=5)
            del x
            try: print(x)
            except NameError as error: print(error)
            x = 6
            return x
        print(own())
        def unbound():
            if not callee: x = 1
            frame = sys._getframe()
            try: print(x, frame.f_locals)
            except NameError as error: print(error)
        unbound()
        def generator():
            x = 0
            while True: x += (yield x) or 1
        g = generator()
        print(next(g), next(g))
        g.gi_frame.f_locals["x"] = 100
        print(next(g))
        import asyncio
        async def items():
            for item in range(3): yield item
        async def loop():
            frame = sys._getframe()
            async for item in items(): frame.f_locals["total"] = item
            return item
        print(asyncio.run(loop()))
    """)


def test_a_first_call_makes_no_object_that_stays() -> None:
    names: dict[str, Any] = namespace_of("""
        import gc
        def called(): pass
        def count():
            before = len(gc.get_objects())
            for _ in range(3): called()
            return len(gc.get_objects()) - before
    """)
    assert names["count"]() == 0


def test_a_call_that_cannot_begin_is_an_error_of_the_call() -> None:
    assert_same(
        textwrap.dedent("""
        import sys
        def deep(n): return deep(n + 1)
        sys.setrecursionlimit(300)
        try: deep(0)
        except RecursionError as error:
            entry, names = error.__traceback__, set()
            while entry is not None:
                names.add(entry.tb_frame.f_code.co_name)
                entry = entry.tb_next
            print(names, error.__context__, error.__cause__)
    """)
    )
