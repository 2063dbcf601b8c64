"""What is known of a code object for as long as somebody else keeps it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import weakref
    from types import CodeType
else:
    import _weakref as weakref


class OfCode:
    """Belongs to a code object, and does not keep it."""

    __slots__ = ("_code",)

    def __init__(self, code: CodeType) -> None:
        self._code = weakref.ref(code)

    @property
    def code(self) -> CodeType:
        """The code object. Raises LookupError if it is gone."""
        code = self._code()
        if code is None:
            raise LookupError("the code is gone")
        return code

    def is_of(self, code: CodeType) -> bool:
        """Whether this is the code object, and not one that was made in its place."""
        return self._code() is code

    @property
    def is_gone(self) -> bool:
        """Whether nobody else has kept the code object."""
        return self._code() is None
