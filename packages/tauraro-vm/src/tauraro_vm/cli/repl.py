"""The interactive interpreter.

In: lines, from a terminal with history and completion, or from a pipe (-i). Out: statements that
run in the virtual machine in the namespace of `__main__`, and the exit status.

It looks and ends like CPython's: prompts, `_`, PYTHONSTARTUP, Ctrl-C, Ctrl-D, tracebacks.
"""

from __future__ import annotations

import os
import sys

from .. import __version__
from ..load.code import (
    HostCompiles,
    code_of_compiled,
    compile_text,
    load_source,
    loaded,
    read_source,
    source_of_bytes,
)
from ..load.hidden import hide_frame
from ..load.isolation import import_part
from ..trace import Fallback, statistics
from .bottom import display_exception, exit_status, leave

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

    from ..load.code import Settings

_ONLY_TREE = 0x400  # PyCF_ONLY_AST
_INCOMPLETE = 0x4000  # PyCF_ALLOW_INCOMPLETE_INPUT
_NO_DEDENT = 0x200  # PyCF_DONT_IMPLY_DEDENT
_COMPILE_ERRORS = (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError)


@hide_frame
def start_console(settings: Settings, namespace: dict[str, Any]) -> None:
    """An interactive session: banner, PYTHONSTARTUP, statements. Ends the process."""
    _import_readline(settings)
    if not sys.flags.quiet:
        _print_banner()
    console = Console(settings, namespace)
    if not sys.flags.ignore_environment:
        console.run_startup_file(os.environ.get("PYTHONSTARTUP", ""))
    _set_up_completion()
    leave(console.run())


@hide_frame
def continue_console(settings: Settings, namespace: dict[str, Any]) -> int:
    """An interactive session behind a program, in its namespace; the exit status."""
    _import_readline(settings)
    _set_up_completion()
    return Console(settings, namespace).run()


def _print_banner() -> None:
    print(
        f"Tauraro {__version__} on Python {sys.version} on {sys.platform}",
        file=sys.stderr,
    )
    if not sys.flags.no_site:
        print(
            'Type "help", "copyright", "credits" or "license" for more information.',
            file=sys.stderr,
        )


def _import_readline(settings: Settings) -> None:
    """Line editing at a terminal, where the host has it."""
    if not sys.flags.isolated and os.isatty(0):
        for name in ("readline", "rlcompleter"):
            try:
                import_part(name, settings.policy)
            except ImportError:
                return


def _set_up_completion() -> None:
    """What `site` has prepared for interactive use: completion, and the file of the history."""
    hook = getattr(sys, "__interactivehook__", None)
    if sys.flags.isolated or not os.isatty(0) or hook is None:
        return
    # Since 3.13 it prepares for another editor than readline, unless this is set.
    choice = "PYTHON_BASIC_REPL"
    before = os.environ.get(choice)
    os.environ[choice] = "1"
    try:
        hook()
    except Exception as error:
        print("Failed calling sys.__interactivehook__", file=sys.stderr)
        display_exception(error)
    if before is None:
        del os.environ[choice]
    else:
        os.environ[choice] = before


