"""Plugins named by the installed distributions, read from disk.

In: the directories of `sys.path`. Out: the entry points of one group, in the order of the path:

    tauraro_jit-0.1.0.dist-info/entry_points.txt:
        [tauraro.native_tier]
        llvm = tauraro_jit.plugin:LlvmTier

    EntryPoint("llvm", "tauraro_jit.plugin", "LlvmTier", "tauraro_jit", "0.1.0")

`importlib.metadata` answers the same question, but costs about 30 ms to import: as much as three
starts of the interpreter. Nothing here imports a module that a bare interpreter has not loaded.
Distributions inside zip files are not seen.
"""

from __future__ import annotations

import os

from . import scan_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .scan_cache import Record

GROUP = "tauraro.native_tier"

_METADATA_SUFFIXES = (".dist-info", ".egg-info")


class EntryPoint:
    """One `name = module:attribute` line, and the distribution that holds it."""

    __slots__ = ("attribute", "distribution", "module", "name", "version")

    def __init__(
        self, name: str, module: str, attribute: str, distribution: str, version: str
    ) -> None:
        self.name = name
        self.module = module
        self.attribute = attribute
        self.distribution = distribution
        self.version = version

    def __str__(self) -> str:
        """`llvm (tauraro-jit 0.1.0)`: how messages name the plugin."""
        distribution = self.distribution.replace("_", "-")
        return f"{self.name} ({distribution} {self.version})".replace(" )", ")")


def find_entry_points(path: Sequence[str], cache_file: str | None) -> list[EntryPoint]:
    """The native tiers that the distributions on `path` offer, first come first.

    Of several copies of a distribution only the first counts, as for imports. Directories that
    did not change since `cache_file` was written are not read again; `None` means no cache. An
    unreadable directory, an unreadable cache and an unwritable cache are not errors.
    """
    known = scan_cache.load(cache_file)
    fresh: dict[str, Record] = {}
    found: list[EntryPoint] = []
    distributions: set[str] = set()
    for directory in dict.fromkeys(map(os.path.abspath, path)):
        entries, record = _entries_of_directory(directory, known.get(directory))
        if record is not None:
            fresh[directory] = record
        here = {entry.distribution for entry in entries}
        found += [entry for entry in entries if entry.distribution not in distributions]
        distributions |= here
    if any(known.get(directory) is not record for directory, record in fresh.items()):
        scan_cache.store(cache_file, known | fresh, keep=fresh)
    return found


def _entries_of_directory(
    directory: str, known: Record | None
) -> tuple[list[EntryPoint], Record | None]:
    """The entry points of one directory, and what to remember of it, if anything."""
    try:
        modified = os.stat(directory).st_mtime_ns
        if known is not None and known.modified == modified and scan_cache.files_unchanged(known):
            lines = known.lines
            record: Record | None = known
        else:
            metadata = [n for n in os.listdir(directory) if n.endswith(_METADATA_SUFFIXES)]
            lines = tuple(_lines_of_group(directory, sorted(metadata)))
            record = scan_cache.make_record(directory, modified, lines) if metadata else None
    except (OSError, ValueError):  # ValueError: a null byte in the path
        return [], None
    return [entry for line in lines if (entry := _parse_line(*line)) is not None], record


def _lines_of_group(directory: str, metadata: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Pairs of a metadata folder's name and a line of its `GROUP` section."""
    for folder in metadata:
        try:
            with open(os.path.join(directory, folder, "entry_points.txt"), "rb") as file:
                content = file.read()
        except OSError:
            continue
        if GROUP.encode() not in content:
            continue
        section = ""
        for line in content.decode("utf-8", "replace").splitlines():
            line = line.strip()
            if line.startswith("["):
                section = line.strip("[] ")
            elif section == GROUP and line and line[0] not in "#;":
                yield folder, line


def _parse_line(folder: str, line: str) -> EntryPoint | None:
    """Parse `name = module:attribute [extras]`; None if it is anything else."""
    name, equals, target = line.partition("=")
    target = target.partition("[")[0]
    module, colon, attribute = target.partition(":")
    if not (equals and colon):
        return None
    stem = folder.rpartition(".")[0]
    distribution, _, version = stem.partition("-")
    return EntryPoint(
        name.strip(),
        module.strip(),
        attribute.strip(),
        distribution.lower().replace(".", "_"),
        version.partition("-")[0],
    )
