"""Private name mangling (language reference 6.2.1)."""

from __future__ import annotations


def mangle(private: str, name: str) -> str:
    """The name that `name` means inside class `private` ("" outside of classes)."""
    if not private or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = private.lstrip("_")
    return f"_{stripped}{name}" if stripped else name
