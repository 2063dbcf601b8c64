"""The frames of comprehensions that the host makes functions of.

In: the frame around a comprehension, whose registers hold its iterator and its collection. Out: the
function that the frame calls; its frame has the same registers.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from .comprehensions import PARAMETER
from .frame import Frame
from .loop import Execution, LimitedExecution
from .own_names import use_own_names
from .shim import Driver, Entered, driven_shim, leave_headroom
from .shim_syntax import Storage, line_start
from .statistics import budget

if TYPE_CHECKING:
    from .link import ComprehensionCode

use_own_names(globals())


class ComprehensionExecution(LimitedExecution):
    """The frame of a comprehension."""

    __slots__ = ()

    code: ComprehensionCode

    def step(self, answer: Any = None) -> int:
        """Run, under a limit if there is one."""
        if budget.remaining is None:
            return Execution.step(self, answer)
        return LimitedExecution.step(self, answer)

    def __getitem__(self, parameter: int) -> Any:
        """What the function's parameter is from now on."""
        return self.registers[self.code.iterator]

    def finish(self) -> Any:
        """The collection; the registers are those of the frame around it."""
        value = self.value
        self.value = None
        if not self.keeps_variables:
            for register in self.code.variables.values():
                del self.registers[register].cell_contents
        return value

    __pos__ = finish


class ComprehensionDriver(Driver):
    """What a comprehension's shim calls to make a frame."""

    __slots__ = ()

    code: ComprehensionCode

    def __matmul__(self, given: tuple[Any, ...]) -> Entered:
        """A frame that goes on in the registers of the only argument, the frame around it."""
        try:
            leave_headroom(self.headroom)
            code = self.code
            outer: Frame
            outer, function = given
            registers = outer.registers
            for register, cell in zip(code.closure, function.__closure__ or (), strict=True):
                registers[register] = cell
            global_names, namespace = outer.globals, outer.namespace
            frame = ComprehensionExecution(code, global_names, namespace, registers, code.start)
            frame.builtins = outer.builtins
        except BaseException as exc:
            exc.__traceback__ = None
            return None, exc, None
        return frame, frame.arguments.pop, frame.step


def comprehension_function(frame: Frame, code: ComprehensionCode) -> FunctionType:
    """The function of a comprehension; its argument is the frame around it."""
    if code.shim is None:
        storage = Storage(line_start(code.first_line))
        begin = [storage.assign(PARAMETER, storage.item(storage.frame, 0))]
        code.shim = driven_shim(code, ComprehensionDriver(code), storage, begin)
    cells = tuple(frame.registers[code.free[name]] for name in code.free_names)
    return FunctionType(code.shim, frame.globals, code.name, None, cells or None)
