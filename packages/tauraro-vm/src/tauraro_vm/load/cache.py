"""Blobs: what a source file was compiled to, kept for the next run.

In and out: `__pycache__/NAME.<cache tag>[.opt-N].tauraro`, one file per host version. For sources
that have no place of their own (`-c`, standard input, members of zip files): a file in the user's
cache directory, named by its content.

    header    magic, checksum of the rest of the header and the code, builder, kind of identity,
              identity of the source, length of the host code, length of the bytecode
    code      tier 1's host code, marshalled
    bytecode  the verified `.tbc`, which has a digest of its own

The *builder* stands for the host (its full version), for Tauraro's version and for the compiler's
own files. The *identity* is the source's time and size, or the hash of its bytes, as in a `.pyc`.
A blob that is stale, damaged, foreign or cut off is as good as none; writing is atomic, and a
failure to write is silent. A warm load touches nothing but `marshal`, and reads the bytecode only
if somebody asks for it.
"""

from __future__ import annotations

import _frozen_importlib_external as _external  # `importlib` itself would load `warnings`
import _imp  # `source_hash`: what .pyc files use; in every interpreter, and fast
import marshal
import os
import sys

import tauraro_frontend
import tauraro_vm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

MAGIC = b"TAURARO\x01"
SUFFIX = ".tauraro"
NATIVE_SUFFIX = ".native.tauraro"
"""Of code that is prepared for native code."""

_TIMED = 0
_HASHED = 1
_IDENTITY = slice(24, 41)
_CODE_LENGTH = slice(41, 45)
_BYTECODE_LENGTH = slice(45, 49)
_HEADER = 49
_MAX_BLOBS = 500
"""How many commands and other texts are kept, after which the older ones go."""

_KEY = 0x7461757261726F31
_NAME_KEY = 0x7461757261726F32
"""Another key than that of the identity: both together are a 128 bit hash of the source."""


_suffix = SUFFIX


def suffix() -> str:
    """How the names of blobs end."""
    return _suffix


def keep_native_code(prepared: bool = True) -> None:
    """From now on blobs hold code that is prepared for native code, or that is not."""
    global _suffix
    _suffix = NATIVE_SUFFIX if prepared else SUFFIX


class Identity:
    """What tells whether a blob belongs to the present source."""

    __slots__ = ("_bytes", "_kind")

    def __init__(self, kind: int, identity: bytes) -> None:
        self._kind = kind
        self._bytes = identity

    @classmethod
    def of_stat(cls, status: os.stat_result) -> Identity:
        """By modification time and size."""
        time = status.st_mtime_ns & 0xFFFF_FFFF_FFFF_FFFF
        return cls(_TIMED, time.to_bytes(8, "little") + status.st_size.to_bytes(8, "little"))

    @classmethod
    def of_source(cls, source: bytes) -> Identity:
        """By content."""
        length = len(source).to_bytes(8, "little")
        return cls(_HASHED, _imp.source_hash(_KEY, source) + length)

    def to_bytes(self) -> bytes:
        """As in the header: one byte for the kind, then 16."""
        return bytes((self._kind,)) + self._bytes


class BlobChanged(ValueError):
    """The blob whose bytecode is wanted now is not the one whose code was loaded."""


class Blob:
    """A blob of this host and builder with intact code, of whatever source."""

    __slots__ = ("_code", "_header", "_path")

    def __init__(self, path: str, header: bytes, code: bytes) -> None:
        self._path = path
        self._header = header
        self._code = code

    def belongs_to(self, identity: Identity) -> bool:
        """Whether it was made from the source with this identity."""
        return self._header[_IDENTITY] == identity.to_bytes()

    def identified_by_content(self) -> bool:
        """Whether it takes the source's bytes to tell, not only its time."""
        return self._header[_IDENTITY.start] == _HASHED

    def code(self, filename: str) -> CodeType | None:
        """The host code, for a source that lies in `filename`; None if it is no code. Once only."""
        try:
            code = marshal.loads(self._code)
        except (EOFError, ValueError, TypeError):
            return None
        self._code = b""
        if not isinstance(code, type(_checksum.__code__)):
            return None
        if code.co_filename != filename:
            _imp._fix_co_filename(code, filename)  # type: ignore[attr-defined]
        return code

    def bytecode(self) -> bytes:
        """The `.tbc`, read now. Raises OSError, and BlobChanged if the file is another by now."""
        with open(self._path, "rb") as file:
            if file.read(_HEADER) != self._header:
                raise BlobChanged(f"{self._path} has been written again")
            file.seek(int.from_bytes(self._header[_CODE_LENGTH], "little"), os.SEEK_CUR)
            return file.read()


