"""The command line, word by word."""

from __future__ import annotations

import pytest

from tauraro_vm.cli.options import Options, UsageError, parse


def summary(options: Options) -> tuple[str, str | None, list[str], list[str]]:
    return options.kind, options.target, options.arguments, options.host


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ("stdin", None, [], [])),
        ("-", ("stdin", "-", [], [])),
        ("- a -b", ("stdin", "-", ["a", "-b"], [])),
        ("x.py a --stats -O", ("script", "x.py", ["a", "--stats", "-O"], [])),
        ("-O x.py", ("script", "x.py", [], ["-O"])),
        ("-OO -uB x.py", ("script", "x.py", [], ["-O", "-O", "-u", "-B"])),
        ("-m mod -x", ("module", "mod", ["-x"], [])),
        ("-mmod", ("module", "mod", [], [])),
        ("-Bmmod a", ("module", "mod", ["a"], ["-B"])),
        ("-c text -c", ("command", "text", ["-c"], [])),
        ("-ctext", ("command", "text", [], [])),
        ("-W error x.py", ("script", "x.py", [], ["-W", "error"])),
        ("-Werror -X dev -Xa=b", ("stdin", None, [], ["-W", "error", "-X", "dev", "-X", "a=b"])),
        ("-- -x.py -a", ("script", "-x.py", ["-a"], [])),
        ("-i -- -", ("stdin", "-", [], ["-i"])),
        ("--stats --tier interp x.py", ("script", "x.py", [], [])),
        (
            "--check-hash-based-pycs never x",
            ("script", "x", [], ["--check-hash-based-pycs", "never"]),
        ),
    ],
)
def test_lines(line: str, expected: tuple[str, str | None, list[str], list[str]]) -> None:
    assert summary(parse(line.split())) == expected


def test_own_options() -> None:
    options = parse(
        ["--stats", "--tier=interp", "--jit=off", "--dump=host,bytecode", "--vm-modules", "a,b",
         "--vm-modules=c.*", "-x", "p.py"]
    )  # fmt: skip
    assert options.stats
    assert not options.jit
    assert options.tier == "interp"
    assert options.dump == ("host", "bytecode")
    assert options.vm_modules == "a,b,c.*"
    assert options.skip_first_line
    assert parse([]).tier is None


def test_options_of_the_native_tier() -> None:
    options = parse(
        ["--jit-threshold=7", "--jit-only=app.py:3", "--jit-only", "f*", "--jit-stress=exits",
         "--jit-sync", "--jit-verify", "--dump=ir,asm", "p.py"]
    )  # fmt: skip
    assert options.jit_threshold == 7
    assert options.jit_only == ["app.py:3", "f*"]
    assert options.jit_stress == {"exits"}
    assert options.jit_sync
    assert options.jit_verify
    assert options.dump == ("ir", "asm")
    assert options.target == "p.py"
    plain = parse([])
    assert (plain.jit_threshold, plain.jit_only, plain.jit_stress) == (None, [], frozenset())
    assert not plain.jit_sync
    assert not plain.jit_verify


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("--stats -O --tier host x.py --stats", "-O x.py --stats"),
        ("-uW error --vm-modules a -m m b", "-uW error -m m b"),
        ("-c t --jit=off", "-c t --jit=off"),
        ("--jit off - a", "- a"),
        ("--stats -- -x", "-- -x"),
    ],
)
def test_line_for_the_program_to_see(line: str, plain: str) -> None:
    assert parse(line.split()).plain == plain.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("-O x.py a", "x.py a"),
        ("-m m a", "-m m a"),
        ("-c t a", "-c t a"),
        ("- a", "- a"),
        ("", ""),
        ("-x -- -p a", "-x -- -p a"),
    ],
)
def test_program_for_the_host(line: str, words: str) -> None:
    assert parse(line.split()).program_words() == words.split()


@pytest.mark.parametrize(
    ("line", "about", "verbosity"),
    [
        ("-h", "help", 0),
        ("-? x.py", "help", 0),
        ("--help", "help", 0),
        ("-V", "version", 1),
        ("-VV", "version", 2),
        ("--version -V", "version", 2),
        ("-Vh", "help", 1),
        ("-hV", "help", 1),
        ("--help-all", "help-all", 0),
    ],
)
def test_questions(line: str, about: str, verbosity: int) -> None:
    options = parse(line.split())
    assert (options.about, options.verbosity) == (about, verbosity)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-Z", "Unknown option: -Z"),
        ("-BZ x.py", "Unknown option: -Z"),
        ("--no", "unknown option --no"),
        ("--stats=1", "unknown option --stats=1"),
        ("-c", "Argument expected for the -c option"),
        ("-BW", "Argument expected for the -W option"),
        ("--tier", "Argument expected for the --tier option"),
        ("--tier=x", "--tier=x is none of interp, host, native"),
        ("--dump=bytecode,x", "--dump=x is none of"),
        ("--jit-threshold=x", "--jit-threshold=x is no number of iterations"),
        ("--jit-stress=all", "--jit-stress=all is none of exits"),
        ("--jit-only", "Argument expected for the --jit-only option"),
        ("--jit-sync=1", "unknown option --jit-sync=1"),
        ("-J", "-J is reserved for Jython"),
    ],
)
def test_mistakes(line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(line.split())
    assert str(caught.value).startswith(message)
