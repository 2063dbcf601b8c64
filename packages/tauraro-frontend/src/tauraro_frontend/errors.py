"""Errors of the frontend.

A program's own mistakes surface as the host's `SyntaxError`; everything here speaks of bytecode.
"""

from __future__ import annotations


class BytecodeError(ValueError):
    """Bytecode that cannot be trusted or understood.

    `place` names where: a header field, a table, or a code object and instruction. `problem` says
    what is wrong there. The message is `place: problem`.
    """

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem
