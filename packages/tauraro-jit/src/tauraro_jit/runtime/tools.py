"""Tools that use `sys.monitoring` (3.12 and later) see nothing of native code: loops call nothing
while there is one.

Native code is not entered under a tool anyway, but that a loop asks is a call, which tools may be
told of. The host tells only audit hooks of a tool's beginning, and those make every audited
function slower; so it is noticed when somebody reviews, now and then.
"""

from __future__ import annotations

import sys

from .switch import are_paused, pause_switches, resume_switches


def review_tools() -> None:
    """Begin or end the pause."""
    if sys.version_info >= (3, 12):
        get_tool = sys.monitoring.get_tool
        if any(get_tool(number) is not None for number in range(6)):
            pause_switches()
        elif are_paused():
            resume_switches()
