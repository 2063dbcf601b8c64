"""Both ways to reach LLVM give the same code."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import llvmlite
import pytest

from tauraro_jit.layout.host import host_layout
from tauraro_jit.native import library
from tauraro_jit.native.binding import Binding
from tauraro_jit.native.compile import load_object
from tauraro_jit.native.generator import CompileError, Generator
from tauraro_jit.native.library import Library, load_library
from tauraro_jit.runtime.trampoline import trampoline_ir

TEXT = """
define i64 @twice(ptr %slots) {
entry:
  %n = load i64, ptr %slots
  %zero = add i64 0, 0
  %more = icmp sgt i64 %n, %zero
  br i1 %more, label %yes, label %no
yes:
  %twice = mul i64 %n, 2
  ret i64 %twice
no:
  ret i64 -1
}
"""


def known_library() -> Library:
    found = load_library()
    if found is None:
        pytest.skip(f"the C functions of llvmlite {llvmlite.__version__} are not known")
    return found


def generators() -> list[Generator]:
    """All that can be used here."""
    found = load_library()
    return [Binding()] if found is None else [found, Binding()]


@pytest.mark.parametrize("optimize", [0, 1])
def test_code_is_the_same(optimize: int) -> None:
    """Byte for byte, for code of any size."""
    fast, documented = known_library(), Binding()
    for text in (TEXT, trampoline_ir(host_layout().require())):
        assert fast.object_code(text, optimize) == documented.object_code(text, optimize)


@pytest.mark.parametrize("generator", generators(), ids=lambda found: type(found).__name__)
def test_code_runs(generator: Generator) -> None:
    """From text to a result."""
    function = load_object(generator.object_code(TEXT, 1), "twice")
    memory = (ctypes.c_int64 * 1)(21)
    call = ctypes.PYFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(function.address)
    assert call(ctypes.addressof(memory)) == 42


@pytest.mark.parametrize("generator", generators(), ids=lambda found: type(found).__name__)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("this is no IR", "expected top-level entity"),
        ("define i64 @f(ptr %s) { ret i32 0 }", "doesn't match"),
        (
            "define i64 @f() {\na:\n br label %a\nb:\n %x = add i64 %y, 1\n ret i64 %x }",
            "undefined",
        ),
        ("define i1 @f(i1 %c) { %x = add i1 %y, 1 %y = or i1 %c, 0 ret i1 %x }", "dominate"),
    ],
)
def test_errors(generator: Generator, text: str, reason: str) -> None:
    """Text that cannot be parsed, and text that breaks the rules; the next one is none the worse
    for it."""
    with pytest.raises(CompileError, match=reason):
        generator.object_code(text, 1)
    assert generator.object_code(TEXT, 1)


def test_unknown_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of other versions of llvmlite only what is documented is used."""
    monkeypatch.setattr(llvmlite, "__version__", "0.999.0")
    assert load_library() is None


def test_missing_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installation of another shape."""
    monkeypatch.setattr(library, "KNOWN", (llvmlite.__version__,))
    monkeypatch.setattr(llvmlite, "__path__", [str(tmp_path)])
    assert load_library() is None


def test_missing_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library without one of the functions."""
    monkeypatch.setitem(library._FUNCTIONS, "NoSuchFunction", (None, ()))
    assert load_library() is None


CHOICE = """
import sys
{first}
from tauraro_jit.native.compile import compile_ir, generator
compile_ir("define void @f() {{ ret void }}", "f")
print(type(generator()).__name__, "llvmlite.binding" in sys.modules)
{last}
"""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", "Library False"),
        ("import llvmlite.binding", "", "Binding True"),
        (
            "",
            "import llvmlite.binding as llvm; llvm.initialize_native_target();"
            "llvm.parse_assembly('define void @f() { ret void }').verify()",
            "Library False",
        ),
    ],
)
def test_choice(first: str, last: str, expected: str) -> None:
    """A program's own use of llvmlite goes together with ours."""
    known_library()
    code = CHOICE.format(first=first, last=last)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == expected
