"""Modules that are loaded anew: native code is that of the new text, and the old is let go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_both

RELOADING = """
import gc, importlib, os, pathlib, sys, weakref
sys.dont_write_bytecode = True
path = pathlib.Path("changing.py")
nested = "class A:\\n    def f(self):\\n        for i in range(3): pass\\n"
before = ["", "import math\\nx = 1\\n", nested]
gone, old = [], None
for k in range(9):
    path.write_text(before[k % 3] + f'''
def f(n):
    t = {k}
    for i in range(n):
        t = (t * 3 + i) & 0xFFFF
    return t
def g(n):
    t = 0
    while n:
        n -= 1
        t += {k} * n
    return t
''')
    os.utime(path, (k, k))
    importlib.invalidate_caches()
    if k:
        module = importlib.reload(module)
    else:
        import changing as module
    gone += [weakref.ref(module.f.__code__), weakref.ref(module.g.__code__)]
    for _ in range(3):
        print(k, module.f(3000), module.g(2000), old and old(500))
    if k == 3:
        old = module.f
gc.collect()
print([reference() is None for reference in gone])
"""


@pytest.mark.parametrize(
    "options",
    [
        ("--jit-threshold=2", "--jit-sync"),
        ("--jit-threshold=2", "--jit-sync", "--jit-stress=exits"),
    ],
    ids=["early", "exits"],
)
def test_code_of_before_is_gone(options: tuple[str, ...], tmp_path: Path) -> None:
    """A function that somebody has kept stays what it was, and its code with it."""
    host, native = run_both(RELOADING, tmp_path, *options)
    assert native.output == host.output
    assert native.errors == host.errors
    assert native.native > 0
    assert host.output.count("False") == 3, "what is loaded now, and what was kept"
