"""What `--jit-verify` takes of the virtual machine: tier 0, and to know what was found.

In: modules that native code was made of. Out: their code objects in tier 0; whether native code
has ever differed.
"""

from __future__ import annotations

from .isolation import import_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tauraro_frontend.bytecode.module import BytecodeModule

    from ..tier.protocol import Reference
    from .policy import Policy


class Verification:
    """See `tier.protocol.Verification`. `differences` counts what was found."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.differences = 0

    def reference(
        self, module: BytecodeModule, filename: str, optimize: int, code_index: int
    ) -> Reference:
        """A code object in tier 0."""
        part: Any = import_part("tauraro_vm.interp.reference", self._policy)
        found: Reference = part.reference_code(module, filename, optimize, code_index)
        return found

    def differs(self) -> None:
        """Native code did something else than tier 0."""
        self.differences += 1

    def last_words(self) -> str:
        """What to say at the end of the process, if native code has differed."""
        if not self.differences:
            return ""
        count = "once" if self.differences == 1 else f"{self.differences} times"
        return f"tauraro: native code differed from tier 0 {count}, see above"
