"""Native loops among all else a process does: signals, threads, fork, tracing, object lifetimes.

The loops are found as a user's are, by sampling. The programs print nothing that depends on when.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import Run, run_host, run_program, run_source

ALARM = """
import signal
class Late(Exception): pass
def handler(number, frame): raise Late(frame.f_code.co_name)
signal.signal(signal.SIGALRM, handler)
def spin():
    i = total = 0
    while True:
        i += 1
        total ^= i
for k in range(10):
    signal.setitimer(signal.ITIMER_REAL, 0.02 + 0.015 * k)
    try:
        spin()
    except Late as error:
        entry, names = error.__traceback__, []
        while entry is not None:
            names.append(entry.tb_frame.f_code.co_name)
            entry = entry.tb_next
        print("late", error, names)
"""

INTERRUPT = """
import _thread, signal, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
def spin():
    i = 0
    while True:
        i += 1
for k in range(5):
    threading.Timer(0.05 + 0.1 * k, _thread.interrupt_main).start()
    try:
        spin()
    except KeyboardInterrupt as error:
        print("interrupted in", error.__traceback__.tb_next.tb_frame.f_code.co_name)
"""

THREADS = """
import threading, time
ticks = []
done = threading.Event()
def tick():
    while not done.is_set():
        ticks.append(1)
        time.sleep(0.005)
def work(n):
    t = 0
    for i in range(n):
        t = (t * 3 + i) & 0xFFFF
    return t
ticker = threading.Thread(target=tick)
ticker.start()
while len(ticks) < 60:
    work(20_000_000)
done.set()
ticker.join()
results = []
def job(k):
    results.append((k, work(1_000_000 + k)))
jobs = [threading.Thread(target=job, args=(k,)) for k in range(4)]
for each in jobs: each.start()
for each in jobs: each.join()
print(sorted(results))
"""

FORK = """
import os, warnings
warnings.simplefilter("error")
def work(n):
    t = 0
    for i in range(n):
        t += i & 7
        if i == n // 2:
            pid = os.fork()
            if pid == 0:
                u = 0
                for j in range(2_000_000):
                    u += j & 3
                print("child", u, flush=True)
                os._exit(0)
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    return t
for k in range(4):
    print(work(1_500_000), flush=True)
"""

FORK_BESIDE_THE_SAMPLER = """
import os, time
def wait():
    end = time.perf_counter() + 0.05
    while time.perf_counter() < end: pass
for _ in range(3):
    wait()
    if os.fork() == 0:
        wait()
        os._exit(0)
    print(os.wait()[1])
"""

TRACING = """
import sys
lines = []
def tracer(frame, event, arg):
    if frame.f_code.co_name == "work" and event == "line":
        lines.append(frame.f_lineno - frame.f_code.co_firstlineno)
    return tracer
def start(frame):
    sys.settrace(tracer)
    frame.f_trace = tracer
def work(n, at):
    t = 0
    for i in range(n):
        t += i & 3
        if i == at:
            start(sys._getframe())
    return t
print(work(3_000_000, -1))
print(work(3_000_000, 2_999_997))
sys.settrace(None)
print(lines)
lines.clear()
print(work(1_000_000, 999_990))
sys.settrace(None)
print(lines)
"""

LIFETIMES = """
import gc
gc.disable()
class Noisy:
    def __init__(self, n): self.n = n
    def __del__(self): print("gone", self.n)
def work(n, thing, data):
    t = 0
    seen = [thing]
    for i in data:
        t += i & 3
    return t
for k in range(6):
    print(work(0, Noisy(k), range(300_000)), "done", k)
    print(work(0, Noisy(-k), [k] * 300_000), "done", k)
    print(work(0, Noisy(-k), (k,) * 300_000), "done", k)
def loop(n):
    noisy = Noisy(n)
    while n:
        n -= 1
    del noisy
    print("end")
for k in range(4):
    loop(400_000)
"""

PROGRAMS = {
    "alarm": ALARM,
    "interrupt": INTERRUPT,
    "threads": THREADS,
    "fork": FORK,
    "fork_beside_the_sampler": FORK_BESIDE_THE_SAMPLER,
    "tracing": TRACING,
    "lifetimes": LIFETIMES,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_that_is_sampled(name: str, tmp_path: Path) -> None:
    if name.startswith("fork") and not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    path = tmp_path / f"{name}.py"
    path.write_text(PROGRAMS[name], encoding="utf-8")
    assert without_count(run_program(path)) == without_count(run_host(path))


def without_count(run: Run) -> tuple[str, str, int]:
    """What must be equal: how many loops were native may depend on the machine's load."""
    return run.output, run.errors, run.status


def test_versions_for_several_types(tmp_path: Path) -> None:
    """A loop over ranges, lists and tuples, of ints and floats: no call is left to tier 1."""
    path = tmp_path / "versions.py"
    path.write_text(
        """
def total(data):
    t = 0
    for x in data:
        t = t + x
    return t
kinds = [range(9000), [1] * 9000, (2,) * 9000, [0.5] * 9000]
for k in range(400):
    result = total(kinds[k % 3])
print(result)
for k in range(400):
    result = total(kinds[k % 4])
print(result)
""",
        encoding="utf-8",
    )
    found = run_program(path)
    assert without_count(found) == without_count(run_host(path))
    assert found.native >= 1


def test_host_whose_layout_is_not_known(tmp_path: Path) -> None:
    """Where a probe fails loops are found, but none is entered, and nothing is said of it."""
    path = tmp_path / "program.py"
    path.write_text("n = 0\nfor i in range(2_000_000):\n    n += i & 1\nprint(n)\n")
    found = run_program(path, environment={"TAURARO_LAYOUT": "off"})
    assert (found.output, found.errors, found.status) == ("1000000\n", "", 0)
    assert found.native == 0


def test_what_the_compiler_imports_may_run_in_the_virtual_machine(tmp_path: Path) -> None:
    """With a threshold the compiler is imported when the first module is loaded; what it needs of
    the standard library is loaded in the virtual machine meanwhile."""
    source = "print(sum(i & 3 for i in range(100)))\n"
    run = run_source(source, tmp_path, "--vm-modules=*", "--jit-threshold=2")
    assert (run.output, run.errors, run.status) == ("150\n", "", 0)


def test_loops_on_other_threads_only(tmp_path: Path) -> None:
    path = tmp_path / "workers.py"
    path.write_text(
        """
import threading
def work(n):
    s = 0
    for i in range(n):
        s += i % 7
    results.append(s)
results = []
for _ in range(2):
    worker = threading.Thread(target=work, args=(12_000_000,))
    worker.start()
    worker.join()
work(3_000_000)
print(results)
""",
        encoding="utf-8",
    )
    found = run_program(path)
    assert without_count(found) == without_count(run_host(path))
    assert found.native == 1
