"""What earlier processes have found out: which code was compiled in vain.

In and out: a small text file in the user's cache directory for each file of a program with such
code, named by a digest of the file's name and of the versions of Python and of this package:

    <digest of all that follows>
    <digest of a code object> <seconds>

Loops of that code are tried again when they have taken so many seconds: a process that runs as long
loses little, and may have other data. Code that is changed is not known any more. The files can be
deleted at any time; if one is damaged, foreign or cannot be written, nothing is said. Nothing is
written where Python itself must not (`-B`).

The sampler's thread imports this module: it imports as little as it can.
"""

from __future__ import annotations

import _imp  # `source_hash`: what .pyc files use; loaded in every interpreter, unlike hashlib
import os
import sys

from tauraro_vm.tier.sampler import QuickSwitching
from tauraro_vm.tier.scan_cache import default_cache_file

from .. import __version__
from ..runtime.marks import marks_of, without_tests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

PATIENCE = 20.0
"""How many times as long as it was worked on in vain code runs before that is done again."""

LONGEST = 60.0
"""The most seconds."""

_KEY = 0x7461757261726F32
_FOLDER = "experience"
_MOST_BYTES = 1 << 16
_MOST_FILES = 2000
_PRIVATE = 0o022


class Experience:
    """The knowledge of this process, and that of earlier ones."""

    def __init__(self) -> None:
        self._files: dict[str, dict[str, float]] = {}
        self._changed: set[str] = set()

    def wait(self, code: CodeType) -> float:
        """The seconds that the loops of a code object must take before they are worth a try."""
        return self._of(code.co_filename).get(digest_of(code), 0.0)

    def learn(self, code: CodeType, seconds: float) -> None:
        """A code object's loops were compiled, and worked on for so long in vain; 0: that paid."""
        known, key = self._of(code.co_filename), digest_of(code)
        wait = round(min(PATIENCE * seconds, LONGEST), 3)
        if wait == 0 and key in known:
            del known[key]
        elif wait > known.get(key, 0.0):
            known[key] = wait
        else:
            return
        self._changed.add(code.co_filename)

    def save(self) -> None:
        """Keep what was learned for later processes."""
        if sys.dont_write_bytecode:
            return
        for filename in self._changed:
            try:
                _write(path_of(filename), self._files[filename])
            except OSError:
                continue
        self._changed.clear()

    def _of(self, filename: str) -> dict[str, float]:
        known = self._files.get(filename)
        if known is None:
            with QuickSwitching():
                known = self._files[filename] = _read(path_of(filename))
        return known


def path_of(filename: str) -> str:
    """Where the knowledge of a program's file is kept, or nothing."""
    cache = default_cache_file()
    if cache is None:
        return ""
    version = f"{__version__} {sys.implementation.cache_tag} {os.path.abspath(filename)}"
    return os.path.join(os.path.dirname(cache), _FOLDER, _digest(os.fsencode(version)))


def digest_of(code: CodeType) -> str:
    """What tells a code object from others of its file, and from itself when it is changed."""
    instructions = without_tests(code, marks_of(code).values())
    names = (code.co_qualname, code.co_names, code.co_varnames, code.co_firstlineno)
    return _digest(instructions + repr(names).encode("utf-8", "surrogatepass"))


def _digest(data: bytes) -> str:
    return _imp.source_hash(_KEY, data).hex()


def _read(path: str) -> dict[str, float]:
    """What is in a file of our own that nobody else can write, if it is whole."""
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            is_own = status.st_uid == os.geteuid() and not status.st_mode & _PRIVATE
            data = file.read(_MOST_BYTES) if is_own else b""
        digest, _, text = data.partition(b"\n")
        if not text or digest.decode() != _digest(text):
            return {}
        pairs = (line.split() for line in text.decode().splitlines())
        return {key: min(float(seconds), LONGEST) for key, seconds in pairs}
    except (OSError, ValueError):
        return {}


def _write(path: str, known: dict[str, float]) -> None:
    """Other processes see the file as it was or as it is now."""
    if not path:
        return
    if not known:
        if os.path.lexists(path):
            os.unlink(path)
        return
    folder = os.path.dirname(path)
    os.makedirs(folder, 0o700, exist_ok=True)
    text = "".join(f"{key} {seconds}\n" for key, seconds in known.items()).encode()
    own = f"{path}.{os.getpid()}"
    try:
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb", buffering=0) as file:
            file.write(_digest(text).encode() + b"\n" + text)
        os.replace(own, path)
    except OSError:
        if os.path.lexists(own):
            os.unlink(own)
        raise
    if path.endswith("00"):  # one time in 256
        with os.scandir(folder) as entries:
            files = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
        for _, oldest in files[:-_MOST_FILES]:
            os.unlink(oldest)