class Console:
    """Reads, compiles and executes statements. `run` returns the exit status."""

    def __init__(self, settings: Settings, namespace: dict[str, Any]) -> None:
        self._settings = settings
        self._namespace = namespace
        self._is_terminal = os.isatty(0)
        self._future = 0
        self._count = 0
        if self._is_terminal and not hasattr(sys.stdin, "fileno"):
            self._is_terminal = False

    @hide_frame
    def run(self) -> int:
        """Until the end of input, or SystemExit."""
        if not hasattr(sys, "ps1"):
            sys.ps1 = ">>> "
        if not hasattr(sys, "ps2"):
            sys.ps2 = "... "
        while True:
            try:
                code = self._read_statement()
                if code is None:
                    return 0
                self._execute(code)
            except SystemExit as error:
                return exit_status(error)
            except KeyboardInterrupt:
                self._say("\nKeyboardInterrupt\n")

    def run_startup_file(self, path: str) -> None:
        """Execute the file that PYTHONSTARTUP names, in the session's namespace."""
        if not path:
            return
        try:
            source = source_of_bytes("__main__", path, read_source(path))
        except OSError as error:
            self._say("Could not open PYTHONSTARTUP\n")
            display_exception(error.with_traceback(None))
            return
        try:
            code = load_source(source, self._settings)
        except HostCompiles as reason:
            try:
                code = compile(source.content, path, "exec", dont_inherit=True)
            except _COMPILE_ERRORS as error:
                display_exception(error.with_traceback(None))
                return
            statistics.fallbacks.append(Fallback("__main__", path, str(reason)))
        self._namespace["__file__"] = path
        self._execute(code)
        self._namespace.pop("__file__", None)

    @hide_frame
    def _execute(self, code: CodeType) -> None:
        """Execute a statement; what it raises is shown. Raises SystemExit."""
        failure: BaseException | None = None
        try:
            exec(code, self._namespace)
        except SystemExit:
            raise
        except BaseException as error:
            failure = error
        if failure is not None:
            display_exception(failure)
        for stream in (sys.stderr, sys.stdout):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                # As CPython: the next statement may mend the stream.
                continue

    def _read_statement(self) -> CodeType | None:
        """The code of the next statement; None at the end of input. Errors are shown."""
        text = ""
        while True:
            line = self._read_line(str(sys.ps2 if text else sys.ps1))
            at_end = line is None
            if at_end and not text:
                return None
            text += "\n" if line is None and not text.endswith("\n") else line or ""
            if not text.endswith("\n"):
                continue  # the end of the input will show whether this is all
            if text.count("\n") == 1 and not at_end and _is_blank(text):
                text = ""
                continue
            try:
                if self._is_complete(text, at_end):
                    return self._compile(text)
            except _COMPILE_ERRORS as error:
                display_exception(error.with_traceback(None))
                text = ""

    def _read_line(self, prompt: str) -> str | None:
        """One line with its end; None at the end of input. Raises KeyboardInterrupt."""
        if self._is_terminal:
            try:
                return input(prompt) + "\n"
            except EOFError:
                self._say("\n")
                return None
        self._say(prompt)
        line = sys.stdin.readline()
        if not line:
            self._say("\n")
            return None
        return line

    def _say(self, text: str) -> None:
        if sys.stdout is not None:
            sys.stdout.flush()
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()

    def _is_complete(self, text: str, at_end: bool) -> bool:
        """Whether `text` is a whole statement. Raises what a parser finds wrong with it."""
        warnings: Any = import_part("warnings", self._settings.policy)
        with warnings.catch_warnings(module=warnings):
            warnings.simplefilter("ignore")
            # Without its last line end, a block goes on until there is an empty line.
            if self._accepts(text.removesuffix("\n")):
                return True
            if not at_end and self._accepts(text, or_begins=True):
                return False
            self._parse(text, self._future)
        return True

    def _accepts(self, text: str, or_begins: bool = False) -> bool:
        """Whether `text` can be parsed, or (asked for) is how something that can may begin."""
        try:
            self._parse(text, _NO_DEDENT | _INCOMPLETE | self._future)
        except SyntaxError as error:
            return or_begins and "incomplete input" in str(error.msg)
        return True

    def _parse(self, text: str, flags: int) -> None:
        compile(text, "<stdin>", "single", flags | _ONLY_TREE, dont_inherit=True)

    def _compile(self, text: str) -> CodeType:
        """The statement's code, from the virtual machine where that can be."""
        filename = self._next_filename()
        fallback: Fallback | None = None
        try:
            if self._future:
                raise HostCompiles("a __future__ import of an earlier statement is in force")
            compiled = compile_text(text, filename, self._settings, "single")
            code = code_of_compiled(compiled, filename, self._settings)
        except HostCompiles as reason:
            fallback = Fallback("__main__", "<stdin>", str(reason))
        else:
            bytecode = compiled.bytecode
            loaded("__main__", filename, "source", code, lambda: bytecode, self._settings)
        if fallback is not None:
            code = self._compile_by_host(text, filename)
            statistics.fallbacks.append(fallback)
        if filename != "<stdin>":
            linecache: Any = import_part("linecache", self._settings.policy)
            linecache._register_code(filename, text, "<stdin>")
        self._future |= code.co_flags & _future_flags()
        return code

    def _compile_by_host(self, text: str, filename: str) -> CodeType:
        try:
            code: CodeType = compile(text, filename, "single", self._future, dont_inherit=True)
            return code
        except SyntaxError as error:
            if sys.version_info >= (3, 13) and error.text is None and error.lineno is not None:
                # There is no file to show the line of.
                error.text = text.split("\n")[error.lineno - 1] + "\n"
            raise

    def _next_filename(self) -> str:
        """The statement's file; since 3.13 each has its own, and tracebacks show its lines."""
        if sys.version_info >= (3, 13):
            self._count += 1
            return f"<stdin>-{self._count - 1}"
        else:
            return "<stdin>"


def _is_blank(line: str) -> bool:
    """Whether a line has nothing to execute."""
    return not line.strip() or line.lstrip().startswith("#")


def _future_flags() -> int:
    """The bits of a code object's flags that `from __future__ import ...` sets."""
    future = sys.modules.get("__future__")
    if future is None:
        return 0
    flags = 0
    for name in future.all_feature_names:
        flags |= getattr(future, name).compiler_flag
    return flags