def read(path: str | None) -> Blob | None:
    """The blob in the file `path`, or None."""
    if path is None:
        return None
    try:
        with open(path, "rb", buffering=0) as file:
            header = file.read(_HEADER)
            if len(header) < _HEADER or header[:8] != MAGIC or header[16:24] != builder():
                return None
            code_length = int.from_bytes(header[_CODE_LENGTH], "little")
            length = _HEADER + code_length + int.from_bytes(header[_BYTECODE_LENGTH], "little")
            if os.fstat(file.fileno()).st_size != length:
                return None
            code = file.read(code_length)
    except (OSError, ValueError):
        return None
    if header[8:16] != _checksum(header[16:], code):
        return None
    return Blob(path, header, code)


def make(identity: Identity, code: CodeType, bytecode: bytes) -> bytes | None:
    """The content of a blob, or None for code that cannot be marshalled."""
    try:
        marshalled = marshal.dumps(code)
    except ValueError:
        return None
    lengths = len(marshalled).to_bytes(4, "little") + len(bytecode).to_bytes(4, "little")
    header = builder() + identity.to_bytes() + lengths
    return b"".join((MAGIC, _checksum(header, marshalled), header, marshalled, bytecode))


def _checksum(header: bytes, code: bytes) -> bytes:
    key = int.from_bytes(_imp.source_hash(_KEY, header)[:7], "little")  # it takes 63 bits
    return _imp.source_hash(key, code)


def write(path: str | None, content: bytes | None, source_path: str | None = None) -> None:
    """Write a blob for the next run; silent if that is unwanted or impossible.

    Its permissions follow those of `source_path`; without one, nobody else may read it.
    """
    if path is None or content is None or sys.dont_write_bytecode:
        return
    loader: Any = _external.SourceFileLoader("", path)
    try:
        if source_path is None:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            loader.set_data(path, content, _mode=0o600)
            _prune(os.path.dirname(path))
        else:
            loader._cache_bytecode(source_path, path, content)
    except (OSError, ValueError):
        # Nothing depends on the cache: the next run compiles again.
        return


def _prune(directory: str) -> None:
    """Remove the older half of the blobs without a source of their own, once there are too many."""
    with os.scandir(directory) as entries:
        files = [(entry.stat().st_mtime_ns, entry.path) for entry in entries]
    if len(files) > _MAX_BLOBS:
        for _, path in sorted(files)[: len(files) // 2]:
            os.unlink(path)


def beside_source(source_path: str) -> str | None:
    """Where the blob of a source file lies (PEP 3147), or None if this host keeps no caches."""
    try:
        path: str = _external.cache_from_source(source_path)
    except NotImplementedError:
        return None
    return path.removesuffix(".pyc") + _suffix


def by_content(source: bytes, filename: str) -> str | None:
    """Where the blob of a source without a place of its own lies, or None if there is none.

    `filename` is what the code says of itself: `<string>`, or the name of an archive's member.
    """
    root = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(root):
        root = os.path.expanduser("~/.cache")
    tag = sys.implementation.cache_tag
    if tag is None or not os.path.isabs(root):
        return None
    name = _imp.source_hash(_NAME_KEY, filename.encode("utf-8", "surrogatepass") + b"\0" + source)
    optimize = f".opt-{sys.flags.optimize}" if sys.flags.optimize else ""
    return os.path.join(root, "tauraro", "code", f"{name.hex()}.{tag}{optimize}{_suffix}")


_builder: bytes | None = None


def builder() -> bytes:
    """Eight bytes that change with the host, with Tauraro's version and its compiler's files."""
    global _builder
    if _builder is None:
        facts = [
            sys.version,
            _external.MAGIC_NUMBER.hex(),
            tauraro_frontend.__version__,
            tauraro_vm.__version__,
        ]
        frontend = os.path.dirname(tauraro_frontend.__file__)
        for package in ("", "astree", "bind", "build", "bytecode", "bytecode/verify"):
            facts += _files(os.path.join(frontend, package))
        facts += _files(os.path.join(os.path.dirname(tauraro_vm.__file__), "host"))
        _builder = _imp.source_hash(_KEY, "\n".join(facts).encode("utf-8", "surrogatepass"))
    return _builder


def _files(directory: str) -> list[str]:
    """The Python files of a directory with their times and sizes; none where it cannot be read."""
    try:
        with os.scandir(directory) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py")]
    except OSError:
        return []
    return sorted(f"{name} {status.st_mtime_ns} {status.st_size}" for name, status in files)
