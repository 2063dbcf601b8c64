"""Other interpreters in the process: they are refused, and nothing looks at their frames."""

from __future__ import annotations

import sys
from pathlib import Path

from tauraro_vm.tier.interpreters import is_main_interpreter

from .load.child import HOOK, run

CREATE = """
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
number = interpreters.create()
def execute(text):
    print("inside", flush=True)
    interpreters.run_string(number, f"import sys; sys.path[:] = {sys.path}\\n" + text)
"""

REFUSED = """
execute('''
from tauraro_vm.tier.interpreters import is_main_interpreter
print(is_main_interpreter(), "_xxsubinterpreters" in sys.modules)
import tauraro
try:
    tauraro.install()
except RuntimeError as error:
    print(error)
@tauraro.jit
def f(n):
    t = 0
    for i in range(n):
        t += i
    return t
print(f(1000), tauraro.is_compiled(f))
print(tauraro.why_not(f), flush=True)
''')
interpreters.destroy(number)
print("end")
"""

SAMPLED = """
from tauraro_vm.tier import sampler
from tauraro_vm.tier.interpreters import may_have_others
asked = []
sampler._current_frames = lambda: asked.append(1) or {}
mine = sampler.Sampler(lambda frames, stopping: 0.0, first=0.0)
mine.start()
while len(asked) < 3:
    pass
mine.stop()
print(may_have_others())
"""

ENDED = """
asked.clear()
mine = sampler.Sampler(lambda frames, stopping: 0.0, first=0.0)
mine.start()
execute("sum(range(100000))")
mine._done.acquire()
mine._done.release()
mine.stop()
print(asked, may_have_others())
"""


def test_main_interpreter() -> None:
    before = set(sys.modules)
    assert is_main_interpreter()
    assert set(sys.modules) == before


def test_others_are_refused(tmp_path: Path) -> None:
    """By `install` with an error, by `jit` with a reason; the interpreter itself works on."""
    lines = run(tmp_path, CREATE + REFUSED).splitlines()
    assert lines[:4] == [
        "inside",
        "False False",
        "Tauraro works in the main interpreter of a process only",
        "499500 False",
    ]
    assert "it works in the main interpreter of a process only" in lines[4]
    assert lines[5:] == ["end"]


def test_sampler_ends_where_others_may_run(tmp_path: Path) -> None:
    """Interpreters with locks of their own write to their frames at any time."""
    lines = run(tmp_path, HOOK + SAMPLED + CREATE + ENDED).splitlines()
    assert lines == ["False", "inside", "[] True"]
