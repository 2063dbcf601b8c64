"""The host's iterators: which of them tell how many items are left, and what they go through."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SIZED = frozenset(
    [
        type(iter(range(0))),
        type(iter([])),
        type(iter(())),
        type(iter("a")),
        type(iter("\xe4")),
        type(iter({})),
        type(iter({}.values())),
        type(iter({}.items())),
        type(iter(set())),
        type(reversed([])),
    ]
)
"""Types of iterators that know how many items are left."""

ITERATED = SIZED | {reversed, enumerate, zip}
"""Types of iterators that are compiled, but for those of buffers."""


def inner_of(iterator: Any) -> tuple[Any, ...]:
    """The iterators that an `enumerate` or `zip` goes through."""
    parts: tuple[Any, ...] = iterator.__reduce__()[1]
    return parts if type(iterator) is zip else parts[:1]
