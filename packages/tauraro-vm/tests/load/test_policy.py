"""Which modules run in the virtual machine."""

from __future__ import annotations

import json
import os
import sysconfig
from pathlib import Path

import pytest

from tauraro_vm.load.policy import (
    Policy,
    PolicyError,
    parse_patterns,
    project_patterns,
    start_directory,
)

SITE = sysconfig.get_path("purelib")


def test_own_code_is_taken() -> None:
    policy = Policy()
    assert policy.takes("app", "/projects/app.py")
    assert policy.takes("app.part", "/projects/my-packages/app/part.py")
    assert policy.takes("app", "/projects/site-packages-old/app.py")


def test_standard_library_and_installed_packages_are_not() -> None:
    policy = Policy()
    assert not policy.takes("json", json.__file__)
    assert not policy.takes("pip", f"{SITE}/pip/__init__.py")
    assert not policy.takes("thing", "/usr/lib/python3/dist-packages/thing.py")
    assert not policy.takes("thing", "/proj/.venv/lib/python3.12/site-packages/thing/core.py")


def test_own_parts_never_are() -> None:
    policy = Policy(["*"])
    for name in ("tauraro", "tauraro_vm.load", "tauraro_frontend.pipeline"):
        assert not policy.takes(name, "/projects/src/module.py")
    assert not policy.takes("importlib.util", f"{os.path.dirname(os.__file__)}/importlib/util.py")
    assert policy.takes("importlib", "/projects/importlib.py")


@pytest.mark.parametrize(
    ("pattern", "names", "others"),
    [
        ("pip", ["pip", "pip._vendor", "pip.a.b"], ["pipes", "xpip", "x.pip"]),
        ("pip.*", ["pip._vendor", "pip.a.b"], ["pip", "pipes"]),
        ("pip*", ["pip", "pipes", "pip.a", "pipes.b"], ["xpip"]),
        ("*.tests", ["a.tests", "a.b.tests", "a.tests.c"], ["tests", "a.test"]),
        ("a.*.c", ["a.b.c", "a.b.b.c", "a.b.c.d"], ["a.c", "a.b"]),
        ("a*b*c", ["abc", "axbxc", "abc.d", "abbc"], ["acb", "ab", "ac"]),
        ("*", ["a", "a.b"], []),
        ("a*a", ["aa", "aba"], ["a"]),
    ],
)
def test_patterns(pattern: str, names: list[str], others: list[str]) -> None:
    policy = Policy([pattern])
    file = f"{SITE}/any.py"
    assert [name for name in names + others if policy.takes(name, file)] == names


def test_lists_of_patterns() -> None:
    assert parse_patterns("a, b.* ,,*") == ("a", "b.*", "*")
    assert parse_patterns("") == ()
    for wrong in ("a-b", "a/b", "a..b", "a b", "[a]", "a.", "1a"):
        with pytest.raises(PolicyError, match="no pattern"):
            parse_patterns(f"good,{wrong}")


def project(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text)
    below = folder / "src" / "deep"
    below.mkdir(parents=True)
    return below


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ('[tool.tauraro]\nvm-modules = ["a", "b.*"]\n', ("a", "b.*")),
        ('[tool.tauraro]\nvm-modules = "a, b"\n', ("a", "b")),
        ("tool.tauraro.vm-modules = ['*']\n", ("*",)),
        ("[tool]\ntauraro = { vm-modules = [] }\n", ()),
        ("[tool.tauraro]\nother = 1 # vm-modules\n", ()),
        ("[tool.other]\nvm-modules = ['a']\n", ()),
        ("[project]\nname = 'tauraro'\n", ()),
        ("this is no TOML", ()),
    ],
)
def test_project_settings(text: str, patterns: tuple[str, ...], tmp_path: Path) -> None:
    assert project_patterns(str(project(tmp_path, text))) == patterns


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[tool.tauraro]\nvm-modules = 3\n", "neither a string nor a list"),
        ("[tool.tauraro]\nvm-modules = ['a', 3]\n", "neither a string nor a list"),
        ("[tool.tauraro]\nvm-modules = 'a-b'\n", "no pattern"),
        ("[tool]\ntauraro = 'vm-modules'\n", "not a table"),
        ("vm-modules = [\n", "pyproject.toml: "),
    ],
)
def test_wrong_project_settings(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=problem) as caught:
        project_patterns(str(project(tmp_path, text)))
    assert "pyproject.toml" in str(caught.value)


def test_nearest_project_counts(tmp_path: Path) -> None:
    below = project(tmp_path, "[tool.tauraro]\nvm-modules = 'outer'\n")
    (below.parent / "pyproject.toml").write_text("[project]\nname = 'inner'\n")
    assert project_patterns(str(below)) == ()
    assert project_patterns(str(tmp_path)) == ("outer",)


def test_search_starts_beside_the_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "app.py").touch()
    (tmp_path / "link.py").symlink_to(real / "app.py")
    assert start_directory(str(tmp_path / "link.py")) == os.path.realpath(real)
    monkeypatch.chdir(tmp_path)
    assert start_directory(None) == os.path.realpath(tmp_path)
