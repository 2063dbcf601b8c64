"""The import hook: modules that the policy takes get their code from the virtual machine.

In: `Settings`. Out: after `install_importer`, the host's own loaders of source files and of zip
files ask the virtual machine for the code of a module; everything else about an import stays
CPython's: finders, caches of directories, specs, loaders and their types, locks, `reload`, `runpy`.

A finder of our own on `sys.meta_path` was tried first and rejected: it misses editable installs
and plugins, whose specs come from `spec_from_file_location` or from other finders, looks up every
failing import twice, and programs see it. `get_code` is the one place that all of them pass.

Loaders that change what a module's source or code is, by overriding a part of that way, keep doing
so: such modules are left to the host.
"""

from __future__ import annotations

import _frozen_importlib_external as _external
import _imp
import sys
import zipimport

from ..trace import Fallback, statistics
from .code import HostCompiles, Settings, load_source, source_of_bytes, source_of_module
from .hidden import hide_frame
from .isolation import is_importing_parts
from .tbc import TbcLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from .code import Source

_SourceFileLoader: Any = _external.SourceFileLoader
_ZipLoader: Any = zipimport.zipimporter
_host_file_code: Callable[[Any, str], CodeType] = _SourceFileLoader.get_code
_host_zip_code: Callable[[Any, str], CodeType] = _ZipLoader.get_code

_WAY_OF_FILES = ("get_code", "get_data", "get_filename", "path_stats", "set_data", "source_to_code")
_WAY_OF_ZIPS = ("get_code", "get_data", "get_filename", "is_package")

_settings: Settings | None = None
_untouched: dict[type, bool] = {}
"""Whether a loader class inherits the whole way from source to code."""


def install_importer(settings: Settings) -> None:
    """Make modules imported from now on run in the virtual machine, as `settings` say.

    Installing again replaces the settings. Modules that are imported already stay what they are.
    """
    global _settings
    first = _settings is None
    _settings = settings
    if first:
        _SourceFileLoader.get_code = _hook(_source_in_file, _host_file_code)
        _ZipLoader.get_code = _hook(_source_in_zip, _host_zip_code)
        _find_bytecode_files(settings)


def installed_settings() -> Settings | None:
    """The settings in force, or None if nothing is installed."""
    return _settings


def _hook(
    find: Callable[[Any, str], Source | None], host_code: Callable[[Any, str], CodeType]
) -> Callable[[Any, str], CodeType]:
    """`get_code` of a loader: of the module that `find` gives, or the host's."""

    @hide_frame
    def get_code(self: Any, fullname: str) -> CodeType:
        trace, profile = sys.gettrace(), sys.getprofile()
        if trace is None and profile is None:
            code, fallback = _code_of(find, self, fullname)
        else:  # they are the program's, which the work is no part of
            is_traced, is_profiled = _is_of_python(trace), _is_of_python(profile)
            if is_profiled:
                sys.setprofile(None)
            if is_traced:
                sys.settrace(None)
            try:
                code, fallback = _code_of(find, self, fullname)
            finally:
                if is_traced:
                    sys.settrace(trace)
                if is_profiled:
                    sys.setprofile(profile)
        if code is None:
            code = host_code(self, fullname)
            if fallback is not None:
                statistics.fallbacks.append(fallback)
        return code

    return get_code


@hide_frame
def _is_of_python(tool: object) -> bool:
    """Whether a trace or profile function can be set again from Python. Those written in C, as that
    of cProfile, set themselves: what `sys` gives for them is not what it takes."""
    return type(tool).__name__ in ("function", "method")


def _code_of(
    find: Callable[[Any, str], Source | None], loader: Any, fullname: str
) -> tuple[CodeType | None, Fallback | None]:
    """The code of a module. None if the host has to load it; the reason, if that is worth a
    note."""
    source = None if is_importing_parts() else find(loader, fullname)
    if source is None:
        return None, None
    code, reason = _load(source)
    return code, Fallback(fullname, source.filename, reason) if code is None else None


def _load(source: Source) -> tuple[CodeType | None, str]:
    """The code, or None and the reason why the host has to compile it."""
    assert _settings is not None
    try:
        return load_source(source, _settings), ""
    except HostCompiles as reason:
        return None, str(reason)
    except OSError as error:
        return None, str(error)


def _source_in_file(loader: Any, fullname: str | None) -> Source | None:
    """The source to load in the host's place, or None if the module is not the machine's."""
    name, path = loader.name, loader.path
    if fullname not in (name, None) or not _inherits_all(type(loader), _WAY_OF_FILES):
        return None
    assert _settings is not None
    if name == "_pytest" or name.startswith("_pytest."):
        from .pytest_rewrite import watch_rewriter

        watch_rewriter(name, _settings)
    if not _settings.policy.takes(name, path):
        return None
    try:
        return source_of_module(name, path)
    except (OSError, ValueError):
        return None


def _source_in_zip(loader: Any, fullname: str) -> Source | None:
    """As `_source_in_file`. A member that is there only as `.pyc` is left to the host, and so is
    one whose `.pyc` counts whatever its source is."""
    assert _settings is not None
    archive = loader.archive
    if not _inherits_all(type(loader), _WAY_OF_ZIPS):
        return None
    if not _settings.policy.takes(fullname, archive):
        return None
    try:
        separator = _external.path_sep
        ending = f"{separator}__init__.py" if loader.is_package(fullname) else ".py"
        filename = f"{archive}{separator}{loader.prefix}{fullname.rpartition('.')[2]}{ending}"
        if _is_unchecked(loader, f"{filename}c"):
            return None
        return source_of_bytes(fullname, filename, loader.get_data(filename))
    except (OSError, ImportError):
        return None


def _is_unchecked(loader: Any, filename: str) -> bool:
    """Whether a member of a zip file is a `.pyc` that the host does not compare with the source
    (PEP 552)."""
    try:
        header = loader.get_data(filename)[:8]
    except OSError:  # no such member
        return False
    if header[:4] != _external.MAGIC_NUMBER:
        return False
    has_hash, is_compared = 0b01, 0b10
    flags = int.from_bytes(header[4:8], "little")
    mode: str = _imp.check_hash_based_pycs
    if mode == "never":
        return flags in (has_hash, has_hash | is_compared)
    return mode == "default" and flags == has_hash


def _inherits_all(kind: type, way: tuple[str, ...]) -> bool:
    known = _untouched.get(kind)
    if known is None:
        host = _SourceFileLoader if issubclass(kind, _SourceFileLoader) else _ZipLoader
        known = all(getattr(kind, name) is getattr(host, name) for name in way)
        _untouched[kind] = known
    return known


def _find_bytecode_files(settings: Settings) -> None:
    """Let `NAME.tbc` be found where neither an extension nor `NAME.py` nor `NAME.pyc` is."""
    details: list[Any] = vars(_external)["_get_supported_file_loaders"]()
    ours = _external.FileFinder.path_hook(*details, (TbcLoader, [".tbc"]))
    for position, hook in enumerate(sys.path_hooks):
        if getattr(hook, "__qualname__", "").startswith("FileFinder.path_hook."):
            sys.path_hooks[position] = ours
            break
    TbcLoader.settings = settings
    for entry in list(sys.path_importer_cache):
        if settings.policy.is_own_code(entry):
            sys.path_importer_cache.pop(entry, None)
