"""Runs small programs with the native tier and under the host, and reads what `--stats` says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MODES = {
    "early": ("--jit-threshold=1", "--jit-sync"),
    "soon": ("--jit-threshold=25", "--jit-sync"),
    "exits": ("--jit-threshold=10", "--jit-sync", "--jit-stress=exits"),
}
"""When loops are compiled, and whether each guard fails once."""

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "programs"


@dataclass(frozen=True)
class Run:
    """What a program did; `native` counts the loops that were native at the end or before,
    `report` is the text of `--stats`."""

    output: str
    errors: str
    status: int
    native: int
    report: str = ""


def run_program(path: Path, *options: str, environment: dict[str, str] | None = None) -> Run:
    """Run a program through the command with `--stats`."""
    command = [sys.executable, "-m", "tauraro_vm", "--stats", *options, str(path)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=path.parent,
        env={**os.environ, **(environment or {})},
        timeout=300,
    )
    errors, mark, report = done.stderr.partition("tauraro: what ran where")
    assert mark, done.stderr
    native = sum(int(n) for n in re.findall(r"(\d+) (?:native|retired)\b", report))
    return Run(done.stdout, errors, done.returncode, native, report)


def run_host(path: Path) -> Run:
    """Run a program under the host."""
    done = subprocess.run(
        [sys.executable, str(path)], capture_output=True, text=True, cwd=path.parent, timeout=300
    )
    return Run(done.stdout, done.stderr, done.returncode, 0)


def benchmark_programs(group: str) -> list[Path]:
    """The benchmark programs of a group."""
    return sorted((BENCHMARKS / group).glob("*.py"))


def tiny_copy(path: Path, folder: Path) -> Path:
    """A copy of a benchmark program that takes no argument: its size is `tiny`."""
    copy = folder / path.name
    copy.write_text(path.read_text().replace("SIZES[sys.argv[1]]", 'SIZES["tiny"]'))
    return copy


def run_source(source: str, folder: Path, *options: str) -> Run:
    """Run the program of a text."""
    path = folder / "program.py"
    path.write_text(source)
    return run_program(path, *options)


def run_both(source: str, folder: Path, *options: str) -> tuple[Run, Run]:
    """Run the program of a text under the host, and with the native tier."""
    native = run_source(source, folder, *options)
    return run_host(folder / "program.py"), native


def run_tiny(path: Path, folder: Path, *options: str) -> tuple[Run, Run]:
    """Run a benchmark program at size `tiny` under the host, and with the native tier."""
    copy = tiny_copy(path, folder)
    return run_host(copy), run_program(copy, *options)


def run_equal(name: str, source: str, folder: Path, *options: str) -> Run:
    """Run the program of a text, which shows its `name`, with the native tier. Output, errors and
    status must be the host's."""
    path = folder / f"{name}.py"
    path.write_text(source)
    expected, found = run_host(path), run_program(path, *options)
    assert (found.output, found.errors) == (expected.output, expected.errors)
    assert found.status == expected.status
    return found
