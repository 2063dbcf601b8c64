"""What becomes of one file: it is refused, or it is a program and runs within its bounds in each
tier.

In: the bytes of a file. Out: a `Verdict`. The program gets few builtins, so that it can do no
harm, and a limited number of steps.
"""

from __future__ import annotations

import builtins
import re
import signal
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any, NamedTuple

from tauraro_frontend.bytecode.decode import decode_module
from tauraro_frontend.errors import BytecodeError
from tauraro_vm.host.compile import host_code
from tauraro_vm.interp import StepLimit, interp_code, limit

STEPS = 5_000
SECONDS = 0.5
OUTPUT = 20_000
ADDRESS = re.compile("0x[0-9a-f]+")
MODULES = ("itertools", "math", "typing")

FORBIDDEN = frozenset(
    {
        "open", "exec", "eval", "compile", "input", "breakpoint", "exit", "quit", "help",
        "copyright", "credits", "license", "__import__", "print",
    }
)  # fmt: skip


class Outcome(Enum):
    """What became of a file, or of the program in one tier."""

    REFUSED = "refused by the decoder or verifier"
    UNTRANSLATED = "refused by tier 1 only"
    RAN = "ran in tier 0"
    ENDED = "reached the step limit"
    FAILED = "a stage failed"


class Verdict(NamedTuple):
    """The outcome; `problem` is not "" if something happened that must not happen. `differs` tells
    how the tiers differ, which a hostile module may bring about."""

    outcome: Outcome
    problem: str = ""
    differs: str = ""


class Result(NamedTuple):
    """How a program ended in one tier: its output, and its exception's type and text."""

    output: str
    error: str
    ended: bool
    leaked: str


class Enough(BaseException):
    """A program in tier 1 has run long enough."""


def judge(data: bytes) -> Verdict:
    """Decode and verify a file; run what is left."""
    try:
        return verdict_of(data)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        text = f"{type(error).__name__}: {error} ({place.name}, {place.filename}:{place.lineno})"
        return Verdict(Outcome.FAILED, text)


def verdict_of(data: bytes) -> Verdict:
    """The same; raises what the stages raise although they must not."""
    try:
        module = decode_module(data)
    except BytecodeError as error:
        return Verdict(Outcome.REFUSED, "" if error.place else "the error has no place")
    host = translated = None
    try:
        host = host_code(module)
    except (BytecodeError, SyntaxError, RecursionError) as error:
        translated = f"{type(error).__name__}: {error}"
    try:
        code = interp_code(module)
    except (BytecodeError, SyntaxError, RecursionError) as error:
        if host is not None:
            return Verdict(Outcome.UNTRANSLATED, "", f"tier 0 refuses: {error}")
        return Verdict(Outcome.UNTRANSLATED)
    result = run(code, in_tier_0)
    outcome = Outcome.ENDED if result.ended else Outcome.RAN
    if result.leaked:
        return Verdict(outcome, f"a frame of the VM shows: {result.leaked}")
    if result.ended:
        return Verdict(outcome)
    if host is None:
        return Verdict(outcome, "", f"tier 1 refuses: {translated}")
    return Verdict(outcome, "", difference(result, run(host, in_tier_1)))


def difference(one: Result, other: Result) -> str:
    """How two results differ; "" if they do not, or the second is not complete."""
    if other.ended or one[:2] == other[:2]:
        return ""
    if one.error != other.error:
        return f"tier 0 raises {one.error or 'nothing'}, tier 1 {other.error or 'nothing'}"
    rows = zip(one.output.split("\n"), other.output.split("\n"), strict=False)
    row = next((row for row in rows if row[0] != row[1]), ("less", "more"))
    return f"tier 0 prints {row[0]!r:.100}, tier 1 {row[1]!r:.100}"


def run(code: CodeType, execute: Callable[[CodeType, dict[str, Any]], None]) -> Result:
    """Run a program with few builtins."""
    output: list[str] = []
    error = leaked = ""
    ended = False
    try:
        execute(code, namespace(output))
    except (StepLimit, Enough):
        ended = True
    except BaseException as exception:
        error = describe(exception)
        leaked = leak(exception)
    return Result(ADDRESS.sub("0x", "".join(output)[:OUTPUT]), error, ended, leaked)


def describe(exception: BaseException) -> str:
    """An exception's type and text."""
    try:
        text = ADDRESS.sub("0x", str(exception))
    except BaseException:
        text = "no text"
    return f"{type(exception).__name__}: {text[:200]}"


def in_tier_0(code: CodeType, space: dict[str, Any]) -> None:
    """Run code of tier 0 for a limited number of steps."""
    with limit(STEPS):
        exec(code, space)


def in_tier_1(code: CodeType, space: dict[str, Any]) -> None:
    """Run host code for a limited time."""
    with limited_time(SECONDS):
        exec(code, space)


@contextmanager
def limited_time(seconds: float) -> Iterator[None]:
    """Raise Enough after so much processor time, and again if the program takes it for its own."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Enough

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, seconds / 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def namespace(output: list[str]) -> dict[str, Any]:
    """A module namespace whose builtins do no harm."""

    def write(*values: object, sep: str = " ", end: str = "\n", **ignored: object) -> None:
        if len(output) < OUTPUT:
            output.append(sep.join(map(str, values))[:OUTPUT] + end)

    def load(name: str, *ignored: object) -> ModuleType:
        if name not in MODULES:
            raise ImportError(name)
        return __import__(name)

    allowed: Mapping[str, Any] = vars(builtins)
    few = {name: value for name, value in allowed.items() if name not in FORBIDDEN}
    return {"__name__": "mutant", "__builtins__": {**few, "print": write, "__import__": load}}


def leak(exception: BaseException) -> str:
    """A frame of the VM in the traceback of an exception or of those it came from; "" if there is
    none."""
    seen: set[int] = set()
    left: list[BaseException | None] = [exception]
    while left:
        found = left.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        left += [found.__cause__, found.__context__]
        place = own_frame(found.__traceback__)
        if place:
            return f"{type(found).__name__} at {place}"
    return ""


def own_frame(entry: TracebackType | None) -> str:
    """The innermost frame, if it is one of the VM or frontend."""
    place = ""
    while entry is not None:
        name = str(entry.tb_frame.f_globals.get("__name__", ""))
        if name.startswith(("tauraro_vm.", "tauraro_frontend.")):
            place = f"{name}, line {entry.tb_lineno}"
        entry = entry.tb_next
    return place
