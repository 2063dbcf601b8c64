"""The offsets hold on this host; wrong ones are found, and cost nothing worse than a reason."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tauraro_jit.layout import host, probe
from tauraro_jit.layout.host import ENTERING, HostLayout, find_layout, host_layout
from tauraro_jit.layout.memory import Memory, Unreadable
from tauraro_jit.layout.offsets import OFFSETS, Offsets
from tauraro_jit.layout.probe import Part, run_probes

HERE = OFFSETS[sys.version_info[:2]]


def test_this_host() -> None:
    """All parts hold; the answer is remembered."""
    layout = find_layout()
    assert layout.off == {}
    assert layout.problem == ""
    assert layout.can_enter
    assert layout.require() is HERE
    assert host_layout() is host_layout()


def test_under_a_tracer() -> None:
    """The probes hold while a tool watches."""

    def follow(frame: object, event: str, argument: object) -> Any:
        return follow

    old = sys.gettrace(), sys.getprofile()
    sys.settrace(follow)
    sys.setprofile(follow)
    try:
        found = run_probes(HERE)
    finally:
        sys.settrace(old[0])
        sys.setprofile(old[1])
    assert found == {}


@pytest.mark.parametrize("version", [v for v in OFFSETS if v != sys.version_info[:2]])
def test_offsets_of_another_version(version: tuple[int, int]) -> None:
    """Taken for another version, the host is found out."""
    layout = HostLayout(HERE, off=run_probes(OFFSETS[version]))
    assert not layout.can_enter
    with pytest.raises(RuntimeError):
        layout.require()


def fields_of(offsets: Offsets) -> Iterator[tuple[str, ...]]:
    """The paths of all single offsets."""
    for part in offsets._fields:
        value = getattr(offsets, part)
        if hasattr(value, "_fields"):
            for inner in value._fields:
                if isinstance(getattr(value, inner), int):
                    yield part, inner
        elif part == "generator_frame":
            yield (part,)


def changed(offsets: Offsets, path: tuple[str, ...], by: int) -> Offsets:
    """Offsets of which one is shifted."""
    owner: Any = getattr(offsets, path[0])
    if len(path) == 1:
        return offsets._replace(**{path[0]: owner + by})
    new = owner._replace(**{path[1]: getattr(owner, path[1]) + by})
    return offsets._replace(**{path[0]: new})


UNPROBED = {"active_monitors", "monitor_bytes", "call_state"}
"""What cannot be told from live objects: the first two need a tool that watches; the last is 0 in
every call on some versions. Their neighbours are probed."""


@pytest.mark.parametrize("path", list(fields_of(HERE)), ids=".".join)
@pytest.mark.parametrize("by", [-8, 8, 64])
def test_one_wrong_offset(path: tuple[str, ...], by: int) -> None:
    """Each offset is probed: shifted, it is not believed."""
    found = run_probes(changed(HERE, path, by))
    if path[-1] not in UNPROBED:
        assert found
    assert all(found.values())


def test_wild_offsets_do_not_crash() -> None:
    """Hundreds of wrong layouts, far beyond the objects: probes fail, the process lives."""
    wild = random.Random(7)
    paths = list(fields_of(HERE))
    for _ in range(300):
        offsets = HERE
        for path in wild.sample(paths, 4):
            offsets = changed(offsets, path, wild.choice((1, -3, 24, 4096, -4096, 2**30, 2**45)))
        steps = tuple(wild.randrange(0, 400, 8) for _ in range(wild.randrange(1, 4)))
        offsets = offsets._replace(current_frame=steps)
        assert Part.FRAMES in run_probes(offsets)


def test_memory() -> None:
    """What is there is read, what is not is an error."""
    data = bytes(range(16))
    address = id(data) + 32
    with Memory() as memory:
        assert memory.read(address, 16) == data
        assert memory.pointer(address) == int.from_bytes(data[:8], "little")
        assert memory.int32(address + 4) == memory.uint32(address + 4) == 0x07060504
        assert memory.uint16(address + 8) == 0x0908
        assert memory.byte(address + 15) == 15
        for wrong in (0, 8, 2**47, 2**63 + 5, 2**64 - 8, 2**70, -8):
            with pytest.raises(Unreadable):
                memory.pointer(wrong)


def test_no_memory_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the process may not inspect itself, every part is off, and why."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    found = run_probes(HERE)
    assert set(found) == set(Part)
    assert "Permission denied" in found[Part.FRAMES]


@pytest.mark.parametrize(
    ("target", "value", "reason"),
    [
        ("sys.platform", "darwin", "darwin"),
        ("sys.abiflags", "t", "free-threaded"),
        ("sys.gettotalrefcount", int, "debug build"),
        ("sys.maxsize", 2**31 - 1, "not known"),
    ],
)
def test_other_hosts(
    monkeypatch: pytest.MonkeyPatch, target: str, value: object, reason: str
) -> None:
    """Other platforms and builds are not even probed."""

    def fail(_: object) -> None:
        raise AssertionError("probed")

    monkeypatch.setattr(target, value, raising=False)
    monkeypatch.setattr(host, "run_probes", fail)
    layout = find_layout()
    assert reason in layout.problem
    assert layout.offsets is None
    assert not layout.can_enter
    assert layout.lacks(Part.ITERATORS) == layout.problem


def test_other_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown versions and previews of known ones."""
    version = sys.version_info
    kind = type("Version", (tuple,), {"major": 3, "minor": 14, "releaselevel": "final"})
    monkeypatch.setattr(sys, "version_info", kind((3, 14, 0)))
    assert find_layout().problem == "Python 3.14 (final) is not known"
    kind = type("Version", (tuple,), {"major": 3, "minor": version[1], "releaselevel": "candidate"})
    monkeypatch.setattr(sys, "version_info", kind(version[:3]))
    assert "candidate" in find_layout().problem


def test_switched_off() -> None:
    """`TAURARO_LAYOUT=off`, from the outside."""
    code = (
        "from tauraro_jit.layout.host import host_layout as h;"
        "print(h().can_enter, h().problem, sep='|')"
    )
    environment = {"TAURARO_LAYOUT": "off", "PATH": ""}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False|switched off by TAURARO_LAYOUT"


def test_a_part_that_does_not_hold() -> None:
    """Only what needs the part is off, with the reason."""
    layout = HostLayout(HERE, off={Part.ITERATORS: "unexpected: range iterator"})
    assert layout.can_enter
    assert layout.lacks(*ENTERING) == ""
    assert layout.lacks(Part.ITERATORS) == "iterators: unexpected: range iterator"


def test_parts_and_probes_agree() -> None:
    """Each part has a probe."""
    assert set(probe.PROBES) == set(Part)
