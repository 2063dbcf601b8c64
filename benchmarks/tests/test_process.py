"""Real processes: what is reported of them, and that none outlives its time."""

import os
import sys
from pathlib import Path

from benchrunner.process import Launch, execute

PLENTY = 60.0


def launch(code: str, directory: Path, **variables: str) -> Launch:
    return Launch((sys.executable, "-c", code), {**os.environ, **variables}, directory)


def test_output_exit_code_and_surroundings(tmp_path: Path) -> None:
    code = (
        "import os, sys; print(os.getcwd(), os.environ['MARK'], sys.stdin.read() == '');"
        "print('to stderr', file=sys.stderr); sys.exit(3)"
    )
    outcome = execute(launch(code, tmp_path, MARK="x"), PLENTY)
    assert outcome.stdout.decode() == f"{tmp_path.resolve()} x True\n"
    assert outcome.stderr == b"to stderr\n"
    assert (outcome.exit_code, outcome.timed_out) == (3, False)
    assert outcome.wall > 0
    assert outcome.cpu > 0


def test_death_by_signal_is_a_negative_exit_code(tmp_path: Path) -> None:
    outcome = execute(
        launch("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", tmp_path), 60
    )
    assert outcome.exit_code == -11


def test_much_output_does_not_block(tmp_path: Path) -> None:
    outcome = execute(launch("print('x' * 1_000_000)", tmp_path), PLENTY)
    assert len(outcome.stdout) == 1_000_001


def test_cpu_time_holds_that_of_children(tmp_path: Path) -> None:
    """The parent's own time is printed by itself; the kernel's sum for both is never below it."""
    code = (
        "import os, subprocess, sys;"
        "subprocess.run([sys.executable, '-c', 'sum(range(10**6))'], check=True);"
        "t = os.times(); print(t.children_user + t.children_system + t.user + t.system)"
    )
    outcome = execute(launch(code, tmp_path), PLENTY)
    tick = 2 / os.sysconf("SC_CLK_TCK")
    assert outcome.cpu >= float(outcome.stdout) - tick


def test_a_process_without_end_is_killed_with_its_children(tmp_path: Path) -> None:
    """Parent and child hold the write end of a pipe: it ends only when both are dead."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    code = "import os, signal; os.open('pipe', os.O_WRONLY); os.fork(); signal.pause()"
    outcome = execute(launch(code, tmp_path), 0.5)
    assert outcome.timed_out
    assert outcome.exit_code == -9
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_a_command_that_cannot_start(tmp_path: Path) -> None:
    outcome = execute(Launch((str(tmp_path / "nothing"),), {}, tmp_path), PLENTY)
    assert outcome.exit_code == 127
    assert b"nothing" in outcome.stderr
