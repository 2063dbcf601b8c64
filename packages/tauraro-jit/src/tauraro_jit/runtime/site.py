"""A loop of tier 1's code as native code enters and leaves it.

In: a code object that runs, and its module's twin. Out: a `LoopSite`: where the loop's constants
are, and for each copy of the loop (the host copies `finally` suites) where a frame stands when the
entry is called and where it goes on for each exit of a region.
"""

from __future__ import annotations

from types import CodeType

from ..native.region import Exit, Resume
from .hostcode import HostCode, HostInstruction
from .marks import LoopMark, MarkSlots
from .switch import NoSite
from .twin import Statement, Twin

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    import weakref
    from typing import NamedTuple
else:
    import _ast as ast
    import _weakref as weakref

    from tauraro_frontend.bytecode.records import NamedTuple


class LoopCopy(NamedTuple):
    """One copy of a loop in the host's code, by byte offsets.

    `test` is where the body's test of HOT begins, `after_call` the instruction after the call of
    ENTRY, `end` the loop's last backward jump. `depth` is the depth of the stack in the body.
    """

    test: int
    after_call: int
    end: int
    depth: int


class ResumePoint(NamedTuple):
    """Where a frame goes on: byte offset, and the depth of the stack there."""

    offset: int
    depth: int


class LoopSite:
    """A loop of a code object.

    `code` is tier 1's, which the site does not keep alive; all offsets hold for it. `copies` is
    never empty.
    """

    def __init__(self, code: CodeType, mark: LoopMark, twin: Twin) -> None:
        """Raises NoSite."""
        twin = twin.part(mark.code_index)
        twin_code = twin.code_of(mark)
        if twin_code is None or mark not in twin_code.marks:
            raise NoSite("the loop is not in its module")
        if not twin_code.equals(code):
            raise NoSite("the code was not made from this module")
        self._code = weakref.ref(code)
        self.mark = mark
        self.twin = twin
        self.host: HostCode = twin_code.host
        self.marks = twin_code.marks
        self.slots: MarkSlots = twin_code.marks[mark]
        self.copies = self._find_copies(mark)
        if not self.copies:
            raise NoSite("the loop never repeats")
        if self.copies[0].depth == 0 and not _slots_of(code):
            raise NoSite("the frame has no slot for a value")

    @property
    def code(self) -> CodeType:
        """Tier 1's code object. Raises NoSite if it is gone."""
        code = self._code()
        if code is None:
            raise NoSite("the code is gone")
        return code

    # --- copies of loops

    def _find_copies(self, mark: LoopMark) -> tuple[LoopCopy, ...]:
        """The copies of a loop of this code object."""
        instructions = self.host.instructions
        found = []
        for index, instruction in enumerate(instructions):
            if instruction.name == "LOAD_CONST" and instruction.arg == self.marks[mark].hot:
                copy = self._copy_at(instruction.offset, instructions[index + 1 : index + 8])
                if copy is not None:
                    found.append(copy)
        return tuple(found)

    def _copy_at(self, test: int, following: list[HostInstruction]) -> LoopCopy | None:
        loops: dict[int, int] = {}
        for edge in self.host.back_edges:
            if edge.target <= test <= edge.offset:
                loops[edge.target] = max(edge.offset, loops.get(edge.target, 0))
        calls = [k for k, i in enumerate(following) if i.name == "CALL"]
        depth = self.host.depths.get(test)
        if not loops or not calls or depth is None:
            return None
        end = loops[max(loops)]
        return LoopCopy(test, following[calls[0] + 1].offset, end, depth)

    def _running_copy(self, own: LoopCopy, exit_: Exit) -> tuple[LoopMark, LoopCopy]:
        """The innermost loop that runs at an exit, and its copy inside `own`."""
        if not exit_.loops:
            return self.mark, own
        mark = LoopMark(self.mark.code_index, exit_.loops[-1].pc)
        if mark not in self.marks:
            raise NoSite(f"no loop at {mark.loop_pc}")
        inside = [c for c in self._find_copies(mark) if own.test < c.test <= own.end]
        if len(inside) != 1:
            raise NoSite("an inner loop has several copies" if inside else "an inner loop ends")
        iterators = sum(loop.iterator is not None for loop in exit_.loops)
        if inside[0].depth != own.depth + iterators:
            raise NoSite("the stack holds more than iterators")
        return mark, inside[0]

    # --- where to go on

    def resume_point(self, copy: LoopCopy, exit_: Exit) -> ResumePoint:
        """Where a frame in `copy` goes on after an exit. Raises NoSite."""
        mark, running = self._running_copy(copy, exit_)
        if exit_.resume is Resume.NEXT:
            if exit_.pc != mark.loop_pc:
                raise NoSite("the exit is not at the loop that runs")
            return ResumePoint(self._head(mark, running), running.depth)
        statement = self.twin.statement_at(mark.code_index, exit_.pc)
        if statement is None:
            raise NoSite(f"no statement at {exit_.pc}")
        return ResumePoint(self._start(statement, mark, running), running.depth)

    def _head(self, mark: LoopMark, copy: LoopCopy) -> int:
        """Where the next item is fetched, or the test evaluated.

        Preferably by way of a backward jump: there the host looks for signals and other threads,
        which is what native code may have been left for.
        """
        loop = self.twin.statements[self.twin.loops[mark]]
        if loop.kind is ast.While:
            return self._while_head(loop, copy)
        heads = [
            i.offset
            for i in self.host.instructions
            if i.name == "FOR_ITER" and i.column == loop.number and i.offset < copy.test
        ]
        if not heads:
            raise NoSite("the loop has no head")
        return self._edge_to(heads[-1], copy)

    def _edge_to(self, head: int, copy: LoopCopy) -> int:
        """The loop's last unconditional jump to `head`, or `head` itself."""
        handler = self.host.handler(head)
        for edge in reversed(self.host.back_edges):
            if (
                edge.target == head
                and copy.test < edge.offset <= copy.end
                and not edge.conditional
                and self.host.depths.get(edge.offset) == copy.depth
                and self.host.handler(edge.offset) == handler
            ):
                return edge.offset
        return head

    def _while_head(self, loop: Statement, copy: LoopCopy) -> int:
        """The host tests at the top and again at the bottom, where it jumps back."""
        starts = [o for o in self.host.starts.get(loop.number, ()) if self._has_depth(o, copy)]
        bottom = [o for o in starts if copy.test < o <= copy.end]
        if bottom:
            return bottom[-1]
        top = [o for o in starts if o < copy.test]
        # `while True` has no test: its body begins at the test of HOT.
        return top[-1] if top else self._edge_to(copy.test, copy)

    def _has_depth(self, offset: int, copy: LoopCopy) -> bool:
        return self.host.depths.get(offset) == copy.depth

    def _start(self, statement: Statement, mark: LoopMark, copy: LoopCopy) -> int:
        """The first instruction of a statement in the loop that runs."""
        starts = [o for o in self.host.starts.get(statement.number, ()) if self._has_depth(o, copy)]
        inside = [o for o in starts if copy.test < o <= copy.end]
        if inside:
            if len(inside) > 1 and statement.in_finally:
                raise NoSite("the statement has several copies")
            return inside[0]
        if len(starts) == 1 and len(self.copies) == 1 and not statement.in_finally:
            return starts[0]  # the host moves what leaves a loop behind it
        if statement.kind is ast.Continue:
            return self._head(mark, copy)
        if statement.kind is ast.Pass:
            return self._start_after(statement, mark, copy)
        raise NoSite("the statement has no instructions of its own")

    def _start_after(self, statement: Statement, mark: LoopMark, copy: LoopCopy) -> int:
        """Where control goes after a statement that does nothing."""
        statements = self.twin.statements
        while statement.next is None:
            if statement.parent is None:
                raise NoSite("the statement has no instructions of its own")
            statement = statements[statement.parent]
            if statement.number == self.twin.loops[mark]:
                return self._head(mark, copy)
            if statement.kind is not ast.If:
                raise NoSite("the statement has no instructions of its own")
        return self._start(statements[statement.next], mark, copy)


def _slots_of(code: CodeType) -> int:
    """The number of local variables, cells and free variables together."""
    cells = [name for name in code.co_cellvars if name not in code.co_varnames]
    return len(code.co_varnames) + len(cells) + len(code.co_freevars)
