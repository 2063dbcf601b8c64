"""The thread that looks at frames: when it asks for the interpreter's lock, and what that shows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .load.child import run

BEGIN = """
import sys, threading, time
from tauraro_vm.tier import sampler
for name in [name for name in sys.modules if name == "selectors"]:
    del sys.modules[name]
looks = []
def look(frames, stopping):
    frames.clear()
    looks.append(sys.getswitchinterval())
    return 0.001
def wait_for(count):
    looks.clear()
    while len(looks) < count:
        time.sleep(0)
mine = sampler.Sampler(look, first=0.0)
mine.start()
"""
END = """
mine.stop()
print(sys.getswitchinterval())
"""
PARTS = {
    "others are not hurried": ("wait_for(5)\nprint(max(looks), min(looks))", "0.005 0.005"),
    "who waits for files in a loop is": (
        "import selectors\nwait_for(5)\nprint(looks[-1])",
        "1e-06",
    ),
    "not what has threads": (
        """
import selectors
wait_for(3)
done = threading.Event()
thread = threading.Thread(target=done.wait)
thread.start()
wait_for(3)
print(looks[-1])
done.set()
thread.join()
wait_for(3)
print(looks[-1])
""",
        "0.005\n1e-06",
    ),
}


@pytest.mark.parametrize("name", PARTS)
def test_lock(name: str, tmp_path: Path) -> None:
    """A program whose threads give the lock away all the time is asked for it early; it finds the
    usual time at its end."""
    code, expected = PARTS[name]
    assert run(tmp_path, BEGIN + code + END) == f"{expected}\n0.005\n"


def test_what_the_program_has_set_stays(tmp_path: Path) -> None:
    """Nothing is changed then."""
    code = "import selectors\nsys.setswitchinterval(0.25)\nwait_for(4)\nprint(set(looks))"
    assert run(tmp_path, BEGIN + code + END) == "{0.25}\n0.25\n"


def test_what_the_program_sets_later_stays(tmp_path: Path) -> None:
    """It is not taken back."""
    code = (
        "import selectors\nwait_for(4)\nsys.setswitchinterval(0.125)\nwait_for(4)\nprint(looks[-1])"
    )
    assert run(tmp_path, BEGIN + code + END) == "0.125\n0.125\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file")
def test_the_thread_is_punctual(tmp_path: Path) -> None:
    """The system ends its waits when they are over."""
    code = """
wait_for(1)
task = mine._task.rpartition("/")[2]
with open(f"/proc/{task}/timerslack_ns") as file:
    print(file.read().strip())
"""
    assert run(tmp_path, BEGIN + code + END).splitlines()[0] == "1"
