"""Running the program at the bottom of the stack, and ending the process as CPython would.

In: a `Program`. Out: it has run and the process has ended; `run_program` does not return.

A program sees its own stack: `sys._getframe().f_back` is None in its module, `inspect.stack()` ends
there, a traceback begins there. The frames that led to the command must therefore be gone, while
somebody has to wait for the program's exceptions. So the command ends, by an exception, and the
host calls `sys.excepthook`: that is `_bottom`, the only frame on the stack, and a hidden one.

`_bottom` leaves by SystemExit, which the host turns into the exit. Only if the program was
interrupted does it return: the host then ends the process by SIGINT, as it remembers that the text
it executed last has ended by KeyboardInterrupt.

Where other Python frames lie below the command (a profiler or a debugger runs it), the program is
run on top of them.
"""

from __future__ import annotations

import atexit
import os
import sys

from ..load.hidden import hide_frame
from .depth import uncount_frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType
    from typing import NoReturn, TextIO

_LAST = ("last_type", "last_value", "last_traceback", "last_exc")


class HandedOver(BaseException):
    """Ends the command's own module. Nobody sees it."""


class Program:
    """What to run. `function(*arguments)` executes it.

    `is_file` tells that the host would have run it as a file: it then flushes the standard streams
    and forgets the `__file__` of `__main__` at the end. `console` is called then: it goes on with
    an interactive interpreter and gives the exit status, or None if none is wanted.
    """

    __slots__ = ("arguments", "console", "function", "is_file")

    def __init__(
        self,
        function: Callable[..., object],
        arguments: tuple[object, ...] = (),
        is_file: bool = False,
        console: Callable[[], int | None] | None = None,
    ) -> None:
        self.function = function
        self.arguments = arguments
        self.is_file = is_file
        self.console = console


_program: Program | None = None
_interrupted = False
_hook = sys.excepthook
_judge: Callable[[], str] = str


def run_program(program: Program) -> NoReturn:
    """Run `program` at the bottom of the stack and end the process."""
    global _program, _hook
    _program = program
    _hook = sys.excepthook
    if _is_at_bottom(sys._getframe(1)):
        uncount_frame()
        sys.excepthook = _bottom
        raise HandedOver
    _bottom(HandedOver, None, None)
    raise SystemExit(130)


def _is_at_bottom(frame: FrameType | None) -> bool:
    """Whether only the command's frames, its script's and those of `python -m` are on the stack."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name not in ("__main__", "runpy") and not name.startswith("tauraro_vm."):
            return False
        frame = frame.f_back
    return True


@hide_frame
def _bottom(
    kind: type[BaseException], reason: BaseException | None, traceback: TracebackType | None
) -> None:
    """`sys.excepthook`, once: run the program. Raises SystemExit, or returns to die by SIGINT."""
    del kind, reason, traceback
    sys.excepthook = _hook
    for name in _LAST:
        vars(sys).pop(name, None)
    program = _take_program()
    error: BaseException | None = None
    function, arguments = program.function, program.arguments
    program.function, program.arguments = _no_program, ()
    try:
        function(*arguments)
    except BaseException as raised:
        error = raised
    del function, arguments
    if program.is_file:
        _flush_streams()
    complaint = _judge()
    if complaint:
        _write_error(f"{complaint}\n")
        if error is None or (isinstance(error, SystemExit) and not error.code):
            error = SystemExit(1)
    if isinstance(error, SystemExit) and not sys.flags.inspect:
        try:
            raise error
        finally:
            del error
    status = 0
    if error is not None:
        status = 1
        display_exception(error, may_exit=not sys.flags.inspect)
    if program.is_file:
        _forget_file()
    interrupted = type(error) is KeyboardInterrupt
    del error
    answer = None if program.console is None else program.console()
    if answer is None and interrupted:
        global _interrupted
        _interrupted = True
        return
    leave(status if answer is None else answer)


def judge_at_end(judge: Callable[[], str]) -> None:
    """When the program is done, `judge` gives a text to write on stderr, or nothing. With a text
    the exit status is not 0."""
    global _judge
    _judge = judge


def prepare_end() -> None:
    """Called before anything else registers functions for the end of the process."""
    atexit.register(_remember_interrupt)


def _remember_interrupt() -> None:
    """Let the text that the host executed last be one that KeyboardInterrupt has ended."""
    if _interrupted:
        try:
            exec("raise KeyboardInterrupt", {})
        except KeyboardInterrupt:
            return


def _take_program() -> Program:
    global _program
    program, _program = _program, None
    assert program is not None
    return program


def _no_program() -> None:
    """Stands where the program's function was, so that nothing keeps the program alive."""


def leave(status: int) -> NoReturn:
    """End the process through the host's own finalization."""
    if sys.flags.inspect:
        # SystemExit would be shown, and the host's own interactive interpreter started.
        import ctypes

        ctypes.pythonapi.Py_Exit(ctypes.c_int(status))
    raise SystemExit(status)


def exit_status(error: SystemExit) -> int:
    """The status that the host would exit with; prints the message there may be."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF if -0x8000_0000 <= code <= 0x7FFF_FFFF else 0xFF
    _flush_streams()
    print(code, file=sys.stderr)
    return 1


@hide_frame
def display_exception(error: BaseException, may_exit: bool = True) -> None:
    """Show an uncaught exception as the host does: by `sys.excepthook`, whatever that does.

    Raises the SystemExit that the hook may raise, if it may; else that is an error of the hook.
    """
    kind, traceback = type(error), error.__traceback__
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, traceback
    if sys.version_info >= (3, 12):
        sys.last_exc = error
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        _write_error("sys.excepthook is missing\n")
        _display_plainly(error)
        return
    failure: BaseException | None = None
    try:
        hook(kind, error, traceback)
    except BaseException as raised:
        failure = raised
    if isinstance(failure, SystemExit) and may_exit:
        raise failure
    if failure is not None:
        _write_error("Error in sys.excepthook:\n")
        _display_plainly(failure)
        _write_error("\nOriginal exception was:\n")
        _display_plainly(error)


def _display_plainly(error: BaseException) -> None:
    try:
        sys.__excepthook__(type(error), error, error.__traceback__)
    except Exception:
        # The host, too, gives up on a stream that cannot be written.
        return


def _write_error(text: str) -> None:
    """To `sys.stderr`; if that is missing or broken, past it."""
    stream: TextIO | None = getattr(sys, "stderr", None)
    try:
        if stream is not None:
            stream.write(text)
            return
    except Exception:
        stream = None
    try:
        os.write(2, text.encode())
    except OSError:
        return  # nobody is there to read it


def _flush_streams() -> None:
    """As the host at the end of a file: errors of a stream do not matter here."""
    for name in ("stderr", "stdout"):
        try:
            getattr(sys, name).flush()
        except Exception:
            # What cannot be flushed now is reported when the process ends.
            continue


def _forget_file() -> None:
    """The host removes these two names when the main file has ended."""
    namespace = vars(sys.modules["__main__"])
    for name in ("__file__", "__cached__"):
        namespace.pop(name, None)


@hide_frame
def raise_error(error: BaseException) -> NoReturn:
    """The program of a source that cannot be compiled: fails with `error`, in no visible frame."""
    raise error
