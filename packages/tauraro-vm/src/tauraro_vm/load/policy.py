"""Which modules run in the virtual machine.

In: a module's name and file. Out: whether it is taken, or left to the host.

Everything that is neither in the standard library nor in site-packages is taken: an editable
install lies elsewhere and counts as the user's own. Patterns (`--vm-modules`, or `vm-modules` under
`[tool.tauraro]` in the nearest pyproject.toml) add packages:

    requests      the package and everything below it
    company.*     what is below it
    *             everything, the standard library too as far as it is imported from now on
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OWN = frozenset({"tauraro", "tauraro_frontend", "tauraro_jit", "tauraro_vm"})
"""Our own packages, which may lie anywhere: taking them would need them first."""

_NEEDED_FIRST = frozenset({"importlib"})
"""Likewise, where they are the installed ones."""

_SITE = ("site-packages", "dist-packages")


class PolicyError(ValueError):
    """A setting that cannot be understood; the message names where it stands."""


class Policy:
    """Decides about modules. `patterns` are those of the module's documentation."""

    __slots__ = ("_stdlib", "patterns")

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns = tuple(patterns)
        self._stdlib = os.path.dirname(os.__file__) + os.sep

    def takes(self, name: str, path: str) -> bool:
        """Whether the module `name` in the file (or archive member) `path` runs in the VM."""
        top = name.partition(".")[0]
        if top in OWN:
            return False
        if self.is_own_code(path):
            return True
        return top not in _NEEDED_FIRST and any(_matches(name, p) for p in self.patterns)

    def is_own_code(self, path: str) -> bool:
        """Whether `path` lies neither in the standard library nor in site-packages."""
        if "-packages" in path and not _SITE_PARTS.isdisjoint(path.split(os.sep)):
            return False
        return not path.startswith(self._stdlib)


_SITE_PARTS = frozenset(_SITE)


def _matches(name: str, pattern: str) -> bool:
    """Whether `name` or a package above it matches; `*` stands for any text."""
    if "*" not in pattern:
        return name == pattern or name.startswith(pattern + ".")
    while name:
        if _glob(name, pattern):
            return True
        name = name.rpartition(".")[0]
    return False


def _glob(text: str, pattern: str) -> bool:
    """`*` matches any text, every other character itself. (fnmatch would load `re`.)"""
    first, *middle, last = pattern.split("*")
    if len(text) < len(first) + len(last):
        return False
    if not (text.startswith(first) and text.endswith(last)):
        return False
    position = len(first)
    for part in middle:
        position = text.find(part, position, len(text) - len(last))
        if position < 0:
            return False
        position += len(part)
    return True


def parse_patterns(text: str) -> tuple[str, ...]:
    """The patterns of a comma-separated list. Raises PolicyError for one that matches no name."""
    patterns = tuple(word for part in text.split(",") if (word := part.strip()))
    for pattern in patterns:
        if not all(part.isidentifier() for part in pattern.replace("*", "x").split(".")):
            raise PolicyError(f"{pattern!r} is no pattern of module names")
    return patterns


def project_patterns(directory: str) -> tuple[str, ...]:
    """The patterns that the nearest pyproject.toml, from `directory` upwards, asks for.

    Raises PolicyError, naming the file, if its settings cannot be understood. A file that does
    not mention the setting is not parsed: that alone would import `tomllib` and `re`.
    """
    file = _nearest_project_file(directory)
    if file is None:
        return ()
    try:
        with open(file, "rb") as stream:
            content = stream.read()
    except OSError:
        return ()
    if b"vm-modules" not in content:
        return ()
    import tomllib

    try:
        settings: object = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"{file}: {error}") from None
    for key in ("tool", "tauraro", "vm-modules"):
        if not isinstance(settings, dict):
            raise PolicyError(f"{file}: [tool.tauraro] is not a table")
        settings = settings.get(key)
        if settings is None:
            return ()
    return _setting(settings, file)


def _setting(value: object, file: str) -> tuple[str, ...]:
    words: Sequence[object] = [value] if isinstance(value, str) else value  # type: ignore[assignment]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise PolicyError(f"{file}: vm-modules is neither a string nor a list of strings")
    try:
        return parse_patterns(",".join(map(str, words)))
    except PolicyError as error:
        raise PolicyError(f"{file}: vm-modules: {error}") from None


def _nearest_project_file(directory: str) -> str | None:
    directory = os.path.abspath(directory)
    while True:
        file = os.path.join(directory, "pyproject.toml")
        if os.path.isfile(file):
            return file
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent


def start_directory(script: str | None) -> str:
    """Where the search for the project starts: beside the script, else the working directory."""
    if script is not None:
        return os.path.dirname(os.path.realpath(script))
    try:
        return os.getcwd()
    except OSError:
        return sys.prefix
