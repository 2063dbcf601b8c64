"""The interactive interpreter: from a pipe beside CPython's, and at a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from .pair import TAURARO, clean_environment, compare, run_python, run_tauraro

SESSIONS = (
    "x = 5\nx\ndef f():\n    return 1\n\nf()\n1/0\nprint('hi')\nif x:\n    print(2)\n\n",
    "def f(:\n1 +\n)\n5\n",
    "if 1:\n  print(1)\nelse:\n  print(2)\n\n",
    "if 1:\n  print(1)\n print(2)\n\n7\n",
    'x = """a\nb"""\nx\n# comment\n\n  \nfor i in 1,2: i\n\nclass A:\n  pass\n\nA.__name__\n',
    "from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n",
    "raise KeyboardInterrupt\n1\n",
    "import sys\nsys.ps1 = '? '\n_\n5\n_\nNone\n_\nsys.last_value\nsys.displayhook = print\n8\n",
    "import sys\nsys.excepthook = lambda *a: print('hook', a[0])\n1/0\n",
    "raise SystemExit\n",
    "raise SystemExit('bye')\n",
    "import sys; sys.exit(9)\n1\n",
    "  x\nx = (\n1,\n2)\nx\n@dec\ndef f(): pass\n\n",
    "try:\n  1/0\nexcept E:\n  pass\n\nx\n",
    "async def f(): pass\n\nf.__name__\nlambda: (yield)\nreturn 1\nyield\n",
    "__name__\n__file__\nsorted(globals())\n",
    "x = 1; y = 2; x; y\nx = [\n",
    "if 1:\n  5",
    "5",
    "import inspect, sys\nlen(inspect.stack())\nsys._getframe().f_back\n",
    "",
)


@pytest.mark.parametrize("text", SESSIONS, ids=range(len(SESSIONS)))
def test_session_through_a_pipe(text: str, programs: Path) -> None:
    compare(["-i", "-q"], programs, text)


PROGRAMS = (
    ["fail.py"],
    ["-c", "x = 1"],
    ["-c", "import sys; x = 2; sys.exit(3)"],
    ["-c", "1/0"],
    ["-m", "package.sibling"],
    ["exit_hook.py"],
    ["plain_folder"],
)


@pytest.mark.parametrize("words", PROGRAMS, ids=" ".join)
def test_session_behind_a_program(words: list[str], programs: Path) -> None:
    text = "'x' in globals()\n__name__\nimport sys\nhasattr(sys, 'last_value')\n"
    compare(["-i", *words], programs, text)
    compare(["-i", *words], programs, text + "sys.exit(4)\n")


def test_program_asks_for_a_session(programs: Path) -> None:
    text = "import os; os.environ['PYTHONINSPECT'] = '1'; x = 3"
    compare(["-c", text], programs, "x\n")


def test_exit_with_a_session_in_mind(programs: Path) -> None:
    """Without a terminal there is no session, but SystemExit is shown."""
    compare(["-c", "raise SystemExit(3)"], programs, "1\n", PYTHONINSPECT="1")


def test_banner_names_both(programs: Path) -> None:
    banner = run_tauraro(["-i"], programs).stderr
    host = run_python(["-i"], programs).stderr
    first, _, rest = banner.partition("\n")
    assert re.fullmatch(r"Tauraro 0\.1\.0 on Python 3\.\d+\.\d+ .* on \w+", first)
    assert rest == host.partition("\n")[2]


def test_statements_run_in_each_tier(programs: Path) -> None:
    text = "def f(x):\n    return [i * x for i in range(3)]\n\nf(2)\n"
    expected = run_python(["-i", "-q"], programs, text)
    for tier in ("host", "interp"):
        assert run_tauraro([f"--tier={tier}", "-i", "-q"], programs, text) == expected


def _take_terminal() -> None:
    """In the child: let the terminal's keys send signals to it."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """The command at a pseudo-terminal."""

    def __init__(self, words: list[str], folder: Path, **variables: str) -> None:
        self._unread = b""
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [TAURARO, *words],
            cwd=folder,
            env=clean_environment(folder, **({"TERM": "dumb"} | variables)),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=_take_terminal,
        )
        os.close(slave)

    def read_until(self, text: str) -> str:
        """What it writes, up to and with `text`."""
        wanted = text.encode()
        while wanted not in self._unread and self._read():
            pass
        before, found, self._unread = self._unread.partition(wanted)
        assert found, f"{text!r} is not in {before!r}"
        return (before + found).decode()

    def _read(self) -> bool:
        """Wait for more output; False if there is none for long, or the other side has closed."""
        ready, _, _ = select.select([self._master], [], [], 60)
        try:
            data = os.read(self._master, 4096) if ready else b""
        except OSError:
            return False
        self._unread += data
        return bool(data)

    def type(self, text: str, until: str) -> str:
        """Type `text`, and read until it shows `until`."""
        os.write(self._master, text.encode())
        return self.read_until(until)

    def close(self) -> int:
        """Wait for the end; the exit status."""
        while self._read():
            pass
        os.close(self._master)
        return self.process.wait(60)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    terminal = Terminal([], tmp_path)
    banner = terminal.read_until(">>> ")
    assert "Tauraro 0.1.0 on Python" in banner
    return terminal


