"""What the last scan of the installed distributions found.

In and out: a small text file in the user's cache directory, one record for each directory of
`sys.path` that holds distributions:

    tauraro native tiers 1 <hash of all that follows>
    <mtime of the directory, ns>\t<directory>
    \t<mtime of entry_points.txt, ns>\t<metadata folder>\t<line of the group>

A record counts while the times match. The file can be deleted at any time; if it is damaged,
foreign or cannot be written, the scan is done again and nothing is said.
"""

from __future__ import annotations

import _imp  # `source_hash`: what .pyc files use; loaded in every interpreter, unlike zlib
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_HEADER = "tauraro native tiers 1"
_HASH_KEY = 0x7461757261726F31
_SETTLED_NS = 2_000_000_000
"""A directory that changed a moment ago may change again within its clock's tick: not recorded."""
_MAX_RECORDS = 100


class Record:
    """One directory: its modification time and the group's lines found in it.

    `lines` are pairs of metadata folder and line; `files` are the modification times of their
    `entry_points.txt`, for a change in place does not show in the directory's own time.
    """

    __slots__ = ("directory", "files", "lines", "modified")

    def __init__(
        self,
        directory: str,
        modified: int,
        lines: tuple[tuple[str, str], ...],
        files: tuple[int, ...],
    ) -> None:
        self.directory = directory
        self.modified = modified
        self.lines = lines
        self.files = files


def default_cache_file() -> str | None:
    """The cache of this environment (`sys.prefix`), or None where no cache directory is known."""
    root = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(root):
        if sys.platform == "win32":
            root = os.environ.get("LOCALAPPDATA", "")
        else:
            root = os.path.expanduser("~/.cache")
        if not os.path.isabs(root):
            return None
    environment = _imp.source_hash(_HASH_KEY, os.fsencode(sys.prefix)).hex()
    return os.path.join(root, "tauraro", f"native-tiers-{environment}")


def make_record(directory: str, modified: int, lines: tuple[tuple[str, str], ...]) -> Record | None:
    """A record of what was just read, or None if it cannot be relied on."""
    if time.time_ns() - modified < _SETTLED_NS or any(mark in directory for mark in "\t\r\n"):
        return None
    files = _file_times(directory, lines)
    return None if files is None else Record(directory, modified, lines, files)


def files_unchanged(record: Record) -> bool:
    """Whether the entry points that the record quotes are as old as they were."""
    return _file_times(record.directory, record.lines) == record.files


def _file_times(directory: str, lines: tuple[tuple[str, str], ...]) -> tuple[int, ...] | None:
    try:
        return tuple(
            os.stat(os.path.join(directory, folder, "entry_points.txt")).st_mtime_ns
            for folder, _ in lines
        )
    except OSError:
        return None


def load(cache_file: str | None) -> dict[str, Record]:
    """The records of `cache_file` by directory; empty if there is no intact file."""
    if cache_file is None:
        return {}
    try:
        with open(cache_file, "rb") as file:
            header, _, body = file.read().partition(b"\n")
        if header != _header(body):
            return {}
        return _parse(os.fsdecode(body))
    except (OSError, ValueError):
        return {}


def _header(body: bytes) -> bytes:
    return f"{_HEADER} {_imp.source_hash(_HASH_KEY, body).hex()}".encode()


def _parse(body: str) -> dict[str, Record]:
    """Parse the body. Raises ValueError if it is not in the format above."""
    records: dict[str, Record] = {}
    for line in body.split("\n"):
        fields = line.split("\t", 3)
        if len(fields) == 2:
            records[fields[1]] = record = Record(fields[1], int(fields[0]), (), ())
        elif len(fields) == 4 and records:
            record.lines += ((fields[2], fields[3]),)
            record.files += (int(fields[1]),)
        elif line:
            raise ValueError(line)
    return records


def store(cache_file: str | None, records: Mapping[str, Record], keep: Container[str]) -> None:
    """Replace `cache_file` by `records`; where they are too many, by those in `keep`.

    Readers see the old file or the new one, never a part. A failure leaves the old one.
    """
    if cache_file is None:
        return
    if len(records) > _MAX_RECORDS:
        records = {name: record for name, record in records.items() if name in keep}
    temporary = f"{cache_file}.{os.getpid()}"
    try:
        body = os.fsencode("\n".join(map(_format, records.values())))
        os.makedirs(os.path.dirname(cache_file), mode=0o700, exist_ok=True)
        try:
            with open(temporary, "xb") as file:
                file.write(_header(body) + b"\n" + body)
            os.replace(temporary, cache_file)
        except OSError:
            os.unlink(temporary)
            raise
    except (OSError, UnicodeEncodeError):
        # Nothing depends on the cache: the next run scans again.
        return


def _format(record: Record) -> str:
    lines = [f"{record.modified}\t{record.directory}"]
    lines += [
        f"\t{modified}\t{folder}\t{line}"
        for modified, (folder, line) in zip(record.files, record.lines, strict=True)
    ]
    return "\n".join(lines)
