"""What `python` has not: subcommands, tiers, statistics, dumps."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .pair import PYTHON, TAURARO, clean_environment, run_python, run_tauraro

PROGRAM = """\
import sys
import helper


class Thing:
    def __init__(self, name):
        self.name = name


def main(words):
    for word in words:
        print(helper.shout(Thing(word).name))
    print(__name__, [x * x for x in range(4)])
    raise LookupError(words)


main(sys.argv[1:])
"""

HELPER = "def shout(text):\n    return text.upper()\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(PROGRAM)
    (tmp_path / "helper.py").write_text(HELPER)
    return tmp_path


def test_compiled_program_without_its_source(folder: Path) -> None:
    expected = run_python(["app.py", "a", "b"], folder)
    for name in ("app", "helper"):
        done = run_tauraro(["compile", f"{name}.py", "-o", f"{name}.tbc"], folder)
        assert (done.status, done.stdout, done.stderr) == (0, "", "")
    sources = folder / "sources"
    sources.mkdir()
    for name in ("app.py", "helper.py"):
        shutil.move(folder / name, sources / name)
    for tier in ("host", "interp"):
        found = run_tauraro([f"--tier={tier}", "app.tbc", "a", "b"], folder)
        assert (found.status, found.stdout) == (expected.status, expected.stdout)
        assert [line for line in found.stderr.splitlines() if line.startswith("  File ")] == [
            line for line in expected.stderr.splitlines() if line.startswith("  File ")
        ]
        assert found.stderr.endswith("LookupError: ['a', 'b']\n")


def test_output_of_compile(folder: Path) -> None:
    assert run_tauraro(["compile", "app.py"], folder).status == 0
    assert run_tauraro(["compile", "app.py", "--output=other.tbc"], folder).status == 0
    assert (folder / "app.tbc").read_bytes() == (folder / "other.tbc").read_bytes()
    assert run_tauraro(["compile", "app.py", "-o", "/dev/stdout"], folder).status == 0
    assert sorted(path.suffix for path in folder.iterdir() if path.is_file()) == [
        ".py", ".py", ".tbc", ".tbc",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["compile"], 2, "one source is needed"),
        (["compile", "a.py", "b.py"], 2, "one source is needed"),
        (["compile", "app.py", "-o"], 2, "argument expected for -o"),
        (["compile", "--wrong", "app.py"], 2, "unknown option --wrong"),
        (["compile", "none.py"], 1, "can't read 'none.py': No such file or directory"),
        (["compile", "."], 1, "can't read '.': Is a directory"),
        (["compile", "app.py", "-o", "no/where.tbc"], 1, "can't write 'no/where.tbc'"),
        (["compile", "bad.py"], 1, "SyntaxError: '(' was never closed"),
        (["dis"], 2, "one file is needed"),
        (["dis", "app.py", "--stage=other"], 2, "no stage 'other'"),
        (["dis", "none.py"], 1, "can't read"),
        (["dis", "bad.tbc"], 1, "bad.tbc"),
        (["dis", "app.py", "more"], 2, "one file is needed"),
        (["dis", "bad.py", "--stage=ir"], 1, "SyntaxError: '(' was never closed"),
        (["why", "app.py"], 2, "one place is needed"),
        (["why", "app.py:x"], 2, "one place is needed"),
        (["why"], 2, "one place is needed"),
        (["why", "none.py:3"], 1, "can't read 'none.py'"),
    ],
)
def test_mistakes_with_subcommands(
    words: list[str], status: int, message: str, folder: Path
) -> None:
    (folder / "bad.py").write_text("x = (\n")
    (folder / "bad.tbc").write_text("no bytecode")
    found = run_tauraro(words, folder)
    assert (found.status, found.stdout) == (status, "")
    assert message in found.stderr
    assert "Traceback" not in found.stderr


def test_help_of_subcommands(folder: Path) -> None:
    for name in ("compile", "dis", "why"):
        found = run_tauraro([name, "--help"], folder)
        assert found.status == 0
        assert found.stdout.startswith(f"usage: tauraro {name} ")


def test_stages(folder: Path) -> None:
    bytecode = run_tauraro(["dis", "helper.py"], folder)
    assert bytecode.status == 0
    assert "RETURN" in bytecode.stdout
    host = run_tauraro(["dis", "helper.py", "--stage=host"], folder)
    assert host.stdout == HELPER
    run_tauraro(["compile", "helper.py"], folder)
    for stage, text in (("bytecode", bytecode), ("host", host)):
        assert run_tauraro(["dis", "helper.tbc", "--stage", stage], folder) == text


def test_reader_of_a_stage_may_go_away(folder: Path) -> None:
    (folder / "long.py").write_text("x = [1, 2, 3]\n" * 20_000)
    done = subprocess.run(
        f"{TAURARO} dis long.py | head -1",
        shell=True,
        cwd=folder,
        env=clean_environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert "long.py" in done.stdout


def test_reader_of_a_program_may_go_away(folder: Path) -> None:
    outcomes = []
    for program in (PYTHON, TAURARO):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [program, "-c", "print(1)"],
            env=clean_environment(folder),
            stdout=writing,
            stderr=subprocess.PIPE,
        )
        os.close(writing)
        outcomes.append((done.returncode, done.stderr))
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == 120
    assert b"BrokenPipeError" in outcomes[0][1]


def test_damaged_program(folder: Path) -> None:
    run_tauraro(["compile", "helper.py"], folder)
    data = bytearray((folder / "helper.tbc").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "helper.tbc").write_bytes(data)
    found = run_tauraro(["helper.tbc"], folder)
    assert (found.status, found.stdout) == (1, "")
    assert found.stderr.startswith("tauraro: can't run ")
    assert len(found.stderr.splitlines()) == 1
    missing = run_tauraro(["none.tbc"], folder)
    assert missing == run_python(["none.tbc"], folder)


def test_tiers_agree(folder: Path) -> None:
    expected = run_python(["app.py", "x"], folder)
    for options in (["--tier=host"], ["--tier=interp"], ["--jit=off"], ["--tier", "interp", "-O"]):
        assert run_tauraro([*options, "app.py", "x"], folder) == expected


def statistics(words: list[str], folder: Path) -> list[str]:
    """The lines of the report."""
    lines = run_tauraro(["--stats", *words], folder).stderr.splitlines()
    return lines[lines.index("tauraro: what ran where") :]


def test_statistics_of_tier_1(folder: Path) -> None:
    cold = "\n".join(statistics(["--jit=off", "app.py", "x"], folder))
    assert "tier 1 (host): 2 modules, " in cold
    assert ", 2 compiled\n    __main__ helper\n" in cold
    warm = "\n".join(statistics(["--jit=off", "app.py", "x"], folder))
    assert ", 2 from the cache\n" in warm
    assert "left to the host: " in warm
    assert "of the standard library" in warm
    assert "tier 0" not in warm


def test_statistics_of_tier_0(folder: Path) -> None:
    text = "\n".join(statistics(["--tier=interp", "app.py", "x"], folder))
    assert "tier 0 (interp): 2 modules, 6 code objects" in text
    assert "executed in tier 0: " in text
    assert " instructions of 5 code objects" in text or " instructions of 6 code objects" in text


def test_statistics_of_what_the_host_compiled(folder: Path) -> None:
    text = (
        "import tauraro_frontend.pipeline as pipeline\n"
        "def fail(*arguments): raise RecursionError('too deep')\n"
        "pipeline.compile_source = fail\n"
        "import helper\n"
    )
    lines = statistics(["-c", text], folder)
    position = lines.index("  compiled by the host instead: 1")
    reason = f"    helper ({folder / 'helper.py'}): RecursionError: too deep"
    assert lines[position + 1] == reason


def test_statistics_of_requests_for_native_code(folder: Path) -> None:
    (folder / "jit.py").write_text(
        "import tauraro\n\n@tauraro.jit\ndef f():\n    return 1\n\nf()\n"
    )
    (line,) = [line for line in statistics(["jit.py"], folder) if "native code of f" in line]
    assert str(folder / "jit.py") in line


def test_dumps(folder: Path) -> None:
    plain = run_tauraro(["--jit=off", "-c", "import helper"], folder)
    assert plain.stderr == ""
    for _ in range(2):
        dumped = run_tauraro(["--dump=host,bytecode", "-c", "import helper"], folder)
        assert (dumped.status, dumped.stdout) == (0, "")
        headings = [line for line in dumped.stderr.splitlines() if line.startswith("# ")]
        assert headings == [
            "# host of __main__ (<string>)",
            "# bytecode of __main__ (<string>)",
            f"# host of helper ({folder / 'helper.py'})",
            f"# bytecode of helper ({folder / 'helper.py'})",
        ]
        assert HELPER.rstrip() in dumped.stderr


@pytest.mark.parametrize("off", ["--jit=off", "--tier=host", "--tier=interp"])
def test_no_dump_of_native_code_where_there_is_none(off: str, folder: Path) -> None:
    found = run_tauraro([off, "--dump=llvm", "app.py"], folder)
    assert (found.status, found.stdout) == (2, "")
    reason = "there is nothing to show (native code is switched off)"
    assert found.stderr == f"tauraro: --dump=llvm: {reason}\n"


def test_native_stages_where_the_layout_is_not_known(folder: Path) -> None:
    """Or where there is no native tier at all: then that is told, and nothing is run."""
    for words in (["dis", "app.py", "--stage=ir"], ["--dump=asm", "app.py"]):
        found = run_tauraro(words, folder, TAURARO_LAYOUT="off")
        assert (found.status in (1, 2), found.stdout) == (True, "")
        assert "there is nothing to show (" in found.stderr
    found = run_tauraro(["why", "app.py:7"], folder, TAURARO_LAYOUT="off")
    assert (found.status, found.stderr) == (0, "")
    assert "native tier" in found.stdout or "llvm (tauraro-jit" in found.stdout


def test_vm_modules(folder: Path) -> None:
    words = ["--jit=off", "--vm-modules=colorsys", "-c", "import colorsys, sched"]
    variables = {"PYTHONPYCACHEPREFIX": str(folder / "prefix")}
    found = run_tauraro(["--stats", *words], folder, **variables)
    assert "2 modules" in found.stderr
    assert "__main__ colorsys\n" in found.stderr
    (folder / "pyproject.toml").write_text("[tool.tauraro]\nvm-modules = 'sched'\n")
    found = run_tauraro(["--stats", *words], folder, **variables)
    assert "__main__ colorsys sched\n" in found.stderr
    (folder / "pyproject.toml").write_text("[tool.tauraro]\nvm-modules = 3\n")
    found = run_tauraro(["-c", "print('runs')"], folder)
    assert found.stdout == "runs\n"
    assert "pyproject.toml: vm-modules is neither" in found.stderr


def test_warm_start_loads_no_part_of_the_compiler(folder: Path) -> None:
    """Nor anything else that CPython would not have loaded, but our own few modules."""
    text = "import sys, helper; print(*sorted(sys.modules))"
    (folder / "names.py").write_text(text + "\n")
    for words in (["-c", text], ["names.py"], ["-m", "names"]):
        bare = set(run_python(words, folder).stdout.split())
        run_tauraro(["--jit=off", *words], folder)
        warm = set(run_tauraro(["--jit=off", *words], folder).stdout.split())
        more = {name for name in warm - bare if not name.startswith("tauraro")}
        assert more <= {"__future__", "_ctypes", "atexit"}
        assert {name for name in warm if name.startswith("tauraro_frontend")} == {
            "tauraro_frontend"
        }


def test_edited_program_is_compiled_again(folder: Path) -> None:
    """Even within one tick of the clock, with the same length."""
    for number in range(5):
        (folder / "quick.py").write_text(f"print({number})\n")
        assert run_tauraro(["quick.py"], folder).stdout == f"{number}\n"
