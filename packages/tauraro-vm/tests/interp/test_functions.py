"""Functions, generators, coroutines and classes are the host's, and look like the program's."""

from __future__ import annotations

import inspect
import sys
import types

import pytest
from interp.interp_running import assert_same, host, namespace_of, tier0


def test_functions_are_ordinary_functions() -> None:
    names = namespace_of("""
        def outer(free):
            def f(a, /, b: int = 2, *args, k, d=4, **kwargs) -> str:
                "what it does"
                return a, b, args, k, d, kwargs, free
            return f
        f = outer("free")
    """)
    function = names["f"]
    assert type(function) is types.FunctionType
    assert function(1, k=3) == (1, 2, (), 3, 4, {}, "free")
    assert function.__doc__ == "what it does"
    assert function.__qualname__ == "outer.<locals>.f"
    assert function.__annotations__ == {"b": int, "return": str}
    assert function.__code__.co_freevars == ("free",)
    assert function.__closure__[0].cell_contents == "free"
    assert function.__code__.co_firstlineno == 3
    signature = "(a, /, b: int = 2, *args, k, d=4, **kwargs) -> str"
    assert str(inspect.signature(function)) == signature


@pytest.mark.parametrize(
    ("definition", "predicate"),
    [
        ("def f(): yield", inspect.isgeneratorfunction),
        ("async def f(): pass", inspect.iscoroutinefunction),
        ("async def f(): yield", inspect.isasyncgenfunction),
        ("def f():\n    if 0: yield", inspect.isgeneratorfunction),
    ],
)
def test_generators_and_coroutines_are_the_hosts(definition: str, predicate: object) -> None:
    assert callable(predicate)
    assert predicate(namespace_of(definition)["f"])


def test_generators_suspend_inside_every_region() -> None:
    assert_same("""
        import sys
        def g():
            with open(sys.executable, "rb"):
                for i in range(2):
                    try:
                        got = yield i
                        print("got", got)
                        if got: raise KeyError(got)
                    except KeyError as error:
                        got = yield repr(error), sys.exc_info()[0]
                        print(sys.exc_info()[0])
                    finally:
                        yield "finally"
            return "done"
        def delegate():
            result = yield from g()
            print(result)
        it = delegate()
        print(next(it), it.send("x"), sys.exc_info(), next(it), next(it), it.throw(KeyError("t")))
        try: raise OSError
        except OSError: print(next(it), sys.exc_info()[0])
        print(list(it))
        it = g(); next(it)
        try: it.close()
        except RuntimeError as error: print(error)
    """)


def test_coroutines_await_and_loop() -> None:
    assert_same("""
        import asyncio
        class Manager:
            async def __aenter__(self): await asyncio.sleep(0); return "managed"
            async def __aexit__(self, *details): print("exit", details[0]); return True
        async def numbers(n):
            for i in range(n):
                await asyncio.sleep(0)
                yield i
        async def main():
            async with Manager() as m: print(m); raise ValueError
            async for i in numbers(3): print(i)
            else: print("else")
            print([i async for i in numbers(3) if i], {i: await asyncio.sleep(0, i) for i in (1, 2)})
            print([x async for x in (y * 2 async for y in numbers(3))])
            for bad in (5, None):
                try:
                    async for x in bad: pass
                except TypeError as error: print(error)
                try:
                    async with bad: pass
                except TypeError as error: print(error)
                try: await bad
                except TypeError as error: print(error)
            return await asyncio.gather(*(asyncio.sleep(0, i) for i in range(3)))
        print(asyncio.run(main()))
    """)


def test_classes_are_built_by_the_host() -> None:
    assert_same("""
        class Meta(type):
            def __prepare__(name, bases, **kwargs): print("prepare", name, kwargs); return {}
            def __new__(cls, name, bases, namespace, **kwargs):
                print(sorted(k for k in namespace if not k.startswith("__")))
                return super().__new__(cls, name, bases, namespace)
            def __init__(cls, *args, **kwargs): pass
        class Base:
            def hello(self): return "base"
        class C(Base, metaclass=Meta, option=1):
            "docstring"
            x: int = 1
            y = [x for _ in range(1)] if False else x
            def hello(self): return super().hello(), __class__.__name__
            __private = 3
            def get(self): return self.__private
        print(C().hello(), C().get(), C.__doc__, C.__module__, C.__qualname__, C.__annotations__)
        bases = (Base,)
        class D(*bases, **{}): pass
        print(D.__bases__)
        def local():
            class E:
                def m(self): return self
            return E
        print(local().__qualname__, local().m.__qualname__)
    """)


