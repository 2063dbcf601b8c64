"""Where figures were made: nothing in, a short description of the machine out."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchrunner.interpreters import Interpreter


@dataclass(frozen=True)
class Environment:
    """What a reader needs to judge the figures; `load` is the average of the minute before."""

    system: str
    processor: str
    processors: int
    load: float
    started: str

    def describe(self) -> str:
        """One line."""
        return (
            f"{self.processor}, {self.processors} CPUs, load {self.load:.2f}; "
            f"{self.system}; {self.started}"
        )


def observe() -> Environment:
    """The machine as it is now."""
    return Environment(
        system=platform.platform(terse=True),
        processor=processor_name(Path("/proc/cpuinfo")),
        processors=len(os.sched_getaffinity(0)),
        load=os.getloadavg()[0],
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def processor_name(cpuinfo: Path) -> str:
    """The model in a `/proc/cpuinfo`, or the architecture where that does not tell."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() == "model name" and value.strip():
            return value.strip()
    return platform.machine()


def describe_interpreters(interpreters: Sequence[Interpreter]) -> list[str]:
    """One line each: name, version, command."""
    lines = []
    for interpreter in interpreters:
        settings = [f"{key}={value}" for key, value in interpreter.variables.items()]
        command = " ".join([*settings, *interpreter.command])
        version = interpreter.version()
        lines.append(f"{interpreter.name}: {version + '; ' if version else ''}{command}")
    return lines
