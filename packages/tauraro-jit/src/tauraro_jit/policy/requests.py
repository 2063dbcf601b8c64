"""Functions that somebody wants native code of: `tauraro.jit`.

In: the region of a function. Out: its loops, or the function itself if it calls itself, are watched
from now on, however seldom they run; and what has become of them so far.
"""

from __future__ import annotations

from .loops import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tauraro_vm.tier.protocol import Declined, Region

    from .tiering import Tiering


def request_loops(tiering: Tiering, region: Region) -> Declined | None:
    """See `NativeTier.request`."""
    from tauraro_vm.tier.protocol import Declined, DeclineReason

    loops = tiering.loops_of(region.host_code)
    if not loops:
        return Declined(DeclineReason.LOOPS_ONLY, region.line)
    for loop in loops:
        if loop.status is Status.COLD and not loop.samples:
            loop.requested = True
            tiering.watch(loop)
    if any(loop.status is Status.NATIVE for loop in loops):
        return None
    for loop in loops:
        if loop.status in (Status.DECLINED, Status.RETIRED):
            return Declined(DeclineReason.LOOPS_DECLINED, loop.reason_line, loop.reason)
    return Declined(DeclineReason.NOT_YET, region.line)
