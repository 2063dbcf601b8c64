"""Hands mutants to worker processes, and notices how a worker dies.

In: a seed, a number of mutants. Out: a `Report`. A worker that is killed by its limits has come
upon a mutant that works long inside of one operation; one that dies of anything else has crashed.
"""

from __future__ import annotations

import collections
import json
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tauraro_frontend.pipeline import compile_source

HERE = Path(__file__).parent
CHUNK = 250

LIMITS = {-signal.SIGPROF, -signal.SIGXCPU}
"""How a worker ends that its limits have stopped."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Report:
    """What became of the mutants. `problems` and `differences` name mutants by number."""

    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)
    differences: list[tuple[int, str]] = field(default_factory=list)

    def add(self, number: int, row: dict[str, Any]) -> None:
        """Take in a verdict."""
        self.outcomes[row["outcome"]] += 1
        if row["problem"]:
            self.problems.append((number, row["problem"]))
        if row["differs"]:
            self.differences.append((number, row["differs"]))

    def join(self, other: Report) -> None:
        """Take in another report."""
        self.outcomes.update(other.outcomes)
        self.problems += other.problems
        self.differences += other.differences


def program_files() -> list[Path]:
    """The programs that the host understands: `py312_types.py` needs 3.12."""
    newest = f"py3{sys.version_info.minor}"
    files = sorted((HERE / "data").glob("*.py"))
    return [file for file in files if not file.name.startswith("py3") or file.name[:5] <= newest]


def compile_programs(folder: Path) -> list[Path]:
    """Compile the programs into a folder; the `.tbc` files."""
    files = []
    for program in program_files():
        files.append(folder / f"{program.stem}.tbc")
        files[-1].write_bytes(compile_source(program.read_bytes(), program.name))
    return files


def judge_mutants(
    seed: str, count: int, workers: int, progress: Progress = lambda done: None
) -> Report:
    """Judge that many mutants of the programs, in that many processes at a time."""
    report = Report()
    done = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        files = compile_programs(Path(folder))

        def judge_chunk(start: int) -> Report:
            return judge_range(seed, start, min(start + CHUNK, count), files)

        for part in pool.map(judge_chunk, range(0, count, CHUNK)):
            report.join(part)
            done += part.outcomes.total()
            progress(done)
    return report


def judge_range(seed: str, start: int, stop: int, files: list[Path]) -> Report:
    """Judge the mutants of a range, in one process after the other if they die."""
    report = Report()
    while start < stop:
        current = start - 1
        command = [sys.executable, "-m", f"{HERE.name}.worker", seed, str(start), str(stop)]
        process = subprocess.Popen(
            [*command, *map(str, files)],
            cwd=HERE.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for row in rows(process):
            if "number" in row:
                current = row["number"]
            else:
                report.add(current, row)
                start = current + 1
        error = process.communicate()[1]
        if start < stop:  # the worker died of mutant number `current`
            start = max(current, start) + 1
            report.add(current, {"differs": "", **death(process.returncode, error)})
    return report


def rows(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """The lines a worker writes."""
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def death(status: int, error: str) -> dict[str, str]:
    """The verdict on a mutant of which a worker died."""
    if status in LIMITS:
        return {"outcome": "STOPPED", "problem": ""}
    name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    lines = [line for line in error.splitlines() if line.strip()]
    return {"outcome": "CRASHED", "problem": f"{name}: {' | '.join(lines[:12])}"}


def library_files(count: int) -> list[Path]:
    """Some files of the host's library, evenly spread."""
    library = Path(sysconfig.get_path("stdlib"))
    files = sorted(library.glob("*.py"))
    return files[:: max(1, len(files) // count)][:count]
