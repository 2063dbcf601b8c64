"""A fork waits for work of other threads that must not be cut in two."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator

import pytest

from tauraro_vm.tier import forking
from tauraro_vm.tier.forking import Undivided, is_forking


@pytest.fixture(autouse=True)
def threads_may_fork() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def test_a_fork_waits_for_the_work_of_other_threads() -> None:
    begun, done = threading.Event(), []

    def work() -> None:
        with Undivided(), Undivided():
            begun.set()
            while not is_forking():
                os.sched_yield()
            done.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    pid = os.fork()
    if pid == 0:
        os._exit(0 if done == ["done"] and not is_forking() and not forking._at_work else 1)
    assert done == ["done"]
    assert not is_forking()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    thread.join()


def test_the_work_of_the_thread_that_forks_is_not_waited_for() -> None:
    with Undivided():
        pid = os.fork()
        if pid == 0:
            os._exit(len(forking._at_work))
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1
    assert forking._at_work == []


def test_a_fork_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "PATIENCE", 0.01)
    begun, release = threading.Event(), threading.Event()

    def work() -> None:
        with Undivided():
            begun.set()
            release.wait()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    pid = os.fork()
    if pid == 0:
        os._exit(len(forking._at_work))
    release.set()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    thread.join()
    assert forking._at_work == []
