"""Uncaught exceptions and exit statuses, as the host shows and gives them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tauraro_vm.cli.bottom import display_exception, exit_status


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Leave no trace in `sys`."""
    names = ("last_type", "last_value", "last_traceback", "last_exc")
    before = {name: vars(sys)[name] for name in names if name in vars(sys)}
    yield
    for name in names:
        vars(sys).pop(name, None)
    vars(sys).update(before)


@pytest.mark.parametrize(
    ("code", "status"),
    [(None, 0), (0, 0), (3, 3), (True, 1), (-1, 255), (256, 0), (2**40, 255)],
)
def test_statuses(code: object, status: int) -> None:
    assert exit_status(SystemExit(code)) == status


def test_status_with_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_status(SystemExit("message")) == 1
    assert exit_status(SystemExit(1, 2)) == 1
    assert capsys.readouterr().err == "message\n(1, 2)\n"


def test_default_hook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    error = ValueError("x")
    display_exception(error)
    assert capsys.readouterr().err == "ValueError: x\n"
    assert sys.last_value is error


def test_own_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *arguments: seen.append(arguments))
    error = ValueError("x")
    display_exception(error)
    assert seen == [(ValueError, error, None)]


def test_failing_hook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def hook(*arguments: object) -> None:
        raise TypeError("in hook")

    monkeypatch.setattr(sys, "excepthook", hook)
    display_exception(ValueError("x"))
    text = capsys.readouterr().err
    assert text.startswith("Error in sys.excepthook:\nTraceback (most recent call last):\n")
    assert text.endswith("TypeError: in hook\n\nOriginal exception was:\nValueError: x\n")
    assert "display_exception" not in text


def test_hook_that_exits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hook(*arguments: object) -> None:
        raise SystemExit(7)

    monkeypatch.setattr(sys, "excepthook", hook)
    with pytest.raises(SystemExit):
        display_exception(ValueError("x"))
    display_exception(ValueError("x"), may_exit=False)
    assert "SystemExit: 7" in capsys.readouterr().err


def test_no_hook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delattr(sys, "excepthook")
    display_exception(ValueError("x"))
    assert capsys.readouterr().err == "sys.excepthook is missing\nValueError: x\n"
