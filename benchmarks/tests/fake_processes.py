"""Processes that never start: argument vectors in, scripted outcomes out, on a clock of its own."""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchrunner.process import Launch, Outcome


def outcome(
    cpu: float = 1.0,
    stdout: bytes = b"result\n",
    exit_code: int = 0,
    stderr: bytes = b"",
    timed_out: bool = False,
) -> Outcome:
    """An outcome; the wall time is twice the CPU time."""
    return Outcome(cpu, 2 * cpu, exit_code, stdout, stderr, timed_out)


class FakeExecute:
    """An `Execute` that answers from `script` by the executable's name, and keeps every launch.

    `script` gives a function of (launch, how many this executable had before).
    """

    def __init__(self, script: Mapping[str, Callable[[Launch, int], Outcome]]) -> None:
        self.script = script
        self.launches: list[Launch] = []
        self.timeouts: list[float] = []

    def __call__(self, launch: Launch, timeout: float) -> Outcome:
        """Answer a launch."""
        name = executable_name(launch)
        earlier = sum(executable_name(other) == name for other in self.launches)
        self.launches.append(launch)
        self.timeouts.append(timeout)
        return self.script[name](launch, earlier)


def executable_name(launch: Launch) -> str:
    """The last part of the executable's path."""
    return Path(launch.argv[0]).name


def make_command(directory: Path, name: str) -> Path:
    """An executable file that can be found but is never run."""
    path = directory / name
    path.write_text("#!/bin/false\n", encoding="utf-8")
    path.chmod(0o755)
    return path
