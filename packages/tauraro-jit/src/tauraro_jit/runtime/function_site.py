"""A function of tier 1's code as native code enters and leaves it: where it begins, with nothing on
the stack. It goes on behind the test, or at a return with the result."""

from __future__ import annotations

from ..native.region import Exit, Resume
from .hostcode import HostInstruction
from .site import LoopCopy, LoopSite, ResumePoint
from .switch import NoSite


class FunctionSite(LoopSite):
    """The beginning of a function. Its only copy ends with the function."""

    def _copy_at(self, test: int, following: list[HostInstruction]) -> LoopCopy | None:
        calls = [k for k, i in enumerate(following) if i.name == "CALL"]
        if not calls or self.host.depths.get(test) != 0:
            return None
        return LoopCopy(test, following[calls[0] + 1].offset, self.host.instructions[-1].offset, 0)

    def resume_point(self, copy: LoopCopy, exit_: Exit) -> ResumePoint:
        """Where a frame goes on after an exit. Raises NoSite."""
        if exit_.resume is Resume.RETURN:
            return self._return(gives_none(exit_))
        behind = [i.offset for i in self.host.instructions if i.offset > copy.after_call]
        return ResumePoint(behind[0], 0)

    def _return(self, is_none: bool) -> ResumePoint:
        """A return of what is on the stack, best where no handler watches; or one of None."""
        found = self._returns("RETURN_VALUE", 1)
        constants = self.code.co_consts
        if not found and is_none:
            found = [r for r in self._returns("RETURN_CONST", 0) if constants[r.arg or 0] is None]
        if not found:
            raise NoSite("the function returns no value")
        best = min(found, key=lambda i: self.host.handler(i.offset) is not None)
        return ResumePoint(best.offset, self.host.depths[best.offset])

    def _returns(self, name: str, depth: int) -> list[HostInstruction]:
        return [
            i
            for i in self.host.instructions
            if i.name == name and self.host.depths.get(i.offset) == depth
        ]


def gives_none(exit_: Exit) -> bool:
    """Whether None is returned."""
    return exit_.outputs[0].exact_type is type(None)
