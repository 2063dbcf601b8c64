"""Preparing the program: `__main__`, `sys.argv`, `sys.path[0]`, and the code to run.

In: `Options`. Out: `bottom.run_program` runs the program.

Whatever CPython would say about a program that cannot be opened or compiled, CPython says: the
process is handed to it before anything of the program has run.
"""

from __future__ import annotations

import _frozen_importlib_external as _external
import os
import stat
import sys
from _frozen_importlib import BuiltinImporter

from ..load.code import (
    HostCompiles,
    load_source,
    read_source,
    source_of_bytes,
    source_of_text,
)
from ..load.importer import install_importer
from ..load.isolation import import_part
from ..load.tbc import TbcLoader, load_tbc
from ..trace import Fallback, statistics
from .bottom import Program, prepare_end, raise_error, run_program
from .restart import leave_to_host
from .settings import make_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any, NoReturn

    from ..load.code import Settings, Source
    from .options import Options


def run(options: Options, command: str) -> NoReturn:
    """Run the program. `command` is what the command was called by, for `sys.orig_argv`."""
    prepare_end()
    settings = make_settings(options)
    collector = Collector()
    settings.on_compiling = collector.pause
    install_importer(settings)
    sys.orig_argv[:] = [command, *options.plain]
    sys.argv[:] = [_first_argument(options), *options.arguments]
    if options.kind == "module":
        program = _module(options)
    elif options.kind == "command":
        program = _command(options, settings)
    elif options.kind == "script":
        program = _script(options, settings)
    else:
        program = _standard_input(options, settings)
    program.console = lambda: _console_afterwards(settings)
    if settings.native is not None:
        settings.native.start(at_once=options.kind != "command")
    settings.on_compiling = None
    collector.go_on()
    run_program(program)


class Collector:
    """The garbage collector, which pauses while the program is compiled: what the compiler makes
    of itself stays, and looking for garbage there takes milliseconds. No program runs meanwhile
    that would switch it on or off."""

    def __init__(self) -> None:
        self._paused = False

    def pause(self) -> None:
        """Pause if it works. `gc` is loaded only here: a program may look at what is."""
        import gc

        if gc.isenabled():
            self._paused = True
            gc.disable()

    def go_on(self) -> None:
        """End the pause."""
        if self._paused:
            import gc

            self._paused = False
            gc.enable()


def _first_argument(options: Options) -> str:
    if options.kind == "module":
        return "-m"  # until `runpy` has found the file
    return "-c" if options.kind == "command" else options.target or ""


_kept: list[object] = []


def _new_main() -> dict[str, Any]:
    """A `__main__` as new as CPython's; returns its namespace.

    Not the module that the command itself began in: its frame keeps that one's namespace alive,
    and the program's objects would not be destroyed when CPython would destroy them. The host,
    in turn, goes on using that namespace without owning it, so it has to live.
    """
    _kept.append(sys.modules["__main__"])
    main = type(sys)("__main__")
    namespace = vars(main)
    namespace["__loader__"] = BuiltinImporter
    namespace["__annotations__"] = {}
    namespace["__builtins__"] = sys.modules["builtins"]
    sys.modules["__main__"] = main
    return namespace


def _put_first(entry: str) -> None:
    if not sys.flags.safe_path:
        sys.path.insert(0, entry)


def _module(options: Options) -> Program:
    """`-m`: everything is `runpy`'s business."""
    try:
        directory = os.getcwd()
    except OSError:
        directory = None  # CPython leaves the path alone if there is no working directory
    if directory is not None:
        _put_first(directory)
    return _run_as_main(options.target or "", True)


def _run_as_main(name: str, alter_argv: bool) -> Program:
    import runpy

    _new_main()
    run_module: Callable[..., object] = vars(runpy)["_run_module_as_main"]
    return Program(run_module, (name, alter_argv))


def _command(options: Options, settings: Settings) -> Program:
    """`-c`"""
    _put_first("")
    text = (options.target or "") + "\n"
    namespace = _new_main()
    try:
        source = source_of_text("__main__", "<string>", text)
    except UnicodeEncodeError:
        leave_to_host(options)
    code = _compile(source, settings)
    if isinstance(code, BaseException):
        leave_to_host(options)
    if sys.version_info >= (3, 13):
        linecache: Any = import_part("linecache", settings.policy)
        linecache._register_code("<string>", text, "<string>")
    return Program(_function(code, namespace))


