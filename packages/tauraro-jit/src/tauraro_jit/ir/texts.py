"""New strings as the evaluator sees them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def compare(a: str, b: str) -> int:
    return (a > b) - (a < b)


def matches(text: str, part: str, way: int) -> bool:
    return text.startswith(part) if way < 0 else text.endswith(part)


def append(text: str, more: str, is_alone: bool) -> str:
    return text + more


def formatted(value: int | float | str, how: object) -> str | None:
    """None where the host raises."""
    try:
        return format(value, how) if isinstance(how, str) else str(value)
    except ValueError:
        return None


def joined(separator: str, parts: list[Any]) -> str | None:
    return separator.join(parts) if all(isinstance(part, str) for part in parts) else None


def called(method: Callable[..., Any], text: str, *arguments: object) -> Any:
    """None where the host raises; no method gives that."""
    try:
        return method(text, *arguments)
    except (TypeError, ValueError):
        return None


def to_int(text: str) -> int | None:
    try:
        value = int(text)
    except ValueError:
        return None
    return value if -(2**63) <= value < 2**63 else None


def to_float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
