"""Blobs: what belongs to a source, and what is as good as none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from types import CodeType

import pytest

from tauraro_vm.load import cache
from tauraro_vm.load.cache import BlobChanged, Identity

CODE = compile("x = 1\ndef f(): return 2\n", "source.py", "exec")
BYTECODE = b"the bytecode"


def identity(text: bytes = b"x") -> Identity:
    return Identity.of_source(text)


@pytest.fixture(autouse=True)
def _writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def blob_path(tmp_path: Path) -> Path:
    path = tmp_path / "blob.tauraro"
    content = cache.make(identity(), CODE, BYTECODE)
    assert content is not None
    path.write_bytes(content)
    return path


def test_round_trip(blob_path: Path) -> None:
    blob = cache.read(str(blob_path))
    assert blob is not None
    assert blob.belongs_to(identity())
    assert blob.identified_by_content()
    assert not blob.belongs_to(identity(b"y"))
    assert blob.bytecode() == BYTECODE
    code = blob.code("other/place.py")
    assert isinstance(code, CodeType)
    assert code.co_filename == "other/place.py"
    assert [c.co_filename for c in code.co_consts if isinstance(c, CodeType)] == ["other/place.py"]
    assert code.replace(co_filename="source.py").co_code == CODE.co_code


def test_identity_by_time_and_size(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text("x = 1")
    os.utime(source, ns=(0, 1_500_000_000))
    first = Identity.of_stat(source.stat())
    assert first.to_bytes() == Identity.of_stat(source.stat()).to_bytes()
    os.utime(source, ns=(0, 1_500_000_001))
    later = Identity.of_stat(source.stat())
    source.write_text("x = 12")
    os.utime(source, ns=(0, 1_500_000_000))
    longer = Identity.of_stat(source.stat())
    kinds = {one.to_bytes() for one in (first, later, longer, identity(b"x = 1"))}
    assert len(kinds) == 4


def test_every_truncation_is_as_good_as_none(blob_path: Path) -> None:
    content = blob_path.read_bytes()
    for length in range(len(content)):
        blob_path.write_bytes(content[:length])
        assert cache.read(str(blob_path)) is None, length
    blob_path.write_bytes(content + b"\0")
    assert cache.read(str(blob_path)) is None


def test_every_flip_before_the_bytecode_is_as_good_as_none(blob_path: Path) -> None:
    content = blob_path.read_bytes()
    for position in range(len(content) - len(BYTECODE)):
        for bit in (1, 128):
            damaged = bytearray(content)
            damaged[position] ^= bit
            blob_path.write_bytes(damaged)
            assert cache.read(str(blob_path)) is None, position


def test_foreign_builder(blob_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_builder", b"another!")
    assert cache.read(str(blob_path)) is None


def test_builder_changes_with_the_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_builder", None)
    before = cache.builder()
    assert len(before) == 8
    monkeypatch.setattr(cache, "_builder", None)
    monkeypatch.setattr(sys, "version", sys.version + "x")
    assert cache.builder() != before
    monkeypatch.undo()
    monkeypatch.setattr(cache, "_builder", None)
    monkeypatch.setattr(cache, "_files", lambda directory: [directory])
    assert cache.builder() != before


@pytest.mark.parametrize("path", [None, "", "no/such/blob", "/", "nu\0ll"])
def test_no_file(path: str | None) -> None:
    assert cache.read(path) is None


def test_bytecode_of_a_blob_that_was_replaced(blob_path: Path) -> None:
    blob = cache.read(str(blob_path))
    assert blob is not None
    other = cache.make(identity(b"y"), CODE, b"other bytecode")
    assert other is not None
    blob_path.write_bytes(other)
    with pytest.raises(BlobChanged):
        blob.bytecode()
    blob_path.unlink()
    with pytest.raises(OSError, match="blob"):
        blob.bytecode()


def test_code_that_cannot_be_kept() -> None:
    code = CODE.replace(co_consts=(object(),))
    assert cache.make(identity(), code, BYTECODE) is None


def test_writing_follows_the_source(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.touch()
    source.chmod(0o640)
    path = cache.beside_source(str(source))
    assert path is not None
    cache.write(path, b"content", str(source))
    assert Path(path).read_bytes() == b"content"
    assert Path(path).parent.name == "__pycache__"
    assert stat.S_IMODE(os.stat(path).st_mode) & 0o077 == 0o040 & ~_umask()
    assert os.listdir(Path(path).parent) == [Path(path).name]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_texts_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MAX_BLOBS", 10)
    for number in range(11):
        cache.write(str(tmp_path / f"{number:02}"), b"x")
        os.utime(tmp_path / f"{number:02}", ns=(0, number))
    cache.write(str(tmp_path / "last"), b"x")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert "last" in left
    assert len(left) == 7


def test_writing_can_be_unwanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "folder" / "blob"
    cache.write(None, b"x")
    cache.write(str(path), None)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    cache.write(str(path), b"x")
    assert not path.parent.exists()


def test_writing_can_be_impossible(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    source = tmp_path / "source.py"
    source.touch()
    for path in (tmp_path / "file" / "blob", tmp_path / "folder", Path("/proc/blob")):
        cache.write(str(path), b"x")
        cache.write(str(path), b"x", str(source))
    cache.write("nu\0ll", b"x", str(source))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder", "source.py"]


def test_disk_can_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache._external, "_write_atomic", full)
    cache.write(str(tmp_path / "blob"), b"x")
    assert list(tmp_path.iterdir()) == []


def test_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = sys.implementation.cache_tag
    assert cache.beside_source("/a/b.py") == f"/a/__pycache__/b.{tag}{cache.suffix()}"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    places = {
        cache.by_content(content, name)
        for content, name in [(b"x", "<string>"), (b"y", "<string>"), (b"x", "<stdin>")]
    }
    assert len(places) == 3
    assert all(str(place).startswith(str(tmp_path / "tauraro" / "code")) for place in places)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert str(cache.by_content(b"x", "f")).startswith(str(tmp_path / "home" / ".cache"))
    monkeypatch.setattr(sys, "pycache_prefix", "/elsewhere")
    assert cache.beside_source("/a/b.py") == f"/elsewhere/a/b.{tag}{cache.suffix()}"


def test_host_without_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert cache.beside_source("/a/b.py") is None
    assert cache.by_content(b"x", "f") is None
