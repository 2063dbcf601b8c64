"""Heaps as the evaluator sees them."""

from __future__ import annotations

import heapq

from .dicts import consists_plainly

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def fits(items: list[Any], item: object) -> bool | None:
    """None where the host might have to run code of the program, or raises."""
    try:
        heapq.heappush(list(items), item)
    except TypeError:
        return None
    return True if consists_plainly([items, item]) else None


def opens(items: list[Any]) -> bool | None:
    """None where the host might have to run code of the program, or raises."""
    try:
        heapq.heappop(list(items))
    except TypeError:
        return None
    return True if consists_plainly(items) else None


def push(items: list[Any], item: object) -> None:
    heapq.heappush(items, item)


def turn(items: list[Any]) -> None:
    items.append(heapq.heappop(items))
