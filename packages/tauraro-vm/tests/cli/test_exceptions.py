"""Uncaught exceptions and exit statuses, as the host shows and gives them."""

from __future__ import annotations

import io
import sys

import pytest

from tauraro_vm.cli.bottom import display_exception, exit_status


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        monkeypatch.setattr(sys, name, None, raising=False)


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


@pytest.mark.parametrize(
    ("code", "status"),
    [(None, 0), (0, 0), (3, 3), (True, 1), (-1, 255), (256, 0), (2**40, 255)],
)
def test_statuses(code: object, status: int) -> None:
    assert exit_status(SystemExit(code)) == status


def test_status_with_a_message(stderr: io.StringIO) -> None:
    assert exit_status(SystemExit("message")) == 1
    assert exit_status(SystemExit(1, 2)) == 1
    assert stderr.getvalue() == "message\n(1, 2)\n"


def test_default_hook(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    error = ValueError("x")
    display_exception(error)
    assert stderr.getvalue() == "ValueError: x\n"
    assert sys.last_value is error


def test_own_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *arguments: seen.append(arguments))
    error = ValueError("x")
    display_exception(error)
    assert seen == [(ValueError, error, None)]


def test_failing_hook(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> None:
    def hook(*arguments: object) -> None:
        raise TypeError("in hook")

    monkeypatch.setattr(sys, "excepthook", hook)
    display_exception(ValueError("x"))
    text = stderr.getvalue()
    assert text.startswith("Error in sys.excepthook:\nTraceback (most recent call last):\n")
    assert text.endswith("TypeError: in hook\n\nOriginal exception was:\nValueError: x\n")
    assert "display_exception" not in text


def test_hook_that_exits(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> None:
    def hook(*arguments: object) -> None:
        raise SystemExit(7)

    monkeypatch.setattr(sys, "excepthook", hook)
    with pytest.raises(SystemExit):
        display_exception(ValueError("x"))
    display_exception(ValueError("x"), may_exit=False)
    assert "SystemExit: 7" in stderr.getvalue()


def test_no_hook(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO) -> None:
    monkeypatch.delattr(sys, "excepthook")
    display_exception(ValueError("x"))
    assert stderr.getvalue() == "sys.excepthook is missing\nValueError: x\n"
