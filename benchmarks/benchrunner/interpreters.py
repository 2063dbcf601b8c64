"""Interpreters under test: `NAME=COMMAND` in, argument vectors and environments out.

"tauraro=tauraro --stats"  ->  tauraro --stats PROGRAM SIZE
"pure=PYTHONNODEBUGRANGES=1 python3"  ->  the same with a variable set
"c=build/{name}"           ->  build/collatz SIZE      (a rival that is no interpreter)
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchrunner.programs import Program

_NAME = re.compile(r"[A-Za-z0-9][\w.+-]*")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_PLACEHOLDERS = ("{name}", "{group}", "{path}")


class InterpreterError(ValueError):
    """An interpreter on the command line that cannot be used; the message is for the user."""


@dataclass(frozen=True)
class Interpreter:
    """A command that runs programs.

    `command` holds the words before the program; with a placeholder (`{name}`, `{group}`,
    `{path}`) in any of them the program's path is not appended. `variables` are set for it on top
    of the inherited environment.
    """

    name: str
    command: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_template(self) -> bool:
        """True for a command per program, which takes no Python options such as `-c`."""
        return any(mark in word for word in self.command for mark in _PLACEHOLDERS)

    def argv(self, program: Program, script: Path, arguments: Sequence[str]) -> tuple[str, ...]:
        """The argument vector that runs `program`, whose copy lies at `script`."""
        if not self.is_template:
            return (*self.command, str(script), *arguments)
        values = {"name": program.name, "group": program.group, "path": str(script)}
        words = [_substitute(word, values) for word in self.command]
        return (*words, *arguments)

    def runs(self, program: Program) -> bool:
        """False if this is a command per program and there is none for `program`."""
        if not self.is_template:
            return True
        executable = self.argv(program, program.path, ())[0]
        return shutil.which(executable) is not None

    def version(self) -> str:
        """What the command answers to `--version`, in one line; empty if it does not answer."""
        if self.is_template:
            return ""
        try:
            answer = subprocess.run(
                [*self.command, "--version"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=30,
                check=False,
                text=True,
                errors="replace",
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        lines = (line.strip() for line in answer.stdout.splitlines())
        return ", ".join(line for line in lines if line)


def _substitute(word: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        word = word.replace("{" + key + "}", value)
    return word


def parse_interpreter(text: str) -> Interpreter:
    """`NAME=COMMAND` -> an `Interpreter` whose executable is known to exist.

    COMMAND is split as a shell would split it; leading `VARIABLE=value` words set variables. A
    relative path counts from the current directory and symbolic links are kept, because a virtual
    environment is recognized by the link.
    """
    name, separator, command_line = text.partition("=")
    if not separator or not _NAME.fullmatch(name):
        raise InterpreterError(f"expected NAME=COMMAND, got {text!r}")
    try:
        words = shlex.split(command_line)
    except ValueError as error:
        raise InterpreterError(f"cannot split the command of {name!r}: {error}") from error
    variables: dict[str, str] = {}
    while words and _ASSIGNMENT.match(words[0]):
        key, _, value = words.pop(0).partition("=")
        variables[key] = value
    if not words:
        raise InterpreterError(f"the command of {name!r} is empty")
    executable = _locate(name, words[0])
    return Interpreter(name, (executable, *words[1:]), variables)


def _locate(name: str, executable: str) -> str:
    """An executable's absolute path; one with a placeholder is looked for per program instead."""
    if any(mark in executable for mark in _PLACEHOLDERS):
        return str(Path(executable).absolute())
    found = shutil.which(executable)
    if found is None:
        raise InterpreterError(f"the command of {name!r} is not found: {executable}")
    return str(Path(found).absolute())


def parse_interpreters(texts: Iterable[str]) -> list[Interpreter]:
    """Several `NAME=COMMAND`; a name given twice is an error."""
    interpreters: dict[str, Interpreter] = {}
    for text in texts:
        interpreter = parse_interpreter(text)
        if interpreter.name in interpreters:
            raise InterpreterError(f"two interpreters are named {interpreter.name!r}")
        interpreters[interpreter.name] = interpreter
    return list(interpreters.values())
