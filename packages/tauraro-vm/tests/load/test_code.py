"""From sources to code objects: warnings, fallbacks, tiers."""

from __future__ import annotations

import sys
import warnings
import weakref
from pathlib import Path

import pytest

from tauraro_vm.load.code import (
    INTERP,
    HostCompiles,
    Settings,
    code_of_bytecode,
    compile_text,
    load_source,
    source_of_bytes,
    source_of_module,
    source_of_text,
)
from tauraro_vm.load.policy import Policy
from tauraro_vm.trace import statistics

PROGRAM = "def f(x):\n    return [x * i for i in range(3)]\nresult = f(2)\n"


@pytest.fixture
def settings() -> Settings:
    return Settings(Policy())


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(statistics, "loaded", [])
    monkeypatch.setattr(statistics, "latest", {})
    monkeypatch.setattr(statistics, "replaced", 0)
    monkeypatch.setattr(statistics, "fallbacks", [])


def origins() -> list[str]:
    return [module.origin for module in statistics.loaded]


def test_code_equals_that_of_the_host(settings: Settings) -> None:
    compiled = compile_text(PROGRAM, "name.py", settings)
    assert compiled.code == compile(PROGRAM, "name.py", "exec", dont_inherit=True)
    assert not compiled.warned
    assert compile_text("1 + 1", "x", settings, "eval").code.co_consts == (2,)


@pytest.mark.parametrize("tier", ["host", INTERP])
def test_both_tiers_from_one_blob(tier: str, tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(PROGRAM)
    settings = Settings(Policy(), tier)
    loads = []
    for origin in ("source", "cache"):
        namespace: dict[str, object] = {"__name__": "module"}
        exec(load_source(source_of_module("module", str(path)), settings), namespace)
        assert namespace["result"] == [0, 2, 4]
        assert origins() == [origin]
        loads += statistics.loaded
    (first, second) = loads
    assert first.bytecode == second.bytecode
    code = code_of_bytecode(first.bytecode, None, Settings(Policy()))
    assert code.co_filename == str(path)


def test_texts_are_found_by_their_content(settings: Settings) -> None:
    for text, origin in (("x = 1", "source"), ("x = 2", "source"), ("x = 1", "cache")):
        code = load_source(source_of_text("__main__", "<string>", text), settings)
        assert code.co_filename == "<string>"
        assert origins() == [origin]
    assert statistics.replaced == 2


def test_code_that_was_loaded_anew_is_let_go(settings: Settings) -> None:
    load_source(source_of_text("__main__", "<string>", "x = 1"), settings)
    gone = weakref.ref(statistics.loaded[0].code)
    load_source(source_of_text("__main__", "<other>", "x = 1"), settings)
    load_source(source_of_text("alias", "<string>", "x = 1"), settings)
    assert gone() is not None, "another module of the same file"
    load_source(source_of_text("__main__", "<string>", "x = 3"), settings)
    assert gone() is None
    assert [(module.name, module.filename) for module in statistics.loaded] == [
        ("__main__", "<other>"), ("alias", "<string>"), ("__main__", "<string>"),
    ]  # fmt: skip
    latest = statistics.module_in("<string>")
    assert latest is not None
    assert latest.name == "__main__"


def test_cookie_counts_in_bytes_only(settings: Settings) -> None:
    text = "# coding: latin-1\nx = 'é'\n"
    values = []
    for source in (
        source_of_text("__main__", "<string>", text),
        source_of_bytes("__main__", "<stdin>", text.encode("latin-1")),
    ):
        namespace: dict[str, object] = {}
        exec(load_source(source, settings), namespace)
        values.append(namespace["x"])
    assert values == ["é", "é"]
    with pytest.raises(UnicodeEncodeError):
        source_of_text("__main__", "<string>", "'\ud800'")


WARNS = "x = 1 is 1\n"


def test_warnings_are_shown_once_and_cached_modules_are_silent(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "warns.py"
    path.write_text("\n" + WARNS)
    for expected in (1, 0):
        with warnings.catch_warnings(record=True) as shown:
            warnings.simplefilter("default")
            load_source(source_of_module("warns", str(path)), settings)
        assert [(w.category, w.filename, w.lineno) for w in shown] == [
            (SyntaxWarning, str(path), 2)
        ] * expected


def test_programs_warn_at_every_start(settings: Settings) -> None:
    for _ in range(2):
        with warnings.catch_warnings(record=True) as shown:
            warnings.simplefilter("ignore")
            load_source(source_of_text("__main__", "<string>", WARNS), settings)
        assert shown == []
        assert origins() == ["source"]
        with pytest.warns(SyntaxWarning):
            load_source(source_of_text("__main__", "<string>", WARNS), settings)
        assert origins() == ["source"]


def test_filters_select_by_category_and_module(settings: Settings, tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("ignore")
        warnings.filterwarnings("default", category=SyntaxWarning, module="chosen")
        for name in ("chosen.py", "other.py"):
            compile_text(WARNS, name, settings)
    assert [w.filename for w in shown] == ["chosen.py"]


def test_warnings_that_are_errors_are_for_the_host_to_tell(settings: Settings) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(HostCompiles):
            compile_text(WARNS, "x.py", settings)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = (", "SyntaxError: '(' was never closed"),
        ("return", "SyntaxError: 'return' outside function"),
        ("a, *b, *c = d", "ValueError: an unpacking has one starred target at most"),
        (b"x = '\xff'", "SyntaxError: (unicode error)"),
        ("x\0", "source code"),
        ("x = " + "(" * 500 + ")" * 500, "too many nested parentheses"),
    ],
)
def test_what_is_no_program(text: str | bytes, reason: str, settings: Settings) -> None:
    with pytest.raises(HostCompiles) as caught:
        compile_text(text, "x.py", settings)
    assert reason in str(caught.value)
    assert statistics.loaded == []


def test_missing_source(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        source_of_module("module", str(tmp_path / "none.py"))


def test_everything_loaded_can_be_watched(settings: Settings, tmp_path: Path) -> None:
    seen: list[tuple[str, str, bytes]] = []
    settings.on_bytecode = lambda *facts: seen.append(facts)
    path = tmp_path / "module.py"
    path.write_text(PROGRAM)
    for _ in range(2):
        load_source(source_of_module("module", str(path)), settings)
    assert len(seen) == 2
    assert seen[0] == seen[1]
    assert seen[0][:2] == ("module", str(path))