def _script(options: Options, settings: Settings) -> Program:
    """A file, or a directory or zip file with a `__main__`."""
    path = _absolute(options.target or "")
    path_finder: Any = _external.PathFinder
    try:
        importer = path_finder._path_importer_cache(path)
    except ValueError:  # a null byte
        leave_to_host(options)
    if importer is not None:
        sys.path.insert(0, path)
        return _run_as_main("__main__", False)
    _put_first(os.path.dirname(os.path.realpath(path)))
    namespace = _new_main()
    namespace["__file__"] = path
    namespace["__cached__"] = None
    try:
        is_regular = stat.S_ISREG(os.stat(path).st_mode)
        code, loader = _code_of_file(path, is_regular, options, settings)
    except OSError:
        leave_to_host(options)
    if isinstance(code, BaseException):
        if is_regular:
            leave_to_host(options)
        return Program(raise_error, (code,), is_file=True)
    namespace["__loader__"] = loader
    return Program(_function(code, namespace), is_file=True)


def _code_of_file(
    path: str, is_regular: bool, options: Options, settings: Settings
) -> tuple[CodeType | BaseException, object]:
    """The code of a program file and the loader it has; an exception if it has no code."""
    if path.endswith(".tbc"):
        try:
            return load_tbc("__main__", path, settings), TbcLoader("__main__", path)
        except ValueError as error:
            sys.exit(f"tauraro: can't run {path!r}: {error}")
    if path.endswith(".pyc"):
        compiled: Any = _external.SourcelessFileLoader("__main__", path)
        try:
            return compiled.get_code("__main__"), compiled
        except (ImportError, EOFError, ValueError, TypeError) as error:
            return error, compiled
    content = read_source(path)
    if options.skip_first_line:
        content = b"\n" + content.partition(b"\n")[2]
    beside = path if is_regular and path.endswith(".py") and not options.skip_first_line else None
    source = source_of_bytes("__main__", path, content, beside)
    return _compile(source, settings), _external.SourceFileLoader("__main__", path)


def _standard_input(options: Options, settings: Settings) -> Program:
    """`-`, or no program at all: a person at a terminal, or a program from a pipe or a file."""
    _put_first("")
    namespace = _new_main()
    if is_interactive():
        from .repl import start_console

        return Program(start_console, (settings, namespace))
    namespace["__file__"] = "<stdin>"
    namespace["__cached__"] = None
    content = b"" if sys.stdin is None else sys.stdin.buffer.read()
    if options.skip_first_line:
        content = b"\n" + content.partition(b"\n")[2]
    code = _compile(source_of_bytes("__main__", "<stdin>", content), settings)
    if isinstance(code, BaseException):
        if hasattr(os, "memfd_create"):
            # The host speaks of a program it reads itself in other words than `compile`.
            again = os.memfd_create("stdin")
            os.write(again, content)
            os.lseek(again, 0, os.SEEK_SET)
            os.dup2(again, 0)
            leave_to_host(options)
        return Program(raise_error, (code,), is_file=True)
    return Program(_function(code, namespace), is_file=True)


def is_interactive() -> bool:
    """Whether a person, or something that plays one (-i), sits at the standard input."""
    return bool(sys.flags.interactive) or os.isatty(0)


def _compile(source: Source, settings: Settings) -> CodeType | BaseException:
    """The program's code, from the virtual machine or, if need be, the host; else the error."""
    try:
        return load_source(source, settings)
    except HostCompiles as reason:
        fallback = Fallback(source.name, source.filename, str(reason))
    warnings: Any = import_part("warnings", settings.policy)
    with warnings.catch_warnings(record=True, module=warnings) as shown:
        try:
            text = source.content.decode() if source.is_text else source.content
            code = compile(text, source.filename, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
            return error.with_traceback(None)
    for warning in shown:
        warnings.showwarning(
            warning.message, warning.category, warning.filename, warning.lineno, None, warning.line
        )
    statistics.fallbacks.append(fallback)
    return code


def _function(code: CodeType, namespace: dict[str, Any]) -> Callable[[], object]:
    """A function whose call executes module code in `namespace`, without a frame of `exec`."""
    function_type: Any = type(_absolute)
    function: Callable[[], object] = function_type(code, namespace)
    return function


def _absolute(path: str) -> str:
    """As CPython makes the path of its main file absolute: nothing is resolved or normalized."""
    if os.path.isabs(path):
        return path
    try:
        return os.path.join(os.getcwd(), path)
    except OSError:
        return path


def _console_afterwards(settings: Settings) -> int | None:
    """Go on interactively if -i or PYTHONINSPECT, which the program may have set, asks for it."""
    wanted = bool(sys.flags.inspect)
    if not sys.flags.ignore_environment:
        wanted = wanted or bool(os.environ.get("PYTHONINSPECT"))
    if not wanted or not is_interactive():
        return None
    from .repl import continue_console

    return continue_console(settings, vars(sys.modules["__main__"]))
