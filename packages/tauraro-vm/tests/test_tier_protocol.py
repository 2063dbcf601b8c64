"""The data types of the boundary: what they derive and how reports print them."""

from __future__ import annotations

from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind, CodeObject
from tauraro_vm.tier.protocol import Declined, DeclineReason, HostStatus, Region, RegionKind


def region() -> Region:
    def function() -> None:
        pass

    body = CodeObject(CodeKind.FUNCTION, "function", "", None)
    module = BytecodeModule("app.py", bytes(8), codes=[body])
    host_code = function.__code__.replace(co_filename="app.py", co_qualname="outer.function")
    return Region(RegionKind.LOOP, module, 0, 4, host_code, 12)


def test_region_knows_its_code() -> None:
    hot = region()
    assert hot.code is hot.module.codes[0]
    assert str(hot) == "loop in outer.function (app.py:12)"


def test_declined_prints_as_a_line_of_a_report() -> None:
    plain = Declined(DeclineReason.UNSTABLE_TYPES, 3)
    assert str(plain) == "line 3: the types change too often"
    detailed = Declined(DeclineReason.UNSTABLE_TYPES, 3, "x: int, str")
    assert str(detailed) == "line 3: the types change too often (x: int, str)"


def test_reasons_are_distinct() -> None:
    assert len({reason.value for reason in DeclineReason}) == len(DeclineReason.__members__)


def test_host_is_usable_exactly_without_a_problem() -> None:
    assert HostStatus().usable
    assert not HostStatus("unknown processor").usable
