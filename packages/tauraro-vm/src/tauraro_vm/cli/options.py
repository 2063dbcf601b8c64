"""The command line, understood as CPython understands its own.

In: words. Out: `Options`, or `UsageError`.

CPython's options keep their meaning; those that act on a starting interpreter are collected in
`Options.host`. Tauraro's own all begin with two dashes and stand before the program. Everything
after the program belongs to the program.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..load.code import Settings

TIERS = ("interp", "host", "native")
STAGES = ("bytecode", "host", "ir", "llvm", "asm")
NATIVE_STAGES = ("ir", "llvm", "asm")
STRESSES = ("exits",)

_WITH_ARGUMENT = "cmWX"
_FLAGS_OF_HOST = "bBdEiIOPqRsSuvt"
NATIVE_WITH_VALUE = ("jit-threshold", "jit-only", "jit-stress")
WITH_VALUE = ("tier", "jit", "dump", "vm-modules", *NATIVE_WITH_VALUE)
_HELP = ("help-env", "help-xoptions", "help-all")


class UsageError(Exception):
    """A command line that cannot be understood; the message is CPython's where it has one."""


class Options:
    """What the command line asks for.

    kind        `script`, `module` (-m), `command` (-c), or `stdin` (`-` or nothing)
    target      the script's path, the module's name, the command's text; None for nothing
    arguments   the words after it
    host        options for a starting interpreter, as CPython spells them
    plain       the whole command line without Tauraro's own options
    about       `help`, `version`, or one of CPython's long helps; None to run a program
    verbosity   how often -V was given
    dump_to     the file descriptor that native stages of `dump` are written to
    dumped      whether any was
    at_end      called with the settings when the program and all that it registered are done
    """

    __slots__ = (
        "about",
        "arguments",
        "at_end",
        "dump",
        "dump_to",
        "dumped",
        "host",
        "jit",
        "jit_only",
        "jit_stress",
        "jit_sync",
        "jit_threshold",
        "jit_verify",
        "kind",
        "plain",
        "skip_first_line",
        "stats",
        "target",
        "tier",
        "verbosity",
        "vm_modules",
    )

    def __init__(self) -> None:
        self.kind = "stdin"
        self.target: str | None = None
        self.arguments: list[str] = []
        self.host: list[str] = []
        self.plain: list[str] = []
        self.about: str | None = None
        self.verbosity = 0
        self.skip_first_line = False
        self.tier: str | None = None
        self.jit = True
        self.jit_threshold: int | None = None
        self.jit_only: list[str] = []
        self.jit_stress: frozenset[str] = frozenset()
        self.jit_sync = False
        self.jit_verify = False
        self.stats = False
        self.dump: tuple[str, ...] = ()
        self.dump_to = 2
        self.dumped = False
        self.at_end: Callable[[Settings], None] | None = None
        self.vm_modules = ""

    def program_words(self) -> list[str]:
        """The program and its arguments, as words for CPython."""
        if self.kind == "module":
            return ["-m", self.target or "", *self.arguments]
        if self.kind == "command":
            return ["-c", self.target or "", *self.arguments]
        if self.target is None:
            return []
        first = ["-x"] if self.skip_first_line else []
        dashes = ["--"] if self.target.startswith("-") and self.target != "-" else []
        return [*first, *dashes, self.target, *self.arguments]


def parse(words: Sequence[str]) -> Options:
    """Understand a command line. Raises UsageError."""
    options = Options()
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        word = rest.pop(0)
        if word == "--":
            options.plain.append(word)
            break
        if word.startswith("--"):
            _long(options, word[2:], rest)
        elif _short(options, word[1:], rest):
            options.plain += rest
            options.arguments = rest
            return options
    options.plain += rest
    if rest:
        options.kind = "stdin" if rest[0] == "-" else "script"
        options.target = rest[0]
        options.arguments = rest[1:]
    return options


def _short(options: Options, letters: str, rest: list[str]) -> bool:
    """A word of one-letter options; whether it named the program, which ends the options."""
    start = len(options.plain)
    options.plain.append("-" + letters)
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter in _WITH_ARGUMENT:
            if not letters:
                if not rest:
                    raise UsageError(f"Argument expected for the -{letter} option")
                letters = rest.pop(0)
                options.plain.append(letters)
            if letter in "cm":
                options.kind = "command" if letter == "c" else "module"
                options.target = letters
                return True
            options.host += [f"-{letter}", letters]
            return False
        if letter in _FLAGS_OF_HOST:
            options.host.append("-" + letter)
        elif letter == "x":
            options.skip_first_line = True
        elif letter == "V":
            options.verbosity += 1
            options.about = options.about or "version"
        elif letter in "h?":
            options.about = "help"
        elif letter == "J":
            raise UsageError("-J is reserved for Jython")
        else:
            del options.plain[start:]
            raise UsageError(f"Unknown option: -{letter}")
    return False


def _long(options: Options, word: str, rest: list[str]) -> None:
    """A word with two dashes: CPython's few, and Tauraro's own."""
    name, equals, value = word.partition("=")
    if word == "help" or word in _HELP:
        options.about = word
    elif word == "version":
        options.about = options.about or "version"
        options.verbosity += 1
    elif word == "check-hash-based-pycs":
        mode = _argument(word, rest)
        if mode not in ("always", "default", "never"):
            raise UsageError(
                "--check-hash-based-pycs must be one of 'default', 'always', or 'never'"
            )
        options.host += ["--" + word, mode]
        options.plain += ["--" + word, mode]
    elif word == "stats":
        options.stats = True
    elif word == "jit-sync":
        options.jit_sync = True
    elif word == "jit-verify":
        options.jit_verify = True
    elif name in WITH_VALUE:
        set_option(options, name, value if equals else _argument(name, rest))
    else:
        raise UsageError(f"unknown option --{word}")


def _argument(name: str, rest: list[str]) -> str:
    if not rest:
        raise UsageError(f"Argument expected for the --{name} option")
    return rest.pop(0)


def set_option(options: Options, name: str, value: str) -> None:
    """One of Tauraro's options that take a value. Raises UsageError."""
    if name == "tier":
        options.tier = _one_of(name, value, TIERS)
    elif name == "jit":
        options.jit = _one_of(name, value, ("on", "off")) == "on"
    elif name == "jit-threshold":
        if not value.isdigit():
            raise UsageError(f"--jit-threshold={value} is no number of iterations")
        options.jit_threshold = int(value)
    elif name == "jit-only":
        options.jit_only.append(value)
    elif name == "jit-stress":
        stresses = {_one_of(name, stress, STRESSES) for stress in value.split(",")}
        options.jit_stress = frozenset(stresses)
    elif name == "dump":
        options.dump = tuple(_one_of(name, stage, STAGES) for stage in value.split(","))
    elif options.vm_modules:
        options.vm_modules += "," + value
    else:
        options.vm_modules = value


def _one_of(name: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise UsageError(f"--{name}={value} is none of {', '.join(choices)}")
    return value
