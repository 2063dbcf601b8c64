"""The contexts a loop can stand in, as programs whose loop's body is left open: for `test_contexts`.

`<>` stands for the body; the line of the loop ends with `# L`, that of the statement at which
native code leaves with `# T`.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from region_kit import Program

from tauraro_jit.native.region import IteratorKind
from tauraro_jit.runtime.table import Refusal

RANGE, LIST, TUPLE = IteratorKind.RANGE, IteratorKind.LIST, IteratorKind.TUPLE

BODY = """log.append(("a", i))
x += i
log.append(("b", i))  # T"""

PRELUDE = """
import sys, asyncio
class Manager:
    def __enter__(self): log.append("enter"); return self
    def __exit__(self, kind, *rest): log.append(("exit", kind)); return False
class AsyncManager:
    async def __aenter__(self): log.append("enter"); return self
    async def __aexit__(self, kind, *rest): log.append(("exit", kind)); return False
"""


@dataclass
class Context:
    """A program: `<>` in it stands for the loop's body, `# L` ends the loop's line."""

    name: str
    source: str
    kind: IteratorKind | None = RANGE
    refuses: Refusal | None = None

    def program(self) -> Program:
        lines = []
        for line in (PRELUDE + dedent(self.source)).split("\n"):
            if line.strip() == "<>":
                pad = line[: line.index("<")]
                lines += [pad + part for part in BODY.split("\n")]
            else:
                lines.append(line)
        return Program("\n".join(lines))


