"""`run.py` and `startup.py` from options to output, with processes that never start."""

import json
import re
from pathlib import Path

import pytest
import run
import startup
from benchrunner.process import Launch, Outcome
from fake_processes import FakeExecute, executable_name, make_command, outcome


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    root = tmp_path / "programs"
    for path in ("numeric/sums.py", "general/words.py"):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text("print(1)\n", encoding="utf-8")
    return root


@pytest.fixture
def interpreters(tmp_path: Path) -> list[str]:
    return [
        f"--interp=old={make_command(tmp_path, 'old')}",
        f"--interp=new={make_command(tmp_path, 'new')}",
    ]


def size_of(launch: Launch) -> str:
    return launch.argv[-1]


def took(seconds: float) -> FakeExecute:
    """Both print the same; `new` takes `seconds`, `old` one."""
    return FakeExecute(
        {"old": lambda launch, n: outcome(1.0), "new": lambda launch, n: outcome(seconds)}
    )


def test_warm_runs_are_preceded_by_one_that_is_not_measured(
    programs: Path, interpreters: list[str], tmp_path: Path
) -> None:
    fake = took(0.25)
    file = tmp_path / "out.json"
    options = ["--reps=2", "--group=numeric", "--quiet", f"--json={file}", "--timeout=7"]
    assert run.main([*interpreters, f"--programs={programs}", *options], fake) == 0
    calls = [(executable_name(launch), size_of(launch)) for launch in fake.launches]
    assert calls == [
        ("old", "tiny"),
        ("new", "tiny"),
        ("old", "small"),
        ("new", "small"),
        ("new", "small"),
        ("old", "small"),
    ]
    assert set(fake.timeouts) == {7.0}
    (contest,) = json.loads(file.read_text(encoding="utf-8"))["contests"]
    assert contest["ratios"]["new"]["rounds"] == [4.0, 4.0]


def test_cold_runs_are_not_and_never_share_a_directory(
    programs: Path, interpreters: list[str]
) -> None:
    fake = took(1.0)
    options = ["--reps=3", "--cache=cold", "--name=sums", "--quiet", "--plain"]
    assert run.main([*interpreters, f"--programs={programs}", *options], fake) == 0
    assert len({launch.directory for launch in fake.launches}) == len(fake.launches) == 6


