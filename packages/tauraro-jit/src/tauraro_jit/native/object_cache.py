"""Object files of earlier processes, by what they were made of.

In and out: files in the user's cache directory, named by a digest of the LLVM text, the version of
llvmlite, the processor and the level of optimization; whatever the code depends on stands in there,
so a file never goes out of date. Each begins with a digest of its content. Nothing is read that
somebody else can write, and nothing is written where Python itself must not (`-B`). Any failure
means that the code is generated again.

The few texts that are the same for all programs belong to this package as its compiled modules do:
their code is kept beside these, in `__pycache__`, if that can be written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache

from tauraro_vm.tier.scan_cache import default_cache_file

from .generator import CODE_OPTIONS, PASSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_OBJECTS = "objects"
_FORMAT = b"tauraro object 2"
_SIZE = 16
_MOST = 2000
"""Files that are kept; about 6 KB each."""


def cached_object(
    text: str, optimize: int, make: Callable[[], bytes], is_ours: bool = False
) -> bytes:
    """The object file of a module: from a cache, else made, and kept; `is_ours`: all programs have
    this text."""
    processor = _processor()
    directories = list(filter(None, [_package_directory() if is_ours else "", _directory()]))
    if not directories or not processor:
        return make()
    level = f"{optimize} {PASSES} {CODE_OPTIONS}".encode()
    key = _digest(_FORMAT, _version(), processor, level, text.encode()).hex()
    paths = [os.path.join(directory, key) for directory in directories]
    for path in paths:
        code = _read(path)
        if code is not None:
            return code
    code = make()
    for path in () if sys.dont_write_bytecode else paths:
        try:
            _write(path, code)
            break
        except OSError:
            continue
    return code


def _digest(*parts: bytes) -> bytes:
    """A digest of byte strings and of where they end."""
    state = _hash(digest_size=_SIZE)
    for part in parts:
        state.update(b"%d:" % len(part))
        state.update(part)
    found: bytes = state.digest()
    return found


@cache
def _hash_function() -> Any:
    try:
        from _blake2 import blake2b  # `hashlib` loads OpenSSL
    except ImportError:
        from hashlib import blake2b
    return blake2b


def _hash(**options: Any) -> Any:
    return _hash_function()(**options)


@cache
def _directory() -> str:
    """Where the files are, or nothing."""
    found = default_cache_file()
    return "" if found is None else os.path.join(os.path.dirname(found), _OBJECTS)


@cache
def _package_directory() -> str:
    """Where those of this package are, or nothing if its modules are kept elsewhere."""
    folder = os.path.dirname(os.path.dirname(__file__))
    is_elsewhere = sys.pycache_prefix is not None or not os.path.isdir(folder)
    return "" if is_elsewhere else os.path.join(folder, "__pycache__", _OBJECTS)


@cache
def _version() -> bytes:
    import llvmlite

    return str(llvmlite.__version__).encode()


@cache
def _processor() -> bytes:
    """What code is generated for: the processor's model and abilities, as Linux tells them; empty
    if it does not."""
    wanted = (b"vendor_id", b"cpu family", b"model", b"stepping", b"flags")
    try:
        with open("/proc/cpuinfo", "rb", buffering=0) as file:
            lines = file.read(8192).split(b"\n\n")[0].split(b"\n")
    except OSError:
        return b""
    found = [line for line in lines if line.startswith(wanted)]
    return b"\n".join(found) if any(line.startswith(b"flags") for line in found) else b""


def _read(path: str) -> bytes | None:
    """The code in a file of our own, or of the system, that nobody else can write; if it is
    whole."""
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if status.st_uid not in (os.geteuid(), 0) or status.st_mode & 0o022:
                return None
            data = file.read(status.st_size)
    except OSError:
        return None
    code = data[_SIZE:]
    return code if code and data[:_SIZE] == _digest(_FORMAT, code) else None


def _write(path: str, code: bytes) -> None:
    """Keep an object file; other processes see nothing or all of it."""
    directory = os.path.dirname(path)
    is_private = directory == _directory()
    os.makedirs(directory, 0o700 if is_private else 0o755, exist_ok=True)
    own = f"{path}.{os.getpid()}"
    try:
        handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if is_private else 0o644)
        with open(handle, "wb", buffering=0) as file:
            file.write(_digest(_FORMAT, code) + code)
        os.replace(own, path)
    except OSError:
        if os.path.lexists(own):
            os.unlink(own)
        raise
    if path.endswith("00"):  # one time in 256
        _remove_oldest(directory)


def _remove_oldest(directory: str) -> None:
    """Keep the newest files only."""
    with os.scandir(directory) as entries:
        files = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
    for _, path in files[:-_MOST]:
        os.unlink(path)
