"""Plugins read from disk: which lines count, what the cache remembers, what damage does."""

from __future__ import annotations

import os
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tauraro_vm.tier import scan_cache
from tauraro_vm.tier.entry_points import GROUP, find_entry_points

LONG_AGO = 1_600_000_000_000_000_000


def install(site: Path, folder: str, text: str | None) -> Path:
    """Lay a distribution's metadata into `site`, as if that had happened long ago."""
    metadata = site / folder
    metadata.mkdir(parents=True, exist_ok=True)
    if text is not None:
        (metadata / "entry_points.txt").write_text(text, "utf-8")
        os.utime(metadata / "entry_points.txt", ns=(LONG_AGO, LONG_AGO))
    os.utime(site, ns=(LONG_AGO, LONG_AGO))
    return metadata


def plugin(name: str, target: str = "some.module:Tier") -> str:
    return f"[console_scripts]\nx = y:z\n\n[{GROUP}]\n{name} = {target}\n\n[other]\na = b:c\n"


def names(path: list[Path], cache: Path | None = None) -> list[str]:
    found = find_entry_points([str(entry) for entry in path], None if cache is None else str(cache))
    return [str(entry) for entry in found]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "tauraro" / "native-tiers"


@pytest.fixture
def listings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The directories that are listed while the test runs."""
    seen: list[str] = []
    real = os.listdir

    def listdir(directory: str) -> list[str]:
        seen.append(directory)
        return real(directory)

    monkeypatch.setattr(os, "listdir", listdir)
    return seen


def test_finds_the_line_of_the_group(site: Path) -> None:
    install(site, "Some.Plugin-1.2.dist-info", plugin("fast", "some.module:Tier [extra]"))
    install(site, "unrelated-3.dist-info", "[console_scripts]\nfast = a:b\n")
    (entry,) = find_entry_points([str(site)], None)
    assert (entry.name, entry.module, entry.attribute) == ("fast", "some.module", "Tier")
    assert (entry.distribution, entry.version) == ("some_plugin", "1.2")
    assert str(entry) == "fast (some-plugin 1.2)"


def test_finds_legacy_editable_metadata(site: Path) -> None:
    install(site, "plugin.egg-info", plugin("fast"))
    assert names([site]) == ["fast (plugin)"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        f"[{GROUP}]\n# fast = a:b\n; fast = a:b\n",
        f"[{GROUP}]\nfast\n",
        f"[{GROUP}]\nfast = module\n",
        f"fast = a:b\n[not.{GROUP}]\nfast = a:b\n",
    ],
)
def test_other_lines_do_not_count(site: Path, text: str | None) -> None:
    install(site, "plugin-1.dist-info", text)
    assert names([site]) == []


def test_first_copy_on_the_path_wins(tmp_path: Path) -> None:
    install(tmp_path / "a", "plugin-2.dist-info", plugin("new"))
    install(tmp_path / "b", "plugin-1.dist-info", plugin("old"))
    install(tmp_path / "b", "second-1.dist-info", plugin("second"))
    path = [tmp_path / "a", tmp_path / "b", tmp_path / "a"]
    assert names(path) == ["new (plugin 2)", "second (second 1)"]


def test_what_is_no_directory_is_passed_over(tmp_path: Path, site: Path) -> None:
    archive = tmp_path / "lib.zip"
    archive.write_bytes(b"PK")
    install(site, "plugin-1.dist-info", plugin("fast"))
    path = [str(tmp_path / "missing"), str(archive), "null\0byte", str(site)]
    assert [entry.name for entry in find_entry_points(path, None)] == ["fast"]


def test_agrees_with_the_standard_library_on_this_environment() -> None:
    expected = {
        (entry.name, entry.value)
        for distribution in distributions()
        for entry in distribution.entry_points
        if entry.group == GROUP
    }
    found = find_entry_points(sys.path, None)
    assert {(entry.name, f"{entry.module}:{entry.attribute}") for entry in found} == expected


def test_unchanged_directory_is_not_read_again(
    site: Path, cache: Path, listings: list[str]
) -> None:
    install(site, "plugin-1.dist-info", plugin("fast"))
    first = names([site], cache)
    assert listings == [str(site)]
    listings.clear()
    assert names([site], cache) == first == ["fast (plugin 1)"]
    assert listings == []


def test_directory_without_plugins_is_remembered_too(
    site: Path, cache: Path, listings: list[str]
) -> None:
    install(site, "unrelated-1.dist-info", None)
    assert names([site], cache) == names([site], cache) == []
    assert listings == [str(site)]


def test_new_distribution_is_seen(site: Path, cache: Path) -> None:
    install(site, "unrelated-1.dist-info", None)
    assert names([site], cache) == []
    install(site, "plugin-1.dist-info", plugin("fast"))
    os.utime(site, ns=(LONG_AGO, LONG_AGO + 1))
    assert names([site], cache) == ["fast (plugin 1)"]


def test_entry_point_changed_in_place_is_seen(site: Path, cache: Path) -> None:
    metadata = install(site, "plugin-1.dist-info", plugin("fast"))
    assert names([site], cache) == ["fast (plugin 1)"]
    (metadata / "entry_points.txt").write_text(plugin("faster"), "utf-8")
    assert names([site], cache) == ["faster (plugin 1)"]


def test_directory_that_just_changed_is_not_remembered(site: Path, cache: Path) -> None:
    install(site, "plugin-1.dist-info", plugin("fast"))
    os.utime(site)
    assert names([site], cache) == ["fast (plugin 1)"]
    assert not cache.exists()


def test_every_damage_to_the_cache_is_noticed(site: Path, cache: Path) -> None:
    install(site, "plugin-1.dist-info", plugin("fast"))
    names([site], cache)
    intact = cache.read_bytes()
    assert list(scan_cache.load(str(cache))) == [str(site)]
    damaged = [intact[:end] for end in range(len(intact))]
    damaged += [
        intact[:at] + bytes([intact[at] ^ 0x11]) + intact[at + 1 :] for at in range(len(intact))
    ]
    for content in damaged:
        cache.write_bytes(content)
        assert scan_cache.load(str(cache)) == {}
    cache.write_bytes(b"\xff" * 50)
    assert names([site], cache) == ["fast (plugin 1)"]
    assert cache.read_bytes() == intact


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path, site: Path) -> None:
    install(site, "plugin-1.dist-info", plugin("fast"))
    (tmp_path / "file").write_text("not a directory")
    assert names([site], tmp_path / "file" / "cache") == ["fast (plugin 1)"]
    (tmp_path / "folder").mkdir()
    assert names([site], tmp_path / "folder") == ["fast (plugin 1)"]
    assert list(tmp_path.glob("folder.*")) == []


def test_cache_forgets_other_directories_when_it_is_full(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_cache, "_MAX_RECORDS", 2)
    sites = [tmp_path / name for name in "abc"]
    for number, site in enumerate(sites):
        install(site, f"plugin{number}-1.dist-info", plugin("fast"))
        names([site], cache)
    assert list(scan_cache.load(str(cache))) == [str(sites[2])]


def test_cache_file_belongs_to_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    here = scan_cache.default_cache_file()
    assert here is not None
    assert Path(here).parent == tmp_path / "tauraro"
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert scan_cache.default_cache_file() != here
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    elsewhere = scan_cache.default_cache_file()
    assert elsewhere is not None
    assert Path(elsewhere).parent == tmp_path / "home" / ".cache" / "tauraro"
