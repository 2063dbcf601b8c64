"""Run one process to its end and account for it: a `Launch` in, an `Outcome` out.

CPU time is user plus system time of the process, of all its threads, and of every descendant that
it waited for: start-up, compilation and background work all count.
"""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CANNOT_START = 127


@dataclass(frozen=True)
class Launch:
    """All that determines one process."""

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path


@dataclass(frozen=True)
class Outcome:
    """A finished process. Times are in seconds; `exit_code` is negative for a signal."""

    cpu: float
    wall: float
    exit_code: int
    stdout: bytes
    stderr: bytes
    timed_out: bool = False


class Execute(Protocol):
    """What the pairing needs of a process; tests pass one with a fake clock."""

    def __call__(self, launch: Launch, timeout: float) -> Outcome:
        """Run `launch` to its end, for `timeout` seconds at most."""
        ...


def execute(launch: Launch, timeout: float) -> Outcome:
    """Run a real process, in a process group of its own; kill the whole group at the time limit.

    Output goes to files: a pipe would have to be drained by this process while it measures. A
    command that cannot be started ends with code 127, as in a shell.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        begin = time.perf_counter()
        try:
            process = subprocess.Popen(
                launch.argv,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                cwd=launch.directory,
                env=dict(launch.environment),
                start_new_session=True,
            )
        except OSError as error:
            return Outcome(0.0, 0.0, CANNOT_START, b"", str(error).encode())
        timed_out = _wait_unreaped(process.pid, timeout)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        stdout.seek(0)
        stderr.seek(0)
        return Outcome(
            cpu=usage.ru_utime + usage.ru_stime,
            wall=wall,
            exit_code=process.returncode,
            stdout=stdout.read(),
            stderr=stderr.read(),
            timed_out=timed_out,
        )


def _wait_unreaped(pid: int, timeout: float) -> bool:
    """Wait until `pid` has ended, and kill its group after `timeout` seconds; was it killed?

    The process is left as a zombie until the timer is gone, so that the timer cannot hit another
    process which got the same number.
    """
    expired = threading.Event()

    def kill() -> None:
        expired.set()
        _kill_group(pid)

    timer = threading.Timer(timeout, kill)
    timer.start()
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    except BaseException:
        _kill_group(pid)
        os.wait4(pid, 0)
        raise
    finally:
        timer.cancel()
        timer.join()
    return expired.is_set()


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