def test_terminal_session(terminal: Terminal) -> None:
    assert "42" in terminal.type("6 * 7\n", "42\r\n>>> ")
    assert "... " in terminal.type("def f(x):\n", "... ")
    terminal.type("    return x / 0\n", "... ")
    terminal.type("\n", ">>> ")
    # The prompt too: a key that comes before it meets a terminal that still edits lines itself.
    shown = terminal.type("f(1)\n", "\n>>> ")
    assert "division by zero" in shown
    assert 'File "<stdin>", line 1, in <module>' in shown
    assert "tauraro_vm" not in shown
    terminal.type("\x04", "\n")
    assert terminal.close() == 0


def test_interrupt_at_the_prompt(terminal: Terminal) -> None:
    terminal.type("x = 12", "x = 12")
    # With a line end: CPython's readline loop, if it was not yet waiting for a key, sees the signal
    # when the next key is pressed.
    terminal.type("\x03\n", "KeyboardInterrupt")
    terminal.type("y\n", "NameError")
    terminal.type("if 1:\n", "... ")
    terminal.type("\x03\n", "KeyboardInterrupt")
    terminal.read_until(">>> ")
    terminal.type("import sys; sys.exit(3)\n", "\n")
    assert terminal.close() == 3


def test_interrupt_of_a_statement(terminal: Terminal) -> None:
    terminal.type("print('go'); [None for _ in iter(int, 1)]\n", "go\r\n")
    os.killpg(terminal.process.pid, signal.SIGINT)
    terminal.read_until("KeyboardInterrupt")
    terminal.type("exit(0)\n", "\n")
    assert terminal.close() == 0


@pytest.mark.skipif(
    subprocess.run([sys.executable, "-c", "import readline"], capture_output=True).returncode != 0,
    reason="this interpreter was built without readline",
)
def test_history_and_completion(tmp_path: Path) -> None:
    terminal = Terminal(["-q"], tmp_path, TERM="vt100")
    terminal.read_until(">>> ")
    terminal.type("'fir' + 'st'\n", "'first'")
    terminal.read_until(">>> ")
    terminal.type("\x1b[A\n", "'first'")  # the line above
    terminal.read_until(">>> ")
    terminal.type("import sys\n", ">>> ")
    terminal.type("sys.getrecursionlim\t\n", "1000")
    terminal.type("exit()\n", "\n")
    assert terminal.close() == 0
    assert "'fir' + 'st'" in (tmp_path / ".python_history").read_text()


def test_startup_file(tmp_path: Path) -> None:
    startup = tmp_path / "startup.py"
    startup.write_text("greeting = 'hello ' + __file__[-10:]\n1/0\n")
    terminal = Terminal(["-q"], tmp_path, PYTHONSTARTUP=str(startup))
    shown = terminal.read_until(">>> ")
    assert "ZeroDivisionError" in shown
    terminal.type("greeting\n", "'hello startup.py'")
    terminal.type("__file__\n", "NameError")
    terminal.type("exit()\n", "\n")
    assert terminal.close() == 0


def test_missing_startup_file(tmp_path: Path) -> None:
    terminal = Terminal(["-q"], tmp_path, PYTHONSTARTUP="nowhere.py")
    assert "Could not open PYTHONSTARTUP\r\nFileNotFoundError" in terminal.read_until(">>> ")
    terminal.type("exit()\n", "\n")
    assert terminal.close() == 0


def test_session_behind_a_program_at_a_terminal(programs: Path) -> None:
    terminal = Terminal(["-i", "fail.py"], programs)
    shown = terminal.read_until(">>> ")
    assert "KeyError: 0" in shown
    assert "Tauraro" not in shown
    terminal.type("outer\n", "<function outer")
    terminal.type("exit(5)\n", "\n")
    assert terminal.close() == 5
