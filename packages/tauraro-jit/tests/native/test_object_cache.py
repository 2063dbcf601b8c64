"""Object files that earlier processes have made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tauraro_jit.native import object_cache
from tauraro_jit.native.object_cache import cached_object


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    object_cache._directory.cache_clear()
    yield tmp_path / "tauraro" / "objects"
    object_cache._directory.cache_clear()


def never() -> bytes:
    raise AssertionError("made again")


def files(directory: Path) -> list[Path]:
    return sorted(directory.iterdir()) if directory.exists() else []


def test_is_made_once(directory: Path) -> None:
    """The text and the level tell objects apart."""
    assert cached_object("a", 1, lambda: b"one") == b"one"
    assert cached_object("a", 1, never) == b"one"
    assert cached_object("a", 0, lambda: b"two") == b"two"
    assert cached_object("b", 1, lambda: b"three") == b"three"
    assert [cached_object("a", 0, never), cached_object("b", 1, never)] == [b"two", b"three"]
    assert len(files(directory)) == 3
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in files(directory)} == {0o600}


def flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    "damage", [flip, lambda data: data[:-1], lambda data: b"", lambda data: data[:16]]
)
def test_damage(directory: Path, damage: Callable[[bytes], bytes]) -> None:
    """A file that is not whole is replaced."""
    cached_object("a", 1, lambda: b"content")
    (path,) = files(directory)
    path.write_bytes(damage(path.read_bytes()))
    assert cached_object("a", 1, lambda: b"again") == b"again"
    assert cached_object("a", 1, never) == b"again"


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_files_of_others(directory: Path, mode: int) -> None:
    """What others can write is not run."""
    cached_object("a", 1, lambda: b"content")
    files(directory)[0].chmod(mode)
    assert cached_object("a", 1, lambda: b"again") == b"again"


def test_writes_nothing_where_python_must_not(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-B` and PYTHONDONTWRITEBYTECODE."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert cached_object("a", 1, lambda: b"one") == b"one"
    assert files(directory) == []


def test_no_place(directory: Path) -> None:
    """A directory that cannot be made."""
    directory.parent.write_text("a file")
    assert cached_object("a", 1, lambda: b"one") == b"one"


def test_unknown_processor(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code is kept only where it is known what it was made for."""
    monkeypatch.setattr(object_cache, "_processor", lambda: b"")
    assert cached_object("a", 1, lambda: b"one") == b"one"
    assert files(directory) == []


@pytest.fixture
def beside(directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package's own objects, in an empty directory."""
    found = tmp_path / "package" / "__pycache__" / "objects"
    monkeypatch.setattr(object_cache, "_package_directory", lambda: str(found))
    return found


def test_our_own_are_beside_our_modules(directory: Path, beside: Path) -> None:
    """What all programs have is kept with the package, readable for all; a user's cache that is
    deleted does not matter."""
    assert cached_object("a", 1, lambda: b"one", is_ours=True) == b"one"
    assert cached_object("a", 1, never, is_ours=True) == b"one"
    assert files(directory) == []
    assert [path.stat().st_mode & 0o777 for path in files(beside)] == [0o644]
    assert cached_object("a", 1, lambda: b"two") == b"two"


def test_package_that_cannot_be_written(directory: Path, beside: Path) -> None:
    """Then they are kept as those of programs are."""
    beside.parent.parent.write_text("a file")
    assert cached_object("a", 1, lambda: b"one", is_ours=True) == b"one"
    assert cached_object("a", 1, never, is_ours=True) == b"one"
    assert len(files(directory)) == 1


def test_modules_kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python writes nothing beside modules, neither do we."""
    object_cache._package_directory.cache_clear()
    monkeypatch.setattr(sys, "pycache_prefix", "/elsewhere")
    assert object_cache._package_directory() == ""
    object_cache._package_directory.cache_clear()


def test_oldest_are_removed(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow for ever."""
    monkeypatch.setattr(object_cache, "_MOST", 10)
    for number in range(2000):
        cached_object(str(number), 1, lambda: b"x")
    assert len(files(directory)) < 2000


PROGRAM = """
import sys
from tauraro_jit.runtime.trampoline import trampoline
from tauraro_jit.native import compile
trampoline()
print(compile._generator.cache_info().currsize)
"""


def test_later_processes_load_no_generator(tmp_path: Path) -> None:
    """The trampoline is made by the first process only."""
    environment = {
        "XDG_CACHE_HOME": str(tmp_path),
        "PYTHONPYCACHEPREFIX": str(tmp_path / "modules"),
        "PATH": "",
    }
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert runs == ["1", "0"]