CONTEXTS = [
    Context(
        "for",
        """
        def f():
            x = 0
            for i in range(6):  # L
                <>
            return x, i
        """,
    ),
    Context(
        "while",
        """
        def f():
            x = i = 0
            while i < 6:  # L
                <>
                i += 1
            return x, i
        """,
        None,
    ),
    Context(
        "while True",
        """
        def f():
            x = i = 0
            while True:  # L
                <>
                i += 1
                if i == 6:
                    break
            return x, i
        """,
        None,
    ),
    Context(
        "while, last variable unbound",
        """
        def f():
            x = i = 0
            while i < 6:  # L
                <>
                i += 1
            y = x
            return x, i, y
        """,
        None,
    ),
    Context(
        "while inside for",
        """
        def f():
            x = 0
            for k in range(3):
                i = 0
                while i < 6:  # L
                    <>
                    i += 1
            return x, i
        """,
        None,
    ),
    Context(
        "list",
        """
        def f():
            x = 0
            for i in list((5, 6, 7, 8, 9, 10, 11)):  # L
                <>
            return x, i
        """,
        LIST,
    ),
    Context(
        "tuple",
        """
        def f():
            x = 0
            for i in (5, 6, 7, 8, 9, 10, 11):  # L
                <>
            return x, i
        """,
        TUPLE,
    ),
    Context(
        "three deep",
        """
        def f():
            x = 0
            for p in range(2):
                for q in [1, 2]:
                    for i in (4, 5, 6):  # L
                        <>
            return x, p, q
        """,
        TUPLE,
    ),
    Context(
        "try/finally",
        """
        def f():
            x = 0
            try:
                for i in range(6):  # L
                    <>
            finally:
                log.append(x)
            return x
        """,
    ),
    Context(
        "try/except",
        """
        def f():
            x = 0
            try:
                for i in range(6):  # L
                    <>
                1 // 0
            except ZeroDivisionError as error:
                log.append(str(error))
            return x
        """,
    ),
    Context(
        "handler",
        """
        def f():
            x = 0
            try:
                1 // 0
            except ZeroDivisionError as error:
                for i in range(6):  # L
                    <>
                log.append(sys.exc_info()[0])
            log.append(sys.exc_info())
            return x
        """,
    ),
    Context(
        "finally, all copies",
        """
        def f():
            x = 0
            for k in 0, 1, 2, 3:
                try:
                    try:
                        if k == 2:
                            continue
                        1 // k
                    finally:
                        for i in range(6):  # L
                            <>
                except ZeroDivisionError:
                    log.append("error")
            return x
        """,
    ),
    Context(
        "finally with a pending return",
        """
        def f():
            x = 0
            try:
                return [x]
            finally:
                for i in range(6):  # L
                    <>
                log.append(x)
        """,
    ),
    Context(
        "with",
        """
        def f():
            x = 0
            with Manager() as manager:
                for i in range(6):  # L
                    <>
            return x
        """,
    ),
    Context(
        "generator",
        """
        def g():
            x = 0
            for i in range(6):  # L
                <>
                yield i, x
        def f():
            return list(g())
        """,
    ),
    Context(
        "generator without yield in the loop",
        """
        def g():
            x = 0
            for i in range(6):  # L
                <>
            yield x
        def f():
            return list(g())
        """,
    ),
    Context(
        "generator driven by for and yield from",
        """
        def g():
            x = 0
            for i in range(6):  # L
                <>
                yield i, x
        def h():
            yield from g()
        def f():
            out = []
            for k in range(9):
                for v in g():
                    out.append(v)
                for v in h():
                    out.append(v)
            return out
        """,
    ),
    Context(
        "match",
        """
        def f():
            x = 0
            for k in range(6):
                match k:
                    case 1 | 2:
                        for i in (3, 4):  # L
                            <>
                    case _:
                        x += 1
            return x
        """,
        TUPLE,
    ),
    Context(
        "coroutine",
        """
        async def g():
            x = 0
            for i in range(6):  # L
                <>
                await asyncio.sleep(0)
            return x
        def f():
            return asyncio.run(g())
        """,
    ),
    Context(
        "async generator",
        """
        async def g():
            x = 0
            for i in range(6):  # L
                <>
                yield x
        async def h():
            return [y async for y in g()]
        def f():
            return asyncio.run(h())
        """,
    ),
    Context(
        "async with",
        """
        async def g():
            x = 0
            async with AsyncManager():
                for i in range(6):  # L
                    <>
            return x
        def f():
            return asyncio.run(g())
        """,
    ),
    Context(
        "cells",
        """
        def f():
            x = 0
            def peek():
                return x
            for i in range(6):  # L
                <>
                log.append(peek())
            return x
        """,
    ),
    Context(
        "cell as loop variable",
        """
        def f():
            x = 0
            for i in range(6):  # L
                <>
                log.append((lambda: i)())
            return x
        """,
    ),
    Context(
        "free variables",
        """
        def f():
            x = 0
            def inner():
                nonlocal x
                for i in range(6):  # L
                    <>
                return x
            return inner()
        """,
    ),
    Context(
        "parameter that is a cell",
        """
        def inner(x, y=2):
            def peek():
                return x
            for i in range(6):  # L
                <>
                log.append(peek())
            return x
        def f():
            return inner(0)
        """,
    ),
    Context(
        "method, private names, every kind of parameter",
        """
        class K:
            def m(self, *a, k=1, **kw):
                x = 0
                for i in a:  # L
                    <>
                return x, k, kw
        def f():
            return K().m(1, 2, 3, k=4, z=5)
        """,
        TUPLE,
    ),
    Context(
        "module",
        """
        x = 0
        for i in range(6):  # L
            <>
        def f():
            return x, i
        """,
    ),
    Context(
        "module, while",
        """
        x = i = 0
        while i < 6:  # L
            <>
            i += 1
        def f():
            return x, i
        """,
        None,
    ),
    Context(
        "module, inside try and with",
        """
        x = 0
        try:
            with Manager():
                for i in range(6):  # L
                    <>
        finally:
            log.append(x)
        def f():
            return x, i
        """,
    ),
    Context(
        "globals of a function",
        """
        x = 0
        def f():
            global x
            for i in range(6):  # L
                <>
            return x
        """,
    ),
    Context(
        "beside a comprehension",
        """
        def f():
            x = 0
            for i in range(6):  # L
                <>
                log.append([i + k for k in range(2)])
            return x
        """,
    ),
    Context(
        "recursion",
        """
        def f(n=3):
            x = 0
            for i in range(3):  # L
                <>
                if n:
                    x += f(n - 1)
            return x
        """,
    ),
    Context(
        "far jumps and many constants",
        """
        def f():
            x = 0
            for i in range(6):  # L
                <>
                """
        + "; ".join(f"v{k} = {1000 + k}" for k in range(300))
        + """
            return x, v299
        """,
    ),
    Context(
        "many constants before the loop",
        """
        def f():
            x = 0
            y = 0
            """
        + "; ".join(f"y += {1000 + k}" for k in range(300))
        + """
            for i in range(6):  # L
                <>
            return x, y
        """,
    ),
    Context(
        "shared iterator",
        """
        def f():
            x = 0
            numbers = iter(range(6))
            for i in numbers:  # L
                <>
            return x
        """,
        refuses=Refusal.ITERATOR,
    ),
    Context(
        "another iterator",
        """
        def f():
            x = 0
            for i in {1: 2, 3: 4}:  # L
                <>
            return x
        """,
        refuses=Refusal.ITERATOR,
    ),
    Context(
        "globals that are not the module's scope",
        """
        SOURCE = "pass"
        def f():
            return 0
        for i in range(2): pass
        x = 0
        for i in range(6):  # L
            <>
        """,
        refuses=Refusal.NAMESPACE,
    ),
]
