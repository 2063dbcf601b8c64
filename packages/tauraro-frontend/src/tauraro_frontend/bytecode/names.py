"""What names in bytecode may look like."""

from __future__ import annotations

RESERVED = frozenset({"None", "True", "False"})


def is_identifier(name: object) -> bool:
    """Whether `name` can name a variable, attribute or keyword argument.

    No source has a name that begins with `@`, but trees that a program has rewritten do: it keeps
    their names apart from those of the source.
    """
    if type(name) is not str or name in RESERVED:
        return False
    return name.isidentifier() or (name[:1] == "@" and name[1:].isidentifier())


def is_assignable(name: object) -> bool:
    """Whether a program may bind `name`: no program may bind `__debug__`."""
    return is_identifier(name) and name != "__debug__"


def is_dotted(name: object) -> bool:
    """Whether `name` is a module name: identifiers separated by dots."""
    return type(name) is str and all(is_identifier(part) for part in name.split("."))


def is_passed(name: object, index: int) -> bool:
    """Whether `name` is that of the value number `index` passed to a scope that is called at once:
    ".0", ".1"."""
    return name == f".{index}"


def mangle(private: str, name: str) -> str:
    """The name that `name` means inside class `private` ("" outside of classes); language
    reference 6.2.1."""
    if not private or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = private.lstrip("_")
    return f"_{stripped}{name}" if stripped else name
