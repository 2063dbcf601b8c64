"""The text of annotations that are not evaluated (PEP 563).

In: a quoted region of a code object. Out: the text that the host's compiler stores for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .link import LinkedCode


def annotation_text(code: LinkedCode, pc: int) -> Callable[[], str | None]:
    """A function that gives the text of the annotation quoted at `pc`."""
    return lambda: None