def test_sizes_run_one_after_the_other(
    programs: Path, interpreters: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fake = took(0.5)
    options = ["--reps=1", "--cache=cold", "--size=tiny", "--size=large", "--ratio=time"]
    assert run.main([*interpreters, f"--programs={programs}", *options, "--plain"], fake) == 0
    assert [size_of(launch) for launch in fake.launches] == ["tiny"] * 4 + ["large"] * 4
    output = capsys.readouterr()
    assert output.out.count("CPU time of the whole process") == 2
    assert re.search(r"numeric/sums +1\.00 +0\.500 +0\.50x", output.out)
    assert "[4/4] large numeric/sums:  old 1.00 s  new 0.500 s (0.50x)" in output.err


def test_the_baseline_can_be_another_than_the_first(
    programs: Path, interpreters: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--reps=1", "--baseline=new", "--quiet", "--markdown", f"--programs={programs}"]
    assert run.main([*interpreters, *options], took(0.5)) == 0
    assert "| numeric/sums | 0.500 | 1.00 | 0.50x | 0.50..0.50 |" in capsys.readouterr().out


def test_other_output_is_a_failure(
    programs: Path, interpreters: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeExecute(
        {"old": lambda launch, n: outcome(), "new": lambda launch, n: outcome(stdout=b"other\n")}
    )
    options = ["--reps=2", "--name=sums", "--quiet", "--plain", f"--programs={programs}"]
    assert run.main([*interpreters, *options], fake) == 1
    expected = "FAILED numeric/sums, new: printed 'other', expected 'result'"
    assert expected in capsys.readouterr().out


def test_an_interrupt_shows_what_there_is(
    programs: Path, interpreters: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(launch: Launch, earlier: int) -> Outcome:
        if "sums" in launch.argv[1]:
            raise KeyboardInterrupt
        return outcome()

    fake = FakeExecute({"old": interrupted, "new": interrupted})
    options = ["--reps=1", "--quiet", "--plain", f"--programs={programs}"]
    assert run.main([*interpreters, *options], fake) == 130
    output = capsys.readouterr().out
    assert "general/words" in output
    assert "numeric/sums" not in output


def test_a_rival_without_this_program_has_an_empty_cell(
    programs: Path, interpreters: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_command(tmp_path, "sums")
    fake = FakeExecute(
        {"old": lambda launch, n: outcome(1.0), "sums": lambda launch, n: outcome(0.125)}
    )
    options = ["--reps=1", "--quiet", "--plain", f"--programs={programs}"]
    native = f"--interp=c={tmp_path}/{{name}}"
    assert run.main([interpreters[0], native, *options], fake) == 0
    output = capsys.readouterr().out
    assert re.search(r"numeric/sums +1\.00 +0\.125 +8\.00x", output)
    assert re.search(r"general/words +1\.00 +- +- +-", output)


def test_list(programs: Path, interpreters: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([*interpreters, "--list", f"--programs={programs}"], took(1.0)) == 0
    assert capsys.readouterr().out == "general/words\nnumeric/sums\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--name=nothing"], "no program matches 'nothing'"),
        (["--baseline=nobody"], "no interpreter is named 'nobody'"),
        (["--interp=broken=/nowhere/python"], "not found"),
    ],
)
def test_wrong_names_end_with_2(
    programs: Path,
    interpreters: list[str],
    options: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = [*interpreters, f"--programs={programs}", *options]
    assert run.main(arguments, took(1.0)) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "option", ["--reps=0", "--timeout=0", "--timeout=nan", "--size=huge", "--json=/nowhere/x.json"]
)
def test_wrong_values_end_with_2(option: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run.main([option], took(1.0))
    assert caught.value.code == 2


def started(import_seconds: float) -> FakeExecute:
    """`old` takes as long as `new` for nothing and half as long for imports; 8 and 16 MiB."""

    def answer(scale: int) -> FakeExecute:
        def run_one(launch: Launch, earlier: int) -> Outcome:
            if launch.argv[-1] == "pass":
                return outcome(0.010)
            if launch.argv[1] == "-c":
                return outcome(0.011, stdout=b"%d\n" % (8192 * scale))
            # The fourth process of each round imports from a cold cache.
            seconds = import_seconds * scale * (5 if earlier % 4 == 3 else 1)
            return outcome(0.020 + seconds, stdout=b"%r\n%d\n" % (seconds, 9216 * scale))

        return FakeExecute({"old": run_one, "new": run_one})

    single, double = answer(1), answer(2)
    return FakeExecute({"old": single.script["old"], "new": double.script["new"]})


def test_startup_reports_each_measure(
    interpreters: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = started(0.004)
    file = tmp_path / "out.json"
    options = ["--reps=2", "--modules=3", "--plain", "--quiet", f"--json={file}"]
    assert startup.main([*interpreters, *options], fake) == 0
    cells = {
        parts[0]: parts[1:]
        for line in capsys.readouterr().out.splitlines()
        if len(parts := re.split(r"  +", line)) == 7
    }
    assert cells["-c pass"] == ["ms", "10.0", "10.0", "+0.0", "1.00x", "1.00..1.00"]
    alone = cells["import, warm cache: the imports alone"]
    assert alone == ["ms", "4.0", "8.0", "+4.0", "2.00x", "2.00..2.00"]
    compilation = cells["compilation (cold imports - warm ones)"]
    assert compilation == ["ms", "16.0", "32.0", "+16.0", "2.00x", "2.00..2.00"]
    assert cells["peak memory, -c pass"][:3] == ["MiB", "8.0", "16.0"]
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["package"]["modules"] == 3
    assert data["figures"]["pass"] == {"old": [10.0, 10.0], "new": [10.0, 10.0]}
    # One round that fills the caches, two that are measured, four processes in each.
    assert [executable_name(launch) for launch in fake.launches].count("new") == 12


def test_startup_stops_at_the_first_failure(
    interpreters: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeExecute(
        {"old": lambda launch, n: outcome(exit_code=1, stderr=b"no such option -c\n")}
    )
    assert startup.main([*interpreters, "--modules=1", "--quiet"], fake) == 1
    assert capsys.readouterr().err == "startup.py: old: exit code 1: no such option -c\n"


def test_startup_takes_interpreters_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert startup.main([f"--interp=c={tmp_path}/{{name}}"], took(1.0)) == 2
    assert "'c' is no interpreter" in capsys.readouterr().err
