"""The activation of one code object: its registers and where it stands.

In: a linked code object and the namespaces it runs in. Out: the state that instructions read and
write, and the requests they make of whoever drives the frame.
"""

from __future__ import annotations

import builtins as host_builtins
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .instruction import Instruction, Registers, Resume
from .own_names import __builtins__ as __builtins__

if TYPE_CHECKING:
    from .link import LinkedCode

# Answers of a frame other than the number of a leaf.
RETURN = -1  # the frame is finished, its value waits
RERAISE = -2  # leave with the exception that is being handled
ENTER = -3  # go on while `handled` is being handled
PLAIN = -4  # go on while no exception of this frame is being handled


class Frame:
    """One activation.

    `current` is the instruction that made the last request; `resume` goes on with it when the
    answer comes (None: write the answer to its destination). `arguments` is what the request
    needs. `leaf` overrides the instruction's own leaf for one request.

    `handling` are the exceptions being handled, innermost last, `handled` the last of them or
    None; `entered` is the one that the driver has made the host's current exception. `caught`: an
    exception has just found its handler; `leaving`: the frame is being left. `stash` keeps one value
    across a request.
    """

    __slots__ = (
        "arguments",
        "builtins",
        "caught",
        "code",
        "current",
        "entered",
        "entering",
        "globals",
        "handled",
        "handling",
        "item",
        "leaf",
        "leaving",
        "namespace",
        "next",
        "pending",
        "pop",
        "registers",
        "resume",
        "snapshot",
        "stash",
        "type_parameters",
        "value",
    )

    def __init__(
        self,
        code: LinkedCode,
        global_names: dict[str, Any],
        namespace: Any,
        registers: Registers,
        start: Instruction,
    ) -> None:
        self.code = code
        self.globals = global_names
        self.builtins: Any = None
        self.namespace = namespace
        self.registers = registers
        self.current = start
        self.resume: Resume | None = go_to_current
        self.arguments: list[Any] = []
        self.leaf: int | None = None
        self.handled: BaseException | None = None
        self.entered: BaseException | None = None
        self.handling: list[BaseException] | None = None
        self.leaving = self.caught = False
        self.value: Any = None
        self.stash: Any = None
        self.type_parameters: list[Any] | None = None

    # Set when first needed: `entering`, `item`, `next`, `pending`, `pop`, `snapshot`.
