"""What can be seen of native code: dumps, `dis`, `why`, statistics, perf; and choosing loops."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

from tauraro_jit.ir.graph import Function, Operation
from tauraro_jit.ir.ops import Op
from tauraro_jit.ir.types import I1
from tauraro_jit.rounds import Countdowns

PROGRAM = """\
import sys


def total(n):
    result = 0
    for i in range(n):
        for j in range(5):
            result += i * j % 7
    return result


def texts(n):
    found = []
    for i in range(n):
        found.append(complex(i))
    return len(found)


print(total(int(sys.argv[1])), texts(40))
for letter in "abc":
    print(letter)
squares = [x * x for x in range(9)]
"""

TAURARO = (sys.executable, "-m", "tauraro_vm")


def run(words: Sequence[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [*TAURARO, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), **variables},
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(PROGRAM)
    return tmp_path


# --- dis and --dump

MARKS = {"ir": 'function "total:', "llvm": "define i64 @", "asm": ".globl\ttauraro_region"}


@pytest.mark.parametrize("stage", MARKS)
def test_dis_shows_what_becomes_native(stage: str, folder: Path) -> None:
    found = run(["dis", "app.py", "50", f"--stage={stage}", "--jit-threshold=4"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert MARKS[stage] in found.stdout
    headings = re.findall(r"^# (\w+) of the loop in (\S+) \((.*?)\), (.*)$", found.stdout, re.M)
    places = [(stage, "total", str(folder / f"app.py:{line}")) for line in (7, 6)]
    assert [heading[:3] for heading in headings[:2]] == places
    for heading in headings:
        assert re.fullmatch(r"version 1, [1-9][\d,]* bytes of machine code", heading[3])
    assert "\na\n" not in found.stdout


def test_dis_of_a_program_that_becomes_not_native(folder: Path) -> None:
    found = run(["dis", "app.py", "50", "--stage=ir", "--jit-threshold=9999"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("# nothing of app.py became native")
    assert all(line.startswith("# ") for line in found.stdout.splitlines())


def test_dis_ends_as_the_program_does(folder: Path) -> None:
    found = run(["dis", "app.py", "--stage=ir", "--jit-threshold=2"], folder)
    assert found.returncode == 1
    assert found.stderr.endswith("IndexError: list index out of range\n")
    (folder / "end.py").write_text("import sys\nfor i in range(9): i + 1\nsys.exit(sys.argv[1:])\n")
    words = ["dis", "end.py", "--stage=ir", "--jit-threshold=2", "--", "--stage=x", "-y"]
    found = run(words, folder)
    assert (found.returncode, found.stderr) == (1, "['--stage=x', '-y']\n")
    assert 'function "' in found.stdout


def test_dis_writes_past_what_the_program_writes(folder: Path) -> None:
    (folder / "loud.py").write_text(
        "import os, subprocess\n"
        "os.write(1, b'loud')\n"
        "subprocess.run(['echo', 'loud'])\n"
        "for i in range(9):\n    print('loud')\n"
        "if os.fork() == 0:\n    raise SystemExit\n"
        "os.wait()\n"
    )
    found = run(["dis", "loud.py", "--stage=llvm", "--jit-threshold=99"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert "loud\n" not in found.stdout
    assert found.stdout.count("nothing of loud.py") == 1


def test_dis_of_bytecode(folder: Path) -> None:
    assert run(["compile", "app.py"], folder).returncode == 0
    found = run(["dis", "app.tbc", "50", "--stage=ir", "--jit-threshold=4"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert MARKS["ir"] in found.stdout


def test_wrong_options_of_dis(folder: Path) -> None:
    found = run(["dis", "app.py", "--stage=ir", "--jit-threshold=x"], folder)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == "tauraro dis: --jit-threshold=x is no number of iterations\n"


def test_dump(folder: Path) -> None:
    plain = run(["app.py", "50"], folder)
    found = run(["--dump=ir,llvm,asm,host", "--jit-threshold=4", "app.py", "50"], folder)
    assert (found.returncode, found.stdout) == (0, plain.stdout)
    for text in (*MARKS.values(), "# host of __main__ ("):
        assert text in found.stderr
    stages = re.findall(r"^# (\w+) of the loop in total .*app.py:6\)", found.stderr, re.M)
    assert stages == ["ir", "llvm", "asm"]


# --- choosing loops


@pytest.mark.parametrize(
    ("patterns", "native"),
    [
        (["app.py:7"], {7}),
        (["app.py:6", "app.py:14"], {6}),
        (["total"], {6, 7}),
        (["t*"], {6, 7}),
        (["*:7"], {7}),
        (["nothing"], set()),
    ],
)
def test_only(patterns: list[str], native: set[int], folder: Path) -> None:
    options = [f"--jit-only={pattern}" for pattern in patterns]
    found = run([*options, "--stats", "--jit-threshold=3", "app.py", "30"], folder)
    states = {
        int(line): state
        for line, state in re.findall(r"^    \S*app.py:(\d+) in \S+: (.*)$", found.stderr, re.M)
    }
    assert {line for line, state in states.items() if state == "native"} == native
    for line in {6, 7} - native:
        assert states[line] == f"declined: line {line}: --jit-only names other loops"


# --- stress


def test_every_guard_fails_once(folder: Path) -> None:
    plain = run(["--stats", "--jit-threshold=1", "app.py", "80"], folder)
    found = run(
        ["--stats", "--jit-threshold=1", "--jit-stress=exits", "--jit-sync", "app.py", "80"], folder
    )
    assert (found.returncode, found.stdout) == (0, plain.stdout)
    assert entries(found.stderr, 6) > entries(plain.stderr, 6)
    assert "retired" not in found.stderr


def entries(report: str, line: int) -> int:
    """How often the loop in a line was entered."""
    found = re.search(rf"app.py:{line} in .*\n.*\n +entered ([\d,]+) times?; ", report)
    assert found, report
    return int(found[1].replace(",", ""))


def test_forced_failures_are_counted() -> None:
    countdowns = Countdowns(function_with_polls(), forces=True)
    assert countdowns.forced == 0
    words = (ctypes.c_int64 * 3).from_address(countdowns.address)
    words[0] -= 1
    words[2] -= 5
    assert countdowns.forced == 2
    countdowns.begin(100)
    assert countdowns.forced == 2
    words[1] -= 1
    assert countdowns.forced == 3


def test_rounds_are_counted_and_ended() -> None:
    countdowns = Countdowns(function_with_polls(), forces=False)
    words = (ctypes.c_int64 * 3).from_address(countdowns.address)
    countdowns.begin(3)
    words[0] -= 2
    words[1] -= 1
    words[2] -= 40  # no back-edge of a loop in the frame
    assert countdowns.rounds() == {7: 3}
    assert not countdowns.has_ended
    words[0] -= 1
    assert countdowns.has_ended
    assert countdowns.forced == 0


def function_with_polls() -> Function:
    """Two back-edges of the loop at 7, and another poll."""
    function = Function("f")
    block = function.block()
    for _ in range(3):
        block.operations.append(Operation(Op.POLL, (), function.value(I1)))
    first, second, _ = (operation.result for operation in block.operations)
    assert first is not None
    assert second is not None
    function.rounds = {first.number: 7, second.number: 7}
    return function


# --- why


def test_why_of_native_loops(folder: Path) -> None:
    found = run(["why", "app.py:8", "60", "--jit-threshold=4"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    heading, *lines = found.stdout.splitlines()
    assert heading == "app.py:8"
    place = str(folder / "app.py")
    assert lines[0] == f"    {place}:6 in total: native"
    assert lines[1].startswith("      compiled in ")
    assert lines[2].startswith("      entered 1 time; left 1 x line 6: the loop has ended")
    assert f"    {place}:7 in total: native" in lines
    assert f"    {place}:14 in texts: " not in found.stdout


def test_why_of_declined_loops(folder: Path) -> None:
    (folder / "declined.py").write_text(
        "def f():\n    for i in range(9):\n        yield i\n        print(i)\n\nlist(f())\n"
    )
    found = run(["why", "declined.py:3", "--jit-threshold=4"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert re.search(r"declined.py:2 in f: declined: line \d+: \S", found.stdout)


@pytest.mark.parametrize(
    ("line", "words", "answer"),
    [
        (1, [], "line 1 is in no loop: it runs in tier 1"),
        (22, [], "a comprehension runs in tier 1"),
        (99, [], "there is no code in line 99"),
        (20, [], "never hot: it was never found running; a loop is compiled when it is found"),
        (20, ["--jit-threshold=50"], "it did not come round 50 times (--jit-threshold)"),
        (7, ["--jit-threshold=2", "--jit-only=x"], "--jit-only names other loops"),
    ],
)
def test_why_not(line: int, words: list[str], answer: str, folder: Path) -> None:
    found = run(["why", f"app.py:{line}", "2", *words], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert answer in found.stdout


def test_why_without_a_standard_output(folder: Path) -> None:
    closing = "import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", closing, *TAURARO, "why", "app.py:6", "9"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "tauraro why: can't write to the standard output: Bad file descriptor\n"


def test_why_of_a_loop_that_native_code_would_not_help(folder: Path) -> None:
    text = "found = {}\nfor i in range(300_000):\n    found[complex(i)] = [i]\n"
    (folder / "texts.py").write_text(text)
    found = run(["why", "texts.py:3"], folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert re.search(r"texts.py:2 in <module>: ", found.stdout)
    assert re.search(r"native code would not help: line \d: \S|declined: line \d: \S", found.stdout)


def test_why_ends_as_the_program_does(folder: Path) -> None:
    found = run(["why", "app.py:6"], folder)
    assert found.returncode == 1
    assert found.stderr.endswith("IndexError: list index out of range\n")
    assert found.stdout.startswith("app.py:6\n")


# --- statistics

BUSY = """\
def busy(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def strings(n):
    total = 0
    for i in range(n):
        total += len(str(i).upper())
    return total


for _ in range(3):
    busy(100_000_000)
    strings(200_000)
"""


def test_statistics(folder: Path) -> None:
    (folder / "busy.py").write_text(BUSY)
    report = run(["--stats", "busy.py"], folder).stderr
    summary = re.search(r"^  tier 2 \(native\): (.*)$", report, re.M)
    assert summary, report
    counts = r"(?:\d+ [\w ]+, )*\d+ [\w ]+; \d+ ms of compilation, [1-9][\d,]* bytes"
    assert re.fullmatch(counts, summary[1]), report
    share = re.search(r"in native code: (\d+) % of the time, ([\d.]+) of ([\d.]+) s", report)
    assert share, report
    assert 0 < float(share[2]) < float(share[3])
    assert abs(int(share[1]) - 100 * float(share[2]) / float(share[3])) < 5
    lines = re.findall(r"^ +([\d.]+) %  (\S+):(\d+)  (.*)$", report, re.M)
    shares = [float(percent) for percent, *_ in lines]
    assert 0 < len(lines) <= 10
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 101
    states = {int(number): words for _, file, number, words in lines if file.endswith("busy.py")}
    assert states[3] == "native"
    assert states.keys() & {10, 11}


def test_statistics_without_samples(folder: Path) -> None:
    report = run(["--stats", "--jit-threshold=3", "app.py", "30"], folder).stderr
    assert "where the time went was not looked at (--jit-threshold)" in report


def test_statistics_of_a_short_program(folder: Path) -> None:
    (folder / "short.py").write_text("print('short')\n")
    run(["short.py"], folder)
    report = run(["--stats", "short.py"], folder).stderr
    assert "  tier 2 (native): nothing was hot" in report or "no hot loop" in report


# --- perf


@pytest.mark.parametrize("asked", ["variable", "option"])
def test_map_for_perf(asked: str, folder: Path) -> None:
    (folder / "perf.py").write_text(
        "import os\n"
        "for i in range(9):\n    i * i\n"
        "def show():\n"
        "    path = f'/tmp/perf-{os.getpid()}.map'\n"
        "    lines = open(path, 'rb').read().splitlines() if os.path.exists(path) else []\n"
        "    lines and os.unlink(path)\n"
        "    print(*[line.decode() for line in lines if b' tauraro:' in line], flush=True)\n"
        "show()\n"
        "if os.fork() == 0:\n    show()\n    os._exit(0)\n"
        "os.wait()\n"
    )
    options = ["-X", "perf"] if asked == "option" else []
    variables = {"TAURARO_PERF_MAP": "1"} if asked == "variable" else {}
    found = run([*options, "--jit-threshold=3", "perf.py"], folder, **variables)
    assert (found.returncode, found.stderr) == (0, "")
    parent, child = found.stdout.split("\n")[:2]
    if asked == "option" and sys.version_info >= (3, 12):
        # The host runs frames in another way then, which native code cannot enter.
        assert (parent, child) == ("", "")
        return
    assert re.fullmatch(r"[0-9a-f]+ [1-9a-f][0-9a-f]* tauraro:perf.py:2", parent)
    assert child == parent
