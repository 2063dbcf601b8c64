"""Private copies of what is measured: a program and an interpreter in, a `Launch` out.

Each interpreter runs its own copy, so that no cache is shared between two of them and none is left
beside the sources. The caches of the interpreter's own library stay as they are installed.

warm: one copy for all runs, and one unmeasured run before the first;
cold: a fresh copy, without `__pycache__`, for each run.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from benchrunner.interpreters import Interpreter
from benchrunner.process import Launch
from benchrunner.programs import Program

CacheMode = Literal["warm", "cold"]

_REMOVED_VARIABLES = ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")


def child_environment(
    inherited: Mapping[str, str], variables: Mapping[str, str], caches: Path
) -> dict[str, str]:
    """The environment of a measured process.

    Caches beside the sources are on, caches of the user lie under `caches`, and string hashes are
    the same in each run: the luck of one seed would show as noise.
    """
    environment = {key: value for key, value in inherited.items() if key not in _REMOVED_VARIABLES}
    environment["PYTHONHASHSEED"] = "0"
    environment["XDG_CACHE_HOME"] = str(caches)
    environment.update(variables)
    return environment


class Workspace:
    """A temporary directory tree; a context manager that removes it at the end.

    A copy that `cold` made lives until the next one for the same interpreter and source.
    """

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="benchmark-"))
        self._serial = itertools.count()
        self._current: dict[tuple[str, Path], Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._root, ignore_errors=True)

    def copy(self, owner: str, source: Path, mode: CacheMode) -> Path:
        """A copy of a file or directory for `owner`: always the same one, or a fresh one (cold)."""
        key = (owner, source)
        home = self._current.get(key)
        if home is not None and mode == "warm":
            return home / source.name
        if home is not None:
            shutil.rmtree(home)
        home = self._root / f"{next(self._serial):05}-{source.stem}"
        home.mkdir()
        if source.is_dir():
            shutil.copytree(
                source, home / source.name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copyfile(source, home / source.name)
        self._current[key] = home
        return home / source.name

    def launch_program(
        self,
        interpreter: Interpreter,
        program: Program,
        arguments: Sequence[str],
        mode: CacheMode,
    ) -> Launch:
        """How to run `program` once."""
        script = self.copy(interpreter.name, program.path, mode)
        argv = interpreter.argv(program, script, arguments)
        return self._launch(interpreter, argv, script.parent)

    def launch_words(
        self, interpreter: Interpreter, words: Sequence[str], directory: Path | None = None
    ) -> Launch:
        """How to run the interpreter with `words` after its own, in `directory`."""
        return self._launch(interpreter, (*interpreter.command, *words), directory or self._root)

    def _launch(self, interpreter: Interpreter, argv: tuple[str, ...], directory: Path) -> Launch:
        caches = self._root / f"cache-{interpreter.name}"
        if directory != self._root:
            caches = directory / ".cache"
        environment = child_environment(os.environ, interpreter.variables, caches)
        return Launch(argv, environment, directory)
