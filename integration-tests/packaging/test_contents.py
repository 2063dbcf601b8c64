"""What the built archives hold."""

from __future__ import annotations

import email
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from .environments import NAMES

PACKAGES = {
    "tauraro-frontend": ("tauraro_frontend",),
    "tauraro-vm": ("tauraro_vm", "tauraro"),
    "tauraro-jit": ("tauraro_jit",),
}


def wheel_of(dist: Path, name: str) -> zipfile.ZipFile:
    (path,) = dist.glob(f"{name.replace('-', '_')}-*.whl")
    return zipfile.ZipFile(path)


@pytest.mark.parametrize("name", NAMES)
def test_wheel_holds_every_module_and_nothing_else(checkout: Path, dist: Path, name: str) -> None:
    source = checkout / "packages" / name / "src"
    expected = {
        file.relative_to(source).as_posix()
        for package in PACKAGES[name]
        for file in (source / package).rglob("*")
        if file.is_file() and file.parent.name != "__pycache__"
    }
    with wheel_of(dist, name) as wheel:
        found = {entry for entry in wheel.namelist() if ".dist-info/" not in entry}
    if name == "tauraro-vm":
        expected |= {"tauraro.pth", "tauraro_vm-0.1.0.data/scripts/tauraro"}
    assert found == expected
    assert {f"{package}/py.typed" for package in PACKAGES[name]} <= found


@pytest.mark.parametrize("name", NAMES)
def test_wheel_carries_licence_and_description(dist: Path, name: str) -> None:
    with wheel_of(dist, name) as wheel:
        folder = f"{name.replace('-', '_')}-0.1.0.dist-info"
        metadata = email.message_from_bytes(wheel.read(f"{folder}/METADATA"))
        assert b"MIT License" in wheel.read(f"{folder}/licenses/LICENSE")
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == "<3.14,>=3.11"
    assert str(metadata.get_payload()).startswith(f"# {name}\n")


def test_siblings_are_pinned_in_lockstep(dist: Path) -> None:
    requirements: dict[str, list[str]] = {}
    versions = set()
    for name in NAMES:
        with wheel_of(dist, name) as wheel:
            folder = f"{name.replace('-', '_')}-0.1.0.dist-info"
            metadata = email.message_from_bytes(wheel.read(f"{folder}/METADATA"))
        versions.add(metadata["Version"])
        lines = metadata.get_all("Requires-Dist") or []
        requirements[name] = sorted(line for line in lines if line.startswith("tauraro"))
    (version,) = versions
    assert requirements == {
        "tauraro-frontend": [],
        "tauraro-vm": [
            f"tauraro-frontend=={version}",
            f"tauraro-jit=={version}; extra == 'jit'",
        ],
        "tauraro-jit": [f"tauraro-frontend=={version}", f"tauraro-vm=={version}"],
    }


@pytest.mark.parametrize("name", NAMES)
def test_sdist_holds_tests_and_changelog(dist: Path, name: str) -> None:
    with tarfile.open(dist / f"{name.replace('-', '_')}-0.1.0.tar.gz") as archive:
        names = {entry.partition("/")[2] for entry in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} <= names
    assert any(re.fullmatch(r"tests/(.*/)?test_\w+\.py", entry) for entry in names)
    assert not any("__pycache__" in entry for entry in names)
