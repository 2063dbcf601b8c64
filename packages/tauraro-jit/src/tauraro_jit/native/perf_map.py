"""Where native code is, for the profiler `perf`.

In: the address, the size and the name of native code. Out: a line of `/tmp/perf-PID.map`, where
`perf report` looks for the names of code that no file contains. The host writes lines of its own to
the same file (`-X perf`).
"""

from __future__ import annotations

import os

FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)


class PerfMap:
    """The map of this process and, after a fork, of the child, which has the same code.

    A file that cannot be written is left alone: the program has nothing to do with it.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        os.register_at_fork(after_in_child=self._write_all)

    def add(self, address: int, size: int, name: str) -> None:
        """Tell of one function."""
        self._lines.append(f"{address:x} {size:x} {name}\n")
        _append(self._lines[-1])

    def _write_all(self) -> None:
        _append("".join(self._lines))


def path() -> str:
    """The file."""
    return f"/tmp/perf-{os.getpid()}.map"


def _append(text: str) -> None:
    try:
        file = os.open(path(), FLAGS, 0o600)
    except OSError:
        return
    try:
        os.write(file, text.encode(errors="backslashreplace"))
    except OSError:
        return
    finally:
        os.close(file)
