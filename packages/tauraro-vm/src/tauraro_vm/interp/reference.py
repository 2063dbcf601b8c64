"""Runs a part of a frame in tier 0, up to a moment that native code has reached, for comparison.

In: a linked code object, a pc, what the frame holds there, and a `Moment`. Out: what it holds then.
Loops are followed by their rounds: a back-edge taken is a round, so a moment is a pc and the number
of rounds that each loop has gone through since the start.
"""

from __future__ import annotations

from types import CellType
from typing import TYPE_CHECKING, Any

from tauraro_frontend.bytecode.isa import Op

from ..tier.protocol import FrameState, Moment, Reached
from .drive import STOPPED, DrivenExecution, Returned, drive
from .frame import go_to_current
from .instruction import UNBOUND, Instruction
from .own_names import use_own_names
from .statistics import statistics

if TYPE_CHECKING:
    from tauraro_frontend.bytecode.module import BytecodeModule

    from .link import LinkedCode

use_own_names(globals())


class Following(DrivenExecution):
    """A frame that counts rounds. It stops at a moment, or when it is about to leave `inside`."""

    __slots__ = ("begun", "heads", "inside", "moment", "rounds")

    begun: bool
    heads: dict[int, tuple[int, Instruction]]
    inside: range
    moment: Moment
    rounds: dict[int, int]

    def step(self, answer: Any = None) -> int:
        """Go on until the next request, or until it is to stop."""
        resume = self.resume
        self.resume = None
        last = self.current
        try:
            instruction: Instruction | None
            if resume is None:
                self.registers[last.dst] = answer
                instruction = last.next
            else:
                instruction = resume(self, self.registers, last, answer)
            while instruction is not None:
                if self.stops_before(instruction, last):
                    self.current = instruction
                    self.resume = go_to_current
                    return STOPPED
                statistics.instructions += 1
                last = instruction
                instruction = instruction.execute(self, self.registers, instruction)
        except BaseException as exc:
            self.raise_from_instruction(last, exc)
        self.current = last
        return self.answer_with(last.leaf)

    def stops_before(self, instruction: Instruction, last: Instruction) -> bool:
        """Count a round if this is the head of a loop; whether the frame stops here."""
        moment = self.moment
        head = self.heads.get(id(instruction))
        if head is not None:
            pc, begin = head
            if self.begun and last is not begin:
                self.rounds[pc] = self.rounds.get(pc, 0) + 1
        self.begun = True
        if instruction.pc not in self.inside:
            return True
        if moment.at_head:
            here = head is not None and head[0] == moment.pc
        else:
            here = self.code.instructions[moment.pc] is instruction
        return here and all(self.rounds.get(pc, 0) == n for pc, n in moment.rounds.items())


class CodeReference:
    """One code object of a module, in tier 0. See `tier.protocol.Reference`."""

    def __init__(self, code: LinkedCode) -> None:
        self._code = code.link()

    def run(self, pc: int, state: FrameState, moment: Moment, inside: range) -> Reached:
        """See `Reference.run`."""
        code = self._code
        registers = code.template.copy()
        for local, value in state.locals.items():
            registers[local] = value
        for cell, value in state.cells.items():
            registers[code.layout.cells[cell]] = value
        for loop, iterator in state.iterators.items():
            registers[code.instructions[loop].jump.slot] = iterator
        for register in (*code.layout.cells, *code.layout.shown.values()):
            if not isinstance(registers[register], CellType):
                registers[register] = CellType()
        start = code.instructions[pc]
        frame = Following(code, state.globals, state.namespace, registers, start)
        frame.heads = {id(head): (loop, begin) for loop, begin, head in self._loops()}
        frame.begun, frame.rounds = False, {}
        frame.moment, frame.inside = moment, inside
        end = drive(frame)
        if isinstance(end, Returned):
            return Reached(state, end.value, True, False)
        left = end.pc not in inside
        return Reached(self._state(frame, state, moment), None, False, left)

    def _loops(self) -> list[tuple[int, Instruction, Instruction]]:
        """Each loop's pc, its first instruction, and its head."""
        found = []
        for pc, instruction in enumerate(self._code.instructions[:-1]):
            if instruction.op is Op.FOR:
                found.append((pc, instruction, instruction.jump))
            elif instruction.op is Op.LOOP:
                found.append((pc, instruction, self._code.instructions[pc + 1]))
        return found

    def _state(self, frame: Following, before: FrameState, moment: Moment) -> FrameState:
        """What the frame holds."""
        code, registers = self._code, frame.registers
        return FrameState(
            {n: registers[n] for n in range(len(code.local_names)) if registers[n] is not UNBOUND},
            {n: registers[register] for n, register in enumerate(code.layout.cells)},
            frame.globals,
            before.namespace,
            {
                loop: registers[code.instructions[loop].jump.slot]
                for loop in (*before.iterators, *moment.iterators)
            },
        )


def reference_code(
    module: BytecodeModule, filename: str | None, optimize: int, index: int
) -> CodeReference:
    """The code object number `index` of a module. Raises LookupError if nothing makes it."""
    from .link import LinkedModule

    work = [LinkedModule(module, filename, optimize).body]
    while work:
        code = work.pop()
        if code.index == index:
            return CodeReference(code)
        work += code.link().children.values()
    raise LookupError(f"code {index}")
