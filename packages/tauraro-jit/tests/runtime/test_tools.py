"""Loops call nothing while a tool watches: a process of its own, for a hook cannot be removed."""

from __future__ import annotations

import subprocess
import sys

import pytest

SETUP = """
import ast, sys
from tauraro_jit.runtime.instrument import compile_with_loops
from tauraro_jit.runtime.marks import marks_of
from tauraro_jit.runtime.switch import switch_of
from tauraro_jit.runtime.tools import tools
from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.pipeline import compile_source
from tauraro_vm.host.compile import host_code

source = "def f(n):\\n    for i in range(n):\\n        pass\\n"
module = decode_module(compile_source(source.encode(), "program.py"))
namespace = {}
exec(host_code(module, compiler=compile_with_loops), namespace)
f = namespace["f"]
(mark,) = marks_of(f.__code__)
switch = switch_of(f.__code__, mark)
calls = []

def called():
    calls.append(1)

def times(n=5):
    calls.clear()
    f(n)
    return len(calls)

switch.on(called)
assert times() == 5
tools.add_hook()
assert times() == 5
"""

BEGIN = {
    "settrace": "sys.settrace(lambda *_: None)",
    "setprofile": "sys.setprofile(lambda *_: None)",
    "cProfile": "import cProfile; profile = cProfile.Profile(); profile.enable()",
    "monitoring": "sys.monitoring.use_tool_id(3, 'test')\n"
    "sys.monitoring.register_callback(3, sys.monitoring.events.CALL, lambda *_: None)",
}
END = {
    "settrace": "sys.settrace(None)",
    "setprofile": "sys.setprofile(None)",
    "cProfile": "profile.disable()",
    "monitoring": "sys.monitoring.free_tool_id(3)",
}


def kinds() -> list[str]:
    """The tools that loops would show themselves to on this version."""
    if sys.version_info >= (3, 12):
        return ["cProfile", "monitoring"]
    return ["settrace", "setprofile", "cProfile"]


def check(text: str) -> None:
    run = subprocess.run([sys.executable, "-c", SETUP + text], capture_output=True, text=True)
    assert run.stderr == ""
    assert run.returncode == 0


@pytest.mark.parametrize("kind", kinds())
def test_nothing_is_called_under_a_tool(kind: str) -> None:
    check(f"{BEGIN[kind]}\nfound = times()\n{END[kind]}\nassert found == 0, found")


@pytest.mark.parametrize("kind", kinds())
def test_loops_go_on_when_it_is_gone(kind: str) -> None:
    check(f"{BEGIN[kind]}\n{END[kind]}\ntools.review()\nassert times() == 5")
    check(f"{BEGIN[kind]}\n{END[kind]}\nsys.audit('any')\nassert times() == 5")


@pytest.mark.parametrize("kind", kinds())
def test_a_tool_that_was_there_before(kind: str) -> None:
    fresh = "from tauraro_jit.runtime.tools import Tools\n"
    text = f"{BEGIN[kind]}\nTools().add_hook()\nfound = times()\n{END[kind]}\nassert found == 0"
    check(fresh + text.replace("tools.add_hook()\n", ""))


@pytest.mark.parametrize("kind", kinds())
def test_changes_under_a_tool(kind: str) -> None:
    check(
        f"{BEGIN[kind]}\nswitch.off()\n{END[kind]}\ntools.review()\nassert times() == 0\n"
        f"{BEGIN[kind]}\nswitch.on(called)\nfound = times()\n{END[kind]}\ntools.review()\n"
        "assert found == 0\nassert times() == 5"
    )
