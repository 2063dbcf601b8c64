"""The native tier to use, or the reason why there is none.

In: the entry points of the installed distributions. Out: a `TierStatus`, of which `--version` and
`--stats` print `summary()`.

A plugin that was made for another `PROTOCOL_VERSION`, that fails to import or that does not look
like a native tier is named and ignored: programs then run without native code. Only a plugin that
is there is imported.
"""

from __future__ import annotations

import sys

from . import PROTOCOL_VERSION
from .entry_points import find_entry_points
from .scan_cache import default_cache_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .entry_points import EntryPoint
    from .protocol import NativeTier


class TierStatus:
    """The outcome of a search for native tiers.

    `tier` is the one to use, `plugin` how messages name it; both are None if there is none.
    `ignored` has a message for every plugin that was found and is not used.
    """

    __slots__ = ("ignored", "plugin", "tier")

    def __init__(
        self, tier: NativeTier | None, plugin: str | None, ignored: tuple[str, ...]
    ) -> None:
        self.tier = tier
        self.plugin = plugin
        self.ignored = ignored

    def summary(self) -> str:
        """One line for each plugin. Asks the tier, which may load its code generator."""
        lines = [f"native tier: {message}" for message in self.ignored]
        if self.tier is not None:
            host = self.tier.describe()
            facts = [f"{name} {value}" for name, value in host.facts]
            parts = [f"native tier: {self.plugin}", *facts]
            lines.insert(0, ", ".join(parts) + (f": {host.problem}" if host.problem else ""))
        return "\n".join(lines) or "native tier: not installed"


class _Rejected(Exception):
    """Why a plugin is ignored; the text completes a message that starts with its name."""


def find_native_tier(
    path: Sequence[str] | None = None, cache_file: str | None = None
) -> TierStatus:
    """Search `path` (by default `sys.path`) and import the first native tier that fits.

    `cache_file` defaults to the user's cache of this environment. Never raises on account of a
    plugin or of the cache.
    """
    if path is None:
        path = [entry for entry in sys.path if isinstance(entry, str)]
    return first_that_fits(find_entry_points(path, cache_file or default_cache_file()))


def first_that_fits(entries: Sequence[EntryPoint]) -> TierStatus:
    """Import the first native tier that fits of those that were found."""
    tier: NativeTier | None = None
    used: EntryPoint | None = None
    ignored: list[str] = []
    for entry in entries:
        if used is not None:
            ignored.append(f"{entry} ignored: {used} comes first")
            continue
        try:
            tier = _load(entry)
        except _Rejected as reason:
            ignored.append(f"{entry} ignored: {reason}")
        else:
            used = entry
    return TierStatus(tier, None if used is None else str(used), tuple(ignored))


def _load(entry: EntryPoint) -> NativeTier:
    """Import and instantiate the tier's class. Raises `_Rejected`."""
    try:
        target: object = __import__(entry.module, fromlist=["*"])
        for name in entry.attribute.split("."):
            target = getattr(target, name)
    except Exception as error:
        raise _Rejected(f"it cannot be imported: {_line(error)}") from error
    if not callable(target):
        raise _Rejected(f"{entry.module}:{entry.attribute} is not a class")
    version = getattr(target, "protocol_version", None)
    if version != PROTOCOL_VERSION:
        raise _Rejected(
            f"it speaks version {version} of the protocol, this virtual machine {PROTOCOL_VERSION}"
        )
    try:
        tier: NativeTier = target()
    except Exception as error:
        raise _Rejected(f"it cannot be started: {_line(error)}") from error
    required = ("name", "version", "compile", "compile_tree", "start", "look", "describe")
    missing = [name for name in required if not hasattr(tier, name)]
    if missing:
        raise _Rejected(f"{type(tier).__name__} has no {', '.join(missing)}")
    return tier


def _line(error: Exception) -> str:
    """The exception in one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