def test_frames_show_the_programs_variables() -> None:
    assert_same("""
        import sys
        def shown(depth=1):
            names = sys._getframe(depth).f_locals
            return {name: names[name] for name in sorted(names) if name[0] != "."}
        def f(a, b=2):
            c = a + b
            print(shown(), locals() == {"a": a, "b": b, "c": c})
            del b
            for d in "x": print(shown())
            def inner(): return a
            return c
        f(1)
        class C:
            x = 1
            print(sorted(shown()))
        try:
            def fails(z): y = z; 1 / 0
            fails(5)
        except ZeroDivisionError as error:
            names = error.__traceback__.tb_next.tb_frame.f_locals
            print({name: names[name] for name in "yz"})
    """)


def test_builtins_that_look_at_the_caller() -> None:
    assert_same("""
        x = "global"
        def f(a):
            b = 2
            exec("c = a + b; print(c)")
            print(eval("a + b"), eval("x"), sorted(locals()), sorted(vars()), dir())
            print(eval("a", {"a": 9}), eval("b", None, {"b": 8}))
            return list(globals())[:1]
        print(f(1))
        class C:
            y = 1
            print(eval("y"), "y" in locals(), "y" in dir())
            exec("z = 3")
        print(C.z)
        try: super()
        except RuntimeError as error: print(error)
    """)


def test_module_code_runs_again_and_inside_itself() -> None:
    code = tier0("runs.append(depth)\nif depth:\n    depth -= 1\n    exec(code, globals())\n")
    names = {"__name__": "program", "runs": [], "depth": 2, "code": code}
    exec(code, names)
    exec(code, names)
    assert names["runs"] == [2, 1, 0, 0]


def test_eval_and_single_modes(capsys: pytest.CaptureFixture[str]) -> None:
    assert eval(tier0("[i * 2 for i in values]", "eval"), {"values": (1, 2)}) == [2, 4]
    exec(tier0("6 * 7\n", "single"), {})
    assert capsys.readouterr().out == "42\n"


@pytest.mark.parametrize("optimize", [0, 1, 2])
def test_optimization_levels(optimize: int) -> None:
    source = (
        '"module"\ndef f():\n    "function"\n    for i in [1]:\n'
        "        assert (x := i) > 1 and i, 'message'\n    return __debug__\n"
        "try: result = f()\nexcept AssertionError as error: result = str(error)\n"
    )
    results = []
    for make in (host, tier0):
        names: dict[str, object] = {}
        exec(make(source, optimize=optimize), names)
        function = names["f"]
        results.append((names["result"], names.get("__doc__"), getattr(function, "__doc__", None)))
    assert results[0] == results[1]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters are new in 3.12")
def test_type_parameters_are_lazy() -> None:
    assert_same(
        """
        class C[T: (int, Later), *Ts, **P](list[T]):
            def m[U: "quoted"](self, x: U) -> T: return T, U
            type Pair[V] = tuple[T, V]
        type Alias = Later | None
        def f[T: Later = int](x: T = 1): return T.__bound__
        Later = str
        print(C.__type_params__, C.__type_params__[0].__constraints__, C.__orig_bases__)
        print(C().m(1), C.Pair.__value__, C.Pair.__type_params__, Alias.__value__, Alias.__module__)
    """
        if sys.version_info >= (3, 13)
        else """
        class C[T: (int, Later), *Ts, **P](list[T]):
            def m[U: "quoted"](self, x: U) -> T: return T, U
            type Pair[V] = tuple[T, V]
        type Alias = Later | None
        Later = str
        print(C.__type_params__, C.__type_params__[0].__constraints__, C.__orig_bases__)
        print(C().m(1), C.Pair.__value__, C.Pair.__type_params__, Alias.__value__, Alias.__module__)
    """
    )


def test_future_annotations_are_text() -> None:
    assert_same("""
        from __future__ import annotations
        def f(x: "quoted", *a: b[1:2], k: lambda z: z = 2) -> [i for i in x if i]: y: int = 1
        class C: attribute: undefined | None = None
        print(f.__annotations__, C.__annotations__)
        exec("def g(a: undefined): pass\\nprint(g.__annotations__)")
    """)
